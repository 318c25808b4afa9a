//! How long is waited, and what is tried again: numbers and decisions, without any clock of their own.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;

use super::fault::AttemptError;
use crate::api::{ApiError, Call, WaitReason};

/// Every limit in time of the client; the defaults are the promises of the product.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// To be connected, encryption included.
    pub connect: Duration,
    /// For a whole call other than uploads and pictures, all tries together, pauses the service asks for not counted.
    pub call: Duration,
    /// Until it is said that no answer came yet.
    pub first_word: Duration,
    /// For a picture.
    pub picture: Duration,
    /// Without progress of an upload.
    pub upload_idle: Duration,
    /// For the words of an error whose status is known already.
    pub error_body: Duration,
    /// Before the second try of a read; doubled before the third.
    pub backoff: Duration,
    /// The longest pause the service may ask for; a longer one is reported at once.
    pub longest_pause: Duration,
    /// As many requests with the token go out in a second at most.
    pub most_per_second: usize,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            call: Duration::from_secs(15),
            first_word: Duration::from_secs(4),
            picture: Duration::from_secs(60),
            upload_idle: Duration::from_secs(10),
            error_body: Duration::from_secs(2),
            backoff: Duration::from_millis(250),
            longest_pause: Duration::from_secs(60),
            most_per_second: 8,
        }
    }
}

/// Tries of a read.
const READ_TRIES: u32 = 3;
/// Tries of anything else, and only when the first was refused unread.
const OTHER_TRIES: u32 = 2;

impl Timeouts {
    /// Those of somebody who gives a call so long and no longer.
    pub fn of(call: Duration) -> Self {
        let usual = Self::default();
        Self { call, picture: call, connect: usual.connect.min(call), longest_pause: usual.longest_pause.min(call), ..usual }
    }

    /// Time for a call, uploads not counted.
    pub(super) fn total(&self, call: &Call) -> Duration {
        if matches!(call, Call::Picture(_)) { self.picture } else { self.call }
    }

    /// Whether and after how long to try again, `tries` having failed. A write is tried again only when the service refused it for
    /// coming too fast, since then it was surely not carried out.
    pub(super) fn again(&self, call: &Call, tries: u32, fault: &AttemptError) -> Option<(Duration, WaitReason)> {
        if tries >= if call.is_read() { READ_TRIES } else { OTHER_TRIES } {
            return None;
        }
        let backoff = self.backoff * 2_u32.pow(tries.saturating_sub(1));
        match &fault.error {
            ApiError::Busy { retry_after } => {
                let pause = retry_after.map_or(backoff * 4, |asked| asked.max(backoff));
                (pause <= self.longest_pause).then_some((pause, WaitReason::RateLimited))
            }
            _ if fault.transient && call.is_read() => Some((backoff, WaitReason::Retrying)),
            _ => None,
        }
    }
}

/// More than this is as good as never.
const LONGEST_RETRY_AFTER: u64 = 30 * 24 * 3600;

/// Reads `Retry-After`: seconds, or a date, which is held against the answer's own `Date`; this computer's clock may be wrong. None when
/// it says nothing.
pub(super) fn retry_after(header: &str, date: Option<&str>) -> Option<Duration> {
    let header = header.trim();
    let seconds = if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        header.parse().unwrap_or(u64::MAX)
    } else {
        let second = |date: &str| Some(DateTimeParser::new().parse_timestamp(date.trim()).ok()?.as_second());
        u64::try_from(second(header)?.saturating_sub(second(date?)?)).unwrap_or(0)
    };
    Some(Duration::from_secs(seconds.min(LONGEST_RETRY_AFTER)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SafeText;

    fn offline(transient: bool) -> AttemptError {
        AttemptError { error: ApiError::Offline { reason: SafeText::line("refused") }, transient }
    }

    fn busy(seconds: Option<u64>) -> AttemptError {
        ApiError::Busy { retry_after: seconds.map(Duration::from_secs) }.into()
    }

    #[test]
    fn a_read_gets_three_tries_with_growing_pauses() {
        let patience = Timeouts::default();
        for fault in [offline(true), ApiError::Failing { status: 503 }.into()] {
            let pauses: Vec<_> = (1..=3).map(|tries| patience.again(&Call::Me, tries, &fault)).collect();
            assert_eq!(
                pauses,
                [Some((Duration::from_millis(250), WaitReason::Retrying)), Some((Duration::from_millis(500), WaitReason::Retrying)), None]
            );
        }
    }

    #[test]
    fn what_waiting_cannot_cure_is_not_tried_again() {
        let patience = Timeouts::default();
        for fault in [offline(false), ApiError::SignedOut.into(), ApiError::LoginPage.into(), ApiError::garbled("x").into()] {
            assert_eq!(patience.again(&Call::Me, 1, &fault), None, "{fault:?}");
        }
    }

    #[test]
    fn a_write_is_tried_again_only_after_being_refused_for_haste() {
        let patience = Timeouts::default();
        let unknown = ApiError::Unknown { reason: SafeText::line("lost") };
        for call in [Call::Share(true), Call::SetPins(vec![]), Call::Upload(vec![].into())] {
            for fault in [offline(true), unknown.clone().into(), ApiError::Failing { status: 500 }.into()] {
                assert_eq!(patience.again(&call, 1, &fault), None, "{call:?} {fault:?}");
            }
            assert_eq!(patience.again(&call, 1, &busy(Some(7))), Some((Duration::from_secs(7), WaitReason::RateLimited)));
            assert_eq!(patience.again(&call, 2, &busy(Some(7))), None);
        }
    }

    #[test]
    fn a_pause_of_up_to_a_minute_is_kept_and_a_longer_one_is_not_begun() {
        let patience = Timeouts::default();
        let pause = |seconds| patience.again(&Call::Me, 1, &busy(seconds)).map(|(pause, _)| pause.as_millis());
        assert_eq!(pause(Some(60)), Some(60_000));
        assert_eq!(pause(Some(61)), None);
        assert_eq!(pause(Some(86_400)), None);
        assert_eq!(pause(None), Some(1000));
        assert_eq!(pause(Some(0)), Some(250));
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date() {
        let read = |header: &str| retry_after(header, Some("Sun, 06 Nov 1994 08:49:37 GMT")).map(|wait| wait.as_secs());
        assert_eq!(read("7"), Some(7));
        assert_eq!(read(" 120 "), Some(120));
        assert_eq!(read("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30));
        assert_eq!(read("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(read("99999999999999999999999"), Some(30 * 24 * 3600));
        for garbage in ["", "soon", "-5", "1.5", "0x10", "Sun, 99 Nov 1994"] {
            assert_eq!(read(garbage), None, "{garbage}");
        }
        for garbage in [None, Some(""), Some("today")] {
            assert_eq!(retry_after("Sun, 06 Nov 1994 08:50:07 GMT", garbage), None, "{garbage:?}");
            assert_eq!(retry_after("7", garbage), Some(Duration::from_secs(7)), "{garbage:?}");
        }
    }
}
