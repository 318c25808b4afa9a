//! Fish, which quotes what it puts in.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use super::own::{OwnShell, described};
use super::quote::meaning;

/// The last word is what stands before the cursor, quotes and all.
const SCRIPT: &str = r"complete --keep-order --no-files --command lapel --arguments '(VARIABLE=fish LAPEL -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor))'
";

/// Fish's side of completing.
pub(super) const FISH: OwnShell = OwnShell { name: "fish", script: SCRIPT, answer };

fn answer(command: &mut clap::Command, words: &[OsString], folder: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    let mut words = words.to_vec();
    let at = words.len().saturating_sub(1);
    // The words before it come without their quotes already.
    if let Some(last) = words.last_mut() {
        *last = meaning(&last.to_string_lossy()).into();
    }
    described(command, words, at, folder, out)
}
