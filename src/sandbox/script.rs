//! Faults as text: the object that `POST /sandbox/faults` takes, and the words of the command line that stand for one.

use std::time::Duration;

use serde_json::{Map, Value};

use super::check::{self, Key, Kind};
use super::faults::{Fault, Trouble};
use super::world::World;

/// Keys of a fault; which of them count depends on `fault`.
pub(super) const FAULT: &[Key] = &[
    Key::required("route", Kind::Text),
    Key::required("fault", Kind::Text),
    Key::new("times", Kind::OptionalInteger),
    Key::new("after", Kind::Integer),
    Key::new("ms", Kind::Integer),
    Key::new("code", Kind::Integer),
    Key::new("headers", Kind::Object),
    Key::new("body", Kind::Text),
    Key::new("url", Kind::Text),
    Key::new("key", Kind::Text),
    Key::new("patch", Kind::Object),
];

impl std::str::FromStr for Fault {
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
            map.insert(name.into(), if matches!(key.kind, Kind::Text) { value.into() } else { json() });
        }
        fault(&check::object(map.into(), FAULT).map_err(|refusal| refusal.message)?)
    }
}

/// The fault that an object with these keys stands for.
pub(super) fn fault(map: &Map<String, Value>) -> Result<Fault, String> {
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
        other => return Err(format!("fault: there is no {other}")),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_words_is_the_same_as_in_json() {
        let words = r#"GET /v3/chats status code=503 body=123 headers='{"Retry-After":"3"}' times=null after=2"#;
        let json =
            r#"{"route":"GET /v3/chats","fault":"status","code":503,"body":"123","headers":{"Retry-After":"3"},"times":null,"after":2}"#;
        let Ok(Value::Object(map)) = json.parse() else { panic!("{json}") };
        assert_eq!(format!("{:?}", words.parse::<Fault>().unwrap()), format!("{:?}", fault(&map).unwrap()));
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
            let error = words.parse::<Fault>().unwrap_err();
            assert!(error.contains(told), "{words}: {error}");
        }
    }
}
