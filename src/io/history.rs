//! The state before each of the last 50 saves, for `lapel history`, `lapel pins history` and `restore`.
//!
//! A snapshot is taken *before* a save, so number 1 is what the last save replaced. What a snapshot means is the caller's business.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::Clock;
use super::document;
pub use super::document::Problem;
use super::file::{self, FileError};
use super::paths::{Identity, Paths};

/// As many snapshots as are kept.
pub const MOST: usize = 50;

/// Largest history in bytes; the oldest snapshots go first.
const CAP: u64 = 8 << 20;

/// What the snapshots are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryKind {
    /// Lists of pins.
    Pins,
    /// Profile and campus.
    Profile,
}

/// One snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// From 1, the newest.
    pub number: usize,
    /// Seconds since 1970.
    pub saved_at: i64,
    /// What was there.
    pub value: Value,
}

/// The snapshots of one kind and account.
#[derive(Clone, Debug)]
pub struct HistoryStore {
    path: PathBuf,
    identity: Identity,
    clock: Clock,
}

/// Oldest first on disk.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    saved_at: i64,
    value: Value,
}

impl HistoryStore {
    /// Names a history; touches nothing.
    pub fn new(paths: &Paths, identity: Identity, kind: HistoryKind) -> Self {
        let word = match kind {
            HistoryKind::Pins => "pins",
            HistoryKind::Profile => "profile",
        };
        Self { path: paths.history_file(&identity, word), identity, clock: paths.clock().clone() }
    }

    /// Adds a snapshot; says whether it was new. One equal to the newest is not added again.
    ///
    /// # Errors
    /// When it cannot be written; the history is then as it was. A damaged history is moved aside, logged, and begun anew.
    pub fn append(&self, value: Value) -> Result<bool, FileError> {
        let _lock = file::lock_briefly(&self.path.with_extension("lock"))?;
        let mut snapshots = match self.read() {
            Ok(snapshots) => snapshots,
            Err(Problem::Aside { .. }) => Vec::new(),
            // What is there must not be replaced by one entry only because it cannot be read now.
            Err(Problem::Unusable(error)) => return Err(error),
        };
        if snapshots.last().is_some_and(|newest| newest.value == value) {
            return Ok(false);
        }
        let now = self.clock.now();
        snapshots.push(Snapshot { saved_at: now.as_second(), value });
        snapshots.drain(..snapshots.len().saturating_sub(MOST));
        // 4 KiB for the envelope around them.
        drop_oldest_beyond(CAP as usize - 4096, &mut snapshots);
        document::write(&self.path, CAP, &self.identity, now, &snapshots)?;
        Ok(true)
    }

    /// Every snapshot, newest first.
    ///
    /// # Errors
    /// When the history cannot be used; a damaged one was moved aside, and the next call finds none.
    pub fn list(&self) -> Result<Vec<HistoryEntry>, Problem> {
        let newest_first = self.read()?.into_iter().rev().zip(1..);
        Ok(newest_first.map(|(Snapshot { saved_at, value }, number)| HistoryEntry { number, saved_at, value }).collect())
    }

    fn read(&self) -> Result<Vec<Snapshot>, Problem> {
        Ok(document::read(&self.path, CAP, &self.identity)?.map(|document| document.content).unwrap_or_default())
    }
}

/// The newest always stays; should it alone be too large, writing says so.
fn drop_oldest_beyond(mut room: usize, snapshots: &mut Vec<Snapshot>) {
    let size = |snapshot: &Snapshot| snapshot.value.to_string().len() + 64;
    let fitting = snapshots.iter().rev().take_while(|snapshot| room.checked_sub(size(snapshot)).map(|left| room = left).is_some()).count();
    snapshots.drain(..snapshots.len() - fitting.max(1));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pins(dir: &tempfile::TempDir) -> HistoryStore {
        HistoryStore::new(&Paths::under(dir.path(), Clock::of_tests()), Identity::new("groupme", "1"), HistoryKind::Pins)
    }

    fn values(history: &HistoryStore) -> Vec<Value> {
        history.list().unwrap().into_iter().map(|entry| entry.value).collect()
    }

    #[test]
    fn the_last_fifty_different_lists_are_kept_newest_first_from_one() {
        let dir = tempfile::tempdir().unwrap();
        let history = pins(&dir);
        assert_eq!(history.list(), Ok(vec![]));
        for n in 0..=50 {
            assert_eq!(history.append(json!([n])), Ok(true));
        }
        assert_eq!(history.append(json!([50])), Ok(false), "the same again");
        assert_eq!(values(&history), (1..=50).rev().map(|n| json!([n])).collect::<Vec<_>>());
        let numbers: Vec<usize> = history.list().unwrap().iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
        // A state that returns later is news.
        assert_eq!(history.append(json!([3])), Ok(true));
    }

    #[test]
    fn kinds_do_not_mix() {
        let dir = tempfile::tempdir().unwrap();
        pins(&dir).append(json!(1)).unwrap();
        let profile = HistoryStore::new(&Paths::under(dir.path(), Clock::of_tests()), Identity::new("groupme", "1"), HistoryKind::Profile);
        assert_eq!(values(&profile), [] as [Value; 0]);
    }

    #[test]
    fn large_snapshots_push_out_the_oldest_but_never_the_newest() {
        let kept = |room| {
            let mut snapshots: Vec<_> = ["a", "b", "c"].map(|c| Snapshot { saved_at: 0, value: json!(c.repeat(300)) }).into();
            drop_oldest_beyond(room, &mut snapshots);
            snapshots.iter().map(|snapshot| snapshot.value.to_string()[1..2].to_owned()).collect::<String>()
        };
        assert_eq!([10_000, 1_000, 400, 0].map(kept), ["abc", "bc", "c", "c"]);
    }

    #[test]
    fn a_damaged_history_is_said_once_and_begun_anew() {
        let dir = tempfile::tempdir().unwrap();
        let history = pins(&dir);
        file::write(&history.path, b"[1,").unwrap();
        let said = history.list().unwrap_err().to_string();
        assert!(said.contains("is damaged; it is kept as ") && said.ends_with(".bad-1"), "{said}");
        file::write(&history.path, b"[2,").unwrap();
        assert_eq!(history.append(json!(1)), Ok(true));
        assert_eq!(values(&history), [json!(1)]);
    }
}
