//! What can go wrong with a call, as meanings a screen or an exit code can act on.
//!
//! Texts in here never hold an address with a query or a token: they are made from parts that cannot contain one.

use std::time::Duration;

use crate::domain::Shown;

/// Why a call did not do what it should.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// No token, or `GET /v3/users/me` refused it too: signing in again is needed.
    SignedOut,
    /// 401, 403 or 404 on this one call while the account itself is fine.
    Forbidden {
        /// HTTP status.
        status: u16,
        /// The service's own words, sanitised.
        messages: Vec<Shown>,
    },
    /// The service understood and refused (other 4xx).
    Rejected {
        /// HTTP status.
        status: u16,
        /// The service's own words, sanitised.
        messages: Vec<Shown>,
    },
    /// 429 or 420 that waiting did not cure.
    Busy {
        /// How long the service wants to be left alone, when it said so.
        retry_after: Option<Duration>,
    },
    /// 5xx on a read, after the retries.
    Failing {
        /// HTTP status.
        status: u16,
    },
    /// The request cannot have been carried out: no connection, or (for reads) no answer.
    Offline {
        /// The cause in a few words, without any address.
        reason: Shown,
    },
    /// The connection is not to be trusted; there is no way around it.
    Tls {
        /// The host that failed.
        host: Shown,
        /// The cause in a few words.
        reason: Shown,
    },
    /// A write may have been carried out: the answer was lost, or was 5xx. Resolved by reading, never by resending.
    Unknown {
        /// The cause in a few words.
        reason: Shown,
    },
    /// An answer this version does not understand.
    Garbled {
        /// What was wrong with it.
        reason: Shown,
    },
    /// A web page instead of an answer: a captive portal or a filter stands in between.
    LoginPage,
    /// The server wanted to send Lapel elsewhere, which it never follows.
    Redirected {
        /// The host named, without path or query.
        to: Shown,
    },
    /// The answer is about another account; nothing of it is shown or saved.
    WrongAccount,
}
