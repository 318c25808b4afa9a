//! Exit codes: a promise to scripts (the README's table is made from this file).

use serde_json::json;

use crate::api::ApiError;
use crate::io::environment::VariableError;
use crate::io::words::words;

/// The exit code of success, with its meaning.
pub const DONE: (u8, &str) = (0, "done, verified by reading back where the API allows it");

/// The exit code of a command that failed and changed nothing.
pub const FAILED: u8 = 1;

/// The exit code of a command that was used wrongly.
pub const USAGE: u8 = 2;

/// The exit code where standard output takes nothing.
const UNPRINTED: u8 = 9;

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
    (UNPRINTED, "done, but standard output could not be written"),
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
    /// After how many seconds the service wants to be asked again, where it said so.
    pub retry_after: Option<u64>,
}

impl Failure {
    fn new(code: u8, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), retry_after: None }
    }

    /// Whether it is that standard output takes nothing.
    pub(super) fn is_unprinted(&self) -> bool {
        self.code == UNPRINTED
    }

    /// It was sent, and nobody can say what became of it.
    pub fn unknown(text: impl Into<String>) -> Self {
        Self::new(6, text)
    }

    /// The same for a script, on one line.
    pub fn json(&self) -> String {
        json!({"code": self.code, "message": self.text, "retry_after": self.retry_after}).to_string()
    }

    /// Something failed and nothing was changed.
    pub fn failed(text: impl Into<String>) -> Self {
        Self::new(FAILED, text)
    }

    /// Some of it was saved and some was not, as the text says.
    pub fn partly(text: impl Into<String>) -> Self {
        Self::new(10, text)
    }

    /// The command was used wrongly, or would have to ask without a terminal.
    pub fn usage(text: impl Into<String>) -> Self {
        Self::new(USAGE, text)
    }

    /// What was to be printed could not be; what the command did before is done.
    pub fn unprinted(error: &std::io::Error) -> Self {
        Self::new(UNPRINTED, format!("standard output could not be written: {}", words(error)))
    }

    /// Something changed elsewhere; nothing was written.
    pub fn conflict(text: impl Into<String>) -> Self {
        Self::new(3, text)
    }

    /// A signal of this number ended it.
    pub fn signalled(number: u8) -> Self {
        let text = if number == 2 { "interrupted".to_owned() } else { format!("ended by signal {number}") };
        Self::new(128_u8.saturating_add(number), text)
    }

    /// Nobody is signed in.
    pub fn signed_out(text: impl Into<String>) -> Self {
        Self::new(4, text)
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
        let retry_after = if let ApiError::Busy { retry_after: Some(wait) } = &error { Some(wait.as_secs()) } else { None };
        Self { retry_after, ..Self::new(code, format!("{}; {}", error.headline(), error.hint())) }
    }
}
