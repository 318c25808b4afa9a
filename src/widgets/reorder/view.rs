//! What of the list is seen, as plain data: drawing and hit-testing both read it.

use std::ops::Range;

use super::{Keyed, Reorder};

/// One visible row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReorderRow<'a, T> {
    /// An item of the list.
    Item {
        /// Its position.
        position: usize,
        /// The item.
        item: &'a T,
        /// Whether the cursor is on it.
        cursor: bool,
        /// Whether it belongs to a selected range.
        in_range: bool,
        /// Whether it is carried, or, while dragging, the place it is taken from.
        held: bool,
    },
    /// Where the dragged block would land.
    Marker,
}

/// The visible rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'a, T> {
    /// At most as many as were asked for.
    pub rows: Vec<ReorderRow<'a, T>>,
    /// Position of the first row, for a scrollbar.
    pub top: usize,
}

/// Where the selection is, or while dragging would land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPosition<'a, T> {
    /// Position of its first item.
    pub position: usize,
    /// How many items it holds.
    pub count: usize,
    /// Length of the whole list.
    pub of: usize,
    /// The item above it.
    pub above: Option<&'a T>,
    /// The item below it.
    pub below: Option<&'a T>,
}

impl<T: Keyed> Reorder<T> {
    /// The rows to draw into `height` lines. The cursor is among them; while dragging, the marker is instead.
    pub fn view(&self, height: usize) -> View<'_, T> {
        if height == 0 || self.items.is_empty() {
            return View { rows: Vec::new(), top: 0 };
        }
        // While dragging, the marker is one more row, at the gap; the rows below it move down by one.
        let gap = self.gap();
        let len = self.items.len() + usize::from(gap.is_some());
        let top = self.window.top_for(height, gap.unwrap_or(self.cursor), len);
        let block = self.selection();
        let rows = (top..len.min(top + height)).filter_map(|row| match gap {
            Some(gap) if row == gap => Some(ReorderRow::Marker),
            Some(gap) if row > gap => self.row(row - 1, &block),
            _ => self.row(row, &block),
        });
        View { rows: rows.collect(), top: top.min(self.items.len() - 1) }
    }

    /// Where the selection is, or while dragging would land; `None` in an empty list.
    pub fn place(&self) -> Option<RowPosition<'_, T>> {
        let block = self.selection();
        if block.is_empty() {
            return None;
        }
        let position = self.target().unwrap_or(block.start);
        // The list as it would be without the block.
        let other = |position: usize| self.items.get(if position < block.start { position } else { position + block.len() });
        Some(RowPosition {
            position,
            count: block.len(),
            of: self.items.len(),
            above: position.checked_sub(1).and_then(other),
            below: other(position),
        })
    }

    fn row(&self, position: usize, block: &Range<usize>) -> Option<ReorderRow<'_, T>> {
        let selected = block.contains(&position);
        Some(ReorderRow::Item {
            position,
            item: self.items.get(position)?,
            cursor: position == self.cursor,
            in_range: selected && self.mark.is_some(),
            held: selected && (self.held.is_some() || self.is_dragging()),
        })
    }

    fn target(&self) -> Option<usize> {
        self.drag.filter(|drag| drag.lifted).map(|drag| drag.to)
    }

    /// Before which item, in the present order, the marker stands.
    fn gap(&self) -> Option<usize> {
        let block = self.selection();
        self.target().map(|to| if to > block.start { to + block.len() } else { to })
    }
}
