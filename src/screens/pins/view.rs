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

/// From so many columns on there is room for the conversation under the cursor.
const SIDE_BY_SIDE: u16 = 100;
/// Lines of a row with what is known of the pin under its name, and with one more between rows.
pub(super) const ROOMY: u16 = 2;
const AIRY: u16 = 3;

/// Where the parts of the screen are.
pub(super) struct PinsAreas {
    /// The line above the rows.
    pub(super) status: Rect,
    /// The rows.
    pub(super) list: Rect,
    /// Lines a row takes.
    pub(super) pitch: u16,
    /// The conversation under the cursor; empty where the rows need the room.
    pub(super) detail: Rect,
}

impl PinsAreas {
    /// The geometry for a list of so many pins. Few of them on a large screen take several lines each: what is known of a pin under its
    /// name, and a line between it and the next.
    fn of(body: Rect, pins: usize) -> Self {
        let beside = if body.width >= SIDE_BY_SIDE { (body.width * 2 / 5).clamp(38, 60) } else { 0 };
        let detail = Rect { x: body.right() - beside, width: beside, ..body };
        let status = Rect { width: body.width - beside, height: body.height.min(1), ..body };
        let list = Rect { y: status.bottom(), height: body.height - status.height, ..status };
        let fits = |pitch: &u16| pins.saturating_mul(usize::from(*pitch)) <= usize::from(list.height) + usize::from(*pitch == AIRY);
        let pitch = if beside > 0 { [AIRY, ROOMY].into_iter().find(fits).unwrap_or(1) } else { 1 };
        Self { status, list, pitch, detail }
    }

    /// How many rows are in view.
    pub(super) fn rows(&self) -> usize {
        usize::from(self.list.height.div_ceil(self.pitch))
    }
}

impl PinsScreen {
    /// The geometry, for drawing and for the mouse. A filter changes nothing about it, or rows would jump while it is typed.
    pub(super) fn areas(&self, body: Rect) -> PinsAreas {
        PinsAreas::of(body, self.list.ids().len() + self.list_struck())
    }

    pub(super) fn draw(&self, body: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let areas = self.areas(body);
        let PinsAreas { status, list, pitch, detail } = areas;
        if list.is_empty() {
            return None;
        }
        let mut cursor = self.draw_status(status, buf, shared);
        if self.len() == 0 {
            self.draw_empty(list, buf, shared);
            return cursor;
        }
        let view = self.rows.view(areas.rows(), self.len());
        let scrolls = self.len() > areas.rows();
        let digits = self.list.ids().len().max(1).ilog10() as usize + 1;
        let width = list.width.saturating_sub(u16::from(scrolls));
        for (y, row) in (list.y..list.bottom()).step_by(usize::from(pitch)).zip(&view.rows) {
            let area = Rect { y, height: pitch.min(ROOMY), width, ..list }.intersection(list);
            match row {
                reorder::ReorderRow::Marker => {
                    draw_marker(Rect { height: 1, ..area }, buf, &shared.theme);
                    cursor = cursor.or(Some(area.as_position()));
                }
                reorder::ReorderRow::Item { position, index, cursor: here, in_range, held } => {
                    let Some(pin) = self.line(*index) else { continue };
                    let state = RowState { cursor: *here, in_range: *in_range, held: *held };
                    let at = self.draw_row(area, buf, (*position, pin), state, digits, shared);
                    // Whoever reads by the cursor is on the row, unless text is being typed.
                    cursor = cursor.or((*here && !self.rows.is_dragging()).then_some(at));
                }
            }
        }
        self.draw_detail(detail, buf, shared);
        if scrolls {
            let bar = Rect { x: list.right().saturating_sub(1), width: 1, ..list };
            let lines = |rows: usize| rows * usize::from(pitch);
            scrollbar(bar, buf, lines(view.top), lines(self.len()), &shared.theme);
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn few_pins_on_a_large_screen_take_several_lines_each() {
        let pitch = |width, height, pins| PinsAreas::of(Rect::new(0, 2, width, height), pins).pitch;
        assert_eq!([pitch(140, 37, 9), pitch(140, 37, 12), pitch(140, 37, 13), pitch(140, 37, 18), pitch(140, 37, 19)], [3, 3, 2, 2, 1]);
        assert_eq!([pitch(99, 50, 3), pitch(80, 21, 1), pitch(100, 9, 3)], [1, 1, 3]);
    }

    proptest! {
        #[test]
        fn all_pins_are_in_view_where_rows_take_several_lines(width in 0..200u16, height in 0..80u16, pins in 0..60usize) {
            let areas = PinsAreas::of(Rect::new(0, 0, width, height), pins);
            prop_assert!(areas.pitch == 1 || pins <= areas.rows());
            prop_assert!(areas.list.right() <= areas.detail.x && areas.detail.right() <= width && areas.list.bottom() <= height);
        }
    }
}
