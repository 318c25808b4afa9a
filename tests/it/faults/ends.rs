//! Ends that nobody is told of.
#![cfg(unix)]

use rustix::process::Signal;

use super::wait_for_draft;
use crate::cli::Shell;
use crate::pty::Pty;

#[test]
fn what_was_typed_is_on_disk_without_any_end_and_offered_after_a_kill() {
    let shell = Shell::new();
    let (home, url) = (shell.home.path().to_str().unwrap().to_owned(), shell.sandbox.url());
    let envs = [("HOME", home.as_str()), ("LAPEL_SERVER", url.as_str()), ("GROUPME_TOKEN", shell.sandbox.token())];
    let mut pty = Pty::spawn(&[], &envs, (80, 24));
    pty.wait_for("Isaac");
    pty.keys("2\r and more");
    wait_for_draft(&shell, "Isaac and more");
    pty.kill(Signal::KILL);
    pty.ended();
    let pty = Pty::spawn(&[], &envs, (80, 24));
    pty.wait_for("Unsaved edits");
}
