//! The public link: made, taken away, replaced.
//!
//! Enabling is not idempotent (each one mints a link and kills the one before), so it is sent once, never while there is a link, and
//! what became of it is read from the account.

use super::{on_disk, read};
use crate::api::{ApiError, Call, Reply, Service};
use crate::base::job::ShareChange;
use crate::domain::account::{Account, Share};
use crate::domain::{Id, SafeText};
use crate::io::notes::Notes;

/// Changes sharing and returns the link as the server has it now.
///
/// # Errors
/// What went wrong, once everything that reading can settle is settled.
pub async fn change(service: &impl Service, notes: &Notes, change: ShareChange) -> Result<Share, ApiError> {
    let Account { id, share, .. } = read::told(service).await?;
    let done = match (change, share.url.is_some()) {
        (ShareChange::On, true) | (ShareChange::Off, false) => Ok(share),
        (ShareChange::On, false) => set(service, true).await,
        (ShareChange::Off, true) => set(service, false).await,
        (ShareChange::New, on) => return replace(service, notes, &id, on).await,
    };
    if done.is_ok() {
        end_new_link(notes, &id).await;
    }
    done
}

/// Takes the link away and makes another. Whatever interrupts this in between leaves a note, so that the next start can explain why
/// there is no link any more.
async fn replace(service: &impl Service, notes: &Notes, id: &Id, on: bool) -> Result<Share, ApiError> {
    let making = id.clone();
    let _making = on_disk(notes, move |notes| notes.begin_new_link(&making)).await;
    let mut ended = if on { set(service, false).await } else { Ok(Share::default()) };
    if ended.is_ok() {
        ended = set(service, true).await.map_err(|error| match error {
            ApiError::SignedOut | ApiError::Unknown { .. } => error,
            ApiError::NotMade { reason } => no_link(reason.as_str()),
            other => no_link(&other.headline()),
        });
    }
    if !matches!(ended, Err(ApiError::SignedOut | ApiError::Unknown { .. })) {
        end_new_link(notes, id).await;
    }
    ended
}

async fn end_new_link(notes: &Notes, id: &Id) {
    let id = id.clone();
    on_disk(notes, move |notes| notes.end_new_link(&id)).await;
}

fn no_link(cause: &str) -> ApiError {
    not_made(format!("the old link no longer works and a new one could not be made ({cause}); turn sharing on to make one"))
}

fn not_made(reason: impl AsRef<str>) -> ApiError {
    ApiError::NotMade { reason: SafeText::line(reason) }
}

async fn set(service: &impl Service, on: bool) -> Result<Share, ApiError> {
    let reply = match service.call(&Call::Share(on)).await {
        Err(error) if !error.may_have_applied() => return Err(error),
        reply => reply,
    };
    match (read::told(service).await, reply) {
        (Ok(account), _) if account.share.url.is_some() == on => Ok(account.share),
        (Ok(_), Ok(_)) => Err(not_made(if on { "sharing is still off" } else { "sharing is still on" })),
        (Ok(_), Err(error)) => Err(not_made(error.cause())),
        // The answer itself has the link; that it could not be read back changes nothing about it.
        (Err(_), Ok(Reply::Share(share))) if share.url.is_some() == on => Ok(share),
        (Err(error @ ApiError::SignedOut), _) | (_, Err(error)) => Err(error),
        (Err(error), Ok(_)) => Err(ApiError::Unknown { reason: SafeText::line(error.headline()) }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::script::{Script, ScriptedAnswer, lost, me, no_me, offline};
    use super::*;
    use crate::io::clock::Clock;
    use crate::io::paths::Paths;

    fn account(link: Option<&str>) -> Account {
        Account { share: share(link), ..Account::new("7") }
    }

    fn share(link: Option<&str>) -> Share {
        Share { url: link.map(Into::into), qr_code_url: None }
    }

    fn send(on: bool, answer: ScriptedAnswer) -> (Call, ScriptedAnswer) {
        (Call::Share(on), answer)
    }

    async fn run(change: ShareChange, script: impl IntoIterator<Item = (Call, ScriptedAnswer)>) -> Result<Share, ApiError> {
        super::change(&Script::new(script), &Notes::nowhere(Clock::of_tests()), change).await
    }

    #[tokio::test]
    async fn the_link_is_the_one_the_account_has() {
        let calls = || [me(&account(None)), send(true, Ok(Reply::Done)), me(&account(Some("new")))];
        assert_eq!(run(ShareChange::On, calls()).await, Ok(share(Some("new"))));
        let off = [me(&account(Some("old"))), send(false, Ok(Reply::Share(share(None)))), me(&account(None))];
        assert_eq!(run(ShareChange::Off, off).await, Ok(share(None)));
        let unread = [me(&account(None)), send(true, Ok(Reply::Share(share(Some("new"))))), no_me(offline())];
        assert_eq!(run(ShareChange::On, unread).await, Ok(share(Some("new"))));
    }

    #[tokio::test]
    async fn a_link_that_is_there_is_not_killed_by_turning_sharing_on() {
        assert_eq!(run(ShareChange::On, [me(&account(Some("old")))]).await, Ok(share(Some("old"))));
        assert_eq!(run(ShareChange::Off, [me(&account(None))]).await, Ok(share(None)));
    }

    #[tokio::test]
    async fn enabling_is_sent_once_whatever_becomes_of_the_answer() {
        let sent = || [me(&account(None)), send(true, Err(lost()))];
        assert_eq!(run(ShareChange::On, sent().into_iter().chain([me(&account(Some("new")))])).await, Ok(share(Some("new"))));
        let not = run(ShareChange::On, sent().into_iter().chain([me(&account(None))])).await;
        assert_eq!(not, Err(not_made("lost")));
        assert_eq!(run(ShareChange::On, sent().into_iter().chain([no_me(offline())])).await, Err(lost()));
    }

    #[tokio::test]
    async fn an_interrupted_new_link_is_noted_until_it_is_explained() {
        let dir = tempfile::tempdir().unwrap();
        let notes = Notes::new(&Paths::under(dir.path(), Clock::of_tests()), "groupme");
        let id = Id::from("7");
        let off = || [me(&account(Some("old"))), send(false, Ok(Reply::Done)), me(&account(None))];
        let new =
            async |rest: Vec<(Call, ScriptedAnswer)>| change(&Script::new(off().into_iter().chain(rest)), &notes, ShareChange::New).await;
        let made = new(vec![send(true, Ok(Reply::Done)), me(&account(Some("new")))]).await;
        assert_eq!((made, notes.new_link_was_interrupted(&id)), (Ok(share(Some("new"))), false));

        let failed = new(vec![send(true, Err(offline()))]).await.unwrap_err();
        assert!(failed.headline().contains("the old link no longer works"), "{failed:?}");
        assert!(!notes.new_link_was_interrupted(&id), "it was explained");

        assert_eq!(new(vec![send(true, Err(lost())), no_me(offline())]).await, Err(lost()));
        assert!(notes.new_link_was_interrupted(&id));
        // A link made later ends the matter.
        let on = [me(&account(None)), send(true, Ok(Reply::Done)), me(&account(Some("new")))];
        change(&Script::new(on), &notes, ShareChange::On).await.unwrap();
        assert!(!notes.new_link_was_interrupted(&id));
    }
}
