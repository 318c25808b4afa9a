use std::time::Duration;

use proptest::prelude::*;

use super::*;

/// A list of numbers, and what is being done to it.
struct List {
    view: Reorder,
    order: Vec<u32>,
}

impl List {
    fn new(order: impl IntoIterator<Item = u32>) -> Self {
        Self { view: Reorder::default(), order: order.into_iter().collect() }
    }

    fn len(&self) -> usize {
        self.order.len()
    }

    /// The items in the order they are shown in.
    fn shown(&self) -> Vec<u32> {
        (0..self.len()).map(|position| self.order[self.view.index(position, self.len())]).collect()
    }

    fn current(&self) -> Option<u32> {
        self.shown().get(self.view.cursor()).copied()
    }

    fn selected(&self) -> &[u32] {
        &self.order[self.view.block(self.len())]
    }

    fn item(&self, index: Option<usize>) -> Option<u32> {
        index.map(|index| self.order[index])
    }

    /// Another device changed the order.
    fn replace(&mut self, order: impl IntoIterator<Item = u32>) {
        let anchor = self.view.anchor(self.len(), |index| self.order.get(index).copied());
        self.order = order.into_iter().collect();
        self.view.restore(&anchor, self.order.len(), |index, key| self.order[index] == *key);
    }

    fn run(&mut self, op: Op) -> bool {
        let Self { view, order } = self;
        let len = order.len();
        match op {
            Up(rows) => view.up(rows, len),
            Down(rows) => view.down(rows, len),
            Op::Page(true) => view.page_up(1, len),
            Op::Page(false) => view.page_down(1, len),
            Jump(position) => view.jump(position, len),
            MoveBy(rows) => return view.move_by(rows, order),
            MoveTo(position) => return view.move_to(position, order),
            Grab => view.grab(len),
            Drop => return view.drop_held(order),
            Cancel => return view.cancel(len),
            Select => view.toggle_range(len),
            Press(row, handle) => return view.press(row, handle, len),
            Drag(row) => drop(view.drag(row, len)),
            Tick => drop(view.edge_tick(len)),
            Release => return view.release(order),
            Wheel(rows) => view.scroll(rows, len),
            Height(rows) => view.set_height(rows, len),
        }
        false
    }

    fn all(&mut self, ops: impl IntoIterator<Item = Op>) {
        for op in ops {
            self.run(op);
        }
    }
}

fn list(len: u32, height: usize) -> List {
    let mut list = List::new(0..len);
    list.run(Height(height));
    list
}

/// The view as letters: the item, `>` for the cursor, `*` for held, `----` for the marker.
fn drawn(list: &List, height: usize) -> Vec<String> {
    let row = |row: &ReorderRow| match *row {
        ReorderRow::Marker => "----".to_owned(),
        ReorderRow::Item { index, cursor, in_range, held, .. } => {
            let item = list.order[index];
            format!("{}{}{}{item}", if cursor { ">" } else { "" }, if in_range { "|" } else { "" }, if held { "*" } else { "" })
        }
    };
    list.view.view(height, list.len()).rows.iter().map(row).collect()
}

use Op::{Cancel, Down, Drag, Drop, Grab, Height, Jump, MoveBy, MoveTo, Press, Range as Select, Release, Tick, Up, Wheel};

#[test]
fn a_step_moves_the_item_and_the_cursor_stays_with_it() {
    let mut list = list(5, 5);
    list.run(Down(2));
    assert!(list.run(MoveBy(-1)));
    assert_eq!((&list.order[..], list.current()), (&[0, 2, 1, 3, 4][..], Some(2)));
    assert!(list.run(MoveBy(-3)));
    assert!(!list.run(MoveBy(-1)), "at the top");
    assert!(list.run(MoveTo(usize::MAX)));
    assert_eq!((&list.order[..], list.current()), (&[0, 1, 3, 4, 2][..], Some(2)));
}

