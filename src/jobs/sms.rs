//! SMS mode: started or ended, then read back.
//!
//! Sending again would restart the clock, so a lost answer is settled by reading. `users/me` tells only whether it is on; when it ends
//! is worked out here and noted on this computer.

use super::{on_disk, read};
use crate::api::{ApiError, Service, SmsDuration};
use crate::base::job::SmsChange;
use crate::domain::account::SmsEnd;
use crate::domain::{Account, SafeText};
use crate::io::notes::Notes;

/// Changes SMS mode and reads the account back.
///
/// # Errors
/// What went wrong, once everything that reading can settle is settled.
pub async fn change(service: &impl Service, notes: &Notes, change: SmsChange) -> Result<Account, ApiError> {
    let before = read::told(service).await?;
    let wanted = change != SmsChange::Off;
    let end = end_of(&change, notes.now());
    let lost = match service.call(&change.call()).await {
        Ok(_) => None,
        Err(error) if error.may_have_applied() => Some(SafeText::line(error.cause())),
        Err(error) => return Err(error),
    };
    let mut account = match read::told(service).await {
        Ok(account) => account,
        Err(error @ ApiError::SignedOut) => return Err(error),
        Err(error) => return Err(ApiError::Unknown { reason: lost.unwrap_or_else(|| SafeText::line(error.headline())) }),
    };
    match (account.sms.on, lost) {
        (Some(on), None) if on != wanted => return Err(not_made(SafeText::line("the service accepted it and kept the old state"))),
        (Some(on), Some(reason)) if on != wanted => return Err(not_made(reason)),
        // It was so before: nothing shows whether the clock was started again.
        (on, Some(reason)) if wanted && on == before.sms.on => return Err(ApiError::Unknown { reason }),
        (None, Some(reason)) => return Err(ApiError::Unknown { reason }),
        _ => {}
    }
    let id = account.id.clone();
    on_disk(notes, move |notes| notes.set_sms_end(&id, end)).await;
    account.sms.end = end;
    Ok(account)
}

fn not_made(reason: SafeText) -> ApiError {
    ApiError::NotMade { reason }
}

/// When SMS mode ends by this computer's clock; none where it has ended.
fn end_of(change: &SmsChange, now: i64) -> Option<SmsEnd> {
    match change {
        SmsChange::On(SmsDuration::Hours(hours), _) => Some(SmsEnd::At(now + i64::from(*hours) * 3600)),
        SmsChange::On(SmsDuration::Always, _) => Some(SmsEnd::TurnedOff),
        SmsChange::Off => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::recall_end;
    use super::super::script::{Script, ScriptedAnswer, lost, me};
    use super::*;
    use crate::api::Reply;
    use crate::domain::account::Sms;
    use crate::io::clock::Clock;
    use crate::io::paths::Paths;

    fn account(on: bool) -> Account {
        Account { sms: Sms { on: Some(on), end: None }, ..Account::new("7") }
    }

    const FOUR: SmsChange = SmsChange::On(SmsDuration::Hours(4), None);

    async fn run(notes: &Notes, change: SmsChange, before: bool, answer: ScriptedAnswer, after: bool) -> Result<Account, ApiError> {
        super::change(&Script::new([me(&account(before)), (change.call(), answer), me(&account(after))]), notes, change).await
    }

    #[tokio::test]
    async fn the_end_is_remembered_and_the_servers_flag_wins() {
        let dir = tempfile::tempdir().unwrap();
        let notes = Notes::new(&Paths::under(dir.path(), Clock::of_tests()), "groupme");
        let recalled = async |on| {
            let mut account = account(on);
            recall_end(&notes, &mut account).await;
            account.sms.end
        };
        let end = run(&notes, FOUR, false, Ok(Reply::Done), true).await.unwrap().sms.end;
        assert_eq!(end, Some(SmsEnd::At(notes.now() + 4 * 3600)));
        assert_eq!(recalled(true).await, end, "a new start knows it too");
        assert_eq!(recalled(false).await, None);
        assert_eq!(recalled(true).await, None, "it was ended elsewhere: whatever is on now is another one");

        run(&notes, FOUR, false, Ok(Reply::Done), true).await.unwrap();
        run(&notes, SmsChange::On(SmsDuration::Always, None), true, Ok(Reply::Done), true).await.unwrap();
        assert_eq!(recalled(true).await, Some(SmsEnd::TurnedOff));
        notes.set_sms_end(&"7".into(), Some(SmsEnd::At(notes.now() - 1)));
        assert_eq!(recalled(true).await, None, "on for longer than was known");
    }

    #[tokio::test]
    async fn a_lost_answer_proves_something_only_if_the_state_changed() {
        let nowhere = Notes::nowhere(Clock::of_tests());
        assert!(run(&nowhere, FOUR, false, Err(lost()), true).await.is_ok());
        assert_eq!(run(&nowhere, FOUR, true, Err(lost()), true).await, Err(lost()), "whether the clock was started again");
        assert_eq!(run(&nowhere, FOUR, false, Err(lost()), false).await, Err(not_made(SafeText::line("lost"))));
        assert!(run(&nowhere, SmsChange::Off, false, Err(lost()), false).await.is_ok());
        assert!(matches!(run(&nowhere, SmsChange::Off, true, Ok(Reply::Done), true).await, Err(ApiError::NotMade { .. })));
    }
}
