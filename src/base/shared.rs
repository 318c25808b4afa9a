//! The state that every screen sees: what the server told, what is under way, what was said.
//!
//! Only `app` feeds answers into it; screens read it and start jobs through [`Shared::start`].

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use super::action::Action;
use super::entrance::SignInReason;
use super::job::{Done, Job, JobOutcome, JobSubject, PinsOutcome};
use super::keymap::Keymap;
use super::messages::{Level, ToastTopic};
use super::msg::{Effect, Progress, Timer};
use super::remote::{Remote, Resource};
use super::scope::Scope;
use super::session::{JobWait, ServerLabel, Session};
use super::settings::Settings;
use super::ticket::Ticket;
use super::unsaved::Unsaved;
use crate::api::ApiError;
use crate::domain::SafeText;
use crate::domain::campus::{Interest, Major};
use crate::domain::detail::TagNames;
use crate::widgets::picture::PictureMethod;
use crate::widgets::theme::Theme;

/// How long a toast stays up.
const TOAST: Duration = Duration::from_secs(6);

/// How long the sign for work under way stands still. Most answers come sooner, so that it seldom turns at all.
const TURN: Duration = Duration::from_millis(150);

/// State that all screens share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The moment of the message being handled; the only clock there is.
    pub now: Timestamp,
    /// For showing times.
    pub zone: TimeZone,
    /// How things look.
    pub theme: Theme,
    /// Where screens are drawn.
    pub body: Rect,
    /// What belongs to the account that is signed in.
    pub session: Session,
    /// What is unsaved; `app` keeps it up to date.
    pub unsaved: Unsaved,
    /// Names of majors; starts with the built-in list.
    pub majors: Remote<Vec<Major>>,
    /// Names of interests.
    pub interests: Remote<Vec<Interest>>,
    /// How pictures are drawn; without, there are none and none is fetched.
    pub picture_method: Option<PictureMethod>,
    /// Whether addresses are links.
    pub links: bool,
    /// What the user set.
    pub settings: Settings,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// How often the sign for work under way has turned, and whether it is about to turn again.
    turns: (usize, bool),
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The job whose answer is being taken.
    answering: Option<JobSubject>,
    effects: Vec<Effect>,
}

impl Shared {
    /// Nothing known yet.
    pub fn new(now: Timestamp, zone: TimeZone, place: ServerLabel, theme: Theme) -> Self {
        Self {
            now,
            zone,
            theme,
            body: Rect::ZERO,
            session: Session::new(place),
            unsaved: Unsaved::default(),
            majors: Remote::default(),
            interests: Remote::default(),
            picture_method: None,
            links: false,
            settings: Settings::default(),
            keymap: Keymap::default(),
            turns: (0, false),
            mouse: true,
            answering: None,
            effects: Vec::new(),
        }
    }

    /// Goes on for another account, or on another server: what belongs to the old one is gone, and no answer for it counts any more.
    pub fn begin_session(&mut self, place: ServerLabel) {
        let next = self.session.next(place);
        let old = std::mem::replace(&mut self.session, next);
        self.effects.extend(old.in_flight.tickets().map(Effect::Cancel));
    }

    /// Starts a job: the only way to do so. Its resource is marked as loading; an older run about the same thing no longer counts.
    pub fn start(&mut self, job: Job) -> Ticket {
        if let Some(resource) = self.resource(&job) {
            resource.load();
        }
        self.session.messages.over(&ToastTopic::Job(job.subject()));
        if job.saves().is_some() {
            self.session.messages.over(&ToastTopic::Save);
        }
        let (ticket, replaced) = self.session.in_flight.open(job.clone());
        if let Some(old) = replaced {
            self.effects.push(Effect::Cancel(old));
        }
        self.effects.push(Effect::Start(ticket, job));
        ticket
    }

    /// Asks for a session; one that was asked for before no longer counts.
    pub fn open(&mut self, entrance: SignInReason) {
        self.session.opening = Some(entrance.clone());
        self.ask(Effect::Open(entrance));
    }

    /// Gives up the job about `subject`, if one is under way: its answer no longer counts.
    pub fn give_up(&mut self, subject: &JobSubject) {
        if let Some(ticket) = self.session.in_flight.ticket_of(subject) {
            self.session.in_flight.close(ticket);
            self.effects.push(Effect::Cancel(ticket));
        }
    }

