//! What lies over cells that are drawn already: the bar of a selected row, and the backdrop of a dialog.
//!
//! A bar has one background from edge to edge, whatever its cells looked like before: what they mean, their signs and words say.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::link;
use super::theme::shown_alike;

/// What a cell keeps inside a bar. Not bold: where that means bright, and the bar is reversed, it would be another background.
const KEPT: Modifier = Modifier::ITALIC.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Makes an area one bar.
pub fn bar(area: Rect, buf: &mut Buffer, style: Style) {
    let style = shown_alike(style);
    over(area, buf, |cell| {
        cell.modifier &= KEPT;
        (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
        cell.set_style(style);
    });
}

/// Makes an area recede: one style, no colours, no pictures, nothing that leads elsewhere.
pub fn backdrop(area: Rect, buf: &mut Buffer, style: Style) {
    let style = shown_alike(style);
    over(area, buf, |cell| {
        link::unmark(cell);
        if is_picture(cell) {
            cell.reset();
        }
        cell.modifier = Modifier::empty();
        (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
        cell.set_style(style);
    });
}

fn over(area: Rect, buf: &mut Buffer, change: impl Fn(&mut Cell)) {
    for position in area.intersection(buf.area).positions() {
        if let Some(cell) = buf.cell_mut(position) {
            change(cell);
        }
    }
}

/// Whether a cell is part of a picture, of whatever kind: without its colours it would be rubble.
fn is_picture(cell: &Cell) -> bool {
    matches!(cell.symbol(), "▀" | "▄") || cell.symbol().starts_with(['\u{1b}', '\u{10eeee}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn() -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 1));
        buf.set_string(0, 0, "a", Style::new().fg(Color::Red).add_modifier(Modifier::DIM));
        buf.set_string(1, 0, "b", Style::new().bg(Color::Blue).add_modifier(Modifier::CROSSED_OUT));
        buf.set_string(2, 0, "▀", Style::new().fg(Color::Rgb(1, 2, 3)));
        buf.set_string(3, 0, "c", Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD));
        buf
    }

    #[test]
    fn a_bar_is_one_background_with_what_its_words_keep() {
        let mut buf = drawn();
        bar(buf.area, &mut buf, Style::new().add_modifier(Modifier::REVERSED | Modifier::DIM));
        let cells: Vec<_> = buf.content().iter().map(|cell| (cell.fg, cell.bg, cell.modifier - Modifier::CROSSED_OUT)).collect();
        assert_eq!(cells, [(Color::Reset, Color::Reset, Modifier::REVERSED); 6]);
        assert!(buf[(1, 0)].modifier.contains(Modifier::CROSSED_OUT));
    }

    #[test]
    fn behind_a_dialog_is_no_colour_no_bar_and_no_picture() {
        let mut buf = drawn();
        backdrop(buf.area, &mut buf, Style::new().add_modifier(Modifier::DIM));
        assert!(buf.content().iter().all(|cell| (cell.fg, cell.bg, cell.modifier) == (Color::Reset, Color::Reset, Modifier::DIM)));
        assert_eq!(buf.content().iter().map(Cell::symbol).collect::<String>(), "ab c  ");
    }
}
