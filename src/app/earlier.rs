//! Unsaved edits of earlier runs: one offer for all tabs, taken back or discarded together.
//!
//! They are never shown unasked: the letters of a name being typed would be answers to them.

use super::model::Model;
use crate::base::{Action, Effect, FoundDraft, Level, Scope, UnsavedSection};
use crate::domain::SafeText;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::review::{Review, ReviewPurpose};
use crate::screens::{Nav, Tab, YesNoQuestion};

/// Takes note of what was found, and says so.
pub(super) fn found(model: &mut Model, drafts: Vec<FoundDraft>) {
    for draft in drafts {
        match model.edits(draft.kind).changes_in(&draft.body, &model.shared) {
            None => {
                let name = draft.kind.name();
                let text = format!("Unsaved edits of your {name} were found but cannot be read by this version; they stay on disk");
                model.shared.say(Level::Warning, text);
            }
            // There is nothing in it to lose.
            Some(changes) if changes.is_empty() => model.shared.ask(Effect::DiscardFound(draft.kind)),
            Some(_) => model.screens.earlier.push(draft),
        }
    }
    if let Some(title) = title(model) {
        let names: Vec<&str> = model.screens.earlier.iter().map(|draft| draft.kind.name()).collect();
        let key = model.shared.key(Scope::Always, Action::EarlierEdits);
        model.shared.say(Level::Warning, format!("{title}, of your {}: {key} shows them", names.join(" and ")));
    }
}

/// When a draft is from, and why that run ended.
fn origin(model: &Model, draft: &FoundDraft) -> String {
    draft.origin(model.shared.now, &model.shared.zone)
}

/// Where all of them are from, if it is one moment.
fn common_origin(model: &Model) -> Option<String> {
    let mut origins = model.screens.earlier.iter().map(|draft| origin(model, draft));
    let first = origins.next()?;
    origins.all(|other| other == first).then_some(first)
}

/// What they are called together; none if there are none.
fn title(model: &Model) -> Option<String> {
    let several = || "Unsaved edits of earlier runs".to_owned();
    (!model.screens.earlier.is_empty()).then(|| common_origin(model).map_or_else(several, |origin| format!("Unsaved edits {origin}")))
}

/// Shows all of them, with what can be done about them.
pub(super) fn open(model: &mut Model) -> Option<Nav> {
    model.overlays.clear();
    let one = common_origin(model).is_some();
    let section = |draft: &FoundDraft| {
        let kind = draft.kind.title();
        let title = if one { kind.to_owned() } else { format!("{kind}, {}", origin(model, draft)) };
        let changes = model.edits(draft.kind).changes_in(&draft.body, &model.shared).unwrap_or_default();
        UnsavedSection { kind: draft.kind, title: SafeText::line(title), changes, warnings: Vec::new() }
    };
    let sections = model.screens.earlier.iter().map(section).collect();
    Some(Nav::Open(Box::new(Overlay::Review(Review::new(title(model)?, ReviewPurpose::Restore, sections)))))
}

/// Makes them unsaved edits again. What stands in the way of a tab's is said, and that tab's stay where they are.
pub(super) fn restore(model: &mut Model) -> Option<Nav> {
    let (mut tabs, mut in_the_way) = (Vec::new(), Vec::new());
    for draft in std::mem::take(&mut model.screens.earlier) {
        let (edits, shared) = model.edits_mut(draft.kind);
        match edits.restore(&draft.body, shared) {
            Ok(()) => {
                shared.ask(Effect::AdoptDraft(draft.kind));
                tabs.push(Tab::of(draft.kind));
            }
            Err(edited) => {
                in_the_way.push(edited);
                model.screens.earlier.push(draft);
            }
        }
    }
    if in_the_way.is_empty() {
        model.shared.say(Level::Done, "Restored; nothing is sent until you save");
    } else {
        let rest = if tabs.is_empty() { "" } else { "; the rest is restored" };
        let edited = in_the_way.join(", ");
        model.shared.say(Level::Warning, format!("You have edited {edited} since; save or reset that first, then restore{rest}"));
    }
    let first = tabs.first().copied()?;
    (!tabs.contains(&model.tab)).then_some(Nav::Show(first))
}

/// Asks before they are forgotten.
pub(super) fn ask_to_forget(model: &Model) -> Option<Nav> {
    let line = format!("{} will be gone for good.", title(model)?);
    Some(Overlay::ask("Discard these edits?", &[&line], "discard", YesNoQuestion::ForgetDraft))
}

/// Forgets them.
pub(super) fn forget(model: &mut Model) {
    for draft in std::mem::take(&mut model.screens.earlier) {
        model.shared.ask(Effect::DiscardFound(draft.kind));
    }
    model.shared.say(Level::Done, "The earlier edits were discarded");
}
