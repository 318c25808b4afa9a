//! The program in a real terminal: it opens, moves, and ends the way it should whatever happens to it.

use std::path::Path;

use rustix::process::Signal;

use super::Pty;
use crate::cli::Shell;

fn demo(home: &Path, size: (u16, u16)) -> Pty {
    let pty = Pty::spawn(&["--demo"], &[("HOME", home.to_str().unwrap())], size);
    pty.wait_for("Isaac");
    pty
}

#[test]
fn the_demo_opens_shows_its_screens_and_leaves_the_terminal_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = demo(home.path(), (80, 24));
    assert!(pty.screen(vt100::Screen::alternate_screen));
    pty.keys("4");
    pty.wait_for("Climbing");
    pty.keys("\x1b1");
    pty.wait_for("Before you criticize");
    pty.keys("?");
    pty.wait_for("type to filter");
    pty.keys("\x1b");
    pty.wait("the palette to close", |screen| !screen.contents().contains("type to filter"));
    pty.keys("q");
    assert!(pty.exit().success());
    assert!(!pty.screen(vt100::Screen::alternate_screen) && !pty.screen(vt100::Screen::hide_cursor));
    assert_eq!(pty.screen(vt100::Screen::mouse_protocol_mode), vt100::MouseProtocolMode::None);
}

#[test]
fn a_pin_is_dragged_with_a_real_mouse_and_saved() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = demo(home.path(), (80, 24));
    assert_ne!(pty.screen(vt100::Screen::mouse_protocol_mode), vt100::MouseProtocolMode::None);
    // The tab of the pins.
    pty.press(30, 0);
    pty.release(30, 0);
    pty.wait_for("Book club");
    let line = |row: u16| move |screen: &vt100::Screen| screen.rows(0, 80).nth(usize::from(row)).unwrap_or_default();
    assert!(pty.screen(line(6)).contains("Book club"), "{}", pty.screen(vt100::Screen::contents));
    pty.press(1, 6);
    pty.drag(1, 4);
    pty.drag(1, 3);
    pty.wait_for("drop here");
    pty.release(1, 3);
    pty.wait_for("1 unsaved change");
    assert!(pty.screen(line(3)).contains("Book club"), "{}", pty.screen(vt100::Screen::contents));
    pty.keys("\x13");
    pty.wait_for("Saved and read back");
    pty.keys("q");
    assert!(pty.exit().success());
}

#[test]
fn what_is_left_unsaved_is_said_and_offered_again() {
    let shell = Shell::new();
    let (home, url) = (shell.home.path().to_str().unwrap(), shell.sandbox.url());
    let start = || {
        let envs = [("HOME", home), ("LAPEL_SERVER", url.as_str()), ("GROUPME_TOKEN", shell.sandbox.token())];
        let pty = Pty::spawn(&[], &envs, (80, 24));
        pty.wait_for("Isaac");
        pty
    };
    let mut pty = start();
    pty.keys("2\r and more");
    pty.wait_for("Isaac and more");
    pty.keys("\x03");
    assert!(pty.exit().success());
    assert!(pty.screen(vt100::Screen::contents).contains("Unsaved edits are kept: profile (1)"));
    let mut pty = start();
    pty.wait_for("Unsaved edits");
    pty.keys("2\x1bOR");
    pty.wait_for("Isaac and more");
    pty.keys("\r");
    pty.wait_for("1 unsaved change");
}

#[test]
fn the_demo_leaves_nothing_behind_however_it_ends() {
    let home = tempfile::tempdir().unwrap();
    for end in [Signal::HUP, Signal::KILL] {
        let mut pty = demo(home.path(), (80, 24));
        pty.keys("2\r and more");
        pty.wait_for("Isaac and more");
        pty.kill(end);
        pty.exit();
    }
    let mut pty = demo(home.path(), (80, 24));
    pty.keys("2");
    pty.wait_for("Zip code");
    assert!(!pty.screen(vt100::Screen::contents).contains("nsaved"));
    let state = home.path().join(".local/state/lapel");
    assert!(std::fs::read_dir(state).is_err(), "not even a log");
}

#[test]
fn without_a_token_the_demo_starts_from_the_sign_in_screen() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = Pty::spawn(&[], &[("HOME", home.path().to_str().unwrap())], (40, 12));
    pty.wait_for("starts the demo");
    pty.keys("\x14");
    pty.wait_for("Isaac");
    pty.keys("q");
    assert!(pty.exit().success());
}

#[test]
fn it_draws_at_every_size_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = demo(home.path(), (80, 24));
    for (columns, rows) in [(1, 1), (40, 10), (39, 9), (200, 50), (2, 40)] {
        pty.resize(columns, rows);
    }
    pty.resize(60, 16);
    pty.wait("the profile at its new size", |screen| {
        let contents = screen.contents();
        contents.contains("Isaac") && contents.contains("quit") || contents.contains("all keys")
    });
    pty.keys("\x03");
    assert!(pty.exit().success());
}

#[test]
fn a_hang_up_ends_it() {
    let home = tempfile::tempdir().unwrap();
    let pty = demo(home.path(), (80, 24));
    pty.kill(Signal::HUP);
    pty.exit();
}

#[test]
fn a_closed_terminal_ends_it() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = demo(home.path(), (80, 24));
    pty.hang_up();
    pty.exit();
}

#[test]
fn a_request_to_end_restores_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let pty = demo(home.path(), (80, 24));
    pty.kill(Signal::TERM);
    assert_eq!(pty.exit().exit_code(), 143);
    assert!(!pty.screen(vt100::Screen::alternate_screen));
}

/// In a real terminal the tables and colours of commands would be for eyes; here nothing is.
#[test]
fn a_terminal_that_can_do_no_more_gets_questions_and_answers_in_lines() {
    let home = tempfile::tempdir().unwrap();
    for (name, value) in [("TERM", "dumb"), ("ACCESSIBLE", "1")] {
        let mut pty = Pty::spawn(&["--demo"], &[("HOME", home.path().to_str().unwrap()), (name, value)], (80, 60));
        pty.wait_for("What next?");
        for (answer, then) in [
            ("2", "Which field"),
            ("name", "The new value of Name"),
            ("Ida Stone", "Noted"),
            ("", "One change is not saved."),
            ("4", "2 Climbing, group, ok"),
            ("move Family to 3", "Not saved yet"),
            ("", "2 changes are not saved."),
            ("8", "Save this? [y/N]"),
            ("y", "name: saved"),
        ] {
            pty.keys(&format!("{answer}\r"));
            pty.wait_for(then);
        }
        pty.keys("0\r");
        assert!(pty.exit().success());
        assert!(!pty.raw().contains(&b'\x1b'), "{}", pty.raw().escape_ascii());
    }
}
