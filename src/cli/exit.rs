//! Exit codes: a promise to scripts (the README's table is made from this file).

use crate::api::ApiError;
use crate::io::environment::VariableError;
use crate::io::words::words;

/// The exit code of success, with its meaning.
pub const DONE: (u8, &str) = (0, "done, verified by reading back where the API allows it");

/// The exit code of a command that failed and changed nothing.
pub const FAILED: u8 = 1;

/// The exit code of a command that was used wrongly.
pub const USAGE: u8 = 2;

/// Every other exit code, with its meaning.
pub const CODES: &[(u8, &str)] = &[
    (1, "failed, nothing changed"),
    (2, "usage error, or input needed without a terminal"),
    (3, "conflict: changed elsewhere, not written"),
    (4, "not signed in, or the token was refused"),
    (5, "unreachable or timed out before anything was sent"),
    (6, "outcome unknown: it may have been applied and the read-back failed"),
    (7, "rate limited"),
    (8, "the server answered something this version does not understand"),
    (9, "done, but standard output could not be written"),
    (10, "partly saved; the message names what was not"),
    (143, "ended by the signal TERM; by another one, 128 and its number"),
];

/// Why a command did not do what it should.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The process's exit code, one of [`CODES`] or, where a signal ended it, 128 and the signal's number.
    pub code: u8,
    /// What to say on standard error, sanitised.
    pub text: String,
}

impl Failure {
    /// Something failed and nothing was changed.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { code: FAILED, text: text.into() }
    }

    /// Some of it was saved and some was not, as the text says.
    pub fn partly(text: impl Into<String>) -> Self {
        Self { code: 10, text: text.into() }
    }

    /// The command was used wrongly, or would have to ask without a terminal.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: USAGE, text: text.into() }
    }

    /// What was to be printed could not be; what the command did before is done.
    pub fn unprinted(error: &std::io::Error) -> Self {
        Self { code: 9, text: format!("standard output could not be written: {}", words(error)) }
    }

    /// Something changed elsewhere; nothing was written.
    pub fn conflict(text: impl Into<String>) -> Self {
        Self { code: 3, text: text.into() }
    }

    /// A signal of this number ended it.
    pub fn signalled(number: u8) -> Self {
        Self {
            code: 128_u8.saturating_add(number),
            text: if number == 2 { "interrupted".to_owned() } else { format!("ended by signal {number}") },
        }
    }

    /// Nobody is signed in.
    pub fn signed_out(text: impl Into<String>) -> Self {
        Self { code: 4, text: text.into() }
    }
}

impl From<VariableError> for Failure {
    fn from(error: VariableError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let code = match &error {
            ApiError::Forbidden { .. }
            | ApiError::Unattested
            | ApiError::Rejected { .. }
            | ApiError::Failing { .. }
            | ApiError::NotMade { .. }
            | ApiError::BadPicture { .. }
            | ApiError::ForeignPicture { .. } => 1,
            ApiError::SignedOut => 4,
            ApiError::Offline { .. } | ApiError::Tls { .. } => 5,
            ApiError::Unknown { .. } => 6,
            ApiError::Busy { .. } => 7,
            ApiError::Garbled { .. } | ApiError::LoginPage | ApiError::Redirected { .. } | ApiError::WrongAccount => 8,
        };
        Self { code, text: format!("{}; {}", error.headline(), error.hint()) }
    }
}
