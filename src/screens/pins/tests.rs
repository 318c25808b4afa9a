//! What no answer of the service is needed for: scrolling at the edge, marks, places, and what a key costs.

use std::time::Duration;

use crossterm::event::KeyModifiers;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::base::ServerLabel;
use crate::base::{Action, Effect, Mouse, MouseKind};
use crate::domain::SafeText;
use crate::screens::Edits;
use crate::widgets::theme::Theme;

const BODY: Rect = Rect::new(0, 2, 60, 11);

fn shared(pins: usize) -> Shared {
    let place = ServerLabel { label: SafeText::default(), sandbox: true };
    let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
    shared.body = BODY;
    shared.session.pins.set((1..=pins as u64).map(Id::from).collect(), Timestamp::UNIX_EPOCH);
    shared
}

fn screen(pins: usize) -> (PinsScreen, Shared) {
    let mut shared = shared(pins);
    let mut screen = PinsScreen::default();
    screen.on(Event::Shown, &mut shared);
    shared.take_effects();
    (screen, shared)
}

fn mouse(screen: &mut PinsScreen, shared: &mut Shared, kind: MouseKind, row: u16) -> Vec<Effect> {
    screen.on(Event::Mouse(Mouse { kind, column: 1, row, modifiers: KeyModifiers::NONE }, BODY), shared);
    shared.take_effects()
}

fn after(effects: &[Effect]) -> Option<(Duration, Timer)> {
    effects.iter().find_map(|effect| match effect {
        Effect::After(delay, timer @ Timer::Edge(_)) => Some((*delay, *timer)),
        _ => None,
    })
}

fn drawn(screen: &PinsScreen, shared: &Shared) -> Vec<String> {
    let mut buf = Buffer::empty(BODY);
    screen.view(BODY, &mut buf, shared);
    BODY.rows().map(|row| row.columns().map(|cell| buf[(cell.x, cell.y)].symbol().to_owned()).collect::<String>()).collect()
}

#[test]
fn a_drag_at_the_edge_scrolls_after_a_while_and_faster_outside_until_it_leaves_the_edge() {
    let (mut screen, mut shared) = screen(50);
    mouse(&mut screen, &mut shared, MouseKind::Press, 4);
    assert_eq!(after(&mouse(&mut screen, &mut shared, MouseKind::Drag, 6)), None);
    let (first, timer) = after(&mouse(&mut screen, &mut shared, MouseKind::Drag, 12)).unwrap();
    assert_eq!(first, Duration::from_millis(300));
    screen.on(Event::Timer(timer), &mut shared);
    let (next, newer) = after(&shared.take_effects()).unwrap();
    assert_eq!(next, Duration::from_millis(250));
    assert!(drawn(&screen, &shared)[0].contains("CARRYING 2 · 11 of 50"), "{:#?}", drawn(&screen, &shared));
    screen.on(Event::Timer(timer), &mut shared);
    assert_eq!(after(&shared.take_effects()), None, "an old timer");
    mouse(&mut screen, &mut shared, MouseKind::Drag, 15);
    screen.on(Event::Timer(newer), &mut shared);
    assert_eq!(after(&shared.take_effects()).unwrap().0, Duration::from_millis(50), "three rows outside");
    mouse(&mut screen, &mut shared, MouseKind::Drag, 7);
    screen.on(Event::Timer(newer), &mut shared);
    assert_eq!(after(&shared.take_effects()), None, "no longer at the edge");
    mouse(&mut screen, &mut shared, MouseKind::Release, 7);
    assert_eq!(screen.list.row(&"2".into()), Some(6), "two rows scrolled, four down from the top row");
}

#[test]
fn the_wheel_scrolls_and_the_marker_takes_a_row_of_its_own() {
    let (mut screen, mut shared) = screen(50);
    mouse(&mut screen, &mut shared, MouseKind::ScrollDown, 5);
    assert!(drawn(&screen, &shared)[1].contains(" 4 4"), "{:#?}", drawn(&screen, &shared));
    mouse(&mut screen, &mut shared, MouseKind::Press, 3);
    mouse(&mut screen, &mut shared, MouseKind::Drag, 5);
    assert!(drawn(&screen, &shared)[4].contains("drop here"), "{:#?}", drawn(&screen, &shared));
}