    /// Gives up every read that somebody may be waiting for; says whether there was one. What was known stays.
    pub fn give_up_reads(&mut self) -> bool {
        let waited_for = |job: &Job| !job.is_write() && job.is_with_service() && !matches!(job, Job::SignIn(_));
        let reads: Vec<Job> = self.session.in_flight.jobs().filter(|job| waited_for(job)).cloned().collect();
        for job in &reads {
            self.give_up(&job.subject());
            if let Some(resource) = self.resource(job) {
                resource.fail(ApiError::Offline { reason: SafeText::line("it was given up before an answer came") });
            }
        }
        !reads.is_empty()
    }

    /// Takes what came of a job that is no longer under way; what is left of it is for the screen that asked.
    pub fn learn(&mut self, job: &Job, result: Result<JobOutcome, ApiError>) -> Option<Done> {
        if job.is_with_service() {
            self.session.note_reachability(result.as_ref().err(), self.now);
        }
        match result {
            Ok(outcome) => self.learn_outcome(outcome),
            Err(error) => self.learn_failure(job, error),
        }
    }

    fn learn_outcome(&mut self, outcome: JobOutcome) -> Option<Done> {
        let (session, now) = (&mut self.session, self.now);
        match outcome {
            JobOutcome::Account(account) => session.learn_account(*account, now),
            JobOutcome::Schools(list) => session.schools.set(list, now),
            JobOutcome::Majors(list) => self.majors.set(list, now),
            JobOutcome::Interests(list) => self.interests.set(list, now),
            JobOutcome::Pins(list) => session.pins.set(list, now),
            JobOutcome::Groups(list) => session.groups.set(list, now),
            JobOutcome::Topics(list) => session.topics.set(list, now),
            JobOutcome::FormerGroups(list) => session.former_groups.set(list, now),
            JobOutcome::MembershipStates(list) => session.membership_states.set(list, now),
            JobOutcome::Chats(list) => session.chats.set(list, now),
            JobOutcome::Picture(address, picture) => session.pictures.entry(address).or_default().set(picture, now),
            JobOutcome::History(history) => {
                session.history.set(history.kept, now);
                if let Some(problem) = history.problem {
                    self.say(Level::Warning, problem);
                }
            }
            JobOutcome::Looked(path, looked) => return Some(Done::Looked(path, Ok(looked))),
            JobOutcome::Uploaded(address) => return Some(Done::Uploaded(Ok(address))),
            JobOutcome::Saved(report) => {
                if let Some(account) = &report.account {
                    session.learn_account((**account).clone(), now);
                }
                if report.is_complete() {
                    session.saved_at = Some(now);
                }
                // A save that ended in trouble still has an outcome; what cannot be reached or is refused is known all the same.
                session.note_reachability(report.trouble.as_ref(), now);
                return Some(Done::Saved(Ok(report)));
            }
            JobOutcome::PinsSaved(sent, report) => {
                session.pins.set(report.server.clone(), now);
                if report.end == PinsOutcome::Saved {
                    session.saved_at = Some(now);
                }
                return Some(Done::PinsSaved(sent, Ok(report)));
            }
            JobOutcome::Share(change, share) => {
                if let Some(mut account) = session.account.value().cloned() {
                    account.share = share;
                    session.account.set(account, now);
                }
                return Some(Done::Share(change, Ok(())));
            }
            JobOutcome::Sms(change, account) => {
                session.learn_account(*account, now);
                return Some(Done::Sms(change, Ok(())));
            }
            JobOutcome::Settings(account) => {
                session.learn_account(*account, now);
                return Some(Done::Settings(Ok(())));
            }
        }
        None
    }

    fn learn_failure(&mut self, job: &Job, error: ApiError) -> Option<Done> {
        if let Some(resource) = self.resource(job) {
            resource.fail(error);
            return None;
        }
        Some(match job {
            Job::LookAt(path) => Done::Looked(path.clone(), Err(error)),
            Job::Upload(_) => Done::Uploaded(Err(error)),
            Job::SaveProfile(_) | Job::SaveCampus(_) => Done::Saved(Err(error)),
            Job::SavePins(save) => Done::PinsSaved(save.list.clone(), Err(error)),
            Job::Share(change) => Done::Share(*change, Err(error)),
            Job::Sms(change) => Done::Sms(change.clone(), Err(error)),
            Job::AskSettings => Done::Settings(Err(error)),
            _ => Done::NotSignedIn(error),
        })
    }

