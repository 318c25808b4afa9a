//! Jobs: how each conversation with the service goes, call by call.
//!
//! Everything here is written over `api::Service`, so the editor's worker and the one-shot commands run the same steps and a test
//! can answer in the service's place. No step is guessed: a write whose answer was lost is settled by reading, never by resending.

pub mod campus;
pub mod history;
pub mod picture;
pub mod pins;
pub mod profile;
pub mod read;
mod save;
#[cfg(test)]
mod script;
pub mod settings;
pub mod share;
pub mod sms;
pub mod upload;

use crate::domain::{Account, SafeText};
use crate::io::file::FileError;
use crate::io::notes::Notes;

/// Does what waits for the disk on a thread of its own, since a runtime has few that must not wait; nothing where that cannot be had.
async fn on_disk<T: Send + 'static>(notes: &Notes, work: impl FnOnce(&Notes) -> T + Send + 'static) -> Option<T> {
    let notes = notes.clone();
    tokio::task::spawn_blocking(move || work(&notes)).await.ok()
}

/// Keeps what a save is about to replace; what has to be said where that fails, for it cannot be brought back then.
async fn keep(notes: &Notes, keep: impl FnOnce(&Notes) -> Result<(), FileError> + Send + 'static) -> Option<SafeText> {
    let error = on_disk(notes, keep).await?.err()?;
    Some(SafeText::line(format!("what was there before could not be kept and cannot be brought back: {error}")))
}

/// What has to be explained to somebody whose account was just read: a change that an earlier run began and did not end. Said once.
pub async fn interrupted(notes: &Notes, account: &Account) -> Option<&'static str> {
    let (id, has_link) = (account.id.clone(), account.share.url.is_some());
    let interrupted = move |notes: &Notes| {
        let interrupted = notes.new_link_was_interrupted(&id);
        if interrupted {
            notes.end_new_link(&id);
        }
        interrupted
    };
    // With a link there is nothing to explain: either the old one was not taken away yet, or the new one was made.
    (on_disk(notes, interrupted).await? && !has_link).then_some(
        "Making a new link was interrupted: the old link no longer works and there is no new one yet. Turn sharing on to make one",
    )
}
