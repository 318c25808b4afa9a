//! `$EDITOR` on a text, while the terminal is lent out.

use std::io::{Read, Write};
use std::process::Command;

use crate::domain::Shown;
use crate::io::token_store::VARIABLE;

/// The longest text taken back, in bytes.
const CAP: u64 = 64 << 10;

/// Lets the user edit `text` in `$VISUAL` or `$EDITOR` (else `vi`), without the line end that editors add.
///
/// # Errors
/// Why there is no new text, as a sentence.
pub fn edit(text: &str) -> Result<String, Shown> {
    let trouble = |what: &str, error: &std::io::Error| Shown::line(format!("{what}: {error}; the text is as it was"));
    let mut file = tempfile::Builder::new()
        .prefix("lapel-")
        .suffix(".txt")
        .tempfile()
        .map_err(|error| trouble("A file for the editor could not be made", &error))?;
    file.write_all(text.as_bytes()).map_err(|error| trouble("The text could not be handed to the editor", &error))?;
    let editor = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.trim().is_empty());
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    // A shell, because the variable may hold options (`code --wait`); the file's name comes as a parameter of its own.
    let status = Command::new("sh")
        .args(["-c", &format!("{editor} \"$1\""), "sh"])
        .arg(file.path())
        .env_remove(VARIABLE)
        .status()
        .map_err(|error| trouble("The editor could not be started", &error))?;
    if !status.success() {
        return Err(Shown::line(format!("The editor \"{editor}\" ended with an error; the text is as it was. Set EDITOR to another one.")));
    }
    // Many editors replace the file, so it is opened again by name.
    let mut bytes = Vec::new();
    std::fs::File::open(file.path())
        .and_then(|edited| edited.take(CAP + 1).read_to_end(&mut bytes))
        .map_err(|error| trouble("The edited text could not be read", &error))?;
    if bytes.len() as u64 > CAP {
        return Err(Shown::line("The edited text is longer than 64 KiB; the text is as it was"));
    }
    let mut edited = String::from_utf8(bytes).map_err(|_| Shown::line("The edited text is not UTF-8; the text is as it was"))?;
    if !text.ends_with('\n') && edited.ends_with('\n') {
        edited.pop();
    }
    Ok(edited)
}
