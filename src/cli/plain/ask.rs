//! Questions and answers, a line each. Whatever is at the other end may be a person, a program that reads aloud, or a pipe.
//!
//! Must not know what is asked about.

use std::io::{BufRead, Read};

use crate::cli::exit::Failure;
use crate::cli::output;

/// Most bytes of an answer: as many as a paste in the editor.
const LONGEST: u64 = 64 << 10;

/// Asks, and reads a line; none at the end of the answers.
///
/// # Errors
/// When the question cannot be printed.
pub(super) fn line(question: &str) -> Result<Option<String>, Failure> {
    loop {
        output::line(question)?;
        match read_line() {
            LineRead::Line(text) => return Ok(Some(text)),
            LineRead::End => return Ok(None),
            LineRead::None(why) => output::line(why)?,
        }
    }
}

/// As [`line`], for what has to be understood: asks again until it is. An empty line is no answer either.
///
/// # Errors
/// As [`line`].
pub(super) fn parsed<T>(question: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Failure> {
    while let Some(typed) = line(question)?.filter(|typed| !typed.trim().is_empty()) {
        match parse(typed.trim()) {
            Ok(value) => return Ok(Some(value)),
            Err(why) => output::line(why)?,
        }
    }
    Ok(None)
}

/// As [`line`], for one of a few words, of which the beginning is enough; asks again until it is one.
///
/// # Errors
/// As [`line`].
pub(super) fn choice(question: &str, words: &[&'static str]) -> Result<Option<&'static str>, Failure> {
    loop {
        let Some(answer) = line(&format!("{question} ({})", words.join(", ")))? else { return Ok(None) };
        let typed = answer.trim().to_lowercase();
        let mut fitting = words.iter().filter(|word| !typed.is_empty() && word.starts_with(&typed));
        if let (Some(word), None) = (fitting.next(), fitting.next()) {
            return Ok(Some(word));
        }
        output::line("That is none of them.")?;
    }
}

/// Lines up to one with nothing but a full stop, or to the end of the answers; none where there are none before that.
///
/// # Errors
/// As [`line`].
pub(super) fn block(question: &str) -> Result<Option<String>, Failure> {
    output::line(question)?;
    let mut lines = Vec::new();
    loop {
        match read_line() {
            LineRead::Line(text) if text == "." => return Ok(Some(lines.join("\n"))),
            LineRead::Line(text) => lines.push(text),
            LineRead::End => return Ok(Some(lines.join("\n")).filter(|text| !text.is_empty())),
            LineRead::None(why) => output::line(why)?,
        }
    }
}

/// Says what went wrong, and goes on; only where nothing can be said any more is it the end.
///
/// # Errors
/// As [`line`].
pub(super) fn told<T>(done: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(failure) if failure.is_unprinted() => Err(failure),
        Err(failure) => output::line(failure.text).map(|()| None),
    }
}

enum LineRead {
    Line(String),
    /// It cannot be taken, as the sentence says.
    None(&'static str),
    End,
}

fn read_line() -> LineRead {
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
    if !matches!(read, Ok(1..)) {
        return LineRead::End;
    }
    if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
        // The rest is no answer to the next question. What cannot be read any more shows there.
        let _ = input.skip_until(b'\n');
        return LineRead::None("That line is too long; nothing of it was taken.");
    }
    match String::from_utf8(bytes) {
        Ok(text) => LineRead::Line(text.trim_end_matches(['\r', '\n']).to_owned()),
        Err(_) => LineRead::None("That is no text in UTF-8; nothing of it was taken."),
    }
}
