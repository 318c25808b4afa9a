//! Earlier and later versions of what is chosen, so that every change can be taken back.

/// Earlier and later versions of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct TextHistory {
    past: Vec<String>,
    future: Vec<String>,
}

impl TextHistory {
    /// `before` has become `now`.
    pub(super) fn record(&mut self, before: String, now: &str) {
        if before != now {
            self.past.push(before);
            self.future.clear();
        }
    }

    /// Puts the version before into `now`, if there is one.
    pub(super) fn undo(&mut self, now: &mut String) {
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(now, before));
        }
    }

    /// Puts the version after into `now`, if there is one.
    pub(super) fn redo(&mut self, now: &mut String) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(now, after));
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
