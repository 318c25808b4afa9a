//! The table of calls, and the gate before them: method, token, query keys, the body's keys and types.
//!
//! One row a call; what a call does is in its family's file.

use serde_json::{Map, Value};

use super::account::{EXTENDED, SHORT};
use super::answer::{Refusal, ServerAnswer};
use super::check::{self, DocumentedKey, ValueKind};
use super::options::AcceptedTokenForms;
use super::pattern::matches;
use super::request::Request;
use super::route::Handler::{Do, Read, Try};
use super::route::{AcceptedBody, Access, SandboxRoute};
use super::script::FAULT;
use super::state::SandboxState;
use super::{account, campus, control, conversations, lists, pictures, uploads};

const PICTURE: &str = "/{picture}";
const PAGES: &[(&str, &str)] = &[("page", "1"), ("per_page", "10")];
const ALL_ON_ONE_PAGE: &[(&str, &str)] = &[("page", "1")];
const PAGES_OF_GROUPS: &[(&str, &str)] = &[("page", "1"), ("per_page", "10"), ("omit", "memberships")];

/// Every call there is; of those that fit a path the first counts.
pub(super) const ROUTES: &[SandboxRoute] = &[
    SandboxRoute::new("GET", "/v3/users/me", "The account", Read(account::me)),
    SandboxRoute::new("POST", "/v3/users/update", "Changes the account (the documented way)", Try(account::update))
        .takes(AcceptedBody::Json(SHORT), r#"{"name": "Tom Skerritt", "zip_code": "92145"}"#),
    SandboxRoute::new("POST", "/users/{user_id}", "Changes the account (the extended way, on the host v2)", Try(account::update_extended))
        .takes(AcceptedBody::User(EXTENDED), r#"{"user": {"name": "Bilbo", "bio": "Hello World!", "intrests": [1005, 1017, 1026]}}"#)
        .refuses(&[403]),
    SandboxRoute::new("POST", "/v3/users/features/share", "Makes a new share link, or ends sharing", Do(account::share)).takes(
        AcceptedBody::Json(&[DocumentedKey::required("status", ValueKind::OneOf(&["enable", "disable"]))]),
        r#"{"status": "enable"}"#,
    ),
    SandboxRoute::new("POST", "/v3/users/sms_mode", "Turns SMS mode on", Do(account::sms_on))
        .takes(AcceptedBody::Json(SMS), r#"{"duration": 4}"#),
    SandboxRoute::new("POST", "/v3/users/sms_mode/delete", "Turns SMS mode off", Do(account::sms_off))
        .takes(AcceptedBody::NothingOrEmpty, ""),
    SandboxRoute::new("PUT", "/v3/directories/user/majors", "Replaces the majors", Try(campus::set_majors))
        .takes(AcceptedBody::Json(&[DocumentedKey::required("codes", ValueKind::Texts)]), r#"{"codes": ["3702", "5506"]}"#)
        .refuses(&[403]),
    SandboxRoute::new("PUT", "/v3/directories/user/membership", "Sets graduation year and visibility", Try(campus::set_membership))
        .takes(AcceptedBody::Json(MEMBERSHIP), r#"{"graduation_year": 2025, "campus_profile_visibility": "major"}"#)
        .refuses(&[403]),
    SandboxRoute::new("GET", "/v3/directories", "The schools of the account", Read(campus::directories)),
    SandboxRoute::new("GET", "/v4/pinned_conversations", "The pins, in order", Read(conversations::pins)),
    SandboxRoute::new("PUT", "/v4/pinned_conversations", "Replaces all pins", Try(conversations::set_pins)).takes(
        AcceptedBody::Json(&[DocumentedKey::required("pinned_conversation_ids", ValueKind::Texts)]),
        r#"{"pinned_conversation_ids": ["98905953", "93645911+118825642"]}"#,
    ),
    SandboxRoute::new("GET", "/v3/groups", "The groups, page by page", Try(conversations::groups)).query(PAGES_OF_GROUPS),
    SandboxRoute::new("GET", "/v3/groups/former", "Groups that were left and can be joined again", Read(conversations::former_groups)),
    SandboxRoute::new("GET", "/v3/groups/{group_id}", "One group", Try(conversations::group)).refuses(&[404]),
    SandboxRoute::new("GET", "/v3/groups/{group_id}/subgroups", "The topics of a group, page by page", Try(conversations::topics))
        .query(PAGES)
        .refuses(&[404]),
    SandboxRoute::new("GET", "/v3/memberships/states", "The standing in every group", Try(conversations::membership_states))
        .query(ALL_ON_ONE_PAGE),
    SandboxRoute::new("GET", "/v3/chats", "The direct conversations, page by page", Try(conversations::chats)).query(PAGES),
    SandboxRoute::new("POST", "/pictures", "Uploads a picture (on the host image)", Try(uploads::upload)).takes(AcceptedBody::Picture, ""),
    SandboxRoute::new("GET", "/assets/majors/majors.en-US.json", "The list of majors", Read(lists::majors)).open(Access::Public),
    SandboxRoute::new("GET", "/assets/interestCharms/interestCharms.en-US.json", "The list of interests", Read(lists::interests))
        .open(Access::Public),
    SandboxRoute::new("GET", "/sandbox/log", "Every request seen; the token is masked", Do(control::log)).open(Access::Control),
    SandboxRoute::new("GET", "/sandbox/world", "The whole state", Read(control::world)).open(Access::Control),
    SandboxRoute::new("PATCH", "/sandbox/world", "Changes the state, as another device would (RFC 7396)", Try(control::patch))
        .open(Access::Control)
        .takes(AcceptedBody::AnyObject, r#"{"account": {"bio": "Changed elsewhere"}}"#),
    SandboxRoute::new(
        "DELETE",
        "/sandbox/world",
        "Begins anew: state, faults, log and pictures are those of the start",
        Do(control::begin_anew),
    )
    .open(Access::Control),
    SandboxRoute::new("POST", "/sandbox/faults", "Scripts a fault", Try(control::script))
        .open(Access::Control)
        .takes(AcceptedBody::Json(FAULT), r#"{"route": "PUT /v4/pinned_conversations", "fault": "apply_then_reset"}"#),
    SandboxRoute::new("DELETE", "/sandbox/faults", "Forgets all faults", Do(control::forget)).open(Access::Control),
    SandboxRoute::new("GET", "/sandbox/openapi", "This description", Do(control::openapi)).open(Access::Control),
    SandboxRoute::new("GET", PICTURE, "A stored picture (on the host i)", Try(uploads::get)).open(Access::Public).refuses(&[404]),
];

const SMS: &[DocumentedKey] =
    &[DocumentedKey::required("duration", ValueKind::Hours), DocumentedKey::new("registration_id", ValueKind::OptionalText)];
const MEMBERSHIP: &[DocumentedKey] = &[
    DocumentedKey::new("graduation_year", ValueKind::OptionalInteger),
    DocumentedKey::new("campus_profile_visibility", ValueKind::OneOf(&["hidden", "graduation_year", "major", "visible"])),
];

/// The route of a request, by its head alone.
pub(super) fn find(request: &Request) -> Result<&'static SandboxRoute, Refusal> {
    let fits =
        |route: &&SandboxRoute| matches(route.pattern, &request.path) && (route.pattern != PICTURE || pictures::is_address(&request.path));
    let mut methods: Vec<_> = ROUTES.iter().filter(fits).map(|route| route.method).collect();
    methods.dedup();
    match ROUTES.iter().filter(fits).find(|route| route.method == request.method) {
        Some(route) => Ok(route),
        None if methods.is_empty() => Err(Refusal::new(404, format!("there is no {}", request.path))),
        None => {
            let refusal = Refusal::new(405, format!("{} does not take {}", request.path, request.method));
            Err(refusal.with("allow", &methods.join(", ")))
        }
    }
}

/// Whether a request will have its picture taken, so that it is worth holding.
pub(super) fn takes_picture(state: &SandboxState, request: &Request) -> bool {
    let takes = |route: &SandboxRoute| matches!(route.takes, AcceptedBody::Picture);
    find(request).is_ok_and(takes) && (demand_token(state, request).is_ok() || state.world.other_with(token(request)).is_some())
}

/// Carries out one request, for the account whose token it brings.
pub(super) fn dispatch(state: &mut SandboxState, request: &mut Request) -> Result<ServerAnswer, Refusal> {
    let token = token(request).to_owned();
    state.in_world_of(&token, |state| answer(state, request))
}

fn token(request: &Request) -> &str {
    request.header_token().or(request.query("token")).unwrap_or_default()
}

fn answer(state: &mut SandboxState, request: &mut Request) -> Result<ServerAnswer, Refusal> {
    let route = find(request)?;
    match route.gate {
        Access::Public => refuse_token(request)?,
        Access::Control => {}
        Access::Token => {
            demand_token(state, request)?;
            state.count_request()?;
        }
    }
    let known = |key: &str| key == "token" || route.query.iter().any(|(name, _)| *name == key);
    if let Some((key, _)) = request.query.iter().find(|(key, _)| !known(key)) {
        return Err(Refusal::bad(format!("unknown query parameter {key}")));
    }
    request.fields = body(route.takes, request)?;
    let now = state.now();
    state.world.settle(now);
    match route.handler {
        Read(read) => Ok(read(&state.world)),
        Do(call) => Ok(call(state, request)),
        Try(call) => call(state, request),
    }
}

/// What the body says, by key.
fn body(takes: AcceptedBody, request: &Request) -> Result<Map<String, Value>, Refusal> {
    match takes {
        AcceptedBody::Picture => Ok(Map::new()),
        AcceptedBody::Nothing | AcceptedBody::NothingOrEmpty if request.body.is_empty() => Ok(Map::new()),
        AcceptedBody::Nothing => Err(Refusal::bad(format!("{} {} takes no body", request.method, request.path))),
        AcceptedBody::NothingOrEmpty => check::object(request.json()?, &[]),
        AcceptedBody::Json(keys) => check::object(request.json()?, keys),
        AcceptedBody::User(keys) => {
            let mut outer = check::object(request.json()?, &[DocumentedKey::required("user", ValueKind::Object)])?;
            check::object(outer.remove("user").unwrap_or_default(), keys)
        }
        AcceptedBody::AnyObject => match request.json()? {
            Value::Object(map) => Ok(map),
            _ => Err(Refusal::bad("the body must be a JSON object")),
        },
    }
}

fn refuse_token(request: &Request) -> Result<(), Refusal> {
    let carries = request.header_token().is_some() || request.query("token").is_some() || request.headers.contains_key("authorization");
    if carries { Err(Refusal::bad("the token must not be sent here")) } else { Ok(()) }
}

fn demand_token(state: &SandboxState, request: &Request) -> Result<(), Refusal> {
    let header = request.header_token().filter(|_| state.tokens != AcceptedTokenForms::QueryOnly);
    let query = request.query("token").filter(|_| state.tokens != AcceptedTokenForms::HeaderOnly);
    match header.or(query) {
        Some(token) if state.world["token"].as_str() == Some(token) => Ok(()),
        _ => Err(Refusal::new(401, "unauthorized")),
    }
}
