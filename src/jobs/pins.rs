//! The save of the pins. The service replaces the whole list on every write, so a blind write loses what another device changed:
//! the list is read again, the user's operations are replayed on it, the result is written and read back.
//!
//! What remains is the moment between that reading and the writing, for the service knows no conditional write.

use super::{keep, read};
use crate::api::{ApiError, Call, Service};
use crate::base::job::{PinsOutcome, PinsReport, PinsSave};
use crate::domain::Id;
use crate::domain::SafeText;
use crate::domain::pins::{Changes, PinList, Replayed};
use crate::io::notes::Notes;

/// Writes in one save at most. Who overwrites them faster than that is not a person.
const ROUNDS: usize = 3;

/// Saves the operations on the list and tells how that ended.
///
/// # Errors
/// When nothing was changed, or when what was written cannot be read back.
pub async fn save(service: &impl Service, notes: &Notes, save: &PinsSave) -> Result<PinsReport, ApiError> {
    let mine = &save.list;
    let mut server = read::pins(service).await?;
    let mut unkept = None;
    for _ in 0..ROUNDS {
        let replayed = mine.replay(&server);
        if let Some(end) = settled(&replayed) {
            return Ok(report(mine, server, replayed, end, unkept));
        }
        let (account, old) = (save.account.clone(), server.clone());
        unkept = keep(notes, move |notes| notes.keep_pins(&account, &old)).await.or(unkept);
        let doubt = match service.call(&Call::SetPins(replayed.list.ids().to_vec())).await {
            Ok(_) => None,
            Err(error) if error.may_have_applied() => Some(error),
            Err(error) => return Err(error),
        };
        server = read::pins(service).await.map_err(|error| doubt.clone().unwrap_or_else(|| not_read_back(&error)))?;
        if let Some(error) = doubt {
            // It is there or it is not; sent again it might undo what happened since.
            let replayed = mine.replay(&server);
            let end = settled(&replayed).unwrap_or(PinsOutcome::NotSaved(error));
            return Ok(report(mine, server, replayed, end, unkept));
        }
    }
    let replayed = mine.replay(&server);
    let end = settled(&replayed).unwrap_or(PinsOutcome::Contended);
    Ok(report(mine, server, replayed, end, unkept))
}

/// How it ends if there is nothing to write: all is there already, or the user has to decide.
fn settled(replayed: &Replayed) -> Option<PinsOutcome> {
    if !replayed.conflicts.is_empty() {
        Some(PinsOutcome::Conflict)
    } else if replayed.list.changed() {
        None
    } else {
        Some(PinsOutcome::Saved)
    }
}

fn report(mine: &PinList, server: Vec<Id>, result: Replayed, end: PinsOutcome, unkept: Option<SafeText>) -> PinsReport {
    let elsewhere = Changes::between(mine.ids(), result.list.ids());
    PinsReport { server, result, elsewhere, end, unkept }
}

