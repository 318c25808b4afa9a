//! How the pins are drawn: a line that says where things are, then the rows. Only what is visible is looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::row::RowState;
use super::{PinMark, PinsScreen};
use crate::base::{Action, Scope, Shared};
use crate::screens::Screen;
use crate::widgets::reorder;
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{truncate, width, wrap};
use crate::widgets::theme::Theme;

/// Narrower than this, a notice leaves its room to the place of the cursor.
const ROOM_FOR_NOTICE: usize = 50;

/// Where the parts of the screen are.
pub(super) struct PinsAreas {
    /// The line above the rows.
    pub(super) status: Rect,
    /// The rows.
    pub(super) list: Rect,
    /// The conversation under the cursor; empty where the rows need the room.
    pub(super) detail: Rect,
}

/// From so many columns on there is room for the conversation under the cursor.
const SIDE_BY_SIDE: u16 = 100;

/// The geometry, for drawing and for the mouse.
pub(super) fn areas(body: Rect) -> PinsAreas {
    let beside = if body.width >= SIDE_BY_SIDE { (body.width * 2 / 5).clamp(38, 60) } else { 0 };
    let detail = Rect { x: body.right() - beside, width: beside, ..body };
    let status = Rect { width: body.width - beside, height: body.height.min(1), ..body };
    PinsAreas { status, list: Rect { y: status.bottom(), height: body.height - status.height, ..status }, detail }
}

impl PinsScreen {
    pub(super) fn draw(&self, body: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let PinsAreas { status, list, detail } = areas(body);
        if list.is_empty() {
            return None;
        }
        let mut cursor = self.draw_status(status, buf, shared);
        if self.len() == 0 {
            self.draw_empty(list, buf, shared);
            return cursor;
        }
        let view = self.rows.view(usize::from(list.height), self.len());
        let scrolls = self.len() > usize::from(list.height);
        let digits = self.list.ids().len().max(1).ilog10() as usize + 1;
        for (y, row) in (list.y..list.bottom()).zip(&view.rows) {
            let line = Rect { y, height: 1, width: list.width.saturating_sub(u16::from(scrolls)), ..list };
            match row {
                reorder::ReorderRow::Marker => {
                    draw_marker(line, buf, &shared.theme);
                    cursor = cursor.or(Some(line.as_position()));
                }
                reorder::ReorderRow::Item { position, index, cursor: here, in_range, held } => {
                    let Some(pin) = self.line(*index) else { continue };
                    let state = RowState { cursor: *here, in_range: *in_range, held: *held };
                    let at = self.draw_row(line, buf, (*position, pin), state, digits, &shared.theme);
                    // Whoever reads by the cursor is on the row, unless text is being typed.
                    cursor = cursor.or((*here && !self.rows.is_dragging()).then_some(at));
                }
            }
        }
        self.draw_detail(detail, buf, shared);
        let bar = Rect { x: list.right().saturating_sub(1), width: 1, ..list };
        scrollbar(bar, buf, view.top, self.len(), &shared.theme);
        cursor
    }

    fn draw_status(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        if self.filter.is_typing() {
            let (end, _) = buf.set_stringn(inner.x, inner.y, "Filter: ", usize::from(inner.width), theme.label);
            let field = Rect { x: end, width: inner.right().saturating_sub(end), ..inner };
            return self.filter.editor().render(field, buf, theme.focus, theme.symbols.ellipsis);
        }
        let right = if self.is_carrying() { String::new() } else { self.notice(usize::from(inner.width), shared) };
        let room = usize::from(inner.width);
        let right_width = width(&right).min(room);
        if let Some(position) = &self.position {
            let (end, _) = buf.set_stringn(inner.x, inner.y, self.position_question(room, theme.symbols.ellipsis), room, theme.label);
            let field = Rect { x: end, width: inner.right().saturating_sub(end), ..inner };
            return position.render(field, buf, theme.focus, theme.symbols.ellipsis);
        }
        let left_room = room.saturating_sub(right_width + 2);
        let (left, style) = if self.is_carrying() {
            (self.heading(left_room, &theme.symbols), theme.focus)
        } else {
            (self.place_sentence(left_room, theme.symbols.ellipsis), theme.heading)
        };
        let left = truncate(&left, left_room, theme.symbols.ellipsis).into_owned();
        buf.set_stringn(inner.x, inner.y, &left, room, style);
        let x = inner.right().saturating_sub(right_width as u16);
        buf.set_stringn(x, inner.y, &right, right_width, theme.quiet);
        None
    }

    /// What the right end of the line above the rows says.
    fn notice(&self, columns: usize, shared: &Shared) -> String {
        if !self.filter.is_empty() {
            return format!("filter: {} of {}", self.len(), self.list.ids().len() + self.list_struck());
        }
        if shared.session.groups.error().is_some() {
            return format!("{} groups not read: {} tries again", shared.theme.symbols.warning, shared.key(Scope::Browse, Action::Refresh));
        }
        if shared.session.pins.error().is_some() {
            return format!("{} not read: {} tries again", shared.theme.symbols.warning, shared.key(Scope::Browse, Action::Refresh));
        }
        if self.rows.has_range() {
            return format!("range: {} ends it", shared.key(Scope::Screen, Action::Back));
        }
        match self.dead.len() {
            0 => String::new(),
            dead if columns < ROOM_FOR_NOTICE => format!("{dead} dead: {}", shared.key(Scope::Pins, Action::CleanUp)),
            dead => format!("{dead} dead: {} cleans up", shared.key(Scope::Pins, Action::CleanUp)),
        }
    }

    /// How many pins go away at the next save.
    fn list_struck(&self) -> usize {
        let added = self.marks.values().filter(|mark| **mark == PinMark::Pinned).count();
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
            buf.set_stringn(area.x + 1, y, line, usize::from(area.width.saturating_sub(1)), theme.text);
        }
    }
}

fn draw_marker(line: Rect, buf: &mut Buffer, theme: &Theme) {
    let sign = theme.symbols.insertion;
    let text = format!(" {sign}{sign} drop here ");
    let rest = usize::from(line.width).saturating_sub(width(&text));
    buf.set_stringn(line.x, line.y, format!("{text}{}", sign.repeat(rest)), usize::from(line.width), theme.marker);
}
