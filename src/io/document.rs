//! A JSON document of one account: what drafts, cache and history have in common.
//!
//! Every document says its version, its server and its account. One that is damaged, too large, from a newer Lapel or of somebody
//! else is moved aside and reported, never overwritten.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::file::{self, FileError};
use super::paths::Identity;

/// The version this Lapel writes; raised when an older one could not read the result.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    version: u32,
    server: String,
    account: String,
    saved_at: i64,
    content: T,
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// A document as it was read.
#[derive(Debug)]
pub(super) struct Document<T> {
    /// Seconds since 1970.
    pub saved_at: i64,
    pub content: T,
}

/// Why a document on disk was not used.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// It was moved aside.
    Aside {
        /// What was wrong with it, as the middle of a sentence.
        why: &'static str,
        /// Where it was.
        from: PathBuf,
        /// Where it is now.
        to: PathBuf,
    },
    /// It could not be read, or not be moved aside. It is where it was.
    Unusable(FileError),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aside { why, from, to } => write!(f, "{} {why}; it is kept as {}", file::shown(from), file::shown(to)),
            Self::Unusable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Problem {}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        Self::Unusable(error)
    }
}

/// Writes a document of at most `cap` bytes, dated `at`.
pub(super) fn write<T: Serialize>(path: &Path, cap: u64, identity: &Identity, at: Timestamp, content: &T) -> Result<(), FileError> {
    let envelope = Envelope {
        version: VERSION,
        server: identity.server.clone(),
        account: identity.account.as_str().to_owned(),
        saved_at: at.as_second(),
        content,
    };
    let bytes = serde_json::to_vec(&envelope).map_err(|cause| FileError::new("write", path, &cause.into()))?;
    if bytes.len() as u64 > cap {
        let cause = std::io::Error::other(format!("more than {cap} bytes would have to be kept"));
        return Err(FileError::new("write", path, &cause));
    }
    file::write(path, &bytes)
}

/// Reads a document of this account; `None` when there is none.
pub(super) fn read<T: DeserializeOwned>(path: &Path, cap: u64, identity: &Identity) -> Result<Option<Document<T>>, Problem> {
    let why = match file::read(path, cap) {
        Ok(None) => return Ok(None),
        Ok(Some(bytes)) => match decode(&bytes, identity) {
            Ok(document) => return Ok(Some(document)),
            Err(why) => why,
        },
        Err(error) if error.is_bad_file() => "is too large or not an ordinary file",
        Err(error) => return Err(error.into()),
    };
    let problem = match file::move_aside(path) {
        Ok(to) => Problem::Aside { why, from: path.to_owned(), to },
        Err(error) => error.into(),
    };
    tracing::warn!(%problem, "a document was not used");
    Err(problem)
}

fn decode<T: DeserializeOwned>(bytes: &[u8], identity: &Identity) -> Result<Document<T>, &'static str> {
    const DAMAGED: &str = "is damaged";
    let Version { version } = serde_json::from_slice(bytes).map_err(|_| DAMAGED)?;
    if version > VERSION {
        return Err("was written by a newer version of Lapel");
    }
    let envelope: Envelope<T> = serde_json::from_slice(bytes).map_err(|_| DAMAGED)?;
    if envelope.server != identity.server || envelope.account != identity.account.as_str() {
        return Err("belongs to another account");
    }
    Ok(Document { saved_at: envelope.saved_at, content: envelope.content })
}
