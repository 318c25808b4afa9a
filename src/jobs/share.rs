//! The public link: made, taken away, replaced.
//!
//! Enabling is not idempotent (each one mints a link and kills the one before), so it is sent once, never while there is a link, and
//! what became of it is read from the account.

use super::read;
use crate::api::{ApiError, Call, Reply, Service};
use crate::base::job::ShareChange;
use crate::domain::account::{Account, Share};
use crate::domain::{Id, Shown};
use crate::io::notes::Notes;

/// Changes sharing and returns the link as the server has it now.
pub(super) async fn run(service: &impl Service, notes: &Notes, change: ShareChange) -> Result<Share, ApiError> {
    let Account { id, share, .. } = read::account(service).await?;
    let done = match (change, share.url.is_some()) {
        (ShareChange::On, true) | (ShareChange::Off, false) => Ok(share),
        (ShareChange::On, false) => set(service, true).await,
        (ShareChange::Off, true) => set(service, false).await,
        (ShareChange::New, on) => return replace(service, notes, &id, on).await,
    };
    if done.is_ok() {
        notes.end_new_link(&id);
    }
    done
}

/// Takes the link away and makes another. Whatever interrupts this in between leaves a note, so that the next start can explain why
/// there is no link any more.
async fn replace(service: &impl Service, notes: &Notes, id: &Id, on: bool) -> Result<Share, ApiError> {
    let _making = notes.begin_new_link(id);
    let mut ended = if on { set(service, false).await } else { Ok(Share::default()) };
    if ended.is_ok() {
        ended = set(service, true).await.map_err(|error| match error {
            ApiError::SignedOut | ApiError::Unknown { .. } => error,
            ApiError::NotMade { reason } => no_link(reason.as_str()),
            other => no_link(&other.headline()),
        });
    }
    if !matches!(ended, Err(ApiError::SignedOut | ApiError::Unknown { .. })) {
        notes.end_new_link(id);
    }
    ended
}

fn no_link(cause: &str) -> ApiError {
    not_made(format!("the old link no longer works and a new one could not be made ({cause}); turn sharing on to make one"))
}

fn not_made(reason: impl AsRef<str>) -> ApiError {
    ApiError::NotMade { reason: Shown::line(reason) }
}

async fn set(service: &impl Service, on: bool) -> Result<Share, ApiError> {
    let reply = match service.call(&Call::Share(on)).await {
        Ok(reply) => Ok(reply),
        Err(error @ ApiError::Unknown { .. }) => Err(error),
        Err(error) => return Err(error),
    };
    match (read::account(service).await, reply) {
        (Ok(account), _) if account.share.url.is_some() == on => Ok(account.share),
        (Ok(_), Ok(_)) => Err(not_made(if on { "sharing is still off" } else { "sharing is still on" })),
        (Ok(_), Err(ApiError::Unknown { reason })) => Err(not_made(reason)),
        // The answer itself has the link; that it could not be read back changes nothing about it.
        (Err(_), Ok(Reply::Share(share))) if share.url.is_some() == on => Ok(share),
        (Err(error @ ApiError::SignedOut), _) | (_, Err(error)) => Err(error),
        (Err(error), Ok(_)) => Err(ApiError::Unknown { reason: Shown::line(error.headline()) }),
    }
}
