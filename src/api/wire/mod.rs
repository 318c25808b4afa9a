//! JSON shapes of the service and their oddities, in both directions.
//!
//! Reading is tolerant field by field: a field of an unexpected type counts as not told and spoils nothing else. A list is read
//! whole or not at all, because what is missing from a list is deleted at the next save. Nothing here knows HTTP.

pub(super) mod account;
pub(super) mod lists;
pub(super) mod rows;

use serde_json::{Map, Value};

use super::error::ApiError;
use crate::domain::{Id, RawText, SafeText};

/// More values than any real answer, or row of a listing, holds. A value takes up to four hundred bytes in memory and two on the wire,
/// so the cap on bytes alone would let one megabyte of `{"":0}` grow to a hundred.
const MOST_VALUES: usize = 20_000;

/// Names in listings are cut to this many bytes; an id or address that is longer counts as not told, since half of one is another.
const LONGEST_IN_ROW: usize = 256;

/// How many of the service's complaints are kept, and how many characters of each.
const MOST_MESSAGES: usize = 5;
const LONGEST_MESSAGE: usize = 300;

/// Reads a body; an empty one is null. Depth is bounded by the parser (128), the last of two equal keys counts.
pub(super) fn parse(body: &[u8]) -> Result<Value, ApiError> {
    let body = trimmed(body);
    if body.is_empty() {
        return Ok(Value::Null);
    }
    if body.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MOST_VALUES {
        return Err(ApiError::garbled("it holds far too many values"));
    }
    serde_json::from_slice(body).map_err(|error| unreadable(&error))
}

fn trimmed(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii()
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    ApiError::garbled(if error.is_eof() { "it was cut short" } else { "it is not valid JSON" })
}

/// The content of an answer: what the envelope holds, or the whole where there is none.
pub(super) fn unwrap(document: &Value) -> &Value {
    match document.as_object() {
        Some(object) => match (object.get("response"), object.get("meta")) {
            (Some(response), _) => response,
            (None, Some(Value::Object(_))) if object.len() == 1 => &Value::Null,
            _ => document,
        },
        None => document,
    }
}

/// The service's complaints, wherever a failed answer holds them.
pub(super) fn messages(body: &[u8]) -> Vec<SafeText> {
    let Ok(document) = parse(body) else { return Vec::new() };
    let mut found = Vec::new();
    for holder in [document.get("meta"), document.get("response"), Some(&document)].into_iter().flatten() {
        for key in ["errors", "error", "message"] {
            if let Some(value) = holder.get(key) {
                collect_messages(value, &mut found);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The service's own number for what is wrong (`meta.code`), which says more than the status.
pub(super) fn code(body: &[u8]) -> Option<i64> {
    let document = parse(body).ok()?;
    let code = document.get("meta")?.get("code")?;
    code.as_i64().or_else(|| code.as_str()?.trim().parse().ok())
}

/// Strings wherever they are; an object's own `message` speaks for it, otherwise each of its members does under its name.
fn collect_messages(value: &Value, found: &mut Vec<SafeText>) {
    if found.len() >= MOST_MESSAGES {
        return;
    }
    match value {
        Value::String(text) if !text.trim().is_empty() => found.push(shortened(text)),
        Value::Array(list) => list.iter().for_each(|each| collect_messages(each, found)),
        Value::Object(object) => {
            if let Some(message) = ["message", "error", "description"].iter().find_map(|key| object.get(*key)) {
                return collect_messages(message, found);
            }
            for (key, value) in object.iter().take(MOST_MESSAGES) {
                let mut inner = Vec::new();
                collect_messages(value, &mut inner);
                found.extend(inner.iter().map(|message| shortened(&format!("{}: {message}", shortened(key)))));
            }
            found.truncate(MOST_MESSAGES);
        }
        _ => {}
    }
}

fn shortened(text: &str) -> SafeText {
    SafeText::line(text.chars().take(LONGEST_MESSAGE).collect::<String>())
}

/// The members of an object, with a second object to look in for what the first lacks: some replies put fields beside `user`.
#[derive(Clone, Copy)]
struct Fields<'a> {
    object: &'a Map<String, Value>,
    beside: Option<&'a Map<String, Value>>,
}

impl<'a> Fields<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        Some(Self { object: value.as_object()?, beside: None })
    }

    /// The members of the object under `key` with the rest beside, or of `value` itself where there is none.
    fn inside(value: &'a Value, key: &str) -> Option<Self> {
        let outer = value.as_object()?;
        Some(match outer.get(key) {
            Some(Value::Object(inner)) => Self { object: inner, beside: Some(outer) },
            _ => Self { object: outer, beside: None },
        })
    }

    /// The first of `keys` that is there and not null.
    fn get(self, keys: &[&str]) -> Option<&'a Value> {
        let objects = [Some(self.object), self.beside];
        objects.into_iter().flatten().find_map(|object| keys.iter().filter_map(|key| object.get(*key)).find(|value| !value.is_null()))
    }

    fn text(self, key: &str) -> Option<RawText> {
        self.get(&[key]).and_then(text)
    }

    fn id(self, keys: &[&str]) -> Option<Id> {
        self.get(keys).and_then(id)
    }

    fn flag(self, key: &str) -> Option<bool> {
        self.get(&[key]).and_then(Value::as_bool)
    }

    /// A moment; fractions of a second are cut.
    fn seconds(self, key: &str) -> Option<i64> {
        let value = self.get(&[key])?;
        integer(value).or_else(|| whole(value.as_f64()?.trunc()))
    }

    /// A name in a listing, which is only ever shown.
    fn name(self, key: &str) -> Option<RawText> {
        let name = self.text(key)?;
        let end = (0..=LONGEST_IN_ROW).rev().find_map(|end| name.raw().get(..end));
        Some(if name.raw().len() <= LONGEST_IN_ROW { name } else { RawText::new(end.unwrap_or_default()) })
    }

    /// A list of which every element can be read, or none.
    fn list<T>(self, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
        self.get(&[key])?.as_array()?.iter().map(read).collect()
    }
}

/// Text; a number stands for its digits (zip codes). One beyond 64 bits or with a fraction was rounded by being parsed, and is refused:
/// what is read here may be written back.
fn text(value: &Value) -> Option<RawText> {
    match value {
        Value::String(text) => Some(RawText::new(text.as_str())),
        Value::Number(number) if !number.is_f64() => Some(RawText::new(number.to_string())),
        _ => None,
    }
}

/// An id, string or number.
fn id(value: &Value) -> Option<Id> {
    text(value).map(|text| Id::new(text.raw()))
}

/// An integer, number or string of digits.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(digits) => digits.trim().parse().ok(),
        _ => None,
    }
}

/// `1747863063.0` is an integer to a service that knows only one kind of number; one with a fraction is none.
fn whole(number: f64) -> Option<i64> {
    (number.abs() < 9e15 && number.fract() == 0.0).then_some(number as i64)
}
