//! What is different between two pin lists, for marks and messages.

use std::collections::{HashMap, HashSet};

use super::super::{Id, SafeText};
use super::PinList;

/// The difference between two lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the new list only, in its order.
    pub pinned: Vec<Id>,
    /// In the old list only, in its order.
    pub unpinned: Vec<Id>,
    /// In both, but not where they were: as few as explain the new order, in its order.
    pub moved: Vec<Id>,
}

impl Changes {
    /// What turned `old` into `new`, when nobody knows how: another device's changes.
    pub fn between(old: &[Id], new: &[Id]) -> Self {
        Self::of(&in_gaps(old, |_| true), &in_gaps(new, |_| true))
    }

    /// How many pins differ.
    pub fn count(&self) -> usize {
        self.pinned.len() + self.unpinned.len() + self.moved.len()
    }

    /// Whether there is no difference.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Like `pinned elsewhere: Climbing; unpinned elsewhere: Family, Work`; `place` may be empty. Long lists are cut.
    pub fn sentence(&self, place: &str, name: impl Fn(&Id) -> SafeText) -> String {
        let part = |verb: &str, ids: &[Id]| {
            let mut names: Vec<String> = ids.iter().take(3).map(|id| name(id).into_string()).collect();
            if ids.len() > names.len() {
                names.push(format!("and {} more", ids.len() - names.len()));
            }
            let space = if place.is_empty() { "" } else { " " };
            (!ids.is_empty()).then(|| format!("{verb}{space}{place}: {}", names.join(", ")))
        };
        let parts = [part("pinned", &self.pinned), part("unpinned", &self.unpinned), part("moved", &self.moved)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// What turned `old` into `new`, each pin with the number of its gap: a pin can have stayed only if its gap is the same in both.
    fn of(old: &[(&Id, usize)], new: &[(&Id, usize)]) -> Self {
        let before: HashMap<&Id, (usize, usize)> = old.iter().zip(0..).map(|((id, gap), row)| (*id, (*gap, row))).collect();
        let after: HashSet<&Id> = new.iter().map(|(id, _)| *id).collect();
        let may_have_stayed = |(id, gap): &(&Id, usize)| before.get(id).filter(|(old_gap, _)| old_gap == gap).map(|(_, row)| *row);
        let candidates: Vec<(&Id, usize)> = new.iter().filter_map(|pin| Some((pin.0, may_have_stayed(pin)?))).collect();
        let stayed = longest_rise(&candidates);
        let ids = |list: &[(&Id, usize)], wanted: &dyn Fn(&Id) -> bool| -> Vec<Id> {
            list.iter().filter(|(id, _)| wanted(id)).map(|(id, _)| (*id).clone()).collect()
        };
        Self {
            pinned: ids(new, &|id| !before.contains_key(id)),
            unpinned: ids(old, &|id| !after.contains(id)),
            moved: ids(new, &|id| before.contains_key(id) && !stayed.contains(id)),
        }
    }
}

impl PinList {
    /// What the user changed. Of two pins that swapped places the one the user moved is the moved one.
    ///
    /// The pins that no operation touched are in both lists in the same order and cut them into gaps; only the others are looked at
    /// closely, so that this stays cheap after every move in a list of thousands. Nor are the rows above and below all operations.
    pub fn changes(&self) -> Changes {
        let touched: HashSet<&Id> = self.ops().flat_map(super::PinOp::ids).collect();
        let counts = |id: &Id| touched.contains(id);
        let (base, ids) = self.touched();
        Changes::of(&in_gaps(base, counts), &in_gaps(ids, counts))
    }
}

/// The pins of a list that count, each with how many others stand above it.
fn in_gaps(list: &[Id], counts: impl Fn(&Id) -> bool) -> Vec<(&Id, usize)> {
    let mut gap = 0;
    let mut pins = Vec::new();
    for id in list {
        if counts(id) {
            pins.push((id, gap));
        } else {
            gap += 1;
        }
    }
    pins
}

/// The longest subsequence with rising rows (patience sorting, n log n).
fn longest_rise<'a>(items: &[(&'a Id, usize)]) -> HashSet<&'a Id> {
    let mut tops: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(items.len());
    let row = |at: usize| items.get(at).map_or(0, |(_, row)| *row);
    for (at, (_, value)) in items.iter().enumerate() {
        let pile = tops.partition_point(|top| row(*top) < *value);
        below.push(pile.checked_sub(1).and_then(|under| tops.get(under).copied()));
        match tops.get_mut(pile) {
            Some(top) => *top = at,
            None => tops.push(at),
        }
    }
    let mut at = tops.last().copied();
    std::iter::from_fn(|| {
        let this = at?;
        at = below.get(this).copied().flatten();
        items.get(this).map(|(id, _)| *id)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy;

    use super::*;

    fn ids(text: &str) -> Vec<Id> {
        text.split_whitespace().map(Id::from).collect()
    }

    #[test]
    fn as_few_moves_as_explain_the_order() {
        for (old, new, pinned, unpinned, moved) in [
            ("a b c d", "a b c d", "", "", ""),
            ("a b c d", "d a b c", "", "", "d"),
            ("a b c d", "b x d c", "x", "a", "d"),
            ("", "a b", "a b", "", ""),
            ("a b c d e f", "e a b f c d", "", "", "e f"),
        ] {
            let changes = Changes::between(&ids(old), &ids(new));
            assert_eq!((changes.pinned, changes.unpinned, changes.moved), (ids(pinned), ids(unpinned), ids(moved)), "{old} -> {new}");
        }
    }

    #[test]
    fn of_two_that_swapped_the_touched_one_moved() {
        for row in [0, 1] {
            let mut list = PinList::new(ids("a b"));
            list.move_block(row..row + 1, 1 - row);
            assert_eq!(list.changes().moved, ids(["a", "b"][row]), "row {row}");
        }
        let mut list = PinList::new(ids("a b c"));
        list.move_block(0..1, 2);
        list.move_block(2..3, 0);
        assert!(list.changes().is_empty(), "there and back again");
    }

    #[test]
    fn a_sentence_names_what_happened_where_and_cuts_long_lists() {
        let changes = Changes { pinned: ids("a"), unpinned: ids("b c d e f"), moved: vec![] };
        let name = |id: &Id| SafeText::line(id.as_str().to_uppercase());
        assert_eq!(changes.sentence("elsewhere", name), "pinned elsewhere: A; unpinned elsewhere: B, C, D, and 2 more");
        assert_eq!(Changes { moved: ids("a"), ..Changes::default() }.sentence("", name), "moved: A");
        assert_eq!(Changes::default().sentence("", name), "");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn without_the_moved_ones_both_orders_are_the_same(
            old in proptest::sample::subsequence((0..10u64).collect::<Vec<_>>(), 0..10),
            new in proptest::sample::subsequence((0..10u64).collect::<Vec<_>>(), 0..10).prop_shuffle(),
        ) {
            let (old, new): (Vec<Id>, Vec<Id>) = (old.into_iter().map(Id::from).collect(), new.into_iter().map(Id::from).collect());
            let changes = Changes::between(&old, &new);
            let steady = |list: &[Id]| -> Vec<Id> {
                let odd = |id: &Id| [&changes.pinned, &changes.unpinned, &changes.moved].iter().any(|list| list.contains(id));
                list.iter().filter(|id| !odd(id)).cloned().collect()
            };
            proptest::prop_assert_eq!(steady(&old), steady(&new));
        }
    }
}
