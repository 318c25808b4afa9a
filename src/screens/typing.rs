//! From editing actions to edits: the one place that knows both the actions of keys and the edits of a text.

use super::Event;
use crate::base::Action;
use crate::widgets::editor::{EditCommand, EditOutcome, Editor};
use crate::widgets::picker::Picker;

/// The edit an action stands for, if it is about editing text.
pub(super) fn edit_of(action: Action) -> Option<EditCommand> {
    Some(match action {
        Action::CursorLeft => EditCommand::Left,
        Action::CursorRight => EditCommand::Right,
        Action::WordLeft => EditCommand::WordLeft,
        Action::WordRight => EditCommand::WordRight,
        Action::LineStart => EditCommand::Home,
        Action::LineEnd => EditCommand::End,
        Action::DeleteBefore => EditCommand::Backspace,
        Action::DeleteAfter => EditCommand::Delete,
        Action::DeleteWordBefore => EditCommand::DeleteWord,
        Action::DeleteWordAfter => EditCommand::DeleteWordForward,
        Action::KillToStart => EditCommand::KillToStart,
        Action::KillToEnd => EditCommand::KillToEnd,
        Action::Yank => EditCommand::Yank,
        Action::NewLine => EditCommand::Newline,
        Action::UndoText => EditCommand::Undo,
        Action::RedoText => EditCommand::Redo,
        _ => return None,
    })
}

/// Lets an event edit a text drawn `width` columns wide; `None` if the event is about something else.
pub(super) fn editor(editor: &mut Editor, event: &Event, width: u16) -> Option<EditOutcome> {
    match event {
        Event::Type(c) => Some(editor.apply(EditCommand::Insert(*c), width)),
        Event::Paste(text) => Some(editor.paste(text)),
        Event::Action(action) => edit_of(*action).map(|edit| editor.apply(edit, width)),
        _ => None,
    }
}

/// Lets an event move in a picker or edit its query; `None` if the event is about something else.
pub(super) fn picker<K: Clone + Eq>(picker: &mut Picker<K>, event: &Event) -> Option<()> {
    match event {
        Event::Action(Action::Up) => picker.up(1),
        Event::Action(Action::Down) => picker.down(1),
        Event::Action(Action::PageUp) => picker.page_up(),
        Event::Action(Action::PageDown) => picker.page_down(),
        Event::Type(c) => drop(picker.edit(EditCommand::Insert(*c))),
        Event::Paste(text) => drop(picker.paste(text)),
        Event::Action(action) => drop(picker.edit(edit_of(*action)?)),
        _ => return None,
    }
    Some(())
}
