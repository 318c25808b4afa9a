//! What Enter offers for a pin, as a list to choose from: for whoever does not know the keys.

use super::PinsScreen;
use crate::base::bindings::Binding;
use crate::base::{Action, Scope, Shared};
use crate::screens::Nav;
use crate::screens::overlay::Overlay;

impl PinsScreen {
    /// The likeliest first. A pin that goes away has no place to go to.
    pub(super) fn menu(&self, shared: &Shared) -> Nav {
        let actions: &[(Action, &str)] = if self.is_struck() {
            &[(Action::Remove, "keep pinned"), (Action::Copy, "copy the id")]
        } else {
            &[
                (Action::Grab, "carry to another place"),
                (Action::MoveToPosition, "move to a position"),
                (Action::MoveToTop, "move to the top"),
                (Action::MoveToBottom, "move to the bottom"),
                (Action::Remove, "unpin"),
                (Action::Copy, "copy the id"),
            ]
        };
        let title = if self.selected().count() == 1 { "What to do with this pin" } else { "What to do with these pins" };
        Overlay::menu(title, Scope::Pins, actions, "", shared)
    }

    /// What the footer calls an action for the pin under the cursor.
    pub(super) fn word(&self, binding: &Binding) -> &'static str {
        match binding.action {
            Action::EditThis => "options",
            Action::Remove if self.is_struck() => "keep",
            _ => binding.help,
        }
    }

    /// Whether everything selected goes away at the next save.
    fn is_struck(&self) -> bool {
        self.len() > 0 && self.selected().all(|line| line.struck)
    }
}
