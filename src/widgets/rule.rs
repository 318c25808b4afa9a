//! A heading in a rule, which parts what stands below from what stands above.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::truncate;
use super::theme::Theme;

/// Strokes before the title.
const BEFORE: u16 = 2;

/// Draws a title in a rule as wide as the first line of an area; without a title, the rule alone.
pub fn heading(area: Rect, buf: &mut Buffer, title: &str, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let strokes = theme.symbols.border.horizontal_top.repeat(usize::from(area.width));
    buf.set_stringn(area.x, area.y, strokes, usize::from(area.width), theme.border);
    let room = usize::from(area.width.saturating_sub(BEFORE));
    if !title.is_empty() && room > 0 {
        let title = format!(" {title} ");
        buf.set_stringn(area.x + BEFORE, area.y, truncate(&title, room, theme.symbols.ellipsis), room, theme.heading);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_in_the_line_or_is_cut() {
        let drawn_of = |title, columns| {
            let mut buf = Buffer::empty(Rect::new(0, 0, columns, 1));
            heading(buf.area, &mut buf, title, &Theme::default());
            buf.content().iter().map(|cell| cell.symbol().to_owned()).collect::<String>()
        };
        let drawn = |columns| drawn_of("Majors", columns);
        assert_eq!(drawn_of("", 4), "────");
        assert_eq!(drawn(14), "── Majors ────");
        assert_eq!(drawn(8), "── Majo…");
        assert_eq!(drawn(1), "─");
        assert_eq!(drawn(0), "");
    }
}
