//! Jobs: how each conversation with the service goes, call by call.
//!
//! Everything here is written over `api::Service`, so the editor's worker and the one-shot commands run the same steps and a test
//! can answer in the service's place. No step is guessed: a write whose answer was lost is settled by reading, never by resending.

pub(crate) mod picture;
mod read;
mod share;
mod sms;

use crate::api::{ApiError, Service};
use crate::base::{Job, Outcome};

/// Runs a job to its end.
///
/// # Errors
/// What went wrong, once everything that reading can settle is settled.
pub async fn run(service: &impl Service, job: &Job) -> Result<Outcome, ApiError> {
    match job {
        Job::Me | Job::SignIn(_) => account(service).await.map(|account| Outcome::Account(Box::new(account))),
        Job::Schools => read::schools(service).await.map(Outcome::Schools),
        Job::Majors => read::majors(service).await.map(Outcome::Majors),
        Job::Interests => read::interests(service).await.map(Outcome::Interests),
        Job::Pins => read::pins(service).await.map(Outcome::Pins),
        Job::Groups => read::groups(service).await.map(Outcome::Groups),
        Job::FormerGroups => read::former_groups(service).await.map(Outcome::Groups),
        Job::MembershipStates => read::membership_states(service).await.map(Outcome::MembershipStates),
        Job::Chats => read::chats(service).await.map(Outcome::Chats),
        Job::Picture(address) => picture::thumbnail(service, address).await.map(Outcome::Picture),
        Job::Upload(_) | Job::SaveProfile(_) | Job::SaveCampus(_) => Err(ApiError::WrongAccount),
        Job::Share(change) => share::run(service, *change).await.map(Outcome::Share),
        Job::Sms(change) => sms::run(service, *change).await.map(|account| Outcome::Sms(Box::new(account))),
    }
}

pub use read::account;
