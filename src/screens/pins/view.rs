//! How the pins are drawn: a line that says where things are, then the rows. Only what is visible is looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Mark, PinsScreen};
use crate::base::{Action, Scope, Shared};
use crate::domain::Id;
use crate::domain::pins::{PinKind, PinState};
use crate::widgets::reorder;
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{Align, pad, truncate, width, wrap};
use crate::widgets::theme::Theme;

/// Columns at the left where a row can be picked up.
pub(super) const HANDLE: u16 = 3;
/// Columns of the kind, the state and the mark, with the space before each.
const KIND: usize = 8;
const STATE: usize = 10;
const MARK: usize = 11;
/// Wider names would part from what stands beside them.
const MOST_NAME: usize = 60;
/// Narrower than this the kind gives way to the name.
const ROOM_FOR_KIND: usize = 58;

/// Where the parts of the screen are.
pub(super) struct Areas {
    /// The line above the rows.
    pub(super) status: Rect,
    /// The rows.
    pub(super) list: Rect,
}

/// The geometry, for drawing and for the mouse.
pub(super) fn areas(body: Rect) -> Areas {
    let status = Rect { height: body.height.min(1), ..body };
    Areas { status, list: Rect { y: status.bottom(), height: body.height - status.height, ..body } }
}

impl PinsScreen {
    pub(super) fn draw(&self, body: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let Areas { status, list } = areas(body);
        if list.is_empty() {
            return None;
        }
        let cursor = self.draw_status(status, buf, shared);
        if self.rows.is_empty() {
            self.draw_empty(list, buf, shared);
            return cursor;
        }
        let view = self.rows.view(usize::from(list.height));
        let digits = self.list.ids().len().max(1).ilog10() as usize + 1;
        for (y, row) in (list.y..list.bottom()).zip(&view.rows) {
            let line = Rect { y, height: 1, width: list.width.saturating_sub(1), ..list };
            match row {
                reorder::Row::Marker => draw_marker(line, buf, &shared.theme),
                reorder::Row::Item { position, item, cursor, in_range, held } => {
                    let state = RowState { cursor: *cursor, in_range: *in_range, held: *held };
                    self.draw_row(line, buf, *position, item, state, digits, shared);
                }
            }
        }
        let bar = Rect { x: list.right().saturating_sub(1), width: 1, ..list };
        scrollbar(bar, buf, view.top, self.rows.len(), &shared.theme);
        cursor
    }

    fn draw_status(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        if self.filter.is_typing() {
            let (end, _) = buf.set_stringn(inner.x, inner.y, "Filter: ", usize::from(inner.width), theme.label);
            let field = Rect { x: end, width: inner.right().saturating_sub(end), ..inner };
            return self.filter.editor().render(field, buf, theme.focused);
        }
        let right = self.notice(shared);
        let room = usize::from(inner.width);
        let right_width = width(&right).min(room);
        if let Some(position) = &self.position {
            let (end, _) = buf.set_stringn(inner.x, inner.y, self.position_question(room, theme.symbols.ellipsis), room, theme.label);
            let field = Rect { x: end, width: inner.right().saturating_sub(end), ..inner };
            return position.render(field, buf, theme.focused);
        }
        let left_room = room.saturating_sub(right_width + 2);
        let left = self.place_sentence(left_room, theme.symbols.ellipsis).unwrap_or_default();
        let left = truncate(&left, left_room, theme.symbols.ellipsis).into_owned();
        buf.set_stringn(inner.x, inner.y, &left, room, theme.title);
        let x = inner.right().saturating_sub(right_width as u16);
        buf.set_stringn(x, inner.y, &right, right_width, theme.dim);
        None
    }

    /// What the right end of the line above the rows says.
    fn notice(&self, shared: &Shared) -> String {
        if !self.filter.is_empty() {
            return format!("filter: {} of {}", self.rows.len(), self.list.ids().len() + self.list_struck());
        }
        if shared.session.groups.error().is_some() {
            return format!("{} groups not read: {} tries again", shared.theme.symbols.warning, shared.key(Scope::Browse, Action::Refresh));
        }
        if shared.session.pins.error().is_some() {
            return format!("{} not read: {} tries again", shared.theme.symbols.warning, shared.key(Scope::Browse, Action::Refresh));
        }
        match self.dead.len() {
            0 => String::new(),
            dead => format!("{dead} dead: {} cleans up", shared.key(Scope::Pins, Action::CleanUp)),
        }
    }

    /// How many pins go away at the next save.
    fn list_struck(&self) -> usize {
        let added = self.marks.values().filter(|mark| **mark == Mark::Pinned).count();
        (self.list.base().len() + added).saturating_sub(self.list.ids().len())
    }

