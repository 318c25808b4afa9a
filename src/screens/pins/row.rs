//! How one pin is drawn: handle, position, name, kind, and its state in words; where rows have two lines, what is known of it in the
//! second. A pin in order says nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::known::known;
use super::rows::PinLine;
use super::{PinMark, PinsScreen};
use crate::base::Shared;
use crate::domain::Id;
use crate::domain::pins::{PinKind, PinSlot, PinState};
use crate::widgets::bar::bar;
use crate::widgets::geometry::lines;
use crate::widgets::text::{pad, truncate, width};
use crate::widgets::theme::Theme;

/// Columns at the left where a row can be picked up.
pub(super) const HANDLE: u16 = 3;
/// Columns of the kind and of the words, with the space before each.
const KIND: usize = 8;
const WORDS: usize = 21;
/// Wider names would part from what stands beside them.
const MOST_NAME: usize = 60;
/// Narrower than this the kind gives way to the name, and the words stand at the right end.
const ROOM_FOR_KIND: usize = 58;

/// How a row is emphasised.
#[derive(Clone, Copy)]
pub(super) struct RowState {
    pub(super) cursor: bool,
    pub(super) in_range: bool,
    pub(super) held: bool,
}

impl PinsScreen {
    /// Draws the pin at a position of the list, whose positions have so many digits; returns where its name begins. What is known of it
    /// stands in the second line, where the area has one.
    pub(super) fn draw_row(
        &self,
        area: Rect,
        buf: &mut Buffer,
        (position, row): (usize, PinLine<'_>),
        state: RowState,
        digits: usize,
        shared: &Shared,
    ) -> Position {
        let theme = &shared.theme;
        let found = self.names.row(row.id);
        let lifted = state.held && self.rows.is_holding();
        // The last column is for the end of a row that is carried.
        let columns = usize::from(area.width).saturating_sub(1);
        let roomy = columns >= ROOM_FOR_KIND;
        let with_kind = roomy && area.height == 1;
        let words = self.words(row, state.held, theme);
        let words_width: usize = words.iter().map(|(text, _)| 1 + width(text)).sum();
        let before = usize::from(HANDLE) + digits + 1;
        let beside = if roomy { WORDS + if with_kind { KIND } else { 0 } } else { words_width };
        let name_columns = columns.saturating_sub(before + beside).min(if roomy { MOST_NAME } else { columns });

        let number = if row.struck { String::new() } else { self.number(position).to_string() };
        let [left, right] = if lifted { theme.symbols.lifted } else { [theme.symbols.handle, " "] };
        let name = self.names.shown(row.id);
        let name = truncate(name.as_str(), name_columns, theme.symbols.ellipsis);
        let kind = found.map_or(PinKind::Unknown, |row| row.kind);
        let kind = if kind == PinKind::Unknown { "" } else { kind.word() };

        let mut x = area.x;
        let mut put = |text: &str, style: Style| {
            let room = usize::from(area.right().saturating_sub(x));
            x = buf.set_stringn(x, area.y, text, room, style).0;
            x
        };
        let name_at = put(&format!(" {left} {number:>digits$} "), theme.quiet);
        put(&name, if row.struck { theme.removed } else { theme.text });
        // Struck through is the name, not the room for it.
        put(&" ".repeat(name_columns.saturating_sub(width(&name))), theme.text);
        if with_kind {
            put(&pad(&format!(" {kind}"), KIND, ""), theme.quiet);
        }
        for (text, style) in words {
            put(" ", theme.text);
            put(&text, style);
        }
        if let Some(below) = lines(area).nth(1) {
            let text = known(row.id, shared).line(found, shared);
            let room = columns.saturating_sub(before);
            let left = if lifted { left } else { " " };
            buf.set_stringn(below.x, below.y, format!(" {left}"), columns, theme.quiet);
            buf.set_stringn(name_at, below.y, truncate(&text, room, theme.symbols.ellipsis), room, theme.quiet);
        }
        if let Some(style) = self.highlight(state, theme) {
            for line in lines(area) {
                buf.set_stringn(line.right().saturating_sub(1), line.y, right, 1, theme.text);
            }
            bar(area, buf, style);
        }
        Position::new(name_at.min(area.right().saturating_sub(1)), area.y)
    }

    /// The row's number in the list, from 1.
    fn number(&self, position: usize) -> usize {
        if self.slots.is_some() && self.rows.is_holding() {
            return (0..=position).filter(|position| self.line_at(*position).is_some_and(|line| !line.struck)).count();
        }
        if self.slots.is_none() { position + 1 } else { self.slot(position).and_then(PinSlot::kept).map_or(0, |row| row + 1) }
    }

    fn highlight(&self, state: RowState, theme: &Theme) -> Option<Style> {
        match state {
            RowState { held: true, .. } if self.rows.is_dragging() => Some(theme.quiet),
            RowState { cursor: true, .. } if self.is_typing() => Some(theme.idle),
            RowState { held: true, .. } => Some(theme.carried),
            RowState { cursor: true, .. } => Some(theme.selection),
            RowState { in_range: true, .. } => Some(theme.range),
            _ => None,
        }
    }

    /// What there is to say of a pin: where it leads if that is in doubt, and what was done to it.
    fn words(&self, row: PinLine<'_>, held: bool, theme: &Theme) -> Vec<(String, Style)> {
        let state = state_of(self.names.row(row.id).map(|row| row.state), theme);
        state.into_iter().chain(self.mark_of(row, held, theme)).collect()
    }

    fn mark_of(&self, row: PinLine<'_>, held: bool, theme: &Theme) -> Option<(String, Style)> {
        let PinLine { id, struck } = row;
        let symbols = &theme.symbols;
        Some(match self.marks.get(id) {
            _ if struck => (format!("{} unpinned", symbols.dirty), theme.changed),
            _ if held => (format!("{} from {}", symbols.moved, self.place_before(id)?), theme.changed),
            Some(PinMark::Moved) => (format!("{} moved", symbols.moved), theme.changed),
            Some(PinMark::Pinned) => (format!("{} pinned", symbols.dirty), theme.changed),
            None if self.new.contains(id) => (format!("{} new", symbols.new), theme.status),
            None => return None,
        })
    }

    /// Where what is carried was picked up, from 1.
    fn place_before(&self, id: &Id) -> Option<usize> {
        Some(self.list.row(id)? + 1)
    }
}

/// Where a pin leads, if not simply to its conversation.
fn state_of(state: Option<PinState>, theme: &Theme) -> Option<(String, Style)> {
    let symbols = &theme.symbols;
    match state {
        Some(PinState::Ok) => None,
        Some(PinState::Dead(reason)) => Some((format!("{} {}", symbols.dead, reason.word()), theme.bad)),
        Some(PinState::NotMember) => Some((format!("{} not a member", symbols.unknown), theme.quiet)),
        Some(PinState::Unknown) | None => Some((format!("{} unknown", symbols.unknown), theme.warning)),
    }
}
