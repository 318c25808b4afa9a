//! What the screens with unsaved edits have in common, for `app` to add up, review, save and keep.

use serde_json::Value as Json;

use super::{Nav, Screen};
use crate::api::ApiError;
use crate::base::{Done, DraftBody, Shared, StagedState, UnsavedChange, UnsavedSection};
use crate::domain::SafeText;

/// What came of a screen's part of a save.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveOutcome {
    /// What was saved and read back, by name.
    pub saved: Vec<&'static str>,
    /// What was saved as the answer to the save tells, by name: nothing reads it back.
    pub told: Vec<&'static str>,
    /// What the server has otherwise than it was entered; the screen says why, beside each.
    pub altered: Vec<&'static str>,
    /// What was not saved, or may not have been.
    pub unsaved: Vec<&'static str>,
    /// Why not; without, it changed on both sides and only a person can decide.
    pub trouble: Option<ApiError>,
    /// A sentence about what else came with it; empty where there is nothing.
    pub also: String,
    /// Why what was there before cannot be brought back, where it cannot.
    pub unkept: Option<SafeText>,
}

/// A screen whose edits stay unsaved until they are sent.
pub trait Edits: Screen {
    /// How many differences there are to what the server told; what was changed back counts nothing.
    fn unsaved(&self) -> usize;

    /// The differences in words.
    fn section(&self, shared: &Shared) -> UnsavedSection;

    /// Changes whenever [`Edits::draft`] would tell something else.
    fn revision(&self) -> u64;

    /// Unsaved edits, for the disk; `None` when there are none.
    fn draft(&self) -> Option<DraftBody>;

    /// What a draft of an earlier run would change; none if this version cannot read it.
    fn changes_in(&self, draft: &Json, shared: &Shared) -> Option<Vec<UnsavedChange>>;

    /// Makes a draft of an earlier run unsaved edits again. What was edited since is never overwritten.
    ///
    /// # Errors
    /// What was edited since.
    fn restore(&mut self, draft: &Json, shared: &mut Shared) -> Result<(), String>;

    /// Settles what is half done and says whether all of it can be sent; where not, says what to do and stands on it.
    fn ready(&mut self, shared: &mut Shared) -> bool;

    /// Sends what differs.
    fn send(&mut self, shared: &mut Shared);

    /// Takes what came of its save; none if that was of no concern any more.
    fn saved(&mut self, done: Done, shared: &mut Shared) -> Option<SaveOutcome>;

    /// What its last save left for a person to decide, where the review of all that is unsaved does not show it; asked once.
    fn question(&mut self, _shared: &Shared) -> Option<Nav> {
        None
    }

    /// Settles a difference that is on both sides: the user's value stays, or the server's takes its place.
    fn resolve(&mut self, key: &str, mine: bool, shared: &mut Shared);

    /// Makes an earlier state unsaved edits, where it differs from what the server has now.
    fn stage(&mut self, state: &StagedState, shared: &mut Shared);
}
