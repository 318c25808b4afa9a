//! A real terminal for tests: a pseudo terminal with a program in it, and an emulator that reads what it writes.
//!
//! Tests press keys and wait for what a person would see. Nothing here sleeps: every wait ends with the output or exit that it is
//! for, or fails at a deadline with the screen in its message.

// Helpers of tests are test code to clippy only with this.
#![cfg(test)]

mod guard;
mod input;
mod program;
mod signals;

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::Action;

use crate::day::surroundings;

/// A wait that lasts longer has failed. Generous: it bounds a failure, not a passing test.
const DEADLINE: Duration = Duration::from_secs(60);

/// A program in a terminal. Dropping it ends the program.
pub(crate) struct Pty {
    shared: Arc<Shared>,
    /// Gone after a hang-up.
    terminal: Option<(Box<dyn MasterPty + Send>, Box<dyn Write + Send>)>,
    pid: Pid,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    emulator: vt100::Parser,
    raw: Vec<u8>,
    /// The test has hung up: the reader lets go of the terminal.
    hung_up: bool,
    /// All output was read.
    ended: bool,
    exit: Option<ExitStatus>,
}

impl Shared {
    fn update(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
        self.changed.notify_all();
    }

    /// Waits until `done`, or returns false at the deadline.
    fn wait(&self, done: impl Fn(&State) -> bool) -> bool {
        let state = self.state.lock().unwrap();
        let (state, _) = self.changed.wait_timeout_while(state, DEADLINE, |state| !done(state)).unwrap();
        done(&state)
    }
}

impl Pty {
    /// Starts `lapel` with these arguments and, but for the essentials, only this environment, in a terminal of columns by rows.
    pub(crate) fn spawn(args: &[&str], envs: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::run(env!("CARGO_BIN_EXE_lapel"), args, envs, size)
    }

