//! What the form makes of events: moving between the fields, typing in them, and what the keys ask for.
//!
//! Moving is never refused; leaving a field is when its mistakes begin to show. Whatever could be text goes into a field: a letter
//! typed before any field has the cursor takes the cursor there.

use super::input::FieldInput;
use super::pictures::is_dropped;
use super::{Form, FormSpec};
use crate::base::{Action, Done, Effect, Level, Scope, Shared, Timer};
use crate::domain::RawText;
use crate::domain::field::FieldKind;
use crate::domain::merge::SaveStatus;
use crate::domain::text::is_control;
use crate::screens::overlay::Overlay;
use crate::screens::{Answer, Event, Nav, Screen, YesNoQuestion, typing};
use crate::widgets::editor::{EditCommand, EditOutcome as Edited};

/// Fields that are passed at once.
const PAGE: usize = 4;

impl<S: FormSpec> Form<S> {
    pub(super) fn react(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        if !matches!(event, Event::Mouse(..) | Event::Done(..)) {
            self.turned = false;
        }
        match event {
            Event::Action(Action::Back) if !self.is_carrying() => return Some(Nav::Back),
            Event::Action(Action::Leave) => self.leave(),
            Event::Action(Action::DiscardDraft) => return Some(self.ask_to_discard()),
            Event::Done(Done::Looked(path, result)) => return self.looked(&path, result, shared),
            Event::Done(Done::Uploaded(result)) => self.uploaded(result, shared),
            Event::Answer(answer) => return self.answered(answer, shared),
            Event::Shown => self.in_front = true,
            Event::Hidden => {
                self.leave();
                self.in_front = false;
                self.fields.iter_mut().for_each(|field| field.mark = field.mark.take().filter(|mark| *mark != SaveStatus::Saved));
            }
            Event::Action(Action::Refresh) => shared.forget_failed_pictures(),
            Event::Type(_) | Event::Paste(_) if !self.is_usable(shared) => {
                self.typing = true;
                shared.say(Level::Info, "Your account is still being read; what you type now goes nowhere");
            }
            _ if !self.is_usable(shared) => {}
            Event::Action(action) => return self.act(action, shared),
            Event::Type(c) => return self.type_in(c, &event, shared),
            Event::Paste(ref text) => return self.paste(text, &event, shared),
            Event::Mouse(mouse, area) => return self.mouse(mouse, area, shared),
            Event::Timer(Timer::Edge(number)) if self.edge.counts(number) => {
                if let Some(FieldInput::Gallery(gallery)) = self.input_mut() {
                    let timer = gallery.edge_tick();
                    self.edge.set(timer, shared);
                }
            }
            Event::Edited(text) => self.edited(&text),
            Event::EditField(key) => return self.edit_field(key, shared),
            _ => {}
        }
        None
    }

    fn act(&mut self, action: Action, shared: &mut Shared) -> Option<Nav> {
        match action {
            Action::Enter => return self.begin(shared),
            Action::NextField | Action::PreviousField if !self.typing => self.typing = true,
            Action::NextField => self.step(1),
            Action::PreviousField => self.step(-1),
            Action::ResetField => {
                self.reset(self.row);
                let undo = if self.gallery().is_some() { (Scope::Gallery, Action::Undo) } else { (Scope::Text, Action::UndoText) };
                let (label, undo) = (Self::spec(self.row).map_or("", |spec| spec.label), shared.key(undo.0, undo.1));
                shared.say(Level::Done, format!("{label} is reset; {undo} in the field brings your edit back"));
            }
            Action::OpenEditor => self.open_editor(shared),
            Action::AddPicture => return Some(self.ask_for_picture("", shared)),
            Action::Undo | Action::UndoText => {
                let before = self.text(self.row);
                self.change(FieldInput::undo);
                // Past everything that was typed here is what the last save replaced.
                return (self.text(self.row) == before).then_some(Nav::Run(Action::PutBack));
            }
            Action::Redo | Action::RedoText => self.change(FieldInput::redo),
            Action::Quit => return self.gallery().map(|gallery| Overlay::quit_carrying(&format!("the picture, {}", gallery.place()))),
            Action::Toggle => self.toggle(),
            action if self.typing && self.act_in_field(action, shared) => {}
            // What edits a text takes the cursor into it first.
            action if !self.typing && typing::edit_of(action).is_some() => {
                self.typing = true;
                self.act_in_field(action, shared);
            }
            Action::Up => self.visit(self.row.saturating_sub(1)),
            Action::Down => self.visit(self.row + 1),
            Action::PageUp => self.visit(self.row.saturating_sub(PAGE)),
            Action::PageDown => self.visit(self.row + PAGE),
            Action::First => self.visit(0),
            Action::Last => self.visit(usize::MAX),
            _ => {}
        }
        None
    }

