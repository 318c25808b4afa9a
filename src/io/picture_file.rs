//! A picture file made ready for upload: its type told by its content, its size bounded.

use std::path::Path;

use bytes::Bytes;

use super::file::{self, FileError};
use crate::domain::Shown;

/// The largest file the image service takes.
const MOST: u64 = 20 << 20;

/// The first bytes of each kind of picture.
const KINDS: [&[u8]; 4] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF"];

/// The bytes to upload.
///
/// # Errors
/// Why the file cannot be uploaded, as a sentence.
pub fn prepare(path: &Path) -> Result<Bytes, Shown> {
    let say = |error: FileError| Shown::line(error.to_string());
    let name = file::shown(path);
    let bytes = file::read(path, MOST).map_err(say)?.ok_or_else(|| Shown::line(format!("there is no file {name}")))?;
    if KINDS.iter().any(|kind| bytes.starts_with(kind)) {
        Ok(bytes.into())
    } else {
        Err(Shown::line(format!("{name} is not a picture: JPEG, PNG, GIF and WebP can be uploaded")))
    }
}
