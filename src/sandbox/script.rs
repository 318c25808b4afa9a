//! Faults as text: the object that `POST /sandbox/faults` takes, and the words of the command line that stand for one.

use std::time::Duration;

use serde_json::{Map, Value};

use super::check::{self, DocumentedKey, ValueKind};
use super::faults::{FaultKind, ScriptedFault};
use super::world::World;

/// Keys of a fault; which of them count depends on `fault`.
pub(super) const FAULT: &[DocumentedKey] = &[
    DocumentedKey::required("route", ValueKind::Text),
    DocumentedKey::required("fault", ValueKind::Text),
    DocumentedKey::new("times", ValueKind::OptionalInteger),
    DocumentedKey::new("after", ValueKind::Integer),
    DocumentedKey::new("ms", ValueKind::Integer),
    DocumentedKey::new("code", ValueKind::Integer),
    DocumentedKey::new("headers", ValueKind::Object),
    DocumentedKey::new("body", ValueKind::Text),
    DocumentedKey::new("url", ValueKind::Text),
    DocumentedKey::new("key", ValueKind::Text),
    DocumentedKey::new("patch", ValueKind::Object),
];

impl std::str::FromStr for ScriptedFault {
    type Err = String;

    /// `METHOD PATH FAULT` and then `KEY=VALUE` as often as wanted, with the keys of the JSON form; quotes as in a shell.
    fn from_str(text: &str) -> Result<Self, String> {
        let words = shlex::split(text).ok_or("a quote is not closed")?;
        let [method, path, kind, more @ ..] = words.as_slice() else {
            return Err("a fault is written like \"GET /v3/chats status code=503\"".into());
        };
        let mut map = Map::new();
        map.insert("route".into(), format!("{method} {path}").into());
        map.insert("fault".into(), kind.as_str().into());
        for word in more {
            let (name, value) = word.split_once('=').ok_or_else(|| format!("{word}: after the fault come words like code=503"))?;
            let key = FAULT.iter().find(|key| key.name == name).ok_or_else(|| format!("a fault has no {name}"))?;
            let json = || value.parse().unwrap_or_else(|_| value.into());
            map.insert(name.into(), if matches!(key.kind, ValueKind::Text) { value.into() } else { json() });
        }
        fault(&check::object(map.into(), FAULT).map_err(|refusal| refusal.message)?)
    }
}

/// The fault that an object with these keys stands for.
pub(super) fn fault(map: &Map<String, Value>) -> Result<ScriptedFault, String> {
    let value = |key: &str| map.get(key).ok_or_else(|| format!("{key} is required"));
    let text = |key| value(key).map(|value| value.as_str().unwrap_or_default().to_owned());
    let number = |key| map.get(key).and_then(Value::as_u64);
    let code = || number("code").and_then(|code| u16::try_from(code).ok()).ok_or("code is required");
    let wait = || number("ms").map(Duration::from_millis).ok_or("ms is required");
    let patch = || {
        let patch = value("patch")?.clone();
        Ok::<_, String>(move |world: &mut World| world.patch(&patch))
    };
    let trouble = match text("fault")?.as_str() {
        "delay" => FaultKind::Delay(wait()?),
        "status" => {
            FaultKind::Status { code: code()?, headers: headers(map.get("headers")), body: text("body").unwrap_or_default().into() }
        }
        "apply_then_status" => FaultKind::ApplyThenStatus(code()?),
        "cut_body" => FaultKind::CutBody,
        "half_body" => FaultKind::HalfBody,
        "drip" => FaultKind::Drip(wait()?),
        "garbage" => FaultKind::Garbage,
        "html" => FaultKind::Html,
        "redirect" => FaultKind::Redirect(text("url")?),
        "apply_then_reset" => FaultKind::ApplyThenReset,
        "reset_before" => FaultKind::ResetBefore,
        "phone_before" => FaultKind::phone_before(patch()?),
        "phone_after" => FaultKind::phone_after(patch()?),
        "ignore" => FaultKind::Ignore { key: text("key")? },
        "endless" => FaultKind::Endless,
        "never" => FaultKind::Never,
        other => return Err(format!("fault: there is no {other}")),
    };
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let route = text("route")?;
    let fault = match map.get("times") {
        None => ScriptedFault::once(&route, trouble),
        Some(Value::Null) => ScriptedFault::always(&route, trouble),
        Some(times) => ScriptedFault::times(count(times.as_u64().unwrap_or_default()), &route, trouble),
    };
    Ok(fault.after(count(number("after").unwrap_or_default())))
}

fn headers(value: Option<&Value>) -> Vec<(String, String)> {
    let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    value.and_then(Value::as_object).into_iter().flatten().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_words_is_the_same_as_in_json() {
        let words = r#"GET /v3/chats status code=503 body=123 headers='{"Retry-After":"3"}' times=null after=2"#;
        let json =
            r#"{"route":"GET /v3/chats","fault":"status","code":503,"body":"123","headers":{"Retry-After":"3"},"times":null,"after":2}"#;
        let Ok(Value::Object(map)) = json.parse() else { panic!("{json}") };
        assert_eq!(format!("{:?}", words.parse::<ScriptedFault>().unwrap()), format!("{:?}", fault(&map).unwrap()));
    }

    #[test]
    fn words_that_are_no_fault_are_told() {
        for (words, told) in [
            ("GET /v3/chats", "written like"),
            ("GET /v3/chats 'never", "quote"),
            ("GET /v3/chats gremlins", "gremlins"),
            ("GET /v3/chats status", "code is required"),
            ("GET /v3/chats status code=x", "code must be"),
            ("GET /v3/chats never often=2", "often"),
            ("GET /v3/chats never twice", "twice"),
        ] {
            let error = words.parse::<ScriptedFault>().unwrap_err();
            assert!(error.contains(told), "{words}: {error}");
        }
    }
}
