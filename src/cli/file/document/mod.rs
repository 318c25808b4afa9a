//! The profile as a TOML file: tables `profile`, `campus` and `pins`, keys as the API has them, names of codes as comments.
//!
//! Text in, values out, and back; reads and writes no file. The token and the share link never are in it.

mod read;
mod write;

pub(super) use read::{FileContents, read};
pub(super) use write::write;

use crate::domain::campus::CampusForm;
use crate::domain::{Id, Profile, SafeText};

/// Everything of an account that a file can hold.
#[derive(Clone, Debug)]
pub(super) struct AccountDocument {
    pub(super) profile: Profile,
    pub(super) campus: CampusForm,
    /// Pinned conversations with their names, where known.
    pub(super) pins: Vec<(Id, Option<SafeText>)>,
    /// What no reading tells, as a save told it last: comments, for nobody knows whether it is so still.
    pub(super) kept: Profile,
}

#[cfg(test)]
mod tests;
