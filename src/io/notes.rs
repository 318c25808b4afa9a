//! Notes about an account that only this computer has, because the service does not tell them: when SMS mode ends, and that a new
//! share link was being made, what the pins were before each save, and what only the replies to saves told.
//!
//! A note that cannot be written or read is logged and done without; no job fails because of it.

use serde_json::Value as Json;

use super::clock::Clock;
use super::document;
use super::file::{self, FileError, Lock};
use super::history::{HistoryKind, HistoryStore};
use super::paths::{Identity, Paths};
use crate::domain::account::{Share, SmsEnd};
use crate::domain::{Account, Id, detail};

/// Largest note in bytes.
const CAP: u64 = 4096;
const SMS_END: &str = "sms-end";
const NEW_LINK: &str = "new-link";
const SETTINGS: &str = "settings";

/// Where notes are kept, for all accounts on one server, and the clock that some of them are about.
#[derive(Clone, Debug)]
pub struct Notes {
    clock: Clock,
    place: Option<(Paths, String)>,
}

/// A new link is being made; as long as this lives, nobody takes that for interrupted.
#[derive(Debug)]
#[must_use = "dropped at once it protects nothing"]
pub struct PendingLink {
    _lock: Option<Lock>,
}

impl Notes {
    /// Notes about accounts on the server with this label.
    pub fn new(paths: &Paths, server: impl Into<String>) -> Self {
        Self { clock: paths.clock().clone(), place: Some((paths.clone(), server.into())) }
    }

    /// Notes that are forgotten at once.
    pub fn nowhere(clock: Clock) -> Self {
        Self { clock, place: None }
    }

    /// The time by this computer's clock, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    /// When SMS mode ends; none if that is not known.
    pub fn sms_end(&self, account: &Id) -> Option<SmsEnd> {
        let (path, identity) = self.file(account, SMS_END)?;
        let found = document::read::<Option<i64>>(&path, CAP, &identity);
        let noted = found.inspect_err(|problem| tracing::warn!(%problem, "the end of SMS mode is not known")).ok()??;
        Some(noted.content.map_or(SmsEnd::TurnedOff, SmsEnd::At))
    }

    /// Notes when SMS mode ends, or forgets it.
    pub fn set_sms_end(&self, account: &Id, end: Option<SmsEnd>) {
        let Some((path, identity)) = self.file(account, SMS_END) else { return };
        let kept = match end {
            Some(end) => {
                let at = if let SmsEnd::At(at) = end { Some(at) } else { None };
                document::write(&path, CAP, &identity, self.clock.now(), &at)
            }
            None => file::remove(&path).map(drop),
        };
        if let Err(error) = kept {
            tracing::warn!(%error, "the end of SMS mode is not kept");
        }
    }

    /// Keeps what only the reply to a save tells.
    pub fn keep_settings(&self, account: &Account) {
        let Some((path, identity)) = self.file(&account.id, SETTINGS) else { return };
        let told = Account { settings: account.settings.clone(), ..Account::new(account.id.clone()) };
        let mut told = detail::to_json(&told);
        if let Some(values) = told.as_object_mut() {
            values.retain(|_, value| !value.is_null());
        }
        if let Err(error) = document::write(&path, CAP, &identity, self.clock.now(), &told) {
            tracing::warn!(%error, "the account's settings are not kept");
        }
    }

    /// What was kept so last, as the service would tell it; none if nothing was.
    pub fn settings(&self, account: &Id) -> Option<Json> {
        let (path, identity) = self.file(account, SETTINGS)?;
        let found = document::read(&path, CAP, &identity);
        Some(found.inspect_err(|problem| tracing::warn!(%problem, "the account's settings are not known")).ok()??.content)
    }

    /// Notes that the share link is about to be replaced, before it is taken away.
    pub fn begin_new_link(&self, account: &Id) -> PendingLink {
        let Some((path, identity)) = self.file(account, NEW_LINK) else { return PendingLink { _lock: None } };
        let lock = file::lock_briefly(&path.with_extension("lock"));
        if let Err(error) = document::write(&path, CAP, &identity, self.clock.now(), &()) {
            tracing::warn!(%error, "an interruption could not be explained later");
        }
        PendingLink { _lock: lock.ok() }
    }

