//! What one cell of the terminal shows, reduced to what can be seen.
//!
//! Two cells that look alike are equal here, so that nothing is sent for a difference nobody would notice. Nothing here knows
//! sequences or positions.

use ratatui::buffer::{Cell, CellDiffOption, CellWidth};
use ratatui::style::Color;

use crate::runtime::cell_style::{CellStyle, VISIBLE_ON_BLANK};
use crate::widgets::link;
use crate::widgets::picture::part;

/// A cell of the terminal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum ScreenCell {
    /// Somebody else may have drawn there.
    Unknown,
    /// A character that begins here, or a blank.
    Glyph(Cell),
    /// A cell of the picture of that number, which the picture's first cell draws.
    Part(u32),
    /// A further column of the wide character to the left.
    Rest,
}

impl ScreenCell {
    /// A blank in the terminal's own colours.
    pub(super) const BLANK: Self = Self::Glyph(Cell::EMPTY);

    /// What a cell of a frame looks like.
    pub(super) fn of(cell: &Cell) -> Self {
        let symbol = printable(cell);
        if let Some((id, "")) = part(symbol) {
            return Self::Part(id);
        }
        if symbol != " " {
            return Self::Glyph(cell.clone());
        }
        let modifier = cell.modifier.intersection(VISIBLE_ON_BLANK);
        let fg = if modifier.is_empty() { Color::Reset } else { cell.fg };
        let mut blank = Cell::EMPTY;
        blank.set_fg(fg).set_bg(cell.bg);
        blank.modifier = modifier;
        Self::Glyph(blank)
    }

    /// Columns it covers.
    pub(super) fn columns(&self) -> u16 {
        match self {
            Self::Glyph(cell) if cell.symbol() != " " => cell.cell_width().max(1),
            _ => 1,
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        *self == Self::BLANK
    }

    /// The text and the pen it is drawn with, given the present one: a blank takes what is already there, as far as that shows
    /// nothing. None where no character begins.
    pub(super) fn drawn(&self, now: Option<CellStyle>) -> Option<(&str, CellStyle)> {
        let Self::Glyph(cell) = self else { return None };
        let (_, text) = link::parts(cell.symbol());
        let text = part(text).map_or(text, |(_, drawing)| drawing);
        let pen = if cell.symbol() == " " && cell.modifier.is_empty() {
            blank_pen(now, cell.bg)
        } else {
            CellStyle { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
        };
        Some((text, pen))
    }

    /// Whether every terminal agrees where the cursor is after it.
    pub(super) fn is_narrow(&self) -> bool {
        matches!(self, Self::Glyph(cell) if self.columns() == 1 && link::parts(cell.symbol()).1.chars().nth(1).is_none())
    }

    /// The picture that it draws or is a part of.
    pub(super) fn picture(&self) -> Option<u32> {
        match self {
            Self::Part(id) => Some(*id),
            Self::Glyph(cell) => part(cell.symbol()).map(|(id, _)| id),
            Self::Unknown | Self::Rest => None,
        }
    }

    /// What begins the link that it is part of.
    pub(super) fn link(&self) -> Option<&str> {
        if let Self::Glyph(cell) = self { link::parts(cell.symbol()).0 } else { None }
    }

    /// Whether it sends more than text and a link: a picture.
    pub(super) fn has_sequence(&self) -> bool {
        matches!(self, Self::Glyph(cell) if link::parts(cell.symbol()).1.contains('\x1b'))
    }
}

/// What a cell may send: control characters only where a widget states the width of what it draws, as pictures and links do.
fn printable(cell: &Cell) -> &str {
    let symbol = cell.symbol();
    let deliberate = matches!(cell.diff_option, CellDiffOption::ForcedWidth(_));
    if symbol.is_empty() || (!deliberate && (symbol.chars().any(char::is_control) || cell.cell_width() == 0)) { " " } else { symbol }
}

/// The pen nearest to `now` that a space can be drawn with.
pub(super) fn blank_pen(now: Option<CellStyle>, bg: Color) -> CellStyle {
    let now = now.unwrap_or_default();
    CellStyle { fg: now.fg, bg, modifier: now.modifier.difference(VISIBLE_ON_BLANK) }
}
