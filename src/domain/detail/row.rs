//! A row of the table: what a value is called, where it stands, where it is changed, and where it is found.

use super::super::RawText;
use super::super::account::{Account, Profile};
use super::super::campus::CampusForm;
use super::super::field::FieldSpec;
use super::value::{DetailValue, of_field};

/// What stands where only the reply to a save tells a value, and none has yet.
pub const UNKNOWN: &str = "unknown until your next save";

/// The key of the moment when the settings were told. It is ours: the service has no such value.
pub const TOLD_AT: &str = "settings_told_at";

/// One value of the account.
#[derive(Clone, Copy, Debug)]
pub struct Detail {
    /// The key of `GET /v3/users/me`, or of the extended call for what only that tells.
    pub key: &'static str,
    /// Other names the API gives to the same value.
    pub aliases: &'static [&'static str],
    /// The name for people.
    pub label: &'static str,
    /// Where it stands.
    pub section: DetailSection,
    /// Where it can be changed.
    pub edit: EditTarget,
    /// Whether it is masked on screen until asked for.
    pub secret: bool,
    pub(super) source: Source,
}

/// Where a value is found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Account(fn(&Account) -> DetailValue),
    Profile(&'static FieldSpec<Profile>),
    Campus(&'static FieldSpec<CampusForm>),
}

impl Detail {
    /// Takes it out of the account.
    pub fn value(&self, account: &Account) -> DetailValue {
        let (kind, value) = match self.source {
            Source::Account(get) => return get(account),
            // What no reading tells is as old as the settings.
            Source::Profile(row) => (row.kind, (row.value)(&account.profile).or_else(|| (row.value)(&account.settings.profile))),
            Source::Campus(row) => (row.kind, (row.value)(&CampusForm { campus: account.campus.clone(), this_year: 0 })),
        };
        match value.map_or(DetailValue::None, |value| of_field(kind, value)) {
            DetailValue::None if self.key == "graduation_year" && account.facts.graduation_year_is_empty => {
                DetailValue::Text(RawText::default())
            }
            value => value,
        }
    }

    /// What is shown where it has no value.
    pub fn unset(&self) -> &'static str {
        match self.key {
            _ if self.secret => "off",
            "graduation_year" => "not shown",
            TOLD_AT => "not told yet",
            _ if self.section == DetailSection::Settings => "not told",
            _ if self.is_read() => "not set",
            _ => UNKNOWN,
        }
    }

    /// Whether reading the account tells it.
    pub fn is_read(&self) -> bool {
        self.section != DetailSection::Settings && !matches!(self.source, Source::Profile(row) if !row.route.is_read())
    }
}

/// A group of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailSection {
    /// What others see.
    Profile,
    /// The campus directory.
    Campus,
    /// The public link.
    Sharing,
    /// Messages as text messages.
    Sms,
    /// The account itself.
    Account,
    /// What no reading tells.
    Settings,
}

impl DetailSection {
    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Campus => "Campus",
            Self::Sharing => "Sharing",
            Self::Sms => "SMS mode",
            Self::Account => "Account",
            Self::Settings => "Account settings",
        }
    }
}

/// Where a value can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditTarget {
    /// In the profile form, under this field.
    Profile(&'static str),
    /// In the campus form, under this field.
    Campus(&'static str),
    /// By turning sharing on or off, or making a new link.
    Sharing,
    /// By starting or ending SMS mode.
    Sms,
    /// Nowhere in Lapel; they can be asked for.
    Settings,
    /// Nowhere in Lapel: a sentence says who changes it, or why nobody does.
    Elsewhere(&'static str),
}
