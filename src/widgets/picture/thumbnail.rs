//! A decoded picture, small enough to be kept.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use ratatui::layout::Size;

/// A picture made small enough to be kept and drawn again and again; clones share its bytes.
#[derive(Clone, PartialEq)]
pub struct Thumbnail {
    /// The same picture ever smaller, the largest first: what is drawn small costs little.
    levels: Vec<ThumbnailSize>,
    /// A larger version for terminals that draw pictures themselves: a PNG file in base64.
    png: Option<Arc<str>>,
    sixels: Option<SixelSource>,
}

/// Who encodes the picture as sixels of some size in pixels, and keeps what was encoded.
#[derive(Clone)]
struct SixelSource(Arc<dyn Fn(Size) -> Option<Arc<str>> + Send + Sync>);

/// Who encodes a picture says nothing about it.
impl PartialEq for SixelSource {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Pixels of one size.
#[derive(Clone, PartialEq)]
pub(super) struct ThumbnailSize {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Red, green, blue and alpha, row by row from the top.
    pub(super) rgba: Bytes,
}

impl ThumbnailSize {
    fn new(width: u32, height: u32, rgba: Bytes) -> Option<Self> {
        let bytes = u64::from(width).checked_mul(height.into())?.checked_mul(4)?;
        (bytes > 0 && bytes == rgba.len() as u64).then_some(Self { width, height, rgba })
    }
}

impl Thumbnail {
    /// Takes pixels of four bytes each, row by row; `None` if they are not exactly as many as the size says, or none at all.
    pub fn new(width: u32, height: u32, rgba: impl Into<Bytes>) -> Option<Self> {
        Some(Self { levels: vec![ThumbnailSize::new(width, height, rgba.into())?], png: None, sixels: None })
    }

    /// Adds the same picture in fewer pixels, for little room. What is not as large as it says is left out.
    #[must_use]
    pub fn with_smaller(mut self, width: u32, height: u32, rgba: impl Into<Bytes>) -> Self {
        self.levels.extend(ThumbnailSize::new(width, height, rgba.into()));
        self
    }

    /// The fewest pixels that are enough for a room of so many.
    pub(super) fn level(&self, columns: usize, rows: usize) -> Option<&ThumbnailSize> {
        let enough = |level: &&ThumbnailSize| level.width as usize >= columns && level.height as usize >= rows;
        self.levels.iter().rev().find(enough).or(self.levels.first())
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

    /// Adds who makes sixels of it, of some size in pixels. Asked for every frame: what was made before has to be at hand.
    #[must_use]
    pub fn with_sixels(self, source: impl Fn(Size) -> Option<Arc<str>> + Send + Sync + 'static) -> Self {
        Self { sixels: Some(SixelSource(Arc::new(source))), ..self }
    }

    /// The picture as sixels of that size.
    pub fn sixels(&self, size: Size) -> Option<Arc<str>> {
        self.sixels.as_ref().and_then(|SixelSource(source)| source(size))
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
        let Some(full) = self.levels.first() else { return (0, 0) };
        let (w, h) = (u64::from(full.width), u64::from(full.height));
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
        let size = self.levels.first().map(|level| (level.width, level.height)).unwrap_or_default();
        f.debug_struct("Thumbnail").field("width", &size.0).field("height", &size.1).finish_non_exhaustive()
    }
}
