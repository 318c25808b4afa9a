//! The state that every screen sees: what the server told, what is under way, what was said.
//!
//! Only `app` feeds answers into it; screens read it and start jobs through [`Shared::start`].

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use super::action::Action;
use super::job::{Job, Outcome, PinsEnd, Subject};
use super::keymap::Keymap;
use super::messages::{Level, Messages};
use super::msg::{Effect, Progress, Timer};
use super::remote::{Remote, Resource};
use super::scope::Scope;
use super::settings::Settings;
use super::ticket::{Desk, Ticket};
use crate::api::ApiError;
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Listing, MembershipState, Topic};
use crate::domain::detail::Names;
use crate::domain::pins::{Directory, Known};
use crate::domain::{Account, Id, Shown, Text};
use crate::widgets::picture::{Method, Thumbnail};
use crate::widgets::theme::Theme;

/// How long a toast stays up.
const TOAST: Duration = Duration::from_secs(6);

/// How long the sign for work under way stands still. Most answers come sooner, so that it seldom turns at all.
const TURN: Duration = Duration::from_millis(150);

/// Which server the program talks to, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Empty for GroupMe itself, else `sandbox` or the host.
    pub label: Shown,
    /// Whether this is the built-in sandbox.
    pub sandbox: bool,
}

/// State that all screens share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The moment of the message being handled; the only clock there is.
    pub now: Timestamp,
    /// For showing times.
    pub zone: TimeZone,
    /// Which server.
    pub place: Place,
    /// How things look.
    pub theme: Theme,
    /// Where screens are drawn.
    pub body: Rect,
    /// The account.
    pub account: Remote<Account>,
    /// Directories the account is in.
    pub schools: Remote<Vec<School>>,
    /// Names of majors; starts with the built-in list.
    pub majors: Remote<Vec<Major>>,
    /// Names of interests.
    pub interests: Remote<Vec<Interest>>,
    /// Pinned conversations.
    pub pins: Remote<Vec<Id>>,
    /// All groups.
    pub groups: Remote<Listing<Group>>,
    /// Topics of the groups that have any.
    pub topics: Remote<Listing<Topic>>,
    /// Groups left.
    pub former_groups: Remote<Listing<Group>>,
    /// Standing in every group.
    pub membership_states: Remote<Listing<MembershipState>>,
    /// Direct conversations.
    pub chats: Remote<Listing<Chat>>,
    /// What pins were when something last knew, for the first frame and for what no listing holds any more.
    pub known: HashMap<Id, Known>,
    /// Pictures that were asked for, by the address they are fetched from; see [`Shared::want_picture`].
    pub pictures: BTreeMap<Text, Remote<Thumbnail>>,
    /// How pictures are drawn; without, there are none and none is fetched.
    pub picture_method: Option<Method>,
    /// What is under way.
    pub desk: Desk,
    /// When the service will listen again.
    pub waiting_until: Option<Timestamp>,
    /// Bytes sent and in all, of an upload.
    pub sent: Option<(u64, u64)>,
    /// When the last save was verified.
    pub saved_at: Option<Timestamp>,
    /// Since when the service cannot be reached.
    pub offline_since: Option<Timestamp>,
    /// Whether the token was refused.
    pub signed_out: bool,
    /// What was said.
    pub messages: Messages,
    /// What the user set.
    pub settings: Settings,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// How often the sign for work under way has turned, and whether it is about to turn again.
    turns: (usize, bool),
    /// Whether the mouse is used.
    pub mouse: bool,
    effects: Vec<Effect>,
}

impl Shared {
    /// Nothing known yet.
    pub fn new(now: Timestamp, zone: TimeZone, place: Place, theme: Theme) -> Self {
        Self {
            now,
            zone,
            place,
            theme,
            body: Rect::ZERO,
            account: Remote::default(),
            schools: Remote::default(),
            majors: Remote::default(),
            interests: Remote::default(),
            pins: Remote::default(),
            groups: Remote::default(),
            topics: Remote::default(),
            former_groups: Remote::default(),
            membership_states: Remote::default(),
            chats: Remote::default(),
            known: HashMap::new(),
            pictures: BTreeMap::new(),
            picture_method: None,
            desk: Desk::default(),
            waiting_until: None,
            sent: None,
            saved_at: None,
            offline_since: None,
            signed_out: false,
            messages: Messages::default(),
            settings: Settings::default(),
            keymap: Keymap::default(),
            turns: (0, false),
            mouse: true,
            effects: Vec::new(),
        }
    }

