//! Where the editor keeps things between runs, and in the demo, which leaves nothing behind.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::domain::Id;
use crate::io::cache::Cache;
use crate::io::clock::Clock;
use crate::io::draft::FLUSH_LIMIT;
use crate::io::paths::{Identity, Paths};
use crate::io::temporary_folder::TemporaryFolder;
use crate::io::token_store::TokenStore;

/// Folders, and what may be kept in them.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folders.
    pub paths: Paths,
    /// The server's name in file names.
    pub server: String,
    /// Where tokens are; nowhere in the demo, whose token is worth nothing.
    pub tokens: Option<TokenStore>,
    /// Whether values are kept for the next start; not in the demo, whose world begins anew each time.
    pub cache: bool,
    /// The longest the end of the program waits for unsaved edits to reach the disk.
    pub flush_limit: Duration,
    /// A folder that goes when nobody uses it any more.
    _passing: Option<Arc<TemporaryFolder>>,
}

impl Disk {
    /// For accounts on the server with this name.
    pub fn new(paths: Paths, server: impl Into<String>, tokens: TokenStore) -> Self {
        Self { paths, server: server.into(), tokens: Some(tokens), cache: true, flush_limit: FLUSH_LIMIT, _passing: None }
    }

    /// For the demo: its drafts and history live as long as it does.
    ///
    /// # Errors
    /// When there is no room for that either.
    pub fn passing(clock: &Clock) -> io::Result<Self> {
        let passing = TemporaryFolder::new()?;
        let paths = Paths::under(passing.path(), clock.clone());
        Ok(Self {
            paths,
            server: "sandbox".to_owned(),
            tokens: None,
            cache: false,
            flush_limit: FLUSH_LIMIT,
            _passing: Some(Arc::new(passing)),
        })
    }

    /// What an earlier run kept of an account, and when.
    pub fn cache_of(&self, account: &Id) -> Option<(Json, Timestamp)> {
        let (values, at) = Cache::new(&self.paths, Identity::new(self.server.clone(), account.clone())).load()?;
        Some((values, Timestamp::from_second(at).ok()?))
    }
}