fn not_read_back(error: &ApiError) -> ApiError {
    ApiError::Unknown { reason: SafeText::line(format!("it was sent, but {}", error.headline())) }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::script::{Script, ScriptedAnswer, lost, offline, rejected};
    use super::*;
    use crate::api::Reply;
    use crate::domain::pins::Conflict;
    use crate::io::clock::Clock;
    use crate::io::file;
    use crate::io::paths::{Identity, Paths};

    fn ids(text: &str) -> Vec<Id> {
        text.split_whitespace().map(Id::from).collect()
    }

    /// `a b c d` with d moved to the top.
    fn mine() -> PinsSave {
        let mut list = PinList::new(ids("a b c d"));
        list.move_block(3..4, 0);
        PinsSave { account: "1".into(), list }
    }

    fn get(text: &str) -> (Call, ScriptedAnswer) {
        (Call::Pins, Ok(Reply::Ids(ids(text))))
    }

    fn put(text: &str, answer: ScriptedAnswer) -> (Call, ScriptedAnswer) {
        (Call::SetPins(ids(text)), answer)
    }

    fn taken(text: &str) -> (Call, ScriptedAnswer) {
        put(text, Ok(Reply::Done))
    }

    async fn run(calls: Vec<(Call, ScriptedAnswer)>) -> Result<PinsReport, ApiError> {
        save(&Script::new(calls), &Notes::nowhere(Clock::of_tests()), &mine()).await
    }

    async fn end(calls: Vec<(Call, ScriptedAnswer)>) -> PinsOutcome {
        run(calls).await.unwrap().end
    }

    #[tokio::test]
    async fn what_is_read_back_is_saved_and_what_others_did_is_told() {
        let report = run(vec![get("n a b d"), taken("d n a b"), get("d n a b")]).await.unwrap();
        assert_eq!((report.end, report.server), (PinsOutcome::Saved, ids("d n a b")));
        assert_eq!((report.elsewhere.pinned, report.elsewhere.unpinned), (ids("n"), ids("c")));
        assert!(!report.result.list.changed());
    }

    #[tokio::test]
    async fn what_is_there_already_is_not_written() {
        assert_eq!(end(vec![get("d a b c")]).await, PinsOutcome::Saved);
    }

    #[tokio::test]
    async fn a_doubtful_write_is_settled_by_reading_and_never_sent_again() {
        assert_eq!(end(vec![get("a b c d"), put("d a b c", Err(lost())), get("d a b c")]).await, PinsOutcome::Saved);
        assert_eq!(
            end(vec![get("a b c d"), put("d a b c", Err(lost())), get("d x a b c")]).await,
            PinsOutcome::Saved,
            "beneath another change"
        );
        assert_eq!(end(vec![get("a b c d"), put("d a b c", Err(lost())), get("a b c d")]).await, PinsOutcome::NotSaved(lost()));
        assert_eq!(end(vec![get("a b c d"), put("d a b c", Err(lost())), get("a x b c d")]).await, PinsOutcome::NotSaved(lost()));
        let unread = run(vec![get("a b c d"), put("d a b c", Err(lost())), (Call::Pins, Err(offline()))]).await;
        assert_eq!(unread, Err(lost()));
        let unread = run(vec![get("a b c d"), taken("d a b c"), (Call::Pins, Err(offline()))]).await;
        assert!(matches!(unread, Err(ApiError::Unknown { .. })), "{unread:?}");
    }

    #[tokio::test]
    async fn a_refusal_or_a_failed_reading_changes_nothing() {
        assert_eq!(run(vec![(Call::Pins, Err(offline()))]).await, Err(offline()));
        assert_eq!(run(vec![get("a b c d"), put("d a b c", Err(rejected("no")))]).await, Err(rejected("no")));
    }

    #[tokio::test]
    async fn an_overwritten_save_is_made_again_on_what_is_there_at_most_three_times() {
        let twice = vec![get("a b c d"), taken("d a b c"), get("a b c d x"), taken("d a b c x"), get("d a b c x")];
        assert_eq!(end(twice).await, PinsOutcome::Saved);
        let always =
            vec![get("a b c d"), taken("d a b c"), get("b a c d"), taken("d b a c"), get("a b c d"), taken("d a b c"), get("a b c d")];
        let report = run(always).await.unwrap();
        assert_eq!((report.end, report.result.list.ids()), (PinsOutcome::Contended, &ids("d a b c")[..]));
    }

    #[tokio::test]
    async fn a_moved_pin_unpinned_elsewhere_is_asked_about_before_anything_is_written() {
        let report = run(vec![get("a b c")]).await.unwrap();
        assert_eq!(report.end, PinsOutcome::Conflict);
        assert_eq!(report.result.conflicts, [Conflict { id: "d".into(), after: None }]);
    }

    #[tokio::test]
    async fn a_server_that_keeps_an_id_twice_is_not_argued_with() {
        assert_eq!(end(vec![get("a a b c d"), taken("d a b c"), get("d a b a c")]).await, PinsOutcome::Saved);
    }

    /// A runtime with one thread, as the worker's writes have: were it held up by the disk, nothing else would go on meanwhile.
    #[tokio::test(flavor = "current_thread")]
    async fn other_work_goes_on_while_a_disk_is_slow() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path(), Clock::of_tests());
        let history = paths.history_file(&Identity::new("groupme", "1"), "pins");
        let busy = file::lock_briefly(&history.with_extension("lock")).unwrap();
        let went_on = Cell::new(false);
        let calls = Script::new([get("a b c d"), taken("d a b c"), get("d a b c")]);
        let (notes, mine) = (Notes::new(&paths, "groupme"), mine());
        let other = async {
            went_on.set(true);
            drop(busy);
        };
        let saved = async {
            let report = save(&calls, &notes, &mine).await;
            assert!(went_on.get(), "the save held everything up");
            report
        };
        let (report, ()) = tokio::join!(saved, other);
        assert_eq!(report.unwrap().end, PinsOutcome::Saved);
        assert_eq!(notes.pins(&"1".into()).unwrap().list().unwrap().len(), 1);
    }
}
