//! The one place where the HTTP library's errors become Lapel's: without addresses, as short causes.

use std::error::Error;
use std::iter::successors;

use crate::api::{ApiError, Call};
use crate::domain::SafeText;
use crate::io::words::words;

/// A failed try.
#[derive(Debug)]
pub(super) struct AttemptError {
    pub(super) error: ApiError,
    /// Whether the same request may well succeed in a moment.
    pub(super) transient: bool,
}

impl From<ApiError> for AttemptError {
    fn from(error: ApiError) -> Self {
        let transient = matches!(error, ApiError::Busy { .. } | ApiError::Failing { .. });
        Self { error, transient }
    }
}

/// What the library's error means for this call. Its own text would hold the whole address, so the causes below it are told.
pub(super) fn transport(call: &Call, host: &str, error: reqwest::Error) -> AttemptError {
    let error = error.without_url();
    let never_sent = error.is_connect() || error.is_builder();
    let causes = || successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    if (never_sent || !call.is_write())
        && let Some(tls) = causes().find_map(tls_error)
    {
        return ApiError::Tls { host: SafeText::line(host), reason: SafeText::line(tls.to_string()) }.into();
    }
    if error.is_timeout() {
        return if never_sent { offline("no connection in time", false) } else { no_answer(call) };
    }
    if !never_sent && error.is_decode() && !causes().any(<dyn Error>::is::<hyper::Error>) {
        return unreadable(call, "it could not be decompressed");
    }
    let mut told: Vec<String> = causes().map(words).filter(|cause| !cause.starts_with("client error")).collect();
    told.dedup();
    let reason = if told.is_empty() { words(&error) } else { told.join(": ") };
    if call.is_write() && !never_sent { unknown(&reason) } else { offline(&reason, true) }
}

/// The time for this call is over, and it may have been carried out.
pub(super) fn no_answer(call: &Call) -> AttemptError {
    let reason = "no complete answer in time";
    if call.is_write() { unknown(reason) } else { offline(reason, false) }
}

/// An answer that cannot be understood whatever it says.
pub(super) fn unreadable(call: &Call, reason: &str) -> AttemptError {
    if call.is_read() { ApiError::garbled(reason).into() } else { unknown(reason) }
}

fn unknown(reason: &str) -> AttemptError {
    ApiError::Unknown { reason: SafeText::line(reason) }.into()
}

fn offline(reason: &str, transient: bool) -> AttemptError {
    AttemptError { error: ApiError::Offline { reason: SafeText::line(reason) }, transient }
}

/// The TLS library's error, which I/O errors may be wrapped around, hiding it from the chain.
fn tls_error<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut cause = cause;
    while let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        cause = inner;
    }
    cause.downcast_ref()
}
