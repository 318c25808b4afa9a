//! What of the list is seen, as plain data: drawing and hit-testing both read it.

use std::ops::Range;

use super::Reorder;

/// One visible row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReorderRow {
    /// An item of the list.
    Item {
        /// Its position.
        position: usize,
        /// Its index in the order.
        index: usize,
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
pub struct View {
    /// At most as many as were asked for.
    pub rows: Vec<ReorderRow>,
    /// Position of the first row, for a scrollbar.
    pub top: usize,
}

/// Where the selection is, or while dragging would land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPosition {
    /// Position of its first item.
    pub position: usize,
    /// How many items it holds.
    pub count: usize,
    /// Index of the item above it.
    pub above: Option<usize>,
    /// Index of the item below it.
    pub below: Option<usize>,
}

impl Reorder {
    /// The rows to draw into `height` lines. The cursor is among them; while dragging, the marker is instead.
    pub fn view(&self, height: usize, len: usize) -> View {
        if height == 0 || len == 0 {
            return View { rows: Vec::new(), top: 0 };
        }
        // While dragging, the marker is one more row, at the gap; the rows below it move down by one.
        let gap = self.gap(len);
        let lines = len + usize::from(gap.is_some());
        let top = self.window.top_for(height, gap.unwrap_or(self.cursor), lines);
        let selection = self.selection(len);
        let rows = (top..lines.min(top + height)).map(|row| match gap {
            Some(gap) if row == gap => ReorderRow::Marker,
            Some(gap) if row > gap => self.row(row - 1, &selection, len),
            _ => self.row(row, &selection, len),
        });
        View { rows: rows.collect(), top: top.min(len - 1) }
    }

    /// Where the selection is, or while dragging would land; `None` in an empty list.
    pub fn place(&self, len: usize) -> Option<RowPosition> {
        let block = self.block(len);
        if block.is_empty() {
            return None;
        }
        let position = self.target().unwrap_or(self.selection(len).start);
        // The list as it would be without the block.
        let other = |position: usize| if position < block.start { position } else { position + block.len() };
        Some(RowPosition {
            position,
            count: block.len(),
            above: position.checked_sub(1).map(other),
            below: Some(other(position)).filter(|below| *below < len),
        })
    }

    fn row(&self, position: usize, selection: &Range<usize>, len: usize) -> ReorderRow {
        let selected = selection.contains(&position);
        ReorderRow::Item {
            position,
            index: self.index(position, len),
            cursor: position == self.cursor,
            in_range: selected && self.mark.is_some(),
            held: selected && (self.held.is_some() || self.is_dragging()),
        }
    }

    fn target(&self) -> Option<usize> {
        self.drag.filter(|drag| drag.lifted).map(|drag| drag.to)
    }

    /// Before which row the marker stands.
    fn gap(&self, len: usize) -> Option<usize> {
        let block = self.selection(len);
        self.target().map(|to| if to > block.start { to + block.len() } else { to })
    }
}
