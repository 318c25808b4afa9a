//! What the form tells of its unsaved edits, and earlier states that become such.

use serde_json::Value as Json;

use super::draft::DraftEdit;
use super::{Form, FormSpec, reading};
use crate::base::{Done, DraftBody, Shared, StagedState, UnsavedChange, UnsavedSection};
use crate::domain::SafeText;
use crate::domain::field::FieldSpec;
use crate::screens::{Edits, SaveOutcome};

impl<S: FormSpec> Form<S> {
    /// A difference as a person reads it.
    pub(super) fn difference(
        spec: &FieldSpec<S::Value>,
        base: Option<&str>,
        mine: &str,
        theirs: Option<&str>,
        shared: &Shared,
    ) -> UnsavedChange {
        let names = shared.names();
        let side = |text: Option<&str>| SafeText::line(reading::side(spec.kind, text, &names));
        UnsavedChange {
            key: spec.key,
            label: spec.label,
            old: Some(side(base)),
            new: Some(side(Some(mine))),
            theirs: theirs.map(|theirs| side(Some(theirs))),
            note: reading::list_change(spec.kind, base, mine, &names).map(SafeText::line),
        }
    }
}

impl<S: FormSpec> Edits for Form<S> {
    fn unsaved(&self) -> usize {
        self.changed().len()
    }

    fn section(&self, shared: &Shared) -> UnsavedSection {
        let rows = self.changed();
        let change = |row: &usize| {
            let (spec, mine, theirs) = (Self::spec(*row)?, self.text(*row)?, self.theirs(*row, shared));
            Some(Self::difference(spec, self.base_text(*row).as_deref(), &mine, theirs.as_deref(), shared))
        };
        let keys: Vec<&'static str> = rows.iter().filter_map(|row| Some(Self::spec(*row)?.key)).collect();
        let mut warnings = self.mine().map(|mine| S::warnings(&keys, &mine, shared)).unwrap_or_default();
        if self.upload_for.is_some() {
            warnings.push("The picture being uploaded is not part of this save.");
        }
        UnsavedSection {
            kind: S::KIND,
            title: SafeText::line(S::KIND.title()),
            changes: rows.iter().filter_map(change).collect(),
            warnings: warnings.into_iter().map(SafeText::line).collect(),
        }
    }

    fn revision(&self) -> u64 {
        self.fingerprint()
    }

    fn draft(&self) -> Option<DraftBody> {
        self.to_draft().map(DraftBody::from)
    }

    fn changes_in(&self, draft: &Json, shared: &Shared) -> Option<Vec<UnsavedChange>> {
        let now = shared.session.account.value().map(|account| S::values(account, shared));
        let change = |found: DraftEdit| {
            let spec = Self::spec(found.row)?;
            let now = now.as_ref().and_then(|now| spec.text(now));
            let theirs = (!spec.same_text(found.base.as_deref(), now.as_deref())).then(|| now.as_deref().unwrap_or_default());
            Some(Self::difference(spec, found.base.as_deref(), &found.mine, theirs, shared))
        };
        Some(Self::read(draft)?.into_iter().filter_map(change).collect())
    }

    fn restore(&mut self, draft: &Json, shared: &mut Shared) -> Result<(), String> {
        self.take_back(&Self::read(draft).unwrap_or_default(), shared)
    }

    fn ready(&mut self, shared: &mut Shared) -> bool {
        self.is_ready(shared)
    }

    fn send(&mut self, shared: &mut Shared) {
        self.start_save(shared);
    }

    fn saved(&mut self, done: Done, shared: &mut Shared) -> Option<SaveOutcome> {
        let Done::Saved(result) = done else { return None };
        self.sync(shared);
        let end = self.take_result(result, shared);
        self.follow(shared);
        Some(end)
    }

    fn resolve(&mut self, key: &str, mine: bool, shared: &mut Shared) {
        self.take_side(key, mine, shared);
    }

    fn stage(&mut self, state: &StagedState, shared: &mut Shared) {
        let (StagedState::Profile(fields) | StagedState::Campus(fields)) = state else { return };
        self.sync(shared);
        self.leave();
        for (key, text) in fields {
            let Some((row, spec)) = Self::position(key).and_then(|row| Some((row, Self::spec(row)?))) else { continue };
            if !spec.same_text(self.base_text(row).as_deref(), Some(text)) {
                self.put(row, text);
                self.judge(row);
            }
        }
    }
}
