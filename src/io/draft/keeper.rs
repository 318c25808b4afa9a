//! Writes drafts beside the program: on a thread of its own, because the event loop may be what has stopped.
//!
//! [`DraftKeeper::keep`] only takes note; the thread writes at most [`DELAY`] later, so typing costs one write, not one a key.
//! [`DraftKeeper::flush`] is for the last moments (hang-up, suspend, panic) and never waits longer than [`FLUSH_LIMIT`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::slot::{LockedBy, Slot};
use super::{CAP, Content, Draft, DraftKind};
use crate::io::clock::Clock;
use crate::io::document;
use crate::io::file::{self, FileError};
use crate::io::paths::{Identity, Paths};

/// The longest an edit waits before it is written.
const DELAY: Duration = Duration::from_millis(300);

/// The longest a flush holds up the end of the program: 250 ms are promised for all of it.
const FLUSH_LIMIT: Duration = Duration::from_millis(200);

/// Keeps the unsaved edits of one account on disk while it lives. Dropping it writes what is still waiting.
pub struct DraftKeeper {
    shared: Arc<Shared>,
    locked_by: Option<LockedBy>,
}

/// Can [`flush`](Flusher::flush) from anywhere, a panic hook included, without keeping the keeper alive.
#[derive(Clone)]
pub struct Flusher(Weak<Shared>);

struct Shared {
    identity: Identity,
    clock: Clock,
    folder: PathBuf,
    state: Mutex<State>,
    /// Wakes the thread.
    wake: Condvar,
    /// Wakes who waits for the thread.
    written: Condvar,
    /// Held while writing. Taken before `state`, never after. `None` until one could be had.
    slot: Mutex<Option<Slot>>,
    on_trouble: Box<dyn Fn(&FileError) + Send + Sync>,
    /// [`FLUSH_LIMIT`], but for tests on a busy disk.
    limit: Duration,
}

#[derive(Default)]
struct State {
    /// What is being edited now, by kind.
    bodies: BTreeMap<DraftKind, Arc<Value>>,
    /// Kinds whose file differs from `bodies`.
    dirty: BTreeSet<DraftKind>,
    /// Drafts of ended copies that live on in `bodies`; deleted once ours is on disk.
    adopted: Vec<(DraftKind, PathBuf)>,
    /// When the thread must write.
    due: Option<Instant>,
    /// Why the program is about to end, for the next write only.
    reason: Option<String>,
    /// Flushes asked for, and answered.
    asked: u64,
    answered: u64,
    stop: bool,
    writer: Option<ThreadId>,
    /// Whether the current run of failures was told.
    told: bool,
}

impl DraftKeeper {
    /// Starts keeping drafts of an account. Never fails: when the disk cannot be written, edits stay in memory, every later write
    /// tries again, and `on_trouble` is called once, and once more for each trouble after a recovery. It is called from any thread
    /// and must not block.
    pub fn open(paths: &Paths, identity: Identity, on_trouble: impl Fn(&FileError) + Send + Sync + 'static) -> Self {
        Self::start(paths, identity, FLUSH_LIMIT, Box::new(on_trouble))
    }

    fn start(paths: &Paths, identity: Identity, limit: Duration, on_trouble: Box<dyn Fn(&FileError) + Send + Sync>) -> Self {
        let folder = paths.drafts(&identity);
        // A failure comes up again, and is told, when there is something to write.
        let (slot, locked_by) = Slot::claim(&folder).map_or((None, None), |(slot, other)| (Some(slot), other));
        let shared = Arc::new(Shared {
            identity,
            clock: paths.clock().clone(),
            folder,
            state: Mutex::default(),
            wake: Condvar::new(),
            written: Condvar::new(),
            slot: Mutex::new(slot),
            on_trouble,
            limit,
        });
        let writer = Writer(Arc::clone(&shared));
        // Held while the thread starts, so that it cannot end before it is entered here.
        let mut state = shared.state();
        // Without a thread (the system is out of them) the keeper writes where it is called.
        state.writer = thread::Builder::new().name("drafts".to_owned()).spawn(move || writer.run()).ok().map(|t| t.thread().id());
        drop(state);
        Self { shared, locked_by }
    }

    /// The other copy that edits the same account, if one does; worth telling.
    pub fn locked_by(&self) -> Option<LockedBy> {
        self.locked_by
    }

    /// Takes note of what is being edited; `None` when nothing is any more, after a verified save or an explicit discard.
    pub fn keep(&self, kind: DraftKind, body: Option<Value>) {
        self.change(kind, body, None);
    }

    /// Goes on with a draft of an ended copy: its content becomes ours, and its file goes once ours is on disk.
    pub fn adopt(&self, draft: Draft) {
        self.change(draft.kind, Some(draft.body), Some(draft.file));
    }

    fn change(&self, kind: DraftKind, body: Option<Value>, adopted: Option<PathBuf>) {
        let mut state = self.shared.state();
        let before = match body {
            Some(body) => state.bodies.insert(kind, Arc::new(body)),
            None => state.bodies.remove(&kind),
        };
        if adopted.is_none() && before.as_deref() == state.bodies.get(&kind).map(Arc::as_ref) {
            return;
        }
        state.adopted.extend(adopted.map(|file| (kind, file)));
        state.dirty.insert(kind);
        if state.writer.is_none() {
            drop(state);
            self.shared.write();
        } else if state.due.is_none() {
            state.due = Some(Instant::now() + DELAY);
            self.shared.wake.notify_one();
        }
    }

