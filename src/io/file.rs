//! Lapel's own files, private and written whole or not at all; those of the user are in [`super::user_file`].
//!
//! A write goes to a temporary file beside the target, reaches the disk, and takes the target's name in one step: whoever is killed
//! or runs out of space in between leaves the old file as it was. What cannot be understood is moved aside, never overwritten.
//! This module must not know what is in a file.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::ops::Deref;
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::words::words;
use crate::domain::SafeText;

/// A file operation that failed, as a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("cannot {doing} {path}: {reason}")]
pub struct FileError {
    doing: &'static str,
    path: SafeText,
    reason: SafeText,
    kind: ErrorKind,
}

impl FileError {
    /// `doing` is what was tried, as a verb: "read", "write".
    pub fn new(doing: &'static str, path: &Path, cause: &io::Error) -> Self {
        Self { doing, path: shown(path), reason: SafeText::line(words(cause)), kind: cause.kind() }
    }

    /// Whether the file itself is at fault (too large, or no ordinary file), so that trying again is useless.
    pub fn is_bad_file(&self) -> bool {
        matches!(self.kind, ErrorKind::FileTooLarge | ErrorKind::InvalidData | ErrorKind::IsADirectory)
    }
}

/// A path for people: names of files are outside text too.
pub fn shown(path: &Path) -> SafeText {
    SafeText::line(path.to_string_lossy())
}

/// Replaces `path` by a file with mode 0600 that holds `bytes`, which is on the disk when this returns. Missing folders are made
/// with mode 0700; folders that are there keep their mode.
///
/// # Errors
/// When any step fails; `path` is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    replace(folder, path, bytes).map_err(|cause| FileError::new("write", path, &cause))
}

fn replace(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Created with mode 0600 and removed again if this function fails.
    let mut temp = tempfile::NamedTempFile::new_in(folder)?;
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    temp.persist(path)?;
    sync_folder(folder);
    Ok(())
}

/// Makes the new name durable. Some file systems refuse this; either name then stands for a whole file, so nothing is lost.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Makes `folder` and what is missing above it, each with mode 0700 from the start.
pub fn private_folder(folder: &Path) -> Result<(), FileError> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    builder.mode(0o700);
    builder.recursive(true).create(folder).map_err(|cause| FileError::new("make the folder", folder, &cause))
}

/// Opens a regular file of Lapel's own for reading. Anything else is refused without waiting for it, as a named pipe would make us; so
/// is a link, which could lead to another account's file.
pub fn open(path: &Path) -> io::Result<File> {
    regular(own().read(true), path)
}

/// Opens a regular file of the user's for reading, wherever links lead.
pub fn open_linked(path: &Path) -> io::Result<File> {
    regular(options().read(true), path)
}

/// Opens a private file for adding to its end, making it and its folder if missing.
pub fn open_to_append(path: &Path) -> Result<File, FileError> {
    private_folder(path.parent().unwrap_or(Path::new(".")))?;
    regular(own().append(true).create(true), path).map_err(|cause| FileError::new("open", path, &cause))
}

#[cfg(unix)]
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600).custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    options
}

#[cfg(unix)]
fn own() -> OpenOptions {
    use rustix::fs::OFlags;
    let mut options = options();
    options.custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    OpenOptions::new()
}

#[cfg(not(unix))]
fn own() -> OpenOptions {
    OpenOptions::new()
}

const LINK: &str = "it is a link, which could lead to another account's";

#[cfg(unix)]
fn is_link(cause: &io::Error) -> bool {
    cause.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_link(_cause: &io::Error) -> bool {
    false
}

/// Refuses a folder that is a link, where what is in it must be this account's alone.
///
/// # Errors
/// When it is one.
pub fn check_no_link(folder: &Path) -> Result<(), FileError> {
    let is_link = fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink());
    if is_link { Err(FileError::new("use", folder, &io::Error::new(ErrorKind::InvalidData, LINK))) } else { Ok(()) }
}

fn regular(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let file = options.open(path).map_err(|cause| if is_link(&cause) { io::Error::new(ErrorKind::InvalidData, LINK) } else { cause })?;
    match file.metadata()? {
        found if found.is_file() => Ok(file),
        found if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        _ => Err(io::Error::new(ErrorKind::InvalidData, "not an ordinary file")),
    }
}

