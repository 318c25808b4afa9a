//! The account's settings: what only the reply to an extended update tells. Asked for, kept with the time, and recalled.
//!
//! Asking means writing, since no reading tells them: the name goes out unchanged. Nothing here changes a setting.

use super::{on_disk, read};
use crate::api::{ApiError, Call, Reply, Service};
use crate::domain::account::{Account, AccountSettings, SmsEnd};
use crate::domain::{Profile, SafeText};
use crate::io::notes::Notes;

/// The write that makes the service tell them, which changes nothing.
///
/// # Errors
/// Where the account has no name that could be sent.
pub fn call(account: &Account) -> Result<Call, ApiError> {
    let name = account.profile.name.clone().filter(|name| !name.raw().trim().is_empty());
    let name = name.ok_or_else(|| ApiError::NotMade { reason: SafeText::line("the account has no name that could be sent unchanged") })?;
    Ok(Call::UpdateProfile(account.id.clone(), Profile { name: Some(name), ..Profile::default() }))
}

/// Asks for the settings; the account, as read before, with them.
///
/// # Errors
/// What kept the account from being read or the name from being sent. A lost answer needs no settling: there was nothing to change.
pub async fn ask(service: &impl Service, notes: &Notes) -> Result<Account, ApiError> {
    let mut account = read::account(service, notes).await?;
    let told: Box<Account> = match service.call(&call(&account)?).await? {
        Reply::Account(told) if told.id == account.id && told.settings.is_told() => told,
        Reply::Account(told) if told.id != account.id => return Err(ApiError::WrongAccount),
        _ => return Err(ApiError::garbled("the reply told no settings")),
    };
    account.settings = keep(notes, &account, told.settings).await;
    read::recall_end(notes, &mut account).await;
    Ok(account)
}

/// Keeps what a reply told just now, with the time; and when SMS mode ends, if it was told. What it did not tell stays as it was known.
pub(super) async fn keep(notes: &Notes, account: &Account, told: AccountSettings) -> AccountSettings {
    let settings = AccountSettings { told_at: Some(notes.now()), ..told };
    let end = settings.sms_disabled_expires_at.filter(|_| settings.sms_disabled == Some(false));
    let kept = Account { settings: settings.clone(), ..Account::new(account.id.clone()) };
    let keep = move |notes: &Notes| {
        notes.keep_settings(&kept);
        if let Some(end) = end {
            notes.set_sms_end(&kept.id, Some(SmsEnd::At(end)));
        }
    };
    on_disk(notes, keep).await;
    settings
}

#[cfg(test)]
mod tests {
    use super::super::script::{Script, lost, me, rejected, told};
    use super::*;
    use crate::domain::RawText;
    use crate::io::clock::Clock;
    use crate::io::paths::Paths;

    fn named() -> Account {
        Account { profile: Profile { name: Some("Isaac".into()), ..Profile::default() }, ..Account::new("7") }
    }

    fn settings() -> AccountSettings {
        AccountSettings {
            app_installed: Some(true),
            country: Some(RawText::from("US")),
            sms_disabled: Some(false),
            sms_disabled_expires_at: Some(1_900_000_000),
            email_group_created: Some(false),
            profile: Profile { group_notification_sound: Some("gm6.wav".into()), ..Profile::default() },
            ..AccountSettings::default()
        }
    }

    #[tokio::test]
    async fn they_are_told_in_reply_to_the_unchanged_name_and_known_from_then_on() {
        let dir = tempfile::tempdir().unwrap();
        let notes = Notes::new(&Paths::under(dir.path(), Clock::of_tests()), "groupme");
        let reply = Account { settings: settings(), ..named() };
        let script = Script::new([me(&named()), (call(&named()).unwrap(), Ok(told(&reply)))]);
        let account = ask(&script, &notes).await.unwrap();
        let dated = AccountSettings { told_at: Some(notes.now()), ..settings() };
        assert_eq!(account.settings, dated);
        // Another start, which writes nothing, knows them still; another account does not.
        let read = read::account(&Script::new([me(&named())]), &notes).await.unwrap();
        assert_eq!(read.settings, dated);
        assert_eq!(read.profile, named().profile, "a value that may be old is nothing to start an edit from");
        assert_eq!(notes.sms_end(&"7".into()), Some(SmsEnd::At(1_900_000_000)));
        let other = Account { profile: named().profile, ..Account::new("8") };
        assert!(!read::account(&Script::new([me(&other)]), &notes).await.unwrap().settings.is_told());
    }

    #[tokio::test]
    async fn without_a_name_or_a_reply_nothing_is_known() {
        let notes = Notes::nowhere(Clock::of_tests());
        assert!(matches!(ask(&Script::new([me(&Account::new("7"))]), &notes).await, Err(ApiError::NotMade { .. })));
        for error in [lost(), rejected("no")] {
            let script = Script::new([me(&named()), (call(&named()).unwrap(), Err(error.clone()))]);
            assert_eq!(ask(&script, &notes).await, Err(error));
        }
        let script = Script::new([me(&named()), (call(&named()).unwrap(), Ok(Reply::Done))]);
        assert!(matches!(ask(&script, &notes).await, Err(ApiError::Garbled { .. })));
    }
}
