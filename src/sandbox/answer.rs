//! What the sandbox answers, as meanings: content or none, and refusals.
//!
//! Which shape a meaning takes on the wire is a matter of style.

use bytes::Bytes;
use serde_json::Value;

/// An answer before it is put into a shape.
#[derive(Debug)]
pub(super) struct ServerAnswer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: AnswerContent,
}

/// What an answer holds.
#[derive(Debug)]
pub(super) enum AnswerContent {
    /// Nothing at all.
    Nothing,
    /// What the usual envelope is for.
    Told(Value),
    /// The same, from a call whose replies were also seen without the envelope.
    OftenBare(Value),
    /// JSON that never has an envelope.
    Bare(Value),
    /// Bytes of a type of their own.
    File(&'static str, Bytes),
    /// Why the request was not carried out.
    Refused(String),
}

/// A request that is not carried out; one message, in the service's own voice.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) message: String,
    headers: Vec<(String, String)>,
}

impl ServerAnswer {
    /// 200 with what the call tells.
    pub(super) fn told(content: Value) -> Self {
        Self::new(200, AnswerContent::Told(content))
    }

    /// Any status and content.
    pub(super) fn new(status: u16, content: AnswerContent) -> Self {
        Self { status, headers: Vec::new(), content }
    }

    /// A status that says it all.
    pub(super) fn empty(status: u16) -> Self {
        Self::new(status, AnswerContent::Nothing)
    }
}

impl Refusal {
    /// A status and its reason.
    pub(super) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), headers: Vec::new() }
    }

    /// 400.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// A refusal that is over in a second.
    pub(super) fn for_now(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, message).with("retry-after", "1")
    }

    /// One more header.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl From<Refusal> for ServerAnswer {
    fn from(refusal: Refusal) -> Self {
        Self { status: refusal.status, headers: refusal.headers, content: AnswerContent::Refused(refusal.message) }
    }
}
