//! Saving from any tab: everything unsaved in one review, which is then sent, each part to its job.
//!
//! What is wanted of the frame is answered as a [`Nav`].

use super::model::Model;
use crate::base::{DraftKind, Level, UnsavedSection};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::review::{Review, ReviewPurpose};
use crate::screens::{Answer, Nav, Tab};

/// Opens the review of everything unsaved; where nothing but the pins changed, they are saved at once. What an earlier save left to be
/// decided comes first.
pub(super) fn save(model: &mut Model) -> Option<Nav> {
    if let Some(question) = question(model) {
        return Some(question);
    }
    for kind in DraftKind::ALL {
        let (edits, shared) = model.edits_mut(kind);
        if !edits.ready(shared) {
            return (Tab::of(kind) != model.tab).then_some(Nav::Show(Tab::of(kind)));
        }
    }
    match unsaved(model).as_slice() {
        [] => {
            model.shared.say(Level::Info, "Nothing is left to save");
            None
        }
        [DraftKind::Pins] => send(model),
        _ => review(model),
    }
}

fn question(model: &mut Model) -> Option<Nav> {
    DraftKind::ALL.into_iter().find_map(|kind| {
        let (edits, shared) = model.edits_mut(kind);
        edits.question(shared)
    })
}

/// Does what was answered to the review.
pub(super) fn answered(model: &mut Model, answer: &Answer) -> Option<Nav> {
    match answer {
        Answer::Send => send(model),
        Answer::Resolve { kind, key, mine } => {
            let (edits, shared) = model.edits_mut(*kind);
            edits.resolve(key, *mine, shared);
            if unsaved(model).is_empty() {
                model.shared.say(Level::Info, "Nothing is left to save: the server has it all");
            }
            review(model)
        }
        _ => None,
    }
}

/// The review of everything unsaved; none if there is nothing.
pub(super) fn review(model: &Model) -> Option<Nav> {
    let sections: Vec<UnsavedSection> = unsaved(model).iter().map(|kind| model.edits(*kind).section(&model.shared)).collect();
    let count: usize = unsaved(model).iter().map(|kind| model.edits(*kind).unsaved()).sum();
    let title = if count == 1 { "Save 1 change?".to_owned() } else { format!("Save {count} changes?") };
    (count > 0).then(|| Nav::Open(Box::new(Overlay::Review(Review::new(title, ReviewPurpose::Save, sections)))))
}

/// The screens with something to save.
fn unsaved(model: &Model) -> Vec<DraftKind> {
    DraftKind::ALL.into_iter().filter(|kind| model.edits(*kind).unsaved() > 0).collect()
}

fn send(model: &mut Model) -> Option<Nav> {
    let kinds = unsaved(model);
    // The server may have told something new while the review was open.
    let conflict = |kind: &DraftKind| model.edits(*kind).section(&model.shared).changes.iter().any(|change| change.theirs.is_some());
    if kinds.iter().any(conflict) {
        return review(model);
    }
    if model.shared.session.in_flight.is_writing() {
        model.shared.say(Level::Info, "Another save is under way; save again when it has finished");
        return None;
    }
    for kind in kinds {
        let (edits, shared) = model.edits_mut(kind);
        edits.send(shared);
    }
    None
}
