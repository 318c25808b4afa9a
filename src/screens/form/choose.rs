//! Choosing a value from a list: interests, majors, sounds, levels of visibility.

use std::collections::BTreeSet;

use super::{Form, FormSpec, reading};
use crate::base::Shared;
use crate::domain::campus::Major;
use crate::domain::field::{FieldKind, split};
use crate::domain::{Id, SafeText};
use crate::screens::Nav;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::widgets::picker::Choice;

impl<S: FormSpec> Form<S> {
    /// Opens the list for the field under the cursor, if it has one; `typed` is what is looked for.
    pub(super) fn choose(&self, typed: &str, shared: &Shared) -> Option<Nav> {
        let (spec, text) = (Self::spec(self.row)?, self.text(self.row)?);
        let chosen: Vec<Id> = split(&text).map(Id::from).collect();
        let items = self.choices(spec.kind, &chosen, shared);
        let mut choose = match spec.kind {
            FieldKind::Interests | FieldKind::Majors => Choose::several(spec.key, spec.label, items, chosen),
            FieldKind::Sound => Choose::one(spec.key, "A sound of the official apps, or another name", items, true),
            FieldKind::Visibility => Choose::one(spec.key, "Who at your school sees the profile", items, false),
            _ => return None,
        };
        choose.stand_on(&Id::from(text.as_str()));
        if !typed.is_empty() {
            choose.look_for(typed);
        }
        Some(Nav::Open(Box::new(Overlay::Choose(choose))))
    }

    fn choices(&self, kind: FieldKind, chosen: &[Id], shared: &Shared) -> Vec<Choice<Id>> {
        let mut items: Vec<Choice<Id>> = match kind {
            FieldKind::Interests => {
                let named = shared.interests.value().into_iter().flatten();
                named
                    .map(|interest| {
                        let category = category(interest.category.as_ref());
                        Choice { also: category.clone(), ..item(&interest.id, interest.name.line(), category) }
                    })
                    .collect()
            }
            FieldKind::Majors => {
                let named = shared.majors.value().into_iter().flatten();
                let choice = |major: &Major| Choice {
                    also: major.also(),
                    ..item(&major.code, major.name.line(), category(major.category.as_ref()))
                };
                named.map(choice).collect()
            }
            kind => kind.suggestions().iter().map(|option| self.option(kind, option)).collect(),
        };
        // A tag can be listed in several categories.
        let mut seen = BTreeSet::new();
        items.retain(|item| seen.insert(item.key.clone()));
        // What nobody can name stays on the list, so that it can be kept or taken away.
        let unnamed = chosen.iter().filter(|id| !seen.contains(id));
        let number = |id: &Id| if kind == FieldKind::Sound || kind == FieldKind::Visibility { id.shown() } else { reading::number(id) };
        items.extend(unnamed.map(|id| item(id, number(id), SafeText::default())));
        items
    }

    fn option(&self, kind: FieldKind, option: &str) -> Choice<Id> {
        let why_not = self.mine().and_then(|mine| S::why_not(kind, option, &mine)).map(SafeText::line);
        Choice { why_not, ..item(&Id::from(option), SafeText::line(reading::one_line(kind, option)), SafeText::default()) }
    }

    /// Takes what was chosen or entered.
    pub(super) fn picked(&mut self, what: &'static str, ids: &[Id], other: Option<String>, shared: &mut Shared) -> Option<Nav> {
        if what == super::pictures::ENTRY {
            return self.take_picture(&other?, shared);
        }
        let row = Self::position(what)?;
        let text = match other {
            Some(other) => other,
            None => ids.iter().map(Id::as_str).collect::<Vec<_>>().join(","),
        };
        self.put(row, &text);
        self.judge(row);
        None
    }
}

fn item(id: &Id, label: SafeText, detail: SafeText) -> Choice<Id> {
    Choice::new(id.clone(), label).detailed(detail)
}

fn category(category: Option<&crate::domain::RawText>) -> SafeText {
    category.map(crate::domain::RawText::line).unwrap_or_default()
}
