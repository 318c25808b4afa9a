//! What the pins tell of their unsaved changes, and earlier lists that become such.

use serde_json::Value as Json;

use super::names::PinNames;
use super::{PinsScreen, draft};
use crate::base::{Done, DraftBody, DraftKind, Shared, StagedState, UnsavedChange, UnsavedSection};
use crate::domain::pins::{Changes, PinList};
use crate::domain::{Id, SafeText};
use crate::screens::{Edits, Nav, SaveOutcome, Screen};

/// As many pins are named in one sentence.
const MOST_NAMED: usize = 12;

impl Edits for PinsScreen {
    fn unsaved(&self) -> usize {
        self.changes.count()
    }

    fn section(&self, shared: &Shared) -> UnsavedSection {
        let changes = differences(&self.list, shared);
        UnsavedSection { kind: DraftKind::Pins, title: SafeText::line(DraftKind::Pins.title()), changes, warnings: Vec::new() }
    }

    fn revision(&self) -> u64 {
        self.revision
    }

    fn draft(&self) -> Option<DraftBody> {
        self.list.changed().then(|| self.list.draft().into())
    }

    fn changes_in(&self, draft: &Json, shared: &Shared) -> Option<Vec<UnsavedChange>> {
        draft::read(draft).map(|list| differences(&list, shared))
    }

    fn restore(&mut self, draft: &Json, shared: &mut Shared) -> Result<(), String> {
        if let Some(list) = draft::read(draft) {
            self.take_back(list, shared);
        }
        Ok(())
    }

    fn ready(&mut self, shared: &mut Shared) -> bool {
        if self.is_carrying() {
            self.put_down(shared);
        }
        self.position.is_none() || self.go_to_position(shared)
    }

    fn send(&mut self, shared: &mut Shared) {
        self.save(shared);
    }

    fn saved(&mut self, done: Done, shared: &mut Shared) -> Option<SaveOutcome> {
        if let Done::PinsSaved(sent, result) = done { Some(self.take_result(&sent, result, shared)) } else { None }
    }

    fn question(&mut self, shared: &Shared) -> Option<Nav> {
        self.review(shared)
    }

    /// What changed on both sides is asked by a review of its own, after the save met it.
    fn resolve(&mut self, _key: &str, _mine: bool, _shared: &mut Shared) {}

    fn stage(&mut self, state: &StagedState, shared: &mut Shared) {
        let StagedState::Pins(ids) = state else { return };
        self.rows.cancel(self.len());
        self.set_list(PinList::toward(self.list.base(), ids));
        self.learn(shared);
    }
}

/// What was changed: by name where names are known, else only how much.
pub(super) fn differences(list: &PinList, shared: &Shared) -> Vec<UnsavedChange> {
    let Changes { pinned, unpinned, moved } = list.changes();
    let directory = shared.session.directory();
    let row_of = |ids: &[Id], id: &Id| ids.iter().position(|other| other == id).map(|row| row + 1);
    let change = |(key, label, ids): (&'static str, &'static str, &Vec<Id>)| {
        if directory.resolve(ids).iter().all(|row| row.name.is_none()) {
            let many = if ids.len() == 1 { "1 conversation".to_owned() } else { format!("{} conversations", ids.len()) };
            return UnsavedChange { key, label, note: Some(SafeText::line(many)), ..UnsavedChange::default() };
        }
        let mut names = PinNames::default();
        names.explain(ids.iter().take(MOST_NAMED), &directory);
        let told = |id: &Id| {
            let name = names.shown(id);
            match (row_of(list.base(), id), row_of(list.ids(), id)) {
                (Some(from), Some(to)) => format!("{name} from {from} to {to}"),
                (None, Some(to)) => format!("{name} at {to}"),
                _ => name.into_string(),
            }
        };
        let mut texts: Vec<String> = ids.iter().take(MOST_NAMED).map(told).collect();
        if ids.len() > texts.len() {
            texts.push(format!("and {} more", ids.len() - texts.len()));
        }
        UnsavedChange { key, label, note: Some(SafeText::line(texts.join(", "))), ..UnsavedChange::default() }
    };
    let kinds = [("pinned", "Pinned", &pinned), ("unpinned", "Unpinned", &unpinned), ("moved", "Moved", &moved)];
    kinds.into_iter().filter(|(_, _, ids)| !ids.is_empty()).map(change).collect()
}
