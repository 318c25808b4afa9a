//! The one idea of unsaved: what the screens have changed is added up, kept on disk, and brought back from earlier states.

use super::model::Model;
use crate::base::{DraftKind, Effect, StagedState, Unsaved, UnsavedChange};
use crate::screens::Tab;

/// Tells all screens what is unsaved: how much, and to the only one that shows it, what.
pub(super) fn tell(model: &mut Model) {
    let counts = DraftKind::ALL.map(|kind| (kind, model.edits(kind).unsaved()));
    if model.tab != Tab::Profile {
        model.shared.unsaved = Unsaved::new(counts, []);
        return;
    }
    let forms = counts.iter().filter(|(kind, count)| *kind != DraftKind::Pins && *count > 0);
    let changes = forms.flat_map(|(kind, _)| model.edits(*kind).section(&model.shared).changes);
    let pending: Vec<_> = changes.filter_map(|UnsavedChange { key, new, .. }| Some((key, new?))).collect();
    model.shared.unsaved = Unsaved::new(counts, pending);
}

/// Unsaved edits go to the disk's keeper whenever they change; it writes them within a second.
pub(super) fn keep(model: &mut Model) {
    for (slot, kind) in DraftKind::ALL.into_iter().enumerate() {
        let revision = model.edits(kind).revision();
        if model.screens.kept[slot] != revision {
            let body = model.edits(kind).draft();
            model.screens.kept[slot] = revision;
            model.shared.ask(Effect::KeepDraft(kind, body));
        }
    }
}

/// Makes earlier states unsaved edits.
pub(super) fn stage(model: &mut Model, states: &[StagedState]) {
    for state in states {
        let (edits, shared) = model.edits_mut(state.kind());
        edits.stage(state, shared);
    }
}