    /// Does what only the field under the cursor can. False if the action is not about it.
    fn act_in_field(&mut self, action: Action, shared: &mut Shared) -> bool {
        match self.current() {
            Some((FieldInput::Gallery(_), _)) => self.act_in_gallery(action),
            Some((FieldInput::Text(_), FieldKind::Block))
                if matches!(action, Action::Up | Action::Down | Action::PageUp | Action::PageDown) =>
            {
                self.move_in_text(action, shared);
                true
            }
            Some((FieldInput::Text(_), _)) => self.edit(&Event::Action(action), shared),
            _ => false,
        }
    }

    fn act_in_gallery(&mut self, action: Action) -> bool {
        let Some(FieldInput::Gallery(gallery)) = self.input_mut() else { return false };
        match action {
            Action::Up if !gallery.go(-1) => self.step(-1),
            Action::Down if !gallery.go(1) => self.step(1),
            Action::Up | Action::Down => {}
            Action::MoveUp => gallery.shift(-1),
            Action::MoveDown => gallery.shift(1),
            Action::Back => drop(gallery.cancel()),
            Action::Grab => gallery.grab(),
            Action::Remove => gallery.remove(),
            _ => return false,
        }
        self.touched(self.row);
        self.judge(self.row);
        true
    }

    /// Up and down by rows as wrapped; past the first or last row to the neighbouring field.
    fn move_in_text(&mut self, action: Action, shared: &Shared) {
        let columns = self.text_columns(shared.body, shared);
        let Some(FieldInput::Text(editor)) = self.input_mut() else { return };
        let (edit, times) = match action {
            Action::Up => (EditCommand::Up, 1),
            Action::Down => (EditCommand::Down, 1),
            Action::PageUp => (EditCommand::Up, 6),
            _ => (EditCommand::Down, 6),
        };
        let moved = (0..times).filter(|_| editor.apply(edit, columns) == Edited::Moved).count();
        if moved == 0 && times == 1 {
            self.step(if edit == EditCommand::Up { -1 } else { 1 });
        }
    }

    /// A character goes into the field that is pointed at, and the cursor with it.
    fn type_in(&mut self, c: char, event: &Event, shared: &mut Shared) -> Option<Nav> {
        self.typing = true;
        match self.current()? {
            (FieldInput::Text(_), _) => {
                self.edit(event, shared);
                None
            }
            (FieldInput::Choice(_), FieldKind::Switch) if c == ' ' => {
                self.toggle();
                None
            }
            (FieldInput::Choice(_), FieldKind::Switch) => {
                let switch = shared.key(Scope::Switch, Action::Toggle);
                shared.say(Level::Info, format!("{switch} turns this on or off"));
                None
            }
            (FieldInput::Choice(_), _) => self.choose(c.to_string().trim(), shared),
            (FieldInput::Gallery(_), _) if c == ' ' => None,
            (FieldInput::Gallery(_), _) => Some(self.ask_for_picture(&c.to_string(), shared)),
        }
    }

    /// Edits the text under the cursor. False if the event is about something else.
    fn edit(&mut self, event: &Event, shared: &mut Shared) -> bool {
        let columns = self.text_columns(shared.body, shared);
        let Some(FieldInput::Text(editor)) = self.input_mut() else { return false };
        let outcome = typing::editor(editor, event, columns);
        match outcome {
            Some(Edited::Changed) => {
                self.touched(self.row);
                if matches!(event, Event::Paste(text) if text.chars().any(is_control)) {
                    shared.say(Level::Info, "Control characters in the paste were left out: nobody could see them");
                }
            }
            Some(Edited::Cut(left_out)) => {
                self.touched(self.row);
                shared.say(Level::Warning, format!("The paste was cut: {left_out} characters past 64 KiB were left out"));
            }
            _ => {}
        }
        outcome.is_some()
    }

    fn paste(&mut self, text: &str, event: &Event, shared: &mut Shared) -> Option<Nav> {
        self.typing = true;
        let (input, kind) = self.current()?;
        if matches!(kind, FieldKind::Picture | FieldKind::Pictures) && is_dropped(text) {
            return self.take_picture(text, shared);
        }
        match input {
            FieldInput::Gallery(_) => self.take_picture(text, shared),
            FieldInput::Choice(_) => self.choose(text, shared),
            FieldInput::Text(_) => {
                self.edit(event, shared);
                None
            }
        }
    }

