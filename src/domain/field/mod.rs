//! Fields as table rows: one row drives the form, validation, the diff, the merge, commands and files.
//!
//! A row reads and writes one member of a plain struct as a [`FieldValue`], which keeps its type; the text that a person types for it
//! is made from the value and read back in one place. **What is there already is never a change and is never judged**: every way in
//! compares first, and rules apply to what differs. Adding a field is a member of the struct and a row here. Must not know what a
//! form or a file looks like.

mod check;
mod error;
mod kind;
mod lines;
#[cfg(test)]
pub(crate) mod odd;
mod profile;
mod same;
mod value;
mod warning;

use std::fmt;

pub use error::FieldError;
pub use kind::{FieldKind, SOUNDS};
pub use profile::PROFILE;
pub use value::{FieldValue, split};
pub use warning::warnings;

pub(super) use check::ids;
pub(super) use same::{same, same_set};

use error::excerpt;

use super::text::without_bom;

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
    /// Which editor suits it, and which type its values have.
    pub kind: FieldKind,
    /// The call that takes it, and who tells it.
    pub route: FieldRoute,
    /// Whether only the account's owner sees it.
    pub private: bool,
    /// The value; none while the server has not told.
    pub value: fn(&T) -> Option<FieldValue>,
    /// Puts a value there as it is, unchecked: what the server holds may break today's rules.
    pub put: fn(&mut T, Option<FieldValue>),
    /// What a new value may be, given what is there now; the result is what is to be sent.
    pub rule: fn(&T, &FieldValue) -> Result<FieldValue, FieldError>,
    /// Whether two values mean the same.
    pub same: fn(&FieldValue, &FieldValue) -> bool,
}

/// The way of a field to the service and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRoute {
    /// `POST v2 /users/:id` takes it, `GET /v3/users/me` tells it.
    Extended,
    /// The same, and where that call is turned away `POST /v3/users/update` takes it.
    Either,
    /// `POST v2 /users/:id` takes it, and nothing but the reply to that tells it.
    ExtendedOnly,
    /// `POST /v3/users/update` takes it, `GET /v3/users/me` tells it.
    Short,
    /// The calls of the school's directory take it (`campus::plan` says which), `GET /v3/users/me` tells it.
    Directory,
}

impl FieldRoute {
    /// Whether `POST v2 /users/:id` takes the field.
    pub fn is_extended(self) -> bool {
        matches!(self, Self::Extended | Self::Either | Self::ExtendedOnly)
    }

    /// Whether `POST /v3/users/update` takes the field.
    pub fn is_short(self) -> bool {
        matches!(self, Self::Short | Self::Either)
    }

    /// Whether reading the account tells the field.
    pub fn is_read(self) -> bool {
        self != Self::ExtendedOnly
    }
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
    /// What a person would type for the value; none while the server has not told.
    pub fn text(&self, of: &T) -> Option<String> {
        (self.value)(of).map(|value| value.text())
    }

    /// Takes over what a person typed, as the rule of the field makes it. What means the same as the value there changes nothing,
    /// whatever it is.
    ///
    /// # Errors
    /// What to do; nothing changes then.
    pub fn set(&self, on: &mut T, text: &str) -> Result<(), FieldError> {
        if self.holds(on, text) {
            return Ok(());
        }
        let value = self.kind.read(without_bom(text), (self.value)(on).as_ref());
        self.take(on, &value)
    }

    /// As [`FieldSpec::set`], for a value that has its type already.
    ///
    /// # Errors
    /// What to do; nothing changes then.
    pub fn take(&self, on: &mut T, value: &FieldValue) -> Result<(), FieldError> {
        if self.same_value((self.value)(on).as_ref(), Some(value)) {
            return Ok(());
        }
        let value = (self.rule)(on, value)?;
        (self.put)(on, Some(value));
        Ok(())
    }

    /// Takes the value over from another struct as it is, unchecked.
    pub fn copy(&self, to: &mut T, from: &T) {
        (self.put)(to, (self.value)(from));
    }

    /// Whether a text form would be accepted, judged on a copy.
    ///
    /// # Errors
    /// What to do.
    pub fn check(&self, on: &T, text: &str) -> Result<(), FieldError>
    where
        T: Clone,
    {
        self.set(&mut on.clone(), text)
    }

    /// Whether a text means the value that is there.
    pub fn holds(&self, on: &T, text: &str) -> bool {
        let value = (self.value)(on);
        let printed = |form: fn(&FieldValue) -> String| same::same_text(&value.as_ref().map(form).unwrap_or_default(), text);
        let read = || self.kind.read(text, value.as_ref());
        printed(FieldValue::text) || printed(FieldValue::lines) || self.same_value(value.as_ref(), Some(&read()))
    }

    /// Whether two texts mean the same value; "not told" is as good as empty, so that neither turns into a change.
    pub fn same_text(&self, one: Option<&str>, other: Option<&str>) -> bool {
        let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
        one == other || self.same_value(Some(&self.kind.read(one, None)), Some(&self.kind.read(other, None)))
    }

    /// Whether the field means the same in both structs.
    pub fn same_in(&self, one: &T, other: &T) -> bool {
        self.same_value((self.value)(one).as_ref(), (self.value)(other).as_ref())
    }

