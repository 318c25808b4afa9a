//! Why a value was not taken.

use std::fmt;

use super::super::SafeText;

/// Why a value was not taken, as a sentence that says what to do. Printable as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError(SafeText);

impl FieldError {
    /// A sentence, which may quote what was typed.
    pub fn new(sentence: impl AsRef<str>) -> Self {
        Self(SafeText::line(sentence))
    }

    /// The sentence.
    pub fn shown(&self) -> &SafeText {
        &self.0
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for FieldError {}

/// The beginning of what was typed, to quote it in a sentence.
pub(super) fn excerpt(typed: &str) -> &str {
    typed.char_indices().nth(40).map_or(typed, |(end, _)| &typed[..end])
}
