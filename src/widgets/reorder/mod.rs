//! A list whose items can be put into another order, by steps, by carrying and by dragging.
//!
//! Here is only what is on screen: the cursor, what is selected, carried or dragged, the first visible row. The order itself belongs
//! to the caller ([`Ordered`]): it is told how long it is, and moves a block when one is put down. This knows no keys, no items, draws
//! nothing and keeps no history.
//!
//! Everything that moves is one block: the row under the cursor, or the range between the mark and the cursor. A *position* is a row
//! as shown, an *index* a place in the order; they differ only while a block is carried. Both count from 0. Nothing here costs more in
//! a long list than in a short one, but for finding items again after a refresh.

mod anchor;
mod drag;
#[cfg(test)]
mod tests;
mod view;

use std::ops::Range;

pub use anchor::Anchor;
use drag::Drag;
pub use drag::EdgeTimer;
pub use view::{ReorderRow, RowPosition, View};

use super::scroll::ScrollWindow;

/// What is put into order.
pub trait Ordered {
    /// How many items there are.
    fn count(&self) -> usize;

    /// Moves the block at these indexes so that it begins at index `to` of the result. Returns whether anything moved.
    fn move_block(&mut self, block: Range<usize>, to: usize) -> bool;
}

impl<T> Ordered for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn move_block(&mut self, block: Range<usize>, to: usize) -> bool {
        if let Some(between) = self.get_mut(to..block.end).filter(|_| to < block.start) {
            between.rotate_right(block.len());
        } else if let Some(between) = self.get_mut(block.start..to + block.len()) {
            between.rotate_left(block.len());
        }
        to != block.start
    }
}

/// Rows assumed until [`Reorder::set_height`] says otherwise.
const UNKNOWN_HEIGHT: usize = 20;

/// What is being done to a list. Its length is passed in as `len`.
#[derive(Clone, Debug)]
pub struct Reorder {
    cursor: usize,
    /// The other end of a range selection.
    mark: Option<usize>,
    /// The index of the block that is carried, wherever it is shown.
    held: Option<usize>,
    drag: Option<Drag>,
    window: ScrollWindow,
}

impl Default for Reorder {
    /// The cursor is on the first item.
    fn default() -> Self {
        Self { cursor: 0, mark: None, held: None, drag: None, window: ScrollWindow::new(UNKNOWN_HEIGHT) }
    }
}

impl Reorder {
    /// Position of the cursor; 0 in an empty list.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Positions of what the next command would act on: the range, or the row under the cursor.
    pub fn selection(&self, len: usize) -> Range<usize> {
        let other = self.mark.unwrap_or(self.cursor);
        self.cursor.min(other)..(self.cursor.max(other) + 1).min(len)
    }

    /// Indexes of what the next command would act on.
    pub fn block(&self, len: usize) -> Range<usize> {
        let selection = self.selection(len);
        let start = self.held.unwrap_or(selection.start);
        start..start + selection.len()
    }

    /// Index of the item shown at a position.
    pub fn index(&self, position: usize, len: usize) -> usize {
        let (block, shown) = (self.block(len), self.selection(len));
        if shown.contains(&position) {
            return position - shown.start + block.start;
        }
        let other = if position < shown.start { position } else { position - shown.len() };
        if other < block.start { other } else { other + block.len() }
    }

    /// Whether a block is carried by the keyboard.
    pub fn is_holding(&self) -> bool {
        self.held.is_some()
    }

    /// Whether a block follows the pointer.
    pub fn is_dragging(&self) -> bool {
        self.drag.is_some_and(|drag| drag.lifted)
    }

    /// Whether several rows are selected together.
    pub fn has_range(&self) -> bool {
        self.mark.is_some()
    }

    /// Tells how many rows are drawn, so that pages and scrolling fit.
    pub fn set_height(&mut self, rows: usize, len: usize) {
        if self.drag.is_some() {
            self.window = ScrollWindow::new(rows).scrolled_to(self.window.top(), len);
            self.aim(len);
        } else {
            self.window.set_height(rows, self.cursor, len);
        }
    }

