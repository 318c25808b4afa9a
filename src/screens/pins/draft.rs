//! Unsaved changes of an earlier run: shown, taken back or forgotten.

use super::PinsScreen;
use super::unsaved::differences;
use crate::base::{Action, Draft, DraftKind, Effect, Level, Scope, Section, Shared};
use crate::domain::Shown;
use crate::domain::pins::PinList;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::review::{Purpose, Review};
use crate::screens::{Ask, FoundEdits, Nav};

/// Changes that were found.
#[derive(Debug)]
pub(super) struct Found {
    list: PinList,
    /// Like `Unsaved edits from 14:03 (connection lost)`.
    title: String,
    /// Whether the user wants to decide later.
    postponed: bool,
}

impl PinsScreen {
    /// Takes note of them; they are shown when the pins are in view, so that the answer comes here.
    pub(super) fn take_found(&mut self, draft: Draft, shared: &mut Shared) -> Option<Nav> {
        let title = draft.title(shared.now, &shared.zone);
        match serde_json::from_value::<PinList>(draft.body) {
            Ok(list) if list.changed() => {
                self.found = Some(Found { list, title, postponed: false });
                return self.in_view.then(|| self.show_found(shared)).flatten();
            }
            // There is nothing in it to lose.
            Ok(_) => shared.ask(Effect::DiscardFound(DraftKind::Pins)),
            Err(_) => {
                let text = format!("{title} of your pins cannot be read by this version; they stay on disk");
                shared.say(Level::Warning, text);
            }
        }
        None
    }

    /// Says of what was found when it is from, and which key shows it.
    pub(super) fn told_of_found(&self, shared: &Shared) -> Option<FoundEdits> {
        let keys = shared.key(Scope::Screen, Action::ShowPins);
        self.found.as_ref().map(|found| FoundEdits { title: found.title.clone(), of: "pins", keys })
    }

    /// Shows what they are, with what can be done about them, unless the user wanted to decide later.
    pub(super) fn show_found(&mut self, shared: &Shared) -> Option<Nav> {
        let found = self.found.as_mut().filter(|found| !found.postponed)?;
        found.postponed = true;
        let section = Section {
            kind: DraftKind::Pins,
            title: Shown::line(DraftKind::Pins.title()),
            changes: differences(&found.list, shared),
            warnings: Vec::new(),
        };
        let review = Review::new(found.title.clone(), Purpose::Restore, vec![section]);
        Some(Nav::Open(Box::new(Overlay::Review(review))))
    }

    /// What was done in this run stays; the earlier changes come on top.
    pub(super) fn restore(&mut self, shared: &mut Shared) {
        let Some(Found { list, .. }) = self.found.take() else { return };
        self.rows.cancel();
        let list = if self.list.changed() { PinList::toward(self.list.base(), list.replay(self.list.ids()).list.ids()) } else { list };
        self.set_list(list);
        self.take_server_list(shared);
        self.learn(shared);
        shared.ask(Effect::AdoptDraft(DraftKind::Pins));
        shared.say(Level::Done, "Restored; nothing is sent until you save");
    }

    pub(super) fn ask_to_forget(&self) -> Option<Nav> {
        let line = format!("{} will be gone for good.", self.found.as_ref()?.title);
        Some(Overlay::ask("Discard these changes?", &[&line], "discard", Ask::ForgetDraft))
    }

    pub(super) fn forget(&mut self, shared: &mut Shared) {
        if self.found.take().is_some() {
            shared.ask(Effect::DiscardFound(DraftKind::Pins));
            shared.say(Level::Done, "The earlier changes were discarded");
        }
    }
}
