//! `$EDITOR` on a text, while the terminal is lent out.

use std::io::{Read, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::domain::SafeText;
use crate::domain::text::without_bom;
use crate::io::environment::Environment;
use crate::io::token_store::VARIABLE;
use crate::io::words::words;

/// The longest text taken back, in bytes.
const CAP: u64 = 64 << 10;
/// Nobody has edited anything in so short a time.
const AT_ONCE: Duration = Duration::from_millis(500);
/// What every system should have.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Lets the user edit `text` in `$VISUAL` or `$EDITOR` (else the system's usual one), without the line end and the byte order mark that editors add.
///
/// # Errors
/// Why there is no new text, as a sentence.
pub fn edit(text: &str) -> Result<String, SafeText> {
    let trouble = |what: &str, error: &std::io::Error| SafeText::line(format!("{what}: {}; the text is as it was", words(error)));
    let mut file = tempfile::Builder::new()
        .prefix("lapel-")
        .suffix(".txt")
        .tempfile()
        .map_err(|error| trouble("A file for the editor could not be made", &error))?;
    file.write_all(text.as_bytes()).map_err(|error| trouble("The text could not be handed to the editor", &error))?;
    let named = Environment::PROCESS.editor().map_err(|error| SafeText::line(format!("{error}. The text is as it was")))?;
    let (variable, editor) = named.unwrap_or(("", USUAL.to_owned()));
    let start = Instant::now();
    let status = command(&editor)
        .arg(file.path())
        .env_remove(VARIABLE)
        .status()
        .map_err(|error| trouble("The editor could not be started", &error))?;
    if !status.success() {
        return Err(SafeText::line(refusal(variable, &editor, status.code())));
    }
    // Many editors replace the file, so it is opened again by name.
    let mut bytes = Vec::new();
    std::fs::File::open(file.path())
        .and_then(|edited| edited.take(CAP + 1).read_to_end(&mut bytes))
        .map_err(|error| trouble("The edited text could not be read", &error))?;
    if bytes.len() as u64 > CAP {
        return Err(SafeText::line("The edited text is longer than 64 KiB; the text is as it was"));
    }
    let mut edited = String::from_utf8(bytes).map_err(|_| SafeText::line("The edited text is not UTF-8; the text is as it was"))?;
    if without_bom(text) == text {
        edited = without_bom(&edited).to_owned();
    }
    if !text.ends_with('\n') && edited.ends_with('\n') {
        edited.pop();
    }
    if edited == text && start.elapsed() < AT_ONCE {
        return Err(SafeText::line(format!(
            "\"{editor}\" came back at once without a change. If it has a window of its own, it must be told to wait, like \"code --wait\". The text is as it was"
        )));
    }
    Ok(edited)
}

/// The editor's command line, to which the file is still to be added.
///
/// A shell, because the variable may hold options (`code --wait`); the file's name comes as a parameter of its own. An interrupt is the
/// editor's: the shell goes on and tells what the editor ended with.
#[cfg(unix)]
fn command(editor: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap : INT QUIT; {editor} \"$1\""), "sh"]);
    command
}

/// The editor's command line, to which the file is still to be added. The system's shell finds what is meant by a name.
#[cfg(not(unix))]
fn command(editor: &str) -> Command {
    let mut command = Command::new("cmd");
    command.arg("/C").args(shlex::Shlex::new(&editor.replace('\\', "\\\\")));
    command
}

/// Why the shell came back without a new text. `variable` names the editor; empty, it is the one that every system should have.
fn refusal(variable: &str, editor: &str, code: Option<i32>) -> String {
    let why = match code {
        // So the shell itself answers for a command that it does not find or may not run.
        Some(126 | 127) if variable.is_empty() => {
            format!("EDITOR is not set and there is no {editor} here; set EDITOR to a program like nano")
        }
        Some(127) => format!("{variable} is \"{editor}\", which is not installed; set {variable} to a program like nano"),
        Some(126) => format!("{variable} is \"{editor}\", which cannot be run; set {variable} to a program like nano"),
        Some(_) => format!("\"{editor}\" reported an error and gave no text back"),
        None => format!("\"{editor}\" was stopped"),
    };
    format!("{why}. The text is as it was")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_editor_is_called_missing() {
        let missing = refusal("VISUAL", "kod --wait", Some(127));
        assert!(missing.starts_with("VISUAL is \"kod --wait\", which is not installed; set VISUAL"), "{missing}");
        assert!(refusal("", "vi", Some(127)).starts_with("EDITOR is not set and there is no vi here"));
        assert!(!refusal("EDITOR", "vi", Some(1)).contains("installed"));
    }
}
