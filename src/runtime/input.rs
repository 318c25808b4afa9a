//! From crossterm's events to what the editor knows: one form for each key, buttons that mean something, one kind of line end.
//!
//! Reads nothing and knows no bindings.

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use crate::base::key::{Key, canonical};
use crate::base::{Input, Mouse, MouseKind};

/// The input an event stands for; `None` for those that mean nothing here (key releases, bare mouse movement).
pub fn from_event(event: Event) -> Option<Input> {
    match event {
        // Windows and the kitty protocol report releases too; a key acts once.
        Event::Key(key) => (key.kind != KeyEventKind::Release).then(|| Input::Key(normalise(key))),
        Event::Paste(text) => Some(Input::Paste(pasted(&text))),
        Event::Mouse(mouse) => from_mouse(mouse).map(Input::Mouse),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::FocusGained => Some(Input::FocusGained),
        Event::FocusLost => Some(Input::FocusLost),
    }
}

fn from_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Down(MouseButton::Right) => MouseKind::RightPress,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::ScrollUp => MouseKind::ScrollUp,
        MouseEventKind::ScrollDown => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { kind, column: mouse.column, row: mouse.row, modifiers: mouse.modifiers })
}

/// One form for every key: what a terminal sends for it today, with what, and in which protocol, no longer shows.
fn normalise(key: KeyEvent) -> Key {
    canonical(Key::one_key(key.code, key.modifiers))
}

fn pasted(text: &str) -> String {
    // Terminals send the key Enter, a carriage return, for each line end of a paste. What is too long is cut where it is taken, so
    // that it can be said.
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;
    use crate::base::key::parse;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Key {
        normalise(KeyEvent::new(code, modifiers))
    }

    fn named(name: &str) -> Key {
        parse(name).unwrap()
    }

    const PLAIN: KeyModifiers = KeyModifiers::NONE;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

    #[test]
    fn every_printable_character_is_the_key_its_name_parses_to() {
        for c in ' '..='~' {
            let name = match c {
                ' ' => "space".to_owned(),
                'A'..='Z' => format!("shift-{}", c.to_ascii_lowercase()),
                _ => c.to_string(),
            };
            // As a plain terminal sends it: SHIFT comes with capitals only.
            let sent = if c.is_ascii_uppercase() { SHIFT } else { PLAIN };
            assert_eq!(key(KeyCode::Char(c), sent), named(&name), "{c:?}");
            // Windows with Caps Lock: a capital without SHIFT. The kitty protocol: a mark with it.
            let other = if c.is_ascii_lowercase() { PLAIN } else { sent ^ SHIFT };
            assert_eq!(key(KeyCode::Char(c), other), named(&name), "{c:?} with {other:?}");
            // Alt in front of any of them.
            assert_eq!(key(KeyCode::Char(c), sent | KeyModifiers::ALT), named(&format!("alt-{name}")), "alt {c:?}");
        }
    }

    #[test]
    fn a_shifted_small_letter_is_the_capital() {
        assert_eq!(key(KeyCode::Char('k'), SHIFT), named("shift-k"));
        assert_eq!(key(KeyCode::Char('é'), SHIFT), named("É"));
        assert_eq!(key(KeyCode::Char('ß'), SHIFT), named("ß"));
    }

    #[test]
    fn keys_with_names_match_their_names() {
        for (code, modifiers, name) in [
            (KeyCode::BackTab, SHIFT, "shift-tab"),
            (KeyCode::BackTab, PLAIN, "shift-tab"),
            (KeyCode::Tab, PLAIN, "tab"),
            (KeyCode::Char('\r'), PLAIN, "enter"),
            (KeyCode::Enter, KeyModifiers::ALT, "alt-enter"),
            (KeyCode::Up, SHIFT, "shift-up"),
            (KeyCode::Up, KeyModifiers::ALT, "alt-up"),
            (KeyCode::Char('s'), KeyModifiers::CONTROL, "ctrl-s"),
            (KeyCode::Char('S'), KeyModifiers::CONTROL | SHIFT, "ctrl-s"),
            (KeyCode::Char('k'), KeyModifiers::CONTROL | KeyModifiers::ALT, "ctrl-alt-k"),
            (KeyCode::F(5), PLAIN, "f5"),
            (KeyCode::Esc, PLAIN, "esc"),
        ] {
            assert_eq!(key(code, modifiers), named(name), "{name}");
        }
    }

    #[test]
    fn a_character_typed_with_altgr_is_that_character() {
        let altgr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        for c in ['@', '€', '\\', 'ą'] {
            assert_eq!(key(KeyCode::Char(c), altgr), named(&c.to_string()), "{c}");
        }
    }

    #[test]
    fn a_key_acts_when_pressed_or_repeated_and_not_when_released() {
        let event = |kind| from_event(Event::Key(KeyEvent::new_with_kind(KeyCode::Char('a'), PLAIN, kind)));
        assert_eq!(event(KeyEventKind::Press), Some(Input::Key(named("a"))));
        assert_eq!(event(KeyEventKind::Repeat), Some(Input::Key(named("a"))));
        assert_eq!(event(KeyEventKind::Release), None);
    }

    #[test]
    fn a_paste_has_one_kind_of_line_end_and_is_whole() {
        let paste = |text: &str| match from_event(Event::Paste(text.to_owned())) {
            Some(Input::Paste(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(paste("one\rtwo\r\nthree\nfour"), "one\ntwo\nthree\nfour");
        assert_eq!(paste(&"x".repeat(100_000)).len(), 100_000, "the field that takes it says what it leaves out");
    }

    #[test]
    fn bare_movement_of_the_mouse_is_nothing_and_a_drag_keeps_its_place() {
        let event = |kind| from_event(Event::Mouse(MouseEvent { kind, column: 7, row: 3, modifiers: PLAIN }));
        assert_eq!(event(MouseEventKind::Moved), None);
        let drag = Mouse { kind: MouseKind::Drag, column: 7, row: 3, modifiers: PLAIN };
        assert_eq!(event(MouseEventKind::Drag(MouseButton::Left)), Some(Input::Mouse(drag)));
    }
}
