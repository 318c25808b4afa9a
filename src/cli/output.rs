//! Standard output and standard error, which may be closed at any time.

use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::difference::Difference;
use super::exit::Failure;
use crate::api::{Notice, WaitReason};
use crate::domain::SafeText;
use crate::domain::text::is_harmful;
use crate::io::client::Client;
use crate::runtime::capabilities::Capabilities;
use crate::widgets::text::width;

/// Prints a line of data: the one way to standard output.
///
/// # Errors
/// When it cannot be written, as on a full disk. A reader that has seen enough (`lapel show | head -1`) is no error.
pub(super) fn line(text: impl AsRef<str>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{}", text.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::unprinted(&error)),
        _ => Ok(()),
    }
}

/// Cells wider than this do not push the next columns further right.
const WIDEST_CELL: usize = 48;

/// Prints rows of cells that are safe to show: aligned on a terminal, where a first cell that repeats is blank; as sentences in plain
/// mode; anywhere else with a tab between the cells.
///
/// # Errors
/// As [`line`].
pub(super) fn table(rows: &[Vec<String>]) -> Result<(), Failure> {
    let lines = if is_plain() {
        rows.iter().map(|row| spoken(row)).collect()
    } else if std::io::stdout().is_terminal() {
        aligned(rows)
    } else {
        rows.iter().map(|row| row.join("\t")).collect()
    };
    lines.iter().try_for_each(line)
}

/// A row to be read aloud, its number first.
fn spoken(row: &[String]) -> String {
    let Some((first, rest)) = row.split_first() else { return String::new() };
    let sign = if first.parse::<u64>().is_ok() { "" } else { ":" };
    format!("{first}{sign} {}", rest.join(", "))
}

fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at));
    let widths: Vec<usize> = (0..columns).map(|at| column(at).map(|cell| width(cell)).max().unwrap_or_default().min(WIDEST_CELL)).collect();
    let numbers: Vec<bool> = (0..columns).map(|at| column(at).all(|cell| cell.parse::<u64>().is_ok())).collect();
    let mut before = None;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let cell = if at == 0 && before == Some(cell) { "" } else { cell };
            let gap = " ".repeat(widths[at].saturating_sub(width(cell)));
            match (numbers[at], at + 1 == row.len()) {
                (true, true) => line.extend([gap.as_str(), cell]),
                (true, false) => line.extend([gap.as_str(), cell, "  "]),
                (false, true) => line.push_str(cell),
                (false, false) => line.extend([cell, gap.as_str(), "  "]),
            }
        }
        before = row.first();
        lines.push(line);
    }
    lines
}

/// Prints what exists nowhere else, such as a new link; where standard output takes nothing or keeps nothing, it is said to the person.
///
/// # Errors
/// As [`line`].
pub(super) fn only_copy(text: impl AsRef<str>) -> Result<(), Failure> {
    let printed = line(text.as_ref());
    if printed.is_err() || is_discarded() {
        say(text.as_ref());
    }
    printed
}

/// Whether standard output is the null device, as it also is for a program that was started with it closed.
#[cfg(unix)]
fn is_discarded() -> bool {
    let null = rustix::fs::stat("/dev/null");
    rustix::fs::fstat(std::io::stdout()).is_ok_and(|out| null.is_ok_and(|null| out.st_rdev == null.st_rdev))
}

#[cfg(not(unix))]
fn is_discarded() -> bool {
    false
}

/// As [`only_copy`], a JSON document.
///
/// # Errors
/// As [`line`].
pub(super) fn only_json(value: &serde_json::Value) -> Result<(), Failure> {
    only_copy(escaped(&format!("{value:#}")))
}

/// Prints a value of the account: a script gets it exactly as it is, a terminal only what is safe to show.
///
/// # Errors
/// As [`line`].
pub(super) fn value(text: &str) -> Result<(), Failure> {
    if std::io::stdout().is_terminal() { line(SafeText::block(text)) } else { line(text) }
}

