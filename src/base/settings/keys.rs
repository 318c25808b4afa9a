//! The `[keys]` of the settings: `save = ["ctrl-s", "f11"]`, or `save = { pins = ["f11"] }` for one scope; `[]` takes the keys away.
//!
//! A mistake costs the row it is in: its action keeps the usual keys, and every other row holds.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::super::action::Action;
use super::super::bindings::{BINDINGS, Binding};
use super::super::key::{self, Key};
use super::super::keymap::{KeyClash, Keymap, Override};
use super::super::scope::Scope;
use super::mistakes::{Mistakes, table, unknown};

/// An override and where its keys are written.
struct KeyOverride {
    change: Override,
    name: Range<usize>,
    keys: Vec<(Key, Range<usize>)>,
}

impl KeyOverride {
    /// Where `key` was given to `action` in `scope`.
    fn place(&self, action: Action, scope: Scope, key: Key) -> Option<Range<usize>> {
        let here = self.change.action == action && self.change.scope.is_none_or(|own| own == scope);
        self.keys.iter().find(|(own, _)| here && *own == key).map(|(_, at)| at.clone())
    }
}

/// Reads the table.
pub(super) fn read(value: &Spanned<DeValue<'_>>, mistakes: &mut Mistakes<'_>) -> Vec<Override> {
    let mut written = Vec::new();
    for (name, value) in table(value, "keys", mistakes).into_iter().flatten() {
        match name.get_ref().parse::<Action>() {
            Ok(action) => read_action(action, name.span(), value, &mut written, mistakes),
            Err(_) => mistakes.add(name.span(), unknown("action", name.get_ref(), BINDINGS.iter().map(|binding| binding.action.name()))),
        }
    }
    // A row that goes may leave its usual keys to clash with another row.
    while let Some((row, at, text)) = trouble(&written) {
        mistakes.add(at, text);
        written.remove(row);
    }
    written.into_iter().map(|written| written.change).collect()
}

fn read_action(
    action: Action,
    name: Range<usize>,
    value: &Spanned<DeValue<'_>>,
    written: &mut Vec<KeyOverride>,
    mistakes: &mut Mistakes<'_>,
) {
    let bindings: Vec<&Binding> = BINDINGS.iter().filter(|binding| binding.action == action).collect();
    let Some(rows) = value.get_ref().as_table() else {
        written.extend(keys(value, &bindings, mistakes).map(|keys| entry(action, None, name, keys)));
        return;
    };
    for (scope, value) in rows {
        if let Some(known) = bindings.iter().copied().find(|known| known.scope.name() == scope.get_ref()) {
            written.extend(keys(value, &[known], mistakes).map(|keys| entry(action, Some(known.scope), scope.span(), keys)));
        } else {
            let kind = format!("place of {}", action.name());
            mistakes.add(scope.span(), unknown(&kind, scope.get_ref(), bindings.iter().map(|known| known.scope.name())));
        }
    }
}

fn entry(action: Action, scope: Option<Scope>, name: Range<usize>, keys: Vec<(Key, Range<usize>)>) -> KeyOverride {
    KeyOverride { change: Override { action, scope, keys: keys.iter().map(|(key, _)| *key).collect() }, name, keys }
}

/// One key, or a list of keys, each of which must be possible for one of `bindings`; none if anything is wrong with them.
fn keys(value: &Spanned<DeValue<'_>>, bindings: &[&Binding], mistakes: &mut Mistakes<'_>) -> Option<Vec<(Key, Range<usize>)>> {
    let before = mistakes.len();
    let items = match value.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![value],
    };
    let mut keys = Vec::new();
    for item in items {
        match item.get_ref().as_str().map(key::parse) {
            Some(Ok(key)) if bindings.iter().all(|binding| binding.loses(key)) => {
                mistakes.add(item.span(), format!("{} types itself where this counts; choose a key like f11 or alt-x", key::shown(key)));
            }
            Some(Ok(key)) => keys.push((key, item.span())),
            Some(Err(text)) => mistakes.add(item.span(), text),
            None => mistakes.add(item.span(), "keys must be written in quotes, like \"ctrl-s\" or [\"ctrl-s\", \"f11\"]"),
        }
    }
    (mistakes.len() == before).then_some(keys)
}

