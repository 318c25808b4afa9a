//! Where every grapheme of the text stands: one computation for drawing, the cursor, the mouse and the height.
//!
//! Nothing about scrolling is remembered; the visible part follows from the cursor, so the same text always looks the same.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::graphemes::{grapheme_indices, graphemes, is_plain};
use crate::domain::text::RawText;
use crate::widgets::scroll::page_start;
use crate::widgets::text::{plain_rows, prefix, rows, width};

/// Columns below which nothing marks that a line goes on: the text needs them all.
const LEAST_MARKED: usize = 4;

/// The text cut into rows.
pub(super) struct Layout<'a> {
    text: &'a str,
    multiline: bool,
    mask: Option<char>,
    /// Byte ranges, line breaks between lines left out.
    rows: Vec<Range<usize>>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(text: &'a str, columns: u16, multiline: bool, mask: Option<char>) -> Self {
        let mut layout = Self { text, multiline, mask, rows: Vec::new() };
        if !multiline {
            layout.rows.push(0..text.len());
            return layout;
        }
        // One column is kept for the cursor behind a full row.
        let columns = usize::from(columns).saturating_sub(1);
        let mut start = 0;
        for line in text.split('\n') {
            let plain = mask.is_none() && is_plain(line);
            let cut = if plain { plain_rows(line, columns) } else { rows(line, columns, |grapheme| layout.columns(grapheme)) };
            layout.rows.extend(cut.into_iter().map(|row| start + row.start..start + row.end));
            start += line.len() + 1;
        }
        layout
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Row and column of a byte offset. Where a row is wrapped, its end is the start of the next.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let row = self.rows.partition_point(|row| row.start <= at).saturating_sub(1);
        let before = self.rows.get(row).and_then(|row| self.text.get(row.start..at.min(row.end))).unwrap_or_default();
        (row, if self.is_as_is(before) { before.len() } else { graphemes(before).map(|grapheme| self.columns(grapheme)).sum() })
    }

    /// The byte offset nearest to a column of a row.
    pub(super) fn offset(&self, row: usize, column: usize) -> usize {
        let Some(range) = self.rows.get(row) else { return self.text.len() };
        let mut used = 0;
        for (at, grapheme) in grapheme_indices(self.line(range)) {
            used += self.columns(grapheme);
            if used > column {
                return range.start + at;
            }
        }
        // The end of a wrapped row is drawn as the start of the next; the last place in this row is before its last grapheme.
        let wrapped = self.rows.get(row + 1).is_some_and(|next| next.start == range.end);
        let last = self.line(range).grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        if wrapped { range.start + last } else { range.end - usize::from(self.line(range).ends_with('\r') && range.end < self.text.len()) }
    }

    /// The byte offset under the pointer.
    pub(super) fn offset_at(&self, area: Rect, cursor: usize, position: Position) -> usize {
        let (top, left) = self.scrolled(area, cursor);
        let row = top + usize::from(position.y.saturating_sub(area.y));
        self.offset(row, left + usize::from(position.x.saturating_sub(area.x)))
    }

    pub(super) fn render(&self, area: Rect, buf: &mut Buffer, cursor: usize, style: Style, ellipsis: &str) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        buf.set_style(area, style);
        let (top, left) = self.scrolled(area, cursor);
        let columns = usize::from(area.width);
        for (y, row) in (area.top()..area.bottom()).zip(self.rows.iter().skip(top)) {
            let drawn = if self.marks(columns) { self.marked(row, left, columns, ellipsis) } else { self.drawn(row, left, columns) };
            buf.set_stringn(area.x, y, drawn, columns, style);
        }
        let (row, column) = self.place(cursor);
        let x = u16::try_from(column - left.min(column)).unwrap_or(u16::MAX).min(area.width - 1);
        let y = u16::try_from(row - top.min(row)).unwrap_or(u16::MAX).min(area.height - 1);
        let cursor = Position::new(area.x + x, area.y + y);
        // The column kept for the cursor is the one place where wrapped text never stands.
        let more = [(area.top(), top > 0), (area.bottom() - 1, top + usize::from(area.height) < self.rows.len())];
        for (y, _) in more.into_iter().filter(|(y, more)| *more && self.multiline && Position::new(area.right() - 1, *y) != cursor) {
            buf.set_stringn(area.right() - 1, y, ellipsis, 1, style);
        }
        Some(cursor)
    }

    /// Whether a sign says that a line goes on beyond an edge. Rows that are wrapped do not, and very little room is for the text.
    fn marks(&self, columns: usize) -> bool {
        !self.multiline && columns >= LEAST_MARKED
    }

    /// What of a line is seen from column `left` on, with a sign in the outermost column where it goes on.
    fn marked(&self, row: &Range<usize>, left: usize, columns: usize, ellipsis: &str) -> String {
        let (sign, left) = if left == 0 { ("", 0) } else { (ellipsis, left + 1) };
        let room = columns - width(sign);
        // One column more than there is room for, or nobody would see that there is more.
        let rest = self.drawn(row, left, room + 1);
        if width(&rest) <= room {
            return format!("{sign}{rest}");
        }
        let rest = prefix(&rest, room - 1);
        let gap = " ".repeat(room - 1 - width(rest));
        format!("{sign}{rest}{gap}{ellipsis}")
    }

    /// First visible row and column.
    fn scrolled(&self, area: Rect, cursor: usize) -> (usize, usize) {
        let (row, column) = self.place(cursor);
        let (columns, rows) = (usize::from(area.width), usize::from(area.height));
        // In wrapped rows nothing but spaces hangs over the edge, and the cursor waits there.
        let most = if self.multiline { 0 } else { (self.place(self.text.len()).1 + 1).saturating_sub(columns) };
        // The cursor keeps off the outermost column, where it would stand on the sign that the line goes on; no column stays empty
        // while there is text for it.
        let left = page_start(column, columns - usize::from(self.marks(columns))).min(most);
        (page_start(row, rows).min(self.height().saturating_sub(rows)), left)
    }

    /// What of a row is seen from column `left` on. A grapheme cut in two at the left edge leaves spaces.
    fn drawn(&self, row: &Range<usize>, left: usize, columns: usize) -> String {
        let line = self.line(row);
        if self.is_as_is(line) {
            return line.get(left..line.len().min(left + columns)).unwrap_or_default().to_owned();
        }
        let mut drawn = String::new();
        let mut used = 0;
        for grapheme in graphemes(self.line(row)) {
            let shown = self.shown(grapheme);
            let start = used;
            used += width(&shown);
            if start >= left {
                drawn.push_str(&shown);
            } else {
                drawn.extend(std::iter::repeat_n(' ', used.saturating_sub(left)));
            }
            if used >= left + columns {
                break;
            }
        }
        drawn
    }

    fn line(&self, row: &Range<usize>) -> &'a str {
        self.text.get(row.clone()).unwrap_or_default()
    }

    /// Whether the text is drawn byte by byte, a column each.
    fn is_as_is(&self, text: &str) -> bool {
        self.mask.is_none() && is_plain(text)
    }

    fn columns(&self, grapheme: &str) -> usize {
        if self.mask.is_none() && is_plain(grapheme) { grapheme.len() } else { width(&self.shown(grapheme)) }
    }

    /// A grapheme as it is drawn: masked, or with what would be invisible or harmful as symbols.
    fn shown<'b>(&self, grapheme: &'b str) -> Cow<'b, str> {
        match (self.mask, grapheme.as_bytes()) {
            (Some(mask), _) => Cow::Owned(mask.to_string()),
            (None, [b' '..=b'~']) => Cow::Borrowed(grapheme),
            (None, _) => Cow::Owned(RawText::from(grapheme).revealed().into_string()),
        }
    }
}
