//! From a key to an action: the table of bindings, with the user's changes, looked up by scope.
//!
//! Dispatch, footer, palette, README and configuration all read the same entries; nothing else may decide what a key means.

use super::action::Action;
use super::bindings::BINDINGS;
use super::fact::{Fact, Facts};
use super::key::{self, Key};

/// Where a binding counts. Several scopes are active at once, the most particular first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Scope {
    /// Everywhere, also while typing and in overlays.
    Always,
    /// On every screen while no text is being typed.
    Screen,
    /// The profile.
    Profile,
    /// The form of the profile or the campus, between its fields.
    Form,
    /// Inside a field of a form.
    Field,
    /// Where text is typed.
    Text,
    /// Where text has several lines.
    LongText,
    /// In a field whose value is chosen.
    Choice,
    /// A list of pictures inside the form.
    Gallery,
    /// The pins.
    Pins,
    /// The filter line of the pins.
    Filter,
    /// Where a digit begins a count instead of meaning a tab at once; before all bindings.
    Count,
    /// Typing the position a pin is moved to.
    Position,
    /// Signing in.
    SignIn,
    /// A list to choose from by typing.
    Picker,
    /// A list to choose several from by typing.
    Checklist,
    /// A line of text for something that is no field.
    Entry,
    /// A question.
    Confirm,
    /// The review before a save.
    Review,
    /// Edits of an earlier run.
    Earlier,
    /// Something to look at.
    Viewer,
}

impl Scope {
    /// The heading of the scope in help and documentation.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Everywhere",
            Self::Screen => "On every screen",
            Self::Profile => "Profile",
            Self::Form => "Edit and Campus",
            Self::Field => "In a field",
            Self::Text => "While typing",
            Self::LongText => "In the bio",
            Self::Choice => "In a field with a choice",
            Self::Gallery => "In the gallery",
            Self::Pins => "Pins",
            Self::Filter => "While filtering",
            Self::Count => "Counts",
            Self::Position => "Typing a position",
            Self::SignIn => "Signing in",
            Self::Picker => "Choosing",
            Self::Checklist => "Choosing several",
            Self::Entry => "Typing a path",
            Self::Confirm => "Questions",
            Self::Review => "Reviewing a save",
            Self::Earlier => "Edits of an earlier run",
            Self::Viewer => "Messages and QR code",
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it counts.
    pub scope: Scope,
    /// Its keys, the one to show first.
    pub keys: &'static [&'static str],
    /// What it asks for.
    pub action: Action,
    /// A few words in lower case.
    pub help: &'static str,
    /// What must hold for it to be possible.
    pub needs: &'static [Fact],
    /// Whether the footer may show it.
    pub hint: bool,
}

/// A binding with its keys as they are for this user.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The row of the table.
    pub binding: &'static Binding,
    /// Its keys, the one to show first; none if the user took them away.
    pub keys: Vec<Key>,
}

impl Entry {
    /// The first key, for a person.
    pub fn shown_key(&self) -> Option<String> {
        self.keys.first().copied().map(key::shown)
    }
}

/// What the user wants different: an action and its keys.
pub type Override = (Action, Vec<Key>);

/// All bindings, in the order of the table (which is the order of importance within a scope).
#[derive(Clone, Debug)]
pub struct Keymap {
    entries: Vec<Entry>,
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
                let own = overrides.iter().find(|(action, _)| *action == binding.action);
                let keys = match own {
                    Some((_, keys)) => keys.clone(),
                    None => binding.keys.iter().filter_map(|text| key::parse(text).ok()).collect(),
                };
                Entry { binding, keys }
            })
            .collect();
        Self { entries }
    }

    /// The entry a key means, most particular scope first.
    pub fn find(&self, scopes: &[Scope], key: Key) -> Option<&Entry> {
        scopes.iter().find_map(|scope| self.entries.iter().find(|entry| entry.binding.scope == *scope && entry.keys.contains(&key)))
    }

    /// The entries of the active scopes, most particular scope first.
    pub fn active<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = &'a Entry> {
        scopes.iter().flat_map(|scope| self.entries.iter().filter(move |entry| entry.binding.scope == *scope))
    }

    /// The most useful entries that are possible now: at most `most`, never two for one action.
    pub fn hints<'a>(&'a self, scopes: &'a [Scope], facts: &Facts, most: usize) -> Vec<&'a Entry> {
        let mut hints: Vec<&Entry> = Vec::new();
        for entry in self.active(scopes) {
            let wanted = !entry.keys.is_empty() && entry.binding.hint && facts.missing(entry.binding.needs).is_none();
            if wanted && !hints.iter().any(|hint| hint.binding.action == entry.binding.action) {
                hints.push(entry);
            }
            if hints.len() == most {
                break;
            }
        }
        hints
    }

    /// All entries, in the table's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Two actions on one key in scopes that can be active together, if there are any.
    pub fn clash(&self) -> Option<(&Entry, &Entry, Key)> {
        for (i, a) in self.entries.iter().enumerate() {
            for b in &self.entries[i + 1..] {
                let together = a.binding.scope == b.binding.scope && a.binding.action != b.binding.action;
                if let (true, Some(key)) = (together, a.keys.iter().find(|key| b.keys.contains(key))) {
                    return Some((a, b, *key));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_read_and_none_means_two_things_in_one_scope() {
        for binding in BINDINGS {
            for text in binding.keys {
                assert!(key::parse(text).is_ok(), "{text} of {:?}", binding.action);
            }
        }
        assert!(Keymap::default().clash().is_none(), "{:?}", Keymap::default().clash());
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
    fn every_printable_key_types_where_text_is_typed() {
        let keymap = Keymap::default();
        for c in (' '..='~').chain(['é', '中', '😀']) {
            let key = key::canonical(Key::from(crossterm::event::KeyEvent::new(
                crossterm::event::KeyCode::Char(c),
                crossterm::event::KeyModifiers::NONE,
            )));
            for scopes in [&[Scope::Text, Scope::LongText, Scope::Field, Scope::Always][..], &[Scope::Picker, Scope::Text, Scope::Always]] {
                assert!(keymap.find(scopes, key).is_none(), "{c:?} is taken in {scopes:?}");
            }
            assert_eq!(key::typed(key), Some(c));
        }
    }

    #[test]
    fn an_override_replaces_the_keys_everywhere_and_a_clash_is_found() {
        let keymap = Keymap::with(&[(Action::Save, vec![key::parse("f2").unwrap()])]);
        let find = |text| keymap.find(&[Scope::Form], key::parse(text).unwrap()).map(|entry| entry.binding.action);
        assert_eq!((find("f2"), find("ctrl-s")), (Some(Action::Save), None));
        assert!(Keymap::with(&[(Action::Grab, vec![key::parse("x").unwrap()])]).clash().is_some());
    }
}
