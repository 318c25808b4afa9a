//! The pin list being edited: what the server told, what the user did since, and the list that makes.
//!
//! The current list is kept, not derived: an operation costs what it moves, with 5,000 pins as with 10. Undo reverses the last
//! operation by the rows it recorded. Laws: `base` plus `ops` always make `ids`; no id is in a list twice.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::super::Id;
use super::PinOp;
use super::step::{PinStep, block_start};

/// The list and the log of operations, with undo and redo. A draft stores the base and the operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "StoredPins", into = "StoredPins")]
pub struct PinList {
    base: Vec<Id>,
    ids: Vec<Id>,
    done: Vec<PinStep>,
    undone: Vec<PinStep>,
}

/// What a draft keeps of a list.
#[derive(Serialize, Deserialize)]
struct StoredPins {
    base: Vec<Id>,
    ops: Vec<PinOp>,
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

impl From<PinList> for StoredPins {
    fn from(list: PinList) -> Self {
        Self { base: list.base, ops: list.done.into_iter().map(|step| step.op).collect() }
    }
}

impl PinList {
    /// A list as the server told it, untouched. A repeated id counts once, where it stands first.
    pub fn new(base: impl IntoIterator<Item = Id>) -> Self {
        let mut seen = HashSet::new();
        let base: Vec<Id> = base.into_iter().filter(|id| seen.insert(id.clone())).collect();
        Self { ids: base.clone(), base, ..Self::default() }
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
        self.done.iter().map(|step| &step.op)
    }

    pub(super) fn steps(&self) -> &[PinStep] {
        &self.done
    }