    fn open_editor(&mut self, shared: &mut Shared) {
        self.outside = Some(self.row);
        shared.ask(Effect::OpenEditor(self.text(self.row).unwrap_or_default()));
    }

    /// Takes what came of the text in the external editor. Where there is one line only, its line ends become spaces.
    fn edited(&mut self, text: &str) {
        let Some(row) = self.outside.take().filter(|row| self.text(*row).is_some_and(|before| before != text)) else { return };
        if Self::spec(row).is_some_and(|spec| spec.kind == FieldKind::Block) {
            self.put(row, text);
        } else {
            self.put(row, &text.lines().collect::<Vec<_>>().join(" "));
        }
        self.judge(row);
    }

    /// Changes the text of a row as one step that can be taken back.
    pub(super) fn put(&mut self, row: usize, text: &str) {
        if let Some(field) = self.fields.get_mut(row) {
            field.input.replace(text);
            self.touched(row);
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut FieldInput)) {
        if let Some(input) = self.input_mut() {
            change(input);
            self.touched(self.row);
        }
    }

    /// Back to where the user started.
    pub(super) fn reset(&mut self, row: usize) {
        let base = self.base_text(row).unwrap_or_default();
        self.put(row, &base);
    }

    /// Into the field under the cursor; a list opens.
    fn begin(&mut self, shared: &Shared) -> Option<Nav> {
        self.typing = true;
        self.choose("", shared)
    }

    pub(super) fn toggle(&mut self) {
        let on = self.text(self.row).as_deref() == Some("on");
        self.put(self.row, if on { "off" } else { "on" });
    }

    fn edit_field(&mut self, key: &str, shared: &Shared) -> Option<Nav> {
        self.go(Self::position(key)?);
        self.begin(shared)
    }

    /// What is under way in the field ends; from now on its mistakes show.
    pub(super) fn settle(&mut self) {
        if let Some(FieldInput::Gallery(gallery)) = self.input_mut() {
            gallery.settle();
        }
        if self.typing {
            self.judge(self.row);
        }
    }

    /// Out of the field.
    pub(super) fn leave(&mut self) {
        self.settle();
        self.typing = false;
    }

    /// To the next or previous field, round the ends.
    fn step(&mut self, rows: isize) {
        let rows_in_all = self.fields.len().max(1);
        self.visit((self.row + rows_in_all).saturating_add_signed(rows) % rows_in_all);
    }

    /// Into a field.
    pub(super) fn visit(&mut self, row: usize) {
        self.go(row);
        self.typing = true;
    }

    /// To a field, without the cursor going into it.
    pub(super) fn go(&mut self, row: usize) {
        self.leave();
        self.row = row.min(self.fields.len().saturating_sub(1));
    }

    fn ask_to_discard(&self) -> Nav {
        let labels: Vec<&str> = self.changed().iter().filter_map(|row| Self::spec(*row)).map(|spec| spec.label).collect();
        let lines = [format!("{} goes back to what the server told.", labels.join(", ")), "Nothing is sent.".to_owned()];
        Overlay::ask("Discard all edits?", &[&lines[0], &lines[1]], "discard", YesNoQuestion::DiscardDraft)
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Option<Nav> {
        match answer {
            Answer::Yes(YesNoQuestion::QuitCarrying) => {
                self.leave();
                return Some(Nav::Run(Action::Quit));
            }
            Answer::Yes(YesNoQuestion::DiscardDraft) => {
                self.settle();
                (0..self.fields.len()).for_each(|row| self.reset(row));
                let undo = shared.key(Scope::Text, Action::UndoText);
                shared.say(Level::Done, format!("Discarded; {undo} in a field brings its text back"));
            }
            Answer::Yes(YesNoQuestion::Upload(path)) => self.upload(path, shared),
            Answer::Yes(YesNoQuestion::CancelUpload) => self.cancel_upload(shared),
            Answer::Picked { what, ids, other } => return self.picked(what, &ids, other, shared),
            Answer::Yes(_) | Answer::No(_) | Answer::Send | Answer::Resolve { .. } | Answer::SendPins { .. } => {}
        }
        None
    }

    fn uploaded(&mut self, result: Result<RawText, crate::api::ApiError>, shared: &mut Shared) {
        let Some(row) = self.upload_for.take() else { return };
        match result {
            Ok(address) => {
                self.add_picture(row, address.raw());
                shared.say(Level::Done, "Uploaded; it becomes part of your profile when you save");
            }
            Err(error) => shared.say_error("The picture was not uploaded", &error),
        }
    }
}
