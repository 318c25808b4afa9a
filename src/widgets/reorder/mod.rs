//! A list whose items can be put into another order, by steps, by carrying and by dragging.
//!
//! It owns the order, the cursor and the first visible row. It knows no keys, draws nothing and keeps no history: a change of
//! order is handed out as a [`Move`] in terms of keys and neighbours, so that the caller can log, replay and undo it.
//!
//! Everything that moves is one block: the row under the cursor, or the range between the mark and the cursor. Positions count
//! from 0. A move costs as much as the distance it goes, whatever the length of the list.

mod drag;
#[cfg(test)]
mod tests;
mod view;

use std::fmt;
use std::ops::Range;

use drag::Drag;
pub use drag::EdgeTimer;
pub use view::{ReorderRow, RowPosition, View};

use super::scroll::ScrollWindow;

/// What tells one item from all others; it finds items again after a refresh.
pub trait Keyed {
    /// The identity.
    type Key: Clone + Eq + fmt::Debug;

    /// This item's identity.
    fn key(&self) -> &Self::Key;
}

/// A finished change of order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move<K> {
    /// The items moved, in their order.
    pub keys: Vec<K>,
    /// Position of the first of them before.
    pub from: usize,
    /// Position of the first of them after.
    pub to: usize,
    /// The item they now stand below; `None` at the top.
    pub after: Option<K>,
}

/// Rows assumed until [`Reorder::set_height`] says otherwise.
const UNKNOWN_HEIGHT: usize = 20;

/// The list and what is being done to it.
#[derive(Clone, Debug)]
pub struct Reorder<T> {
    items: Vec<T>,
    cursor: usize,
    /// The other end of a range selection.
    mark: Option<usize>,
    /// Where the block stood when it was picked up.
    held: Option<usize>,
    drag: Option<Drag>,
    window: ScrollWindow,
}

impl<T: Keyed> Reorder<T> {
    /// The list with the cursor on the first item.
    pub fn new(items: Vec<T>) -> Self {
        Self { items, cursor: 0, mark: None, held: None, drag: None, window: ScrollWindow::new(UNKNOWN_HEIGHT) }
    }

    /// The items in their present order.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing to order.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Position of the cursor; 0 in an empty list.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The item under the cursor.
    pub fn current(&self) -> Option<&T> {
        self.items.get(self.cursor)
    }

    /// Positions of what the next command would act on: the range, or the row under the cursor.
    pub fn selection(&self) -> Range<usize> {
        let other = self.mark.unwrap_or(self.cursor);
        self.cursor.min(other)..(self.cursor.max(other) + 1).min(self.items.len())
    }

