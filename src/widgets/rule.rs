//! A heading in a rule, which parts what stands below from what stands above.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{truncate, width};
use super::theme::Theme;

/// Strokes before the title.
const BEFORE: usize = 2;

/// Draws a title in a rule as wide as the first line of an area.
pub fn heading(area: Rect, buf: &mut Buffer, title: &str, theme: &Theme) {
    let columns = usize::from(area.width);
    if area.is_empty() {
        return;
    }
    let stroke = theme.symbols.border.horizontal_top;
    let title = format!(" {title} ");
    let title = truncate(&title, columns.saturating_sub(BEFORE), theme.symbols.ellipsis);
    let rest = columns.saturating_sub(BEFORE + width(&title));
    let (x, _) = buf.set_stringn(area.x, area.y, stroke.repeat(BEFORE), columns, theme.border);
    let (x, _) = buf.set_stringn(x, area.y, &title, columns.saturating_sub(BEFORE), theme.heading);
    buf.set_stringn(x, area.y, stroke.repeat(rest), rest, theme.border);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_in_the_line_or_is_cut() {
        let drawn = |columns| {
            let mut buf = Buffer::empty(Rect::new(0, 0, columns, 1));
            heading(buf.area, &mut buf, "Majors", &Theme::default());
            buf.content().iter().map(|cell| cell.symbol().to_owned()).collect::<String>()
        };
        assert_eq!(drawn(14), "── Majors ────");
        assert_eq!(drawn(8), "── Majo…");
        assert_eq!(drawn(1), "─");
        assert_eq!(drawn(0), "");
    }
}
