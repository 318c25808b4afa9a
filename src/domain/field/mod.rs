//! Fields as table rows: one row drives the form, validation, the diff, the merge, commands and files.
//!
//! Every value has a text form, which people type and files hold: lists as lines or comma-separated, switches as `on` and `off`,
//! nothing as the empty text. A row reads and writes that form on a plain struct. Adding a field is a member of the struct and a
//! row here. Must not know which call sends a field, or what a form looks like.

mod check;
mod profile;

use std::fmt;

pub use check::split;
pub use profile::PROFILE;

pub(super) use check::{TextForm, same_set, tokens};

use super::Shown;

/// One field of `T`.
pub struct FieldSpec<T: 'static> {
    /// The API's name, which commands, files and JSON use.
    pub key: &'static str,
    /// Other spellings that are understood where a person names a field.
    pub also: &'static [&'static str],
    /// Name for people.
    pub label: &'static str,
    /// What belongs in it, in one line.
    pub help: &'static str,
    /// Which editor suits it.
    pub kind: Kind,
    /// The text form; none while the server has not told.
    pub get: fn(&T) -> Option<String>,
    /// Checks a text form and takes it over; on an error nothing changes.
    pub set: fn(&mut T, &str) -> Result<(), FieldError>,
    /// Takes the value over from another struct as it is, unchecked: what the server holds may break today's rules.
    pub copy: fn(&mut T, &T),
    /// Whether two text forms mean the same.
    pub same: fn(&str, &str) -> bool,
}

impl<T> fmt::Debug for FieldSpec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldSpec").field("key", &self.key).finish_non_exhaustive()
    }
}

impl<T> PartialEq for FieldSpec<T> {
    /// Rows are told apart by their key.
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<T> FieldSpec<T> {
    /// Whether two values mean the same; "not told" is as good as empty, so that neither turns into a change.
    pub fn same_text(&self, one: Option<&str>, other: Option<&str>) -> bool {
        let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
        one == other || (self.same)(one, other)
    }

    /// Whether the field means the same in both structs.
    pub fn same_in(&self, one: &T, other: &T) -> bool {
        self.same_text((self.get)(one).as_deref(), (self.get)(other).as_deref())
    }

    /// Whether a text form would be accepted, judged on a copy.
    pub fn check(&self, on: &T, text: &str) -> Result<(), FieldError>
    where
        T: Clone,
    {
        (self.set)(&mut on.clone(), text)
    }
}

/// Which editor suits a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Block,
    /// One picture.
    Picture,
    /// An ordered list of pictures.
    Pictures,
    /// A set of interests.
    Interests,
    /// A set of majors.
    Majors,
    /// On or off.
    Switch,
    /// The name of a sound; [`SOUNDS`] are on record, others are kept.
    Sound,
    /// A year, or none.
    Year,
    /// Who sees the campus profile.
    Visibility,
}

impl Kind {
    /// Whether the text form is a list, to be taken apart by [`split`].
    pub fn is_list(self) -> bool {
        matches!(self, Self::Pictures | Self::Interests | Self::Majors)
    }

    /// Values worth offering; others may be right all the same.
    pub fn suggestions(self) -> &'static [&'static str] {
        match self {
            Self::Switch => &["on", "off"],
            Self::Sound => SOUNDS,
            Self::Visibility => &["hidden", "graduation_year", "major", "visible"],
            _ => &[],
        }
    }
}

/// Sounds on record (specification, "Update Details (Alternative/Extended Method)").
pub const SOUNDS: &[&str] = &["gm6.wav", "gm16.wav"];

/// Why a text was not taken, as a sentence that says what to do. Printable as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError(Shown);

impl FieldError {
    /// A sentence, which may quote what was typed.
    pub fn new(sentence: impl AsRef<str>) -> Self {
        Self(Shown::line(sentence))
    }

