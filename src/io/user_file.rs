//! Files of the user, wherever a path leads: pipes and devices as well as files, links followed.
//!
//! Unlike Lapel's own (see [`super::file`]) they have an owner, a mode and a place that are none of Lapel's business: a write changes
//! what is in the file, all of it or nothing, and leaves the rest as it is. This module must not know what is in a file.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::file::{self, FileError};

/// More links in a row than any system follows.
const MOST_LINKS: usize = 40;

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-" || path == Path::new("/dev/stdin")
}

/// Whether a path stands for standard output.
pub fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-" || path == Path::new("/dev/stdout")
}

/// What a file, pipe or device gives until its end; `-` is standard input. More than `cap` bytes are an error.
///
/// # Errors
/// When it cannot be read to its end.
pub fn read(path: &Path, cap: u64) -> io::Result<Vec<u8>> {
    if is_stdin(path) { file::read_open(io::stdin().lock(), cap) } else { file::read_open(File::open(path)?, cap) }
}

/// Whether something else than these bytes would be lost by writing them there: a file that holds others. What pipes and devices
/// are given is not kept.
///
/// # Errors
/// When that cannot be told.
pub fn holds_other(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    let differs = || -> io::Result<bool> {
        let Some(found) = found(path)?.filter(Metadata::is_file) else { return Ok(false) };
        Ok(found.len() != bytes.len() as u64 || file::read_open(File::open(path)?, found.len())? != bytes)
    };
    differs().map_err(|cause| FileError::new("read", path, &cause))
}

/// Puts `bytes` into the file that a path leads to, in place of what it holds. Whoever is killed in between leaves it as it was. A
/// new file is for its owner only; one that is there keeps its mode and its owner. Pipes and devices are given the bytes.
///
/// # Errors
/// When any step fails; a file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    put(path, bytes).map_err(|cause| FileError::new("write", path, &cause))
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match found(path)? {
        Some(found) if found.is_file() => replace(&fs::canonicalize(path)?, Some(&found), bytes),
        Some(_) => OpenOptions::new().write(true).open(path)?.write_all(bytes),
        None => replace(&end_of_links(path)?, None, bytes),
    }
}

/// What the path leads to; none where it leads to nothing.
fn found(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// Where a link leads whose end is not there yet.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut end = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&end) else { return Ok(end) };
        end = folder(&end).join(next);
    }
    Err(io::Error::other("too many links, one to the next"))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn replace(path: &Path, old: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
    if old.is_some() {
        // Renaming asks only for the folder's permission: the file's own counts too.
        OpenOptions::new().write(true).open(path)?;
    }
    let mut temp = tempfile::NamedTempFile::new_in(folder(path))?;
    temp.write_all(bytes)?;
    if let Some(old) = old {
        keep_owner(temp.as_file(), old)?;
        temp.as_file().set_permissions(old.permissions())?;
    }
    temp.as_file().sync_all()?;
    temp.persist(path)?;
    file::sync_folder(folder(path));
    Ok(())
}

#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = new.metadata()?;
    if (now.uid(), now.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    let elses = |_| io::Error::other("it belongs to somebody else and would not any more; write to standard output and redirect that");
    fchown(new, Some(old.uid()), Some(old.gid())).map_err(elses)
}

#[cfg(not(unix))]
fn keep_owner(_new: &File, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn fifo(path: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn a_link_is_written_through_and_the_file_keeps_its_mode() {
        let dir = tempfile::tempdir().unwrap();
        let (real, middle, link) = (dir.path().join("real"), dir.path().join("middle"), dir.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).unwrap();
        symlink("real", &middle).unwrap();
        symlink(&middle, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && fs::symlink_metadata(&middle).unwrap().is_symlink());
        assert_eq!((fs::read(&real).unwrap().as_slice(), mode(&real)), (&b"new"[..], 0o644));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "nothing is left behind");
    }

    #[test]
    fn a_link_to_nothing_makes_what_it_names_and_a_ring_of_links_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("sub")).unwrap();
        let (link, ring) = (dir.path().join("link"), dir.path().join("ring"));
        symlink("sub/new", &link).unwrap();
        write(&link, b"x").unwrap();
        assert_eq!(mode(&dir.path().join("sub/new")), 0o600);
        symlink("ring", &ring).unwrap();
        assert!(write(&ring, b"x").is_err());
    }

    #[test]
    fn what_cannot_be_written_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "old").unwrap();
        let old = File::open(&file).unwrap();
        write(&file, b"new").unwrap();
        assert_eq!(file::read_open(old, 9).unwrap(), b"old", "written in place: a kill half-way would have cut it");
        assert!(write(dir.path(), b"x").is_err());
        assert!(write(&dir.path().join("nowhere/file"), b"x").unwrap_err().to_string().contains("nowhere"));
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn pipes_are_given_everything_and_read_to_their_end() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        fifo(&pipe);
        let bytes = vec![b'x'; 300_000];
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || read(&pipe, 300_000).unwrap().len()
        });
        assert!(!holds_other(&pipe, b"").unwrap());
        write(&pipe, &bytes).unwrap();
        assert_eq!(reader.join().unwrap(), bytes.len());
    }

    #[test]
    fn what_is_larger_than_the_cap_is_refused_and_never_cut() {
        assert_eq!(read(Path::new("/dev/zero"), 10).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read(Path::new("/dev/null"), 10).unwrap(), b"");
    }

    #[test]
    fn a_file_with_other_bytes_is_worth_a_question() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        assert!(!holds_other(&file, b"x").unwrap());
        fs::write(&file, "x").unwrap();
        assert!(!holds_other(&file, b"x").unwrap() && holds_other(&file, b"y").unwrap() && holds_other(&file, b"").unwrap());
    }
}
