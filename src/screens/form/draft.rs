//! Unsaved edits on their way to the disk and back: the text of every changed field, and the text it started from, so that a change
//! on the server in the meantime is seen.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value as Json;

use super::{Form, FormSpec};
use crate::base::Shared;
use crate::base::draft::{FieldEdit, edits_from_json, edits_to_json};

/// A field's edit of an earlier run.
pub(super) struct DraftEdit {
    pub(super) row: usize,
    /// Where it started from; none if the server had told nothing.
    pub(super) base: Option<String>,
    /// What was typed.
    pub(super) mine: String,
}

impl<S: FormSpec> Form<S> {
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
        let edit = |row| {
            let key = Self::spec(row)?.key.to_owned();
            Some(FieldEdit { key, base: self.base_text(row), mine: self.text(row).unwrap_or_default() })
        };
        edits_to_json(self.changed().into_iter().filter_map(edit))
    }

    /// None if anything about it is not as this version writes it.
    pub(super) fn read(body: &Json) -> Option<Vec<DraftEdit>> {
        let edit = |edit: FieldEdit| Some(DraftEdit { row: Self::position(&edit.key)?, base: edit.base, mine: edit.mine });
        let found: Option<Vec<_>> = edits_from_json(body)?.into_iter().map(edit).collect();
        found.filter(|found| !found.is_empty())
    }

    /// Takes edits of an earlier run into the form, unless that would overwrite what was typed since; then says which fields.
    pub(super) fn take_back(&mut self, found: &[DraftEdit], shared: &Shared) -> Result<(), String> {
        self.sync(shared);
        let differs = |found: &&DraftEdit| self.is_changed(found.row) && self.text(found.row).as_ref() != Some(&found.mine);
        let in_the_way: Vec<&str> = found.iter().filter(differs).filter_map(|found| Some(Self::spec(found.row)?.label)).collect();
        if !in_the_way.is_empty() {
            return Err(in_the_way.join(", "));
        }
        self.leave();
        for DraftEdit { row, base, mine } in found {
            self.start_from(*row, base.as_deref(), shared);
            self.put(*row, mine);
            self.judge(*row);
        }
        if let Some(found) = found.first() {
            self.row = found.row;
        }
        self.sync(shared);
        Ok(())
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
}
