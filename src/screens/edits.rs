//! What the screens with unsaved edits have in common, for `app` to add up, review, save and keep.

use serde_json::Value as Json;

use super::Screen;
use crate::base::{Change, Section, Shared, Staged};

/// A screen whose edits stay unsaved until they are sent.
pub trait Edits: Screen {
    /// How many differences there are to what the server told; what was changed back counts nothing.
    fn unsaved(&self) -> usize;

    /// The differences in words.
    fn section(&self, shared: &Shared) -> Section;

    /// Changes whenever [`Edits::draft`] would tell something else.
    fn revision(&self) -> u64;

    /// Unsaved edits, for the disk; `None` when there are none.
    fn draft(&self) -> Option<Json>;

    /// What a draft of an earlier run would change; none if this version cannot read it.
    fn changes_in(&self, draft: &Json, shared: &Shared) -> Option<Vec<Change>>;

    /// Makes a draft of an earlier run unsaved edits again. What was edited since is never overwritten.
    ///
    /// # Errors
    /// What was edited since.
    fn restore(&mut self, draft: &Json, shared: &mut Shared) -> Result<(), String>;

    /// Settles what is half done and says whether all of it can be sent; where not, says what to do and stands on it.
    fn ready(&mut self, shared: &mut Shared) -> bool;

    /// Sends what differs.
    fn send(&mut self, shared: &mut Shared);

    /// Settles a difference that is on both sides: the user's value stays, or the server's takes its place.
    fn resolve(&mut self, key: &str, mine: bool, shared: &mut Shared);

    /// Makes an earlier state unsaved edits, where it differs from what the server has now.
    fn stage(&mut self, state: &Staged, shared: &mut Shared);
}
