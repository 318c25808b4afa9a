//! What the screens with unsaved edits have in common, for `app` to add up, review, save and keep.

use serde_json::Value as Json;

use super::Screen;
use crate::base::{Section, Shared, Staged};

/// Edits of an earlier run that were neither restored nor discarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundEdits {
    /// When they are from and why that run ended.
    pub title: String,
    /// Whose they are, inside a sentence.
    pub of: &'static str,
    /// The keys that show them.
    pub keys: String,
}

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

    /// What was found of an earlier run and waits for a decision.
    fn found(&self, shared: &Shared) -> Option<FoundEdits>;

    /// Settles what is half done and says whether all of it can be sent; where not, says what to do and stands on it.
    fn ready(&mut self, shared: &mut Shared) -> bool;

    /// Sends what differs.
    fn send(&mut self, shared: &mut Shared);

    /// Settles a difference that is on both sides: the user's value stays, or the server's takes its place.
    fn resolve(&mut self, key: &str, mine: bool, shared: &mut Shared);

    /// Makes an earlier state unsaved edits, where it differs from what the server has now.
    fn stage(&mut self, state: &Staged, shared: &mut Shared);
}
