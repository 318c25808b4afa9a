//! What an argument may be completed to.

use crate::domain::Shown;

/// A value with a few words about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) help: String,
}

impl Value {
    pub(super) fn new(text: impl Into<String>, help: impl AsRef<str>) -> Self {
        Self { text: text.into(), help: Shown::line(help).into_string() }
    }
}
