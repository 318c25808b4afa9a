//! What stands between a person and their token, and what to do about it.

use super::place::TokenLocation;
use crate::domain::SafeText;
use crate::io::file::FileError;

/// Why a token could not be had, stored or removed. No text in here can hold a token.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TokenError {
    /// Something is there, but not a token.
    #[error("what is in {place} is no token: {why}")]
    NotAToken {
        /// Where.
        place: TokenLocation,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file or folder is not private.
    #[error("{what}, so its token is not used: run `{mend}`, and get a new token at dev.groupme.com if a stranger may have read it")]
    Exposed {
        /// What others can do.
        what: SafeText,
        /// The command that mends it.
        mend: SafeText,
    },
    /// A file is not what Lapel wrote there.
    #[error("{path} is {what}; remove it, then run `lapel login`")]
    Strange {
        /// The file.
        path: SafeText,
        /// What it is.
        what: &'static str,
    },
    /// The command gave no token.
    #[error("token_command {0}; run it in a shell to see more, or set GROUPME_TOKEN")]
    Command(SafeText),
    /// The command could be somebody else's.
    #[error("token_command is not run, since others can write {path}: run `{mend}` once you have looked at the command")]
    Planted {
        /// The file of settings, or its folder.
        path: SafeText,
        /// The command that mends it.
        mend: SafeText,
    },
    /// The keyring is there and does not work.
    #[error("the system keyring {0}; unlock it and try again, or set GROUPME_TOKEN")]
    Keyring(SafeText),
    /// The keyring is not there.
    #[error("there is no system keyring here")]
    NoKeyring,
    /// The list of accounts was not used.
    #[error("the list of accounts that are signed in was not used: {0}; run `lapel login` to sign in again")]
    List(SafeText),
    /// A token is not where the list of accounts says it is.
    #[error("the token of {name} is no longer in {place}; run `lapel login`")]
    Gone {
        /// Whose.
        name: SafeText,
        /// Where it was.
        place: TokenLocation,
    },
    /// A token is in a keyring, and there is none here.
    #[error("the token of {0} is in a system keyring that is not to be had here; run `lapel login`, or set GROUPME_TOKEN")]
    Elsewhere(SafeText),
    /// A place that cannot be written.
    #[error("Lapel cannot store a token in {0}")]
    ReadOnly(TokenLocation),
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
}
