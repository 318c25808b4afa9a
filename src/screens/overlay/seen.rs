//! When a dialog that confirms something was first on screen. Keys may be there already when it opens, from a burst, a paste that forges its
//! end, or a finger that was quicker; they were typed for something else.

use jiff::{SignedDuration, Timestamp};

/// Nobody reads and answers in less.
const READING: SignedDuration = SignedDuration::from_millis(150);

/// The moment, once there was one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FirstShown(Option<Timestamp>);

impl FirstShown {
    pub(super) fn note(&mut self, now: Timestamp) {
        self.0.get_or_insert(now);
    }

    /// A clock that was set back must not lock anybody out.
    pub(super) fn is_too_new(self, now: Timestamp) -> bool {
        self.0.is_none_or(|first| (SignedDuration::ZERO..READING).contains(&now.duration_since(first)))
    }
}
