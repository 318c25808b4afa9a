//! What an argument may be completed to.

use crate::domain::SafeText;
use crate::domain::fold::folded;

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

/// Those that begin as what was typed, in any spelling.
pub(super) fn beginning(typed: &str, values: impl IntoIterator<Item = CompletionValue>) -> Vec<CompletionValue> {
    let typed = folded(typed);
    values.into_iter().filter(|value| folded(&value.text).starts_with(&typed)).collect()
}