    fn draw_empty(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let theme = &shared.theme;
        let text = if !self.filter.is_empty() {
            format!("No pin has that in its name. {} shows all pins.", shared.key(Scope::Screen, Action::Back))
        } else if let Some(error) = shared.session.pins.error().filter(|_| !self.known) {
            let again = shared.key(Scope::Browse, Action::Refresh);
            format!("The pins could not be read: {}. What to do: {}. {again} tries once more.", error.headline(), error.hint())
        } else if self.known {
            format!("Nothing is pinned. Press {} to pin a conversation.", shared.key(Scope::Pins, Action::Add))
        } else {
            format!("Reading your pins{}", theme.symbols.ellipsis)
        };
        for (y, line) in (area.y..area.bottom()).zip(wrap(&text, usize::from(area.width.saturating_sub(2)).max(1))) {
            buf.set_stringn(area.x + 1, y, line, usize::from(area.width.saturating_sub(1)), theme.value);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is what one row is made of")]
    fn draw_row(&self, line: Rect, buf: &mut Buffer, position: usize, row: &super::Row, state: RowState, digits: usize, shared: &Shared) {
        let theme = &shared.theme;
        let known = self.names.row(&row.id);
        let columns = usize::from(line.width);
        let with_kind = columns >= ROOM_FOR_KIND;
        let fixed = usize::from(HANDLE) + digits + 1 + STATE + MARK + if with_kind { KIND } else { 0 };
        let name_columns = columns.saturating_sub(fixed).min(MOST_NAME);

        let number = if row.struck { String::new() } else { self.number(position).to_string() };
        let handle = format!(" {} {number:>digits$} ", theme.symbols.handle);
        let name = pad(self.names.shown(&row.id).as_str(), name_columns, Align::Left, theme.symbols.ellipsis);
        let (state_text, state_style) = state_of(known.map(|row| row.state), theme);
        let (mark_text, mark_style) = self.mark_of(&row.id, row.struck, theme);
        let name_style = if row.struck { theme.removed } else { theme.value };

        let mut x = line.x;
        let mut put = |text: &str, style: Style| {
            let room = usize::from(line.right().saturating_sub(x));
            x = buf.set_stringn(x, line.y, text, room, style).0;
        };
        put(&handle, theme.dim);
        put(&name, name_style);
        if with_kind {
            let kind = known.map_or(PinKind::Unknown, |row| row.kind);
            put(&pad(&format!(" {}", if kind == PinKind::Unknown { "" } else { kind.word() }), KIND, Align::Left, ""), theme.dim);
        }
        put(&pad(&format!(" {state_text}"), STATE, Align::Left, ""), state_style);
        put(&pad(&format!(" {mark_text}"), MARK, Align::Left, ""), mark_style);
        if let Some(style) = self.highlight(state, theme) {
            buf.set_style(line, style);
        }
    }

    /// The row's number in the list, from 1.
    fn number(&self, position: usize) -> usize {
        if self.is_plain() {
            return position + 1;
        }
        if self.filter.is_empty() {
            return self.rows.items().iter().take(position + 1).filter(|row| !row.struck).count();
        }
        self.rows.items().get(position).and_then(|row| self.list.row(&row.id)).map_or(0, |row| row + 1)
    }

    fn highlight(&self, state: RowState, theme: &Theme) -> Option<Style> {
        match state {
            RowState { held: true, .. } if self.rows.is_dragging() => Some(theme.dim),
            RowState { held: true, .. } => Some(theme.held),
            RowState { cursor: true, .. } => Some(theme.selected),
            RowState { in_range: true, .. } => Some(theme.range),
            _ => None,
        }
    }

    fn mark_of(&self, id: &Id, struck: bool, theme: &Theme) -> (String, Style) {
        let symbols = &theme.symbols;
        match self.marks.get(id) {
            _ if struck => (format!("{} unpinned", symbols.dirty), theme.dirty),
            Some(Mark::Moved) => (format!("{} moved", symbols.moved), theme.dirty),
            Some(Mark::Pinned) => (format!("{} pinned", symbols.dirty), theme.dirty),
            None if self.new.contains(id) => (format!("{} new", symbols.new), theme.status),
            None => (String::new(), theme.value),
        }
    }
}

/// How a row is emphasised.
#[derive(Clone, Copy)]
struct RowState {
    cursor: bool,
    in_range: bool,
    held: bool,
}

fn state_of(state: Option<PinState>, theme: &Theme) -> (String, Style) {
    let symbols = &theme.symbols;
    match state {
        Some(PinState::Ok) => (format!("{} ok", symbols.ok), theme.dim),
        Some(PinState::Dead(reason)) => (format!("{} {}", symbols.dead, reason.word()), theme.error),
        Some(PinState::Unknown) | None => (format!("{} unknown", symbols.unknown), theme.warning),
    }
}

fn draw_marker(line: Rect, buf: &mut Buffer, theme: &Theme) {
    let sign = theme.symbols.insertion;
    let text = format!(" {sign}{sign} drop here ");
    let rest = usize::from(line.width).saturating_sub(width(&text));
    buf.set_stringn(line.x, line.y, format!("{text}{}", sign.repeat(rest)), usize::from(line.width), theme.marker);
}
