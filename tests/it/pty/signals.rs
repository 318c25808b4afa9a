//! Signals, stops and other programs in the same terminal: nothing typed is lost, and the terminal is given back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::process::Signal;

use super::Pty;
use crate::cli::Shell;

const LAPEL: &str = env!("CARGO_BIN_EXE_lapel");

/// A shell that looks after its jobs.
fn shell(home: &Path, envs: &[(&str, &str)]) -> Pty {
    let envs: Vec<_> = envs.iter().copied().chain([("HOME", home.to_str().unwrap()), ("PS1", "shell> ")]).collect();
    let pty = Pty::run("/bin/sh", &["-i"], &envs, (80, 24));
    pty.wait_for("shell>");
    pty
}

fn executable(path: &Path, text: &str) -> String {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_script_that_started_it_stops_with_it() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = shell(home.path(), &[]);
    let script = executable(&home.path().join("start"), &format!("#!/bin/sh\n{LAPEL} --demo\necho script is over\n"));
    pty.keys(&format!("{script}\r"));
    pty.wait_for("Isaac");
    pty.keys("\x1a");
    pty.wait("the shell", |screen| !screen.alternate_screen() && screen.contents().to_lowercase().contains("stopped"));
    pty.keys("fg\r");
    pty.wait("the editor", |screen| screen.alternate_screen() && screen.contents().contains("Isaac"));
    pty.keys("\x03");
    pty.wait_for("script is over");
}

#[test]
fn every_signal_that_ends_it_leaves_a_draft_and_says_so_in_the_exit_code() {
    let service = Shell::new();
    let (home, url) = (service.home.path().to_str().unwrap(), service.sandbox.url());
    let envs = [("HOME", home), ("LAPEL_SERVER", url.as_str()), ("GROUPME_TOKEN", service.sandbox.token())];
    for signal in [Signal::TERM, Signal::INT, Signal::QUIT, Signal::ABORT, Signal::USR1, Signal::USR2, Signal::ALARM] {
        let mut pty = Pty::spawn(&[], &envs, (80, 24));
        pty.wait_for("Isaac");
        pty.keys("2\r and more");
        pty.wait_for("Isaac and more");
        pty.kill(signal);
        assert_eq!(pty.exit().exit_code(), 128 + u32::try_from(signal.as_raw()).unwrap());
        pty.screen(|screen| {
            assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{signal:?}");
            assert!(screen.contents().contains("Unsaved edits are kept: profile (1)"), "{}", screen.contents());
        });
        fs::remove_dir_all(service.home.path().join(".local")).unwrap();
    }
}

#[test]
fn an_interrupt_is_the_editors_while_it_has_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    // A variable before the program, as a shell allows it.
    let editor = executable(
        &home.path().join("editor"),
        "#!/bin/sh\ntrap 'echo caught' INT\necho \"ready $WITH\"\nread -r line || read -r line\nprintf ' %s' \"$line\" >> \"$1\"\n",
    );
    let mut pty = shell(home.path(), &[("EDITOR", &format!("WITH=options {editor}"))]);
    pty.keys(&format!("{LAPEL} --demo\r"));
    pty.wait_for("Isaac");
    pty.keys("2\r\x1bOQ");
    pty.wait_for("ready options");
    pty.keys("\x03");
    pty.wait_for("caught");
    pty.keys("edited\r");
    pty.wait("the text", |screen| screen.alternate_screen() && screen.contents().contains("Isaac edited"));
    pty.keys("\x03");
    pty.wait("the shell", |screen| !screen.alternate_screen());
}

#[test]
fn a_signal_ends_it_while_the_editor_has_the_terminal() {
    let service = Shell::new();
    let home = service.home.path();
    let editor = executable(&home.join("editor"), "#!/bin/sh\necho ready\nread -r line\n");
    let (url, token) = (service.sandbox.url(), service.sandbox.token());
    for signal in [Signal::TERM, Signal::HUP] {
        let envs =
            [("HOME", home.to_str().unwrap()), ("LAPEL_SERVER", url.as_str()), ("GROUPME_TOKEN", token), ("EDITOR", editor.as_str())];
        let mut pty = Pty::spawn(&[], &envs, (80, 24));
        pty.wait_for("Isaac");
        pty.keys("2\rA");
        pty.wait_for("IsaacA");
        pty.keys("\x1bOQ");
        pty.wait_for("ready");
        pty.kill(signal);
        pty.ended();
        assert!(crate::faults::is_in_a_draft(&service, "IsaacA"), "{signal:?}");
        fs::remove_dir_all(home.join(".local")).unwrap();
    }
}

#[test]
fn an_editor_that_fails_is_missing_or_comes_back_at_once_says_so_and_keeps_the_text() {
    let home = tempfile::tempdir().unwrap();
    for (editor, said) in [("true", "came back at once"), ("false", "reported an error"), ("no-such-editor", "not installed")] {
        let mut pty = Pty::spawn(&["--demo"], &[("HOME", home.path().to_str().unwrap()), ("EDITOR", editor)], (80, 24));
        pty.wait_for("Isaac");
        pty.keys("2\rA\x1bOQ");
        pty.wait_for(said);
        pty.wait_for("IsaacA");
        pty.keys("\x03");
        assert!(pty.exit().success());
    }
}

#[test]
fn a_hidden_prompt_gives_the_terminal_back_however_it_ends() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = shell(home.path(), &[]);
    pty.keys(&format!("stty -a > before; {LAPEL} login\r"));
    pty.wait_for("Token:");
    pty.keys("typed\x1a");
    pty.wait("the shell", |screen| screen.contents().to_lowercase().contains("stopped"));
    pty.keys("echo on the shell; fg\r");
    pty.wait("the prompt again", |screen| screen.contents().matches("Token:").count() == 2);
    pty.keys("\x03");
    pty.wait_for("interrupted");
    pty.keys("stty -a > after; cmp before after && echo all is as it w''as\r");
    pty.wait_for("all is as it was");
    assert!(!pty.screen(vt100::Screen::contents).contains("typed"));
    // Only what `cat` says back shows that it runs, and that the interruption is its own and not the shell's while it starts it.
    pty.keys("cat\rhear me\r");
    pty.wait("cat", |screen| screen.contents().matches("hear me").count() == 2);
    pty.keys("\x03");
    pty.wait("the shell", |screen| screen.contents().trim_end().ends_with("shell>"));
    pty.keys("echo still interrup''ted\r");
    pty.wait_for("still interrupted");
}

#[test]
fn a_signal_ends_a_hidden_prompt() {
    let home = tempfile::tempdir().unwrap();
    let pty = Pty::spawn(&["login"], &[("HOME", home.path().to_str().unwrap())], (80, 24));
    pty.wait_for("Token:");
    pty.kill(Signal::TERM);
    assert_eq!(pty.exit().exit_code(), 143);
}