/// Which of a file, once links are followed, and its folder others than its owner can write, if any. A file that does not exist is safe.
#[cfg(unix)]
pub fn open_to_others(path: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let path = fs::canonicalize(path).ok()?;
    let open = |path: &&Path| {
        let ours = |owner| owner == 0 || owner == rustix::process::geteuid().as_raw();
        fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o022 != 0 || !ours(found.uid()))
    };
    [Some(path.as_path()), path.parent()].into_iter().flatten().find(open).map(Path::to_owned)
}

/// As above; here nobody can tell.
#[cfg(not(unix))]
pub fn open_to_others(_path: &Path) -> Option<PathBuf> {
    None
}

/// What a file of at most `cap` bytes holds; `None` when there is no such file.
pub fn read(path: &Path, cap: u64) -> Result<Option<Vec<u8>>, FileError> {
    whole(path, open(path), cap)
}

/// As [`read`], wherever links lead: for the settings, which people link to where they keep them.
pub fn read_linked(path: &Path, cap: u64) -> Result<Option<Vec<u8>>, FileError> {
    whole(path, open_linked(path), cap)
}

fn whole(path: &Path, file: io::Result<File>, cap: u64) -> Result<Option<Vec<u8>>, FileError> {
    match file.and_then(|file| read_open(&file, cap)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(FileError::new("read", path, &cause)),
    }
}

/// As [`read`], for a file that is already open.
pub fn read_open(file: impl Read, cap: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(cap + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > cap {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("larger than {cap} bytes")));
    }
    Ok(bytes)
}

/// Removes a file; says whether there was one.
pub fn remove(path: &Path) -> Result<bool, FileError> {
    match fs::remove_file(path) {
        Ok(()) => {
            sync_folder(path.parent().unwrap_or(Path::new(".")));
            Ok(true)
        }
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(FileError::new("remove", path, &cause)),
    }
}

/// Renames `path` to the first free of `NAME.bad-1`, `NAME.bad-2`, … and returns that name.
pub fn move_aside(path: &Path) -> Result<PathBuf, FileError> {
    claim_and_rename(path).map_err(|cause| FileError::new("move aside", path, &cause))
}

fn claim_and_rename(path: &Path) -> io::Result<PathBuf> {
    let folder = fs::symlink_metadata(path)?.is_dir();
    let name = path.file_name().unwrap_or_default();
    for n in 1..1000 {
        let mut aside = name.to_owned();
        aside.push(format!(".bad-{n}"));
        let aside = path.with_file_name(aside);
        // An empty stand-in claims the name, so that another copy of Lapel cannot take it between the look and the rename.
        let claim = if folder { fs::create_dir(&aside) } else { File::create_new(&aside).map(drop) };
        match claim {
            Ok(()) => return fs::rename(path, &aside).map(|()| aside),
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(cause),
        }
    }
    Err(io::Error::other("too many damaged files beside it; delete those named .bad-…"))
}

/// A file to be locked, unlocked when it is dropped. Closing it alone would not do: a program that is just being started by another
/// thread has a copy of every open file for a moment, and the lock would be held as long.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// The lock file at `path`, made if missing and not yet locked. Its content is up to the holder.
    pub fn at(path: &Path) -> Result<Self, FileError> {
        private_folder(path.parent().unwrap_or(Path::new(".")))?;
        let file = regular(options().read(true).write(true).create(true), path);
        file.map(Self).map_err(|cause| FileError::new("open", path, &cause))
    }

    /// The same if there is one.
    pub fn existing(path: &Path) -> io::Result<Self> {
        open(path).map(Self)
    }
}

