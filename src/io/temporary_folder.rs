//! A folder for one run, which goes with it. What a killed run left is removed by the next.
//!
//! A lock inside says that its run is still there: a process number would mean nothing in a container that shares the folder, and may
//! belong to another program by now. Nothing is removed but folders of this name that belong to this user, hold a free lock, and are
//! no links; no link inside is followed.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::file::Lock;

/// What the folders' names begin with.
const PREFIX: &str = "lapel-demo-";
/// The lock inside.
const LOCK: &str = "lock";
const NEW_LOCK: &str = "lock.new";
/// As many are looked at; more are nobody's honest leftovers.
const MOST: usize = 200;

/// The folder; gone when this is dropped.
#[derive(Debug)]
pub struct TemporaryFolder {
    folder: TempDir,
    /// Held as long as the run.
    _lock: Lock,
}

impl TemporaryFolder {
    /// A new one; what killed runs left is removed first.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn new() -> io::Result<Self> {
        Self::under(&std::env::temp_dir())
    }

    fn under(base: &Path) -> io::Result<Self> {
        sweep(base);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(base)?;
        // It gets its name once it is held, so that nobody finds it free.
        let new = folder.path().join(NEW_LOCK);
        let lock = Lock::at(&new).map_err(|error| io::Error::other(error.to_string()))?;
        lock.try_lock().map_err(io::Error::other)?;
        fs::rename(new, folder.path().join(LOCK))?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn sweep(base: &Path) {
    let Ok(entries) = fs::read_dir(base) else { return };
    let named = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    for entry in named.take(MOST) {
        let path = entry.path();
        if is_our_folder(&path) && is_left(&path) {
            // Never through a link, neither here nor below. What cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether it is a folder of this user that others cannot write.
fn is_our_folder(path: &Path) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else { return false };
    found.is_dir() && is_private(&found)
}

#[cfg(unix)]
fn is_private(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o777 == 0o700
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}

/// Whether its run has ended. One that has no lock yet has only just begun.
fn is_left(path: &Path) -> bool {
    Lock::existing(&path.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_goes_and_nothing_else() {
        let base = tempfile::tempdir().unwrap();
        let names = || {
            let mut names: Vec<_> = fs::read_dir(base.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let alive = TemporaryFolder::under(base.path()).unwrap();
        let kept = base.path().join("elsewhere");
        fs::create_dir(&kept).unwrap();
        fs::write(kept.join("file"), "x").unwrap();
        let private = |name: &str| {
            let path = base.path().join(name);
            fs::create_dir(&path).unwrap();
            #[cfg(unix)]
            fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
            path
        };
        // Left by a kill: the lock is there and nobody holds it.
        let left = private("lapel-demo-left");
        drop(Lock::at(&left.join(LOCK)).unwrap());
        fs::create_dir(left.join("state")).unwrap();
        // Just begun, named otherwise, and open to others.
        private("lapel-demo-begun");
        drop(Lock::at(&private("other-demo").join(LOCK)).unwrap());
        #[cfg(unix)]
        {
            let open = private("lapel-demo-open");
            drop(Lock::at(&open.join(LOCK)).unwrap());
            fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
            std::os::unix::fs::symlink(&kept, left.join("state/link")).unwrap();
            std::os::unix::fs::symlink(&kept, base.path().join("lapel-demo-link")).unwrap();
        }
        let mut expected = names();
        expected.retain(|name| name != "lapel-demo-left");
        let next = TemporaryFolder::under(base.path()).unwrap();
        expected.push(next.path().file_name().unwrap().to_owned());
        expected.sort();
        assert_eq!(names(), expected);
        assert_eq!(fs::read(kept.join("file")).unwrap(), b"x");
        assert!(alive.path().exists());
        drop((alive, next));
        assert!(!names().iter().any(|name| name.to_string_lossy().len() > "lapel-demo-begun".len()), "{:?}", names());
    }
}
