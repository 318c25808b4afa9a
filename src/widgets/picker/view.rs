//! Drawing and hit-testing, both from one division of the area.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::lines::{self, GAP, PickerLine};
use super::{Choice, Picker};
use crate::domain::graphemes::graphemes;
use crate::domain::text::SafeText;
use crate::widgets::bar::bar;
use crate::widgets::geometry;
use crate::widgets::rank::Match;
use crate::widgets::rule;
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{grapheme_width, pad, prefix, width};
use crate::widgets::theme::Theme;

/// Where the parts of a picker are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PickerAreas {
    /// What is typed, behind the prompt.
    pub query: Rect,
    /// The rows.
    pub list: Rect,
    /// The scrollbar's column.
    pub bar: Rect,
}

impl PickerAreas {
    /// Columns of the prompt before the query.
    const PROMPT: u16 = 2;

    /// Columns right of the rows: the scrollbar and a gap before it.
    pub const RIGHT: u16 = 2;

    /// The query in the first line, the rows below it, the scrollbar at their right.
    pub fn of(area: Rect) -> Self {
        let prompt = Self::PROMPT.min(area.width);
        let right = Self::RIGHT.min(area.width);
        let below = Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area };
        Self {
            query: Rect { x: area.x + prompt, width: area.width - prompt, height: area.height.min(1), ..area },
            list: Rect { width: area.width - right, ..below },
            bar: Rect { x: area.right() - right.min(1), width: right.min(1), ..below },
        }
    }
}

/// What of a picker the pointer is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerHit {
    /// The query.
    Query,
    /// A row, to be used with [`Picker::go`].
    Row(usize),
}

impl<K: Clone + Eq> Picker<K> {
    /// What is under the pointer if the picker is drawn in `area`.
    pub fn hit(&self, area: Rect, position: Position) -> Option<PickerHit> {
        let areas = PickerAreas::of(area);
        if areas.query.contains(position) {
            return Some(PickerHit::Query);
        }
        let line = position.y.checked_sub(areas.list.y).filter(|_| areas.list.contains(position))?;
        let lines = self.lines(areas.list.width);
        match lines.get(self.top(areas.list, &lines) + usize::from(line))? {
            PickerLine::Row { row, .. } => Some(PickerHit::Row(*row)),
            PickerLine::Heading(_) => None,
        }
    }

    /// Places the cursor where the pointer is, in the query or on a row.
    pub fn click(&mut self, area: Rect, position: Position) -> Option<PickerHit> {
        let hit = self.hit(area, position)?;
        match hit {
            PickerHit::Query => drop(self.query.click(PickerAreas::of(area).query, position)),
            PickerHit::Row(row) => self.go(row),
        }
        Some(hit)
    }

    /// Draws the picker and says where the terminal's own cursor belongs. Only visible rows are touched.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let areas = PickerAreas::of(area);
        buf.set_stringn(area.x, area.y, theme.symbols.pointer, usize::from(area.width), theme.accent);
        let cursor = self.query.render(areas.query, buf, theme.text, theme.symbols.ellipsis);
        let lines = self.lines(areas.list.width);
        let top = self.top(areas.list, &lines);
        for (line, area) in lines.iter().skip(top).zip(geometry::lines(areas.list)) {
            match line {
                PickerLine::Heading(heading) => rule::heading(area, buf, heading, theme),
                PickerLine::Row { row, part } => self.draw_row(*row, *part, area, buf, theme),
            }
        }
        if self.is_empty() {
            let nothing = if self.typed().is_empty() { "nothing to choose from" } else { "nothing matches" };
            if let Some(line) = geometry::lines(areas.list).next() {
                buf.set_stringn(line.x, line.y, nothing, usize::from(line.width), theme.quiet);
            }
        }
        scrollbar(areas.bar, buf, top, lines.len(), theme);
        cursor
    }

    /// The first visible line; the row under the cursor is in view whole, if it can be.
    fn top(&self, list: Rect, lines: &[PickerLine]) -> usize {
        let (start, end) = lines::of_row(lines, self.cursor);
        self.window.top_for(usize::from(list.height), end, lines.len()).min(start)
    }

    fn draw_row(&self, row: usize, part: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let found = self.matches.get(row).and_then(|found| Some((found, self.items.get(found.index)?)));
        if let Some((found, choice)) = found {
            if part == 0 {
                self.draw_item(found, choice, area, buf, theme);
            } else if let Some(text) = choice.reason(usize::from(area.width)).get(part - 1) {
                let area = without_left(area, GAP as u16);
                buf.set_stringn(area.x, area.y, text, usize::from(area.width), theme.disabled);
            }
        } else {
            self.draw_typed(area, buf, theme);
        }
        if row == self.cursor {
            bar(area, buf, theme.selection);
        }
    }

    fn draw_item(&self, found: &Match, choice: &Choice<K>, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let Choice { key, label, detail, .. } = choice;
        let short = choice.short_reason(usize::from(line.width));
        let mut line = line;
        if self.multiple {
            let checked = self.checked.contains(key);
            let box_sign = if checked { theme.symbols.checked } else { theme.symbols.unchecked };
            buf.set_stringn(line.x, line.y, box_sign, usize::from(line.width), if checked { theme.good } else { theme.quiet });
            line = without_left(line, 2);
        }
        if choice.why_not.is_some() {
            buf.set_style(line, theme.disabled);
        }
        draw_matched(label.as_str(), &found.graphemes, line, buf, theme);
        if let Some(why) = short {
            let line = without_left(line, width(label.as_str()) as u16 + 1);
            buf.set_stringn(line.x, line.y, why, usize::from(line.width), theme.disabled);
        }
        // The detail stands at the right edge if there is room for all of it.
        let room = usize::from(line.width).saturating_sub(width(label.as_str()) + GAP);
        if let Ok(columns) = u16::try_from(width(detail.as_str()))
            && usize::from(columns) <= room
        {
            buf.set_stringn(line.right() - columns, line.y, detail, room, theme.quiet);
        }
    }

    fn draw_typed(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let line = if self.multiple { without_left(line, 2) } else { line };
        let text = format!("use \"{}\"", SafeText::line(self.typed()));
        buf.set_stringn(line.x, line.y, pad(&text, usize::from(line.width), theme.symbols.ellipsis), usize::from(line.width), theme.text);
    }
}

/// Draws a label with what matched made visible, and an ellipsis where it does not fit.
fn draw_matched(label: &str, matched: &[u32], line: Rect, buf: &mut Buffer, theme: &Theme) {
    let room = usize::from(line.width);
    let ellipsis = theme.symbols.ellipsis;
    let cut = width(label) > room;
    let kept = if cut { prefix(label, room.saturating_sub(width(ellipsis))) } else { label };
    let mut x = line.x;
    for (index, grapheme) in (0u32..).zip(graphemes(kept)) {
        let style = if matched.binary_search(&index).is_ok() { theme.matched } else { Style::new() };
        if grapheme_width(grapheme) > 0 {
            x = buf.set_stringn(x, line.y, grapheme, usize::from(line.right().saturating_sub(x)), style).0;
        }
    }
    if cut {
        buf.set_stringn(x, line.y, ellipsis, usize::from(line.right().saturating_sub(x)), Style::new());
    }
}

fn without_left(line: Rect, columns: u16) -> Rect {
    let columns = columns.min(line.width);
    Rect { x: line.x + columns, width: line.width - columns, ..line }
}
