//! Which key a code stands for, in each of the forms that terminals have for keys.

use crossterm::event::{KeyCode, KeyModifiers};

use crate::base::Input;
use crate::base::key::{Key, canonical};

/// A key as the editor knows it: what a terminal sends for it, with what, and in which protocol, no longer shows.
pub(super) fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(canonical(Key::one_key(code, modifiers)))
}

/// The key of a control character.
pub(super) fn control(byte: u8) -> Option<(KeyCode, KeyModifiers)> {
    let with_control = |c: u8| Some((KeyCode::Char(c.into()), KeyModifiers::CONTROL));
    match byte {
        b'\r' => Some((KeyCode::Enter, KeyModifiers::NONE)),
        b'\t' => Some((KeyCode::Tab, KeyModifiers::NONE)),
        0 => with_control(b' '),
        1..=26 => with_control(byte + b'a' - 1),
        // These have no letter, and terminals send them for the digits 4 to 7.
        28..=31 => with_control(byte - 28 + b'4'),
        _ => None,
    }
}

/// The key of the letter that ends `ESC O …` and `CSI 1 ; … …`.
pub(super) fn lettered(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The key of the number in `CSI … ~`.
pub(super) fn numbered(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23..=24 => KeyCode::F(number as u8 - 12),
        _ => return None,
    })
}

/// The key of the keypad's letter in `ESC O …`, sent where a program before left the keypad in that mode.
pub(super) fn keypad(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b' ' => KeyCode::Char(' '),
        b'X' => KeyCode::Char('='),
        b'j'..=b'y' => KeyCode::Char((letter - b'j' + b'*').into()),
        _ => return None,
    })
}

/// The key of a code point, as `CSI … u` and `CSI 27 ; … ; … ~` give it.
pub(super) fn coded(code: u16) -> Option<KeyCode> {
    Some(match code {
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        // Private use: kitty's names for the keypad and for keys without a character.
        57399..=57408 => KeyCode::Char(char::from(b'0' + (code - 57399) as u8)),
        57409 => KeyCode::Char('.'),
        57410 => KeyCode::Char('/'),
        57411 => KeyCode::Char('*'),
        57412 => KeyCode::Char('-'),
        57413 => KeyCode::Char('+'),
        57415 => KeyCode::Char('='),
        57417 => KeyCode::Left,
        57418 => KeyCode::Right,
        57419 => KeyCode::Up,
        57420 => KeyCode::Down,
        57421 => KeyCode::PageUp,
        57422 => KeyCode::PageDown,
        57423 => KeyCode::Home,
        57424 => KeyCode::End,
        57425 => KeyCode::Insert,
        57426 => KeyCode::Delete,
        0xe000..=0xf8ff => return None,
        _ => KeyCode::Char(char::from_u32(code.into()).filter(|c| !c.is_control())?),
    })
}

/// The modifiers of a parameter, which is one more than its bits; none where a key with it is not this program's.
pub(super) fn modifiers(parameter: u16) -> Option<KeyModifiers> {
    let bits = parameter.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        // Meta, where a keyboard has it beside Alt.
        (32, KeyModifiers::ALT),
    ] {
        modifiers.set(modifier, modifiers.contains(modifier) || bits & bit != 0);
    }
    let of_the_window_manager = 8 | 16;
    (bits & of_the_window_manager == 0).then_some(modifiers)
}

/// A key as a plain terminal sends it: the code of Ctrl-I is Tab there, of Ctrl-M Enter, of Ctrl-[ Esc.
pub(super) fn plain(code: KeyCode, modifiers: KeyModifiers) -> (KeyCode, KeyModifiers) {
    let without = modifiers - KeyModifiers::CONTROL;
    match code {
        KeyCode::Char('i') if modifiers == KeyModifiers::CONTROL => (KeyCode::Tab, without),
        KeyCode::Char('m') if modifiers == KeyModifiers::CONTROL => (KeyCode::Enter, without),
        KeyCode::Char('[') if modifiers == KeyModifiers::CONTROL => (KeyCode::Esc, without),
        _ => (code, modifiers),
    }
}
