//! A token from a password manager: the first line a command prints, bounded in time and size.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use secrecy::zeroize::Zeroizing;

use super::keyring::Secret;
use super::place::VARIABLE;
use crate::domain::SafeText;
use crate::io::words::words;

/// Long enough to touch a security key or type a PIN into a window.
pub(super) const LIMIT: Duration = Duration::from_secs(30);

/// More bytes than any token's line takes.
const CAP: u64 = 4096;

/// Runs `command` in the shell, without a terminal to read from, and returns the first line it prints.
///
/// # Errors
/// Why not, as the rest of a sentence that begins "`token_command` …". What the command printed is not in it.
pub(super) fn first_line(command: &str, limit: Duration) -> Result<Secret, SafeText> {
    let deadline = Instant::now() + limit;
    let mut child = shell(command).spawn().map_err(|cause| SafeText::line(format!("could not be started: {}", words(&cause))))?;
    let output = output(&mut child, deadline);
    if output.is_err() {
        // What the shell started may live on; nobody listens to it any more.
        let _ = child.kill();
    }
    let ended = wait(&mut child, deadline);
    let output = output?;
    match ended {
        Ok(Some(status)) if status.success() => {}
        Ok(Some(status)) => return Err(SafeText::line(format!("failed ({status})"))),
        Ok(None) => return Err(late(limit)),
        Err(cause) => return Err(SafeText::line(format!("failed: {}", words(&cause)))),
    }
    let text = std::str::from_utf8(&output).map_err(|_| SafeText::line("printed something that is not text"))?;
    match text.lines().next().map(str::trim) {
        None | Some("") => Err(SafeText::line("printed nothing")),
        Some(line) => Ok(Secret::new(line.to_owned())),
    }
}

fn late(limit: Duration) -> SafeText {
    SafeText::line(format!("did not end within {} seconds", limit.as_secs()))
}

fn shell(command: &str) -> Command {
    let mut shell = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
    shell.args([if cfg!(windows) { "/C" } else { "-c" }, command]);
    // What it complains about could be anything, and would be written over the screen.
    shell.env_remove(VARIABLE).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    shell
}

/// All it prints, up to the cap, read on a thread that can be left behind.
fn output(child: &mut Child, deadline: Instant) -> Result<Zeroizing<Vec<u8>>, SafeText> {
    let limit = deadline.saturating_duration_since(Instant::now());
    let Some(pipe) = child.stdout.take() else { return Err(SafeText::line("has no output")) };
    let (send, receive) = mpsc::channel();
    let reader = thread::Builder::new().name("token_command".to_owned()).spawn(move || {
        let mut bytes = Zeroizing::new(Vec::with_capacity(CAP as usize));
        let read = pipe.take(CAP).read_to_end(&mut bytes);
        let _ = send.send(read.map(|_| bytes));
    });
    reader.map_err(|cause| SafeText::line(format!("could not be read: {}", words(&cause))))?;
    match receive.recv_timeout(limit) {
        Ok(Ok(bytes)) if bytes.len() as u64 == CAP => Err(SafeText::line("printed far more than a token")),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(cause)) => Err(SafeText::line(format!("could not be read: {}", words(&cause)))),
        Err(_) => Err(late(limit)),
    }
}

/// Its exit status, which usually follows its last output at once; killed when it does not.
fn wait(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn run(command: &str) -> Result<String, String> {
        first_line(command, Duration::from_secs(10)).map(|line| line.to_string()).map_err(SafeText::into_string)
    }

    #[test]
    fn the_first_line_is_the_token() {
        assert_eq!(run("printf '  abc123 \\nuser: ann\\n'"), Ok("abc123".to_owned()));
        assert_eq!(run("printf abc"), Ok("abc".to_owned()));
    }

    #[test]
    fn a_command_that_gives_none_says_why_and_not_what_it_printed() {
        assert_eq!(run("true"), Err("printed nothing".to_owned()));
        assert_eq!(run("echo secret; echo secret >&2; exit 3"), Err("failed (exit status: 3)".to_owned()));
        assert_eq!(run("printf '\\377'"), Err("printed something that is not text".to_owned()));
        assert_eq!(run("while :; do echo secret; done"), Err("printed far more than a token".to_owned()));
        assert_eq!(run("cat; exit 4"), Err("failed (exit status: 4)".to_owned()), "it must not wait for keys");
    }

    #[test]
    fn a_command_that_never_ends_is_left_in_time() {
        for hanging in ["exec sleep 600", "exec sleep 600 >&-"] {
            let start = Instant::now();
            let error = first_line(hanging, Duration::from_millis(20)).unwrap_err();
            assert!(error.as_str().contains("did not end"), "{error}");
            assert!(start.elapsed() < Duration::from_secs(300), "it slept to its end");
        }
    }
}
