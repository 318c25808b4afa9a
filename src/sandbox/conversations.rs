//! Pins, and what they can point at: groups, their topics, former groups, standings, direct chats.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::answer::{Refusal, ServerAnswer};
use super::request::Request;
use super::rows::{self, Members};
use super::state::SandboxState;
use super::world::World;

/// `GET /v4/pinned_conversations`
pub(super) fn pins(world: &World) -> ServerAnswer {
    ServerAnswer::told(json!({ "pinned_conversation_ids": world["pins"] }))
}

/// `PUT /v4/pinned_conversations`: the whole list; conversations one is not in may be pinned. Answers nothing.
pub(super) fn set_pins(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let pins = &request.fields["pinned_conversation_ids"];
    let mut seen = HashSet::new();
    for id in pins.as_array().into_iter().flatten().filter_map(Value::as_str) {
        if id.is_empty() {
            return Err(Refusal::bad("pinned_conversation_ids: an id is empty"));
        }
        if !seen.insert(id) {
            return Err(Refusal::bad(format!("pinned_conversation_ids: {id} is there twice")));
        }
    }
    if !request.forgets("pinned_conversation_ids") {
        state.world["pins"] = pins.clone();
    }
    Ok(ServerAnswer::empty(200))
}

/// `GET /v3/groups`
pub(super) fn groups(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let world = &state.world;
    let rows = page(world.list("groups"), request, 10)?;
    let members = match request.query("omit") {
        None => Members::Told,
        Some("memberships") => Members::Omitted,
        Some(other) => return Err(Refusal::bad(format!("omit: there is no {other} to omit"))),
    };
    Ok(ServerAnswer::told(rows.iter().map(|row| rows::group(world, row, members)).collect()))
}

/// `GET /v3/groups/:id`
pub(super) fn group(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let (world, id) = (&state.world, request.segment(2));
    let row = world.list("groups").iter().find(|row| row["id"] == id);
    let row = row.ok_or_else(|| Refusal::new(404, format!("there is no group {id}")))?;
    Ok(ServerAnswer::told(rows::group(world, row, Members::Told)))
}

/// `GET /v3/groups/:id/subgroups`: the topics of a group one is in. Their ids are numbers.
pub(super) fn topics(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let group = request.segment(2);
    if !state.world.list("groups").iter().any(|row| row["id"] == group) {
        return Err(Refusal::new(404, format!("there is no group {group}")));
    }
    let is_here = |row: &&Value| row["parent_id"].as_u64().is_some_and(|parent| parent.to_string() == group);
    let rows: Vec<Value> = state.world.list("topics").iter().filter(is_here).cloned().collect();
    Ok(ServerAnswer::told(page(&rows, request, 10)?.into()))
}

/// `GET /v3/groups/former`: left, but may be joined again.
pub(super) fn former_groups(world: &World) -> ServerAnswer {
    let rows = world.list("former_groups").iter();
    ServerAnswer::told(rows.map(|row| rows::group(world, row, Members::Told)).collect())
}

/// `GET /v3/memberships/states`: the standing in every group, in one list. A group deleted by its owner is absent; a topic
/// shares the groups' number space and is here although no listing of groups has it.
///
/// Some clients ask for page 1 of it, which is all.
pub(super) fn membership_states(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let rows = state.world.list("membership_states");
    Ok(ServerAnswer::told(page(rows, request, rows.len().max(1))?.into()))
}

/// `GET /v3/chats`
pub(super) fn chats(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let world = &state.world;
    let rows = page(world.list("chats"), request, 20)?;
    Ok(ServerAnswer::told(rows.iter().map(|row| rows::chat(world, row)).collect()))
}

/// One page of a list; past the end it is empty.
fn page(rows: &[Value], request: &Request, default: usize) -> Result<Vec<Value>, Refusal> {
    let number = |key: &str, default: usize, most: usize| match request.query(key) {
        None => Ok(default),
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number))
            .ok_or_else(|| Refusal::bad(format!("{key} must be 1 or more{}", if most == 100 { ", at most 100" } else { "" }))),
    };
    let size = number("per_page", default, 100)?;
    let page = number("page", 1, 1_000_000)?;
    Ok(rows.iter().skip((page - 1) * size).take(size).cloned().collect())
}