#[test]
fn a_range_moves_as_one_block_and_stops_at_the_edge() {
    let mut list = list(6, 6);
    list.all([Down(1), Select, Down(2)]);
    assert_eq!(list.selected(), [1, 2, 3]);
    assert!(list.run(MoveBy(100)));
    assert_eq!(list.order, [0, 4, 5, 1, 2, 3]);
    assert_eq!((list.selected(), list.current()), (&[1, 2, 3][..], Some(3)));
    assert!(list.run(MoveTo(1)));
    assert_eq!(list.order, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn what_is_carried_moves_once_when_it_is_dropped() {
    let mut list = list(7, 7);
    list.all([Jump(usize::MAX), Grab, Up(1)]);
    assert!(!list.run(MoveTo(0)));
    assert_eq!(drawn(&list, 3), [">*6", "0", "1"]);
    assert_eq!(list.order, [0, 1, 2, 3, 4, 5, 6], "so far it is only shown there");
    assert!(list.run(Drop));
    assert_eq!(list.order, [6, 0, 1, 2, 3, 4, 5]);
    list.run(Grab);
    assert!(!list.run(Drop));
}

#[test]
fn cancelling_backs_out_one_level_at_a_time() {
    let mut list = list(4, 4);
    list.all([Select, Down(1), Grab, Down(2)]);
    assert_eq!(list.shown(), [2, 3, 0, 1]);
    assert!(list.run(Cancel));
    assert_eq!((list.shown(), list.view.has_range()), (vec![0, 1, 2, 3], true));
    assert!(list.run(Cancel));
    assert!(!list.view.has_range());
    assert!(!list.run(Cancel));
}

#[test]
fn the_place_tells_what_a_status_line_says() {
    let mut list = list(7, 7);
    let place = |list: &List| {
        let place = list.view.place(list.len()).unwrap();
        (place.position, list.item(place.above), list.item(place.below))
    };
    list.run(Jump(1));
    assert_eq!(place(&list), (1, Some(0), Some(2)));
    list.all([Press(1, false), Drag(5)]);
    assert_eq!(place(&list), (5, Some(5), Some(6)));
    list.all([Cancel, Grab, Down(2)]);
    assert_eq!(place(&list), (3, Some(3), Some(4)));
    assert_eq!(Reorder::default().place(0), None);
}

#[test]
fn dragging_shows_a_marker_and_moves_nothing_before_the_release() {
    let mut list = list(9, 4);
    assert!(list.run(Press(0, true)));
    assert_eq!(drawn(&list, 4), [">0", "1", "2", "3"]);
    list.run(Drag(2));
    assert_eq!(drawn(&list, 4), [">*0", "1", "2", "----"]);
    // On the last row the marker is under the pointer, at the price of the first row.
    list.run(Drag(3));
    assert_eq!(drawn(&list, 4), ["1", "2", "3", "----"]);
    assert_eq!(list.order[0], 0);
    assert!(list.run(Release));
    assert_eq!(drawn(&list, 4), ["1", "2", "3", ">0"]);
}

#[test]
fn only_the_handle_or_the_selected_row_lifts() {
    let mut list = list(5, 5);
    list.all([Press(3, false), Drag(0)]);
    assert!(!list.run(Release));
    list.all([Press(3, false), Drag(0)]);
    assert!(list.run(Release));
    assert_eq!(list.order, [3, 0, 1, 2, 4]);
    list.all([Press(4, true), Drag(3)]);
    assert!(list.run(Release));
    assert_eq!(list.order, [3, 0, 1, 4, 2]);
    assert!(!list.run(Press(5, true)));
}

#[test]
fn a_click_into_a_range_selects_one_row_and_a_drag_takes_all() {
    let mut list = list(6, 6);
    list.all([Select, Down(2), Press(1, false), Drag(3)]);
    assert!(list.run(Release));
    assert_eq!(list.order, [3, 4, 0, 1, 2, 5]);
    list.run(Press(3, false));
    assert_eq!((list.run(Release), list.view.has_range(), list.current()), (false, false, Some(1)));
}

#[test]
fn resting_at_an_edge_scrolls_sooner_the_farther_outside_it_is() {
    let ms = |ms| EdgeTimer::Start(Duration::from_millis(ms));
    let mut list = list(9, 4);
    list.run(Press(0, true));
    assert_eq!(list.view.drag(2, 9), EdgeTimer::Keep);
    assert_eq!(list.view.drag(3, 9), ms(300));
    assert_eq!(list.view.edge_tick(9), ms(250));
    assert_eq!(list.view.drag(4, 9), EdgeTimer::Keep);
    assert_eq!(list.view.edge_tick(9), ms(100));
    list.run(Drag(9));
    assert_eq!(list.view.edge_tick(9), ms(50));
    assert_eq!(list.view.view(4, 9).top, 4);
    assert_eq!(list.view.drag(1, 9), EdgeTimer::Stop);
    assert_eq!(list.view.edge_tick(9), EdgeTimer::Stop);
    assert_eq!(list.view.drag(7, 9), ms(300));
    assert_eq!(list.view.edge_tick(9), ms(50));
    assert_eq!(list.view.edge_tick(9), EdgeTimer::Stop);
    assert!(list.run(Release));
    assert_eq!(list.order.last(), Some(&0));
}

#[test]
fn nothing_scrolls_under_a_pointer_that_has_lifted_nothing() {
    let mut list = list(9, 4);
    list.run(Press(3, true));
    assert_eq!(list.view.drag(3, 9), EdgeTimer::Keep);
    assert_eq!(list.view.edge_tick(9), EdgeTimer::Stop);
}

#[test]
fn the_wheel_takes_the_cursor_along_but_not_what_is_selected() {
    let mut list = list(20, 5);
    list.run(Wheel(7));
    assert_eq!((list.view.view(5, 20).top, list.view.cursor()), (7, 7));
    list.all([Select, Wheel(9)]);
    assert_eq!((list.view.view(5, 20).top, list.view.cursor()), (7, 7));
}

#[test]
fn a_refresh_keeps_the_cursor_on_its_item_and_in_its_row() {
    let mut list = list(20, 5);
    let row = |list: &List| list.view.cursor() - list.view.view(5, list.len()).top;
    list.run(Jump(10));
    let before = row(&list);
    list.replace((100..103).chain(0..20));
    assert_eq!((list.current(), row(&list)), (Some(10), before));
    list.replace([1, 2]);
    assert_eq!(list.current(), Some(2));
    list.replace([]);
    assert_eq!((list.current(), drawn(&list, 5).len()), (None, 0));
}

#[test]
fn a_refresh_while_carrying_keeps_the_block_below_its_neighbour() {
    let mut list = list(6, 6);
    list.all([Jump(4), Grab, Up(2)]);
    assert_eq!(list.shown(), [0, 1, 4, 2, 3, 5]);
    list.replace([9, 0, 1, 2, 3, 4, 5]);
    assert_eq!(list.shown(), [9, 0, 1, 4, 2, 3, 5]);
    assert!(list.run(Cancel));
    assert_eq!(list.shown(), [9, 0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_refresh_while_dragging_keeps_the_marker_below_its_neighbour() {
    let mut list = list(6, 6);
    list.all([Press(0, true), Drag(3)]);
    list.replace([9, 0, 1, 2, 3, 4, 5]);
    assert!(list.run(Release));
    assert_eq!(list.order, [9, 1, 2, 3, 0, 4, 5]);
}

#[test]
fn a_carried_item_that_is_gone_is_let_go() {
    let mut list = list(4, 4);
    list.all([Grab, Down(2)]);
    list.replace([1, 2, 3]);
    assert!(!list.view.is_holding());
    assert!(!list.run(Drop));
    assert_eq!(list.order, [1, 2, 3]);
}

#[derive(Clone, Copy, Debug)]
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
        (0usize..9).prop_map(Up),
        (0usize..9).prop_map(Down),
        any::<bool>().prop_map(Op::Page),
        (0usize..40).prop_map(Jump),
        (-9isize..9).prop_map(MoveBy),
        (0usize..40).prop_map(MoveTo),
        Just(Grab),
        Just(Drop),
        Just(Cancel),
        Just(Select),
        (0usize..12, any::<bool>()).prop_map(|(row, handle)| Press(row, handle)),
        (-3i32..15).prop_map(Drag),
        Just(Tick),
        Just(Release),
        (-9isize..9).prop_map(Wheel),
        (0usize..12).prop_map(Height),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_operations_leave_a_permutation_with_the_cursor_in_view(
        len in 0u32..30, ops in prop::collection::vec(any_op(), 0..40), height in 1usize..12,
    ) {
        let mut list = list(len, 5);
        for op in &ops {
            let (order, current) = (list.order.clone(), list.current());
            let changed = list.run(*op);
            let moves = matches!(op, MoveBy(_) | MoveTo(_) | Drop | Release);
            prop_assert_eq!(moves && changed, order != list.order, "{:?}", op);
            if matches!(op, MoveBy(_) | MoveTo(_) | Drop) {
                prop_assert_eq!(current, list.current(), "the cursor stays on its item at {:?}", op);
            }
            for items in [list.order.clone(), list.shown()] {
                let mut sorted = items;
                sorted.sort_unstable();
                prop_assert_eq!(sorted, (0..len).collect::<Vec<_>>());
            }
            if !list.view.is_holding() {
                prop_assert_eq!(list.shown(), &list.order[..]);
            }
            let view = list.view.view(height, list.len());
            prop_assert!(view.rows.len() <= height);
            let focus = view.rows.iter().filter(|row| match row {
                ReorderRow::Marker => true,
                ReorderRow::Item { cursor, .. } => *cursor && !list.view.is_dragging(),
            });
            prop_assert_eq!(focus.count(), usize::from(len > 0));
        }
    }

    #[test]
    fn cancelling_restores_the_order_the_cursor_and_the_range(
        len in 1u32..30, before in prop::collection::vec(any_op(), 0..10), carried in prop::collection::vec(any_op(), 0..10), mouse in any::<bool>(),
    ) {
        let mut list = list(len, 5);
        list.all(before);
        while list.view.is_dragging() || list.view.is_holding() {
            list.run(Cancel);
        }
        list.run(Release);
        list.run(if mouse { Press(0, true) } else { Grab });
        let state = |list: &List| (list.shown(), list.view.cursor(), list.view.selection(list.len()));
        let start = state(&list);
        list.all(carried.into_iter().filter(|op| !matches!(op, Drop | Release | Cancel | Press(..))));
        list.run(Cancel);
        prop_assert_eq!(state(&list), start);
    }

    #[test]
    fn the_mouse_path_equals_the_key_path(len in 1u32..12, from in 0usize..12, to in 0usize..12, more in 0usize..3) {
        let (from, to) = (from % len as usize, to % len as usize);
        let last = (from + more).min(len as usize - 1);
        let (mut mouse, mut keys) = (list(len, 12), list(len, 12));
        mouse.all([Jump(from), Select, Jump(last), Press(from, true)]);
        // A detour, so that it is a drag even where it ends where it began.
        mouse.all([Drag(-1), Drag(i32::try_from(to).unwrap())]);
        keys.all([Jump(from), Select, Jump(last), Grab, if to < from { Up(from - to) } else { Down(to - from) }]);
        prop_assert_eq!(mouse.run(Release), keys.run(Drop));
        prop_assert_eq!((&mouse.order, mouse.view.cursor()), (&keys.order, keys.view.cursor()));
    }

    #[test]
    fn a_refresh_keeps_the_cursor_and_what_is_carried(
        len in 1u32..20, ops in prop::collection::vec(any_op(), 0..12), fresh in prop::collection::hash_set(0u32..25, 0..20),
    ) {
        let mut list = list(len, 5);
        list.all(ops);
        let (under, carried) = (list.current(), list.view.is_holding().then(|| list.selected().to_vec()));
        list.replace(fresh.iter().copied());
        if under.is_some_and(|under| fresh.contains(&under)) {
            prop_assert_eq!(list.current(), under);
        }
        if list.view.is_holding() {
            prop_assert_eq!(Some(list.selected().to_vec()), carried);
        }
        let mut shown = list.shown();
        shown.sort_unstable();
        prop_assert!(shown.iter().eq(std::collections::BTreeSet::from_iter(&fresh)));
        prop_assert!(list.view.selection(list.len()).end <= list.len());
    }
}

#[test]
fn an_item_that_moved_little_in_a_long_list_is_found_at_once() {
    let asked = std::cell::Cell::new(0);
    let mut order: Vec<u32> = (0..5_000).collect();
    let mut view = Reorder::default();
    view.jump(2_500, 5_000);
    let anchor = view.anchor(5_000, |index| order.get(index).copied());
    view.move_by(1, &mut order);
    view.restore(&anchor, 5_000, |index, key| {
        asked.set(asked.get() + 1);
        order[index] == *key
    });
    assert!(asked.get() < 5, "{} items were looked at", asked.get());
    order.move_block(2_501..2_502, 2_490);
    view.restore(&anchor, 5_000, |index, key| {
        asked.set(asked.get() + 1);
        order[index] == *key
    });
    assert!(view.cursor() == 2_490 && asked.get() < 50, "{} items were looked at", asked.get());
}
