//! A numbered place for the drafts of one running copy, held by a lock that ends with its process, however that ends.
//!
//! A new copy takes the first slot that is neither locked nor holds drafts, so it overwrites neither a running copy's edits nor
//! those an ended copy left behind.

use std::fmt;
use std::fs::{self, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::base::DraftKind;
use crate::io::file::{self, FileError, Lock};

/// More slots than anyone leaves unresolved; each costs one open file to look at.
const MOST: u32 = 200;

/// Another copy of Lapel that edits the same account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockedBy {
    /// Its process number, where it could be told.
    pub pid: Option<u32>,
}

impl fmt::Display for LockedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Another copy of Lapel is open on this account")?;
        if let Some(pid) = self.pid {
            write!(f, " (process {pid})")?;
        }
        f.write_str("; the unsaved edits of both are kept apart")
    }
}

/// A slot held by this copy until dropped.
#[derive(Debug)]
pub(super) struct DraftSlot {
    folder: PathBuf,
    number: u32,
    /// `None` where the file system has no locks.
    _lock: Option<Lock>,
}

impl DraftSlot {
    /// Takes a slot, and says which other copy was met on the way.
    pub(super) fn claim(folder: &Path) -> Result<(Self, Option<LockedBy>), FileError> {
        file::check_no_link(folder)?;
        let slot = |number, lock| Self { folder: folder.to_owned(), number, _lock: lock };
        let mut other = None;
        for number in 1..=MOST {
            let path = lock_path(folder, number);
            let lock = Lock::at(&path)?;
            match lock.try_lock() {
                Ok(()) if has_drafts(folder, number) => {}
                Ok(()) => {
                    // Only for the other copy's message; the lock itself is what counts.
                    let _ = lock.set_len(0).and_then(|()| write!(&*lock, "{}", std::process::id()));
                    return Ok((slot(number, Some(lock)), other));
                }
                Err(TryLockError::WouldBlock) => {
                    other.get_or_insert(LockedBy { pid: holder(&path) });
                }
                // Without locks nobody can tell who is alive: keep apart by process number.
                Err(TryLockError::Error(_)) => return Ok((slot(MOST + std::process::id(), None), other)),
            }
        }
        let cause = std::io::Error::other("too many unsaved edits are waiting there; restore or discard some");
        Err(FileError::new("write into", folder, &cause))
    }

    /// The file for a kind of draft.
    pub(super) fn file(&self, kind: DraftKind) -> PathBuf {
        draft_path(&self.folder, self.number, kind)
    }
}

/// Whether the copy that wrote into this slot has ended.
pub(super) fn is_abandoned(folder: &Path, number: u32) -> bool {
    let Ok(lock) = Lock::existing(&lock_path(folder, number)) else { return true };
    match lock.try_lock_shared() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => number != MOST + std::process::id(),
    }
}

/// `NUMBER-KIND.json` taken apart.
pub(super) fn parse_name(name: &str) -> Option<(u32, DraftKind)> {
    let (number, word) = name.strip_suffix(".json")?.split_once('-')?;
    let kind = DraftKind::ALL.into_iter().find(|kind| kind.word() == word)?;
    Some((number.parse().ok()?, kind))
}

fn draft_path(folder: &Path, number: u32, kind: DraftKind) -> PathBuf {
    folder.join(format!("{number}-{}.json", kind.word()))
}

fn lock_path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{number}.lock"))
}

fn has_drafts(folder: &Path, number: u32) -> bool {
    DraftKind::ALL.into_iter().any(|kind| fs::symlink_metadata(draft_path(folder, number, kind)).is_ok())
}

fn holder(lock: &Path) -> Option<u32> {
    let bytes = file::read(lock, 16).ok()??;
    std::str::from_utf8(&bytes).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_passed_over_while_locked_or_holding_drafts_and_taken_again_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("drafts");
        let (first, met) = DraftSlot::claim(&folder).unwrap();
        assert_eq!((first.number, met), (1, None));
        assert!(!is_abandoned(&folder, 1));

        let (second, met) = DraftSlot::claim(&folder).unwrap();
        assert_eq!((second.number, met), (2, Some(LockedBy { pid: Some(std::process::id()) })));

        fs::write(first.file(DraftKind::Pins), "left behind").unwrap();
        drop((first, second));
        assert!(is_abandoned(&folder, 1));
        let (third, met) = DraftSlot::claim(&folder).unwrap();
        assert_eq!((third.number, met), (2, None));
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for kind in DraftKind::ALL {
            let path = draft_path(Path::new("/x"), 12, kind);
            assert_eq!(parse_name(path.file_name().unwrap().to_str().unwrap()), Some((12, kind)));
        }
        for foreign in ["1-pins.json.bad-1", "1.lock", "x-pins.json", "1-name.json", ".tmpab12", "1-pins"] {
            assert_eq!(parse_name(foreign), None, "{foreign}");
        }
    }
}
