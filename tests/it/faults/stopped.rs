//! A terminal that takes no output: stopped with Ctrl-S, or behind a dead link.
#![cfg(unix)]

use rustix::process::Signal;

use super::{is_in_a_draft, wait_for_draft};
use crate::cli::Shell;
use crate::pty::Pty;

/// Types with the terminal's output stopped, until what was typed is on disk.
fn stopped(shell: &Shell) -> Pty {
    let home = shell.home.path();
    let envs = [("HOME", home.to_str().unwrap()), ("LAPEL_SERVER", &shell.sandbox.url()), ("GROUPME_TOKEN", shell.sandbox.token())];
    let mut pty = Pty::spawn(&[], &envs, (80, 24));
    pty.wait_for("Isaac");
    pty.keys("2\r");
    pty.wait_for("Zip code");
    pty.stop_output(true);
    for n in 0..20 {
        // A whole screen each time.
        pty.keys(&format!("k{n}\x0c"));
    }
    pty.keys("MARK");
    wait_for_draft(shell, "MARK");
    pty
}

#[test]
fn typing_reaches_the_disk_and_signals_end_it_though_the_terminal_takes_no_output() {
    for signal in [Signal::TERM, Signal::HUP] {
        let shell = Shell::new();
        let pty = stopped(&shell);
        pty.kill(signal);
        pty.ended();
        assert!(is_in_a_draft(&shell, "MARK"));
    }
}

#[test]
fn ctrl_z_holds_nothing_up_though_the_terminal_takes_no_output() {
    let shell = Shell::new();
    let mut pty = stopped(&shell);
    pty.keys("\x1a");
    // Nobody could continue it here: it goes on at once.
    pty.keys("AFTER");
    wait_for_draft(&shell, "MARKAFTER");
    pty.kill(Signal::TERM);
    pty.ended();
}

#[test]
fn the_newest_frame_is_drawn_once_the_terminal_takes_output_again() {
    let shell = Shell::new();
    let mut pty = stopped(&shell);
    pty.stop_output(false);
    pty.wait_for("MARK");
    pty.keys("\x03");
    assert!(pty.exit().success());
}