    /// Writes everything at once, with the reason why the program ends or pauses; says whether it is on disk. Returns after
    /// 200 ms in any case.
    pub fn flush(&self, reason: &str) -> bool {
        self.shared.flush(reason)
    }

    /// For a panic hook or a signal handler's thread.
    pub fn flusher(&self) -> Flusher {
        Flusher(Arc::downgrade(&self.shared))
    }
}

impl Flusher {
    /// As [`DraftKeeper::flush`]; true when the keeper is gone, which has written everything then.
    pub fn flush(&self, reason: &str) -> bool {
        self.0.upgrade().is_none_or(|shared| shared.flush(reason))
    }
}

impl Drop for DraftKeeper {
    fn drop(&mut self) {
        let deadline = Instant::now() + self.shared.limit;
        let mut state = self.shared.state();
        state.stop = true;
        self.shared.wake.notify_one();
        while state.writer.is_some() {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return };
            state = self.shared.written.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A panic may have happened while this very thread holds a lock, so a flush must not wait for one without end.
    fn within<T>(mutex: &Mutex<T>, deadline: Instant) -> Option<MutexGuard<'_, T>> {
        loop {
            match mutex.try_lock() {
                Ok(guard) => return Some(guard),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(Duration::from_millis(1)),
                Err(TryLockError::WouldBlock) => return None,
            }
        }
    }

    fn flush(&self, reason: &str) -> bool {
        let deadline = Instant::now() + self.limit;
        let Some(mut state) = Self::within(&self.state, deadline) else { return false };
        if state.stop || (state.bodies.is_empty() && state.dirty.is_empty()) {
            return state.dirty.is_empty();
        }
        let all: Vec<_> = state.bodies.keys().copied().collect();
        state.dirty.extend(all);
        state.reason = Some(reason.to_owned());
        state.asked += 1;
        let ticket = state.asked;
        self.wake.notify_one();
        while state.answered < ticket {
            if state.writer.is_none_or(|writer| writer == thread::current().id()) {
                drop(state);
                return Self::within(&self.slot, deadline).is_some_and(|mut slot| self.write_with(&mut slot));
            }
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return false };
            state = self.written.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.dirty.is_empty()
    }

    fn write(&self) -> bool {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        self.write_with(&mut slot)
    }

    /// Writes what is dirty, outside the lock on the state so that [`DraftKeeper::keep`] never waits for the disk.
    fn write_with(&self, slot: &mut Option<Slot>) -> bool {
        let mut state = self.state();
        let ticket = state.asked;
        let reason = state.reason.take();
        state.due = None;
        let batch: Vec<_> = std::mem::take(&mut state.dirty).into_iter().map(|kind| (kind, state.bodies.get(&kind).cloned())).collect();
        drop(state);

        let mut trouble = None;
        let mut failed = Vec::new();
        for (kind, body) in &batch {
            if let Err(error) = self.write_one(slot, *kind, body.as_deref(), reason.as_deref()) {
                failed.push(*kind);
                trouble = Some(error);
            }
        }

        let mut state = self.state();
        let settled = |kind: &DraftKind| batch.iter().any(|(written, _)| written == kind) && !failed.contains(kind);
        let superseded: Vec<_> = state.adopted.extract_if(.., |(kind, _)| settled(kind)).collect();
        // Tried again with the next edit or flush; by a clock of its own a full disk would keep the program awake.
        state.dirty.extend(failed);
        state.answered = state.answered.max(ticket);
        let tell = trouble.as_ref().filter(|_| !state.told);
        if !batch.is_empty() {
            state.told = trouble.is_some();
        }
        let clean = state.dirty.is_empty();
        drop(state);
        self.written.notify_all();

        for (_, file) in superseded {
            // Left over, it is offered once more at the next start: a nuisance, not a loss.
            let _ = file::remove(&file);
        }
        if let Some(error) = tell {
            (self.on_trouble)(error);
        }
        clean
    }

    fn write_one(&self, slot: &mut Option<Slot>, kind: DraftKind, body: Option<&Value>, reason: Option<&str>) -> Result<(), FileError> {
        let slot = match slot {
            Some(slot) => slot,
            None if body.is_none() => return Ok(()),
            None => slot.insert(Slot::claim(&self.folder)?.0),
        };
        let path = slot.file(kind);
        match body {
            Some(body) => {
                let content = Content { kind, reason: reason.map(str::to_owned), body };
                document::write(&path, CAP, &self.identity, self.clock.now(), &content)
            }
            None => file::remove(&path).map(drop),
        }
    }
}

/// The thread. However it ends, dropping it gives the slot back and lets nobody wait for it.
struct Writer(Arc<Shared>);

impl Writer {
    fn run(self) {
        loop {
            let mut state = self.0.state();
            while !state.stop && state.answered == state.asked {
                state = match state.due.map(|due| due.saturating_duration_since(Instant::now())) {
                    None => self.0.wake.wait(state).unwrap_or_else(PoisonError::into_inner),
                    Some(Duration::ZERO) => break,
                    Some(left) => self.0.wake.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
                };
            }
            let stop = state.stop;
            drop(state);
            self.0.write();
            if stop {
                return;
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let stopped = self.0.state().stop;
        if stopped {
            *self.0.slot.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        self.0.state().writer = None;
        self.0.written.notify_all();
    }
}

// What people typed has no place in a log.
impl fmt::Debug for DraftKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DraftKeeper").field("identity", &self.shared.identity).finish_non_exhaustive()
    }
}

impl fmt::Debug for Flusher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flusher").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
