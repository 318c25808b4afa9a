//! Picture files that a user names, made ready for the image service, where everybody can read them.
//!
//! The picture itself is encoded again only where it would lie on its side (see [`turn`]). What tells about its making (where, when, by whom, with what) is cut out, and so is
//! whatever stands behind its end. This module must not decode
//! pixels otherwise.

mod locate;
mod strip;
mod turn;

use std::io;
use std::path::Path;

use bytes::Bytes;

pub use self::locate::{complete, locate};
use self::strip::{Fault, Kind};
use super::{file, user_file};
use crate::domain::Shown;

/// The largest picture file taken, in bytes.
const LARGEST: u64 = 20 << 20;

/// Reads the picture that a user named (see [`locate`]) and takes out what it tells beyond the picture. Its kind is told by its
/// content, not by its name. A pipe is refused: the editor waits for none.
///
/// # Errors
/// A sentence: why the file cannot be read or is not a picture that can be uploaded, and what to do.
pub fn prepare(path: &Path) -> Result<Bytes, Shown> {
    prepare_from(path, |path| file::open(path).and_then(|file| file::read_open(&file, LARGEST)))
}

/// As [`prepare`], from pipes and standard input too.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_from_anywhere(path: &Path) -> Result<Bytes, Shown> {
    prepare_from(path, |path| user_file::read(path, LARGEST))
}

fn prepare_from(path: &Path, read: impl Fn(&Path) -> io::Result<Vec<u8>>) -> Result<Bytes, Shown> {
    let path = locate(path);
    let name = file::shown(&path);
    let bytes = read(&path).map_err(|cause| refusal(&name, &path, &cause))?;
    let no_picture = || Shown::line(format!("{name} is not a picture that GroupMe takes; choose a JPEG, PNG, GIF or WebP file"));
    let kind = Kind::of(&bytes).ok_or_else(no_picture)?;
    let told = |fault| match fault {
        Fault::CutShort => Shown::line(format!("{name} ends too early; it may not have been copied whole")),
        Fault::Damaged => Shown::line(format!("{name} is damaged; open it in a picture program and save it again")),
        Fault::OnItsSide => {
            Shown::line(format!("{name} lies on its side and cannot be turned here; open it in a picture program and save it upright"))
        }
    };
    let stripped = strip::strip(kind, &bytes).map_err(told)?;
    let upright = match stripped.turn {
        Some(turn) => turn::upright(kind, &stripped.bytes, turn)
            .filter(|bytes| bytes.len() as u64 <= LARGEST)
            .ok_or(Fault::OnItsSide)
            .map_err(told)?,
        None => stripped.bytes,
    };
    Ok(Bytes::from(upright))
}

fn refusal(name: &Shown, path: &Path, cause: &io::Error) -> Shown {
    use io::ErrorKind;
    match cause.kind() {
        ErrorKind::NotFound => Shown::line(format!("there is no file {name}")),
        ErrorKind::FileTooLarge => Shown::line(format!("{name} is larger than {} MiB; save a smaller copy of it first", LARGEST >> 20)),
        ErrorKind::InvalidData | ErrorKind::IsADirectory => Shown::line(format!("{name} is not an ordinary file; choose a picture file")),
        _ => Shown::line(file::FileError::new("read", path, cause).to_string()),
    }
}

#[cfg(test)]
mod tests;