    /// Cursor up; carries what is held.
    pub fn up(&mut self, rows: usize, len: usize) {
        self.jump(self.lead(len).saturating_sub(rows), len);
    }

    /// Cursor down; carries what is held.
    pub fn down(&mut self, rows: usize, len: usize) {
        self.jump(self.lead(len).saturating_add(rows), len);
    }

    /// Whole pages up.
    pub fn page_up(&mut self, pages: usize, len: usize) {
        self.up(pages.saturating_mul(self.window.height()), len);
    }

    /// Whole pages down.
    pub fn page_down(&mut self, pages: usize, len: usize) {
        self.down(pages.saturating_mul(self.window.height()), len);
    }

    /// To a position, or as near as there are items; carries what is held.
    pub fn jump(&mut self, position: usize, len: usize) {
        if self.drag.is_some() {
            return;
        }
        if self.held.is_some() {
            self.carry(position, len);
        } else {
            self.cursor = position.min(len.saturating_sub(1));
            self.window.follow(self.cursor, len);
        }
    }

    /// Starts a range at the cursor, or ends it. While something is carried the range stays as it is.
    pub fn toggle_range(&mut self, len: usize) {
        if !self.is_busy() {
            self.mark = if self.mark.is_some() || len == 0 { None } else { Some(self.cursor) };
        }
    }

    /// Moves the block by some rows, down if positive; see [`Reorder::move_to`].
    pub fn move_by(&mut self, rows: isize, order: &mut impl Ordered) -> bool {
        self.move_to(self.selection(order.count()).start.saturating_add_signed(rows), order)
    }

    /// Moves the block so that its first item stands at `position`, or as near as there is room. Returns whether the order changed:
    /// while the block is carried this only carries it on.
    pub fn move_to(&mut self, position: usize, order: &mut impl Ordered) -> bool {
        if self.drag.is_some() {
            return false;
        }
        let block = self.block(order.count());
        let to = self.carry(position, order.count());
        self.held.is_none() && order.move_block(block, to)
    }

    /// Picks the block up.
    pub fn grab(&mut self, len: usize) {
        if !self.is_busy() && len > 0 {
            self.held = Some(self.selection(len).start);
        }
    }

    /// Puts the carried block down where it is shown. Returns whether the order changed.
    pub fn drop_held(&mut self, order: &mut impl Ordered) -> bool {
        let (block, to) = (self.block(order.count()), self.selection(order.count()).start);
        self.held.take().is_some() && order.move_block(block, to)
    }

    /// Ends carrying or dragging: the block stays where it is shown, or goes where the marker is.
    pub fn put_down(&mut self, order: &mut impl Ordered) -> bool {
        if self.drag.is_some() { self.release(order) } else { self.drop_held(order) }
    }

    /// Backs out one level: puts back what is carried or dragged, else ends the range. False if there was nothing to cancel.
    pub fn cancel(&mut self, len: usize) -> bool {
        if self.drag.take().is_some() {
            self.window.follow(self.cursor, len);
            true
        } else if let Some(from) = self.held.take() {
            self.carry(from, len);
            true
        } else {
            self.mark.take().is_some()
        }
    }

    /// Whether something is carried or dragged, so that other commands must wait.
    fn is_busy(&self) -> bool {
        self.held.is_some() || self.drag.is_some()
    }

    /// What moves with the arrows: the carried block's first row, else the cursor.
    fn lead(&self, len: usize) -> usize {
        if self.held.is_some() { self.selection(len).start } else { self.cursor }
    }

    /// Takes cursor and mark to where the block begins at `to`, or as near as there is room. Returns where that is.
    fn carry(&mut self, to: usize, len: usize) -> usize {
        let block = self.selection(len);
        let to = to.min(len - block.len());
        self.cursor = self.cursor - block.start + to;
        self.mark = self.mark.map(|mark| mark - block.start + to);
        self.window.follow(self.cursor, len);
        to
    }
}
