//! Carries out effects, except those that concern the terminal itself: jobs, timers, drafts, cache, token.
//!
//! The one place where the editor's wishes become I/O; decides nothing. Whatever may block runs on a thread for that.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::sync::mpsc;

use super::disk::Disk;
use super::entrance::{self, Sessions};
use super::worker::Worker;
use crate::base::{self, DraftKind, Effect, FoundDraft, Job, Msg, SignInReason};
use crate::domain::{Id, SafeText, Token};
use crate::io::cache::{self, Cache, SaveOrder};
use crate::io::client::{Client, Server};
use crate::io::clock::Clock;
use crate::io::draft::{self, DraftKeeper, Flusher};
use crate::io::log::Masker;
use crate::io::notes::Notes;
use crate::io::paths::Identity;
use crate::io::picture_file;
use crate::sandbox::Sandbox;

/// The means to save drafts in a panic, once there are any.
pub type PanicFlush = Arc<Mutex<Option<Flusher>>>;

/// Where the editor begins, and comes back to from the demo.
#[derive(Debug)]
pub struct StartState {
    /// Calls the server, with the token where one is at hand.
    pub client: Client,
    /// The server in words.
    pub place: base::ServerLabel,
    /// Where things are kept; nowhere without.
    pub disk: Option<Disk>,
    /// What time it is.
    pub clock: Clock,
    /// Says whether everything is in place.
    pub doctor: Doctor,
}

/// Says whether everything is in place here, in a report for people. May take a while.
#[derive(Clone)]
pub struct Doctor(Arc<dyn Fn() -> String + Send + Sync>);

impl Doctor {
    /// One that reports like this.
    pub fn new(report: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(report))
    }

    fn report(&self) -> String {
        (self.0)()
    }
}

impl fmt::Debug for Doctor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Doctor")
    }
}

/// What the editor needs of the world besides a terminal.
#[derive(Debug)]
pub struct EffectRunner {
    out: mpsc::UnboundedSender<Msg>,
    home: StartState,
    entrances: Sessions,
    here: ActiveSession,
    masker: Masker,
    rescue: PanicFlush,
}

/// What serves the session at hand; replaced whole with it.
#[derive(Debug)]
struct ActiveSession {
    worker: Worker,
    /// Before the disk, whose folder may go with it.
    keeper: Option<DraftKeeper>,
    disk: Option<Disk>,
    /// The token in use, for remembering whose it is.
    token: Option<Token>,
    /// Of the cache.
    saves: Arc<SaveOrder>,
    /// Drafts of earlier runs that the user has not decided about.
    found: BTreeMap<DraftKind, draft::StoredDraft>,
    /// The server of a demo that was started here.
    _demo: Option<Sandbox>,
}

impl ActiveSession {
    fn new(home: &StartState, client: Client, disk: Option<Disk>, demo: Option<Sandbox>, out: &mpsc::UnboundedSender<Msg>) -> Self {
        let notes = disk.as_ref().map_or_else(|| Notes::nowhere(home.clock.clone()), |disk| Notes::new(&disk.paths, disk.server.clone()));
        let token = client.token();
        let worker = Worker::new(client, home.client.clone(), notes, out.clone());
        Self { worker, keeper: None, disk, token, saves: Arc::default(), found: BTreeMap::new(), _demo: demo }
    }
}

impl EffectRunner {
    /// Answers go into `out`. `rescue` gets the means to save drafts in a panic, once there are any.
    pub fn new(home: StartState, out: mpsc::UnboundedSender<Msg>, masker: Masker, rescue: PanicFlush) -> Self {
        let entrances = Sessions::new(out.clone(), home.disk.clone());
        let here = ActiveSession::new(&home, home.client.clone(), home.disk.clone(), None, &out);
        Self { out, home, entrances, here, masker, rescue }
    }

