//! Picture files that a user names, made ready for the image service, where everybody can read them.
//!
//! The picture itself is encoded again only where it would lie on its side. What tells about its making (where, when,
//! by whom, with what) is cut out, and so is whatever stands behind its end. This module must not decode pixels otherwise.

mod locate;
mod place;
mod strip;
mod turn;

use std::io;
use std::path::Path;

use bytes::Bytes;

pub use self::locate::{complete, locate};
use self::strip::{Fault, PictureFormat};
use super::{file, user_file};
use crate::base::job::PictureInfo;
use crate::domain::SafeText;

/// The largest picture file taken, in bytes.
const LARGEST: u64 = 20 << 20;

/// Reads the picture that a user named (see [`locate`]) and takes out what it tells beyond the picture. Its kind is told by its
/// content, not by its name. A pipe is refused: the editor waits for none.
///
/// # Errors
/// A sentence: why the file cannot be read or is not a picture that can be uploaded, and what to do.
pub fn prepare(path: &Path) -> Result<Bytes, SafeText> {
    prepared(&locate(path), from_disk).map(|prepared| Bytes::from(prepared.bytes))
}

/// As [`prepare`], from pipes and standard input too.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_from_anywhere(path: &Path) -> Result<Bytes, SafeText> {
    prepared(&locate(path), |path| user_file::read(path, LARGEST)).map(|prepared| Bytes::from(prepared.bytes))
}

fn from_disk(path: &Path) -> io::Result<Vec<u8>> {
    file::open_linked(path).and_then(|file| file::read_open(&file, LARGEST))
}

/// Looks at the picture that a user named, as [`prepare`] would take it; the picture itself comes along, for whoever can decode it.
///
/// # Errors
/// As there.
pub fn look(path: &Path) -> Result<(PictureInfo, Bytes), SafeText> {
    let path = locate(path);
    let prepared = prepared(&path, from_disk)?;
    let mut taken_out = Vec::new();
    if prepared.stripped {
        taken_out.push(if place::is_told(&prepared.original) { "where and how it was taken" } else { "how it was made" });
    }
    if prepared.behind {
        taken_out.push("what stands behind its end");
    }
    let name = SafeText::line(path.file_name().unwrap_or_default().to_string_lossy());
    let looked = PictureInfo { name, kind: prepared.kind.word(), bytes: prepared.bytes.len(), taken_out, picture: None };
    Ok((looked, Bytes::from(prepared.bytes)))
}

/// A picture as it will go out, and what it was.
struct Prepared {
    kind: PictureFormat,
    original: Vec<u8>,
    bytes: Vec<u8>,
    /// Whether anything was taken out of it.
    stripped: bool,
    /// Whether something stood behind its end.
    behind: bool,
}

fn prepared(path: &Path, read: impl Fn(&Path) -> io::Result<Vec<u8>>) -> Result<Prepared, SafeText> {
    let name = file::shown(path);
    let original = read(path).map_err(|cause| refusal(&name, path, &cause))?;
    let no_picture = || SafeText::line(format!("{name} is not a picture that GroupMe takes; choose a JPEG, PNG, GIF or WebP file"));
    let kind = PictureFormat::of(&original).ok_or_else(no_picture)?;
    let told = |fault| match fault {
        Fault::CutShort => SafeText::line(format!("{name} ends too early; it may not have been copied whole")),
        Fault::Damaged => SafeText::line(format!("{name} is damaged; open it in a picture program and save it again")),
        Fault::OnItsSide => {
            SafeText::line(format!("{name} lies on its side and cannot be turned here; open it in a picture program and save it upright"))
        }
    };
    let strip::Stripped { bytes, turn, rest } = strip::strip(kind, &original).map_err(told)?;
    let (stripped, behind) = (bytes.len() + rest < original.len(), rest > 0);
    let bytes = match turn {
        Some(turn) => {
            turn::upright(kind, &bytes, turn).filter(|bytes| bytes.len() as u64 <= LARGEST).ok_or(Fault::OnItsSide).map_err(told)?
        }
        None => bytes,
    };
    Ok(Prepared { kind, original, bytes, stripped, behind })
}

fn refusal(name: &SafeText, path: &Path, cause: &io::Error) -> SafeText {
    use io::ErrorKind;
    match cause.kind() {
        ErrorKind::NotFound => SafeText::line(format!("there is no file {name}")),
        ErrorKind::FileTooLarge => SafeText::line(format!("{name} is larger than {} MiB; save a smaller copy of it first", LARGEST >> 20)),
        ErrorKind::IsADirectory => SafeText::line(format!("{name} is a folder; choose a picture file in it")),
        ErrorKind::InvalidData => SafeText::line(format!("{name} is not an ordinary file; choose a picture file")),
        _ => SafeText::line(file::FileError::new("read", path, cause).to_string()),
    }
}

#[cfg(test)]
mod tests;
