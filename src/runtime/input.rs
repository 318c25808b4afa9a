//! What a person did, as one pure type.
//!
//! Terminals report the same key in several ways; here each gets one form, the one that key names parse to, so that a table of
//! bindings can compare by value. This module reads nothing and knows no bindings.

use crokey::{KeyCombination, OneToThree};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// The most bytes of one paste that are passed on. The document's longest field is far shorter; a pasted film is a mistake.
pub const PASTE_CAP: usize = 64 * 1024;

/// One thing that happened at the terminal.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key, in the form its name parses to (`shift-k` is `K` with SHIFT, `?` has no modifier).
    Key(KeyCombination),
    /// Pasted text: at most [`PASTE_CAP`] bytes, line ends as `\n`, otherwise as it came.
    Paste(String),
    /// A press, a release, a drag or a turn of the wheel.
    Mouse(MouseInput),
    /// The terminal's new size in columns and rows, as it said: either may be zero.
    Resize(u16, u16),
    /// The terminal's window came to the front.
    FocusGained,
    /// The terminal's window lost the keyboard.
    FocusLost,
}

/// A mouse event; column and row count from zero at the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MouseInput {
    /// What the mouse did.
    pub kind: MouseKind,
    /// Columns from the left edge.
    pub column: u16,
    /// Rows from the top.
    pub row: u16,
    /// The modifier keys held meanwhile.
    pub modifiers: KeyModifiers,
}

/// What the mouse did. Movement without a button is not reported: it would be a message for every cell crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// A button went down.
    Down(MouseButton),
    /// A button came up.
    Up(MouseButton),
    /// The mouse moved to another cell with a button down.
    Drag(MouseButton),
    /// The wheel turned away from the person.
    ScrollUp,
    /// The wheel turned towards the person.
    ScrollDown,
}

impl Input {
    /// The input an event stands for; `None` for those that mean nothing here (key releases, bare mouse movement).
    pub fn from_event(event: Event) -> Option<Self> {
        match event {
            // Windows and the kitty protocol report releases too; a key acts once.
            Event::Key(key) => (key.kind != KeyEventKind::Release).then(|| Self::Key(normalise(key))),
            Event::Paste(text) => Some(Self::Paste(pasted(&text))),
            Event::Mouse(mouse) => MouseInput::from_event(mouse).map(Self::Mouse),
            Event::Resize(columns, rows) => Some(Self::Resize(columns, rows)),
            Event::FocusGained => Some(Self::FocusGained),
            Event::FocusLost => Some(Self::FocusLost),
        }
    }
}

impl MouseInput {
    fn from_event(mouse: MouseEvent) -> Option<Self> {
        let kind = match mouse.kind {
            MouseEventKind::Down(button) => MouseKind::Down(button),
            MouseEventKind::Up(button) => MouseKind::Up(button),
            MouseEventKind::Drag(button) => MouseKind::Drag(button),
            MouseEventKind::ScrollUp => MouseKind::ScrollUp,
            MouseEventKind::ScrollDown => MouseKind::ScrollDown,
            MouseEventKind::Moved | MouseEventKind::ScrollLeft | MouseEventKind::ScrollRight => return None,
        };
        Some(Self { kind, column: mouse.column, row: mouse.row, modifiers: mouse.modifiers })
    }
}

/// One form for every key: what a terminal sends for it today, with what, and in which protocol, no longer shows.
pub fn normalise(key: KeyEvent) -> KeyCombination {
    let (code, modifiers) = match key.code {
        KeyCode::BackTab => (KeyCode::Tab, key.modifiers | KeyModifiers::SHIFT),
        KeyCode::Char('\r' | '\n') => (KeyCode::Enter, key.modifiers),
        KeyCode::Char(c) => {
            let (c, modifiers) = normalise_char(c, key.modifiers);
            (KeyCode::Char(c), modifiers)
        }
        code => (code, key.modifiers),
    };
    KeyCombination { codes: OneToThree::One(code), modifiers }
}

/// A letter keeps its case and says SHIFT when it is upper case; no other character has a SHIFT of its own.
fn normalise_char(c: char, mut modifiers: KeyModifiers) -> (char, KeyModifiers) {
    let altgr = KeyModifiers::CONTROL | KeyModifiers::ALT;
    if modifiers.contains(altgr) && c != ' ' && !c.is_ascii_alphanumeric() {
        // Windows reports AltGr this way; on many keyboards that is how @ and € are typed.
        modifiers.remove(altgr);
    }
    let c = if modifiers.contains(KeyModifiers::SHIFT) { upper(c) } else { c };
    modifiers.set(KeyModifiers::SHIFT, c.is_uppercase());
    (c, modifiers)
}

/// The upper case of a letter where that is one character.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn pasted(text: &str) -> String {
    let end = (0..=text.len().min(PASTE_CAP)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    // Terminals send the key Enter, a carriage return, for each line end of a paste.
    text.get(..end).unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyCombination {
        normalise(KeyEvent::new(code, modifiers))
    }

    fn named(name: &str) -> KeyCombination {
        name.parse().unwrap()
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
        assert_eq!(key(KeyCode::Char('é'), SHIFT).codes, OneToThree::One(KeyCode::Char('É')));
        assert_eq!(key(KeyCode::Char('ß'), SHIFT).codes, OneToThree::One(KeyCode::Char('ß')));
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
            (KeyCode::Char('S'), KeyModifiers::CONTROL | SHIFT, "ctrl-shift-s"),
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
            assert_eq!(key(KeyCode::Char(c), altgr), KeyCombination::from(KeyCode::Char(c)), "{c}");
        }
    }

    #[test]
    fn a_key_acts_when_pressed_or_repeated_and_not_when_released() {
        let event = |kind| Input::from_event(Event::Key(KeyEvent::new_with_kind(KeyCode::Char('a'), PLAIN, kind)));
        assert_eq!(event(KeyEventKind::Press), Some(Input::Key(named("a"))));
        assert_eq!(event(KeyEventKind::Repeat), Some(Input::Key(named("a"))));
        assert_eq!(event(KeyEventKind::Release), None);
    }

    #[test]
    fn a_paste_has_one_kind_of_line_end_and_is_cut_between_characters() {
        let paste = |text: &str| match Input::from_event(Event::Paste(text.to_owned())) {
            Some(Input::Paste(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(paste("one\rtwo\r\nthree\nfour"), "one\ntwo\nthree\nfour");
        let long = paste(&format!("x{}", "é".repeat(PASTE_CAP)));
        assert_eq!(long.len(), PASTE_CAP - 1);
        assert!(long.ends_with('é'));
    }

    #[test]
    fn bare_movement_of_the_mouse_is_nothing_and_a_drag_keeps_its_place() {
        let event = |kind| Input::from_event(Event::Mouse(MouseEvent { kind, column: 7, row: 3, modifiers: PLAIN }));
        assert_eq!(event(MouseEventKind::Moved), None);
        let drag = MouseInput { kind: MouseKind::Drag(MouseButton::Left), column: 7, row: 3, modifiers: PLAIN };
        assert_eq!(event(MouseEventKind::Drag(MouseButton::Left)), Some(Input::Mouse(drag)));
    }
}
