//! Unsaved changes of an earlier run: read, and taken back.

use serde_json::Value as Json;

use super::PinsScreen;
use crate::base::Shared;
use crate::domain::pins::PinList;

/// The list with the changes that were made to it; none if it is not as this version writes it.
pub(super) fn read(draft: &Json) -> Option<PinList> {
    serde_json::from_value(draft.clone()).ok()
}

impl PinsScreen {
    /// What was done in this run stays; the earlier changes come on top.
    pub(super) fn take_back(&mut self, list: PinList, shared: &mut Shared) {
        self.rows.cancel(self.len());
        self.set_list(self.list.with(list));
        self.take_server_list(shared);
        self.learn(shared);
    }
}