/// What only shows when all keys are known: the row to give up, where in it, and why.
fn trouble(written: &[KeyOverride]) -> Option<(usize, Range<usize>, String)> {
    let way_out = |written: &KeyOverride| written.change.action == Action::Interrupt && written.change.keys.is_empty();
    if let Some((row, written)) = written.iter().enumerate().find(|(_, written)| way_out(written)) {
        return Some((row, written.name.clone(), "interrupt needs a key: it is the way out from everywhere".to_owned()));
    }
    let changes: Vec<Override> = written.iter().map(|written| written.change.clone()).collect();
    let keymap = Keymap::with(&changes);
    keymap.clashes().into_iter().find_map(|KeyClash { one, other, key }| {
        let sides = [one.binding, other.binding];
        let place = |written: &KeyOverride| sides.iter().find_map(|side| written.place(side.action, side.scope, key));
        // Of two that collide, the one written last is the one somebody is looking at.
        let places = written.iter().enumerate().filter_map(|(row, written)| Some((row, place(written)?)));
        let (row, at) = places.max_by_key(|(_, at)| at.start)?;
        let [one, other] = sides.map(|side| format!("{} (\"{}\", {})", side.action.name(), side.help, side.scope.title()));
        Some((row, at, format!("{} would mean both {one} and {other}; give one of them another key", key::shown(key))))
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn action(source: &str, scope: Scope, key: &str) -> Option<Action> {
        let reading = read(source);
        assert_eq!(reading.mistakes, [], "{source}");
        reading.settings.keymap().find(&[scope], key::parse(key).unwrap()).map(|entry| entry.binding.action)
    }

    #[test]
    fn keys_are_set_for_an_action_everywhere_or_in_one_place() {
        let source = "[keys]\nsave = [\"f11\", \"ctrl-x\"]\nsuspend = []\nremove = { pins = \"X\" }\nup = \"w\"\n";
        assert_eq!(action(source, Scope::Form, "ctrl-x"), Some(Action::Save));
        assert_eq!(action(source, Scope::Form, "ctrl-s"), None);
        assert_eq!(action(source, Scope::Always, "ctrl-z"), None);
        assert_eq!(action(source, Scope::Pins, "X"), Some(Action::Remove));
        assert_eq!(action(source, Scope::Gallery, "delete"), Some(Action::Remove));
        assert_eq!((action(source, Scope::Viewer, "w"), action(source, Scope::Picker, "up")), (Some(Action::Up), Some(Action::Up)));
    }

    #[test]
    fn two_actions_can_trade_their_keys() {
        let source = "[keys]\ngrab = { pins = \"x\" }\nremove = { pins = \"space\" }\n";
        assert_eq!((action(source, Scope::Pins, "x"), action(source, Scope::Pins, "space")), (Some(Action::Grab), Some(Action::Remove)));
    }

    #[test]
    fn a_mistake_costs_its_own_row_and_no_other() {
        let source = "[keys]\nsav = \"f11\"\nqr = [\"z\", \"ctrl-foo\"]\nreveal = \"f14\"\ncopy = { profile = \"f11\", pinz = \"f11\" }\ngrab = { pins = \"x\" }\n";
        let reading = read(source);
        assert_eq!(reading.mistakes.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [2, 3, 5, 6], "{:?}", reading.mistakes);
        let keymap = reading.settings.keymap();
        let means = |scope, key| keymap.find(&[scope], key::parse(key).unwrap()).map(|entry| entry.binding.action);
        assert_eq!((means(Scope::Profile, "f14"), means(Scope::Profile, "f11")), (Some(Action::Reveal), Some(Action::Copy)));
        assert_eq!((means(Scope::Profile, "z"), means(Scope::Profile, "o")), (None, Some(Action::Qr)), "half a row is no row");
        assert_eq!((means(Scope::Pins, "space"), means(Scope::Pins, "x")), (Some(Action::Grab), Some(Action::Remove)));
    }

    #[test]
    fn of_two_that_would_trade_keys_neither_does_when_one_is_mistyped() {
        let reading = read("[keys]\ngrab = { pins = \"x\" }\nremove = { pins = \"spce\" }\n");
        assert_eq!(reading.mistakes.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [2, 3]);
        assert!(reading.settings.keymap().clashes().is_empty());
    }

    #[test]
    fn every_mistake_is_told_with_line_and_column_and_the_usual_keys_stay() {
        for (source, line, column, said) in [
            ("[keys]\nsav = \"f11\"", 2, 1, "did you mean save?"),
            ("[keys]\nfrobnicate = \"f11\"", 2, 1, "there is no action \"frobnicate\"; `lapel config` lists them all"),
            ("[keys]\nsave = [\"f11\", \"ctrl-foo\"]", 2, 16, "\"ctrl-foo\" is not a key"),
            ("[keys]\nsave = \"ctrl-i\"", 2, 8, "as tab"),
            ("[keys]\nsave = 2", 2, 8, "in quotes"),
            ("[keys]\nsave = { pinz = \"f11\" }", 2, 10, "did you mean pins?"),
            ("[keys]\nsave = { field = \"f11\" }", 2, 10, "there are profile, form, carry, pins"),
            ("[keys]\nsave = { form = \"s\" }", 2, 17, "types itself"),
            ("[keys]\nremove = { gallery = \"x\" }", 2, 22, "types itself"),
            ("[keys]\nword-left = [\"ctrl-g\", \"b\"]", 2, 24, "b types itself"),
            ("[keys]\ngrab = { pins = \"3\" }", 2, 17, "3 would mean both"),
            ("[keys]\nmessages = { always = \"!\" }", 2, 23, "types itself"),
            ("[keys]\ngrab = [\"f11\", \"J\"]", 2, 16, "J would mean both"),
            ("[keys]\nedit-this = \"r\"", 2, 13, "refresh (\"read again\", On Profile and Pins)"),
            ("[keys]\nfilter = \"f11\"\nadd = \"f11\"", 3, 7, "add (\"pin something\", Pins)"),
            ("[keys]\ninterrupt = []", 2, 1, "the way out"),
        ] {
            let reading = read(source);
            let [mistake] = &reading.mistakes[..] else { panic!("{source}: {:?}", reading.mistakes) };
            assert_eq!((mistake.line, mistake.column), (line, column), "{source}: {mistake}");
            assert!(mistake.text.contains(said), "{source}: {mistake}");
            assert_eq!(reading.settings.keys.len(), source.lines().count() - 2, "{source}: its row goes, another stays");
        }
    }
}
