//! The pin list being edited: what the server told, what the user did since, and the list that makes.
//!
//! The current list is kept, not derived: an operation costs what it moves, with 5,000 pins as with 10. Undo reverses the last
//! operation by the rows it recorded. Moves of the same block that follow each other are one operation, or none where they lead back,
//! so a pin that is carried far by steps makes the log no longer. Laws: `base` plus `ops` always make `ids`; no id is in a list twice.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::super::Id;
use super::PinOp;
use super::step::{PinStep, block_start};

/// The list and the log of operations, with undo and redo. A draft stores the base and the operations.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "StoredPins")]
pub struct PinList {
    base: Arc<[Id]>,
    ids: Vec<Id>,
    done: Vec<PinStep>,
    undone: Vec<PinStep>,
}

/// A place in the list as it is shown until it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinSlot {
    /// The pin in this row of the list.
    Kept(usize),
    /// The pin in this row of the server's list, which is in this one no more.
    Unpinned(usize),
}

impl PinSlot {
    /// The row in the list, if the pin stays.
    pub fn kept(self) -> Option<usize> {
        if let Self::Kept(row) = self { Some(row) } else { None }
    }
}

/// What a draft keeps of a list: shares it, so that making one costs little however long the list is.
#[derive(Clone, Debug, PartialEq)]
pub struct PinsDraft {
    base: Arc<[Id]>,
    ops: Vec<Arc<PinOp>>,
}

/// A draft as it is read.
#[derive(Deserialize)]
struct StoredPins {
    base: Vec<Id>,
    ops: Vec<PinOp>,
}

impl Serialize for PinsDraft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ops: Vec<&PinOp> = self.ops.iter().map(|op| &**op).collect();
        let mut pins = serializer.serialize_struct("PinsDraft", 2)?;
        pins.serialize_field("base", &*self.base)?;
        pins.serialize_field("ops", &ops)?;
        pins.end()
    }
}

impl Serialize for PinList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.draft().serialize(serializer)
    }
}

impl From<StoredPins> for PinList {
    /// Operations that do not fit the base (a damaged draft) are left out.
    fn from(stored: StoredPins) -> Self {
        let mut list = Self::new(stored.base);
        for op in &stored.ops {
            list.apply(op);
        }
        list
    }
}

impl PinList {
    /// A list as the server told it, untouched. A repeated id counts once, where it stands first.
    pub fn new(base: impl IntoIterator<Item = Id>) -> Self {
        let mut seen = HashSet::new();
        let ids: Vec<Id> = base.into_iter().filter(|id| seen.insert(id.clone())).collect();
        Self { base: ids.as_slice().into(), ids, ..Self::default() }
    }

