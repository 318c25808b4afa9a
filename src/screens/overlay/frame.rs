//! The box an overlay is drawn in, and what can be answered on its last lines. One geometry, for drawing and for the mouse.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::super::Screen;
use crate::base::{Action, Shared};
use crate::widgets::geometry::centred;
use crate::widgets::hints::{self, Hint, Placed};
use crate::widgets::text::width;
use crate::widgets::theme::Theme;

/// What overlays have beyond screens: a box of their own, that a click can miss.
pub(super) trait Dialog: Screen {
    /// Columns and rows inside the box, at most.
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16);

    /// The answers on the last lines inside the box, if it ends with them.
    fn answers(&self, _shared: &Shared) -> Vec<Hint<Action>> {
        Vec::new()
    }
}

/// A box of at most that inner size in the middle of `area`, cleared and framed; returns its inside.
pub(super) fn framed(area: Rect, size: (u16, u16), title: &str, buf: &mut Buffer, theme: &Theme) -> Rect {
    let outer = outside(area, size);
    clear_left_of(outer, buf);
    Clear.render(outer, buf);
    Block::bordered()
        .border_set(theme.symbols.border)
        .border_style(theme.border)
        .title(format!(" {title} "))
        .title_style(theme.title)
        .render(outer, buf);
    inside(area, size)
}

/// A wide character half under the box would be drawn over its border.
fn clear_left_of(outer: Rect, buf: &mut Buffer) {
    for y in outer.top()..outer.bottom() {
        if let Some(cell) = outer.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y))).filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
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

/// Where the answers stand inside a box that ends with them.
pub(super) fn answers(inner: Rect, hints: Vec<Hint<Action>>) -> Vec<Placed<Action>> {
    let lines = hints::lines(&hints, inner.width).min(inner.height);
    hints::place(hints, Rect { y: inner.bottom() - lines, height: lines, ..inner })
}
