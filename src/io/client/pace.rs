//! How fast requests may follow each other. Limits of the service are not documented; staying below them is cheaper than being told.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// A little more than a second: requests may come closer together on the way.
const WINDOW: Duration = Duration::from_millis(1100);

/// At most so many requests in any second. Who asks first goes first.
#[derive(Debug)]
pub(super) struct Pace {
    most: usize,
    /// When the last ones went, the oldest first.
    sent: Mutex<VecDeque<Instant>>,
}

impl Pace {
    /// At most `most` a second.
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.max(1), sent: Mutex::default() }
    }

    /// Waits until another request may go. Dropping the future loses nothing.
    pub(super) async fn turn(&self) {
        // Held while waiting, so that turns are taken in order.
        let mut sent = self.sent.lock().await;
        if let Some(earliest) = sent.len().checked_sub(self.most).and_then(|at| sent.get(at)) {
            sleep_until(*earliest + WINDOW).await;
        }
        let now = Instant::now();
        sent.retain(|at| *at + WINDOW > now);
        sent.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_than_the_limit_and_a_few_go_at_once() {
        let pace = Pace::new(8);
        let start = Instant::now();
        let mut sent = Vec::new();
        for _ in 0..100 {
            pace.turn().await;
            sent.push(Instant::now());
        }
        assert_eq!(sent[7], start, "a start is not held up");
        for (at, later) in sent.iter().zip(&sent[8..]) {
            assert!(later.duration_since(*at) > Duration::from_secs(1));
        }
        assert!(sent[98].duration_since(start) < Duration::from_secs(20));
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_that_is_given_up_costs_nobody_anything() {
        let pace = Pace::new(1);
        pace.turn().await;
        let start = Instant::now();
        assert!(tokio::time::timeout(Duration::from_millis(10), pace.turn()).await.is_err());
        pace.turn().await;
        assert_eq!(start.elapsed(), WINDOW);
    }
}
