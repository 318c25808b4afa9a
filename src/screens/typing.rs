//! From editing actions to edits: the one place that knows both the actions of keys and the edits of a text.

use super::Event;
use crate::base::Action;
use crate::widgets::editor::{Edit, Editor, Outcome};
use crate::widgets::picker::Picker;

/// The edit an action stands for, if it is about editing text.
pub(super) fn edit_of(action: Action) -> Option<Edit> {
    Some(match action {
        Action::CursorLeft => Edit::Left,
        Action::CursorRight => Edit::Right,
        Action::WordLeft => Edit::WordLeft,
        Action::WordRight => Edit::WordRight,
        Action::LineStart => Edit::Home,
        Action::LineEnd => Edit::End,
        Action::DeleteBefore => Edit::Backspace,
        Action::DeleteAfter => Edit::Delete,
        Action::DeleteWordBefore => Edit::DeleteWord,
        Action::DeleteWordAfter => Edit::DeleteWordForward,
        Action::KillToStart => Edit::KillToStart,
        Action::KillToEnd => Edit::KillToEnd,
        Action::Yank => Edit::Yank,
        Action::NewLine => Edit::Newline,
        Action::UndoText => Edit::Undo,
        Action::RedoText => Edit::Redo,
        _ => return None,
    })
}

/// Lets an event edit a text drawn `width` columns wide; `None` if the event is about something else.
pub(super) fn editor(editor: &mut Editor, event: &Event, width: u16) -> Option<Outcome> {
    match event {
        Event::Type(c) => Some(editor.apply(Edit::Insert(*c), width)),
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
        Event::Type(c) => drop(picker.edit(Edit::Insert(*c))),
        Event::Paste(text) => drop(picker.paste(text)),
        Event::Action(action) => drop(picker.edit(edit_of(*action)?)),
        _ => return None,
    }
    Some(())
}
