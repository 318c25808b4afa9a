//! The campus profile: school, majors, graduation year and visibility. All writes are for members of a school only.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::answer::{AnswerContent, Refusal, ServerAnswer};
use super::lists;
use super::request::Request;
use super::state::SandboxState;
use super::world::World;

/// `GET /v3/directories`
pub(super) fn directories(world: &World) -> ServerAnswer {
    ServerAnswer::told(world["directories"].clone())
}

/// `PUT /v3/directories/user/majors`: the whole list, which it answers with 201.
pub(super) fn set_majors(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    demand_school(&state.world)?;
    let codes = &request.fields["codes"];
    let mut numbers = Vec::new();
    for code in codes.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let number = code.parse().ok().filter(|number| lists::major_row(*number).is_some());
        numbers.push(number.ok_or_else(|| Refusal::bad(format!("codes: there is no major {code}")))?);
    }
    permit(&state.world["account"]["campus_profile_visibility"], year(&state.world).is_some(), !numbers.is_empty())?;
    if !request.forgets("codes") && !request.forgets("major_codes") {
        state.world.set("account", "major_codes", numbers.into());
    }
    state.touch();
    Ok(ServerAnswer::new(201, AnswerContent::OftenBare(codes.clone())))
}

/// `PUT /v3/directories/user/membership`: neither key is marked as required, so a missing one keeps its value. Answers the
/// year as a string.
pub(super) fn set_membership(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    demand_school(&state.world)?;
    let body = &request.fields;
    let now = state.now();
    let world = &mut state.world;
    let new_year = match body.get("graduation_year") {
        None => year(world),
        Some(Value::Null) => None,
        Some(value) => Some(allowed_year(value, now)?),
    };
    let visibility = body.get("campus_profile_visibility").unwrap_or(&world["account"]["campus_profile_visibility"]).clone();
    permit(&visibility, new_year.is_some(), !majors(world).is_empty())?;
    if !request.forgets("graduation_year") {
        world.set("account", "graduation_year", new_year.map(|year| year.to_string()).unwrap_or_default().into());
    }
    if !request.forgets("campus_profile_visibility") {
        world.set("account", "campus_profile_visibility", visibility);
    }
    state.touch();
    Ok(ServerAnswer::new(200, AnswerContent::OftenBare(membership(&state.world))))
}

fn membership(world: &World) -> Value {
    let (membership, account) = (&world["membership"], &world["account"]);
    json!({
        "id": membership["id"],
        "user_id": membership["user_id"],
        "directory_id": membership["directory_id"],
        "campus_profile_visibility": account["campus_profile_visibility"],
        "graduation_year": account["graduation_year"],
        "major_ids": majors(world).iter().filter_map(Value::as_u64).filter_map(lists::major_row).collect::<Vec<_>>(),
    })
}

fn demand_school(world: &World) -> Result<(), Refusal> {
    if world.has_school() { Ok(()) } else { Err(Refusal::new(403, "you are not a member of a school")) }
}

fn majors(world: &World) -> &[Value] {
    world["account"]["major_codes"].as_array().map_or(&[], Vec::as_slice)
}

fn year(world: &World) -> Option<i64> {
    let year = &world["account"]["graduation_year"];
    year.as_i64().or_else(|| year.as_str()?.parse().ok())
}

fn allowed_year(value: &Value, now: Timestamp) -> Result<i64, Refusal> {
    let last = i64::from(now.to_zoned(TimeZone::UTC).year()) + 10;
    value
        .as_i64()
        .filter(|year| (1900..=last).contains(year))
        .ok_or_else(|| Refusal::bad(format!("graduation_year must be 1900 to {last} or null")))
}

fn permit(visibility: &Value, has_year: bool, has_major: bool) -> Result<(), Refusal> {
    let fault = match visibility.as_str() {
        Some("graduation_year") if has_year => return Ok(()),
        Some("major") if has_major => return Ok(()),
        Some("graduation_year") => "campus_profile_visibility graduation_year needs a graduation year",
        Some("major") => "campus_profile_visibility major needs at least one major",
        // Hidden, visible, or what a world was seeded with.
        _ => return Ok(()),
    };
    Err(Refusal::bad(fault))
}
