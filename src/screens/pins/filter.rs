//! The filter: shows only the pins whose name, kind, state or id holds what was typed.

use super::names::PinNames;
use crate::domain::Id;
use crate::domain::fold::folded;
use crate::domain::pins::PinRow;
use crate::screens::{Event, typing};
use crate::widgets::editor::{EditOutcome, Editor};

/// Columns the text is edited in; only a text of several rows would care.
const WIDTH: u16 = 80;

/// What was typed, and whether typing goes on.
#[derive(Debug)]
pub(super) struct Filter {
    editor: Editor,
    typing: bool,
    /// What was typed, for comparing.
    wanted: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self { editor: Editor::single_line().limited(100), typing: false, wanted: String::new() }
    }
}

impl Filter {
    /// Whether everything is shown.
    pub(super) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether keys go into the filter.
    pub(super) fn is_typing(&self) -> bool {
        self.typing
    }

    /// The editor, for drawing.
    pub(super) fn editor(&self) -> &Editor {
        &self.editor
    }

    pub(super) fn start(&mut self) {
        self.typing = true;
    }

    /// Keeps the filter and leaves it.
    pub(super) fn keep(&mut self) {
        self.typing = false;
    }

    /// Shows everything again.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Lets an event edit the text; whether it changed.
    pub(super) fn edit(&mut self, event: &Event) -> bool {
        let outcome = typing::editor(&mut self.editor, event, WIDTH);
        self.wanted = folded(self.editor.text().trim());
        matches!(outcome, Some(EditOutcome::Changed | EditOutcome::Cut(_)))
    }

    /// Whether a pin is to be shown; the names were folded.
    pub(super) fn matches(&self, id: &Id, names: &PinNames) -> bool {
        let words = |row: &PinRow| [row.kind.word(), row.state.word()].iter().any(|word| word.starts_with(&self.wanted));
        names.folded(id).is_some_and(|name| name.contains(&self.wanted))
            || id.as_str().contains(&self.wanted)
            || names.row(id).is_some_and(words)
    }
}
