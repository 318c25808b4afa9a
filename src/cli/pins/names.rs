//! Who the pins are: reads no more lists than that takes, side by side. A list that cannot be read is said and done without.

use std::collections::HashSet;

use super::super::context::Context;
use super::super::output;
use crate::base::{Job, Outcome};
use crate::domain::Id;
use crate::domain::conversation::Listing;
use crate::domain::pins::{Directory, groups_with_topics};
use crate::io::client::Client;

/// All that is known about conversations, as far as these pins need it.
pub(super) async fn read(context: &Context, client: &Client, me: &Id, pins: &[Id]) -> Directory {
    let mut directory = Directory { me: Some(me.clone()), ..Directory::default() };
    let (groups, chats) = tokio::join!(one(context, client, Job::Groups), one(context, client, Job::Chats));
    if let Some(Outcome::Groups(groups)) = groups {
        directory.groups = groups;
    }
    if let Some(Outcome::Chats(chats)) = chats {
        directory.chats = chats;
    }
    let groups: HashSet<&Id> = directory.groups.rows.iter().map(|group| &group.id).collect();
    if pins.iter().all(|id| groups.contains(id) || id.as_str().contains('+')) {
        return directory;
    }
    let with_topics = groups_with_topics(&directory.groups);
    let (former, states, topics) =
        tokio::join!(one(context, client, Job::FormerGroups), one(context, client, Job::MembershipStates), async {
            if with_topics.is_empty() { None } else { one(context, client, Job::Topics(with_topics)).await }
        },);
    if let Some(Outcome::Groups(former)) = former {
        directory.former = former;
    }
    if let Some(Outcome::MembershipStates(states)) = states {
        directory.states = states;
    }
    directory.topics = if let Some(Outcome::Topics(topics)) = topics { topics } else { Listing::default() };
    directory
}

async fn one(context: &Context, client: &Client, job: Job) -> Option<Outcome> {
    match Box::pin(context.run(client, &job)).await {
        Ok(outcome) => Some(outcome),
        Err(failure) => {
            output::note(format!("{} could not be read, so names and states may be missing: {}", job.subject().0, failure.text));
            None
        }
    }
}