    /// The list as the user sees and would save it.
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }

    /// The list as the server told it.
    pub fn base(&self) -> &[Id] {
        &self.base
    }

    /// The operations since, oldest first, without the undone ones.
    pub fn ops(&self) -> impl Iterator<Item = &PinOp> {
        self.done.iter().map(PinStep::op)
    }

    /// What a draft keeps.
    pub fn draft(&self) -> PinsDraft {
        PinsDraft { base: Arc::clone(&self.base), ops: self.done.iter().map(|step| Arc::clone(&step.op)).collect() }
    }

    pub(super) fn steps(&self) -> &[PinStep] {
        &self.done
    }

    /// Whether there is something to save: moving a pin there and back again is not.
    pub fn changed(&self) -> bool {
        let (base, ids) = self.touched();
        base != ids
    }

    /// The rows of the server's list and of this one that operations touched: all others are the same in both.
    pub(super) fn touched(&self) -> (&[Id], &[Id]) {
        let untouched = self.done.iter().map(|step| step.untouched).reduce(|(a, b), (above, below)| (a.min(above), b.min(below)));
        let rows = |list: &'_ [Id]| untouched.map_or(0..0, |(above, below)| above..list.len() - below);
        (self.base.get(rows(&self.base)).unwrap_or_default(), self.ids.get(rows(&self.ids)).unwrap_or_default())
    }

    /// Every pin of the server's list, and those that were pinned since.
    pub fn ever(&self) -> impl Iterator<Item = &Id> {
        let pinned = self.ops().filter(|op| matches!(op, PinOp::Pin { .. }));
        self.base.iter().chain(pinned.flat_map(PinOp::ids))
    }

    /// The row of a pin.
    pub fn row(&self, id: &Id) -> Option<usize> {
        self.ids.iter().position(|other| other == id)
    }

    /// Moves the pins in `rows` so that the block begins at row `to` of the result; `to` is cut to what fits. Returns whether
    /// anything moved.
    pub fn move_block(&mut self, rows: Range<usize>, to: usize) -> bool {
        self.move_rows(&rows.collect::<Vec<_>>(), to)
    }

    /// Moves pins from anywhere into one block, in the order given, that begins at row `to` of the result.
    pub fn move_rows(&mut self, rows: &[usize], to: usize) -> bool {
        let Some(ids) = self.at_rows(rows) else { return false };
        let to = to.min(self.ids.len() - rows.len());
        if block_start(rows) == Some(to) {
            return false;
        }
        self.record(PinOp::Move { ids, after: None }, rows.to_vec(), to);
        true
    }

    /// Unpins the pins in `rows`.
    pub fn unpin(&mut self, rows: &[usize]) -> bool {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let Some(ids) = self.at_rows(&rows) else { return false };
        self.record(PinOp::Unpin { ids }, rows, 0);
        true
    }

    /// Pins a conversation at row `to`; one already pinned is moved there.
    pub fn pin(&mut self, id: Id, to: usize) -> bool {
        if let Some(row) = self.row(&id) {
            return self.move_rows(&[row], to);
        }
        self.record(PinOp::Pin { id, after: None }, Vec::new(), to.min(self.ids.len()));
        true
    }

    /// Pins a conversation below another pin, or at the top when that one is none or not there.
    pub fn pin_after(&mut self, id: Id, after: Option<&Id>) -> bool {
        let row = self.row(&id);
        let to = after.and_then(|after| self.row(after)).map_or(0, |above| above + 1);
        // Taking the pin itself out from above shifts the place up by one.
        let to = if row.is_some_and(|row| row < to) { to - 1 } else { to };
        self.pin(id, to)
    }

    /// Takes the last operation back and tells which it was.
    pub fn undo(&mut self) -> Option<&PinStep> {
        let step = self.done.pop()?;
        step.backward(&mut self.ids);
        self.undone.push(step);
        self.undone.last()
    }

    /// Does the last undone operation again and tells which it is.
    pub fn redo(&mut self) -> Option<&PinStep> {
        let step = self.undone.pop()?;
        step.forward(&mut self.ids);
        self.done.push(step);
        self.done.last()
    }

    /// Whether there is an operation to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is an operation to do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The pin in a slot.
    pub fn at(&self, slot: PinSlot) -> Option<&Id> {
        match slot {
            PinSlot::Kept(row) => self.ids.get(row),
            PinSlot::Unpinned(row) => self.base.get(row),
        }
    }

    /// Whether pins were unpinned that may be in [`PinList::slots`].
    pub fn has_unpinned(&self) -> bool {
        !self.ops().all(PinOp::places)
    }

    /// The list with the unpinned pins still in it, each below the pin it was below; for a view that strikes them through until they
    /// are saved.
    pub fn slots(&self) -> Vec<PinSlot> {
        if !self.has_unpinned() {
            return (0..self.ids.len()).map(PinSlot::Kept).collect();
        }
        let kept: HashSet<&Id> = self.ids.iter().collect();
        let mut struck: HashMap<Option<&Id>, Vec<usize>> = HashMap::new();
        let mut above = None;
        for (id, row) in self.base.iter().zip(0..) {
            if kept.contains(id) {
                above = Some(id);
            } else {
                struck.entry(above).or_default().push(row);
            }
        }
        let mut slots = Vec::with_capacity(self.base.len().max(self.ids.len()));
        for kept in std::iter::once(None).chain(self.ids.iter().zip(0..).map(Some)) {
            slots.extend(kept.map(|(_, row)| PinSlot::Kept(row)));
            slots.extend(struck.get(&kept.map(|(id, _)| id)).into_iter().flatten().copied().map(PinSlot::Unpinned));
        }
        slots
    }

    /// Does an operation given by ids; false, and nothing happens, if it does not fit the list.
    fn apply(&mut self, op: &PinOp) -> bool {
        let rows: Vec<usize> = op.ids().iter().filter_map(|id| self.row(id)).collect();
        match op {
            PinOp::Unpin { .. } => self.unpin(&rows),
            PinOp::Pin { id, after } => {
                let fits = after.as_ref().is_none_or(|after| self.row(after).is_some());
                fits && self.pin_after(id.clone(), after.as_ref())
            }
            PinOp::Move { after: None, .. } => self.move_rows(&rows, 0),
            PinOp::Move { after: Some(after), .. } => {
                let Some(above) = self.row(after).filter(|row| !rows.contains(row)) else { return false };
                self.move_rows(&rows, above + 1 - rows.iter().filter(|row| **row < above).count())
            }
        }
    }

    /// The ids in the rows; none if there is no row, one too many or one twice.
    fn at_rows(&self, rows: &[usize]) -> Option<Vec<Id>> {
        let contiguous = block_start(rows).is_some();
        if rows.is_empty() || !contiguous && rows.iter().collect::<HashSet<_>>().len() < rows.len() {
            return None;
        }
        rows.iter().map(|row| self.ids.get(*row).cloned()).collect()
    }

    fn record(&mut self, op: PinOp, from: Vec<usize>, at: usize) {
        self.undone.clear();
        let len = self.ids.len();
        PinStep::new(op.clone(), from.clone(), at, len).forward(&mut self.ids);
        // The same block as just before: one way from where it came to where it is now.
        let moves_on =
            |last: &mut PinStep| matches!((&*last.op, &op), (PinOp::Move { ids, .. }, PinOp::Move { ids: now, .. }) if ids == now);
        let from = self.done.pop_if(moves_on).map_or(from, |last| last.from);
        if op.moves() && block_start(&from) == Some(at) {
            return;
        }
        let above = at.checked_sub(1).and_then(|row| self.ids.get(row)).cloned();
        self.done.push(PinStep::new(op.below(above), from, at, len));
    }
}

#[cfg(test)]
mod tests;
