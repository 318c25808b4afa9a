//! What time it is, and in which zone: the one clock of everything that is not pure.
//!
//! The program's start asks the system for it, and it is handed down from there with the paths; nobody else asks, so that the day of
//! a test is its own. How long something takes is measured elsewhere, by clocks that know no date.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A clock that goes, or one that stands still.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    stopped: Option<Timestamp>,
    zone: TimeZone,
}

impl Clock {
    /// The system's.
    pub fn system() -> Self {
        Self { stopped: None, zone: TimeZone::system() }
    }

    /// One that stands still, for tests.
    pub fn stopped(at: Timestamp, zone: TimeZone) -> Self {
        Self { stopped: Some(at), zone }
    }

    /// The beginning of 1970 in Greenwich.
    #[cfg(test)]
    pub(crate) fn of_tests() -> Self {
        Self::stopped(Timestamp::UNIX_EPOCH, TimeZone::UTC)
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.stopped.unwrap_or_else(Timestamp::now)
    }

    /// The year in the zone.
    pub fn year(&self) -> i16 {
        self.now().to_zoned(self.zone.clone()).year()
    }

    /// Where times are shown.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}
