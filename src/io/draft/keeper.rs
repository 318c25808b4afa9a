//! Writes drafts beside the program: on a thread of its own, because the event loop may be what has stopped.
//!
//! The thread begins with the first edit. It owns everything and takes orders from a channel, so nothing here can be locked by whoever
//! panics. It writes at most [`DELAY`] after an edit, so typing costs one write, not one a key. [`DraftKeeper::flush`] is for the last
//! moments (hang-up, suspend, panic) and never waits longer than [`FLUSH_LIMIT`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::slot::{DraftSlot, LockedBy};
use super::{CAP, DraftContent, DraftKind, StoredDraft};
use crate::base::DraftBody;
use crate::io::clock::Clock;
use crate::io::document;
use crate::io::file::{self, FileError};
use crate::io::paths::{Identity, Paths};

/// The longest an edit waits before it is written.
const DELAY: Duration = Duration::from_millis(300);

/// The longest a flush holds up the end of the program: 250 ms are promised for all of it.
pub const FLUSH_LIMIT: Duration = Duration::from_millis(200);

type OnTrouble = Box<dyn Fn(&FileError) + Send>;

/// Keeps the unsaved edits of one account on disk while it lives. Dropping it writes what is still waiting.
pub struct DraftKeeper {
    orders: Orders,
    locked_by: Option<LockedBy>,
    /// What becomes the thread once there is something to keep.
    waiting: Mutex<Option<(DraftWriter, Receiver<Order>)>>,
}

/// Can [`flush`](Flusher::flush) from anywhere, a panic hook included.
#[derive(Clone)]
pub struct Flusher(Orders);

/// The way to the thread.
#[derive(Clone)]
struct Orders {
    send: Sender<Order>,
    /// Whether there was anything to keep.
    begun: Arc<AtomicBool>,
    /// Whether the thread has written everything and ended.
    ended: Arc<AtomicBool>,
    /// The longest anybody waits for an answer.
    limit: Duration,
}

enum Order {
    /// This is being edited now, or nothing any more.
    Keep(DraftKind, Option<DraftBody>),
    /// A draft of an ended copy lives on here.
    Adopt(StoredDraft),
    /// Write everything, for this reason, and say whether it is on disk.
    Flush(String, Sender<bool>),
    /// Write what waits, give the slot back, and end.
    Stop(Sender<bool>),
}

impl DraftKeeper {
    /// Starts keeping drafts of an account. Never fails: when the disk cannot be written, edits stay in memory, every later write
    /// tries again, and `on_trouble` is called once, and once more for each trouble after a recovery. It is called from another
    /// thread and must not block.
    ///
    /// A flush waits for the disk no longer than `limit`, which is [`FLUSH_LIMIT`] but for tests on a busy disk.
    pub fn open(paths: &Paths, identity: Identity, limit: Duration, on_trouble: impl Fn(&FileError) + Send + 'static) -> Self {
        Self::start(paths, identity, limit, Box::new(on_trouble))
    }

    fn start(paths: &Paths, identity: Identity, limit: Duration, on_trouble: OnTrouble) -> Self {
        let folder = paths.drafts(&identity);
        // A failure comes up again, and is told, when there is something to write.
        let (slot, locked_by) = DraftSlot::claim(&folder).map_or((None, None), |(slot, other)| (Some(slot), other));
        let (send, orders) = mpsc::channel();
        let writer = DraftWriter {
            identity,
            clock: paths.clock().clone(),
            folder,
            slot,
            bodies: BTreeMap::new(),
            dirty: BTreeSet::new(),
            adopted: Vec::new(),
            on_trouble,
            told: false,
        };
        Self {
            orders: Orders { send, begun: Arc::default(), ended: Arc::default(), limit },
            locked_by,
            waiting: Mutex::new(Some((writer, orders))),
        }
    }

    /// Starts the thread, unless it runs.
    fn begin(&self) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((writer, orders)) = waiting else { return };
        self.orders.begun.store(true, Ordering::Release);
        let has_ended = Arc::clone(&self.orders.ended);
        let thread = thread::Builder::new().name("drafts".to_owned()).spawn(move || {
            let answer = writer.run(&orders);
            has_ended.store(true, Ordering::Release);
            drop(orders);
            let _ = answer.map(|answer| answer.send(true));
        });
        if let Err(error) = thread {
            tracing::error!(%error, "drafts are not kept: there is no thread for it");
        }
    }

    /// The other copy that edits the same account, if one does; worth telling.
    pub fn locked_by(&self) -> Option<LockedBy> {
        self.locked_by
    }

    /// Takes note of what is being edited; `None` when nothing is any more, after a verified save or an explicit discard.
    pub fn keep(&self, kind: DraftKind, body: Option<DraftBody>) {
        if body.is_some() {
            self.begin();
        }
        let _ = self.orders.send.send(Order::Keep(kind, body));
    }

    /// Goes on with a draft of an ended copy: its content becomes ours, and its file goes once ours is on disk.
    pub fn adopt(&self, draft: StoredDraft) {
        self.begin();
        let _ = self.orders.send.send(Order::Adopt(draft));
    }

    /// Writes everything at once, with the reason why the program ends or pauses; says whether it is on disk. Returns
    /// within the limit in any case.
    pub fn flush(&self, reason: &str) -> bool {
        self.flusher().flush(reason)
    }

    /// For a panic hook or a signal handler's thread.
    pub fn flusher(&self) -> Flusher {
        Flusher(self.orders.clone())
    }
}

