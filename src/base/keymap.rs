//! From a key to an action: the table of bindings, with the user's changes, looked up by scope.
//!
//! Dispatch, footer, palette, README and configuration all read the same entries; nothing else may decide what a key means.

use std::borrow::Cow;

use super::action::Action;
use super::bindings::{BINDINGS, Binding};
use super::condition::{Condition, Conditions};
use super::key::{self, Key};
use super::scope::Scope;

/// A binding with its keys as they are for this user.
#[derive(Clone, Debug)]
pub struct KeymapEntry {
    /// The row of the table.
    pub binding: &'static Binding,
    /// Its keys, the one to show first; none if the user took them away.
    pub keys: Vec<Key>,
}

impl KeymapEntry {
    /// The first key, for a person.
    pub fn shown_key(&self) -> Option<String> {
        self.keys.first().copied().map(key::shown)
    }
}

/// What the user wants different: the keys of an action.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The action.
    pub action: Action,
    /// The one scope it is about. Without, it is about every scope of the action; where text is typed, printable keys then do not
    /// count, and if there are no others the table's keys stay.
    pub scope: Option<Scope>,
    /// The keys in place of the table's; none takes the action's keys away.
    pub keys: Vec<Key>,
}

impl Override {
    /// The keys for a binding; none if the table's keys stay.
    fn keys_for(&self, binding: &Binding) -> Option<Vec<Key>> {
        let keys: Vec<Key> = self.keys.iter().copied().filter(|key| !binding.loses(*key)).collect();
        (self.keys.is_empty() || !keys.is_empty()).then_some(keys)
    }
}

/// What a key means in the scopes of a moment. Nothing else decides: not the time, and not what was pressed before.
#[derive(Clone, Copy, Debug)]
pub enum KeyMeaning {
    /// It is bound.
    Bound(&'static Binding),
    /// It is text.
    Text(char),
    /// It means nothing.
    Nothing,
}

/// One key that means two things where only one can be meant.
#[derive(Clone, Copy, Debug)]
pub struct KeyClash<'a> {
    /// One meaning.
    pub one: &'a KeymapEntry,
    /// The other.
    pub other: &'a KeymapEntry,
    /// The key.
    pub key: Key,
}

/// All bindings, in the order of the table (which is the order of importance within a scope).
#[derive(Clone, Debug)]
pub struct Keymap {
    entries: Vec<KeymapEntry>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&[])
    }
}

impl Keymap {
    /// The table with the user's keys in place of the table's.
    pub fn with(overrides: &[Override]) -> Self {
        let entries = BINDINGS
            .iter()
            .map(|binding| {
                let wanted =
                    |change: &&Override| change.action == binding.action && change.scope.is_none_or(|scope| scope == binding.scope);
                let own = overrides.iter().find(wanted).and_then(|change| change.keys_for(binding));
                let keys = own.unwrap_or_else(|| binding.keys.iter().filter_map(|text| key::parse(text).ok()).collect());
                KeymapEntry { binding, keys }
            })
            .collect();
        Self { entries }
    }

    /// The entry a key means, most particular scope first.
    pub fn find(&self, scopes: &[Scope], key: Key) -> Option<&KeymapEntry> {
        scopes.iter().find_map(|scope| self.entries.iter().find(|entry| entry.binding.scope == *scope && entry.keys.contains(&key)))
    }

    /// What a key means.
    pub fn meaning(&self, scopes: &[Scope], key: Key) -> KeyMeaning {
        match (self.find(scopes, key), key::typed(key).filter(|_| Scope::take_text(scopes))) {
            (Some(entry), _) => KeyMeaning::Bound(entry.binding),
            (None, Some(c)) => KeyMeaning::Text(c),
            (None, None) => KeyMeaning::Nothing,
        }
    }

