//! Where a token is or may be kept.

use std::fmt;
use std::path::PathBuf;

use crate::io::file;

/// The variable that comes before every other place.
pub const VARIABLE: &str = "GROUPME_TOKEN";

/// Where a token is or may be kept. Its `Display` continues a sentence like "the token is in …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenLocation {
    /// `GROUPME_TOKEN`.
    Environment,
    /// The setting `token_command`.
    Command,
    /// The operating system's secret store.
    Keyring,
    /// A file only its owner can read.
    File(PathBuf),
}

impl fmt::Display for TokenLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => write!(f, "the environment variable {VARIABLE}"),
            Self::Command => f.write_str("the command set as token_command"),
            Self::Keyring => f.write_str("the system keyring"),
            Self::File(path) => write!(f, "the file {}, which only you can read", file::shown(path)),
        }
    }
}
