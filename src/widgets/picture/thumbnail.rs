//! A decoded picture, small enough to be kept.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use ratatui::layout::Size;

/// A picture made small enough to be kept and drawn again and again; clones share its bytes.
#[derive(Clone, PartialEq)]
pub struct Thumbnail {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Red, green, blue and alpha, row by row from the top.
    pub(super) rgba: Bytes,
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
    pub(super) fn fit_pixels(&self, width: u16, height: u16) -> (u16, u16) {
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
