//! How many of the buffer's steps one undo takes back.
//!
//! The buffer records every edit on its own. Here they are put together by what was typed, a word with the spaces behind it,
//! and never by time, so that the same keys always undo the same way.

use tui_textarea::TextArea;

/// Steps the buffer remembers.
pub(super) const MOST_STEPS: usize = 10_000;

/// What an edit continues, if the one before it was of a fitting kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UndoGroup {
    /// Stands for itself.
    Alone,
    /// Letters of a word.
    Word,
    /// Spaces after it.
    Space,
    /// Deleting grapheme by grapheme.
    Erasing,
}

impl UndoGroup {
    /// What typing `c` belongs to.
    pub(super) fn of(c: char) -> Self {
        if c.is_whitespace() { Self::Space } else { Self::Word }
    }

    fn continues(self, last: Self) -> bool {
        matches!((last, self), (Self::Word, Self::Word | Self::Space) | (Self::Space, Self::Space) | (Self::Erasing, Self::Erasing))
    }
}

/// Groups of the buffer's steps.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    done: Vec<usize>,
    undone: Vec<usize>,
    last: UndoGroup,
}

impl Default for Steps {
    fn default() -> Self {
        Self { done: Vec::new(), undone: Vec::new(), last: UndoGroup::Alone }
    }
}

impl Steps {
    /// Counts one step of the buffer.
    pub(super) fn record(&mut self, stretch: UndoGroup) {
        self.undone.clear();
        match self.done.last_mut().filter(|_| stretch.continues(self.last)) {
            Some(steps) => *steps += 1,
            None => self.done.push(1),
        }
        self.last = stretch;
    }

    /// Counts several steps that belong together and to nothing else.
    pub(super) fn record_group(&mut self, steps: usize) {
        self.undone.clear();
        self.done.push(steps);
        self.pause();
    }

    /// The next edit starts a new group.
    pub(super) fn pause(&mut self) {
        self.last = UndoGroup::Alone;
    }

    /// Takes back one group. False if there was none.
    pub(super) fn undo(&mut self, area: &mut TextArea<'_>) -> bool {
        let Some(steps) = self.done.pop() else { return false };
        let undone = (0..steps).filter(|_| area.undo()).count();
        self.pause();
        self.undone.push(undone);
        undone > 0
    }

    /// Does one group again. False if there was none.
    pub(super) fn redo(&mut self, area: &mut TextArea<'_>) -> bool {
        let Some(steps) = self.undone.pop() else { return false };
        let redone = (0..steps).filter(|_| area.redo()).count();
        self.pause();
        self.done.push(redone);
        redone > 0
    }
}
