//! Which part of something long is on screen, and the bar that shows it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget};

use super::theme::Theme;

/// The rows of a list that are on screen. The first one is state, moved only as far as needed: derived from the cursor, the
/// list would run away under a pointer that stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollWindow {
    top: usize,
    height: usize,
}

impl ScrollWindow {
    /// At the top, `height` rows high until somebody knows better.
    pub const fn new(height: usize) -> Self {
        Self { top: 0, height }
    }

    /// The first visible row of the last known height.
    pub const fn top(&self) -> usize {
        self.top
    }

    /// The last known height, at least 1.
    pub fn height(&self) -> usize {
        self.height.max(1)
    }

    /// The first visible row if `height` rows of `len` are drawn and row `focus` must be among them.
    pub fn top_for(&self, height: usize, focus: usize, len: usize) -> usize {
        let height = height.max(1);
        let top = self.top.min(len.saturating_sub(height));
        if focus < top { focus } else { top.max((focus + 1).saturating_sub(height)) }
    }

    /// Scrolls as little as possible so that row `focus` is visible.
    pub fn follow(&mut self, focus: usize, len: usize) {
        self.top = self.top_for(self.height, focus, len);
    }

    /// Takes a new height, keeping row `focus` visible.
    pub fn set_height(&mut self, height: usize, focus: usize, len: usize) {
        self.height = height;
        self.follow(focus, len);
    }

    /// Puts the first visible row at `top`, or as near as there are rows.
    pub fn set_top(&mut self, top: usize, len: usize) {
        self.top = top.min(len.saturating_sub(self.height()));
    }

    /// The same height elsewhere.
    #[must_use]
    pub fn scrolled_to(mut self, top: usize, len: usize) -> Self {
        self.set_top(top, len);
        self
    }

    /// Scrolls by some rows, down if positive; no further than the list goes.
    pub fn scroll(&mut self, rows: isize, len: usize) {
        self.set_top(self.top.saturating_add_signed(rows), len);
    }
}

/// Where a view of `window` cells must begin so that `focus` is in it: stateless, in steps of half a window, so that text
/// does not slide at every key.
pub const fn page_start(focus: usize, window: usize) -> usize {
    let window = if window == 0 { 1 } else { window };
    if focus < window {
        return 0;
    }
    let step = if window / 2 == 0 { 1 } else { window / 2 };
    ((focus - window) / step + 1) * step
}

/// Draws a scrollbar into `area` (one column) if `len` rows do not fit into it.
pub fn scrollbar(area: Rect, buf: &mut Buffer, top: usize, len: usize, theme: &Theme) {
    let height = usize::from(area.height);
    if area.is_empty() || len <= height {
        return;
    }
    // ratatui counts positions, not rows: the last position is the one with the end in view.
    let mut state = ScrollbarState::new(len - height + 1).position(top).viewport_content_length(height);
    Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .thumb_symbol(theme.symbols.thumb)
        .track_symbol(Some(theme.symbols.track))
        .style(theme.border)
        .render(area.intersection(buf.area), buf, &mut state);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_window_moves_only_as_far_as_needed() {
        let mut window = ScrollWindow::new(3);
        window.follow(4, 10);
        assert_eq!(window.top(), 2);
        window.follow(2, 10);
        assert_eq!(window.top(), 2);
        window.follow(1, 10);
        assert_eq!(window.top(), 1);
        window.scroll(50, 10);
        assert_eq!(window.top(), 7);
        window.scroll(-50, 10);
        assert_eq!(window.top(), 0);
    }

    #[test]
    fn the_bar_shows_the_ends_and_only_where_there_is_more() {
        let area = Rect::new(0, 0, 1, 4);
        let drawn = |top, len| {
            let mut buf = Buffer::empty(area);
            scrollbar(area, &mut buf, top, len, &Theme::default());
            (0..4).map(|y| buf[(0, y)].symbol().to_owned()).collect::<String>()
        };
        assert_eq!(drawn(0, 4), "    ");
        assert_eq!(drawn(0, 8), "██││");
        assert_eq!(drawn(4, 8), "││██");
    }

    proptest! {
        #[test]
        fn the_focus_is_always_in_view(top in 0usize..50, height in 0usize..20, len in 1usize..60, focus in 0usize..60) {
            let focus = focus % len;
            let mut window = ScrollWindow::new(7);
            window.set_top(top, len);
            let top = window.top_for(height, focus, len);
            prop_assert!((top..top + height.max(1)).contains(&focus));
            let start = page_start(focus, height);
            prop_assert!((start..start + height.max(1)).contains(&focus));
        }

        #[test]
        fn a_scrollbar_draws_at_any_size(width in 0u16..4, height in 0u16..40, top in 0usize..100, len in 0usize..100) {
            let area = Rect::new(0, 0, width, height);
            scrollbar(area, &mut Buffer::empty(area), top, len, &Theme::default());
        }
    }
}
