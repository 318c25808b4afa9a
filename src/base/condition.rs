//! Facts about the moment that decide which actions are possible.
//!
//! A binding names the facts it needs; a missing one is the reason a person is told.

use std::borrow::Cow;

use strum::EnumIter;

use super::action::Action;
use super::scope::Scope;

/// One thing that may hold right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Condition {
    /// The account is known.
    SignedIn,
    /// No save is under way.
    NotSaving,
    /// Nothing is being carried to another place.
    HandsFree,
    /// There is a screen below this one.
    WayBack,
    /// What is on screen is not the demo.
    NotDemo,
    /// Something was changed and not saved, on whatever screen.
    Unsaved,
    /// Something on this screen was changed and not saved.
    Changed,
    /// The field under the cursor was changed.
    FieldChanged,
    /// The field under the cursor holds text that is typed.
    TypedField,
    /// The field under the cursor takes pictures.
    TakesPictures,
    /// Edits of an earlier run were found.
    EarlierEdits,
    /// The field under review changed on the server too.
    Conflict,
    /// No field under review waits for a choice.
    Settled,
    /// Sharing is on.
    Sharing,
    /// Sharing is off.
    NotSharing,
    /// SMS mode is on.
    SmsOn,
    /// The account belongs to a school.
    School,
    /// There is something to undo.
    Undoable,
    /// Something was saved in this run, so that what was before can be put back.
    SavedBefore,
    /// There is something to redo.
    Redoable,
    /// There is a row under the cursor.
    Row,
    /// It is known of every pin whether it is dead.
    PinsCertain,
    /// Pins are known to be dead, from complete listings.
    DeadPins,
}

impl Condition {
    /// Whether it is about the row or field under the cursor.
    pub fn is_of_row(self) -> bool {
        matches!(self, Self::FieldChanged | Self::TypedField | Self::TakesPictures | Self::Conflict | Self::Row)
    }

    /// What to tell somebody who asks for an action while this does not hold.
    /// `key` names the key for an action.
    pub fn missing(self, key: impl Fn(Scope, Action) -> String) -> Cow<'static, str> {
        let words = match self {
            Self::HandsFree => {
                let [drop, back] = [Action::Grab, Action::Back].map(|action| key(Scope::Carry, action));
                return format!("put down what you carry first: {drop} drops it, {back} puts it back").into();
            }
            Self::Settled => {
                let [mine, theirs] = [Action::Yours, Action::Theirs].map(|action| key(Scope::Review, action));
                return format!("fields changed on the server too; choose {mine} (mine) or {theirs} (theirs) for each, then send").into();
            }
            Self::SignedIn => "the account has not been read yet",
            Self::NotSaving => "a save is under way; wait for it to finish",
            Self::WayBack => "there is nothing to go back to: sign in, or try the demo",
            Self::NotDemo => "this is the demo",
            Self::Changed => "nothing has been changed",
            Self::Unsaved => "nothing is unsaved",
            Self::FieldChanged => "this field has not been changed",
            Self::TypedField => "this field is not typed, so an editor is of no use to it",
            Self::TakesPictures => "this field takes no picture",
            Self::EarlierEdits => "there are no unsaved edits of an earlier run",
            Self::Conflict => "only you changed this field",
            Self::Sharing => "sharing is off; turn it on first",
            Self::NotSharing => "sharing is on already",
            Self::SmsOn => "SMS mode is off",
            Self::School => "this account is in no school's directory",
            Self::SavedBefore => "nothing to undo: nothing was saved in this run",
            Self::Undoable => "nothing to undo",
            Self::Redoable => "nothing to redo",
            Self::Row => "there is nothing here to act on",
            Self::PinsCertain => "not every pin could be looked up yet",
            Self::DeadPins => "no pin is dead",
        };
        words.into()
    }
}

/// The facts that hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions(Vec<Condition>);

impl Conditions {
    /// Adds `fact` if `holds`.
    #[must_use]
    pub fn with(mut self, fact: Condition, holds: bool) -> Self {
        if holds && !self.0.contains(&fact) {
            self.0.push(fact);
        }
        self
    }

    /// Whether `fact` holds.
    pub fn hold(&self, fact: Condition) -> bool {
        self.0.contains(&fact)
    }

    /// The first of `needs` that does not hold.
    pub fn missing(&self, needs: &[Condition]) -> Option<Condition> {
        needs.iter().copied().find(|fact| !self.hold(*fact))
    }
}
