//! The table of calls, and the gate before them: method, token, query keys, presence of a body.
//!
//! One row a call; what a call does is in its family's file.

use super::answer::{Answer, Refusal};
use super::request::Request;
use super::route::matches;
use super::state::{State, TokenForm};
use super::world::World;
use super::{account, campus, conversations, lists, pictures, uploads};

struct Route {
    method: &'static str,
    pattern: &'static str,
    /// Query keys besides the token.
    query: &'static [&'static str],
    /// Without the token: a request that brings one is refused, for a client must never send it there.
    public: bool,
    handler: Handler,
}

enum Handler {
    /// Tells a part of the world.
    Read(fn(&World) -> Answer),
    /// Everything else.
    Call(fn(&mut State, &Request) -> Result<Answer, Refusal>),
}
use Handler::{Call, Read};

const fn get(pattern: &'static str, query: &'static [&'static str], handler: Handler) -> Route {
    Route { method: "GET", pattern, query, public: false, handler }
}

const fn write(method: &'static str, pattern: &'static str, handler: Handler) -> Route {
    Route { method, pattern, query: &[], public: false, handler }
}

const fn public(pattern: &'static str, handler: Handler) -> Route {
    Route { method: "GET", pattern, query: &[], public: true, handler }
}

const PICTURE: &str = "/*";
const ROUTES: &[Route] = &[
    get("/v3/users/me", &[], Read(account::me)),
    write("POST", "/v3/users/update", Call(account::update)),
    write("POST", "/users/*", Call(account::update_extended)),
    write("POST", "/v3/users/features/share", Call(account::share)),
    write("POST", "/v3/users/sms_mode", Call(account::sms_on)),
    write("POST", "/v3/users/sms_mode/delete", Call(account::sms_off)),
    write("PUT", "/v3/directories/user/majors", Call(campus::set_majors)),
    write("PUT", "/v3/directories/user/membership", Call(campus::set_membership)),
    get("/v3/directories", &[], Read(campus::directories)),
    get("/v4/pinned_conversations", &[], Read(conversations::pins)),
    write("PUT", "/v4/pinned_conversations", Call(conversations::set_pins)),
    get("/v3/groups", &["page", "per_page", "omit"], Call(conversations::groups)),
    get("/v3/groups/*/subgroups", &["page", "per_page"], Call(conversations::topics)),
    get("/v3/groups/former", &[], Read(conversations::former_groups)),
    get("/v3/memberships/states", &[], Read(conversations::membership_states)),
    get("/v3/chats", &["page", "per_page"], Call(conversations::chats)),
    write("POST", "/pictures", Call(uploads::upload)),
    public("/assets/majors/majors.en-US.json", Read(lists::majors)),
    public("/assets/interestCharms/interestCharms.en-US.json", Read(lists::interests)),
    public(PICTURE, Call(uploads::get)),
];

/// Carries out one request, for the account whose token it brings.
pub(super) fn dispatch(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let token = request.header_token().or(request.query("token"));
    state.in_world_of(token, |state| answer(state, request))
}

fn answer(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let fits = |route: &&Route| matches(route.pattern, &request.path) && (route.pattern != PICTURE || pictures::is_address(&request.path));
    if !ROUTES.iter().any(|route| fits(&route)) {
        return Err(Refusal::new(404, format!("there is no {}", request.path)));
    }
    let Some(route) = ROUTES.iter().filter(fits).find(|route| route.method == request.method) else {
        return Err(Refusal::new(405, format!("{} does not take {}", request.path, request.method)));
    };
    if route.public {
        refuse_token(request)?;
    } else {
        demand_token(state, request)?;
        state.count_request()?;
    }
    if let Some((key, _)) = request.query.iter().find(|(key, _)| key != "token" && !route.query.contains(&key.as_str())) {
        return Err(Refusal::bad(format!("unknown query parameter {key}")));
    }
    if route.method == "GET" && !request.body.is_empty() {
        return Err(Refusal::bad("GET takes no body"));
    }
    let now = state.now();
    state.world.settle(now);
    match route.handler {
        Read(read) => Ok(read(&state.world)),
        Call(call) => call(state, request),
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
