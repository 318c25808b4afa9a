//! The laws of the edited list.

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
    list.move_block(0..1, 1);
    list.move_block(2..3, 0);
    list.pin_after("b".into(), None);
    list.pin_after("a".into(), Some(&"b".into()));
    assert_eq!((text(list.ids()), list.changed()), ("b a c".to_owned(), true));
    list.pin_after("a".into(), None);
    assert!(!list.changed() && list.can_undo());
    list.undo();
    list.unpin(&[0]);
    assert!(list.redo().is_none());
}

#[test]
fn moves_of_one_block_in_a_row_are_one_operation_or_none() {
    let mut list = list("a b c d e f");
    for row in 0..4 {
        list.move_block(row..row + 1, row + 1);
    }
    assert_eq!((text(list.ids()), list.ops().count()), ("b c d e a f".to_owned(), 1));
    list.move_block(4..5, 2);
    assert_eq!(list.ops().collect::<Vec<_>>(), [&PinOp::Move { ids: ids("a"), after: Some("c".into()) }]);
    list.move_block(0..1, 1);
    list.move_block(2..3, 3);
    assert_eq!(list.ops().count(), 3, "another block came between");
    list.undo();
    list.undo();
    list.undo();
    assert_eq!((text(list.ids()), list.can_undo()), ("a b c d e f".to_owned(), false));
    list.move_block(1..2, 3);
    list.move_block(3..4, 1);
    assert!(!list.can_undo() && !list.can_redo(), "back where it was");
    list.move_rows(&[4, 1], 0);
    list.move_block(0..2, 3);
    assert_eq!((text(list.ids()), list.ops().count()), ("a c d e b f".to_owned(), 1));
    list.undo();
    assert_eq!(text(list.ids()), "a b c d e f");
}

#[test]
fn unpinned_pins_are_shown_where_they_were() {
    let mut list = list("a b c d");
    list.unpin(&[0, 2]);
    list.move_block(1..2, 0);
    let slots: Vec<_> = list.slots().into_iter().map(|slot| (list.at(slot).unwrap().as_str(), slot)).collect();
    let (kept, unpinned) = (PinSlot::Kept, PinSlot::Unpinned);
    assert_eq!(slots, [("a", unpinned(0)), ("d", kept(0)), ("b", kept(1)), ("c", unpinned(2))]);
}

#[test]
fn what_was_ever_in_the_list_is_known_of_once() {
    let mut list = list("a b c");
    list.unpin(&[0]);
    list.pin("x".into(), 1);
    list.move_block(0..1, 2);
    assert_eq!(list.ever().map(Id::as_str).collect::<Vec<_>>(), ["a", "b", "c", "x"]);
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
            if did && list.ops().count() < seen.len() {
                // It went on with the operation before, or took it back.
                seen.truncate(list.ops().count().max(1));
            }
            if did && list.ops().count() == seen.len() {
                seen.push(list.ids().to_vec());
            }
        }
        let (base, now) = list.touched();
        let same = |all: &[Id], touched: &[Id]| all.len() - touched.len();
        proptest::prop_assert_eq!(same(list.base(), base), same(list.ids(), now));
        proptest::prop_assert_eq!(list.changed(), !seen.is_empty() && list.ids() != list.base());
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
