//! Questions and answers, a line each. Whatever is at the other end may be a person, a program that reads aloud, or a pipe.

use std::io::{BufRead, Read};

use crate::cli::exit::Failure;
use crate::cli::output;

/// Most bytes of an answer.
const LONGEST: u64 = 64 << 10;

/// Asks, and reads a line; none at the end of the answers.
///
/// # Errors
/// When the question cannot be printed.
pub(super) fn line(question: &str) -> Result<Option<String>, Failure> {
    output::line(question)?;
    let mut answer = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_until(b'\n', &mut answer);
    if !matches!(read, Ok(1..)) {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&answer);
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
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

/// Lines up to one with nothing but a full stop; none at the end of the answers.
///
/// # Errors
/// As [`line`].
pub(super) fn block(question: &str) -> Result<Option<String>, Failure> {
    let mut lines = Vec::new();
    let mut next = line(question)?;
    while let Some(text) = next {
        if text == "." {
            return Ok(Some(lines.join("\n")));
        }
        lines.push(text);
        next = line("")?;
    }
    Ok(None)
}
