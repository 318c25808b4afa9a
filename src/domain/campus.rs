//! The campus profile: majors, graduation year, visibility, and the school they belong to.
//!
//! Holds the rules of which values the directory accepts. Must not know which call writes what.

use super::{Id, Text};

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
    Other(Text),
}

impl Visibility {
    /// Reads the API's word; unknown words are kept.
    pub fn from_word(word: &str) -> Self {
        match word {
            "hidden" => Self::Hidden,
            "graduation_year" => Self::GraduationYear,
            "major" => Self::Major,
            "visible" => Self::Visible,
            other => Self::Other(Text::from(other)),
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

/// A school whose directory the account is in (`GET /v3/directories`).
#[derive(Clone, Debug, PartialEq)]
pub struct School {
    /// The directory's id.
    pub id: Id,
    /// Full name.
    pub name: Text,
    /// Like `State U`.
    pub short_name: Option<Text>,
}

/// A field of study that can be tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Major {
    /// What requests and `major_codes` use.
    pub code: Id,
    /// Name for people.
    pub name: Text,
    /// Group it is listed under, when told.
    pub category: Option<Text>,
}

/// An interest that can be tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    /// What requests and replies use.
    pub id: Id,
    /// Name for people.
    pub name: Text,
    /// Group it is listed under, when told.
    pub category: Option<Text>,
}
