//! What a whole control sequence means. Most of those that are no keys are answers, to a question of this program or of one before it,
//! and mean nothing.

use crossterm::event::{KeyCode, KeyModifiers};
use vte::Params;

use super::{keys, mouse};
use crate::base::Input;

/// What a sequence means.
#[derive(Debug)]
pub(super) enum SequenceMeaning {
    /// A key.
    Key(KeyCode, KeyModifiers),
    /// Something else that the editor knows.
    Input(Input),
    /// A paste begins.
    Paste,
    /// Nothing: it is swallowed.
    Nothing,
}

impl From<Option<(KeyCode, KeyModifiers)>> for SequenceMeaning {
    fn from(key: Option<(KeyCode, KeyModifiers)>) -> Self {
        key.map_or(Self::Nothing, |(code, modifiers)| Self::Key(code, modifiers))
    }
}

/// `ESC O` and this byte, with the number of the modifiers if there was one.
pub(super) fn single(byte: u8, number: u16) -> SequenceMeaning {
    let control = || rxvt_arrow(byte).map(|code| (code, KeyModifiers::CONTROL));
    let key = || Some((keys::lettered(byte).or_else(|| keys::keypad(byte))?, keys::modifiers(number)?));
    key().or_else(control).into()
}

/// `ESC [ [` and this byte.
pub(super) fn console(byte: u8) -> SequenceMeaning {
    (b'A'..=b'E').contains(&byte).then(|| (KeyCode::F(byte - b'A' + 1), KeyModifiers::NONE)).into()
}

/// `CSI` with these parameters and this end.
pub(super) fn control(params: &Params, intermediates: &[u8], end: char) -> SequenceMeaning {
    let params: Vec<&[u16]> = params.iter().collect();
    let value = |at: usize| params.get(at).and_then(|param| param.first()).copied().unwrap_or_default();
    match intermediates {
        [] => {}
        b"<" if matches!(end, 'M' | 'm') => {
            return mouse::report(value(0), value(1), value(2), end == 'M').map_or(SequenceMeaning::Nothing, SequenceMeaning::Input);
        }
        // Of what it can do, 4 are sixels; the first number is the terminal it is like.
        b"?" if end == 'c' => {
            let sixel = params.iter().skip(1).any(|param| param.first() == Some(&4));
            return SequenceMeaning::Input(Input::Attributes { sixel });
        }
        _ => return SequenceMeaning::Nothing,
    }
    match end {
        '~' if value(0) == 200 => SequenceMeaning::Paste,
        // A key with a code of its own, in xterm's form.
        '~' if value(0) == 27 => keys::coded(value(2)).and_then(|code| Some(keys::plain(code, keys::modifiers(value(1))?))).into(),
        '~' => with_modifiers(keys::numbered(value(0)), &params),
        // Shift is in the end with rxvt, and Control.
        '^' => keys::numbered(value(0)).map(|code| (code, KeyModifiers::CONTROL)).into(),
        '@' => keys::numbered(value(0)).map(|code| (code, KeyModifiers::CONTROL | KeyModifiers::SHIFT)).into(),
        'u' => coded(&params),
        'Z' => SequenceMeaning::Key(KeyCode::BackTab, KeyModifiers::SHIFT),
        // With parameters it is where the cursor is, an answer.
        'R' if params.len() > 1 => SequenceMeaning::Nothing,
        'A'..='S' if value(0) <= 1 => with_modifiers(keys::lettered(end as u8), &params),
        'a'..='d' => rxvt_arrow(end as u8).map(|code| (code, KeyModifiers::SHIFT)).into(),
        _ => SequenceMeaning::Nothing,
    }
}

/// `CSI code : shifted ; modifiers : kind u`.
fn coded(params: &[&[u16]]) -> SequenceMeaning {
    let code = params.first().and_then(|param| param.first()).and_then(|code| keys::coded(*code));
    let SequenceMeaning::Key(code, modifiers) = with_modifiers(code, params) else { return SequenceMeaning::Nothing };
    let shifted = params.first().and_then(|param| param.get(1)).and_then(|code| keys::coded(*code));
    let code = shifted.filter(|_| modifiers.contains(KeyModifiers::SHIFT)).unwrap_or(code);
    let (code, modifiers) = keys::plain(code, modifiers);
    SequenceMeaning::Key(code, modifiers)
}

/// The key with the modifiers and the kind of event in the second parameter.
fn with_modifiers(code: Option<KeyCode>, params: &[&[u16]]) -> SequenceMeaning {
    const RELEASED: u16 = 3;
    let second: &[u16] = params.get(1).copied().unwrap_or_default();
    if second.get(1) == Some(&RELEASED) {
        return SequenceMeaning::Nothing;
    }
    let modifiers = keys::modifiers(second.first().copied().unwrap_or_default());
    code.zip(modifiers).into()
}

fn rxvt_arrow(letter: u8) -> Option<KeyCode> {
    (b'a'..=b'd').contains(&letter).then(|| keys::lettered(letter.to_ascii_uppercase())).flatten()
}
