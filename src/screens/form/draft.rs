//! Unsaved edits on their way to the disk and back: the text of every changed field, and the text it started from, so that a change
//! on the server in the meantime is seen.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value as Json, json};

use super::{Form, Subject};
use crate::base::{Action, Draft, Effect, Level, Scope, Section, Shared};
use crate::domain::Shown;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::review::{Purpose, Review};
use crate::screens::{Ask, FoundEdits, Nav};

/// Edits of an earlier run.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// When they are from and why that run ended.
    pub(super) title: String,
    /// Row, where it started from, what was typed.
    texts: Vec<(usize, Option<String>, String)>,
}

/// Asks before edits of an earlier run are forgotten.
pub(super) fn ask_to_forget(found: &Found) -> Nav {
    let lines = [format!("{} will be gone for good.", found.title)];
    Overlay::ask("Discard these edits?", &[&lines[0]], "discard", Ask::ForgetDraft)
}

impl<S: Subject> Form<S> {
    /// A number that changes with the draft; 0 while there is none.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let changed = self.changed();
        for row in &changed {
            (row, self.base_text(*row), self.text(*row)).hash(&mut hasher);
        }
        if changed.is_empty() { 0 } else { hasher.finish() }
    }

    /// The unsaved edits, if there are any.
    pub(super) fn to_draft(&self) -> Option<Json> {
        let mut fields = Map::new();
        for row in self.changed() {
            let key = Self::spec(row)?.key;
            fields.insert(key.to_owned(), json!({ "base": self.base_text(row), "mine": self.text(row) }));
        }
        (!fields.is_empty()).then(|| json!({ "fields": fields }))
    }

    /// Unsaved edits of an earlier run turned up.
    pub(super) fn take_found(&mut self, draft: &Draft, shared: &mut Shared) {
        let Some(texts) = Self::read(&draft.body) else {
            shared.say(
                Level::Warning,
                format!("Unsaved edits of your {} were found but cannot be read by this version; they stay on disk", S::NAME),
            );
            return;
        };
        // They are never shown unasked: the letters of a name being typed would be answers to them.
        self.found = Some(Found { title: draft.title(shared.now, &shared.zone), texts });
    }

    /// Says of what was found when it is from, and which keys show it.
    pub(super) fn told_of_found(&self, shared: &Shared) -> Option<FoundEdits> {
        let keys = format!("{}, then {}", S::TAB_KEY, shared.key(Scope::Form, Action::EarlierEdits));
        self.found.as_ref().map(|found| FoundEdits { title: found.title.clone(), of: S::NAME, keys })
    }

    /// None if anything about it is not as this version writes it.
    fn read(body: &Json) -> Option<Vec<(usize, Option<String>, String)>> {
        let fields = body.get("fields")?.as_object()?;
        let text = |(key, field): (&String, &Json)| {
            let base = match field.get("base")? {
                Json::Null => None,
                base => Some(base.as_str()?.to_owned()),
            };
            Some((Self::position(key)?, base, field.get("mine")?.as_str()?.to_owned()))
        };
        let texts: Option<Vec<_>> = fields.iter().map(text).collect();
        texts.filter(|texts| !texts.is_empty())
    }

    /// Opens the differences of the edits found, with what can be done about them.
    pub(super) fn show_found(&self, shared: &Shared) -> Option<Nav> {
        let told = self.told(shared);
        let found = self.found.as_ref()?;
        let title = found.title.clone();
        let changes = found.texts.iter().filter_map(|(row, base, mine)| {
            let spec = Self::spec(*row)?;
            let now = told.as_ref().and_then(|told| spec.text(told));
            let theirs = (!spec.same_text(base.as_deref(), now.as_deref())).then(|| now.as_deref().unwrap_or_default());
            Some(Self::difference(spec, base.as_deref(), mine, theirs, shared))
        });
        let section = Section { kind: S::KIND, title: Shown::line(S::KIND.title()), changes: changes.collect(), warnings: Vec::new() };
        let review = Review::new(title, Purpose::Restore, vec![section]);
        Some(Nav::Open(Box::new(Overlay::Review(review))))
    }

    /// Takes the edits found back into the form, unless that would overwrite what was typed since.
    pub(super) fn restore(&mut self, shared: &mut Shared) {
        let Some(found) = self.found.take() else { return };
        let differs = |(row, _, mine): &&(usize, Option<String>, String)| self.is_changed(*row) && self.text(*row).as_ref() != Some(mine);
        let in_the_way: Vec<&str> = found.texts.iter().filter(differs).filter_map(|(row, _, _)| Some(Self::spec(*row)?.label)).collect();
        if !in_the_way.is_empty() {
            let fields = in_the_way.join(", ");
            shared.say(Level::Warning, format!("You have edited {fields} since; save or reset that first, then restore"));
            self.found = Some(found);
            return;
        }
        self.settle();
        for (row, base, mine) in &found.texts {
            self.start_from(*row, base.as_deref(), shared);
            self.put(*row, mine);
            self.judge(*row);
        }
        if let Some((row, _, _)) = found.texts.first() {
            self.row = *row;
        }
        shared.ask(Effect::AdoptDraft(S::KIND));
        self.sync(shared);
        shared.say(Level::Done, "Restored; nothing is sent until you save");
    }

    /// Sets where the user started, for a text that was typed in another run.
    fn start_from(&mut self, row: usize, base: Option<&str>, shared: &Shared) {
        let (Some(spec), Some(told)) = (Self::spec(row), self.told(shared)) else { return };
        let Some(own) = &mut self.base else { return };
        if spec.same_text(base, spec.text(&told).as_deref()) {
            spec.copy(own, &told);
        } else if base.is_none_or(|text| spec.set(own, text).is_err()) {
            // A base that cannot be written any more still differs from the server's value, and so is asked about.
            spec.copy(own, &S::values(&crate::domain::Account::new(""), shared));
        }
        if let Some(field) = self.fields.get_mut(row) {
            field.input.set(base.unwrap_or_default());
        }
    }

    /// Forgets the edits found.
    pub(super) fn forget(&mut self, shared: &mut Shared) {
        if self.found.take().is_some() {
            shared.ask(Effect::DiscardFound(S::KIND));
            shared.say(Level::Done, "The earlier edits were discarded");
        }
    }
}
