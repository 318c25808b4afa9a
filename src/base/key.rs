//! One key press, in one spelling.
//!
//! Terminals and people spell the same key differently (`shift-tab` arrives as `BackTab`, `K` is `shift-k`, `?` may carry Shift);
//! everything that compares keys must go through [`canonical`] first.

use crokey::{KeyCombination, OneToThree};
use crossterm::event::{KeyCode, KeyModifiers};

/// A key with its modifiers, always canonical.
pub type Key = KeyCombination;

/// The one spelling of a key: Shift is part of a letter's case and of Tab, and of no other character.
pub fn canonical(key: KeyCombination) -> Key {
    let OneToThree::One(code) = key.codes else { return key };
    let modifiers = key.modifiers & (KeyModifiers::SHIFT | KeyModifiers::CONTROL | KeyModifiers::ALT);
    let (code, modifiers) = match code {
        KeyCode::BackTab => (KeyCode::Tab, modifiers | KeyModifiers::SHIFT),
        KeyCode::Char('\r' | '\n') => (KeyCode::Enter, modifiers),
        KeyCode::Char(c) => {
            let (c, modifiers) = canonical_char(c, modifiers);
            (KeyCode::Char(c), modifiers)
        }
        code => (code, modifiers),
    };
    Key::one_key(code, modifiers)
}

/// A letter keeps its case and says Shift when it is upper case; no other character has a Shift of its own.
fn canonical_char(c: char, mut modifiers: KeyModifiers) -> (char, KeyModifiers) {
    let altgr = KeyModifiers::CONTROL | KeyModifiers::ALT;
    if modifiers.contains(altgr) && c != ' ' && !c.is_ascii_alphanumeric() {
        // Windows reports AltGr this way; on many keyboards that is how @ and € are typed.
        modifiers.remove(altgr);
    }
    if modifiers.contains(KeyModifiers::CONTROL) {
        // With Control most terminals cannot tell the case.
        modifiers.remove(KeyModifiers::SHIFT);
        return (c.to_ascii_lowercase(), modifiers);
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

/// Reads a key as tables and the configuration write it: `ctrl-s`, `alt-up`, `J`, `shift-tab`, `?`, `space`.
///
/// # Errors
/// What cannot be read as a key, as a sentence.
pub fn parse(text: &str) -> Result<Key, String> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Ok(canonical(Key::one_key(KeyCode::Char(c), KeyModifiers::NONE)));
    }
    crokey::parse(text).map(canonical).map_err(|_| format!("\"{text}\" is not a key; write keys like ctrl-s, alt-up, f5, space or J"))
}

/// The character a key types, if it types one.
pub fn typed(key: Key) -> Option<char> {
    match key.codes {
        OneToThree::One(KeyCode::Char(c)) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        _ => None,
    }
}

/// The key for a person: `Ctrl-S`, `Alt-↑`, `J`, `Space`.
pub fn shown(key: Key) -> String {
    let OneToThree::One(code) = key.codes else { return key.to_string() };
    let (name, letter) = match code {
        KeyCode::Char(' ') => ("Space".to_owned(), false),
        KeyCode::Char(c) => (c.to_string(), c.is_ascii_alphabetic()),
        KeyCode::Up => ("↑".to_owned(), false),
        KeyCode::Down => ("↓".to_owned(), false),
        KeyCode::Left => ("←".to_owned(), false),
        KeyCode::Right => ("→".to_owned(), false),
        KeyCode::PageUp => ("PgUp".to_owned(), false),
        KeyCode::PageDown => ("PgDn".to_owned(), false),
        KeyCode::F(n) => (format!("F{n}"), false),
        other => (format!("{other:?}"), false),
    };
    let mut out = String::new();
    for (modifier, word) in [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-")] {
        if key.modifiers.contains(modifier) {
            out.push_str(word);
        }
    }
    if key.modifiers.contains(KeyModifiers::SHIFT) && !letter {
        out.push_str("Shift-");
    }
    out.push_str(&if letter && key.modifiers.contains(KeyModifiers::CONTROL) { name.to_uppercase() } else { name });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Key {
        canonical(Key::one_key(code, modifiers))
    }

    #[test]
    fn what_a_terminal_sends_equals_what_a_table_says() {
        let shift = KeyModifiers::SHIFT;
        assert_eq!(parse("shift-tab").unwrap(), pressed(KeyCode::BackTab, shift));
        assert_eq!(parse("shift-tab").unwrap(), pressed(KeyCode::BackTab, KeyModifiers::NONE));
        assert_eq!(parse("J").unwrap(), pressed(KeyCode::Char('J'), shift));
        assert_eq!(parse("J").unwrap(), pressed(KeyCode::Char('J'), KeyModifiers::NONE));
        assert_eq!(parse("shift-j").unwrap(), pressed(KeyCode::Char('j'), shift));
        assert_eq!(parse("?").unwrap(), pressed(KeyCode::Char('?'), shift));
        assert_eq!(parse("ctrl-s").unwrap(), pressed(KeyCode::Char('s'), KeyModifiers::CONTROL));
        assert_eq!(parse("alt-up").unwrap(), pressed(KeyCode::Up, KeyModifiers::ALT));
        assert_ne!(parse("j").unwrap(), parse("J").unwrap());
        assert!(parse("ctrl-foo").unwrap_err().contains("ctrl-foo"));
    }

    #[test]
    fn keys_read_well() {
        for (written, read) in [
            ("ctrl-s", "Ctrl-S"),
            ("J", "J"),
            ("j", "j"),
            ("shift-tab", "Shift-Tab"),
            ("alt-up", "Alt-↑"),
            ("space", "Space"),
            ("f5", "F5"),
        ] {
            assert_eq!(shown(parse(written).unwrap()), read);
        }
    }

    #[test]
    fn only_plain_characters_type() {
        assert_eq!(typed(parse("J").unwrap()), Some('J'));
        assert_eq!(typed(parse("space").unwrap()), Some(' '));
        assert_eq!(typed(parse("ctrl-j").unwrap()), None);
        assert_eq!(typed(parse("enter").unwrap()), None);
    }
}
