//! An operation as it was carried out on one list: by rows, so that doing it again and taking it back need no searching.
//!
//! Steps are valid only for the list they were recorded on, in its state at that moment; [`super::PinList`] alone keeps them.

use std::sync::Arc;

use super::super::Id;
use super::PinOp;

/// An operation with the rows that make it reversible without searching.
#[derive(Clone, Debug, PartialEq)]
pub struct PinStep {
    /// Shared with the drafts that hold it.
    pub(super) op: Arc<PinOp>,
    /// Where each of the operation's ids stood before; empty for a new pin.
    pub(super) from: Vec<usize>,
    /// Where the block begins now.
    pub(super) at: usize,
    /// Rows at the top and at the end that stayed as they were.
    pub(super) untouched: (usize, usize),
}

impl PinStep {
    /// An operation on a list of `len` pins.
    pub(super) fn new(op: PinOp, from: Vec<usize>, at: usize, len: usize) -> Self {
        let (first, behind) = (from.iter().min().copied(), from.iter().max().map(|last| last + 1));
        let (mut above, mut below) = (first.unwrap_or(len), len - behind.unwrap_or(0));
        if op.places() {
            let left = len - from.len();
            (above, below) = (above.min(at), below.min(left - at));
        }
        Self { op: Arc::new(op), from, at, untouched: (above, below) }
    }

    /// What was done.
    pub fn op(&self) -> &PinOp {
        &self.op
    }

    /// Does the operation.
    pub(super) fn forward(&self, list: &mut Vec<Id>) {
        if let Some(start) = self.shift() {
            return shift(list, start, self.at, self.from.len());
        }
        let mut rows = self.from.clone();
        rows.sort_unstable();
        let (mut rows, mut row) = (rows.into_iter().peekable(), 0..);
        list.retain(|_| row.next().is_some_and(|row| rows.next_if_eq(&row).is_none()));
        if self.op.places() {
            list.splice(self.at..self.at, self.op.ids().iter().cloned());
        }
    }

    /// Takes the operation back.
    pub(super) fn backward(&self, list: &mut Vec<Id>) {
        if let Some(start) = self.shift() {
            return shift(list, self.at, start, self.from.len());
        }
        if self.op.places() {
            list.drain(self.at..self.at + self.op.ids().len());
        }
        let mut gone: Vec<_> = self.from.iter().zip(self.op.ids()).collect();
        gone.sort_unstable();
        let mut rest = std::mem::take(list).into_iter();
        for (row, id) in gone {
            list.extend(rest.by_ref().take(row.saturating_sub(list.len())));
            list.push(id.clone());
        }
        list.extend(rest);
    }

    /// The first row of a block that only has to slide: the everyday move, which must not touch the rest of the list.
    fn shift(&self) -> Option<usize> {
        matches!(*self.op, PinOp::Move { .. }).then(|| block_start(&self.from))?
    }
}

/// Slides `len` items from row `from` to row `to`, touching only what lies between.
fn shift(list: &mut [Id], from: usize, to: usize, len: usize) {
    let between = if to < from { list.get_mut(to..from + len) } else { list.get_mut(from..to + len) };
    if let Some(between) = between {
        if to < from { between.rotate_right(len) } else { between.rotate_left(len) }
    }
}

/// Where rows that follow each other without a gap begin.
pub(super) fn block_start(rows: &[usize]) -> Option<usize> {
    let start = *rows.first()?;
    rows.iter().zip(start..).all(|(row, expected)| *row == expected).then_some(start)
}
