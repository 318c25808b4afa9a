//! From one list to another by operations: to bring an earlier list back, or to tell what a user did since a save was sent.

use std::collections::HashSet;

use super::super::Id;
use super::{Changes, PinList};

impl PinList {
    /// A list based on `base` whose operations make `target` of it, with as few moves as explain the order.
    pub fn toward(base: &[Id], target: &[Id]) -> Self {
        let mut list = Self::new(base.iter().cloned());
        let target = Self::new(target.iter().cloned());
        let Changes { pinned, unpinned, moved } = Changes::between(list.ids(), target.ids());
        let gone: HashSet<&Id> = unpinned.iter().collect();
        let rows: Vec<usize> = list.ids().iter().zip(0..).filter(|(id, _)| gone.contains(id)).map(|(_, row)| row).collect();
        list.unpin(&rows);
        let placed: HashSet<&Id> = pinned.iter().chain(&moved).collect();
        let mut above = None;
        for id in target.ids() {
            if placed.contains(id) {
                list.pin_after(id.clone(), above);
            }
            above = Some(id);
        }
        list
    }

    /// What was done to another list on top of what was done to this one, on this one's base.
    #[must_use]
    pub fn with(&self, other: Self) -> Self {
        if self.changed() { Self::toward(self.base(), other.replay(self.ids()).list.ids()) } else { other }
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy;

    use super::*;

    fn ids(numbers: Vec<u64>) -> Vec<Id> {
        numbers.into_iter().map(Id::from).collect()
    }

    fn some_ids() -> impl Strategy<Value = Vec<Id>> {
        proptest::sample::subsequence((0..12u64).collect::<Vec<_>>(), 0..12).prop_shuffle().prop_map(ids)
    }

    #[test]
    fn one_moved_pin_is_one_operation() {
        let list = PinList::toward(&ids(vec![1, 2, 3, 4]), &ids(vec![4, 1, 2, 3]));
        assert_eq!(list.ops().count(), 1);
    }

    #[test]
    fn what_was_done_to_one_list_comes_on_top_of_what_was_done_to_the_other() {
        let base = ids(vec![1, 2, 3, 4]);
        let (up, gone) = (PinList::toward(&base, &ids(vec![4, 1, 2, 3])), PinList::toward(&base, &ids(vec![1, 3, 4])));
        let both = up.with(gone.clone());
        assert_eq!((both.base(), both.ids()), (&base[..], &ids(vec![4, 1, 3])[..]));
        assert_eq!(PinList::new(base).with(gone.clone()), gone);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]
        #[test]
        fn the_operations_make_the_target_of_the_base(base in some_ids(), target in some_ids()) {
            let list = PinList::toward(&base, &target);
            proptest::prop_assert_eq!(list.base(), &base[..]);
            proptest::prop_assert_eq!(list.ids(), &target[..]);
        }
    }
}
