//! Measuring, cutting, padding and wrapping text by display width, never inside a grapheme.
//!
//! Widths are terminal columns as ratatui counts them, so that what is measured here is what is drawn. This module must not
//! decide what is safe to show: that is the sanitiser's work.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::CellWidth;
use unicode_width::UnicodeWidthChar;

use crate::domain::graphemes::{grapheme_indices, graphemes, is_plain};

/// Columns one grapheme takes; 0 for what ratatui refuses to draw.
pub fn grapheme_width(grapheme: &str) -> usize {
    if is_plain(grapheme) {
        grapheme.len()
    } else if grapheme.contains(char::is_control) {
        0
    } else {
        usize::from(grapheme.cell_width())
    }
}

/// Columns a line takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { graphemes(text).map(grapheme_width).sum() }
}

/// The text if it fits into `columns`, else as much of it as fits before `ellipsis`.
pub fn truncate<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let ellipsis = if width(ellipsis) <= columns { ellipsis } else { "" };
    let mut kept = prefix(text, columns - width(ellipsis)).to_owned();
    kept.push_str(ellipsis);
    Cow::Owned(kept)
}

/// The longest beginning that fits into `columns`.
pub fn prefix(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in grapheme_indices(text) {
        used += grapheme_width(grapheme);
        if used > columns {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The text in exactly `columns` columns: truncated, or filled with spaces at its end.
pub fn pad(text: &str, columns: usize, ellipsis: &str) -> String {
    let text = truncate(text, columns, ellipsis);
    let room = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(room))
}

/// A paragraph in rows of at most `columns`, broken between words where possible; spaces at the end of a row are dropped and
/// line breaks are kept. Only a grapheme wider than `columns` makes a row too long.
pub fn wrap(text: &str, columns: usize) -> Vec<&str> {
    text.split('\n')
        .flat_map(|line| rows(line, columns, grapheme_width).into_iter().map(|row| line.get(row).unwrap_or_default().trim_end()))
        .collect()
}

/// Soft-wraps one line: byte ranges that cover it without gaps. Spaces may hang over the edge, as in every editor; text
/// without spaces breaks beside wide characters, and failing that between graphemes. `width_of` measures a grapheme as drawn.
pub fn rows(line: &str, columns: usize, width_of: impl Fn(&str) -> usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    // The row begins at `start` and may end at `gap`; columns used since each of them.
    let (mut start, mut used) = (0, 0);
    let (mut gap, mut used_since_gap) = (0, 0);
    for (at, grapheme) in grapheme_indices(line) {
        let columns_here = width_of(grapheme);
        let (space, wide) = (is_space(grapheme), is_wide(grapheme));
        if wide {
            (gap, used_since_gap) = (at, 0);
        }
        while !space && used + columns_here > columns && at > start {
            let end = if gap > start { gap } else { at };
            used = if gap > start { used_since_gap } else { 0 };
            rows.push(start..end);
            start = end;
        }
        used += columns_here;
        used_since_gap += columns_here;
        if space || wide {
            (gap, used_since_gap) = (at + grapheme.len(), 0);
        }
    }
    rows.push(start..line.len());
    rows
}

/// As [`rows`] of a line that is plain, by looking only at where rows end.
pub fn plain_rows(line: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let (bytes, mut rows, mut start) = (line.as_bytes(), Vec::new(), 0);
    // What has no room any more: the first of a row that is no space.
    while let Some(over) = (start + columns..bytes.len()).find(|at| bytes.get(*at) != Some(&b' ')) {
        let gap = bytes.get(start..over).and_then(|row| row.iter().rposition(|byte| *byte == b' '));
        let end = gap.map_or(over, |gap| start + gap + 1);
        rows.push(start..end);
        start = end;
    }
    rows.push(start..line.len());
    rows
}

fn is_space(grapheme: &str) -> bool {
    grapheme.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}'))
}

fn is_wide(grapheme: &str) -> bool {
    grapheme.chars().next().and_then(UnicodeWidthChar::width) == Some(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FAMILY: &str = "👩\u{200d}👩\u{200d}👧";

    #[test]
    fn truncation_never_splits_a_grapheme_and_counts_columns() {
        assert_eq!(truncate("你好世界", 8, "…"), "你好世界");
        assert_eq!(truncate("你好世界", 7, "…"), "你好世…");
        assert_eq!(truncate("你好世界", 6, "…"), "你好…");
        assert_eq!(truncate(&format!("a{FAMILY}b"), 3, "…"), "a…");
        assert_eq!(truncate("e\u{301}clair", 3, "…"), "e\u{301}c…");
        assert_eq!(truncate("long", 2, "..."), "lo");
        assert_eq!(truncate("long", 0, "…"), "");
    }

    #[test]
    fn padding_fills_what_a_wide_character_leaves() {
        assert_eq!(pad("你好", 3, "…"), "你…");
        assert_eq!(pad("你好", 4, ""), "你好");
        assert_eq!(pad("你好", 3, ""), "你 ");
    }

    #[test]
    fn a_paragraph_wraps_between_words_and_keeps_its_breaks() {
        assert_eq!(wrap("the quick brown\n\nfox", 10), ["the quick", "brown", "", "fox"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("a     b", 3), ["a", "b"]);
        assert_eq!(wrap("say 你好世界", 7), ["say 你", "好世界"]);
        assert_eq!(wrap("no\u{a0}break here", 10), ["no\u{a0}break", "here"]);
        assert_eq!(wrap("", 5), [""]);
    }

    proptest! {
        #[test]
        fn a_plain_line_is_cut_like_any_other(line in "[a-c ]{0,60}", columns in 0usize..12) {
            prop_assert_eq!(plain_rows(&line, columns), rows(&line, columns, grapheme_width));
        }

        #[test]
        fn rows_cover_the_line_and_fit(line in "[a-c 你é👩\u{200d}\u{301}]{0,40}", columns in 2usize..12) {
            let rows = rows(&line, columns, grapheme_width);
            let joined: String = rows.iter().map(|row| &line[row.clone()]).collect();
            prop_assert_eq!(&joined, &line);
            for row in rows {
                let row = line[row].trim_end();
                prop_assert!(width(row) <= columns || graphemes(row).count() == 1, "{row:?}");
            }
        }

        #[test]
        fn padded_text_has_exactly_the_width_asked_for(text in "[a-c 你é👩\u{200d}\u{301}\u{7}]{0,20}", columns in 0usize..30) {
            prop_assert_eq!(width(&pad(&text, columns, "…")), columns);
        }
    }
}
