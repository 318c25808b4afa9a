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
    let known = crokey::parse(text).ok().filter(|key| {
        let one = matches!(key.codes, OneToThree::One(_));
        one && KeyModifiers::all()
            .difference(KeyModifiers::SHIFT | KeyModifiers::CONTROL | KeyModifiers::ALT)
            .intersection(key.modifiers)
            .is_empty()
    });
    let key = known.map(canonical).ok_or_else(|| format!("\"{text}\" is not a key; write keys like ctrl-s, alt-up, f5, space or J"))?;
    let same = || SAME_IN_TERMINALS.iter().find(|(written, _)| *written == self::written(key));
    match key.modifiers.contains(KeyModifiers::CONTROL).then(same).flatten() {
        Some((written, same)) => Err(format!("terminals send {written} as {same}; write {same} if you mean that")),
        None => Ok(key),
    }
}

/// Keys that terminals send as another key, so that a binding would never be found.
const SAME_IN_TERMINALS: &[(&str, &str)] = &[("ctrl-i", "tab"), ("ctrl-m", "enter"), ("ctrl-[", "esc")];

/// The key as [`parse`] reads it.
pub fn written(key: Key) -> String {
    let OneToThree::One(code) = key.codes else { return key.to_string() };
    let mut modifiers = key.modifiers;
    let name = match code {
        KeyCode::Char(' ') => "space".to_owned(),
        // Alone, the letter's case says it.
        KeyCode::Char(c) if (modifiers - KeyModifiers::SHIFT).is_empty() => {
            modifiers = KeyModifiers::NONE;
            c.to_string()
        }
        KeyCode::Char(c) => c.to_lowercase().to_string(),
        KeyCode::F(n) => format!("f{n}"),
        other => format!("{other:?}").to_lowercase(),
    };
    let mut out = String::new();
    for (modifier, word) in [(KeyModifiers::CONTROL, "ctrl-"), (KeyModifiers::ALT, "alt-"), (KeyModifiers::SHIFT, "shift-")] {
        if modifiers.contains(modifier) {
            out.push_str(word);
        }
    }
    out + &name
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

    #[test]
    fn every_key_reads_back_as_it_is_written() {
        for binding in crate::base::bindings::BINDINGS {
            for text in binding.keys {
                let key = parse(text).unwrap();
                assert_eq!(parse(&written(key)), Ok(key), "{text} as {}", written(key));
            }
        }
        for text in ["alt-shift-j", "alt-J", "-", "ctrl--", "alt-hyphen", "É", "shift-f5", "ctrl-shift-up", "ctrl-alt-space", "\"", "\\"] {
            let key = parse(text).unwrap();
            assert_eq!(parse(&written(key)), Ok(key), "{text} as {}", written(key));
        }
    }

    #[test]
    fn what_no_terminal_sends_is_no_key() {
        for text in ["", "x-y", "ctrl-x-y", "cmd-s", "ctrl-", "nosuch"] {
            assert!(parse(text).unwrap_err().contains("is not a key"), "{text}");
        }
        assert!(parse("ctrl-i").unwrap_err().contains("as tab"));
        assert!(parse("ctrl-M").unwrap_err().contains("as enter"));
    }
}
