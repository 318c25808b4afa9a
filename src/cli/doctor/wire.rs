//! What the service's answers look like, asked once each, for `lapel doctor --report`. Reads only; no value of an answer gets out.

use std::fmt::Write as _;

use crate::api::{ApiError, Service};
use crate::cli::context::Context;
use crate::io::log;
use crate::jobs::read;

/// Asks for everything the editor asks for; a line an answer, and one for each question that failed.
pub(super) async fn look(context: &Context) -> String {
    let client = context.client_with(context.token().ok().flatten());
    let (failed, mut lines) = Box::pin(log::captured(context.masker.clone(), ask(&client))).await;
    for (what, error) in failed {
        let _ = writeln!(lines, "{what}: {}", error.headline());
    }
    lines
}

async fn ask(service: &impl Service) -> Vec<(&'static str, ApiError)> {
    let (me, schools, pins) = tokio::join!(read::told(service), read::schools(service), read::pins(service));
    let groups = read::groups(service).await;
    let with_topics = groups.iter().flat_map(|groups| &groups.rows).find(|group| group.topics.is_some_and(|count| count > 0));
    let topics = match with_topics {
        Some(group) => read::topics(service, std::slice::from_ref(&group.id)).await.err(),
        None => None,
    };
    let (former, states, chats) = tokio::join!(read::former_groups(service), read::membership_states(service), read::chats(service));
    let (majors, interests) = tokio::join!(read::majors(service), read::interests(service));
    [
        ("the account", me.err()),
        ("the schools", schools.err()),
        ("the pins", pins.err()),
        ("the groups", groups.err()),
        ("the topics", topics),
        ("the former groups", former.err()),
        ("the memberships", states.err()),
        ("the direct conversations", chats.err()),
        ("the list of majors", majors.err()),
        ("the list of interests", interests.err()),
    ]
    .into_iter()
    .filter_map(|(what, error)| Some((what, error?)))
    .collect()
}
