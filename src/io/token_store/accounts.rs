//! The list of accounts that are signed in to a server: who they are and where each one's token is, the one used last first.
//!
//! No secret is in it. It is what makes several accounts possible: a keyring can only be asked for what one knows to be there.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::TokenError;
use crate::domain::{Id, RawText, SafeText};
use crate::io::clock::Clock;
use crate::io::document;
use crate::io::file;
use crate::io::paths::{Identity, Paths};

/// Largest list in bytes; a thousand accounts take a tenth.
const CAP: u64 = 1 << 20;

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Its id.
    pub id: Id,
    /// Its name when it was last told.
    pub name: RawText,
    /// Whether its token is in the keyring, else in a file.
    pub(super) keyring: bool,
    /// Whether the token is where Lapel kept it when it knew one account a server.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) alone: bool,
}

impl SignedIn {
    /// Whoever the token of the time when there was one a server belongs to, as long as nobody was told.
    pub(super) fn unlisted() -> Self {
        Self { id: Id::from(""), name: RawText::default(), keyring: false, alone: true }
    }
}

/// The list of one server.
#[derive(Clone, Debug)]
pub(super) struct Accounts {
    path: PathBuf,
    nobody: Identity,
    clock: Clock,
}

impl Accounts {
    /// Names the list; touches nothing.
    pub(super) fn new(paths: &Paths, server: &str) -> Self {
        Self { path: paths.accounts_file(server), nobody: Identity::new(server, ""), clock: paths.clock().clone() }
    }

    /// The accounts, the one used last first.
    pub(super) fn read(&self) -> Result<Vec<SignedIn>, TokenError> {
        let found = document::read(&self.path, CAP, &self.nobody);
        Ok(found.map_err(|problem| TokenError::List(SafeText::line(problem.to_string())))?.map(|list| list.content).unwrap_or_default())
    }

    /// Changes the list, alone among all copies of Lapel; it is not written when nothing was changed.
    pub(super) fn change(&self, change: impl FnOnce(&mut Vec<SignedIn>)) -> Result<(), TokenError> {
        let _alone = file::lock_briefly(&self.path.with_extension("lock"))?;
        let before = self.read()?;
        let mut after = before.clone();
        change(&mut after);
        if after == before { Ok(()) } else { Ok(document::write(&self.path, CAP, &self.nobody, self.clock.now(), &after)?) }
    }
}