    /// Until `None`, what is said is about this job.
    pub fn answer(&mut self, job: Option<JobSubject>) {
        self.answering = job;
    }

    /// What a read is about.
    fn resource(&mut self, job: &Job) -> Option<&mut dyn Resource> {
        Some(match job {
            Job::Me => &mut self.session.account,
            Job::Schools => &mut self.session.schools,
            Job::Majors => &mut self.majors,
            Job::Interests => &mut self.interests,
            Job::Pins => &mut self.session.pins,
            Job::Groups => &mut self.session.groups,
            Job::Topics(_) => &mut self.session.topics,
            Job::FormerGroups => &mut self.session.former_groups,
            Job::MembershipStates => &mut self.session.membership_states,
            Job::Chats => &mut self.session.chats,
            Job::History(_) => &mut self.session.history,
            Job::Picture(address) => self.session.pictures.entry(address.clone()).or_default(),
            Job::SignIn(_)
            | Job::LookAt(_)
            | Job::Upload(_)
            | Job::SaveProfile(_)
            | Job::SaveCampus(_)
            | Job::SavePins(_)
            | Job::Share(_)
            | Job::Sms(_)
            | Job::AskSettings => {
                return None;
            }
        })
    }

    /// Takes news of a job under way.
    pub fn progress(&mut self, ticket: Ticket, progress: &Progress) {
        if self.session.in_flight.job(ticket).is_none() {
            return;
        }
        match progress {
            Progress::Waiting { seconds: 0, .. } => {
                self.session.waits.remove(&ticket);
            }
            Progress::Waiting { seconds, why } => {
                let wait = i64::try_from(*seconds).unwrap_or(i64::MAX);
                let until = self.now.checked_add(jiff::SignedDuration::from_secs(wait)).unwrap_or(Timestamp::MAX);
                let first = self.session.waits.is_empty();
                self.session.waits.insert(ticket, JobWait { until, why: *why });
                if first {
                    self.ask(Effect::After(Duration::from_secs(1), Timer::Waiting));
                }
            }
            Progress::Sent { bytes, total } => self.session.sent = Some((*bytes, *total)),
        }
    }

    /// Whether something is under way that is worth a sign; pictures come when they come.
    pub fn is_busy(&self) -> bool {
        self.session.opening.is_some() || self.session.in_flight.jobs().any(Job::is_with_service)
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

    /// Says something to the user. What is said while the answer of a job is taken is about that job.
    pub fn say(&mut self, level: Level, text: impl AsRef<str>) {
        let about = match &self.answering {
            Some(job) => Some(ToastTopic::Job(job.clone())),
            None => (level == Level::Info).then_some(ToastTopic::ThisKey),
        };
        self.toast(level, text, about);
    }

    /// Says something that goes when what it is about is over.
    pub fn say_about(&mut self, about: ToastTopic, level: Level, text: impl AsRef<str>) {
        self.toast(level, text, Some(about));
    }

    fn toast(&mut self, level: Level, text: impl AsRef<str>, about: Option<ToastTopic>) {
        let toast = self.session.messages.say(self.now, level, SafeText::line(text), about);
        self.ask(Effect::After(TOAST, Timer::Toast(toast)));
    }

    /// Writes something into the message log without a toast.
    pub fn note(&mut self, level: Level, text: impl AsRef<str>) {
        self.session.messages.note(self.now, level, SafeText::line(text));
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
    pub fn names(&self) -> TagNames<'_> {
        TagNames {
            majors: self.majors.value().map(Vec::as_slice).unwrap_or_default(),
            interests: self.interests.value().map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// A moment to come, within a week: the time of day, with the day of the week where it could be taken for an earlier one.
    pub fn until(&self, at: Timestamp) -> String {
        let soon = at.duration_since(self.now) < jiff::SignedDuration::from_hours(23);
        at.to_zoned(self.zone.clone()).strftime(if soon { "%H:%M" } else { "%A %H:%M" }).to_string()
    }

    /// A moment that has been: the time of day, before today with the date.
    pub fn when(&self, at: Timestamp) -> String {
        let (at, now) = (at.to_zoned(self.zone.clone()), self.now.to_zoned(self.zone.clone()));
        at.strftime(if at.date() == now.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string()
    }

    /// A time of day in the user's zone.
    pub fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }
}
