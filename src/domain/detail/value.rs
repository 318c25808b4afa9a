//! A value of the account by what it means, and how it reads: for a person, for a script, in JSON.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

use super::super::account::MfaChannel;
use super::super::campus::{Interest, Major};
use super::super::field::{FieldKind, FieldValue};
use super::super::{Id, RawText, SafeText};

/// A value of the account, by what it means.
#[derive(Clone, Debug, PartialEq)]
pub enum DetailValue {
    /// Not told, or null.
    None,
    /// One line or several.
    Text(RawText),
    /// Several texts.
    Texts(Vec<RawText>),
    /// Yes or no.
    Flag(bool),
    /// A year.
    Year(u16),
    /// Seconds since 1970.
    Time(i64),
    /// An id.
    Id(Id),
    /// Codes of majors.
    Majors(Vec<Id>),
    /// Interest tags.
    Interests(Vec<Id>),
    /// Whether a second factor is asked for, and which.
    Mfa(Option<bool>, Option<Vec<MfaChannel>>),
    /// Several switches by the API's names, some perhaps not told.
    Flags(Vec<(&'static str, Option<bool>)>),
    /// Whatever it is, as it came.
    Json(Json),
}

/// Names for codes and tags.
#[derive(Clone, Copy, Debug, Default)]
pub struct TagNames<'a> {
    /// Known majors.
    pub majors: &'a [Major],
    /// Known interests.
    pub interests: &'a [Interest],
}

impl TagNames<'_> {
    /// The major's name, or its code where no list knows it.
    pub fn major(&self, code: &Id) -> SafeText {
        self.majors
            .iter()
            .find(|major| major.code == *code)
            .map_or_else(|| SafeText::line(format!("#{}", code.as_str())), |major| major.name.line())
    }

    /// The interest's name, or its number where no list knows it.
    pub fn interest(&self, id: &Id) -> SafeText {
        self.interests
            .iter()
            .find(|interest| interest.id == *id)
            .map_or_else(|| SafeText::line(format!("#{}", id.as_str())), |interest| interest.name.line())
    }
}

impl DetailValue {
    /// Whether there is nothing to show: not told, or told as empty.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::None => true,
            Self::Text(text) => text.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            Self::Majors(ids) | Self::Interests(ids) => ids.is_empty(),
            _ => false,
        }
    }

    /// For a person: no line where there is nothing, else one or several.
    pub fn lines(&self, names: &TagNames<'_>, zone: &TimeZone) -> Vec<SafeText> {
        match self {
            Self::None => Vec::new(),
            Self::Text(text) => text.block().as_str().trim_end().lines().map(SafeText::line).collect(),
            Self::Texts(texts) => texts.iter().map(RawText::line).collect(),
            Self::Flag(flag) => vec![SafeText::line(yes_or_no(*flag))],
            Self::Year(year) => vec![SafeText::line(year.to_string())],
            Self::Time(seconds) => vec![SafeText::line(moment(*seconds, zone))],
            Self::Id(id) => vec![id.shown()],
            Self::Majors(codes) => codes.iter().map(|code| names.major(code)).collect(),
            Self::Interests(ids) => ids.iter().map(|id| names.interest(id)).collect(),
            Self::Mfa(enabled, channels) => mfa_lines(*enabled, channels.as_deref()),
            Self::Flags(flags) => flag_lines(flags),
            Self::Json(json) => vec![SafeText::line(json.to_string())],
        }
    }

    /// For a script or the clipboard: the value exactly as it is, one item a line. Not for a terminal.
    pub fn bare(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.raw().to_owned(),
            Self::Texts(texts) => join(texts.iter().map(RawText::raw)),
            Self::Flag(flag) => flag.to_string(),
            Self::Year(year) => year.to_string(),
            Self::Time(seconds) => seconds.to_string(),
            Self::Id(id) => id.as_str().to_owned(),
            Self::Majors(ids) | Self::Interests(ids) => join(ids.iter().map(Id::as_str)),
            Self::Mfa(enabled, channels) => join(mfa_lines(*enabled, channels.as_deref()).iter().map(SafeText::as_str)),
            Self::Flags(flags) => join(flag_lines(flags).iter().map(SafeText::as_str)),
            Self::Json(json) => json.to_string(),
        }
    }

    /// As the API would write it.
    pub fn json(&self) -> Json {
        match self {
            Self::None => Json::Null,
            Self::Text(text) => json!(text.raw()),
            Self::Texts(texts) => texts.iter().map(|text| json!(text.raw())).collect(),
            Self::Flag(flag) => json!(flag),
            Self::Year(year) => json!(year),
            Self::Time(seconds) => json!(seconds),
            Self::Id(id) => json!(id.as_str()),
            Self::Majors(ids) | Self::Interests(ids) => {
                ids.iter().map(|id| id.number().map_or_else(|| json!(id.as_str()), |n| json!(n))).collect()
            }
            Self::Mfa(enabled, channels) => {
                let channels: Option<Vec<Json>> =
                    channels.as_ref().map(|list| list.iter().map(|c| json!({"type": c.kind.raw(), "created_at": c.created_at})).collect());
                json!({"enabled": enabled, "channels": channels})
            }
            Self::Flags(flags) => flags.iter().map(|(key, on)| ((*key).to_owned(), json!(on))).collect::<Map<_, _>>().into(),
            Self::Json(json) => json.clone(),
        }
    }
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

fn flag_lines(flags: &[(&str, Option<bool>)]) -> Vec<SafeText> {
    let line = |(key, on): &(&str, Option<bool>)| Some(SafeText::line(format!("{}: {}", key.replace('_', " "), yes_or_no((*on)?))));
    flags.iter().filter_map(line).collect()
}

fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

fn mfa_lines(enabled: Option<bool>, channels: Option<&[MfaChannel]>) -> Vec<SafeText> {
    let Some(enabled) = enabled else { return Vec::new() };
    let kinds: Vec<String> = channels.unwrap_or_default().iter().map(|channel| channel.kind.line().into_string()).collect();
    let by = if kinds.is_empty() { String::new() } else { format!(", by {}", kinds.join(" and ")) };
    vec![SafeText::line(format!("{}{by}", if enabled { "on" } else { "off" }))]
}

/// A moment for a person, in their own zone; the bare number where it is outside of any calendar.
pub fn moment(seconds: i64, zone: &TimeZone) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| seconds.to_string(), |at| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
}

/// A field's value as what it means.
pub(super) fn of_field(kind: FieldKind, value: FieldValue) -> DetailValue {
    match value {
        FieldValue::Text(text) => DetailValue::Text(text),
        FieldValue::Texts(texts) => DetailValue::Texts(texts),
        FieldValue::Ids(ids) if kind == FieldKind::Majors => DetailValue::Majors(ids),
        FieldValue::Ids(ids) => DetailValue::Interests(ids),
        FieldValue::Switch(on) => DetailValue::Flag(on),
        FieldValue::Year(year) => year.map_or(DetailValue::None, DetailValue::Year),
    }
}