    /// Whether there is something to save: moving a pin there and back again is not.
    pub fn changed(&self) -> bool {
        !self.done.is_empty() && self.ids != self.base
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
    pub fn undo(&mut self) -> Option<&PinOp> {
        let step = self.done.pop()?;
        step.backward(&mut self.ids);
        self.undone.push(step);
        self.undone.last().map(|step| &step.op)
    }

    /// Does the last undone operation again and tells which it is.
    pub fn redo(&mut self) -> Option<&PinOp> {
        let step = self.undone.pop()?;
        step.forward(&mut self.ids);
        self.done.push(step);
        self.done.last().map(|step| &step.op)
    }

    /// Whether there is an operation to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is an operation to do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The list with the unpinned pins still in it, each (true: unpinned) below the pin it was below; for a view that strikes them
    /// through until they are saved.
    pub fn with_unpinned(&self) -> Vec<(&Id, bool)> {
        let kept: HashSet<&Id> = self.ids.iter().collect();
        let mut struck: HashMap<Option<&Id>, Vec<&Id>> = HashMap::new();
        let mut above = None;
        for id in &self.base {
            if kept.contains(id) {
                above = Some(id);
            } else {
                struck.entry(above).or_default().push(id);
            }
        }
        let mut rows = Vec::with_capacity(self.base.len().max(self.ids.len()));
        for place in std::iter::once(None).chain(self.ids.iter().map(Some)) {
            rows.extend(place.map(|id| (id, false)));
            rows.extend(struck.get(&place).into_iter().flatten().map(|id| (*id, true)));
        }
        rows
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
        let mut step = PinStep { op, from, at };
        step.forward(&mut self.ids);
        let above = at.checked_sub(1).and_then(|row| self.ids.get(row)).cloned();
        if let PinOp::Move { after, .. } | PinOp::Pin { after, .. } = &mut step.op {
            *after = above;
        }
        self.done.push(step);
        self.undone.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<Id> {
        text.split_whitespace().map(Id::from).collect()
    }

    fn list(text: &str) -> PinList {
        PinList::new(ids(text))
    }

    fn text(ids: &[Id]) -> String {
        ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn blocks_move_up_and_down_and_stop_at_the_ends() {
        for (rows, to, expected) in
            [(0..1, 2, "b c a d e"), (3..5, 0, "d e a b c"), (1..3, 2, "a d b c e"), (0..2, 99, "c d e a b"), (4..5, 4, "a b c d e")]
        {
            let mut list = list("a b c d e");
            assert_eq!(list.move_block(rows.clone(), to), rows.start != to, "{rows:?} to {to}");
            assert_eq!(text(list.ids()), expected, "{rows:?} to {to}");
        }
    }

    #[test]
    fn an_operation_names_its_new_neighbour() {
        let mut list = list("a b c d");
        list.move_block(3..4, 1);
        list.move_block(2..3, 0);
        list.pin("x".into(), 2);
        let after = |op: &PinOp| match op {
            PinOp::Move { after, .. } | PinOp::Pin { after, .. } => after.clone(),
            PinOp::Unpin { .. } => None,
        };
        assert_eq!(list.ops().map(after).collect::<Vec<_>>(), [Some("a".into()), None, Some("a".into())]);
        assert_eq!(text(list.ids()), "b a x d c");
    }

    #[test]
    fn rows_from_anywhere_become_one_block_in_the_order_given() {
        let mut list = list("a b c d e");
        assert!(list.move_rows(&[4, 1], 0));
        assert_eq!(text(list.ids()), "e b a c d");
        list.undo();
        assert_eq!(text(list.ids()), "a b c d e");
    }

    #[test]
    fn rows_that_are_not_there_do_nothing() {
        let mut list = list("a b");
        assert!(!list.move_block(1..3, 0));
        assert!(!list.move_rows(&[0, 0], 1));
        assert!(!list.move_rows(&[], 1));
        assert!(!list.unpin(&[2]));
        assert!(!list.changed());
        assert!(!PinList::default().move_block(0..1, 0));
    }

    #[test]
    fn pinning_what_is_pinned_moves_it() {
        let mut list = list("a b c");
        list.pin_after("a".into(), Some(&"c".into()));
        assert_eq!(text(list.ids()), "b c a");
        list.pin_after("c".into(), Some(&"missing".into()));
        assert_eq!(text(list.ids()), "c b a");
        assert!(list.ops().all(|op| matches!(op, PinOp::Move { .. })));
    }

    #[test]
    fn several_unpinned_at_once_are_one_undo_step() {
        let mut list = list("a b c d e");
        list.unpin(&[3, 0]);
        assert_eq!(text(list.ids()), "b c e");
        assert!(list.undo().is_some());
        assert_eq!(text(list.ids()), "a b c d e");
        assert!(list.redo().is_some());
        assert_eq!(text(list.ids()), "b c e");
        assert!(list.redo().is_none());
    }

    #[test]
    fn there_and_back_again_is_no_change_and_a_new_operation_ends_redo() {
        let mut list = list("a b c");
        list.move_block(0..1, 2);
        list.move_block(2..3, 0);
        assert!(!list.changed());
        list.undo();
        assert!(list.changed());
        list.unpin(&[0]);
        assert!(list.redo().is_none());
    }

    #[test]
    fn unpinned_pins_are_shown_where_they_were() {
        let mut list = list("a b c d");
        list.unpin(&[0, 2]);
        list.move_block(1..2, 0);
        let rows: Vec<_> = list.with_unpinned().into_iter().map(|(id, struck)| (id.as_str(), struck)).collect();
        assert_eq!(rows, [("a", true), ("d", false), ("b", false), ("c", true)]);
    }

    #[test]
    fn a_repeated_id_from_the_server_counts_once() {
        assert_eq!(text(list("a b a c b").ids()), "a b c");
    }

    #[test]
    fn a_draft_brings_the_list_back_and_damage_costs_only_what_is_damaged() {
        let mut list = list("a b c d");
        list.move_rows(&[3, 0], 1);
        list.unpin(&[0]);
        list.pin("x".into(), 1);
        let draft = serde_json::to_string(&list).unwrap();
        assert_eq!(serde_json::from_str::<PinList>(&draft).unwrap(), list);
        let damaged = r#"{"base":["a","b"],"ops":[{"move":{"ids":["a","a"],"after":"b"}},{"move":{"ids":["z"],"after":"a"}},
            {"move":{"ids":["a"],"after":"a"}},{"pin":{"id":"x","after":"gone"}},{"unpin":{"ids":["q"]}},{"unpin":{"ids":["a"]}}]}"#;
        assert_eq!(text(serde_json::from_str::<PinList>(damaged).unwrap().ids()), "b");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn undo_and_redo_walk_through_the_same_lists(moves in proptest::collection::vec((0u8..3, 0usize..9, 0usize..9, 0usize..9), 0..20)) {
            let mut list = list("a b c d e f");
            let mut seen = vec![list.ids().to_vec()];
            for (kind, a, b, to) in moves {
                let did = match kind {
                    0 => list.move_rows(&[a, b], to),
                    1 => list.unpin(&[a]),
                    _ => list.pin(Id::from(b as u64), to),
                };
                if did {
                    seen.push(list.ids().to_vec());
                }
            }
            let end = list.clone();
            let stored: PinList = serde_json::from_str(&serde_json::to_string(&list).unwrap()).unwrap();
            proptest::prop_assert_eq!(&stored, &end);
            for ids in seen.iter().rev().skip(1) {
                list.undo();
                proptest::prop_assert_eq!(list.ids(), &ids[..]);
            }
            proptest::prop_assert!(list.undo().is_none());
            while list.redo().is_some() {}
            proptest::prop_assert_eq!(list, end);
        }
    }
}