    /// The entries of the active scopes, most particular scope first, without the keys that a more particular scope takes.
    pub fn active<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = KeymapEntry> + 'a {
        self.in_scopes(scopes).map(|entry| self.reaching(scopes, entry))
    }

    fn in_scopes<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = &'a KeymapEntry> + 'a {
        scopes.iter().flat_map(|scope| self.entries.iter().filter(move |entry| entry.binding.scope == *scope))
    }

    /// An entry without the keys that a more particular scope takes.
    fn reaching(&self, scopes: &[Scope], entry: &KeymapEntry) -> KeymapEntry {
        let reaches = |key: &Key| self.find(scopes, *key).is_some_and(|found| std::ptr::eq(found, entry));
        KeymapEntry { binding: entry.binding, keys: entry.keys.iter().copied().filter(reaches).collect() }
    }

    /// The most useful entries that are possible now, best first, never two for one action.
    pub fn hints(&self, scopes: &[Scope], facts: &Conditions) -> Vec<KeymapEntry> {
        let mut hints: Vec<KeymapEntry> = Vec::new();
        // What is never hinted at is most of the table; whether its keys get through need not be known.
        for entry in self.in_scopes(scopes).filter(|entry| entry.binding.hint && facts.missing(entry.binding.needs).is_none()) {
            let entry = self.reaching(scopes, entry);
            if !entry.keys.is_empty() && !hints.iter().any(|hint| hint.binding.action == entry.binding.action) {
                hints.push(entry);
            }
        }
        hints
    }

    /// The key for an action, for a text that names it; in place of a key that was taken away, what the palette calls the action.
    pub fn named(&self, scope: Scope, action: Action) -> String {
        let entry = self.entries.iter().find(|entry| entry.binding.scope == scope && entry.binding.action == action);
        debug_assert!(entry.is_some(), "{action:?} is not bound in {scope:?}");
        entry.map_or_else(|| action.name().to_owned(), |entry| entry.shown_key().unwrap_or_else(|| format!("\"{}\"", entry.binding.help)))
    }

    /// Why nothing that needs this fact is possible while it does not hold.
    pub fn reason(&self, missing: Condition) -> Cow<'static, str> {
        missing.missing(|scope, action| self.named(scope, action))
    }

    /// All entries, in the table's order.
    pub fn entries(&self) -> &[KeymapEntry] {
        &self.entries
    }

    /// Keys with two meanings in scopes that can be active together, in the table's order.
    pub fn clashes(&self) -> Vec<KeyClash<'_>> {
        let mut clashes = Vec::new();
        for (i, one) in self.entries.iter().enumerate() {
            for other in &self.entries[i + 1..] {
                if one.binding.action != other.binding.action && one.binding.scope.disputes(other.binding.scope) {
                    let both = one.keys.iter().filter(|key| other.keys.contains(key));
                    clashes.extend(both.map(|key| KeyClash { one, other, key: *key }));
                }
            }
        }
        clashes
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use strum::IntoEnumIterator;

    use super::super::scope::TOGETHER;
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_read_and_none_means_two_things_at_once() {
        for binding in BINDINGS {
            for text in binding.keys {
                assert!(key::parse(text).is_ok(), "{text} of {:?}", binding.action);
            }
        }
        let keymap = Keymap::default();
        assert!(keymap.clashes().is_empty(), "{:?}", keymap.clashes());
    }

    #[test]
    fn every_action_has_a_binding_and_a_name_that_reads_back() {
        let bound: HashSet<Action> = BINDINGS.iter().map(|binding| binding.action).collect();
        for action in Action::iter() {
            assert!(bound.contains(&action), "{action:?} is bound nowhere");
            assert_eq!(action.name().parse::<Action>(), Ok(action));
        }
    }

    #[test]
    fn a_hint_never_repeats_the_tab_bar() {
        use Action::{ShowCampus, ShowEdit, ShowPins, ShowProfile};
        let shown = BINDINGS.iter().filter(|binding| binding.hint).map(|binding| binding.action);
        assert!(!shown.into_iter().any(|action| [ShowProfile, ShowEdit, ShowCampus, ShowPins].contains(&action)));
    }

    #[test]
    fn every_printable_key_types_where_text_is_typed() {
        let keymap = Keymap::default();
        for c in (' '..='~').chain(['é', '中', '😀']) {
            let key = key::canonical(Key::from(crossterm::event::KeyEvent::new(
                crossterm::event::KeyCode::Char(c),
                crossterm::event::KeyModifiers::NONE,
            )));
            for scopes in TOGETHER.iter().filter(|scopes| scopes.contains(&Scope::Text)) {
                assert!(keymap.find(scopes, key).is_none(), "{c:?} is taken in {scopes:?}");
            }
            assert_eq!(key::typed(key), Some(c));
        }
    }

    #[test]
    fn a_form_that_was_not_entered_leaves_every_letter_but_a_few_to_its_fields() {
        let near = |binding: &&Binding| matches!(binding.scope, Scope::Idle | Scope::Form | Scope::Screen | Scope::Always);
        let printed =
            BINDINGS.iter().filter(near).flat_map(|binding| binding.keys).filter_map(|text| key::typed(key::parse(text).unwrap()));
        assert_eq!(printed.collect::<String>(), "?q1234");
    }

    #[test]
    fn where_no_alt_is_sent_every_action_has_another_key() {
        let plain = |text: &&str| !text.starts_with("alt-");
        // What has no key at all is in the palette.
        for binding in BINDINGS.iter().filter(|binding| !binding.keys.is_empty()) {
            // What Esc leads to is in reach too.
            let others = BINDINGS
                .iter()
                .filter(|other| other.action == binding.action && (other.scope == binding.scope || other.scope == Scope::Screen));
            assert!(others.flat_map(|other| other.keys).any(plain), "{:?} in {:?}", binding.action, binding.scope);
            assert!(binding.keys.first().is_none_or(|first| plain(first) || binding.keys.len() == 1), "{:?} shows Alt", binding.keys);
        }
    }

    #[test]
    fn what_is_told_of_a_key_is_what_it_does() {
        let keymap = Keymap::default();
        for scopes in TOGETHER {
            for entry in keymap.active(scopes) {
                for key in &entry.keys {
                    let found = keymap.find(scopes, *key).unwrap().binding;
                    assert_eq!((found.scope, found.action), (entry.binding.scope, entry.binding.action), "{key} in {scopes:?}");
                }
            }
        }
        let scopes = [Scope::Choice, Scope::Field, Scope::Form];
        let next = keymap.active(&scopes).find(|entry| entry.binding.action == Action::NextField).unwrap();
        assert_eq!(next.keys, [key::parse("down").unwrap()], "Enter opens the list there");
    }

    fn change(action: Action, scope: Option<Scope>, keys: &[&str]) -> Override {
        Override { action, scope, keys: keys.iter().map(|key| key::parse(key).unwrap()).collect() }
    }

    fn meaning(keymap: &Keymap, scope: Scope, key: &str) -> Option<Action> {
        keymap.find(&[scope], key::parse(key).unwrap()).map(|entry| entry.binding.action)
    }

    #[test]
    fn an_override_replaces_the_keys_in_every_scope_or_in_one() {
        let keymap = Keymap::with(&[change(Action::Save, None, &["f11"])]);
        for scope in [Scope::Form, Scope::Pins] {
            assert_eq!((meaning(&keymap, scope, "f11"), meaning(&keymap, scope, "ctrl-s")), (Some(Action::Save), None));
        }
        let keymap = Keymap::with(&[change(Action::Save, Some(Scope::Pins), &["f11"])]);
        assert_eq!(meaning(&keymap, Scope::Pins, "f11"), Some(Action::Save));
        assert_eq!(meaning(&keymap, Scope::Form, "ctrl-s"), Some(Action::Save));
        let keymap = Keymap::with(&[change(Action::Suspend, None, &[])]);
        assert_eq!(meaning(&keymap, Scope::Always, "ctrl-z"), None);
    }

    #[test]
    fn a_printable_key_goes_on_typing_where_text_is_typed_or_begins() {
        let keymap = Keymap::with(&[
            change(Action::AddPicture, None, &["p"]),
            change(Action::Up, None, &["w", "f3"]),
            change(Action::Quit, None, &["Q"]),
        ]);
        assert_eq!((meaning(&keymap, Scope::Form, "p"), meaning(&keymap, Scope::Form, "ctrl-t")), (None, Some(Action::AddPicture)));
        for (scope, expected) in [(Scope::Browse, Some(Action::Up)), (Scope::Screen, None), (Scope::Gallery, None), (Scope::Picker, None)] {
            assert_eq!(meaning(&keymap, scope, "w"), expected, "{scope:?}");
        }
        assert_eq!(meaning(&keymap, Scope::Picker, "f3"), Some(Action::Up));
        assert_eq!(meaning(&keymap, Scope::Screen, "Q"), Some(Action::Quit), "a letter may take the place of a letter");
    }

    #[test]
    fn a_clash_is_found_within_a_scope_and_between_scopes_that_meet() {
        for (action, key, clashes) in [
            (Action::Grab, "x", true),
            (Action::EditThis, "r", true),
            (Action::Filter, "f10", true),
            (Action::Save, "ctrl-k", true),
            (Action::Qr, "x", false),
            (Action::NewLine, "esc", false),
        ] {
            let keymap = Keymap::with(&[change(action, None, &[key])]);
            assert_eq!(!keymap.clashes().is_empty(), clashes, "{action:?} on {key}: {:?}", keymap.clashes());
        }
    }
}