impl Deref for Lock {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Holds the lock at `path` until the result is dropped. A lock that stays busy for a second, or that this file system does not
/// offer, is done without: the write that follows is atomic in any case, and another copy that is stuck must not hold this one up.
pub fn lock_briefly(path: &Path) -> Result<Lock, FileError> {
    let lock = Lock::at(path)?;
    let deadline = Instant::now() + Duration::from_secs(1);
    while let Err(fs::TryLockError::WouldBlock) = lock.try_lock() {
        if Instant::now() > deadline {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_lock_ends_when_it_is_dropped_whoever_has_a_copy_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let lock = lock_briefly(&path).unwrap();
        let copy = lock.try_clone().unwrap();
        assert!(Lock::at(&path).unwrap().try_lock().is_err());
        drop(lock);
        assert!(Lock::at(&path).unwrap().try_lock().is_ok());
        drop(copy);
    }

    #[test]
    fn a_write_replaces_the_file_and_never_touches_the_old_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("draft");
        write(&path, b"old").unwrap();
        let old = open(&path).unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(read_open(&old, 10).unwrap(), b"old", "written in place: a kill half-way would have cut it");
        assert_eq!(read(&path, 10).unwrap().unwrap(), b"new");
        assert_eq!(names(dir.path()), ["draft"]);
    }

    #[test]
    fn a_write_that_fails_leaves_everything_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let in_the_way = dir.path().join("draft");
        fs::create_dir(&in_the_way).unwrap();
        fs::write(in_the_way.join("theirs"), "x").unwrap();
        let error = write(&in_the_way, b"new").unwrap_err().to_string();
        assert!(error.starts_with("cannot write ") && error.contains("draft: "), "{error}");
        assert_eq!(names(dir.path()), ["draft"]);
        assert_eq!(names(&in_the_way), ["theirs"]);
        // A file where a folder belongs.
        assert!(write(&in_the_way.join("theirs/deeper"), b"new").is_err());
    }

    /// Runs itself again under `umask 000`, which is the process's and not the thread's.
    #[cfg(unix)]
    #[test]
    fn files_and_folders_are_private_under_any_umask() {
        use std::os::unix::fs::PermissionsExt;
        const AGAIN: &str = "LAPEL_TEST_UNDER_UMASK";
        if std::env::var_os(AGAIN).is_none() {
            let test = "io::file::tests::files_and_folders_are_private_under_any_umask";
            for umask in ["000", "022", "077"] {
                let script = format!("umask {umask}; exec \"$0\" --exact {test}");
                let exe = std::env::current_exe().unwrap();
                let output = std::process::Command::new("sh").args(["-c", &script]).arg(exe).env(AGAIN, umask).output().unwrap();
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                assert!(output.status.success() && said.contains("1 passed"), "{said}");
            }
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/token");
        write(&path, b"secret").unwrap();
        open_to_append(&dir.path().join("a/log")).unwrap();
        Lock::at(&dir.path().join("a/lock")).unwrap();
        for (path, mode) in [("a", 0o700), ("a/b", 0o700), ("a/b/token", 0o600), ("a/log", 0o600), ("a/lock", 0o600)] {
            assert_eq!(fs::metadata(dir.path().join(path)).unwrap().permissions().mode() & 0o777, mode, "{path}");
        }
    }

    #[test]
    fn reading_stops_at_the_cap_and_a_missing_file_is_no_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        assert_eq!(read(&path, 4), Ok(None));
        write(&path, b"four").unwrap();
        assert_eq!(read(&path, 4).unwrap().unwrap(), b"four");
        assert!(read(&path, 3).unwrap_err().to_string().contains("larger than 3 bytes"));
    }

    #[cfg(unix)]
    #[test]
    fn a_named_pipe_is_refused_without_waiting_for_a_writer() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert!(read(&pipe, 10).unwrap_err().to_string().contains("not an ordinary file"));
    }

    #[test]
    fn moving_aside_never_overwrites_what_was_moved_before() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.json");
        for (n, content) in ["first", "second"].into_iter().enumerate() {
            fs::write(&path, content).unwrap();
            let aside = move_aside(&path).unwrap();
            assert_eq!(aside, dir.path().join(format!("x.json.bad-{}", n + 1)));
        }
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "third").unwrap();
        assert_eq!(move_aside(&path).unwrap(), dir.path().join("x.json.bad-3"));
        assert_eq!(names(dir.path()), ["x.json.bad-1", "x.json.bad-2", "x.json.bad-3"]);
        assert_eq!(fs::read(dir.path().join("x.json.bad-1")).unwrap(), b"first");
        assert_eq!(fs::read(dir.path().join("x.json.bad-3/inside")).unwrap(), b"third");
        assert!(move_aside(&path).is_err(), "nothing there");
    }

    #[test]
    fn errors_show_no_control_characters_of_a_path() {
        let error = FileError::new("write", Path::new("/a\u{1b}]0;x\u{7}/b\n"), &ErrorKind::StorageFull.into());
        assert_eq!(error.to_string(), "cannot write /a/b : the disk is full; free some space and try again");
    }
}