    /// The sentence.
    pub fn shown(&self) -> &Shown {
        &self.0
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for FieldError {}

/// The row a person means by a key; capitals and dashes do not matter.
///
/// # Errors
/// A sentence with the key that was probably meant, or with all of them.
pub fn by_key<'a, T>(rows: &'a [FieldSpec<T>], key: &str) -> Result<&'a FieldSpec<T>, FieldError> {
    let wanted = key.trim().to_lowercase().replace('-', "_");
    let names = |row: &'a FieldSpec<T>| std::iter::once(row.key).chain(row.also.iter().copied());
    if let Some(row) = rows.iter().find(|row| names(row).any(|name| name == wanted)) {
        return Ok(row);
    }
    let near = rows.iter().map(|row| (names(row).map(|name| likeness(name, &wanted)).fold(0.0, f64::max), row.key));
    let hint = match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((score, near)) if score >= 0.8 => format!("did you mean {near}?"),
        _ => format!("the fields are {}", rows.iter().map(|row| row.key).collect::<Vec<_>>().join(", ")),
    };
    Err(FieldError::new(format!("there is no field \"{}\"; {hint}", excerpt(key))))
}

/// The beginning of what was typed, to quote it in a sentence.
fn excerpt(typed: &str) -> &str {
    typed.char_indices().nth(40).map_or(typed, |(end, _)| &typed[..end])
}

/// 0 (nothing alike) to 1.
fn likeness(name: &str, wanted: &str) -> f64 {
    strsim::jaro_winkler(name, wanted)
}

/// The rows whose meaning differs between the two structs.
pub fn changed<'a, T>(rows: &'a [FieldSpec<T>], base: &T, mine: &T) -> Vec<&'a FieldSpec<T>> {
    rows.iter().filter(|row| !row.same_in(base, mine)).collect()
}

/// A struct that holds nothing but what differs from the base: what to send.
pub fn changes_only<T: Default>(rows: &[FieldSpec<T>], base: &T, mine: &T) -> T {
    let mut changes = T::default();
    for row in changed(rows, base, mine) {
        (row.copy)(&mut changes, mine);
    }
    changes
}

/// Takes over what `from` tells and keeps the rest: replies differ in which fields they have.
pub fn take_told<T>(rows: &[FieldSpec<T>], onto: &mut T, from: &T) {
    for row in rows.iter().filter(|row| (row.get)(from).is_some()) {
        (row.copy)(onto, from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Profile;

    #[test]
    fn a_key_is_found_by_its_name_and_other_spellings() {
        for (key, found) in [("bio", "bio"), ("Song-URL", "song_url"), ("intrests", "interests"), (" avatar ", "avatar_url")] {
            assert_eq!(by_key(PROFILE, key).unwrap().key, found, "{key}");
        }
    }

    #[test]
    fn a_wrong_key_gets_the_one_probably_meant_or_all() {
        let sentence = |key: &str| by_key(PROFILE, key).unwrap_err().to_string();
        assert_eq!(sentence("song_ulr"), "there is no field \"song_ulr\"; did you mean song_url?");
        assert_eq!(sentence("zipcode"), "there is no field \"zipcode\"; did you mean zip_code?");
        assert!(sentence("q").contains("the fields are name, email"), "{}", sentence("q"));
        assert!(!sentence("q\u{1b}[31m").contains('\u{1b}'));
    }

    #[test]
    fn only_what_differs_is_sent_and_not_told_is_no_change() {
        let base = Profile { name: Some("Isaac".into()), bio: Some("Hi\n".into()), ..Profile::default() };
        let mut mine = Profile { zip_code: Some("".into()), bio: Some("Hi".into()), ..base.clone() };
        assert_eq!(changes_only(PROFILE, &base, &mine), Profile::default());
        mine.name = Some("Isa".into());
        mine.disable_favorite_notification = Some(false);
        let expected = Profile { name: Some("Isa".into()), disable_favorite_notification: Some(false), ..Profile::default() };
        assert_eq!(changes_only(PROFILE, &base, &mine), expected);
    }

    #[test]
    fn a_reply_that_tells_less_takes_nothing_away() {
        let mut all = Profile { name: Some("Isaac".into()), group_notification_sound: Some("gm6.wav".into()), ..Profile::default() };
        take_told(PROFILE, &mut all, &Profile { name: Some("Isa".into()), bio: Some("".into()), ..Profile::default() });
        let expected = Profile {
            name: Some("Isa".into()),
            bio: Some("".into()),
            group_notification_sound: Some("gm6.wav".into()),
            ..Profile::default()
        };
        assert_eq!(all, expected);
    }
}
