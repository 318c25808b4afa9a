//! Keys with what they do, side by side: the footer, and the answers of a dialog. One geometry, for drawing and for the mouse.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::text::width;
use super::theme::Theme;

/// Columns between two hints.
const GAP: u16 = 2;

/// A key and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint<A> {
    /// What a click asks for.
    pub action: A,
    /// The key, for a person.
    pub key: String,
    /// What it does, in a few words.
    pub help: String,
}

impl<A> Hint<A> {
    /// Columns it takes.
    pub fn columns(&self) -> u16 {
        u16::try_from(width(&self.key) + 1 + width(&self.help)).unwrap_or(u16::MAX)
    }
}

/// A hint and where it stands.
pub type PlacedHint<A> = (Rect, Hint<A>);

/// Puts hints side by side, in lines from the top, each whole. On the last line those that have no room are left out.
pub fn place<A>(hints: Vec<Hint<A>>, area: Rect) -> Vec<PlacedHint<A>> {
    let places = places(&hints, area);
    places.into_iter().zip(hints).filter_map(|(place, hint)| Some((place?, hint))).collect()
}

/// The lines that all of them take.
pub fn lines<A>(hints: &[Hint<A>], columns: u16) -> u16 {
    let tall = Rect { x: 0, y: 0, width: columns, height: u16::try_from(hints.len()).unwrap_or(u16::MAX) };
    places(hints, tall).into_iter().flatten().last().map_or(0, Rect::bottom)
}

/// The columns that all of them take on one line.
pub fn columns<A>(hints: &[Hint<A>]) -> u16 {
    hints.iter().map(Hint::columns).reduce(|sum, next| sum.saturating_add(GAP + next)).unwrap_or_default()
}

fn places<A>(hints: &[Hint<A>], area: Rect) -> Vec<Option<Rect>> {
    let (mut x, mut y) = (area.x, area.y);
    let mut place = |hint: &Hint<A>| {
        let columns = hint.columns();
        let fits = |x: u16| x.saturating_add(columns) <= area.right();
        if !fits(x) && x > area.x && y + 1 < area.bottom() {
            (x, y) = (area.x, y + 1);
        }
        let here = Rect::new(x, y, columns, 1).intersection(area);
        if here.is_empty() || !(fits(x) || x == area.x) {
            return None;
        }
        x = x.saturating_add(columns + GAP);
        Some(here)
    };
    hints.iter().map(&mut place).collect()
}

/// What a click at a place asks for.
pub fn at<A: Copy>(placed: &[PlacedHint<A>], position: Position) -> Option<A> {
    placed.iter().find(|(area, _)| area.contains(position)).map(|(_, hint)| hint.action)
}

/// Draws what was placed.
pub fn draw<A>(placed: &[PlacedHint<A>], buf: &mut Buffer, theme: &Theme) {
    for (area, hint) in placed {
        let (x, _) = buf.set_stringn(area.x, area.y, &hint.key, usize::from(area.width), theme.accent);
        buf.set_stringn(x.saturating_add(1), area.y, &hint.help, usize::from(area.right().saturating_sub(x + 1)), theme.quiet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints() -> Vec<Hint<u8>> {
        let hint = |action, key: &str, help: &str| Hint { action, key: key.to_owned(), help: help.to_owned() };
        vec![hint(1, "Enter", "send"), hint(2, "m", "keep mine"), hint(3, "Esc", "back")]
    }

    fn shown(area: Rect) -> Vec<String> {
        let mut buf = Buffer::empty(area);
        draw(&place(hints(), area), &mut buf, &Theme::default());
        let row = |y| (area.x..area.right()).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (area.y..area.bottom()).map(row).collect()
    }

    #[test]
    fn hints_wrap_while_there_are_lines_and_none_is_cut() {
        assert_eq!(shown(Rect::new(3, 1, 40, 1)), ["Enter send  m keep mine  Esc back"]);
        assert_eq!(shown(Rect::new(0, 0, 24, 2)), ["Enter send  m keep mine", "Esc back"]);
        assert_eq!(shown(Rect::new(0, 0, 22, 1)), ["Enter send  Esc back"], "what has no room makes place");
        assert_eq!((lines(&hints(), 24), lines(&hints(), 10), columns(&hints())), (2, 3, 33));
    }

    #[test]
    fn a_click_asks_for_what_is_drawn_there() {
        let placed = place(hints(), Rect::new(3, 1, 24, 2));
        let asks = |x, y| at(&placed, Position::new(x, y));
        assert_eq!((asks(3, 1), asks(12, 1), asks(13, 1), asks(15, 1), asks(10, 2)), (Some(1), Some(1), None, Some(2), Some(3)));
        assert_eq!((asks(11, 2), asks(3, 0)), (None, None));
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_drawn_outside(width in 0u16..40, height in 0u16..4) {
            let area = Rect::new(2, 2, width, height);
            for (place, _) in place(hints(), area) {
                proptest::prop_assert_eq!(place.intersection(area), place);
            }
        }
    }
}
