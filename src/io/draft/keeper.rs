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
    folder: PathBuf,
    state: Mutex<State>,
    /// Wakes the thread.
    wake: Condvar,
    /// Wakes who waits for the thread.
    written: Condvar,
    /// Held while writing. Taken before `state`, never after. `None` until one could be had.
    slot: Mutex<Option<Slot>>,
    on_trouble: Box<dyn Fn(&FileError) + Send + Sync>,
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
        let folder = paths.drafts(&identity);
        // A failure comes up again, and is told, when there is something to write.
        let (slot, locked_by) = Slot::claim(&folder).map_or((None, None), |(slot, other)| (Some(slot), other));
        let shared = Arc::new(Shared {
            identity,
            folder,
            state: Mutex::default(),
            wake: Condvar::new(),
            written: Condvar::new(),
            slot: Mutex::new(slot),
            on_trouble: Box::new(on_trouble),
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
        let deadline = Instant::now() + FLUSH_LIMIT;
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
    fn within<'a, T>(mutex: &'a Mutex<T>, deadline: Instant) -> Option<MutexGuard<'a, T>> {
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
        let deadline = Instant::now() + FLUSH_LIMIT;
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
            Some(body) => document::write(&path, CAP, &self.identity, &Content { kind, reason: reason.map(str::to_owned), body }),
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
mod tests {
    use std::fs;
    use std::sync::mpsc;

    use serde_json::json;

    use super::*;
    use crate::io::draft;

    struct Home {
        dir: tempfile::TempDir,
        paths: Paths,
        ann: Identity,
    }

    fn home() -> Home {
        let dir = tempfile::tempdir().unwrap();
        Home { paths: Paths::under(dir.path()), dir, ann: Identity::new("groupme", "1") }
    }

    impl Home {
        fn open(&self) -> DraftKeeper {
            DraftKeeper::open(&self.paths, self.ann.clone(), |error| panic!("{error}"))
        }

        fn left(&self) -> Vec<(DraftKind, Option<String>, Value)> {
            let found = draft::load(&self.paths, &self.ann);
            assert_eq!(found.problems, []);
            found.drafts.into_iter().map(|d| (d.kind, d.reason.map(|r| r.into_string()), d.body)).collect()
        }

        /// A folder that cannot be made, whoever runs the tests.
        fn break_disk(&self) {
            fs::write(self.dir.path().join("state"), "a file where a folder belongs").unwrap();
        }

        fn mend_disk(&self) {
            fs::remove_file(self.dir.path().join("state")).unwrap();
        }
    }

    #[test]
    fn a_flush_puts_the_last_edit_of_every_kind_on_disk_with_the_reason() {
        let home = home();
        let keeper = home.open();
        for n in 0..50 {
            keeper.keep(DraftKind::Profile, Some(json!({"bio": n})));
        }
        keeper.keep(DraftKind::Pins, Some(json!(["1", "2"])));
        assert!(keeper.flush("connection lost"));
        let on_disk = |kind| fs::read_to_string(home.paths.drafts(&home.ann).join(format!("1-{kind}.json"))).unwrap();
        assert!(on_disk("profile").contains(r#""reason":"connection lost","body":{"bio":49}"#), "{}", on_disk("profile"));
        assert!(on_disk("pins").contains(r#"["1","2"]"#));
        // A running copy's drafts are not offered to anyone.
        assert_eq!(home.left(), []);
        drop(keeper);
        let reason = || Some("connection lost".to_owned());
        assert_eq!(home.left(), [(DraftKind::Profile, reason(), json!({"bio": 49})), (DraftKind::Pins, reason(), json!(["1", "2"]))]);
    }

    #[test]
    fn an_edit_after_a_pause_no_longer_gives_the_pause_as_its_reason() {
        let home = home();
        let keeper = home.open();
        keeper.keep(DraftKind::Campus, Some(json!(1)));
        assert!(keeper.flush("suspended"));
        keeper.keep(DraftKind::Campus, Some(json!(2)));
        drop(keeper);
        assert_eq!(home.left(), [(DraftKind::Campus, None, json!(2))]);
    }

    #[test]
    fn a_verified_save_deletes_the_draft_and_only_that_one() {
        let home = home();
        let keeper = home.open();
        keeper.keep(DraftKind::Profile, Some(json!(1)));
        keeper.keep(DraftKind::Pins, Some(json!(2)));
        assert!(keeper.flush("x"));
        keeper.keep(DraftKind::Profile, None);
        drop(keeper);
        assert_eq!(home.left(), [(DraftKind::Pins, Some("x".to_owned()), json!(2))]);
    }

    #[test]
    fn two_copies_keep_their_edits_apart_and_the_second_says_so() {
        let home = home();
        let (first, second) = (home.open(), home.open());
        assert_eq!(first.locked_by(), None);
        assert_eq!(second.locked_by(), Some(LockedBy { pid: Some(std::process::id()) }));
        first.keep(DraftKind::Profile, Some(json!("first")));
        second.keep(DraftKind::Profile, Some(json!("second")));
        assert!(first.flush("a") && second.flush("b"));
        drop(second);
        assert_eq!(home.left(), [(DraftKind::Profile, Some("b".to_owned()), json!("second"))], "the first one still runs");
        drop(first);
        assert_eq!(home.left().len(), 2);
    }

    #[test]
    fn what_an_ended_copy_left_is_never_overwritten_by_typing_on() {
        let home = home();
        let keeper = home.open();
        keeper.keep(DraftKind::Profile, Some(json!("old")));
        drop(keeper);
        let keeper = home.open();
        assert_eq!(keeper.locked_by(), None);
        keeper.keep(DraftKind::Profile, Some(json!("new")));
        drop(keeper);
        let mut bodies: Vec<_> = home.left().into_iter().map(|(_, _, body)| body).collect();
        bodies.sort_by_key(ToString::to_string);
        assert_eq!(bodies, [json!("new"), json!("old")]);
        for left in draft::load(&home.paths, &home.ann).drafts {
            draft::discard(&left).unwrap();
        }
        assert_eq!(home.left(), []);
    }

    #[test]
    fn a_restored_draft_moves_over_and_is_there_once() {
        let home = home();
        let keeper = home.open();
        keeper.keep(DraftKind::Pins, Some(json!("typed")));
        drop(keeper);
        let keeper = home.open();
        let left = draft::load(&home.paths, &home.ann).drafts.remove(0);
        keeper.adopt(left.clone());
        assert!(left.file.exists(), "gone before ours is on disk");
        drop(keeper);
        assert!(!left.file.exists());
        assert_eq!(home.left(), [(DraftKind::Pins, None, json!("typed"))]);
    }

    #[test]
    fn a_disk_that_fails_is_told_once_by_itself_and_everything_is_written_when_it_recovers() {
        let home = home();
        home.break_disk();
        let (send, told) = mpsc::channel();
        let keeper = DraftKeeper::open(&home.paths, home.ann.clone(), move |error| send.send(error.to_string()).unwrap());
        keeper.keep(DraftKind::Profile, Some(json!("typed")));
        // Nobody flushes: the thread tries in its own time.
        let said = told.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(said.starts_with("cannot "), "{said}");
        assert!(!keeper.flush("x") && !keeper.flush("y"));
        assert!(told.try_recv().is_err(), "told twice");
        home.mend_disk();
        assert!(keeper.flush("terminated"));
        drop(keeper);
        assert_eq!(home.left(), [(DraftKind::Profile, Some("terminated".to_owned()), json!("typed"))]);
    }

    #[test]
    fn a_panic_in_the_middle_of_an_edit_still_flushes() {
        let home = home();
        let keeper = home.open();
        keeper.keep(DraftKind::Profile, Some(json!("typed")));
        let (shared, flusher) = (Arc::clone(&keeper.shared), keeper.flusher());
        let crashed = thread::spawn(move || {
            let _held = shared.state();
            panic!("with the lock held: poisons it");
        });
        assert!(crashed.join().is_err());
        assert!(keeper.shared.state.is_poisoned());
        assert!(flusher.flush("crashed"));
        drop(keeper);
        assert_eq!(home.left(), [(DraftKind::Profile, Some("crashed".to_owned()), json!("typed"))]);
        assert!(flusher.flush("too late"), "nothing is left to write");
    }

    #[test]
    fn a_flush_from_under_its_own_locks_gives_up_in_time() {
        let home = home();
        let keeper = home.open();
        keeper.keep(DraftKind::Profile, Some(json!("typed")));
        let start = Instant::now();
        let held = keeper.shared.state();
        assert!(!keeper.flush("crashed"));
        drop(held);
        assert!(start.elapsed() < FLUSH_LIMIT * 5, "{:?}", start.elapsed());
        // A disk that does not answer looks the same.
        let held = keeper.shared.slot.lock().unwrap();
        assert!(!keeper.flush("crashed"));
        drop(held);
        drop(keeper);
        assert_eq!(home.left().len(), 1);
    }
}
