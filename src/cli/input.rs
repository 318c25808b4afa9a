//! Text from where a person says: a file, a pipe, or standard input, read to its end or not at all.

use std::io::ErrorKind;
use std::path::Path;

use super::exit::Failure;
use crate::io::file::{self, FileError};
use crate::io::user_file;

/// More text than any account has, in bytes.
const MOST: u64 = 1 << 20;

/// The text that `path` leads to. `missing` and `no_text` say what to do when there is no file, and when it holds no text.
pub(super) fn text(path: &Path, missing: &str, no_text: &str) -> Result<String, Failure> {
    let name = if user_file::is_stdin(path) { "standard input".to_owned() } else { file::shown(path).into_string() };
    let bytes = user_file::read(path, MOST).map_err(|cause| match cause.kind() {
        ErrorKind::NotFound => Failure::usage(format!("there is no file {name}{missing}")),
        _ => Failure::usage(FileError::new("read", path, &cause).to_string()),
    })?;
    String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{name} is not a text file{no_text}")))
}
