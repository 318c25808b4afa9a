//! Jobs: how each conversation with the service goes, call by call.
//!
//! Everything here is written over `api::Service`, so the editor's worker and the one-shot commands run the same steps and a test
//! can answer in the service's place. No step is guessed: a write whose answer was lost is settled by reading, never by resending.

pub mod campus;
mod history;
pub mod picture;
mod pins;
pub mod profile;
mod read;
mod save;
#[cfg(test)]
mod script;
mod share;
mod sms;
pub mod upload;

use crate::api::{ApiError, Service};
use crate::base::job::SaveReport;
use crate::base::{Job, Outcome};
use crate::domain::Account;
use crate::io::notes::Notes;

/// Runs a job to its end. What only this computer knows is noted in `notes`, and put into accounts that are read.
///
/// # Errors
/// What went wrong, once everything that reading can settle is settled.
pub async fn run(service: &impl Service, notes: &Notes, job: &Job) -> Result<Outcome, ApiError> {
    let mut outcome = conduct(service, notes, job).await;
    if let Ok(Outcome::Account(account) | Outcome::Saved(SaveReport { account: Some(account), .. })) = &mut outcome {
        sms::recall_end(notes, account);
    }
    outcome
}

/// What has to be explained to somebody whose account was just read: a change that an earlier run began and did not end. Said once.
pub fn interrupted(notes: &Notes, account: &Account) -> Option<&'static str> {
    if !notes.new_link_was_interrupted(&account.id) {
        return None;
    }
    notes.end_new_link(&account.id);
    // With a link there is nothing to explain: either the old one was not taken away yet, or the new one was made.
    account.share.url.is_none().then_some(
        "Making a new link was interrupted: the old link no longer works and there is no new one yet. Turn sharing on to make one",
    )
}

async fn conduct(service: &impl Service, notes: &Notes, job: &Job) -> Result<Outcome, ApiError> {
    match job {
        Job::Me | Job::SignIn(_) => account(service).await.map(|account| Outcome::Account(Box::new(account))),
        Job::Schools => read::schools(service).await.map(Outcome::Schools),
        Job::Majors => read::majors(service).await.map(Outcome::Majors),
        Job::Interests => read::interests(service).await.map(Outcome::Interests),
        Job::Pins => read::pins(service).await.map(Outcome::Pins),
        Job::Groups => read::groups(service).await.map(Outcome::Groups),
        Job::Topics(groups) => read::topics(service, groups).await.map(Outcome::Topics),
        Job::FormerGroups => read::former_groups(service).await.map(Outcome::Groups),
        Job::MembershipStates => read::membership_states(service).await.map(Outcome::MembershipStates),
        Job::Chats => read::chats(service).await.map(Outcome::Chats),
        Job::History(account) => Ok(Outcome::History(history::read(notes, account))),
        Job::Picture(address) => picture::thumbnail(service, address).await.map(Outcome::Picture),
        Job::LookAt(path) => upload::look(path).await.map(Outcome::Looked),
        Job::Upload(path) => upload::run(service, path).await.map(Outcome::Uploaded),
        Job::SaveProfile(save) => profile::save(service, notes, save).await.map(Outcome::Saved),
        Job::SaveCampus(save) => campus::save(service, notes, save).await.map(Outcome::Saved),
        Job::SavePins(save) => pins::save(service, notes, save).await.map(|report| Outcome::PinsSaved(Box::new(report))),
        Job::Share(change) => share::run(service, notes, *change).await.map(Outcome::Share),
        Job::Sms(change) => sms::run(service, notes, *change).await.map(|account| Outcome::Sms(Box::new(account))),
    }
}

pub use read::account;
