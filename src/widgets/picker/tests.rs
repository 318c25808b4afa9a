use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::*;
use crate::widgets::theme::Theme;

fn choices(labels: &[&str]) -> Vec<Choice<u32>> {
    (0..).zip(labels).map(|(key, label)| Choice::new(key, SafeText::line(label)).detailed(SafeText::line(format!("#{key}")))).collect()
}

const MAJORS: &[&str] = &["Accounting", "Électronique", "Civil Engineering", "Electrical Engineering", "Engineering"];

fn type_in(picker: &mut Picker<u32>, text: &str) {
    for c in text.chars() {
        picker.edit(EditCommand::Insert(c));
    }
}

fn labels(picker: &Picker<u32>) -> Vec<&str> {
    picker.matches.iter().map(|found| picker.items[found.index].label.as_str()).collect()
}

fn drawn(picker: &Picker<u32>, width: u16, height: u16) -> (Vec<String>, Buffer) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    picker.render(area, &mut buf, &Theme::default());
    let rows = (0..height).map(|y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned()).collect();
    (rows, buf)
}

#[test]
fn typing_finds_words_in_any_order_without_case_and_accents() {
    let mut picker = Picker::single(choices(MAJORS));
    type_in(&mut picker, "ENG elec");
    assert_eq!(labels(&picker), ["Electrical Engineering"]);
    picker.edit(EditCommand::KillToStart);
    type_in(&mut picker, "elec");
    assert_eq!(labels(&picker).len(), 2);
    picker.edit(EditCommand::KillToStart);
    assert_eq!(labels(&picker), MAJORS);
}

#[test]
fn the_best_match_comes_first_and_the_cursor_goes_to_it() {
    let mut picker = Picker::single(choices(MAJORS));
    picker.down(3);
    type_in(&mut picker, "engineering");
    assert_eq!(labels(&picker)[0], "Engineering");
    assert_eq!(picker.pick(), Some(Pick::Item(&4)));
}

#[test]
fn the_letters_that_matched_are_marked_even_behind_wide_ones() {
    let mut picker = Picker::single(choices(&["你好 band"]));
    type_in(&mut picker, "band");
    let (rows, buf) = drawn(&picker, 20, 2);
    assert!(rows[1].contains("band"));
    let marked: String = (0..20).filter(|x| buf[(*x, 1)].modifier.contains(Modifier::UNDERLINED)).map(|x| buf[(x, 1)].symbol()).collect();
    assert_eq!(marked, "band");
}

#[test]
fn several_can_be_checked_and_what_is_checked_comes_first_next_time() {
    let mut picker = Picker::multiple(choices(MAJORS), vec![3, 77]);
    assert_eq!(labels(&picker)[0], "Electrical Engineering");
    picker.down(1);
    assert!(picker.toggle());
    assert_eq!(picker.checked(), [3, 77, 0]);
    assert_eq!(picker.cursor, 1);
    picker.up(1);
    picker.toggle();
    assert_eq!(picker.checked(), [77, 0]);
    assert!(!Picker::single(choices(MAJORS)).toggle());
}

#[test]
fn a_text_of_ones_own_is_offered_unless_it_is_listed() {
    let mut picker = Picker::single(choices(&["rust", "go"])).with_free_entry();
    assert_eq!(picker.len(), 2);
    type_in(&mut picker, " 4711 ");
    assert_eq!(picker.pick(), Some(Pick::Typed("4711".into())));
    assert!(drawn(&picker, 20, 3).0[1].starts_with("use \"4711\""));
    picker.edit(EditCommand::KillToStart);
    type_in(&mut picker, "rust");
    assert_eq!((picker.len(), picker.pick()), (1, Some(Pick::Item(&0))));
    let mut strict = Picker::single(choices(&["rust"]));
    type_in(&mut strict, "4711");
    assert_eq!(strict.pick(), None);
    assert!(drawn(&strict, 20, 3).0[1].starts_with("nothing matches"));
}

#[test]
fn a_refresh_keeps_the_query_the_cursor_and_the_checks() {
    let mut picker = Picker::multiple(choices(MAJORS), vec![]);
    type_in(&mut picker, "eng");
    picker.down(1);
    picker.toggle();
    let key = picker.current().unwrap().key;
    let mut more = choices(MAJORS);
    more.insert(0, Choice::new(99, SafeText::line("eng")));
    picker.set_items(more);
    assert_eq!((picker.query().as_str(), picker.current().unwrap().key, picker.checked()), ("eng", key, &[key][..]));
}

#[test]
fn the_detail_gives_way_to_the_label() {
    let picker = Picker::single(choices(MAJORS));
    let (rows, _) = drawn(&picker, 27, 6);
    assert_eq!(rows[1], "Accounting             #0");
    assert_eq!(rows[4], "Electrical Engineering");
    let (rows, _) = drawn(&picker, 12, 6);
    assert_eq!(rows[4], "Electrica…");
}

