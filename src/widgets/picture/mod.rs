//! Pictures in cells: already decoded, scaled to the room there is, drawn in half blocks or by a protocol of the terminal.
//!
//! Pure: pixels and a rectangle in, cells out. Nothing here decodes, reads the environment or asks the terminal anything.

mod blocks;
mod colours;
mod kitty;
mod method;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

pub use self::colours::Colours;
pub use self::method::{Method, Protocol, Setting, VARIABLES};

/// A picture made small enough to be kept and drawn again and again; clones share its bytes.
#[derive(Clone, PartialEq)]
pub struct Thumbnail {
    width: u32,
    height: u32,
    /// Red, green, blue and alpha, row by row from the top.
    rgba: Bytes,
    /// A larger version for terminals that draw pictures themselves: a PNG file in base64.
    png: Option<Arc<str>>,
}

impl Thumbnail {
    /// Takes pixels of four bytes each, row by row; `None` if they are not exactly as many as the size says, or none at all.
    pub fn new(width: u32, height: u32, rgba: impl Into<Bytes>) -> Option<Self> {
        let rgba = rgba.into();
        let bytes = u64::from(width).checked_mul(height.into())?.checked_mul(4)?;
        (bytes > 0 && bytes == rgba.len() as u64).then_some(Self { width, height, rgba, png: None })
    }

    /// Adds the same picture as a PNG file in base64, for terminals that draw pictures themselves.
    #[must_use]
    pub fn with_png(self, base64: impl Into<Arc<str>>) -> Self {
        Self { png: Some(base64.into()), ..self }
    }

    /// The PNG file in base64, if there is one.
    pub fn png(&self) -> Option<&str> {
        self.png.as_deref()
    }

    /// The largest room inside `room` that has the picture's proportions, where a cell is twice as high as wide.
    pub fn fit(&self, room: Size) -> Size {
        let (width, height) = self.fit_pixels(room.width, room.height.saturating_mul(2));
        Size::new(width, height.div_ceil(2))
    }

    /// Like [`Thumbnail::fit`], in square pixels; at least one each way if there is room at all.
    fn fit_pixels(&self, width: u16, height: u16) -> (u16, u16) {
        if width == 0 || height == 0 {
            return (0, 0);
        }
        let (w, h) = (u64::from(self.width), u64::from(self.height));
        let part = |of: u16, larger: u64, smaller: u64| ((u64::from(of) * smaller + larger / 2) / larger).clamp(1, u16::MAX.into()) as u16;
        if u64::from(width) * h <= u64::from(height) * w {
            (width, part(width, w, h).min(height))
        } else {
            (part(height, h, w).min(width), height)
        }
    }
}

impl fmt::Debug for Thumbnail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thumbnail").field("width", &self.width).field("height", &self.height).finish_non_exhaustive()
    }
}

/// The room for a picture on something that scrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What of the room is in view.
    pub area: Rect,
    /// Rows cut off above the view.
    pub above: u16,
    /// Rows cut off below it.
    pub below: u16,
}

impl Frame {
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

    fn size(&self) -> Size {
        Size::new(self.area.width, self.area.height.saturating_add(self.above).saturating_add(self.below))
    }
}

/// Draws a picture as large as the frame allows, at its top and in the middle. What the picture leaves free is not touched.
///
/// A protocol draws whole pictures; one that is cut by the edge of the view stands there in blocks.
pub fn draw(picture: &Thumbnail, frame: Frame, buf: &mut Buffer, method: Method) {
    let area = frame.area.intersection(buf.area);
    if area != frame.area {
        return;
    }
    let size = picture.fit(frame.size());
    let x = area.x + (area.width - size.width) / 2;
    let whole = frame.above == 0 && frame.below == 0;
    if method.protocol == Protocol::Kitty && whole && kitty::draw(picture, Rect { x, width: size.width, height: size.height, ..area }, buf)
    {
        return;
    }
    blocks::draw(picture, frame, buf, method);
}

#[cfg(test)]
mod tests;
