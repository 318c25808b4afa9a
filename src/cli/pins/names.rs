//! Who the pins are: reads no more lists than that takes, side by side. A list that cannot be read is said and done without.

use super::super::exit::Failure;
use super::super::output;
use crate::api::{ApiError, Service};
use crate::base::Job;
use crate::domain::Id;
use crate::domain::conversation::{Listing, Topic};
use crate::domain::pins::{Directory, groups_to_ask_for_topics};
use crate::jobs::read;

/// The listings of conversations, as far as they do not depend on each other.
pub(super) async fn listings(service: &impl Service) -> Directory {
    let (groups, chats, former, states) =
        tokio::join!(read::groups(service), read::chats(service), read::former_groups(service), read::membership_states(service));
    Directory {
        groups: or_none(&Job::Groups, groups),
        chats: or_none(&Job::Chats, chats),
        former: or_none(&Job::FormerGroups, former),
        states: or_none(&Job::MembershipStates, states),
        ..Directory::default()
    }
}

/// The topics, where these pins may be some.
pub(super) async fn topics(service: &impl Service, pins: &[Id], directory: &Directory) -> Listing<Topic> {
    let to_ask = groups_to_ask_for_topics(pins, &directory.groups, &directory.former);
    if to_ask.is_empty() {
        return Listing::default();
    }
    or_none(&Job::Topics(Vec::new()), read::topics(service, &to_ask).await)
}

fn or_none<T: Default>(job: &Job, list: Result<T, ApiError>) -> T {
    list.unwrap_or_else(|error| {
        let why = Failure::from(error).text;
        output::note(format!("{} could not be read, so names and states may be missing: {why}", job.subject().0));
        T::default()
    })
}
