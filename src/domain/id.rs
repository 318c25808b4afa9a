//! Identifiers of users, groups, conversations, interests and majors.
//!
//! The service writes the same id as a string here and as a number there; inside Lapel an id is always a string. An id nobody can
//! name is still kept: dropping it would delete it at the next save.

use serde::{Deserialize, Serialize};

use super::text::{RawText, SafeText};

/// An opaque identifier, equal to another when the text is equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// Wraps the text of an identifier as the service wrote it.
    pub fn new(raw: impl Into<String>) -> Self {
        Self(raw.into())
    }

    /// The identifier for the wire and for comparing.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier for a person to read; ids come from outside like any other text.
    pub fn shown(&self) -> SafeText {
        SafeText::line(&self.0)
    }

    /// The identifier as display-checked text, for tables that hold texts.
    pub fn to_text(&self) -> RawText {
        RawText::new(self.0.clone())
    }

    /// The identifier as a number where that says the same; interests and majors travel as integers in some calls.
    pub fn number(&self) -> Option<i64> {
        self.0.parse().ok().filter(|number: &i64| number.to_string() == self.0)
    }
}

impl From<&str> for Id {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<u64> for Id {
    fn from(raw: u64) -> Self {
        Self(raw.to_string())
    }
}
