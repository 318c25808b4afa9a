//! What an answer looks like without what it says: keys and types, for a log that may be posted. Must not let a value through.

use serde_json::Value;

use super::wire;

/// Deeper than this nothing is described.
const DEEPEST: usize = 5;
/// Longer descriptions are cut, in bytes.
const LONGEST: usize = 2048;
/// Longer keys are data rather than names.
const LONGEST_KEY: usize = 32;

/// Keys and types of a JSON body: `{meta: {code: int}, response: [{id: text} x 3]}`; what is no JSON is told by its size.
pub(crate) fn shape(body: &[u8]) -> String {
    let mut text = match wire::parse(body) {
        Ok(Value::Null) if body.trim_ascii().is_empty() => format!("{} bytes of nothing", body.len()),
        Ok(value) => of(&value, 0),
        Err(_) => format!("{} bytes that are no JSON", body.len()),
    };
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    if end < text.len() {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn of(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "bool".to_owned(),
        Value::Number(number) if number.is_f64() => "float".to_owned(),
        Value::Number(_) => "int".to_owned(),
        Value::String(text) if text.is_empty() => "empty text".to_owned(),
        Value::String(_) => "text".to_owned(),
        Value::Array(_) | Value::Object(_) if depth == DEEPEST => "…".to_owned(),
        Value::Array(items) => {
            items.first().map_or_else(|| "[]".to_owned(), |first| format!("[{} x {}]", of(first, depth + 1), items.len()))
        }
        Value::Object(object) => {
            let keyed = |(key, value): (&String, &Value)| format!("{}: {}", name(key), of(value, depth + 1));
            let mut members: Vec<String> = object.iter().map(keyed).collect();
            // Maps of ids look the same all the way down.
            members.dedup();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A key that is a name; ids and other data used as keys are `#`.
fn name(key: &str) -> &str {
    let plain = key.len() <= LONGEST_KEY && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if plain && !key.is_empty() { key } else { "#" }
}

/// A path without ids: `/users/:id`.
pub(crate) fn path(path: &str) -> String {
    let part =
        |part: &str| if part.bytes().any(|byte| byte.is_ascii_digit()) && !is_version(part) { ":id".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|number| number.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_types_are_told_and_no_value() {
        let body = br#"{"meta":{"code":200},"response":[{"id":"7","name":"Secret","zip":"","likes":[]},{"id":"8"}],"ratio":1.5,"on":true}"#;
        let told = "{meta: {code: int}, response: [{id: text, name: text, zip: empty text, likes: []} x 2], ratio: float, on: bool}";
        assert_eq!(shape(body), told);
        assert_eq!(shape(br#"{"3702":"Statistics","5506":"Sociology","me@example.com":"x"}"#), "{#: text}");
        assert_eq!((shape(b""), shape(b"<html>Secret</html>")), ("0 bytes of nothing".to_owned(), "19 bytes that are no JSON".to_owned()));
        let long = format!("[{}]", (0..2000).map(|n| format!(r#"{{"key_{}":1}}"#, "x".repeat(n % 20))).collect::<Vec<_>>().join(","));
        assert!(shape(long.as_bytes()).len() < 100);
        let wide =
            format!("{{{}}}", ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!(r#""{a}{b}":1"#))).collect::<Vec<_>>().join(","));
        assert!(shape(wide.as_bytes()).len() <= LONGEST + "…".len());
    }

    #[test]
    fn a_path_keeps_its_words_and_loses_its_ids() {
        assert_eq!(path("/v3/groups/97673234/subgroups"), "/v3/groups/:id/subgroups");
        assert_eq!(path("/users/93645911"), "/users/:id");
        assert_eq!(path("/v4/pinned_conversations"), "/v4/pinned_conversations");
    }
}
