//! What a field is edited with: a text, a choice or a list of pictures, all seen as one text form.
//!
//! Knows no field by name and no rule; every change can be taken back.

use super::gallery::Gallery;
use super::history::TextHistory;
use crate::domain::field::FieldKind;
use crate::widgets::editor::{EditCommand, Editor};

/// The editor of one field.
#[derive(Clone, Debug)]
pub(super) enum FieldInput {
    /// Typed text, in one line or several.
    Text(Box<Editor>),
    /// Something chosen.
    Choice(ChoiceInput),
    /// An ordered list of pictures.
    Gallery(Box<Gallery>),
}

impl FieldInput {
    /// The editor that suits a kind of field, holding `text`.
    pub(super) fn new(kind: FieldKind, text: &str) -> Self {
        match kind {
            FieldKind::Line | FieldKind::Picture | FieldKind::Year => Self::Text(Box::new(Editor::single_line().with_text(text))),
            FieldKind::Block => Self::Text(Box::new(Editor::multi_line().with_text(text))),
            FieldKind::Pictures => Self::Gallery(Box::new(Gallery::new(text))),
            FieldKind::Switch | FieldKind::Sound | FieldKind::Visibility | FieldKind::Interests | FieldKind::Majors => {
                Self::Choice(ChoiceInput { text: text.to_owned(), history: TextHistory::default() })
            }
        }
    }

    /// The text form.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(editor) => editor.text(),
            Self::Choice(choice) => choice.text.clone(),
            Self::Gallery(gallery) => gallery.text(),
        }
    }

    /// Starts over with `text`: nothing to take back.
    pub(super) fn set(&mut self, text: &str) {
        match self {
            Self::Text(editor) => editor.set_text(text),
            Self::Choice(choice) => *choice = ChoiceInput { text: text.to_owned(), history: TextHistory::default() },
            Self::Gallery(gallery) => **gallery = Gallery::new(text),
        }
    }

    /// Changes the whole text as one step that can be taken back.
    pub(super) fn replace(&mut self, text: &str) {
        match self {
            Self::Text(editor) => drop(editor.replace(text)),
            Self::Choice(choice) => {
                let before = std::mem::replace(&mut choice.text, text.to_owned());
                choice.history.record(before, text);
            }
            Self::Gallery(gallery) => gallery.replace(text),
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) {
        match self {
            Self::Text(editor) => drop(editor.apply(EditCommand::Undo, 0)),
            Self::Choice(choice) => choice.history.undo(&mut choice.text),
            Self::Gallery(gallery) => gallery.undo(),
        }
    }

    /// Makes the change again that was taken back last.
    pub(super) fn redo(&mut self) {
        match self {
            Self::Text(editor) => drop(editor.apply(EditCommand::Redo, 0)),
            Self::Choice(choice) => choice.history.redo(&mut choice.text),
            Self::Gallery(gallery) => gallery.redo(),
        }
    }
}

/// A value that is chosen, not typed.
#[derive(Clone, Debug)]
pub(super) struct ChoiceInput {
    text: String,
    history: TextHistory,
}