    /// Starts a job: the only way to do so. Its resource is marked as loading; an older run about the same thing no longer counts.
    pub fn start(&mut self, job: Job) -> Ticket {
        if let Some(resource) = self.resource(&job) {
            resource.load();
        }
        let (ticket, replaced) = self.desk.open(job.clone());
        if let Some(old) = replaced {
            self.effects.push(Effect::Cancel(old));
        }
        self.effects.push(Effect::Start(ticket, job));
        ticket
    }

    /// Gives up the job about `subject`, if one is under way: its answer no longer counts.
    pub fn give_up(&mut self, subject: &Subject) {
        if let Some(ticket) = self.desk.ticket_of(subject) {
            self.desk.close(ticket);
            self.effects.push(Effect::Cancel(ticket));
        }
    }

    /// Takes the end of a job. `None` if its ticket is stale: nothing may come of it then.
    pub fn finish(&mut self, ticket: Ticket, result: &Result<Outcome, ApiError>) -> Option<Job> {
        let job = self.desk.close(ticket)?;
        self.waiting_until = None;
        // Pictures are on a host of their own, which says nothing about the service.
        if !matches!(job, Job::Picture(_)) {
            self.note_reachability(result.as_ref().err());
        }
        let now = self.now;
        match (&job, result) {
            (Job::Me | Job::SignIn(_), Ok(Outcome::Account(account))) | (Job::Sms(_), Ok(Outcome::Sms(account))) => {
                self.learn_account(account);
            }
            (Job::Schools, Ok(Outcome::Schools(list))) => self.schools.set(list.clone(), now),
            (Job::Majors, Ok(Outcome::Majors(list))) => self.majors.set(list.clone(), now),
            (Job::Interests, Ok(Outcome::Interests(list))) => self.interests.set(list.clone(), now),
            (Job::Pins, Ok(Outcome::Pins(list))) => self.pins.set(list.clone(), now),
            (Job::Groups, Ok(Outcome::Groups(list))) => self.groups.set(list.clone(), now),
            (Job::Topics(_), Ok(Outcome::Topics(list))) => self.topics.set(list.clone(), now),
            (Job::FormerGroups, Ok(Outcome::Groups(list))) => self.former_groups.set(list.clone(), now),
            (Job::MembershipStates, Ok(Outcome::MembershipStates(list))) => self.membership_states.set(list.clone(), now),
            (Job::Chats, Ok(Outcome::Chats(list))) => self.chats.set(list.clone(), now),
            (Job::Picture(address), Ok(Outcome::Picture(picture))) => {
                self.pictures.entry(address.clone()).or_default().set(picture.clone(), now);
            }
            (Job::Share(_), Ok(Outcome::Share(share))) => {
                if let Some(mut account) = self.account.value().cloned() {
                    account.share = share.clone();
                    self.account.set(account, now);
                }
            }
            (Job::SaveProfile(_) | Job::SaveCampus(_), Ok(Outcome::Saved(report))) => {
                if let Some(account) = &report.account {
                    self.learn_account(account);
                }
                if report.is_complete() {
                    self.saved_at = Some(now);
                }
                // A save that ended in trouble still has an outcome; what cannot be reached or is refused is known all the same.
                self.note_reachability(report.trouble.as_ref());
            }
            (Job::SavePins(save), Ok(Outcome::PinsSaved(report))) if self.is_account(&save.account) => {
                self.pins.set(report.server.clone(), now);
                if report.end == PinsEnd::Saved {
                    self.saved_at = Some(now);
                }
            }
            (job, Err(error)) => {
                if let Some(resource) = self.resource(job) {
                    resource.fail(error.clone());
                }
            }
            (_, Ok(_)) => {}
        }
        Some(job)
    }

    /// Takes a newer account; what only the extended call tells is kept from before.
    pub fn learn_account(&mut self, account: &Account) {
        let mut account = account.clone();
        if let Some(old) = self.account.value().filter(|old| old.id == account.id) {
            account.keep_what_only_writes_tell(old);
        }
        self.signed_out = false;
        self.account.set(account, self.now);
    }

    /// Whether this account is the one at hand.
    pub fn is_account(&self, id: &Id) -> bool {
        self.account.value().is_some_and(|account| account.id == *id)
    }