    /// The items the next command would act on.
    pub fn selected(&self) -> &[T] {
        self.items.get(self.selection()).unwrap_or_default()
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
    pub fn set_height(&mut self, rows: usize) {
        if self.drag.is_some() {
            self.window = ScrollWindow::new(rows).scrolled_to(self.window.top(), self.items.len());
            self.aim();
        } else {
            self.window.set_height(rows, self.cursor, self.items.len());
        }
    }

    /// Cursor up; carries what is held.
    pub fn up(&mut self, rows: usize) {
        self.go(self.lead().saturating_sub(rows));
    }

    /// Cursor down; carries what is held.
    pub fn down(&mut self, rows: usize) {
        self.go(self.lead().saturating_add(rows));
    }

    /// Whole pages up.
    pub fn page_up(&mut self, pages: usize) {
        self.up(pages.saturating_mul(self.window.height()));
    }

    /// Whole pages down.
    pub fn page_down(&mut self, pages: usize) {
        self.down(pages.saturating_mul(self.window.height()));
    }

    /// To the first position.
    pub fn home(&mut self) {
        self.go(0);
    }

    /// To the last position.
    pub fn end(&mut self) {
        self.go(usize::MAX);
    }

    /// To a position, or as near as there are items.
    pub fn jump(&mut self, position: usize) {
        self.go(position);
    }

    /// To the item with that key, if it is there.
    pub fn jump_to(&mut self, key: &T::Key) -> bool {
        let found = self.find(key);
        if let Some(position) = found {
            self.go(position);
        }
        found.is_some()
    }

    /// Starts a range at the cursor, or ends it. While something is carried the range stays as it is.
    pub fn toggle_range(&mut self) {
        if !self.is_busy() {
            self.mark = if self.mark.is_some() || self.items.is_empty() { None } else { Some(self.cursor) };
        }
    }

    /// Moves the block by some rows, down if positive.
    pub fn move_by(&mut self, rows: isize) -> Option<Move<T::Key>> {
        self.move_to(self.selection().start.saturating_add_signed(rows))
    }

    /// Moves the block so that its first item stands at `position`, or as near as there is room. While the block is carried
    /// this only carries it on, and dropping it reports the move.
    pub fn move_to(&mut self, position: usize) -> Option<Move<T::Key>> {
        if self.drag.is_some() {
            return None;
        }
        let from = self.selection().start;
        self.carry(position);
        if self.held.is_some() { None } else { self.moved(from) }
    }

    /// Picks the block up.
    pub fn grab(&mut self) {
        if !self.is_busy() && !self.items.is_empty() {
            self.held = Some(self.selection().start);
        }
    }

    /// Puts the carried block down where it is.
    pub fn drop_held(&mut self) -> Option<Move<T::Key>> {
        let from = self.held.take()?;
        self.moved(from)
    }

    /// Ends carrying or dragging: the block stays where it is, or goes where the marker is.
    pub fn put_down(&mut self) -> Option<Move<T::Key>> {
        if self.drag.is_some() { self.release() } else { self.drop_held() }
    }

    /// Backs out one level: puts back what is carried or dragged, else ends the range. False if there was nothing to cancel.
    pub fn cancel(&mut self) -> bool {
        if self.drag.take().is_some() {
            self.window.follow(self.cursor, self.items.len());
            true
        } else if let Some(from) = self.held.take() {
            self.carry(from);
            true
        } else {
            self.mark.take().is_some()
        }
    }

    /// Takes a refreshed list. The cursor stays on its item and in its row, a range on its items; what is carried or dragged
    /// stays below the item it was below. If the block was torn apart or lost members, it is let go.
    pub fn replace(&mut self, items: Vec<T>) {
        let row = self.cursor.saturating_sub(self.window.top());
        let cursor = self.current().map(|item| item.key().clone());
        let block: Vec<T::Key> = self.selected().iter().map(|item| item.key().clone()).collect();
        let at_end = self.mark.is_some_and(|mark| mark < self.cursor);
        let after = self.place().map(|place| place.above.map(|item| item.key().clone()));
        self.items = items;

        let last = self.items.len().saturating_sub(1);
        let whole = block.first().and_then(|first| self.find(first)).filter(|start| self.stands_at(*start, &block));
        if let Some(start) = whole {
            let end = start + block.len() - 1;
            self.cursor = if at_end || self.mark.is_none() { end } else { start };
            self.mark = self.mark.map(|_| if at_end { start } else { end });
            let to = after.and_then(|after| self.position_below(after.as_ref(), start, block.len())).unwrap_or(start);
            if let Some(held) = &mut self.held {
                *held = start;
                self.carry(to);
            } else if let Some(drag) = &mut self.drag {
                drag.to = to;
            }
        } else {
            (self.mark, self.held, self.drag) = (None, None, None);
            self.cursor = cursor.and_then(|key| self.find(&key)).unwrap_or(self.cursor.min(last));
        }
        if self.drag.is_some() {
            self.window.set_top(self.window.top(), self.items.len());
        } else {
            self.window.set_top(self.cursor.saturating_sub(row), self.items.len());
            self.window.follow(self.cursor, self.items.len());
        }
    }

    /// Puts these items in place of as many from `position` on: the same ones in another order. Cursor and window stay.
    pub fn overwrite(&mut self, position: usize, items: impl Iterator<Item = T>) {
        for (old, new) in self.items.iter_mut().skip(position).zip(items) {
            *old = new;
        }
    }

    /// Whether something is carried or dragged, so that other commands must wait.
    fn is_busy(&self) -> bool {
        self.held.is_some() || self.drag.is_some()
    }

    /// What moves with the arrows: the carried block's first row, else the cursor.
    fn lead(&self) -> usize {
        if self.held.is_some() { self.selection().start } else { self.cursor }
    }

    fn go(&mut self, position: usize) {
        if self.drag.is_some() {
            return;
        }
        if self.held.is_some() {
            self.carry(position);
        } else {
            self.cursor = position.min(self.items.len().saturating_sub(1));
            self.window.follow(self.cursor, self.items.len());
        }
    }

    /// Rotates the block to begin at `to`, or as near as there is room, and takes cursor and mark with it.
    fn carry(&mut self, to: usize) {
        let block = self.selection();
        let to = to.min(self.items.len() - block.len());
        if let Some(between) = self.items.get_mut(to..block.end).filter(|_| to < block.start) {
            between.rotate_right(block.len());
        } else if let Some(between) = self.items.get_mut(block.start..to + block.len()) {
            between.rotate_left(block.len());
        }
        self.cursor = self.cursor - block.start + to;
        self.mark = self.mark.map(|mark| mark - block.start + to);
        self.window.follow(self.cursor, self.items.len());
    }

    /// The move that brought the block from `from` to where it is, if it is elsewhere now.
    fn moved(&self, from: usize) -> Option<Move<T::Key>> {
        let to = self.selection().start;
        (from != to).then(|| Move {
            keys: self.selected().iter().map(|item| item.key().clone()).collect(),
            from,
            to,
            after: to.checked_sub(1).and_then(|above| self.items.get(above)).map(|item| item.key().clone()),
        })
    }

    fn find(&self, key: &T::Key) -> Option<usize> {
        self.items.iter().position(|item| item.key() == key)
    }

    fn stands_at(&self, start: usize, block: &[T::Key]) -> bool {
        let found = self.items.get(start..start.saturating_add(block.len()));
        found.is_some_and(|found| found.iter().map(Keyed::key).eq(block))
    }

    /// Where a block of `len` items now at `start` would begin if it stood below `after`.
    fn position_below(&self, after: Option<&T::Key>, start: usize, len: usize) -> Option<usize> {
        let Some(after) = after else { return Some(0) };
        let above = self.find(after)?;
        Some(if above < start { above + 1 } else { (above + 1).saturating_sub(len) })
    }
}
