//! The timer that scrolls a list while something is dragged at its edge: one at a time, an older one no longer counts.

use crate::base::{Effect, Shared, Timer};
use crate::widgets::reorder::EdgeTimer;

/// The number of the timer that counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EdgeClock(u64);

impl EdgeClock {
    /// Does what the list wants done with the timer.
    pub(super) fn set(&mut self, timer: EdgeTimer, shared: &mut Shared) {
        match timer {
            EdgeTimer::Keep => {}
            EdgeTimer::Stop => self.0 += 1,
            EdgeTimer::Start(delay) => {
                self.0 += 1;
                shared.ask(Effect::After(delay, Timer::Edge(self.0)));
            }
        }
    }

    /// Whether the timer with this number counts.
    pub(super) fn counts(self, number: u64) -> bool {
        self.0 == number
    }
}
