use std::time::Duration;

use proptest::prelude::*;

use super::*;

impl Keyed for u32 {
    type Key = u32;
    fn key(&self) -> &u32 {
        self
    }
}

fn list(len: u32, height: usize) -> Reorder<u32> {
    let mut list = Reorder::new((0..len).collect());
    list.set_height(height);
    list
}

/// The view as letters: the item, `>` for the cursor, `*` for held, `----` for the marker.
fn drawn(list: &Reorder<u32>, height: usize) -> Vec<String> {
    let row = |row: &ReorderRow<'_, u32>| match *row {
        ReorderRow::Marker => "----".to_owned(),
        ReorderRow::Item { item, cursor, in_range, held, .. } => {
            format!("{}{}{}{item}", if cursor { ">" } else { "" }, if in_range { "|" } else { "" }, if held { "*" } else { "" })
        }
    };
    list.view(height).rows.iter().map(row).collect()
}

/// What an operation log does with a move: take the items out, put them below their neighbour.
fn replayed(mut items: Vec<u32>, made: &Move<u32>) -> Vec<u32> {
    items.retain(|item| !made.keys.contains(item));
    let at = made.after.map_or(0, |after| items.iter().position(|item| *item == after).unwrap() + 1);
    items.splice(at..at, made.keys.iter().copied());
    items
}

#[test]
fn a_step_moves_the_item_and_the_cursor_stays_with_it() {
    let mut list = list(5, 5);
    list.down(2);
    assert_eq!(list.move_by(-1), Some(Move { keys: vec![2], from: 2, to: 1, after: Some(0) }));
    assert_eq!((list.items(), list.current()), (&[0, 2, 1, 3, 4][..], Some(&2)));
    assert_eq!(list.move_by(-3), Some(Move { keys: vec![2], from: 1, to: 0, after: None }));
    assert_eq!(list.move_by(-1), None);
    assert_eq!(list.move_to(usize::MAX), Some(Move { keys: vec![2], from: 0, to: 4, after: Some(4) }));
}

