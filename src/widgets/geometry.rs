//! Rectangles: where an overlay goes, and the lines of an area. Pure; the same answers serve drawing and the mouse.

use ratatui::layout::Rect;

/// A rectangle of at most that size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// The lines of `area`, top to bottom.
pub fn lines(area: Rect) -> impl Iterator<Item = Rect> {
    (area.top()..area.bottom()).map(move |y| Rect { y, height: 1, ..area })
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
}
