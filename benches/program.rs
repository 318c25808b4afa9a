//! What the program itself costs: bytes on the line, memory, threads, and what it does while nothing happens.
//!
//! `cargo bench --bench program` runs the demo in a pseudo terminal of 80x24 and presses keys. Bytes repeat exactly; the rest is read from
//! `/proc` and said only where that is.

use std::fs;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const SIZE: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
/// Nothing came for so long: it was all.
const QUIET: Duration = Duration::from_millis(400);
/// How long the program is watched while nothing happens.
const IDLE: Duration = Duration::from_secs(10);

type Trouble = Box<dyn std::error::Error>;

/// The demo in a terminal. Dropping it ends the program.
struct Program {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    _home: tempfile::TempDir,
}

impl Program {
    fn start() -> Result<Self, Trouble> {
        let home = tempfile::tempdir()?;
        let pair = native_pty_system().openpty(SIZE)?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lapel"));
        command.arg("--demo");
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let child = pair.slave.spawn_command(command)?;
        let (mut reader, keys) = (pair.master.try_clone_reader()?, pair.master.take_writer()?);
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let _master = pair.master;
            let mut chunk = [0; 8_192];
            while let Ok(count @ 1..) = reader.read(&mut chunk)
                && sender.send(chunk[..count].to_vec()).is_ok()
            {}
        });
        Ok(Self { child, keys, output, _home: home })
    }

    /// Bytes that come until nothing more does.
    fn bytes(&self) -> usize {
        std::iter::from_fn(|| self.output.recv_timeout(QUIET).ok()).map(|bytes| bytes.len()).sum()
    }

    fn press(&mut self, keys: &str) -> Result<usize, Trouble> {
        self.keys.write_all(keys.as_bytes())?;
        Ok(self.bytes())
    }

    /// A line of the process's or a thread's status.
    fn status(&self, file: &str, name: &str) -> Option<String> {
        let text = fs::read_to_string(format!("/proc/{}/{file}status", self.child.process_id()?)).ok()?;
        text.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim().to_owned())
    }

    fn threads(&self) -> Option<Vec<String>> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.process_id()?)).ok()?;
        Some(tasks.flatten().map(|task| task.file_name().to_string_lossy().into_owned()).collect())
    }

    /// How often any thread has gone to sleep.
    fn sleeps(&self) -> Option<u64> {
        let count = |thread: &String| self.status(&format!("task/{thread}/"), "voluntary_ctxt_switches:")?.parse::<u64>().ok();
        self.threads()?.iter().map(count).sum()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    let mut program = Program::start()?;
    writeln!(out, "{:<44}{:>10}", "bytes at 80x24, until all is read", program.bytes())?;
    for (what, keys) in [
        ("a row down, profile", "\x1b[B"),
        ("to the form", "2"),
        ("first letter into a field", "x"),
        ("next letter", "y"),
        ("the same taken back", "\x1a"),
        ("out of the field", "\x1b"),
        ("to the pins", "4"),
        ("a row down, pins", "\x1b[B"),
        ("a pin moved", "J"),
    ] {
        writeln!(out, "{what:<44}{:>10}", program.press(keys)?)?;
    }
    let told = |figure: Option<String>| figure.unwrap_or_else(|| "not told".to_owned());
    let watched = |program: &Program| {
        let before = program.sleeps();
        std::thread::sleep(IDLE);
        Some((program.sleeps()? - before?).to_string())
    };
    writeln!(out, "{:<44}{:>10}", "threads, with unsaved edits", told(program.threads().map(|all| all.len().to_string())))?;
    for name in ["VmHWM:", "RssAnon:"] {
        writeln!(out, "{:<44}{:>10}", format!("memory, {name}"), told(program.status("", name)))?;
    }
    // What still ends by itself, as a message on the last line and connections that nobody uses, has ended by then.
    std::thread::sleep(2 * IDLE);
    writeln!(out, "{:<44}{:>10}", "wake-ups in 10 s, with unsaved edits", told(watched(&program)))?;
    let before = program.sleeps();
    for _ in 0..20 {
        program.press("\x1b[B")?;
        program.press("\x1b[A")?;
    }
    let keys = program.sleeps().zip(before).map(|(now, before)| format!("{}.{}", (now - before) / 40, (now - before) % 40 / 4));
    writeln!(out, "{:<44}{:>10}", "thread switches a key", told(keys))?;
    Ok(())
}