    /// Carries an effect out, or gives it back if it is the terminal's.
    pub fn carry_out(&mut self, effect: Effect, worth_keeping: impl FnOnce() -> Option<(Id, Value)>) -> Option<Effect> {
        match effect {
            Effect::Start(ticket, job) => {
                if let Job::SignIn(token) = &job {
                    self.masker.set(token.clone());
                }
                self.here.worker.start(ticket, job);
            }
            Effect::Cancel(ticket) => self.here.worker.cancel(ticket),
            Effect::Open(entrance) => {
                if let SignInReason::First(_) = entrance {
                    self.here.worker.wait_for_token();
                }
                self.entrances.open(entrance);
            }
            Effect::UseToken(token) => {
                if let Some(token) = &token {
                    self.masker.set(token.clone());
                }
                self.here.token.clone_from(&token);
                self.here.worker.use_token(token);
            }
            Effect::BeginSession(place, token) => self.begin(&place, token),
            Effect::ListAccounts => self.entrances.list(),
            Effect::AccountTold(account, name) => {
                let tokens = self.here.disk.as_ref().and_then(|disk| disk.tokens.clone());
                if let (Some(tokens), Some(token)) = (tokens, self.here.token.clone()) {
                    entrance::told(tokens, token, account, name);
                }
            }
            Effect::SignOut(account) => self.entrances.sign_out(account),
            Effect::Doctor => {
                let (out, doctor) = (self.out.clone(), self.home.doctor.clone());
                tokio::task::spawn_blocking(move || {
                    let _ = out.send(Msg::Doctor(doctor.report()));
                });
            }
            Effect::QuitIfKept if self.flush("you left") => return Some(Effect::Quit),
            Effect::QuitIfKept => self.tell(Msg::NotKept),
            Effect::StoreToken(accepted, in_file) => self.entrances.store(accepted, in_file),
            Effect::After(delay, timer) => {
                let out = self.out.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    let _ = out.send(Msg::Timer(timer));
                });
            }
            Effect::KeepDraft(kind, body) => {
                if let Some(keeper) = &self.here.keeper {
                    keeper.keep(kind, body);
                }
            }
            Effect::LoadDrafts(account) => self.open_drafts(&account),
            Effect::AdoptDraft(kind) => {
                if let (Some(keeper), Some(draft)) = (&self.here.keeper, self.here.found.remove(&kind)) {
                    keeper.adopt(draft);
                }
            }
            Effect::DiscardFound(kind) => {
                if let Some(Err(error)) = self.here.found.remove(&kind).map(|draft| draft::discard(&draft)) {
                    self.tell(Msg::DiskTrouble(SafeText::line(error.to_string())));
                }
            }
            Effect::CompletePath(typed) => {
                let out = self.out.clone();
                tokio::task::spawn_blocking(move || {
                    let paths = picture_file::complete(&typed);
                    let _ = out.send(Msg::Paths { typed, paths });
                });
            }
            Effect::KeepCache => self.keep_cache(worth_keeping),
            Effect::Copy(_) | Effect::Mouse(_) | Effect::OpenEditor(_) | Effect::Redraw | Effect::Suspend | Effect::Quit => {
                return Some(effect);
            }
        }
        None
    }

    /// Puts unsaved edits on disk now, with the reason why the program ends or pauses, and says whether they are there. At most the disk's
    /// [flush limit](Disk::flush_limit).
    pub fn flush(&self, reason: &str) -> bool {
        self.here.keeper.as_ref().is_some_and(|keeper| keeper.flush(reason))
    }

    fn tell(&self, msg: Msg) {
        // The loop ends before this does only when the program ends.
        let _ = self.out.send(msg);
    }

    fn open_drafts(&mut self, account: &Id) {
        // What was found for another account is not this one's to take or to forget.
        (self.here.keeper, self.here.found) = (None, BTreeMap::new());
        let Some(disk) = &self.here.disk else { return };
        let identity = Identity::new(disk.server.clone(), account.clone());
        let left = draft::load(&disk.paths, &identity);
        let out = self.out.clone();
        let keeper = DraftKeeper::open(&disk.paths, identity, disk.flush_limit, move |error| {
            let _ = out.send(Msg::DiskTrouble(SafeText::line(format!("Unsaved edits cannot be kept on disk: {error}"))));
        });
        if let Some(other) = keeper.locked_by() {
            self.tell(Msg::DiskTrouble(SafeText::line(other.to_string())));
        }
        if let Ok(mut rescue) = self.rescue.lock() {
            *rescue = Some(keeper.flusher());
        }
        self.here.keeper = Some(keeper);
        for problem in left.problems {
            self.tell(Msg::DiskTrouble(SafeText::line(problem.to_string())));
        }
        for draft in left.drafts {
            self.here.found.entry(draft.kind).or_insert(draft);
        }
        if !self.here.found.is_empty() {
            let told = |draft: &draft::StoredDraft| FoundDraft {
                kind: draft.kind,
                saved_at: draft.saved_at,
                reason: draft.reason.clone(),
                body: draft.body.clone(),
            };
            self.tell(Msg::DraftsFound(account.clone(), self.here.found.values().map(told).collect()));
        }
    }

    fn keep_cache(&self, worth_keeping: impl FnOnce() -> Option<(Id, Value)>) {
        let Some(disk) = self.here.disk.clone().filter(|disk| disk.cache) else { return };
        let Some((account, values)) = worth_keeping() else { return };
        let token = self.here.token.clone();
        let (saves, number) = (Arc::clone(&self.here.saves), self.here.saves.number());
        tokio::task::spawn_blocking(move || {
            saves.carry_out(number, || {
                if let Some(token) = &token
                    && let Err(error) = cache::remember_account(&disk.paths, &disk.server, token, &account)
                {
                    tracing::warn!(%error, "the account is not remembered");
                }
                if let Err(error) = Cache::new(&disk.paths, Identity::new(disk.server, account)).save(&values) {
                    tracing::warn!(%error, "the cache is not kept");
                }
            });
        });
    }

    /// The old session's reads are given up and its edits put on disk; a write under way ends with its own token.
    fn begin(&mut self, place: &base::ServerLabel, token: Token) {
        self.masker.set(token.clone());
        self.flush("another account was opened");
        if *place == self.home.place {
            let client = self.home.client.with_token(Some(token));
            self.here = ActiveSession::new(&self.home, client, self.home.disk.clone(), None, &self.out);
        } else if let Some(demo) = self.entrances.take_demo()
            && let Ok(server) = Server::parse(&demo.url())
        {
            self.here = ActiveSession::new(
                &self.home,
                Client::new(server, Some(token)),
                Disk::passing(&self.home.clock).ok(),
                Some(demo),
                &self.out,
            );
        }
    }
}
