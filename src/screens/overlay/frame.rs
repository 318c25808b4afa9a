//! The box an overlay is drawn in, with what can be answered on its lower edge. One geometry, for drawing and for the mouse.

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Margin, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::super::Screen;
use crate::base::{Action, Scope, Shared};
use crate::widgets::geometry::centred;
use crate::widgets::hints::{self, Hint, PlacedHint};
use crate::widgets::theme::Theme;

/// Columns beside a box in which nothing can be read.
const SLIM: u16 = 8;

/// What overlays have beyond screens: a box of their own, that a click can miss.
pub(super) trait Dialog: Screen {
    /// Columns and rows inside the box, at most.
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16);

    /// The answers on the lower edge of the box.
    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>>;
}

/// A box of at most that inner size in the middle of `area`, cleared and framed; returns its inside.
pub(super) fn framed(area: Rect, size: (u16, u16), title: &str, answers: Vec<Hint<Action>>, buf: &mut Buffer, theme: &Theme) -> Rect {
    let outer = outside(area, size);
    clear_left_of(outer, buf);
    // What would stick out by a few letters on either side says nothing.
    let slim = outer.x.saturating_sub(area.x) <= SLIM;
    Clear.render(if slim { Rect { x: area.x, width: area.width, ..outer } } else { outer }, buf);
    Block::bordered()
        .border_set(theme.symbols.border)
        .border_style(theme.focus)
        .title(format!(" {title} "))
        .title_style(theme.heading)
        .render(outer, buf);
    let placed = answers_at(outer, answers);
    for (place, _) in &placed {
        // A blank on either side parts them from the line and from each other.
        let around = Rect { x: place.x.saturating_sub(1), width: place.width + 2, ..*place };
        Clear.render(around.intersection(outer), buf);
    }
    hints::draw(&placed, buf, theme);
    inside(area, size)
}

/// A hint that names the key of an action in a scope.
pub(super) fn answer(scope: Scope, action: Action, help: &str, shared: &Shared) -> Hint<Action> {
    Hint { action, key: shared.key(scope, action), help: help.to_owned() }
}

/// A wide character half under the box would be drawn over its border.
fn clear_left_of(outer: Rect, buf: &mut Buffer) {
    for y in outer.top()..outer.bottom() {
        if let Some(cell) = outer.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y))).filter(|cell| cell.cell_width() > 1) {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }
}

/// The box itself, for an inside of at most that size.
pub(super) fn outside(area: Rect, (width, height): (u16, u16)) -> Rect {
    centred(area, width.saturating_add(4), height.saturating_add(2))
}

/// The inside of the box that [`framed`] draws, for the mouse.
pub(super) fn inside(area: Rect, size: (u16, u16)) -> Rect {
    outside(area, size).inner(Margin::new(2, 1))
}

/// The rows inside a box that answers take which do not fit on its edge.
pub(super) fn foot(hints: &[Hint<Action>], columns: u16) -> u16 {
    hints::lines(hints, columns).saturating_sub(1)
}

/// Where the answers stand: on the lower edge of the box, and above it where they need more lines.
pub(super) fn answers_at(outer: Rect, hints: Vec<Hint<Action>>) -> Vec<PlacedHint<Action>> {
    let columns = outer.width.saturating_sub(4);
    let lines = hints::lines(&hints, columns).min(outer.height.saturating_sub(1));
    hints::place(hints, Rect { x: outer.x + 2.min(outer.width), y: outer.bottom() - lines, width: columns, height: lines })
}
