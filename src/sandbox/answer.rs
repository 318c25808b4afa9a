//! What the sandbox answers: enveloped, bare or empty, and refusals.
//!
//! Shapes only; which call answers which way is in the routes.

use bytes::Bytes;
use serde_json::{Value, json};

/// A whole answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

/// A request that is not carried out; one message, in the service's own voice.
#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    message: String,
}

impl Answer {
    /// Any body of any type.
    pub(super) fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body: body.into() }
    }

    /// JSON without an envelope.
    pub(super) fn bare(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json;charset=utf-8", value.to_string())
    }

    /// JSON in the usual envelope.
    pub(super) fn enveloped(response: &Value) -> Self {
        Self::bare(200, &json!({ "response": response, "meta": { "code": 200 } }))
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

impl Refusal {
    /// A status and its reason.
    pub(super) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// 400.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }
}

impl From<Refusal> for Answer {
    /// `response` null and a five-digit `meta.code`, as captures show (401 is 40100).
    fn from(refusal: Refusal) -> Self {
        let meta = json!({ "code": u32::from(refusal.status) * 100, "errors": [refusal.message] });
        let answer = Self::bare(refusal.status, &json!({ "response": null, "meta": meta }));
        if refusal.status == 429 { answer.with("retry-after", "1") } else { answer }
    }
}