#[test]
fn a_click_hits_what_is_drawn_there() {
    let mut picker = Picker::single(choices(MAJORS));
    let area = Rect::new(4, 2, 20, 4);
    picker.set_area(area);
    picker.down(3);
    assert_eq!(picker.hit(area, Position::new(5, 3)), Some(PickerHit::Row(1)));
    assert_eq!(picker.hit(area, Position::new(8, 2)), Some(PickerHit::Query));
    assert_eq!(picker.hit(area, Position::new(5, 6)), None);
    assert_eq!(picker.click(area, Position::new(5, 4)), Some(PickerHit::Row(2)));
    assert_eq!((picker.cursor, picker.hit(area, Position::new(5, 4))), (2, Some(PickerHit::Row(2))));
}

/// Two groups, of which one thing is not possible.
fn grouped() -> Picker<u32> {
    let under = |heading, key, label: &str| Choice { heading, ..Choice::new(key, SafeText::line(label)).detailed(SafeText::line("K")) };
    let why_not = Some(SafeText::line("nothing has been changed since the last save"));
    Picker::single(vec![
        under("Row", 0, "copy"),
        Choice { why_not, also: SafeText::line("write"), ..under("Row", 1, "save") },
        under("Everywhere", 2, "quit"),
    ])
}

#[test]
fn rows_stand_under_their_headings_until_something_is_typed() {
    let mut picker = grouped();
    let (rows, _) = drawn(&picker, 25, 9);
    assert_eq!(
        rows[1..8],
        [
            "── Row ────────────────",
            "copy                  K",
            "save                  K",
            "  nothing has been",
            "  changed since the",
            "  last save",
            "── Everywhere ─────────",
        ]
    );
    let (rows, _) = drawn(&picker, 80, 9);
    assert!(rows[3].starts_with("save (nothing has been changed since the last save)"), "{}", rows[3]);
    type_in(&mut picker, "it");
    assert_eq!(drawn(&picker, 25, 9).0[1..3], ["quit                  K", ""]);
}

#[test]
fn what_is_not_possible_looks_so_and_cannot_be_taken() {
    let mut picker = grouped();
    type_in(&mut picker, "write");
    assert_eq!(picker.pick(), Some(Pick::NotNow(&SafeText::line("nothing has been changed since the last save"))));
    picker.edit(EditCommand::KillToStart);
    let (_, buf) = drawn(&picker, 25, 9);
    let theme = Theme::default();
    assert!(buf[(0, 3)].modifier.contains(Modifier::DIM) && buf[(2, 4)].modifier.contains(Modifier::DIM), "{theme:?}");
    picker.down(1);
    let (_, buf) = drawn(&picker, 25, 9);
    let bar: Vec<bool> = (3..7).map(|y| buf[(20, y)].modifier.contains(Modifier::REVERSED)).collect();
    assert_eq!(bar, [true; 4], "one bar over all its lines");
    assert!(!buf[(0, 3)].modifier.contains(Modifier::DIM), "never dim in the bar");
}

#[test]
fn the_cursor_takes_its_heading_and_all_its_lines_into_view_and_a_click_hits_any_of_them() {
    let mut picker = grouped();
    let area = Rect::new(0, 0, 25, 5);
    picker.set_area(area);
    picker.down(1);
    assert_eq!(drawn(&picker, 25, 5).0[1], "save                  K │");
    assert_eq!(picker.hit(area, Position::new(3, 4)), Some(PickerHit::Row(1)));
    picker.down(1);
    assert_eq!(drawn(&picker, 25, 5).0[3..], ["── Everywhere ───────── █", "quit                  K █"]);
    assert_eq!(picker.hit(area, Position::new(3, 3)), None, "a heading is no row");
    picker.page_up();
    picker.page_up();
    assert_eq!((picker.cursor, drawn(&picker, 25, 5).0[1].as_str()), (0, "── Row ──────────────── █"));
}

proptest! {
    #[test]
    fn it_draws_at_any_size_with_the_cursor_in_the_query_and_its_row_in_view(
        width in 0u16..120, height in 0u16..40, query in "[a-e你é ]{0,4}", down in 0usize..8, multiple in any::<bool>(),
    ) {
        let labels = ["abc", "你好世界", "", "e\u{301}de", "a b c d e", "👩\u{200d}👩\u{200d}👧 family"];
        let items = choices(&labels);
        let mut picker = if multiple { Picker::multiple(items, vec![2]) } else { Picker::single(items) }.with_free_entry();
        type_in(&mut picker, &query);
        picker.down(down);
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let cursor = picker.render(area, &mut buf, &Theme::default());
        prop_assert_eq!(cursor.is_some(), width > 2 && height > 0);
        if width > 2 && height > 1 && !picker.is_empty() {
            let rows = (0..height).filter_map(|y| picker.hit(area, Position::new(0, y)));
            prop_assert!(rows.into_iter().any(|hit| hit == PickerHit::Row(picker.cursor)));
        }
    }
}
