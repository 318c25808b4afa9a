//! The OpenAPI page: what is served, made from the table of routes and from what each really answers in the demo's world.

use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::answer::{Refusal, ServerAnswer};
use super::options::Options;
use super::request::{Request, TOKEN_HEADER};
use super::route::{AcceptedBody, Access, SandboxRoute};
use super::routes::{self, ROUTES};
use super::schema;
use super::state::SandboxState;
use super::style::{ReplyStyle, WireAnswer};
use super::world::World;

/// What stands for the open segments of paths in the demo's world.
const EXAMPLES: [(&str, &str); 3] =
    [("user_id", "93645911"), ("group_id", "97673234"), ("picture", "200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d")];

/// The day of the examples, in seconds since 1970.
const DAY: i64 = 1_767_268_800;

/// A picture of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// The OpenAPI page of a sandbox in this style, as JSON.
pub fn page(style: ReplyStyle) -> String {
    let mut paths = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.pattern).or_insert_with(|| json!({}));
        path[route.method.to_ascii_lowercase()] = operation(route, style);
    }
    let page = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "The sandbox of Lapel",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "One server stands for all hosts of the service, whose paths are disjoint. Examples are real answers.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "header": { "type": "apiKey", "in": "header", "name": "X-Access-Token" },
                "query": { "type": "apiKey", "in": "query", "name": "token" },
            },
        },
    });
    format!("{page:#}")
}

fn operation(route: &SandboxRoute, style: ReplyStyle) -> Value {
    let open = route.pattern.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = open.map(|name| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 }, "example": example_of(name) })
    });
    let in_query =
        route.query.iter().map(|(name, example)| json!({ "name": name, "in": "query", "schema": of_query(name), "example": example }));
    let mut operation = json!({
        "summary": route.about,
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "security": if route.gate == Access::Token { json!([{ "header": [] }, { "query": [] }]) } else { json!([]) },
        "responses": responses(route, style),
    });
    if let Some(body) = body(route) {
        operation["requestBody"] = body;
    }
    operation
}

fn example_of(name: &str) -> &'static str {
    EXAMPLES.iter().find(|(known, _)| *known == name).map_or("", |(_, example)| example)
}

fn of_query(name: &str) -> Value {
    match name {
        "page" => json!({ "type": "integer", "minimum": 1, "maximum": 1_000_000 }),
        "per_page" => json!({ "type": "integer", "minimum": 1, "maximum": 100 }),
        _ => json!({ "type": "string", "enum": ["memberships"] }),
    }
}

fn body(route: &SandboxRoute) -> Option<Value> {
    let json = |required: bool, schema: Value| {
        let mut content = json!({ "schema": schema });
        if let Ok(example) = route.example.parse::<Value>() {
            content["example"] = example;
        }
        Some(json!({ "required": required, "content": { "application/json": content } }))
    };
    match route.takes {
        AcceptedBody::Nothing => None,
        AcceptedBody::NothingOrEmpty => json(false, schema::of_keys(&[])),
        AcceptedBody::Json(keys) => json(true, schema::of_keys(keys)),
        AcceptedBody::User(keys) => {
            let user = json!({ "user": schema::of_keys(keys) });
            json(true, json!({ "type": "object", "properties": user, "required": ["user"], "additionalProperties": false }))
        }
        AcceptedBody::AnyObject => json(true, json!({ "type": "object" })),
        AcceptedBody::Picture => {
            let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
            Some(json!({ "required": true, "content": { "image/jpeg": bytes, "image/png": bytes, "application/octet-stream": bytes } }))
        }
    }
}

/// What it answers: how the example goes, and every refusal it can come to.
fn responses(route: &SandboxRoute, style: ReplyStyle) -> Value {
    let answered = answer(route, style);
    let mut responses = Map::new();
    responses.insert(answered.status.to_string(), described("Carried out", &answered));
    let refusal = |status: u16| described(meaning(status), &style.render(Refusal::new(status, meaning(status)).into()));
    for status in refusals(route) {
        responses.insert(status.to_string(), refusal(status));
    }
    responses.into()
}

/// Every status but success that a route may answer, without scripted faults.
fn refusals(route: &SandboxRoute) -> Vec<u16> {
    // A query or body that is not as it should be, a body that stops, is too large or comes for too many at once.
    let mut all = vec![400, 408, 413, 503];
    match route.takes {
        AcceptedBody::Json(_) | AcceptedBody::User(_) | AcceptedBody::AnyObject | AcceptedBody::NothingOrEmpty => all.push(415),
        AcceptedBody::Nothing | AcceptedBody::Picture => {}
    }
    if route.gate == Access::Token {
        all.extend([401, 429]);
    }
    all.extend(route.refuses);
    all.sort_unstable();
    all
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "It is not as it should be",
        401 => "The token is missing or wrong",
        403 => "This account may not",
        404 => "There is no such thing",
        408 => "The body did not come in time",
        413 => "The body is too large",
        415 => "The body is not labelled as JSON",
        429 => "Too many requests a second",
        _ => "There is no room for this now",
    }
}

fn described(description: &str, message: &WireAnswer) -> Value {
    let kind = message.headers.iter().find(|(name, _)| name == "content-type").map(|(_, kind)| kind.split(';').next().unwrap_or_default());
    let Some(kind) = kind else { return json!({ "description": description }) };
    let content = match std::str::from_utf8(&message.body).ok().and_then(|text| text.parse::<Value>().ok()) {
        Some(json) => json!({ "schema": schema::like(&json), "example": json }),
        None => json!({}),
    };
    json!({ "description": description, "content": { kind: content } })
}

/// What the route's example is answered in the demo's world, on a day of its own.
fn answer(route: &SandboxRoute, style: ReplyStyle) -> WireAnswer {
    let options = Options { style, time: Timestamp::from_second(DAY).ok(), world: World::demo(), ..Options::default() };
    // The page is about itself too; that much needs no example.
    let mut state = SandboxState::new(options, |_| "{}".to_owned());
    let path = EXAMPLES.iter().fold(route.pattern.to_owned(), |path, (name, example)| path.replace(&format!("{{{name}}}"), example));
    let mut headers = HeaderMap::new();
    if let (Access::Token, Some(Ok(token))) = (route.gate, state.world["token"].as_str().map(str::parse)) {
        headers.insert(TOKEN_HEADER, token);
    }
    headers.insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("application/json"));
    let mut request = Request::with(route.method, path, headers);
    request.set_body(if matches!(route.takes, AcceptedBody::Picture) { PIXEL.into() } else { route.example.into() });
    let answer = routes::dispatch(&mut state, &mut request).unwrap_or_else(ServerAnswer::from);
    style.render(answer)
}