    /// Whether two values mean the same; "not told" is as good as empty.
    fn same_value(&self, one: Option<&FieldValue>, other: Option<&FieldValue>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => one == other || (self.same)(one, other),
            (Some(value), None) | (None, Some(value)) => value.is_empty(),
            (None, None) => true,
        }
    }
}

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

/// 0 (nothing alike) to 1.
fn likeness(name: &str, wanted: &str) -> f64 {
    strsim::jaro_winkler(name, wanted)
}

/// The rows whose meaning differs between the two structs.
pub fn changed<'a, T>(rows: &'a [FieldSpec<T>], base: &T, mine: &T) -> Vec<&'a FieldSpec<T>> {
    rows.iter().filter(|row| !row.same_in(base, mine)).collect()
}

/// A struct that holds nothing but what differs from the base in these rows: what to send. None where nothing does.
pub fn changes_only<'a, T: Default + 'static>(rows: impl IntoIterator<Item = &'a FieldSpec<T>>, base: &T, mine: &T) -> Option<T> {
    let mut changes = None;
    for row in rows.into_iter().filter(|row| (row.value)(mine).is_some() && !row.same_in(base, mine)) {
        row.copy(changes.get_or_insert_with(T::default), mine);
    }
    changes
}

/// Fills in from `older` what reading the account never tells.
pub fn keep_unread<T>(rows: &[FieldSpec<T>], new: &mut T, older: &T) {
    for row in rows.iter().filter(|row| !row.route.is_read()) {
        if (row.value)(new).is_none() {
            row.copy(new, older);
        }
    }
}

/// Makes `on` what it was `then`, as far as these rows are about it. What was not told then is emptied.
///
/// Returns the rows that stay as they are, because what was there then cannot be set, with the reason.
pub fn go_back<'a, T: 'static>(
    rows: impl IntoIterator<Item = &'a FieldSpec<T>>,
    on: &mut T,
    then: &T,
) -> Vec<(&'a FieldSpec<T>, FieldError)> {
    let back = |row: &'a FieldSpec<T>| {
        let value = (row.value)(then).unwrap_or_else(|| row.kind.read("", None));
        row.take(on, &value).err().map(|why| (row, why))
    };
    rows.into_iter().filter_map(back).collect()
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
    fn what_is_there_is_no_change_whatever_it_is() {
        for profile in odd::profiles() {
            for row in PROFILE {
                let value = (row.value)(&profile);
                let mut after = profile.clone();
                let forms = value.as_ref().map_or([String::new(), String::new()], |value| [value.text(), value.lines()]);
                for text in forms {
                    // As `"$(lapel show KEY)"` gives it, and as a form has it.
                    let shell = text.trim_end_matches('\n').replace('\0', "");
                    for text in [&text, &shell] {
                        assert!(row.holds(&profile, text), "{}: {text:?}", row.key);
                        row.set(&mut after, text).unwrap();
                    }
                }
                if let Some(value) = &value {
                    row.take(&mut after, value).unwrap();
                }
                assert_eq!(after, profile, "{}", row.key);
            }
        }
    }

    #[test]
    fn only_what_differs_is_sent_and_not_told_is_no_change() {
        let base = Profile { name: Some("Isaac".into()), bio: Some("Hi\n".into()), ..Profile::default() };
        let mut mine = Profile { zip_code: Some("".into()), bio: Some("Hi".into()), ..base.clone() };
        assert_eq!(changes_only(PROFILE, &base, &mine), None);
        mine.name = Some("Isa".into());
        mine.disable_favorite_notification = Some(false);
        let expected = Profile { name: Some("Isa".into()), disable_favorite_notification: Some(false), ..Profile::default() };
        assert_eq!(changes_only(PROFILE, &base, &mine), Some(expected));
    }

    #[test]
    fn going_back_says_what_cannot_be_set_again() {
        let filled = || Profile { name: Some("Isaac".into()), email: Some("a@b.co".into()), bio: Some("new".into()), ..Profile::default() };
        let then = Profile { email: Some("".into()), photo_urls: Some(vec!["https://i.groupme.com/1".into()]), ..Profile::default() };
        let mut now = filled();
        let stay: Vec<&str> = go_back(PROFILE, &mut now, &then).into_iter().map(|(row, _)| row.key).collect();
        assert_eq!(stay, ["name", "email", "photo_urls"]);
        assert_eq!(now, Profile { bio: Some("".into()), ..filled() });
        for profile in odd::profiles() {
            let mut same = profile.clone();
            assert_eq!(go_back(PROFILE, &mut same, &profile), []);
            assert_eq!(same, profile);
        }
    }

    #[test]
    fn what_no_reading_tells_is_kept_until_something_tells_it() {
        let sound = |name: &str| Some(crate::domain::RawText::from(name));
        let older = Profile {
            bio: Some("old".into()),
            group_notification_sound: sound("gm6.wav"),
            dm_notification_sound: sound("a.wav"),
            ..Profile::default()
        };
        let mut new = Profile { name: Some("Isa".into()), dm_notification_sound: sound("b.wav"), ..Profile::default() };
        keep_unread(PROFILE, &mut new, &older);
        let expected = Profile {
            name: Some("Isa".into()),
            group_notification_sound: sound("gm6.wav"),
            dm_notification_sound: sound("b.wav"),
            ..Profile::default()
        };
        assert_eq!(new, expected);
    }
}
