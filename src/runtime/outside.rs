//! Carries out effects, except those that concern the terminal itself: jobs, timers, drafts, cache, token.
//!
//! The one place where the editor's wishes become I/O; decides nothing. Whatever may block runs on a thread for that.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::sync::mpsc;

use super::worker::Worker;
use crate::base::{Draft, DraftKind, Effect, Msg};
use crate::domain::{Id, Shown, Token};
use crate::io::cache::{self, Cache, Saves};
use crate::io::draft::{self, DraftKeeper, Flusher};
use crate::io::log::Masker;
use crate::io::paths::{Identity, Paths};
use crate::io::picture_file;
use crate::io::token_store::{Place, TokenStore};

/// The means to save drafts in a panic, once there are any.
pub type Rescue = Arc<Mutex<Option<Flusher>>>;

/// Where the editor keeps things between runs.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folders.
    pub paths: Paths,
    /// The server's name in file names.
    pub server: String,
    /// Where a new token is put away; none in the demo, whose token is worth nothing.
    pub tokens: Option<(TokenStore, Place)>,
    /// Whether values are kept for the next start; not in the demo, whose world begins anew each time.
    pub cache: bool,
    /// The token in use, for remembering whose it is.
    pub token: Option<Token>,
}

/// What the editor needs of the world besides a terminal.
#[derive(Debug)]
pub struct Outside {
    out: mpsc::UnboundedSender<Msg>,
    worker: Worker,
    disk: Option<Disk>,
    masker: Masker,
    keeper: Option<DraftKeeper>,
    /// Drafts of earlier runs that the user has not decided about.
    found: BTreeMap<DraftKind, draft::Draft>,
    rescue: Rescue,
    /// Of the cache.
    saves: Arc<Saves>,
}

impl Outside {
    /// Answers go into `out`. Without a disk nothing is kept. `rescue` gets the means to save drafts in a panic, once there are any.
    pub fn new(worker: Worker, out: mpsc::UnboundedSender<Msg>, disk: Option<Disk>, masker: Masker, rescue: Rescue) -> Self {
        Self { out, worker, disk, masker, keeper: None, found: BTreeMap::new(), rescue, saves: Arc::default() }
    }

    /// Carries an effect out, or gives it back if it is the terminal's.
    pub fn carry_out(&mut self, effect: Effect, worth_keeping: impl FnOnce() -> Option<(Id, Value)>) -> Option<Effect> {
        match effect {
            Effect::Start(ticket, job) => self.worker.start(ticket, job),
            Effect::Cancel(ticket) => self.worker.cancel(ticket),
            Effect::After(delay, timer) => {
                let out = self.out.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    let _ = out.send(Msg::Timer(timer));
                });
            }
            Effect::KeepDraft(kind, body) => {
                if let Some(keeper) = &self.keeper {
                    keeper.keep(kind, body);
                }
            }
            Effect::LoadDrafts(account) => self.open_drafts(&account),
            Effect::AdoptDraft(kind) => {
                if let (Some(keeper), Some(draft)) = (&self.keeper, self.found.remove(&kind)) {
                    keeper.adopt(draft);
                }
            }
            Effect::DiscardFound(kind) => {
                if let Some(Err(error)) = self.found.remove(&kind).map(|draft| draft::discard(&draft)) {
                    self.tell(Msg::DiskTrouble(Shown::line(error.to_string())));
                }
            }
            Effect::CompletePath(typed) => {
                let out = self.out.clone();
                tokio::task::spawn_blocking(move || {
                    let paths = picture_file::complete(&typed);
                    let _ = out.send(Msg::Paths { typed, paths });
                });
            }
            Effect::KeepCache => self.keep_cache(worth_keeping()),
            Effect::StoreToken(token) => self.store_token(token),
            Effect::Copy(_) | Effect::Mouse(_) | Effect::OpenEditor(_) | Effect::Redraw | Effect::Suspend | Effect::Quit => {
                return Some(effect);
            }
        }
        None
    }

    /// Puts unsaved edits on disk now, with the reason why the program ends or pauses. At most 200 ms.
    pub fn flush(&self, reason: &str) {
        if let Some(keeper) = &self.keeper {
            keeper.flush(reason);
        }
    }

    fn tell(&self, msg: Msg) {
        // The loop ends before this does only when the program ends.
        let _ = self.out.send(msg);
    }

    fn open_drafts(&mut self, account: &Id) {
        // What was found for another account is not this one's to take or to forget.
        (self.keeper, self.found) = (None, BTreeMap::new());
        let Some(disk) = &self.disk else { return };
        let identity = Identity::new(disk.server.clone(), account.clone());
        let left = draft::load(&disk.paths, &identity);
        let out = self.out.clone();
        let keeper = DraftKeeper::open(&disk.paths, identity, move |error| {
            let _ = out.send(Msg::DiskTrouble(Shown::line(format!("Unsaved edits cannot be kept on disk: {error}"))));
        });
        if let Some(other) = keeper.locked_by() {
            self.tell(Msg::DiskTrouble(Shown::line(other.to_string())));
        }
        if let Ok(mut rescue) = self.rescue.lock() {
            *rescue = Some(keeper.flusher());
        }
        self.keeper = Some(keeper);
        for problem in left.problems {
            self.tell(Msg::DiskTrouble(Shown::line(problem.to_string())));
        }
        for draft in left.drafts {
            if !self.found.contains_key(&draft.kind) {
                let told = Draft { kind: draft.kind, saved_at: draft.saved_at, reason: draft.reason.clone(), body: draft.body.clone() };
                self.tell(Msg::DraftFound(account.clone(), told));
                self.found.insert(draft.kind, draft);
            }
        }
    }

    fn keep_cache(&self, worth_keeping: Option<(Id, Value)>) {
        let (Some(disk), Some((account, values))) = (self.disk.clone().filter(|disk| disk.cache), worth_keeping) else { return };
        let (saves, number) = (Arc::clone(&self.saves), self.saves.number());
        tokio::task::spawn_blocking(move || {
            saves.carry_out(number, || {
                if let Some(token) = &disk.token
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

    fn store_token(&mut self, token: Token) {
        self.masker.set(token.clone());
        let Some(disk) = &mut self.disk else { return };
        disk.token = Some(token.clone());
        let Some((tokens, place)) = disk.tokens.clone() else { return };
        let out = self.out.clone();
        tokio::task::spawn_blocking(move || {
            let stored = tokens.store(&token, &place);
            let said = stored.map(|()| Shown::line(tokens.stored_in(&place))).map_err(|error| Shown::line(error.to_string()));
            let _ = out.send(Msg::TokenStored(said));
        });
    }
}
