//! The table of calls, and the gate before them: method, token, query keys, the body's keys and types.
//!
//! One row a call; what a call does is in its family's file.

use serde_json::{Map, Value};

use super::account::{EXTENDED, SHORT};
use super::answer::{Answer, Refusal};
use super::check::{self, Key, Kind};
use super::options::TokenForm;
use super::pattern::matches;
use super::request::Request;
use super::route::Handler::{Do, Read, Try};
use super::route::{Gate, Route, Takes};
use super::script::FAULT;
use super::state::State;
use super::{account, campus, control, conversations, lists, pictures, uploads};

const PICTURE: &str = "/{picture}";
const PAGES: &[(&str, &str)] = &[("page", "1"), ("per_page", "10")];
const ALL_ON_ONE_PAGE: &[(&str, &str)] = &[("page", "1")];
const PAGES_OF_GROUPS: &[(&str, &str)] = &[("page", "1"), ("per_page", "10"), ("omit", "memberships")];

/// Every call there is; of those that fit a path the first counts.
pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/v3/users/me", "The account", Read(account::me)),
    Route::new("POST", "/v3/users/update", "Changes the account (the documented way)", Try(account::update))
        .takes(Takes::Json(SHORT), r#"{"name": "Tom Skerritt", "zip_code": "92145"}"#),
    Route::new("POST", "/users/{user_id}", "Changes the account (the extended way, on the host v2)", Try(account::update_extended))
        .takes(Takes::User(EXTENDED), r#"{"user": {"name": "Bilbo", "bio": "Hello World!", "intrests": [1005, 1017, 1026]}}"#)
        .refuses(&[403]),
    Route::new("POST", "/v3/users/features/share", "Makes a new share link, or ends sharing", Do(account::share))
        .takes(Takes::Json(&[Key::required("status", Kind::OneOf(&["enable", "disable"]))]), r#"{"status": "enable"}"#),
    Route::new("POST", "/v3/users/sms_mode", "Turns SMS mode on", Do(account::sms_on)).takes(Takes::Json(SMS), r#"{"duration": 4}"#),
    Route::new("POST", "/v3/users/sms_mode/delete", "Turns SMS mode off", Do(account::sms_off)).takes(Takes::NothingOrEmpty, ""),
    Route::new("PUT", "/v3/directories/user/majors", "Replaces the majors", Try(campus::set_majors))
        .takes(Takes::Json(&[Key::required("codes", Kind::Texts)]), r#"{"codes": ["3702", "5506"]}"#)
        .refuses(&[403]),
    Route::new("PUT", "/v3/directories/user/membership", "Sets graduation year and visibility", Try(campus::set_membership))
        .takes(Takes::Json(MEMBERSHIP), r#"{"graduation_year": 2025, "campus_profile_visibility": "major"}"#)
        .refuses(&[403]),
    Route::new("GET", "/v3/directories", "The schools of the account", Read(campus::directories)),
    Route::new("GET", "/v4/pinned_conversations", "The pins, in order", Read(conversations::pins)),
    Route::new("PUT", "/v4/pinned_conversations", "Replaces all pins", Try(conversations::set_pins)).takes(
        Takes::Json(&[Key::required("pinned_conversation_ids", Kind::Texts)]),
        r#"{"pinned_conversation_ids": ["98905953", "93645911+118825642"]}"#,
    ),
    Route::new("GET", "/v3/groups", "The groups, page by page", Try(conversations::groups)).query(PAGES_OF_GROUPS),
    Route::new("GET", "/v3/groups/former", "Groups that were left and can be joined again", Read(conversations::former_groups)),
    Route::new("GET", "/v3/groups/{group_id}", "One group", Try(conversations::group)).refuses(&[404]),
    Route::new("GET", "/v3/groups/{group_id}/subgroups", "The topics of a group, page by page", Try(conversations::topics))
        .query(PAGES)
        .refuses(&[404]),
    Route::new("GET", "/v3/memberships/states", "The standing in every group", Try(conversations::membership_states))
        .query(ALL_ON_ONE_PAGE),
    Route::new("GET", "/v3/chats", "The direct conversations, page by page", Try(conversations::chats)).query(PAGES),
    Route::new("POST", "/pictures", "Uploads a picture (on the host image)", Try(uploads::upload)).takes(Takes::Picture, ""),
    Route::new("GET", "/assets/majors/majors.en-US.json", "The list of majors", Read(lists::majors)).open(Gate::Public),
    Route::new("GET", "/assets/interestCharms/interestCharms.en-US.json", "The list of interests", Read(lists::interests))
        .open(Gate::Public),
    Route::new("GET", "/sandbox/log", "Every request seen; the token is masked", Do(control::log)).open(Gate::Control),
    Route::new("GET", "/sandbox/world", "The whole state", Read(control::world)).open(Gate::Control),
    Route::new("PATCH", "/sandbox/world", "Changes the state, as another device would (RFC 7396)", Try(control::patch))
        .open(Gate::Control)
        .takes(Takes::AnyObject, r#"{"account": {"bio": "Changed elsewhere"}}"#),
    Route::new("DELETE", "/sandbox/world", "Begins anew: state, faults, log and pictures are those of the start", Do(control::begin_anew))
        .open(Gate::Control),
    Route::new("POST", "/sandbox/faults", "Scripts a fault", Try(control::script))
        .open(Gate::Control)
        .takes(Takes::Json(FAULT), r#"{"route": "PUT /v4/pinned_conversations", "fault": "apply_then_reset"}"#),
    Route::new("DELETE", "/sandbox/faults", "Forgets all faults", Do(control::forget)).open(Gate::Control),
    Route::new("GET", "/sandbox/openapi", "This description", Do(control::openapi)).open(Gate::Control),
    Route::new("GET", PICTURE, "A stored picture (on the host i)", Try(uploads::get)).open(Gate::Public).refuses(&[404]),
];

const SMS: &[Key] = &[Key::required("duration", Kind::Hours), Key::new("registration_id", Kind::OptionalText)];
const MEMBERSHIP: &[Key] = &[
    Key::new("graduation_year", Kind::OptionalInteger),
    Key::new("campus_profile_visibility", Kind::OneOf(&["hidden", "graduation_year", "major", "visible"])),
];

/// The route of a request, by its head alone.
pub(super) fn find(request: &Request) -> Result<&'static Route, Refusal> {
    let fits = |route: &&Route| matches(route.pattern, &request.path) && (route.pattern != PICTURE || pictures::is_address(&request.path));
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
pub(super) fn takes_picture(state: &State, request: &Request) -> bool {
    let takes = |route: &Route| matches!(route.takes, Takes::Picture);
    find(request).is_ok_and(takes) && (demand_token(state, request).is_ok() || state.world.other_with(token(request)).is_some())
}

/// Carries out one request, for the account whose token it brings.
pub(super) fn dispatch(state: &mut State, request: &mut Request) -> Result<Answer, Refusal> {
    let token = token(request).to_owned();
    state.in_world_of(&token, |state| answer(state, request))
}

fn token(request: &Request) -> &str {
    request.header_token().or(request.query("token")).unwrap_or_default()
}

fn answer(state: &mut State, request: &mut Request) -> Result<Answer, Refusal> {
    let route = find(request)?;
    match route.gate {
        Gate::Public => refuse_token(request)?,
        Gate::Control => {}
        Gate::Token => {
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
fn body(takes: Takes, request: &Request) -> Result<Map<String, Value>, Refusal> {
    match takes {
        Takes::Picture => Ok(Map::new()),
        Takes::Nothing | Takes::NothingOrEmpty if request.body.is_empty() => Ok(Map::new()),
        Takes::Nothing => Err(Refusal::bad(format!("{} {} takes no body", request.method, request.path))),
        Takes::NothingOrEmpty => check::object(request.json()?, &[]),
        Takes::Json(keys) => check::object(request.json()?, keys),
        Takes::User(keys) => {
            let mut outer = check::object(request.json()?, &[Key::required("user", Kind::Object)])?;
            check::object(outer.remove("user").unwrap_or_default(), keys)
        }
        Takes::AnyObject => match request.json()? {
            Value::Object(map) => Ok(map),
            _ => Err(Refusal::bad("the body must be a JSON object")),
        },
    }
}

fn refuse_token(request: &Request) -> Result<(), Refusal> {
    let carries = request.header_token().is_some() || request.query("token").is_some() || request.headers.contains_key("authorization");
    if carries { Err(Refusal::bad("the token must not be sent here")) } else { Ok(()) }
}

fn demand_token(state: &State, request: &Request) -> Result<(), Refusal> {
    let header = request.header_token().filter(|_| state.tokens != TokenForm::QueryOnly);
    let query = request.query("token").filter(|_| state.tokens != TokenForm::HeaderOnly);
    match header.or(query) {
        Some(token) if state.world["token"].as_str() == Some(token) => Ok(()),
        _ => Err(Refusal::new(401, "unauthorized")),
    }
}