impl Flusher {
    /// As [`DraftKeeper::flush`]; true when the keeper is gone, which has written everything then.
    pub fn flush(&self, reason: &str) -> bool {
        self.0.wait(|answer| Order::Flush(reason.to_owned(), answer))
    }
}

impl Drop for DraftKeeper {
    fn drop(&mut self) {
        self.orders.wait(Order::Stop);
    }
}

impl Orders {
    /// Gives an order and waits for the answer, within the limit: the thread may be stuck on its disk, or be the one that asks. Where
    /// nothing was ever to be kept, all of it is.
    fn wait(&self, order: impl FnOnce(Sender<bool>) -> Order) -> bool {
        if !self.begun.load(Ordering::Acquire) {
            return true;
        }
        let (answer, answered) = mpsc::channel();
        let _ = self.send.send(order(answer));
        match answered.recv_timeout(self.limit) {
            Ok(clean) => clean,
            // Nobody is there to answer.
            Err(RecvTimeoutError::Disconnected) => self.ended.load(Ordering::Acquire),
            Err(RecvTimeoutError::Timeout) => false,
        }
    }
}

/// What the thread owns.
struct DraftWriter {
    identity: Identity,
    clock: Clock,
    folder: PathBuf,
    /// `None` until one could be had.
    slot: Option<DraftSlot>,
    /// What is being edited now, by kind.
    bodies: BTreeMap<DraftKind, DraftBody>,
    /// Kinds whose file differs from `bodies`.
    dirty: BTreeSet<DraftKind>,
    /// Drafts of ended copies that live on in `bodies`; deleted once ours is on disk.
    adopted: Vec<(DraftKind, PathBuf)>,
    on_trouble: OnTrouble,
    /// Whether the current run of failures was told.
    told: bool,
}

impl DraftWriter {
    /// Takes orders until told to stop, or until nobody can give any more; returns who waits for the end, once the slot is free.
    fn run(mut self, orders: &Receiver<Order>) -> Option<Sender<bool>> {
        let mut due: Option<Instant> = None;
        loop {
            let order = match due.map(|due| due.saturating_duration_since(Instant::now())) {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                // However fast orders come, an edit is written in time.
                Some(Duration::ZERO) => Err(RecvTimeoutError::Timeout),
                Some(left) => orders.recv_timeout(left),
            };
            let changed = match order {
                Ok(Order::Keep(kind, body)) => self.change(kind, body),
                Ok(Order::Adopt(draft)) => {
                    self.change(draft.kind, Some(draft.body.into()));
                    self.adopted.push((draft.kind, draft.file));
                    self.dirty.insert(draft.kind)
                }
                Ok(Order::Flush(reason, answer)) => {
                    self.dirty.extend(self.bodies.keys());
                    let _ = answer.send(self.write(Some(&reason)));
                    due = None;
                    false
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.write(None);
                    due = None;
                    false
                }
                Ok(Order::Stop(answer)) => {
                    self.write(None);
                    return Some(answer);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.write(None);
                    return None;
                }
            };
            if changed {
                due.get_or_insert_with(|| Instant::now() + DELAY);
            }
        }
    }

    /// Whether that is something new.
    fn change(&mut self, kind: DraftKind, body: Option<DraftBody>) -> bool {
        let changed = self.bodies.get(&kind) != body.as_ref();
        if changed {
            self.dirty.insert(kind);
            match body {
                Some(body) => self.bodies.insert(kind, body),
                None => self.bodies.remove(&kind),
            };
        }
        changed
    }

    /// Writes what is dirty; says whether nothing is any more.
    fn write(&mut self, reason: Option<&str>) -> bool {
        let batch = std::mem::take(&mut self.dirty);
        let mut trouble = None;
        for kind in &batch {
            match self.write_one(*kind, reason) {
                Ok(()) => {
                    for (_, file) in self.adopted.extract_if(.., |(adopted, _)| adopted == kind) {
                        // Left over, it is offered once more at the next start: a nuisance, not a loss.
                        let _ = file::remove(&file);
                    }
                }
                Err(error) => {
                    // Tried again with the next edit or flush; by a clock of its own a full disk would keep the program awake.
                    self.dirty.insert(*kind);
                    trouble = Some(error);
                }
            }
        }
        let told = self.told;
        if !batch.is_empty() {
            self.told = trouble.is_some();
        }
        if let Some(error) = trouble.filter(|_| !told) {
            (self.on_trouble)(&error);
        }
        self.dirty.is_empty()
    }

    fn write_one(&mut self, kind: DraftKind, reason: Option<&str>) -> Result<(), FileError> {
        let body = self.bodies.get(&kind);
        let slot = match &mut self.slot {
            Some(slot) => slot,
            None if body.is_none() => return Ok(()),
            slot => slot.insert(DraftSlot::claim(&self.folder)?.0),
        };
        let path = slot.file(kind);
        match body {
            Some(body) => {
                let content = DraftContent { kind, reason: reason.map(str::to_owned), body };
                document::write(&path, CAP, &self.identity, self.clock.now(), &content)
            }
            None => file::remove(&path).map(drop),
        }
    }
}

// What people typed has no place in a log.
impl fmt::Debug for DraftKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DraftKeeper").finish_non_exhaustive()
    }
}

impl fmt::Debug for Flusher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flusher").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
