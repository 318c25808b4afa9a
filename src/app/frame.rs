//! Where the parts of the frame are: one geometry, for drawing and for the mouse.

use ratatui::layout::{Position, Rect};
use strum::IntoEnumIterator;

use crate::screens::Tab;

/// Where the parts of the frame are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Areas {
    pub(super) header: Rect,
    pub(super) body: Rect,
    pub(super) footer: Rect,
}

/// The frame's geometry, for drawing and for the mouse.
pub(super) fn areas((columns, rows): (u16, u16)) -> Areas {
    let header = Rect::new(0, 0, columns, rows.min(1));
    let rule = rows.clamp(0, 1);
    let footer = Rect::new(0, rows.saturating_sub(1), columns, rows.min(1));
    let top = header.height + rule;
    let body = Rect::new(0, top.min(rows), columns, rows.saturating_sub(top + footer.height));
    Areas { header, body, footer }
}

/// The tab at a column of the header.
pub(super) fn tab_at(header: Rect, column: u16) -> Option<Tab> {
    tabs(header).find(|(_, area)| area.contains(Position::new(column, header.y))).map(|(tab, _)| tab)
}

/// Every tab and where it is in the header.
pub(super) fn tabs(header: Rect) -> impl Iterator<Item = (Tab, Rect)> {
    let mut x = header.x;
    Tab::iter().map(move |tab| {
        let wide = tab_text(tab).len() as u16;
        let area = Rect::new(x, header.y, wide, header.height).intersection(header);
        x += wide;
        (tab, area)
    })
}

/// A tab as it is written in the header.
pub(super) fn tab_text(tab: Tab) -> String {
    format!(" {} {} ", tab as u8 + 1, tab.title())
}
