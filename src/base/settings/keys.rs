//! The `[keys]` of the settings: `save = ["ctrl-s", "f2"]`, or `save = { pins = ["f2"] }` for one scope; `[]` takes the keys away.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::super::action::Action;
use super::super::bindings::BINDINGS;
use super::super::key::{self, Key};
use super::super::keymap::{Clash, Keymap, Override};
use super::super::scope::Scope;
use super::mistakes::{Mistakes, table, unknown};

/// An override and where its keys are written.
struct Written {
    change: Override,
    name: Range<usize>,
    keys: Vec<(Key, Range<usize>)>,
}

impl Written {
    /// Where `key` was given to `action` in `scope`.
    fn place(&self, action: Action, scope: Scope, key: Key) -> Option<Range<usize>> {
        let here = self.change.action == action && self.change.scope.is_none_or(|own| own == scope);
        self.keys.iter().find(|(own, _)| here && *own == key).map(|(_, at)| at.clone())
    }
}

/// Reads the table; one mistake in it, and the usual keys stay.
pub(super) fn read(value: &Spanned<DeValue<'_>>, mistakes: &mut Mistakes<'_>) -> Vec<Override> {
    let before = mistakes.len();
    let mut written = Vec::new();
    for (name, value) in table(value, "keys", mistakes).into_iter().flatten() {
        match name.get_ref().parse::<Action>() {
            Ok(action) => read_action(action, name.span(), value, &mut written, mistakes),
            Err(_) => mistakes.add(name.span(), unknown("action", name.get_ref(), BINDINGS.iter().map(|binding| binding.action.name()))),
        }
    }
    if mistakes.len() == before {
        check(&written, mistakes);
    }
    if mistakes.len() > before { Vec::new() } else { written.into_iter().map(|written| written.change).collect() }
}

fn read_action(action: Action, name: Range<usize>, value: &Spanned<DeValue<'_>>, written: &mut Vec<Written>, mistakes: &mut Mistakes<'_>) {
    let scopes: Vec<Scope> = BINDINGS.iter().filter(|binding| binding.action == action).map(|binding| binding.scope).collect();
    let Some(rows) = value.get_ref().as_table() else {
        let keys = keys(value, &scopes, mistakes);
        written.push(entry(action, None, name, keys));
        return;
    };
    for (scope, value) in rows {
        if let Some(known) = scopes.iter().copied().find(|known| known.name() == scope.get_ref()) {
            let keys = keys(value, &[known], mistakes);
            written.push(entry(action, Some(known), scope.span(), keys));
        } else {
            let kind = format!("place of {}", action.name());
            mistakes.add(scope.span(), unknown(&kind, scope.get_ref(), scopes.iter().copied().map(Scope::name)));
        }
    }
}

fn entry(action: Action, scope: Option<Scope>, name: Range<usize>, keys: Vec<(Key, Range<usize>)>) -> Written {
    Written { change: Override { action, scope, keys: keys.iter().map(|(key, _)| *key).collect() }, name, keys }
}

/// One key, or a list of keys, each of which must be free in one of `scopes`.
fn keys(value: &Spanned<DeValue<'_>>, scopes: &[Scope], mistakes: &mut Mistakes<'_>) -> Vec<(Key, Range<usize>)> {
    let items = match value.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![value],
    };
    let mut keys = Vec::new();
    for item in items {
        match item.get_ref().as_str().map(key::parse) {
            Some(Ok(key)) if key::typed(key).is_some() && scopes.iter().all(|scope| scope.types()) => {
                mistakes.add(item.span(), format!("{} types itself where this counts; choose a key like ctrl-g or f2", key::shown(key)));
            }
            Some(Ok(key)) => keys.push((key, item.span())),
            Some(Err(text)) => mistakes.add(item.span(), text),
            None => mistakes.add(item.span(), "keys must be written in quotes, like \"ctrl-s\" or [\"ctrl-s\", \"f2\"]"),
        }
    }
    keys
}

