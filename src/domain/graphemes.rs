//! Text cut into what a person takes for one character, as `unicode-segmentation` cuts it, with a short way for plain ASCII.
//!
//! Most of what is written, measured and drawn is ASCII, where nothing needs to be looked up in tables. This module must not know
//! what any text means or how wide it is.

use unicode_segmentation::UnicodeSegmentation;

/// The graphemes of a text.
pub fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    grapheme_indices(text).map(|(_, grapheme)| grapheme)
}

/// The graphemes of a text, each with its byte offset.
pub fn grapheme_indices(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let grapheme = first(rest)?;
        let start = at;
        at += grapheme.len();
        Some((start, grapheme))
    })
}

/// Whether nothing in the text needs more than one column, one byte or any care: only printable ASCII.
pub fn is_plain(text: &str) -> bool {
    // Without an early way out of a chunk the compiler looks at many bytes at once.
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')))
}

/// How many graphemes a text has.
pub fn count(text: &str) -> usize {
    let one_each = |line: &str| is_plain(line);
    if text.split('\n').all(one_each) { text.len() } else { graphemes(text).count() }
}

/// The first grapheme. Nothing in ASCII joins a printable character that stands before it.
fn first(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [b' '..=b'~'] | [b' '..=b'~', 0..=0x7f, ..] => text.get(..1),
        _ => text.graphemes(true).next(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_ends_where_the_long_one_does(text in "[a-b \r\n\t\u{7f}你é👩\u{200d}\u{301}\u{600}🇩🇪ก็\u{fe0f}क\u{94d}]{0,40}") {
            let long: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            prop_assert_eq!(count(&text), long.len());
            prop_assert_eq!(grapheme_indices(&text).collect::<Vec<_>>(), long);
        }
    }
}
