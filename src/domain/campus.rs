//! The campus profile: majors, graduation year, visibility, and the school they belong to.
//!
//! Holds the rules of which values the directory accepts, and in which order a change keeps to them. Must not know how a call is sent.

mod plan;
mod rows;

pub use plan::{CampusWrite, plan};
pub use rows::{CAMPUS, CampusForm};

use super::field::{FieldError, FieldValue};
use super::{Id, RawText, SafeText};

/// The tags inside the campus directory, as `users/me` tells them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Campus {
    /// Codes of the majors; names come from the list of majors.
    pub major_codes: Option<Vec<Id>>,
    /// Year the account graduates; none when not shown (the service writes "" or null then).
    pub graduation_year: Option<u16>,
    /// Who in the directory sees the profile.
    pub visibility: Option<Visibility>,
}

impl Campus {
    /// Whether the account may have a campus profile: not if it is in no school (none: that could not be read) and tells nothing of
    /// a profile either. Either source may be behind.
    pub fn is_possible(&self, schools: Option<&[School]>) -> bool {
        // An account that never was in a school is told as hidden too.
        let visible = self.visibility.as_ref().is_some_and(|visibility| *visibility != Visibility::Hidden);
        let tagged = self.graduation_year.is_some() || self.major_codes.as_ref().is_some_and(|codes| !codes.is_empty());
        visible || tagged || schools.is_none_or(|schools| !schools.is_empty())
    }

    /// Whether the directory accepts these values together: see [`Visibility::allowed`].
    ///
    /// # Errors
    /// What is missing, in words for the person choosing.
    pub fn allowed(&self) -> Result<(), &'static str> {
        let majors = self.major_codes.as_ref().map_or(0, Vec::len);
        self.visibility.as_ref().map_or(Ok(()), |visibility| visibility.allowed(majors, self.graduation_year))
    }
}

/// `campus_profile_visibility` (specification, "Set Graduation Year and Domain Visibility").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody.
    Hidden,
    /// People of the same graduation year; needs a year.
    GraduationYear,
    /// People of the same major; needs at least one major.
    Major,
    /// Everyone in the directory.
    Visible,
    /// A word this version does not know: shown and kept, never offered.
    Other(RawText),
}

impl Visibility {
    /// The levels a person can choose, from nobody to everyone.
    pub const OFFERED: [Self; 4] = [Self::Hidden, Self::GraduationYear, Self::Major, Self::Visible];

    /// Whether the directory accepts this level along with so many majors and this year (specification, "Set Graduation Year and
    /// Domain Visibility"). Nothing is known against a level this version does not know.
    ///
    /// # Errors
    /// What is missing, in words for the person choosing.
    pub fn allowed(&self, majors: usize, year: Option<u16>) -> Result<(), &'static str> {
        match self {
            Self::GraduationYear if year.is_none() => Err("needs a graduation year: set one first, or choose another visibility"),
            Self::Major if majors == 0 => Err("needs at least one major: add one first, or choose another visibility"),
            _ => Ok(()),
        }
    }

    /// Reads the API's word; unknown words are kept.
    pub fn from_word(word: &str) -> Self {
        match word {
            "hidden" => Self::Hidden,
            "graduation_year" => Self::GraduationYear,
            "major" => Self::Major,
            "visible" => Self::Visible,
            other => Self::Other(RawText::from(other)),
        }
    }

    /// The API's word.
    pub fn word(&self) -> &str {
        match self {
            Self::Hidden => "hidden",
            Self::GraduationYear => "graduation_year",
            Self::Major => "major",
            Self::Visible => "visible",
            Self::Other(word) => word.raw(),
        }
    }

    /// Who sees the profile, in words.
    pub fn meaning(&self) -> &'static str {
        match self {
            Self::Hidden => "hidden: nobody",
            Self::GraduationYear => "graduation year: people of your year",
            Self::Major => "major: people of your major",
            Self::Visible => "visible: everyone at your school",
            Self::Other(_) => "a level this version does not know",
        }
    }
}

/// The earliest year the directory takes.
const FIRST_YEAR: u16 = 1900;

/// A graduation year from 1900 to ten years after `this_year`, or none.
///
/// # Errors
/// A sentence with the range.
fn year(value: &FieldValue, this_year: i16) -> Result<FieldValue, FieldError> {
    let last = u16::try_from(this_year).unwrap_or(FIRST_YEAR).saturating_add(10);
    match value {
        FieldValue::Year(None) => Ok(value.clone()),
        FieldValue::Year(Some(year)) if (FIRST_YEAR..=last).contains(year) => Ok(value.clone()),
        _ => Err(FieldError::new(format!("write a year from {FIRST_YEAR} to {last}, or nothing to show none"))),
    }
}

/// A school whose directory the account is in (`GET /v3/directories`).
#[derive(Clone, Debug, PartialEq)]
pub struct School {
    /// The directory's id.
    pub id: Id,
    /// Full name.
    pub name: RawText,
    /// Like `State U`.
    pub short_name: Option<RawText>,
}

/// A field of study that can be tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Major {
    /// What requests and `major_codes` use.
    pub code: Id,
    /// Name for people.
    pub name: RawText,
    /// Group it is listed under, when told.
    pub category: Option<RawText>,
}

impl Major {
    /// What finds it besides its name: its code and its group.
    pub fn also(&self) -> SafeText {
        let category = self.category.as_ref().map(RawText::line).unwrap_or_default();
        SafeText::line(format!("{} {category}", self.code.shown()))
    }
}

/// An interest that can be tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    /// What requests and replies use.
    pub id: Id,
    /// Name for people.
    pub name: RawText,
    /// Group it is listed under, when told.
    pub category: Option<RawText>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::FieldKind;

    #[test]
    fn a_year_is_within_the_range_or_not_shown() {
        let read = |text| year(&FieldKind::Year.read(text, None), 2026);
        for (text, expected) in [("", None), (" none ", None), ("1900", Some(1900)), ("2027", Some(2027)), (" 2036", Some(2036))] {
            assert_eq!(read(text), Ok(FieldValue::Year(expected)), "{text}");
        }
        for text in ["1899", "2037", "abc", "-5", "20 27", "99999", "2027.0"] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains("1900 to 2036"), "{text}: {error}");
        }
    }

    #[test]
    fn a_level_needs_what_it_is_about() {
        use Visibility::{GraduationYear, Hidden, Major, Visible};
        for (level, majors, year, allowed) in [
            (Hidden, 0, None, true),
            (Visible, 0, None, true),
            (GraduationYear, 2, None, false),
            (GraduationYear, 0, Some(2027), true),
            (Major, 0, Some(2027), false),
            (Major, 1, None, true),
            (Visibility::Other("friends".into()), 0, None, true),
        ] {
            assert_eq!(level.allowed(majors, year).is_ok(), allowed, "{level:?} with {majors} majors, {year:?}");
        }
    }

    #[test]
    fn every_word_is_read_back() {
        for level in Visibility::OFFERED.into_iter().chain([Visibility::Other("friends".into())]) {
            assert_eq!(Visibility::from_word(level.word()), level);
        }
    }
}
