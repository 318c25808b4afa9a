//! How the cursor gets into a field and what is typed there.

use super::*;
use crate::base::{KeyMeaning, key};

fn meaning<S: FormSpec>(form: &Form<S>, shared: &Shared, text: &str) -> KeyMeaning {
    shared.keymap.meaning(&form.scopes(shared), key::parse(text).unwrap())
}

#[test]
fn whoever_types_before_anything_was_read_gives_no_commands() {
    let place = ServerLabel { label: SafeText::default(), sandbox: false };
    let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
    let mut form: EditScreen = form(&mut shared);
    for letter in ["J", "q", "1"] {
        assert!(matches!(meaning(&form, &shared, letter), KeyMeaning::Text(_)), "{letter}");
        types(&mut form, &mut shared, letter);
        assert!(shared.session.messages.log().last().unwrap().text.as_str().contains("goes nowhere"));
    }
    act(&mut form, &mut shared, &[Action::Leave]);
    assert!(matches!(meaning(&form, &shared, "q"), KeyMeaning::Bound(_)));
}

#[test]
fn where_there_is_nothing_to_type_into_letters_are_commands() {
    let mut shared = shared(account());
    shared.session.schools.set(Vec::new(), shared.now);
    let form: CampusScreen = form(&mut shared);
    assert!(matches!(meaning(&form, &shared, "r"), KeyMeaning::Bound(binding) if binding.action == Action::Refresh));
}

#[test]
fn every_way_to_move_takes_the_cursor_into_a_field() {
    for (action, row) in [
        (Action::NextField, 0),
        (Action::PreviousField, 0),
        (Action::Enter, 0),
        (Action::CursorLeft, 0),
        (Action::Up, 0),
        (Action::Down, 1),
        (Action::PageDown, 4),
        (Action::Last, 10),
    ] {
        let mut shared = shared(account());
        let mut form: EditScreen = form(&mut shared);
        act(&mut form, &mut shared, &[action]);
        assert_eq!((form.typing, form.row), (true, row), "{action:?}");
    }
}

#[test]
fn editing_keys_edit_at_once() {
    let mut shared = shared(account());
    let mut form: EditScreen = form(&mut shared);
    act(&mut form, &mut shared, &[Action::DeleteBefore]);
    assert_eq!(text_of(&form, "name"), "Isaa");
    act(&mut form, &mut shared, &[Action::Leave, Action::CursorLeft]);
    types(&mut form, &mut shared, "-");
    assert_eq!(text_of(&form, "name"), "Isa-a");
    act(&mut form, &mut shared, &[Action::Leave, Action::KillToStart]);
    assert_eq!(text_of(&form, "name"), "a");
}

#[test]
fn a_save_leaves_the_cursor_where_it_was() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    form.send(&mut shared);
    assert!(matches!(meaning(&form, &shared, "q"), KeyMeaning::Text('q')));
}

#[test]
fn a_text_that_comes_back_from_the_editor_as_it_was_is_no_change() {
    let mut account = account();
    account.profile.name = Some("two\nlines".into());
    let mut shared = shared(account);
    let mut form: EditScreen = form(&mut shared);
    act(&mut form, &mut shared, &[Action::OpenEditor]);
    form.on(Event::Edited("two\nlines".to_owned()), &mut shared);
    assert!(!form.has_changes());
    act(&mut form, &mut shared, &[Action::OpenEditor]);
    form.on(Event::Edited("two\nlines more\n".to_owned()), &mut shared);
    assert_eq!(text_of(&form, "name"), "two lines more");
}

#[test]
fn a_click_puts_the_cursor_where_it_points_to_at_once() {
    let mut shared = shared(account());
    let mut form: EditScreen = form(&mut shared);
    let click = |form: &mut EditScreen, shared: &mut Shared, column, row| {
        let mouse = Mouse { kind: MouseKind::Press, column, row, modifiers: crossterm::event::KeyModifiers::NONE };
        form.on(Event::Mouse(mouse, shared.body), shared)
    };
    assert!(drawn(&form, shared.body, &shared).0.starts_with("▸  Name            Isaac"));
    click(&mut form, &mut shared, 20, 2);
    types(&mut form, &mut shared, "-");
    assert_eq!(text_of(&form, "name"), "I-saac");
}