    /// What a read is about.
    fn resource(&mut self, job: &Job) -> Option<&mut dyn Resource> {
        Some(match job {
            Job::Me | Job::SignIn(_) => &mut self.account,
            Job::Schools => &mut self.schools,
            Job::Majors => &mut self.majors,
            Job::Interests => &mut self.interests,
            Job::Pins => &mut self.pins,
            Job::Groups => &mut self.groups,
            Job::Topics(_) => &mut self.topics,
            Job::FormerGroups => &mut self.former_groups,
            Job::MembershipStates => &mut self.membership_states,
            Job::Chats => &mut self.chats,
            Job::Picture(address) => self.pictures.entry(address.clone()).or_default(),
            Job::Upload(_) | Job::SaveProfile(_) | Job::SaveCampus(_) | Job::SavePins(_) | Job::Share(_) | Job::Sms(_) => {
                return None;
            }
        })
    }

    fn note_reachability(&mut self, error: Option<&ApiError>) {
        match error {
            None => self.offline_since = None,
            Some(ApiError::Offline { .. } | ApiError::Tls { .. }) => {
                self.offline_since.get_or_insert(self.now);
            }
            Some(ApiError::SignedOut) => self.signed_out = true,
            Some(_) => {}
        }
    }

    /// Takes news of a job under way.
    pub fn progress(&mut self, ticket: Ticket, progress: &Progress) {
        if self.desk.job(ticket).is_none() {
            return;
        }
        match progress {
            Progress::Waiting { seconds } => {
                let wait = i64::try_from(*seconds).unwrap_or(i64::MAX);
                self.waiting_until = self.now.checked_add(jiff::SignedDuration::from_secs(wait)).ok();
                self.ask(Effect::After(Duration::from_secs(1), Timer::Waiting));
            }
            Progress::Sent { bytes, total } => self.sent = Some((*bytes, *total)),
        }
    }

    /// Whether something is under way that is worth a sign; pictures come when they come.
    pub fn is_busy(&self) -> bool {
        self.desk.jobs().any(|job| !matches!(job, Job::Picture(_)))
    }

    /// The sign for work under way, at its present turn.
    pub fn busy_sign(&self) -> &'static str {
        let signs = self.theme.symbols.spinner;
        signs.get(self.turns.0 % signs.len().max(1)).copied().unwrap_or_default()
    }

    /// Turns the sign for work under way.
    pub fn turn(&mut self) {
        self.turns = (self.turns.0 + 1, false);
    }

    /// Sees to it that the sign turns again while there is work, if signs may move. An idle editor wakes for nothing.
    pub fn keep_turning(&mut self) {
        if self.settings.motion && self.is_busy() && !self.turns.1 {
            self.turns.1 = true;
            self.ask(Effect::After(TURN, Timer::Turn));
        }
    }

    /// Asks for something to be done outside.
    pub fn ask(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Everything asked for since the last time.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Says something to the user.
    pub fn say(&mut self, level: Level, text: impl AsRef<str>) {
        let toast = self.messages.say(self.now, level, Shown::line(text));
        self.ask(Effect::After(TOAST, Timer::Toast(toast)));
    }

    /// Writes something into the message log without a toast.
    pub fn note(&mut self, level: Level, text: impl AsRef<str>) {
        self.messages.note(self.now, level, Shown::line(text));
    }

    /// Says what went wrong and what to do about it.
    pub fn say_error(&mut self, what: &str, error: &ApiError) {
        self.say(Level::Error, format!("{what}: {}; {}", error.headline(), error.hint()));
    }

    /// The key for an action, for a text that names it.
    pub fn key(&self, scope: Scope, action: Action) -> String {
        self.keymap.named(scope, action)
    }

    /// Names for codes and tags, as far as lists are known.
    pub fn names(&self) -> Names<'_> {
        Names {
            majors: self.majors.value().map(Vec::as_slice).unwrap_or_default(),
            interests: self.interests.value().map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// Everything known about conversations.
    pub fn directory(&self) -> Directory {
        Directory {
            me: self.account.value().map(|account| account.id.clone()),
            groups: self.groups.value().cloned().unwrap_or_default(),
            former: self.former_groups.value().cloned().unwrap_or_default(),
            states: self.membership_states.value().cloned().unwrap_or_default(),
            chats: self.chats.value().cloned().unwrap_or_default(),
            topics: self.topics.value().cloned().unwrap_or_default(),
            known: self.known.clone(),
        }
    }

    /// A time of day in the user's zone.
    pub fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }
}