#[test]
fn a_press_lands_on_the_pin_it_is_over_at_every_scroll_position() {
    let (mut screen, mut shared) = screen(50);
    for _ in 0..20 {
        mouse(&mut screen, &mut shared, MouseKind::ScrollDown, 5);
        for row in [3, 7, 12] {
            mouse(&mut screen, &mut shared, MouseKind::Press, row);
            mouse(&mut screen, &mut shared, MouseKind::Release, row);
            let id = screen.current().unwrap().id.clone();
            let line = drawn(&screen, &shared).remove(usize::from(row - BODY.y));
            assert!(line.contains(&format!("{0} {0} ", id.as_str())), "{id:?}: {line}");
        }
    }
}

#[test]
fn what_is_carried_among_unpinned_pins_lands_below_the_pin_it_is_shown_below() {
    let (mut screen, mut shared) = screen(5);
    let mut act = |screen: &mut PinsScreen, action| drop(screen.on(Event::Action(action), &mut shared));
    act(&mut screen, Action::Down);
    act(&mut screen, Action::Remove);
    act(&mut screen, Action::Up);
    act(&mut screen, Action::Grab);
    act(&mut screen, Action::Down);
    assert_eq!(screen.place_sentence(60, "…"), "1, 1 of 4, above 3", "past what is struck through");
    act(&mut screen, Action::Down);
    act(&mut screen, Action::Grab);
    let ids: Vec<&str> = screen.list.ids().iter().map(Id::as_str).collect();
    assert_eq!(ids, ["3", "1", "4", "5"]);
    assert_eq!(screen.place_sentence(60, "…"), "1, 2 of 4, above 4");
}

#[test]
fn steps_and_positions_count_what_stays_while_a_pin_is_carried_among_unpinned_ones() {
    let (mut screen, mut shared) = screen(6);
    let mut act = |screen: &mut PinsScreen, actions: &[Action]| {
        for action in actions {
            screen.on(Event::Action(*action), &mut shared);
        }
    };
    act(&mut screen, &[Action::Down, Action::Remove, Action::Up, Action::Grab]);
    act(&mut screen, &[Action::MoveDown, Action::MoveDown, Action::MoveDown]);
    assert_eq!(screen.place_sentence(60, "…"), "1, 3 of 5, above 5", "one further with every step");
    act(&mut screen, &[Action::MoveToPosition]);
    screen.on(Event::Type('2'), &mut shared);
    let mut act = |screen: &mut PinsScreen, action| drop(screen.on(Event::Action(action), &mut shared));
    act(&mut screen, Action::Confirm);
    assert_eq!(screen.place_sentence(60, "…"), "1, 2 of 5, above 4");
    act(&mut screen, Action::Grab);
    let ids: Vec<&str> = screen.list.ids().iter().map(Id::as_str).collect();
    assert_eq!(ids, ["3", "1", "4", "5", "6"]);
    act(&mut screen, Action::Undo);
    act(&mut screen, Action::Undo);
    assert_eq!((screen.list.changed(), screen.len()), (false, 6), "and all of it can be taken back");
}

#[test]
fn the_place_is_said_whatever_the_names() {
    let (mut screen, shared) = screen(2);
    let long = "9".repeat(200);
    screen.set_list(PinList::new([Id::new(long.clone()), Id::new(format!("{long}1"))]));
    screen.learn(&shared);
    let sentence = screen.place_sentence(58, "…");
    assert!(crate::widgets::text::width(&sentence) <= 58 && sentence.contains(", 1 of 2, above 9"), "{sentence}");
}

#[test]
fn a_draft_is_there_exactly_while_something_is_unsaved_and_changes_its_revision() {
    let (mut screen, mut shared) = screen(3);
    assert_eq!(screen.draft(), None);
    let mut seen = vec![screen.revision()];
    for (action, unsaved) in
        [(Action::MoveDown, true), (Action::Remove, true), (Action::Undo, true), (Action::Undo, false), (Action::Redo, true)]
    {
        screen.on(Event::Action(action), &mut shared);
        assert_eq!(screen.draft().is_some(), unsaved, "{action:?}");
        assert!(!seen.contains(&screen.revision()));
        seen.push(screen.revision());
    }
    let list: PinList = serde_json::from_value(serde_json::to_value(screen.draft()).unwrap()).unwrap();
    assert_eq!(list.ids(), screen.list.ids());
}
