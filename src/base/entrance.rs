//! The ways into a session other than typing a token, and what becomes of a token that was typed.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::domain::{Id, RawText, SafeText, Token};

/// Whose session is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum SignInReason {
    /// At the start: this account's, or else that of whoever was signed in last.
    First(Option<Id>),
    /// That of an account that is signed in; from now on it is the one used at the start.
    Account(Id),
    /// The built-in sandbox's.
    Demo,
}

/// A session that can be begun.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSession {
    /// The token.
    pub token: Token,
    /// Whose it is, as far as is known without asking the service.
    pub account: Option<Id>,
    /// What an earlier run knew of the account, and when.
    pub cache: Option<(Json, Timestamp)>,
}

/// A token that the service has accepted, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct AcceptedToken {
    /// The token.
    pub token: Token,
    /// The account's id.
    pub account: Id,
    /// The account's name.
    pub name: RawText,
}

/// What became of an accepted token.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenStored {
    /// It is kept; says where.
    Kept(SafeText),
    /// It is not kept.
    NotKept {
        /// What was to be kept.
        accepted: AcceptedToken,
        /// Why not.
        why: SafeText,
        /// The file it could be kept in.
        file: SafeText,
    },
}
