//! The shapes that different sources report for the same answers.
//!
//! Shapes only: what is told was decided before, and is the same in every style.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::answer::{AnswerContent, ServerAnswer};

/// How answers look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ReplyStyle {
    /// As the document says: every answer in the envelope, `meta.errors` null, empty bodies empty.
    #[default]
    Document,
    /// As captured traffic shows: no `meta.errors` on success, majors, membership and the extended update bare, a single space where
    /// nothing is said, five-digit codes.
    Captured,
    /// Without the envelope everywhere.
    Bare,
    /// All that any source has reported at once: ids of the other type, null and empty members missing, a school without its list,
    /// successes labelled as HTML, refusals as HTML pages.
    Odd,
}

/// An answer as it goes over the wire.
#[derive(Clone, Debug)]
pub(super) struct WireAnswer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

const JSON: &str = "application/json;charset=utf-8";
const HTML: &str = "text/html;charset=utf-8";

impl ReplyStyle {
    /// Puts an answer into its shape.
    pub(super) fn render(self, answer: ServerAnswer) -> WireAnswer {
        let ServerAnswer { status, headers, content } = answer;
        let message = match content {
            AnswerContent::Nothing => self.nothing(status),
            AnswerContent::File(kind, bytes) => WireAnswer::new(status, kind, bytes),
            AnswerContent::Bare(value) => WireAnswer::json(status, &value),
            AnswerContent::Told(value) => self.told(status, value, self == Self::Bare),
            AnswerContent::OftenBare(value) => self.told(status, value, matches!(self, Self::Bare | Self::Captured)),
            AnswerContent::Refused(message) => self.refusal(status, &message),
        };
        headers.into_iter().fold(message, |message, (name, value)| message.with(&name, &value))
    }

    fn told(self, status: u16, value: Value, bare: bool) -> WireAnswer {
        let meta = match self {
            _ if bare => return WireAnswer::json(status, &value),
            Self::Odd => {
                let body = json!({ "response": odd(value), "meta": { "code": five_digits(status), "errors": [] } });
                return WireAnswer::new(status, HTML, body.to_string());
            }
            Self::Captured => json!({ "code": status }),
            Self::Document | Self::Bare => json!({ "code": status, "errors": null }),
        };
        WireAnswer::json(status, &json!({ "response": value, "meta": meta }))
    }

    fn nothing(self, status: u16) -> WireAnswer {
        match self {
            // Without a body a status like 204 may not be labelled either.
            _ if status == 204 => WireAnswer::empty(status),
            Self::Document | Self::Bare => WireAnswer::empty(status),
            Self::Captured => WireAnswer::new(status, JSON, " "),
            Self::Odd => WireAnswer::new(status, HTML, "\r\n"),
        }
    }

    fn refusal(self, status: u16, message: &str) -> WireAnswer {
        let code = if self == Self::Captured { five_digits(status) } else { status.into() };
        match self {
            Self::Bare => WireAnswer::json(status, &json!({ "errors": [message] })),
            Self::Odd => {
                let safe = message.replace('&', "&amp;").replace('<', "&lt;");
                WireAnswer::new(status, HTML, format!("<!doctype html><title>{status}</title><p>{safe}</p>"))
            }
            Self::Document | Self::Captured => {
                WireAnswer::json(status, &json!({ "response": null, "meta": { "code": code, "errors": [message] } }))
            }
        }
    }
}

impl WireAnswer {
    /// Any body of any type.
    pub(super) fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body: body.into() }
    }

    fn json(status: u16, value: &Value) -> Self {
        Self::new(status, JSON, value.to_string())
    }

    /// No body at all.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// One more header.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// 401 is 40100.
fn five_digits(status: u16) -> u32 {
    u32::from(status) * 100
}

/// Everything a source has seen otherwise than documented, applied throughout.
fn odd(value: Value) -> Value {
    match value {
        // One source prints the only school without its list.
        Value::Array(mut list) if list.len() == 1 && list[0].get("short_name").is_some() => odd(list.remove(0)),
        Value::Array(list) => list.into_iter().map(odd).collect(),
        Value::Object(map) => {
            let there = map.into_iter().filter(|(_, value)| !value.is_null() && value != "");
            there.map(|(key, value)| if is_id(&key) { (key, other_type(value)) } else { (key, odd(value)) }).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn is_id(key: &str) -> bool {
    key == "id" || key.ends_with("_id") || key.ends_with("_ids") || key == "major_codes" || key == "graduation_year"
}

/// Digits become a number, a number its digits; of a list every element.
fn other_type(value: Value) -> Value {
    match value {
        Value::String(text) => text.parse::<u64>().map_or(Value::String(text), Value::from),
        Value::Number(number) => number.to_string().into(),
        Value::Array(list) => list.into_iter().map(other_type).collect(),
        other => odd(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(style: ReplyStyle, content: AnswerContent) -> String {
        String::from_utf8(style.render(ServerAnswer::new(200, content)).body.to_vec()).unwrap()
    }

    #[test]
    fn the_document_wraps_everything_and_says_null_for_no_errors() {
        for content in [AnswerContent::Told(json!([1])), AnswerContent::OftenBare(json!([1]))] {
            assert_eq!(body(ReplyStyle::Document, content), r#"{"response":[1],"meta":{"code":200,"errors":null}}"#);
        }
        assert_eq!(body(ReplyStyle::Document, AnswerContent::Nothing), "");
    }

    #[test]
    fn the_other_styles_are_what_others_saw() {
        assert_eq!(body(ReplyStyle::Captured, AnswerContent::Told(json!([1]))), r#"{"response":[1],"meta":{"code":200}}"#);
        assert_eq!(body(ReplyStyle::Captured, AnswerContent::OftenBare(json!([1]))), "[1]");
        assert_eq!(body(ReplyStyle::Captured, AnswerContent::Nothing), " ");
        assert_eq!(body(ReplyStyle::Bare, AnswerContent::Told(json!({"a": null}))), r#"{"a":null}"#);
        let row = json!({"id": "7", "user_id": 8, "name": "", "bio": null, "pins_ids": ["1+2", "3"]});
        let odd = r#"{"response":{"id":7,"user_id":"8","pins_ids":["1+2",3]},"meta":{"code":20000,"errors":[]}}"#;
        assert_eq!(body(ReplyStyle::Odd, AnswerContent::Told(row)), odd);
        assert!(body(ReplyStyle::Odd, AnswerContent::Refused("a<b".into())).contains("a&lt;b"));
    }
}
