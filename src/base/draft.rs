//! Unsaved edits, as they pass between a screen and the disk.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::domain::SafeText;

/// Which screen unsaved edits belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DraftKind {
    /// The profile form.
    Profile,
    /// The campus form.
    Campus,
    /// The order of the pins.
    Pins,
}

impl DraftKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Profile, Self::Campus, Self::Pins];

    /// The name for people, as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Campus => "Campus",
            Self::Pins => "Pins",
        }
    }

    /// The name inside a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Campus => "campus profile",
            Self::Pins => "pins",
        }
    }

    /// The kind as a word in a file name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Campus => "campus",
            Self::Pins => "pins",
        }
    }
}

/// Unsaved edits of one screen, from an earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDraft {
    /// Which screen's.
    pub kind: DraftKind,
    /// When they were last touched, seconds since 1970.
    pub saved_at: i64,
    /// Why the run that typed them ended, when known.
    pub reason: Option<SafeText>,
    /// What the screen made of itself; only the screen can read it.
    pub body: serde_json::Value,
}

impl FoundDraft {
    /// When the edits are from and why that run ended, like `from 14:03 (connection lost)`.
    pub fn origin(&self, now: Timestamp, zone: &TimeZone) -> String {
        let at = Timestamp::from_second(self.saved_at).unwrap_or(now).to_zoned(zone.clone());
        let today = at.date() == now.to_zoned(zone.clone()).date();
        let at = at.strftime(if today { "%H:%M" } else { "%Y-%m-%d %H:%M" });
        let reason = self.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("from {at}{reason}")
    }
}
