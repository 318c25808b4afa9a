//! The room for a picture, of which a part may be out of view.

use ratatui::layout::{Rect, Size};

/// The room for a picture on something that scrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureFrame {
    /// What of the room is in view.
    pub area: Rect,
    /// Rows cut off above the view.
    pub above: u16,
    /// Rows cut off below it.
    pub below: u16,
}

impl PictureFrame {
    /// The part of a room in view: `y` is the room's first row in the document, whose row `top` is the first one in `view`.
    pub fn scrolled(view: Rect, top: usize, x: u16, y: usize, size: Size) -> Option<Self> {
        let end = y + usize::from(size.height);
        let above = top.saturating_sub(y).min(usize::from(size.height));
        let below = end.saturating_sub(top + usize::from(view.height)).min(usize::from(size.height) - above);
        let height = usize::from(size.height) - above - below;
        let row = (y + above).saturating_sub(top);
        if height == 0 || row >= usize::from(view.height) {
            return None;
        }
        let area =
            Rect { x: view.x.saturating_add(x), y: view.y + row as u16, width: size.width, height: height as u16 }.intersection(view);
        (!area.is_empty()).then_some(Self { area, above: above as u16, below: below as u16 })
    }

    /// The whole room, with what is cut off.
    pub(super) fn size(&self) -> Size {
        Size::new(self.area.width, self.area.height.saturating_add(self.above).saturating_add(self.below))
    }
}
