//! Unsaved edits in words: what the header counts, the profile shows beside its values, and the review asks about.
//!
//! One idea for the whole program: a screen tells its own, `app` adds them up. Net: what was changed and changed back is nothing.

use std::collections::BTreeMap;

use super::draft::DraftKind;
use crate::domain::{Id, SafeText};

/// One difference between what the server told and what the user made of it, readable as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnsavedChange {
    /// The field, or what kind of change it is.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Where the user started.
    pub old: Option<SafeText>,
    /// What the user made of it.
    pub new: Option<SafeText>,
    /// What the server has now, where that is neither.
    pub theirs: Option<SafeText>,
    /// The difference in words.
    pub note: Option<SafeText>,
}

/// The unsaved edits of one screen.
#[derive(Clone, Debug, PartialEq)]
pub struct UnsavedSection {
    /// Which screen's.
    pub kind: DraftKind,
    /// What stands above them.
    pub title: SafeText,
    /// Field by field.
    pub changes: Vec<UnsavedChange>,
    /// What to know before they are sent.
    pub warnings: Vec<SafeText>,
}

/// What is unsaved in the whole program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unsaved {
    counts: BTreeMap<DraftKind, usize>,
    pending: BTreeMap<&'static str, SafeText>,
}

impl Unsaved {
    /// Adds up what the screens tell: how much each has, and what fields are to become.
    pub fn new(counts: impl IntoIterator<Item = (DraftKind, usize)>, pending: impl IntoIterator<Item = (&'static str, SafeText)>) -> Self {
        Self { counts: counts.into_iter().filter(|(_, count)| *count > 0).collect(), pending: pending.into_iter().collect() }
    }

    /// How many differences there are in all.
    pub fn count(&self) -> usize {
        self.counts.values().sum()
    }

    /// The screens that have some, and how many.
    pub fn kinds(&self) -> impl Iterator<Item = (DraftKind, usize)> {
        self.counts.iter().map(|(kind, count)| (*kind, *count))
    }

    /// Whether a screen has some.
    pub fn has(&self, kind: DraftKind) -> bool {
        self.counts.contains_key(&kind)
    }

    /// What a field is to become, if it is changed.
    pub fn pending(&self, field: &str) -> Option<&SafeText> {
        self.pending.get(field)
    }
}

/// An earlier state that is to come back.
#[derive(Clone, Debug, PartialEq)]
pub enum StagedState {
    /// Fields of the profile, in their text forms.
    Profile(Vec<(&'static str, String)>),
    /// Fields of the campus profile, in their text forms.
    Campus(Vec<(&'static str, String)>),
    /// The pins in their order.
    Pins(Vec<Id>),
}

impl StagedState {
    /// The screen it is for.
    pub fn kind(&self) -> DraftKind {
        match self {
            Self::Profile(_) => DraftKind::Profile,
            Self::Campus(_) => DraftKind::Campus,
            Self::Pins(_) => DraftKind::Pins,
        }
    }
}