/// What only shows when all keys are known.
fn check(written: &[Written], mistakes: &mut Mistakes<'_>) {
    let changes: Vec<Override> = written.iter().map(|written| written.change.clone()).collect();
    let keymap = Keymap::with(&changes);
    let mut told: Vec<(Range<usize>, [Action; 2])> = Vec::new();
    for Clash { one, other, key } in keymap.clashes() {
        let sides = [one.binding, other.binding];
        let place = |written: &Written| sides.iter().find_map(|side| written.place(side.action, side.scope, key));
        // Of two that collide, the one written last is the one somebody is looking at.
        let at = written.iter().filter_map(place).max_by_key(|at| at.start).unwrap_or_default();
        let actions = sides.map(|side| side.action);
        if told.iter().any(|(place, pair)| *place == at && actions.iter().all(|action| pair.contains(action))) {
            continue;
        }
        told.push((at.clone(), actions));
        let [one, other] = sides.map(|side| format!("{} (\"{}\", {})", side.action.name(), side.help, side.scope.title()));
        mistakes.add(at, format!("{} would mean both {one} and {other}; give one of them another key", key::shown(key)));
    }
    let way_out = |written: &&Written| written.change.action == Action::Interrupt && written.change.keys.is_empty();
    if let Some(written) = written.iter().find(way_out) {
        mistakes.add(written.name.clone(), "interrupt needs a key: it is the way out from everywhere");
    }
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
        let source = "[keys]\nsave = [\"f2\", \"ctrl-g\"]\nsuspend = []\nremove = { pins = \"X\" }\nup = \"w\"\n";
        assert_eq!(action(source, Scope::Form, "ctrl-g"), Some(Action::Save));
        assert_eq!(action(source, Scope::Field, "ctrl-s"), None);
        assert_eq!(action(source, Scope::Always, "ctrl-z"), None);
        assert_eq!(action(source, Scope::Pins, "X"), Some(Action::Remove));
        assert_eq!(action(source, Scope::Gallery, "d"), Some(Action::Remove));
        assert_eq!((action(source, Scope::Viewer, "w"), action(source, Scope::Picker, "up")), (Some(Action::Up), Some(Action::Up)));
    }

    #[test]
    fn two_actions_can_trade_their_keys() {
        let source = "[keys]\ngrab = { pins = \"x\" }\nremove = { pins = \"space\" }\n";
        assert_eq!((action(source, Scope::Pins, "x"), action(source, Scope::Pins, "space")), (Some(Action::Grab), Some(Action::Remove)));
    }

    #[test]
    fn every_mistake_is_told_with_line_and_column_and_the_usual_keys_stay() {
        for (source, line, column, said) in [
            ("[keys]\nsav = \"f2\"", 2, 1, "did you mean save?"),
            ("[keys]\nfrobnicate = \"f2\"", 2, 1, "there is no action \"frobnicate\"; `lapel config` lists them all"),
            ("[keys]\nsave = [\"f2\", \"ctrl-foo\"]", 2, 15, "\"ctrl-foo\" is not a key"),
            ("[keys]\nsave = \"ctrl-i\"", 2, 8, "as tab"),
            ("[keys]\nsave = 2", 2, 8, "in quotes"),
            ("[keys]\nsave = { pinz = \"f2\" }", 2, 10, "did you mean pins?"),
            ("[keys]\nsave = { profile = \"f2\" }", 2, 10, "there are form, field, carry, pins"),
            ("[keys]\nsave = { field = \"s\" }", 2, 18, "types itself"),
            ("[keys]\nword-left = [\"ctrl-g\", \"b\"]", 2, 24, "b types itself"),
            ("[keys]\ngrab = { pins = \"3\" }", 2, 17, "3 would mean both"),
            ("[keys]\nmessages = { always = \"!\" }", 2, 23, "types itself"),
            ("[keys]\ngrab = [\"f2\", \"J\"]", 2, 15, "J would mean both"),
            ("[keys]\nedit-this = \"r\"", 2, 13, "refresh (\"read again\", On Profile and Pins)"),
            ("[keys]\nfilter = \"f2\"\nadd = \"f2\"", 3, 7, "add (\"pin something\", Pins)"),
            ("[keys]\ninterrupt = []", 2, 1, "the way out"),
        ] {
            let reading = read(source);
            let [mistake] = &reading.mistakes[..] else { panic!("{source}: {:?}", reading.mistakes) };
            assert_eq!((mistake.line, mistake.column), (line, column), "{source}: {mistake}");
            assert!(mistake.text.contains(said), "{source}: {mistake}");
            assert_eq!(reading.settings.keys, [], "{source}");
        }
    }
}