    /// As [`Pty::spawn`], with any program.
    pub(crate) fn run(program: impl AsRef<OsStr>, args: &[&str], envs: &[(&str, &str)], size: (u16, u16)) -> Self {
        let (columns, rows) = size;
        let pair = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        surroundings().for_each(|(name, value)| command.env(name, value));
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")].iter().chain(envs) {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let pid = Pid::from_raw(child.process_id().unwrap().try_into().unwrap()).unwrap();
        let state = State { emulator: emulator(columns, rows), raw: Vec::new(), hung_up: false, ended: false, exit: None };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });

        let (reading, mut reader) = (Arc::clone(&shared), pair.master.try_clone_reader().unwrap());
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer)
                && !reading.state.lock().unwrap().hung_up
            {
                reading.update(|state| {
                    state.raw.extend_from_slice(&buffer[..count]);
                    state.emulator.process(&buffer[..count]);
                });
            }
            drop(reader);
            reading.update(|state| state.ended = true);
        });
        let waiting = Arc::clone(&shared);
        thread::spawn(move || {
            let exit = child.wait().unwrap();
            waiting.update(|state| state.exit = Some(exit));
        });
        let writer = pair.master.take_writer().unwrap();
        Self { shared, terminal: Some((pair.master, writer)), pid }
    }

    /// Types text: `\r` is Enter, `\t` Tab, `\x1b` Escape, `\x13` Ctrl-S and so on.
    pub(crate) fn keys(&mut self, keys: &str) {
        self.bytes(keys.as_bytes());
    }

    /// Sends bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        let (_, writer) = self.terminal.as_mut().expect("the terminal was hung up");
        writer.write_all(bytes).and_then(|()| writer.flush()).unwrap();
    }

    /// Pastes text, in brackets as a terminal does where that was asked for.
    pub(crate) fn paste(&mut self, text: &str) {
        self.keys(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Presses the left button; column and row count from zero.
    pub(crate) fn press(&mut self, column: u16, row: u16) {
        self.mouse(0, column, row, 'M');
    }

    /// Moves with the left button down.
    pub(crate) fn drag(&mut self, column: u16, row: u16) {
        self.mouse(32, column, row, 'M');
    }

    /// Releases the left button.
    pub(crate) fn release(&mut self, column: u16, row: u16) {
        self.mouse(0, column, row, 'm');
    }

    fn mouse(&mut self, button: u8, column: u16, row: u16, end: char) {
        self.keys(&format!("\x1b[<{button};{};{}{end}", column + 1, row + 1));
    }

    /// Gives the terminal another size, of which the program is told.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        // The emulator first, so that it reads the answer at the new size.
        self.shared.update(|state| state.emulator.screen_mut().set_size(edge(rows), edge(columns)));
        let (master, _) = self.terminal.as_ref().expect("the terminal was hung up");
        master.resize(pty_size(columns, rows)).unwrap();
    }

    /// Lets the terminal take no output, as after Ctrl-S, or take it again.
    pub(crate) fn stop_output(&self, stop: bool) {
        let (master, _) = self.terminal.as_ref().expect("the terminal was hung up");
        let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
        let terminal = rustix::fs::open(master.tty_name().unwrap(), flags, rustix::fs::Mode::empty()).unwrap();
        rustix::termios::tcflow(terminal, if stop { Action::OOff } else { Action::OOn }).unwrap();
    }

    /// Waits until the program has ended, whether or not its output was read.
    pub(crate) fn ended(&self) {
        self.check("the program to end", self.shared.wait(|state| state.exit.is_some()));
    }

    /// Waits until the screen is as wished.
    pub(crate) fn wait(&self, wish: &str, done: impl Fn(&vt100::Screen) -> bool) {
        self.check(wish, self.shared.wait(|state| done(state.emulator.screen())));
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Looks at the screen as it is.
    pub(crate) fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.shared.state.lock().unwrap().emulator.screen())
    }

    /// Everything the program has written so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.shared.state.lock().unwrap().raw.clone()
    }

    /// Sends a signal to the program.
    pub(crate) fn kill(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Closes the terminal under the program, as a lost connection does. The program must still react to a new size.
    pub(crate) fn hang_up(&mut self) {
        self.shared.update(|state| state.hung_up = true);
        // The reader waits for output; a new size makes the program write some.
        let size = self.screen(vt100::Screen::size);
        self.resize(size.1.get() - 1, size.0.get() - 1);
        self.check("the reader to let go", self.shared.wait(|state| state.ended));
        self.terminal = None;
    }

    /// Waits until the program has ended and its output was read.
    pub(crate) fn exit(&self) -> ExitStatus {
        self.check("the program to end", self.shared.wait(|state| state.exit.is_some()));
        self.check("the end of the output", self.shared.wait(|state| state.ended));
        self.shared.state.lock().unwrap().exit.clone().unwrap()
    }

    #[track_caller]
    fn check(&self, wish: &str, came: bool) {
        if !came {
            let exit = self.shared.state.lock().unwrap().exit.clone();
            panic!("waited in vain for: {wish}\nexit: {exit:?}\nscreen:\n{}", self.screen(vt100::Screen::contents));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let ended = self.shared.state.lock().is_ok_and(|state| state.exit.is_some());
        if !ended {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(edge(rows), edge(columns), 0)
}

fn edge(value: u16) -> NonZeroU16 {
    NonZeroU16::new(value).expect("a terminal has columns and rows")
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

#[test]
fn a_plain_answer_leaves_the_terminal_alone() {
    let pty = Pty::spawn(&["--version"], &[], (60, 10));
    assert!(pty.exit().success());
    assert!(!pty.raw().contains(&b'\x1b'), "{}", pty.raw().escape_ascii());
}

#[test]
fn on_a_terminal_a_field_is_printed_in_a_form_that_cannot_drive_it() {
    let shell = crate::cli::Shell::new();
    shell.sandbox.edit(|world| world["account"]["name"] = serde_json::json!("Isa\u{1b}]0;pwned\u{7}ac"));
    let pty = Pty::spawn(&["show", "name"], &[("LAPEL_SERVER", &shell.sandbox.url()), ("GROUPME_TOKEN", shell.sandbox.token())], (60, 10));
    assert!(pty.exit().success());
    assert_eq!(pty.raw(), b"Isaac\r\n");
}