    /// Forgets that the link was being replaced: it was, or the user knows that it was not.
    pub fn end_new_link(&self, account: &Id) {
        let Some((path, _)) = self.file(account, NEW_LINK) else { return };
        if let Err(error) = file::remove(&path) {
            tracing::warn!(%error, "a note could not be removed");
        }
    }

    /// Whether a replacement of the link was begun, not ended, and is not under way in any running copy.
    pub fn new_link_was_interrupted(&self, account: &Id) -> bool {
        let Some((path, identity)) = self.file(account, NEW_LINK) else { return false };
        matches!(document::read::<()>(&path, CAP, &identity), Ok(Some(_)))
            && Lock::at(&path.with_extension("lock")).is_ok_and(|lock| lock.try_lock().is_ok())
    }

    /// Adds the list of pins that a save is about to replace to the history.
    ///
    /// # Errors
    /// When it cannot be kept; the save goes on.
    pub fn keep_pins(&self, account: &Id, pins: &[Id]) -> Result<(), FileError> {
        let Some(history) = self.pins(account) else { return Ok(()) };
        let kept = history.append(serde_json::json!(pins)).map(drop);
        kept.inspect_err(|error| tracing::warn!(%error, "the pins before a save are not kept"))
    }

    /// The lists of pins before the last saves; none where nothing is kept.
    pub fn pins(&self, account: &Id) -> Option<HistoryStore> {
        let (paths, server) = self.place.as_ref()?;
        Some(HistoryStore::new(paths, Identity::new(server.clone(), account.clone()), HistoryKind::Pins))
    }

    /// Adds the account that a save is about to change to the history, without its share link.
    ///
    /// # Errors
    /// When it cannot be kept; the save goes on.
    pub fn keep_account(&self, account: &Account) -> Result<(), FileError> {
        let Some(history) = self.accounts(&account.id) else { return Ok(()) };
        let value = detail::to_json(&Account { share: Share::default(), ..account.clone() });
        let kept = history.append(value).map(drop);
        kept.inspect_err(|error| tracing::warn!(%error, "the account before a save is not kept"))
    }

    /// The states of the account before the last saves, as the service told them; none where nothing is kept.
    pub fn accounts(&self, account: &Id) -> Option<HistoryStore> {
        let (paths, server) = self.place.as_ref()?;
        Some(HistoryStore::new(paths, Identity::new(server.clone(), account.clone()), HistoryKind::Profile))
    }

    fn file(&self, account: &Id, kind: &str) -> Option<(std::path::PathBuf, Identity)> {
        let (paths, server) = self.place.as_ref()?;
        let identity = Identity::new(server.clone(), account.clone());
        Some((paths.note_file(&identity, kind), identity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes() -> (tempfile::TempDir, Notes) {
        let dir = tempfile::tempdir().unwrap();
        let notes = Notes::new(&Paths::under(dir.path(), Clock::of_tests()), "groupme");
        (dir, notes)
    }

    #[test]
    fn the_end_of_sms_mode_is_kept_for_each_account() {
        let (_dir, notes) = notes();
        notes.set_sms_end(&"1".into(), Some(SmsEnd::At(1_800_000_000)));
        assert_eq!(notes.clone().sms_end(&"1".into()), Some(SmsEnd::At(1_800_000_000)));
        notes.set_sms_end(&"1".into(), Some(SmsEnd::TurnedOff));
        assert_eq!(notes.sms_end(&"1".into()), Some(SmsEnd::TurnedOff));
        assert_eq!(notes.sms_end(&"2".into()), None);
        notes.set_sms_end(&"1".into(), None);
        assert_eq!(notes.sms_end(&"1".into()), None);
        let nowhere = Notes::nowhere(Clock::of_tests());
        nowhere.set_sms_end(&"1".into(), Some(SmsEnd::At(1)));
        assert_eq!(nowhere.sms_end(&"1".into()), None);
    }

    #[test]
    fn a_new_link_is_interrupted_once_nobody_makes_it_any_more() {
        let (_dir, notes) = notes();
        let account = "1".into();
        assert!(!notes.new_link_was_interrupted(&account));
        let making = notes.begin_new_link(&account);
        assert!(!notes.new_link_was_interrupted(&account), "it is under way");
        drop(making);
        assert!(notes.new_link_was_interrupted(&account));
        assert!(notes.new_link_was_interrupted(&account), "looking changes nothing");
        notes.end_new_link(&account);
        assert!(!notes.new_link_was_interrupted(&account));
    }
}
