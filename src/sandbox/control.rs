//! The sandbox's own calls under `/sandbox/`, for builders of other clients. They need no token and are not logged.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::check::{self, Kind};
use super::faults::{Fault, Trouble};
use super::request::Request;
use super::state::State;
use super::world::World;

/// Keys of a fault; which of them count depends on `fault`.
const FAULT: &[(&str, Kind)] = &[
    ("route", Kind::Text),
    ("fault", Kind::Text),
    ("times", Kind::OptionalInteger),
    ("after", Kind::Integer),
    ("ms", Kind::Integer),
    ("code", Kind::Integer),
    ("headers", Kind::Any),
    ("body", Kind::Text),
    ("url", Kind::Text),
    ("key", Kind::Text),
    ("patch", Kind::Any),
];

/// Carries out one of them.
pub(super) fn dispatch(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/sandbox/log") => Ok(Answer::bare(200, &json!(state.log.seen))),
        ("GET", "/sandbox/world") => Ok(Answer::bare(200, &state.world)),
        ("PATCH", "/sandbox/world") => {
            state.world.patch(&request.json()?);
            Ok(Answer::empty(204))
        }
        ("POST", "/sandbox/faults") => {
            state.faults.push(fault(&check::object(request.json()?, FAULT)?)?);
            Ok(Answer::empty(204))
        }
        ("DELETE", "/sandbox/faults") => {
            state.faults.clear();
            Ok(Answer::empty(204))
        }
        _ => Err(Refusal::new(404, format!("there is no {} {}", request.method, request.path))),
    }
}

fn fault(map: &Map<String, Value>) -> Result<Fault, Refusal> {
    let text = |key| check::required(map, key).map(|value| value.as_str().unwrap_or_default().to_owned());
    let number = |key| map.get(key).and_then(Value::as_u64);
    let code = || number("code").and_then(|code| u16::try_from(code).ok()).ok_or_else(|| Refusal::bad("code is required"));
    let wait = || number("ms").map(Duration::from_millis).ok_or_else(|| Refusal::bad("ms is required"));
    let patch = || {
        let patch = check::required(map, "patch")?.clone();
        Ok(move |world: &mut World| world.patch(&patch))
    };
    let trouble = match text("fault")?.as_str() {
        "delay" => Trouble::Delay(wait()?),
        "status" => Trouble::Status { code: code()?, headers: headers(map.get("headers")), body: text("body").unwrap_or_default().into() },
        "apply_then_status" => Trouble::ApplyThenStatus(code()?),
        "cut_body" => Trouble::CutBody,
        "half_body" => Trouble::HalfBody,
        "drip" => Trouble::Drip(wait()?),
        "garbage" => Trouble::Garbage,
        "html" => Trouble::Html,
        "redirect" => Trouble::Redirect(text("url")?),
        "apply_then_reset" => Trouble::ApplyThenReset,
        "reset_before" => Trouble::ResetBefore,
        "phone_before" => Trouble::phone_before(patch()?),
        "phone_after" => Trouble::phone_after(patch()?),
        "ignore" => Trouble::Ignore { key: text("key")? },
        "endless" => Trouble::Endless,
        "never" => Trouble::Never,
        other => return Err(Refusal::bad(format!("fault: there is no {other}"))),
    };
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let route = text("route")?;
    let fault = match map.get("times") {
        None => Fault::once(&route, trouble),
        Some(Value::Null) => Fault::always(&route, trouble),
        Some(times) => Fault::times(count(times.as_u64().unwrap_or_default()), &route, trouble),
    };
    Ok(fault.after(count(number("after").unwrap_or_default())))
}

fn headers(value: Option<&Value>) -> Vec<(String, String)> {
    let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    value.and_then(Value::as_object).into_iter().flatten().filter_map(pair).collect()
}
