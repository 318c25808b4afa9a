//! What an argument may be completed to.

use crate::domain::SafeText;

/// A value with a few words about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CompletionValue {
    pub(super) text: String,
    pub(super) help: String,
}

impl CompletionValue {
    pub(super) fn new(text: impl Into<String>, help: impl AsRef<str>) -> Self {
        Self { text: text.into(), help: SafeText::line(help).into_string() }
    }
}
