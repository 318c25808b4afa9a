//! Unsaved changes of an earlier run: offered, taken over or forgotten.

use crate::base::{Draft, DraftKind, Effect, Level, Shared};
use crate::domain::pins::{Changes, Directory, PinList};
use crate::domain::{Id, Shown};
use crate::screens::Nav;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::widgets::picker::Choice;

use super::PinsScreen;
use super::names::Names;

/// The picker for what becomes of them.
pub(super) const OFFER: &str = "pins draft";
const RESTORE: &str = "restore";
const DISCARD: &str = "discard";

/// Changes that were found.
#[derive(Debug)]
pub(super) struct Found {
    list: PinList,
    /// When and why they were left.
    when: String,
}

impl PinsScreen {
    /// Takes note of them; they are offered when the pins are in view, so that the answer comes here.
    pub(super) fn found(&mut self, draft: Draft, shared: &mut Shared) -> Option<Nav> {
        let at = jiff::Timestamp::from_second(draft.saved_at).map_or_else(|_| "an earlier run".to_owned(), |at| shared.clock(at));
        let reason = draft.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let when = format!("{at}{reason}");
        match serde_json::from_value::<PinList>(draft.body) {
            Ok(list) if list.changed() => {
                self.found = Some(Found { list, when: when.clone() });
                if self.in_view {
                    return self.offer(shared);
                }
                shared.say(Level::Info, format!("Unsaved changes to your pins from {when}: open Pins (4) to restore or discard them"));
            }
            // There is nothing in it to lose.
            Ok(_) => shared.ask(Effect::DiscardFound(DraftKind::Pins)),
            Err(_) => shared
                .say(Level::Warning, format!("Unsaved changes to your pins from {when} cannot be read by this version; they stay on disk")),
        }
        None
    }

    /// Asks what becomes of them.
    pub(super) fn offer(&self, shared: &Shared) -> Option<Nav> {
        let Found { list, when } = self.found.as_ref()?;
        let what = differences(&list.changes(), &shared.directory());
        let choice = |key: &str, label: String, detail: String| Choice {
            key: Id::from(key),
            label: Shown::line(label),
            detail: Shown::line(detail),
        };
        let choices =
            vec![choice(RESTORE, format!("Restore them: {what}"), when.clone()), choice(DISCARD, "Discard them".to_owned(), String::new())];
        Some(Nav::Open(Box::new(Overlay::Choose(Choose::one(OFFER, "Unsaved changes to your pins (Esc asks later)", choices, false)))))
    }

    pub(super) fn offer_answered(&mut self, answer: &[Id], shared: &mut Shared) {
        let Some(Found { list, when }) = self.found.take() else { return };
        if answer.iter().any(|id| id.as_str() == DISCARD) {
            shared.ask(Effect::DiscardFound(DraftKind::Pins));
            shared.say(Level::Info, "The unsaved changes are discarded");
            return;
        }
        // What was done in this run stays; the earlier changes come on top.
        let list = if self.list.changed() { PinList::toward(self.list.base(), list.replay(self.list.ids()).list.ids()) } else { list };
        self.set_list(list);
        self.take_server_list(shared);
        self.learn(shared);
        shared.ask(Effect::AdoptDraft(DraftKind::Pins));
        shared.say(Level::Done, format!("The changes from {when} are back; they are not saved yet"));
    }
}

/// What was changed: by name where all names are known, else only how much.
fn differences(changes: &Changes, directory: &Directory) -> String {
    let Changes { pinned, unpinned, moved } = changes;
    let all: Vec<Id> = pinned.iter().chain(unpinned).chain(moved).cloned().collect();
    if directory.resolve(&all).iter().all(|row| row.name.is_some()) {
        return Names::sentence(changes, "", directory);
    }
    let counts = [(pinned, "pinned"), (unpinned, "unpinned"), (moved, "moved")];
    let parts = counts.into_iter().filter(|(ids, _)| !ids.is_empty()).map(|(ids, word)| format!("{} {word}", ids.len()));
    parts.collect::<Vec<_>>().join(", ")
}