/// Prints a JSON document. A script gets every character; a terminal gets the harmful ones only in escaped form.
///
/// # Errors
/// As [`line`].
pub(super) fn json(value: &serde_json::Value) -> Result<(), Failure> {
    line(escaped(&format!("{value:#}")))
}

/// Text that is or holds JSON, with every harmful character inside of its strings in escaped form.
pub(super) fn escaped(document: &str) -> String {
    let mut text = String::new();
    for c in document.chars() {
        // Line ends between values are JSON's own; inside of values they are escaped already.
        if is_harmful(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether [`note`] is silent, which the command line says once.
static QUIET: AtomicBool = AtomicBool::new(false);

/// From now on nothing is noted.
pub(super) fn quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Notes something for the person, who may not want to hear it.
pub fn note(text: impl AsRef<str>) {
    if !QUIET.load(Ordering::Relaxed) {
        say(text);
    }
}

/// Says something to the person that has to be known: what a question is about, or what went wrong.
pub fn say(text: impl AsRef<str>) {
    let _ = writeln!(to_person(), "{}", SafeText::block(text));
}

/// Says what is going to change, with colours where they can be seen.
pub(super) fn say_difference(difference: &Difference) {
    let coloured = std::io::stderr().is_terminal() && may_colour();
    let _ = writeln!(to_person(), "{}", difference.text(coloured));
}

/// Prints what would change, with colours where they can be seen.
///
/// # Errors
/// As [`line`].
pub(super) fn difference(difference: &Difference) -> Result<(), Failure> {
    line(difference.text(std::io::stdout().is_terminal() && may_colour()))
}

/// Plain mode has no colours.
fn may_colour() -> bool {
    !is_plain() && Capabilities::from_env().colours.is_some()
}

/// The same client, saying what it waits for.
pub(super) fn heard(client: &Client) -> Client {
    client.listening(|notice| match notice {
        Notice::Waiting { seconds, why: WaitReason::RateLimited } => {
            note(format!("lapel: the service asks for a pause; going on in {seconds} s"));
        }
        Notice::Waiting { seconds: 1.., why: WaitReason::NoAnswer } => note("lapel: no answer yet; still waiting"),
        Notice::Waiting { .. } | Notice::Uploading { .. } => {}
    })
}

/// Whether this is plain mode, which the command line says once.
static PLAIN: AtomicBool = AtomicBool::new(false);

/// From now on everything is one conversation: whatever is at the other end of standard input answers the questions, and what is said to
/// the person goes where the data goes, in order.
pub(super) fn converse() {
    PLAIN.store(true, Ordering::Relaxed);
}

fn is_plain() -> bool {
    PLAIN.load(Ordering::Relaxed)
}

/// Where the person listens.
fn to_person() -> Box<dyn Write> {
    if is_plain() { Box::new(std::io::stdout().lock()) } else { Box::new(std::io::stderr().lock()) }
}

/// Whether somebody can be asked: both ends are a terminal, or it is plain mode.
pub(super) fn can_ask() -> bool {
    is_plain() || std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks a yes-or-no question on the terminal; anything but yes is no.
pub(super) fn ask(question: &str) -> bool {
    let mut out = to_person();
    let end = if is_plain() { "\n" } else { "" };
    let _ = write!(out, "{} [y/N] {end}", SafeText::line(question)).and_then(|()| out.flush());
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_and_what_repeats_is_said_once() {
        let rows = [&["1", "Café", "group"][..], &["10", "日本", "topic"], &["10", "x", "group"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        assert_eq!(aligned(&rows), [" 1  Café  group", "10  日本  topic", "    x     group"]);
        let wide = vec![vec!["x".repeat(60), "a".to_owned()], vec!["y".to_owned(), "b".to_owned()]];
        assert_eq!(aligned(&wide)[1], format!("{:48}  b", "y"));
        assert!(aligned(&[]).is_empty());
        assert_eq!(rows.iter().map(|row| spoken(row)).collect::<Vec<_>>(), ["1 Café, group", "10 日本, topic", "10 x, group"]);
        assert_eq!(spoken(&["Name".to_owned(), "Isaac".to_owned()]), "Name: Isaac");
    }
}
