//! Who the pins are: reads no more lists than that takes, side by side. A list that cannot be read is said and done without.

use std::collections::{HashMap, HashSet};

use super::super::exit::Failure;
use super::super::output;
use crate::api::{ApiError, Service};
use crate::base::Job;
use crate::domain::Id;
use crate::domain::conversation::Listing;
use crate::domain::pins::{CachedPin, Directory, groups_with_topics};
use crate::jobs::read;

/// All that is known about conversations, as far as these pins need it.
pub(super) async fn known(service: &impl Service, me: &Id, pins: &[Id], known: HashMap<Id, CachedPin>) -> Directory {
    let (groups, chats) = tokio::join!(read::groups(service), read::chats(service));
    let mut directory = Directory {
        me: Some(me.clone()),
        groups: or_none(&Job::Groups, groups),
        chats: or_none(&Job::Chats, chats),
        known,
        ..Directory::default()
    };
    let groups: HashSet<&Id> = directory.groups.rows.iter().map(|group| &group.id).collect();
    if pins.iter().all(|id| groups.contains(id) || id.as_str().contains('+')) {
        return directory;
    }
    let with_topics = groups_with_topics(&directory.groups);
    let topics = async || if with_topics.is_empty() { Ok(Listing::default()) } else { read::topics(service, &with_topics).await };
    let (former, states, topics) = tokio::join!(read::former_groups(service), read::membership_states(service), topics());
    directory.former = or_none(&Job::FormerGroups, former);
    directory.states = or_none(&Job::MembershipStates, states);
    directory.topics = or_none(&Job::Topics(Vec::new()), topics);
    directory
}

fn or_none<T: Default>(job: &Job, list: Result<T, ApiError>) -> T {
    list.unwrap_or_else(|error| {
        let why = Failure::from(error).text;
        output::note(format!("{} could not be read, so names and states may be missing: {why}", job.subject().0));
        T::default()
    })
}
