//! Where the cursor may go: byte offsets of graphemes, words and lines. Words are Unicode's, so that they work without spaces.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The next place between graphemes, `at` itself if it is one.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => at,
    }
}

/// One grapheme back.
pub(super) fn left(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// One grapheme on.
pub(super) fn right(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The start of the word before or around `at`.
pub(super) fn word_left(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.unicode_word_indices().next_back().map_or(0, |(start, _)| start)
}

/// The end of the word after or around `at`.
pub(super) fn word_right(text: &str, at: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    let end = after.unicode_word_indices().next().map_or(after.len(), |(start, word)| start + word.len());
    boundary(text, at + end)
}

/// The start of the line `at` is in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line `at` is in, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    // "\r\n" is one grapheme; there is no place inside it.
    let line = if line.len() < rest.len() { line.strip_suffix('\r').unwrap_or(line) } else { line };
    at + line.len()
}
