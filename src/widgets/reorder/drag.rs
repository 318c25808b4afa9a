//! The mouse path: a press arms, moving to another row lifts, releasing drops.
//!
//! Nothing moves before the release; until then the block has only a place where it would land, which the view shows as a
//! marker. Rows count from the list's first visible row and may lie outside it.

use std::time::Duration;

use super::{Ordered, Reorder};

/// What to do with the one timer that scrolls while the pointer rests at an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeTimer {
    /// Leave it as it is.
    Keep,
    /// Set it anew, then call [`Reorder::edge_tick`].
    Start(Duration),
    /// Take it away.
    Stop,
}

/// Rest this long at an edge before it scrolls.
const FIRST: Duration = Duration::from_millis(300);
/// Then once in this time, by how far outside the pointer is.
const NEXT: [Duration; 3] = [Duration::from_millis(250), Duration::from_millis(100), Duration::from_millis(50)];

/// A pressed button.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drag {
    /// Which of the block's items the pointer took.
    grip: usize,
    /// Where the pointer is.
    row: i32,
    /// Whether it has been moved to another row since.
    pub(super) lifted: bool,
    /// Where the block's first item would land.
    pub(super) to: usize,
    /// Whether a timer is running.
    at_edge: bool,
}

#[derive(Clone, Copy)]
struct Edge {
    /// -1 at the top, 1 at the bottom.
    rows: isize,
    /// 0 on the edge row, more outside it.
    depth: usize,
}

impl Reorder {
    /// The position of the item in a visible row.
    pub fn row_at(&self, row: usize, len: usize) -> Option<usize> {
        let position = self.window.top() + row;
        (row < self.window.height() && position < len).then_some(position)
    }

    /// The button goes down on a row: selects it. On the handle, or on what is selected already, moving on will lift the block.
    /// True if a row was hit.
    pub fn press(&mut self, row: usize, on_handle: bool, len: usize) -> bool {
        let Some(position) = self.row_at(row, len).filter(|_| self.held.is_none()) else { return false };
        self.drag = None;
        let selected = self.selection(len).contains(&position);
        if !selected {
            self.mark = None;
            self.cursor = position;
        }
        if selected || on_handle {
            let start = self.selection(len).start;
            let row = i32::try_from(row).unwrap_or(i32::MAX);
            self.drag = Some(Drag { grip: position - start, row, lifted: false, to: start, at_edge: false });
        }
        true
    }

    /// The pointer moves with the button down.
    pub fn drag(&mut self, row: i32, len: usize) -> EdgeTimer {
        let Some(drag) = &mut self.drag else { return EdgeTimer::Keep };
        drag.lifted |= drag.row != row;
        drag.row = row;
        let (lifted, was) = (drag.lifted, drag.at_edge);
        self.aim(len);
        let edge = self.edge(len).is_some() && lifted;
        if let Some(drag) = &mut self.drag {
            drag.at_edge = edge;
        }
        match (was, edge) {
            (false, true) => EdgeTimer::Start(FIRST),
            (true, false) => EdgeTimer::Stop,
            _ => EdgeTimer::Keep,
        }
    }

    /// The timer ran out: scrolls by one row and says when to scroll next.
    pub fn edge_tick(&mut self, len: usize) -> EdgeTimer {
        if !self.drag.is_some_and(|drag| drag.at_edge) {
            return EdgeTimer::Stop;
        }
        if let Some(edge) = self.edge(len) {
            self.window.scroll(edge.rows, len);
            self.aim(len);
        }
        // Asked again: this may have been the last row.
        let next = self.edge(len).map(|edge| NEXT.get(edge.depth).copied().unwrap_or(NEXT[2]));
        if let Some(drag) = &mut self.drag {
            drag.at_edge = next.is_some();
        }
        next.map_or(EdgeTimer::Stop, EdgeTimer::Start)
    }

    /// The button goes up: drops the block. A click on one of several selected rows selects that one alone. Returns whether the order
    /// changed.
    pub fn release(&mut self, order: &mut impl Ordered) -> bool {
        let Some(drag) = self.drag.take() else { return false };
        let len = order.count();
        let block = self.selection(len);
        if drag.lifted {
            let to = self.carry(drag.to, len);
            order.move_block(block, to)
        } else {
            self.mark = None;
            self.cursor = block.start + drag.grip;
            self.window.follow(self.cursor, len);
            false
        }
    }

    /// The wheel turns: scrolls by some rows, down if positive. The cursor is taken along where it would leave the view,
    /// unless that would move or change what is selected: then the view stops.
    pub fn scroll(&mut self, rows: isize, len: usize) {
        self.window.scroll(rows, len);
        if self.drag.is_some() {
            self.aim(len);
            return;
        }
        if self.held.is_none() && self.mark.is_none() {
            let top = self.window.top();
            let last = len.saturating_sub(1);
            self.cursor = self.cursor.clamp(top.min(last), (top + self.window.height() - 1).min(last));
        }
        self.window.follow(self.cursor, len);
    }

    /// Works out where the block would land: the row taken goes where the pointer is.
    pub(super) fn aim(&mut self, len: usize) {
        let block = self.selection(len);
        let lowest = i32::try_from(self.window.height() - 1).unwrap_or(i32::MAX);
        let Some(drag) = &mut self.drag else { return };
        let row = usize::try_from(drag.row.clamp(0, lowest)).unwrap_or_default();
        drag.to = (self.window.top() + row).saturating_sub(drag.grip).min(len.saturating_sub(block.len()));
    }

    /// The edge the pointer is at, if there is more behind it. A list of one or two rows has no row to spare for it.
    fn edge(&self, len: usize) -> Option<Edge> {
        let row = self.drag?.row;
        let height = i32::try_from(self.window.height()).unwrap_or(i32::MAX);
        let margin = i32::from(height > 2);
        let above = margin - 1 - row;
        let below = row - (height - margin);
        if above >= 0 {
            (self.window.top() > 0).then_some(Edge { rows: -1, depth: usize::try_from(above).unwrap_or_default() })
        } else if below >= 0 {
            let more = self.window.top() + self.window.height() < len;
            more.then_some(Edge { rows: 1, depth: usize::try_from(below).unwrap_or_default() })
        } else {
            None
        }
    }
}
