//! Unsaved edits, as they pass between a screen and the disk.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use crate::domain::SafeText;
use crate::domain::pins::PinsDraft;

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

/// The edit of one field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldEdit {
    /// The field.
    pub key: String,
    /// Where it started from; none if the server had told nothing.
    pub base: Option<String>,
    /// What was typed.
    pub mine: String,
}

/// The edits of a form as they are kept; none if there are none.
pub fn edits_to_json(edits: impl IntoIterator<Item = FieldEdit>) -> Option<Json> {
    let fields: Map<String, Json> = edits.into_iter().map(|edit| (edit.key, json!({ "base": edit.base, "mine": edit.mine }))).collect();
    (!fields.is_empty()).then(|| json!({ "fields": fields }))
}

/// The edits that were kept so; none if anything about them is not as this version writes it.
pub fn edits_from_json(body: &Json) -> Option<Vec<FieldEdit>> {
    let fields = body.get("fields")?.as_object()?;
    let edit = |(key, field): (&String, &Json)| {
        let base = match field.get("base")? {
            Json::Null => None,
            base => Some(base.as_str()?.to_owned()),
        };
        Some(FieldEdit { key: key.clone(), base, mine: field.get("mine")?.as_str()?.to_owned() })
    };
    fields.iter().map(edit).collect()
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
    pub body: Json,
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

/// The unsaved edits of one screen on their way to the disk's keeper: what the screen has anyway, so that handing them over costs the loop
/// little. The keeper's thread makes text of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum DraftBody {
    /// Of a form, or of an earlier run.
    Json(Json),
    /// Of the pins, which may be thousands.
    Pins(PinsDraft),
}

impl From<Json> for DraftBody {
    fn from(json: Json) -> Self {
        Self::Json(json)
    }
}

impl From<PinsDraft> for DraftBody {
    fn from(pins: PinsDraft) -> Self {
        Self::Pins(pins)
    }
}