#[test]
fn a_range_moves_as_one_block_and_stops_at_the_edge() {
    let mut list = list(6, 6);
    list.down(1);
    list.toggle_range();
    list.down(2);
    assert_eq!(list.selected(), [1, 2, 3]);
    assert_eq!(list.move_by(100).map(|made| (made.to, made.after)), Some((3, Some(5))));
    assert_eq!(list.items(), [0, 4, 5, 1, 2, 3]);
    assert_eq!((list.selected(), list.current()), (&[1, 2, 3][..], Some(&3)));
    assert_eq!(list.move_to(1).map(|made| made.after), Some(Some(0)));
    assert_eq!(list.items(), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn carrying_is_reported_once_when_it_is_dropped() {
    let mut list = list(7, 7);
    list.end();
    list.grab();
    list.up(1);
    assert_eq!(list.move_to(0), None);
    assert_eq!(drawn(&list, 3), [">*6", "0", "1"]);
    assert_eq!(list.drop_held(), Some(Move { keys: vec![6], from: 6, to: 0, after: None }));
    list.grab();
    assert_eq!(list.drop_held(), None);
}

#[test]
fn cancelling_backs_out_one_level_at_a_time() {
    let mut list = list(4, 4);
    list.toggle_range();
    list.down(1);
    list.grab();
    list.down(2);
    assert_eq!(list.items(), [2, 3, 0, 1]);
    assert!(list.cancel());
    assert_eq!((list.items(), list.has_range()), (&[0, 1, 2, 3][..], true));
    assert!(list.cancel());
    assert!(!list.has_range());
    assert!(!list.cancel());
}

#[test]
fn the_place_tells_what_a_status_line_says() {
    let mut list = list(7, 7);
    list.jump(1);
    let place = list.place().unwrap();
    assert_eq!((place.position, place.of, place.above, place.below), (1, 7, Some(&0), Some(&2)));
    list.press(1, false);
    list.drag(5);
    let place = list.place().unwrap();
    assert_eq!((place.position, place.above, place.below), (5, Some(&5), Some(&6)));
    assert_eq!(Reorder::<u32>::new(Vec::new()).place(), None);
}

#[test]
fn dragging_shows_a_marker_and_moves_nothing_before_the_release() {
    let mut list = list(9, 4);
    assert!(list.press(0, true));
    assert_eq!(drawn(&list, 4), [">0", "1", "2", "3"]);
    list.drag(2);
    assert_eq!(drawn(&list, 4), [">*0", "1", "2", "----"]);
    // On the last row the marker is under the pointer, at the price of the first row.
    list.drag(3);
    assert_eq!(drawn(&list, 4), ["1", "2", "3", "----"]);
    assert_eq!(list.items()[0], 0);
    assert_eq!(list.release(), Some(Move { keys: vec![0], from: 0, to: 3, after: Some(3) }));
    assert_eq!(drawn(&list, 4), ["1", "2", "3", ">0"]);
}

#[test]
fn only_the_handle_or_the_selected_row_lifts() {
    let mut list = list(5, 5);
    list.press(3, false);
    list.drag(0);
    assert_eq!((list.release(), list.cursor()), (None, 3));
    list.press(3, false);
    list.drag(0);
    assert_eq!(list.release().map(|made| made.to), Some(0));
    list.press(4, true);
    list.drag(3);
    assert_eq!(list.release().map(|made| made.to), Some(3));
    assert!(!list.press(5, true));
}

#[test]
fn a_click_into_a_range_selects_one_row_and_a_drag_takes_all() {
    let mut list = list(6, 6);
    list.toggle_range();
    list.down(2);
    list.press(1, false);
    list.drag(3);
    assert_eq!(list.release().map(|made| made.keys), Some(vec![0, 1, 2]));
    assert_eq!(list.items(), [3, 4, 0, 1, 2, 5]);
    list.press(3, false);
    assert_eq!((list.release(), list.has_range(), list.current()), (None, false, Some(&1)));
}

#[test]
fn resting_at_an_edge_scrolls_sooner_the_farther_outside_it_is() {
    let ms = |ms| EdgeTimer::Start(Duration::from_millis(ms));
    let mut list = list(9, 4);
    list.press(0, true);
    assert_eq!(list.drag(2), EdgeTimer::Keep);
    assert_eq!(list.drag(3), ms(300));
    assert_eq!(list.edge_tick(), ms(250));
    assert_eq!(list.drag(4), EdgeTimer::Keep);
    assert_eq!(list.edge_tick(), ms(100));
    list.drag(9);
    assert_eq!(list.edge_tick(), ms(50));
    assert_eq!(list.view(4).top, 4);
    assert_eq!(list.drag(1), EdgeTimer::Stop);
    assert_eq!(list.edge_tick(), EdgeTimer::Stop);
    assert_eq!(list.drag(7), ms(300));
    assert_eq!(list.edge_tick(), ms(50));
    assert_eq!(list.edge_tick(), EdgeTimer::Stop);
    assert_eq!(list.release().map(|made| made.to), Some(8));
}

#[test]
fn nothing_scrolls_under_a_pointer_that_has_lifted_nothing() {
    let mut list = list(9, 4);
    list.press(3, true);
    assert_eq!(list.drag(3), EdgeTimer::Keep);
    assert_eq!(list.edge_tick(), EdgeTimer::Stop);
}

#[test]
fn the_wheel_takes_the_cursor_along_but_not_what_is_selected() {
    let mut list = list(20, 5);
    list.scroll(7);
    assert_eq!((list.view(5).top, list.cursor()), (7, 7));
    list.toggle_range();
    list.scroll(9);
    assert_eq!((list.view(5).top, list.cursor()), (7, 7));
}

#[test]
fn a_refresh_keeps_the_cursor_on_its_item_and_in_its_row() {
    let mut list = list(20, 5);
    list.jump(10);
    let row = list.cursor() - list.view(5).top;
    list.replace((100..103).chain(0..20).collect());
    assert_eq!(list.current(), Some(&10));
    assert_eq!(list.cursor() - list.view(5).top, row);
    list.replace(vec![1, 2]);
    assert_eq!(list.current(), Some(&2));
    list.replace(Vec::new());
    assert_eq!((list.current(), list.view(5).rows.len()), (None, 0));
}

#[test]
fn a_refresh_while_carrying_keeps_the_block_below_its_neighbour() {
    let mut list = list(6, 6);
    list.jump(4);
    list.grab();
    list.up(2);
    assert_eq!(list.items(), [0, 1, 4, 2, 3, 5]);
    list.replace(vec![9, 0, 1, 2, 3, 4, 5]);
    assert_eq!(list.items(), [9, 0, 1, 4, 2, 3, 5]);
    assert!(list.cancel());
    assert_eq!(list.items(), [9, 0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_refresh_while_dragging_keeps_the_marker_below_its_neighbour() {
    let mut list = list(6, 6);
    list.press(0, true);
    list.drag(3);
    list.replace(vec![9, 0, 1, 2, 3, 4, 5]);
    assert_eq!(list.release(), Some(Move { keys: vec![0], from: 1, to: 4, after: Some(3) }));
}

#[test]
fn a_carried_item_that_is_gone_is_let_go() {
    let mut list = list(4, 4);
    list.grab();
    list.down(2);
    list.replace(vec![1, 2, 3]);
    assert!(!list.is_holding());
    assert_eq!(list.drop_held(), None);
    assert_eq!(list.items(), [1, 2, 3]);
}

#[derive(Clone, Debug)]
enum Op {
    Up(usize),
    Down(usize),
    Page(bool),
    Jump(usize),
    MoveBy(isize),
    MoveTo(usize),
    Grab,
    Drop,
    Cancel,
    Range,
    Press(usize, bool),
    Drag(i32),
    Tick,
    Release,
    Wheel(isize),
    Height(usize),
}

fn any_op() -> impl Strategy<Value = Op> {
    prop_oneof![
        (0usize..9).prop_map(Op::Up),
        (0usize..9).prop_map(Op::Down),
        any::<bool>().prop_map(Op::Page),
        (0usize..40).prop_map(Op::Jump),
        (-9isize..9).prop_map(Op::MoveBy),
        (0usize..40).prop_map(Op::MoveTo),
        Just(Op::Grab),
        Just(Op::Drop),
        Just(Op::Cancel),
        Just(Op::Range),
        (0usize..12, any::<bool>()).prop_map(|(row, handle)| Op::Press(row, handle)),
        (-3i32..15).prop_map(Op::Drag),
        Just(Op::Tick),
        Just(Op::Release),
        (-9isize..9).prop_map(Op::Wheel),
        (0usize..12).prop_map(Op::Height),
    ]
}

fn run(list: &mut Reorder<u32>, op: &Op) -> Option<Move<u32>> {
    match *op {
        Op::Up(rows) => list.up(rows),
        Op::Down(rows) => list.down(rows),
        Op::Page(true) => list.page_up(1),
        Op::Page(false) => list.page_down(1),
        Op::Jump(position) => list.jump(position),
        Op::MoveBy(rows) => return list.move_by(rows),
        Op::MoveTo(position) => return list.move_to(position),
        Op::Grab => list.grab(),
        Op::Drop => return list.drop_held(),
        Op::Cancel => drop(list.cancel()),
        Op::Range => list.toggle_range(),
        Op::Press(row, handle) => drop(list.press(row, handle)),
        Op::Drag(row) => drop(list.drag(row)),
        Op::Tick => drop(list.edge_tick()),
        Op::Release => return list.release(),
        Op::Wheel(rows) => list.scroll(rows),
        Op::Height(rows) => list.set_height(rows),
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_operations_leave_a_permutation_with_the_cursor_in_view(
        len in 0u32..30, ops in prop::collection::vec(any_op(), 0..40), height in 1usize..12,
    ) {
        let mut list = list(len, 5);
        // What a log of the reported moves makes of the first order.
        let mut log: Vec<u32> = (0..len).collect();
        for op in &ops {
            if let Some(made) = run(&mut list, op) {
                log = replayed(log, &made);
            }
            let mut sorted = list.items().to_vec();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..len).collect::<Vec<_>>());
            if !list.is_holding() {
                prop_assert_eq!(&log, list.items(), "after {:?}", op);
            }
            let view = list.view(height);
            prop_assert!(view.rows.len() <= height);
            let focus = view.rows.iter().filter(|row| match row {
                ReorderRow::Marker => true,
                ReorderRow::Item { cursor, .. } => *cursor && !list.is_dragging(),
            });
            prop_assert_eq!(focus.count(), usize::from(len > 0));
        }
    }

    #[test]
    fn cancelling_restores_the_order_the_cursor_and_the_range(
        len in 1u32..30, before in prop::collection::vec(any_op(), 0..10), carried in prop::collection::vec(any_op(), 0..10), mouse in any::<bool>(),
    ) {
        let mut list = list(len, 5);
        for op in &before {
            run(&mut list, op);
        }
        while list.is_dragging() || list.is_holding() {
            list.cancel();
        }
        list.release();
        if mouse {
            list.press(0, true);
        } else {
            list.grab();
        }
        let state = |list: &Reorder<u32>| (list.items().to_vec(), list.cursor(), list.selection());
        let start = state(&list);
        for op in carried.iter().filter(|op| !matches!(op, Op::Drop | Op::Release | Op::Cancel | Op::Press(..))) {
            run(&mut list, op);
        }
        list.cancel();
        prop_assert_eq!(state(&list), start);
    }

    #[test]
    fn the_mouse_path_equals_the_key_path(len in 1u32..12, from in 0usize..12, to in 0usize..12, more in 0usize..3) {
        let (from, to) = (from % len as usize, to % len as usize);
        let last = (from + more).min(len as usize - 1);
        let select = |list: &mut Reorder<u32>| {
            list.jump(from);
            list.toggle_range();
            list.jump(last);
        };
        let (mut mouse, mut keys) = (list(len, 12), list(len, 12));
        select(&mut mouse);
        mouse.press(from, true);
        // A detour, so that it is a drag even where it ends where it began.
        mouse.drag(-1);
        mouse.drag(i32::try_from(to).unwrap());
        select(&mut keys);
        keys.grab();
        if to < from { keys.up(from - to) } else { keys.down(to - from) }
        prop_assert_eq!(mouse.release(), keys.drop_held());
        prop_assert_eq!((mouse.items(), mouse.cursor()), (keys.items(), keys.cursor()));
    }

    #[test]
    fn a_refresh_never_loses_or_invents_items(len in 1u32..20, ops in prop::collection::vec(any_op(), 0..12), fresh in prop::collection::hash_set(0u32..25, 0..20)) {
        let mut list = list(len, 5);
        for op in &ops {
            run(&mut list, op);
        }
        let under = list.current().copied();
        list.replace(fresh.iter().copied().collect());
        let mut sorted = list.items().to_vec();
        sorted.sort_unstable();
        let mut expected: Vec<u32> = fresh.iter().copied().collect();
        expected.sort_unstable();
        prop_assert_eq!(sorted, expected);
        if under.is_some_and(|under| fresh.contains(&under)) {
            prop_assert_eq!(list.current().copied(), under);
        }
        prop_assert!(list.selection().end <= list.len());
    }
}

#[test]
fn one_step_in_a_long_list_touches_two_items() {
    use std::cell::Cell;
    use std::rc::Rc;

    #[derive(Debug)]
    struct Counted(u32, Rc<Cell<usize>>);
    impl Keyed for Counted {
        type Key = u32;
        fn key(&self) -> &u32 {
            self.1.set(self.1.get() + 1);
            &self.0
        }
    }

    let looked = Rc::new(Cell::new(0));
    let mut list = Reorder::new((0..5_000).map(|id| Counted(id, Rc::clone(&looked))).collect());
    list.jump(2_500);
    list.move_by(1);
    list.grab();
    list.down(3);
    list.drop_held();
    list.view(40);
    assert!(looked.get() < 10, "{} keys were read", looked.get());
}
