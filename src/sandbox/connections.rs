//! The open connections: no more than so many, none that keeps the server waiting for ever, and always a place for the next client.
//!
//! Knows who waits for whom and since when; not what is said.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};

/// Most connections at a time; well below the usual 1024 file handles of a process.
const MOST: usize = 512;

/// When all places are taken, a newcomer gets that of the client that has kept the server waiting longest for a request, if longer than
/// this; for a body clients have more time.
const GRACE: Duration = Duration::from_millis(200);
const BODY_GRACE: Duration = Duration::from_secs(1);

/// One connection, as far as waiting goes.
#[derive(Debug)]
pub(super) struct Line(Mutex<Waiting>);

#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// The client waits for the server.
    No,
    /// For a request, or for the last answer to be taken.
    ForRequest(Instant),
    /// For a body.
    ForBody(Instant),
    /// A scripted fault takes its time.
    Scripted(Instant),
}

impl Line {
    fn new() -> Self {
        Self(Mutex::new(Waiting::ForRequest(Instant::now())))
    }

    fn set(&self, waiting: Waiting) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = waiting;
    }

    fn get(&self) -> Waiting {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The server is at work.
    pub(super) fn works(&self) {
        self.set(Waiting::No);
    }

    /// The answer was handed over; what comes next is the client's business.
    pub(super) fn waits(&self) {
        self.set(Waiting::ForRequest(Instant::now()));
    }

    /// The head is there, the body not yet.
    pub(super) fn waits_for_body(&self) {
        self.set(Waiting::ForBody(Instant::now()));
    }

    /// A fault holds the connection on purpose.
    pub(super) fn is_held(&self) {
        self.set(Waiting::Scripted(Instant::now()));
    }

    /// Returns once the client has kept the server waiting for longer than `patience`. Bodies are timed where they are read.
    pub(super) async fn overdue(&self, patience: Duration) {
        loop {
            let until = match self.get() {
                Waiting::ForRequest(since) => since + patience,
                _ => Instant::now() + patience,
            };
            if until <= Instant::now() {
                return;
            }
            sleep_until(until).await;
        }
    }

    /// How much a newcomer is preferred to this one; none if not at all.
    fn claim(&self, now: Instant) -> Option<(u8, Duration)> {
        let (rank, grace, since) = match self.get() {
            Waiting::No => return None,
            Waiting::ForRequest(since) => (2, GRACE, since),
            Waiting::ForBody(since) => (1, BODY_GRACE, since),
            Waiting::Scripted(since) => (0, BODY_GRACE, since),
        };
        let age = now.saturating_duration_since(since);
        (age > grace).then_some((rank, age))
    }
}

/// All of them; dropping this ends them.
#[derive(Debug, Default)]
pub(super) struct Connections {
    tasks: JoinSet<()>,
    open: Vec<(Arc<Line>, AbortHandle)>,
}

impl Connections {
    /// Runs one more, for which there is room.
    pub(super) fn add<F: Future<Output = ()> + Send + 'static>(&mut self, run: impl FnOnce(Arc<Line>) -> F) {
        let line = Arc::new(Line::new());
        let handle = self.tasks.spawn(run(Arc::clone(&line)));
        self.open.push((line, handle));
    }

    /// Returns when one has ended; never when there is none.
    pub(super) async fn ended(&mut self) {
        if self.tasks.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Returns when there is room for one more.
    pub(super) async fn room(&mut self) {
        while self.open.len() >= MOST {
            self.open.retain(|(_, handle)| !handle.is_finished());
            if self.open.len() < MOST || self.end_one() {
                return;
            }
            tokio::select! {
                () = sleep(GRACE / 4) => {}
                _ = self.tasks.join_next() => {}
            }
        }
    }

    /// Ends the one that deserves it most, if any does.
    pub(super) fn end_one(&mut self) -> bool {
        let now = Instant::now();
        let claims = self.open.iter().enumerate().filter_map(|(place, (line, _))| Some((line.claim(now)?, place)));
        let Some((_, place)) = claims.max() else { return false };
        self.open.swap_remove(place).1.abort();
        true
    }
}
