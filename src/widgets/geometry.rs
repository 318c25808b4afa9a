//! Rectangles: where an overlay goes and what is under the pointer. Pure; the same answers serve drawing and the mouse.

use ratatui::layout::{Position, Rect};

/// A rectangle of at most that size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// The lines of `area`, top to bottom.
pub fn lines(area: Rect) -> impl Iterator<Item = Rect> {
    (area.top()..area.bottom()).map(move |y| Rect { y, height: 1, ..area })
}

/// What lies where, for the mouse: computed from geometry, later entries lie on top of earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits<T> {
    areas: Vec<(Rect, T)>,
}

impl<T> Hits<T> {
    /// Nothing anywhere.
    pub const fn new() -> Self {
        Self { areas: Vec::new() }
    }

    /// Lays `target` over what is already there.
    pub fn push(&mut self, area: Rect, target: T) {
        self.areas.push((area, target));
    }

    /// The topmost target under the pointer, and its rectangle.
    pub fn at(&self, position: Position) -> Option<(Rect, &T)> {
        self.areas.iter().rev().find(|(area, _)| area.contains(position)).map(|(area, target)| (*area, target))
    }

    /// All targets, bottom to top.
    pub fn iter(&self) -> impl Iterator<Item = &(Rect, T)> {
        self.areas.iter()
    }
}

impl<T> Default for Hits<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_is_centred_and_never_leaves_its_area() {
        assert_eq!(centred(Rect::new(10, 5, 20, 10), 10, 4), Rect::new(15, 8, 10, 4));
        assert_eq!(centred(Rect::new(3, 3, 5, 2), 80, 24), Rect::new(3, 3, 5, 2));
        assert_eq!(centred(Rect::new(0, 0, 0, 0), 80, 24), Rect::new(0, 0, 0, 0));
    }

    #[test]
    fn the_pointer_hits_what_was_laid_on_top() {
        let mut hits = Hits::new();
        hits.push(Rect::new(0, 0, 10, 10), "screen");
        hits.push(Rect::new(2, 2, 3, 3), "box");
        assert_eq!(hits.at(Position::new(2, 4)), Some((Rect::new(2, 2, 3, 3), &"box")));
        assert_eq!(hits.at(Position::new(5, 4)).map(|hit| *hit.1), Some("screen"));
        assert_eq!(hits.at(Position::new(10, 4)), None);
    }
}
