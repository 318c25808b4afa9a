//! Where the parts of the frame are: one geometry, for drawing and for the mouse; and writing on them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use strum::IntoEnumIterator;

use crate::screens::Tab;

/// Where the parts of the frame are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameAreas {
    pub(super) header: Rect,
    /// The line below the header.
    pub(super) rule: Rect,
    pub(super) body: Rect,
    pub(super) footer: Rect,
}

/// The frame's geometry, for drawing and for the mouse.
pub(super) fn areas((columns, rows): (u16, u16)) -> FrameAreas {
    let header = Rect::new(0, 0, columns, rows.min(1));
    let rule = Rect::new(0, header.height, columns, rows.saturating_sub(1).min(1));
    let footer = Rect::new(0, rows.saturating_sub(1), columns, rows.min(1));
    let top = header.height + rule.height;
    let body = Rect::new(0, top.min(rows), columns, rows.saturating_sub(top + footer.height));
    FrameAreas { header, rule, body, footer }
}

/// The tab at a column of the header.
pub(super) fn tab_at(header: Rect, column: u16) -> Option<Tab> {
    tabs(header).find(|(_, area, _)| area.contains(Position::new(column, header.y))).map(|(tab, ..)| tab)
}

/// Every tab, where it is in the header, and how it is written.
pub(super) fn tabs(header: Rect) -> impl Iterator<Item = (Tab, Rect, String)> {
    let mut x = header.x;
    Tab::iter().map(move |tab| {
        let text = format!(" {} {} ", tab as u8 + 1, tab.title());
        let wide = text.len() as u16;
        let area = Rect::new(x, header.y, wide, header.height).intersection(header);
        x += wide;
        (tab, area, text)
    })
}

/// Writes on a line of a part, as much as fits; returns the column where it ends.
pub(super) fn put(buf: &mut Buffer, area: Rect, y: u16, from: u16, text: &str, style: Style) -> u16 {
    if y >= area.bottom() || from >= area.width {
        return from;
    }
    let (end, _) = buf.set_stringn(area.x + from, y, text, usize::from(area.width - from), style);
    end - area.x
}
