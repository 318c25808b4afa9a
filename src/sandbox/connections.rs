//! The open connections: no more than so many, none that keeps the server waiting for ever, and always a place for the next client.
//!
//! Knows who waits for whom and since when; not what is said. A connection on which nothing was said yet costs next to nothing, so that
//! many may be open; one that speaks takes one of the fewer places. Who came last gets a place first: of a flood somebody has to wait, and so
//! it is the flood.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep, sleep_until};

/// Most connections at a time, and most of them that may speak.
const MOST: usize = 6144;
const PLACES: usize = 128;

/// When all places are taken, a newcomer gets that of the client that has kept the server waiting longest for a request, if longer than
/// this. For a body clients have more time, and for the first word.
const GRACE: Duration = Duration::from_millis(50);
const LONG_GRACE: Duration = Duration::from_secs(1);

/// How often it is looked who has to go.
const LOOK: Duration = Duration::from_millis(10);

/// All of them.
#[derive(Debug)]
pub(super) struct Connections {
    open: Mutex<Open>,
    crowded: Notify,
}

#[derive(Debug)]
struct Open {
    lines: BTreeMap<u64, Arc<Connection>>,
    count: u64,
    /// Places that nobody has.
    free: usize,
    /// Who waits for one, the last one last.
    waiting: Vec<oneshot::Sender<ConnectionPermit>>,
}

/// A place to speak, given on when it is dropped.
#[derive(Debug)]
pub(super) struct ConnectionPermit(Option<Arc<Connections>>);

/// One connection, as far as waiting goes.
#[derive(Debug)]
pub(super) struct Connection {
    number: u64,
    waiting: Mutex<Waiting>,
    leave: Notify,
}

#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// The client waits for the server.
    No,
    /// For the first word.
    ForAnything(Instant),
    /// For a request, or for the last answer to be taken.
    ForRequest(Instant),
    /// For a body.
    ForBody(Instant),
    /// A scripted fault takes its time.
    Scripted(Instant),
}

impl Default for Connections {
    fn default() -> Self {
        let open = Open { lines: BTreeMap::new(), count: 0, free: PLACES, waiting: Vec::new() };
        Self { open: Mutex::new(open), crowded: Notify::new() }
    }
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when there is room for one more.
    pub(super) async fn room(&self) {
        while self.open().lines.len() >= MOST {
            self.end(1, |waiting| matches!(waiting, Waiting::ForAnything(_) | Waiting::ForRequest(_)));
            sleep(LOOK).await;
        }
    }

    /// One more.
    pub(super) fn add(&self) -> Arc<Connection> {
        let mut open = self.open();
        open.count += 1;
        let line = Connection { number: open.count, waiting: Mutex::new(Waiting::ForAnything(Instant::now())), leave: Notify::new() };
        let line = Arc::new(line);
        open.lines.insert(line.number, Arc::clone(&line));
        line
    }

    /// One less.
    pub(super) fn remove(&self, line: &Connection) {
        self.open().lines.remove(&line.number);
    }

    /// Waits for a place to speak.
    pub(super) async fn place(self: &Arc<Self>, line: &Connection) -> Option<ConnectionPermit> {
        line.works();
        let turn = {
            let mut open = self.open();
            if open.free > 0 {
                open.free -= 1;
                line.waits();
                return Some(ConnectionPermit(Some(Arc::clone(self))));
            }
            let (give, turn) = oneshot::channel();
            open.waiting.push(give);
            turn
        };
        self.crowded.notify_one();
        let place = turn.await.ok();
        line.waits();
        place
    }

    /// Makes those leave who deserve it most, as long as others wait for a place.
    pub(super) async fn usher(&self) {
        loop {
            let waiting = self.open().waiting.len();
            if waiting == 0 {
                self.crowded.notified().await;
            }
            self.end(waiting, |waiting| !matches!(waiting, Waiting::ForAnything(_)));
            sleep(LOOK).await;
        }
    }

    /// When the system has no more file handles: whoever is idle gives one back.
    pub(super) fn give_back(&self) {
        self.end(1, |_| true);
    }

    fn end(&self, count: usize, may: impl Fn(Waiting) -> bool) {
        let open = self.open();
        let now = Instant::now();
        let claims = open.lines.values().filter(|line| may(line.get())).filter_map(|line| Some((line.claim(now)?, line)));
        let mut claims: Vec<_> = claims.collect();
        claims.sort_unstable_by_key(|(claim, _)| std::cmp::Reverse(*claim));
        for (_, line) in claims.into_iter().take(count) {
            // It is on its way and not chosen again.
            line.works();
            line.leave.notify_one();
        }
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let Some(connections) = self.0.take() else { return };
        loop {
            let next = {
                let mut open = connections.open();
                let next = open.waiting.pop();
                open.free += usize::from(next.is_none());
                next
            };
            // Whoever has given up waiting is passed over.
            match next.map(|next| next.send(Self(Some(Arc::clone(&connections))))) {
                Some(Err(mut refused)) => drop(refused.0.take()),
                Some(Ok(())) | None => return,
            }
        }
    }
}

impl Connection {
    fn set(&self, waiting: Waiting) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = waiting;
    }

    fn get(&self) -> Waiting {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Returns when the connection is to end: somebody else needs its place, or the client has kept the server waiting for longer than
    /// `patience`. Bodies are timed where they are read.
    pub(super) async fn is_over(&self, patience: Duration) {
        tokio::select! {
            () = self.leave.notified() => {}
            () = self.overdue(patience) => {}
        }
    }

    async fn overdue(&self, patience: Duration) {
        loop {
            let until = match self.get() {
                Waiting::ForAnything(since) | Waiting::ForRequest(since) => since.checked_add(patience),
                _ => Instant::now().checked_add(patience),
            };
            match until {
                None => pending().await,
                Some(until) if until <= Instant::now() => return,
                Some(until) => sleep_until(until).await,
            }
        }
    }

    /// How much a newcomer is preferred to this one; none if not at all.
    fn claim(&self, now: Instant) -> Option<(u8, Duration)> {
        let (rank, grace, since) = match self.get() {
            Waiting::No => return None,
            Waiting::ForAnything(since) => (3, LONG_GRACE, since),
            Waiting::ForRequest(since) => (2, GRACE, since),
            Waiting::ForBody(since) => (1, LONG_GRACE, since),
            Waiting::Scripted(since) => (0, LONG_GRACE, since),
        };
        let age = now.saturating_duration_since(since);
        (age > grace).then_some((rank, age))
    }
}
