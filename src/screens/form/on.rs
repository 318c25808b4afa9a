//! What the form makes of events: moving between the fields, typing in them, and what the keys ask for.
//!
//! Moving is never refused; leaving a field is when its mistakes begin to show.

use super::input::Input;
use super::pictures::{ask_to_upload, dropped};
use super::{Form, Subject, draft};
use crate::base::{Action, Effect, Job, Level, Outcome, Scope, Shared, Timer, key};
use crate::domain::field::Kind;
use crate::domain::merge::Mark;
use crate::screens::overlay::Overlay;
use crate::screens::{Answer, Ask, Event, Nav, Screen, typing};
use crate::widgets::editor::{Edit, Outcome as Edited};

impl<S: Subject> Form<S> {
    pub(super) fn react(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        if !matches!(event, Event::Mouse(..) | Event::Done(..)) {
            self.turned = false;
        }
        match event {
            Event::Action(Action::Back) if !self.is_carrying() => return Some(Nav::Back),
            Event::Action(Action::Save) => return self.save(shared),
            Event::Action(Action::DiscardDraft) => return Some(self.ask_to_discard()),
            Event::Action(Action::EarlierEdits) => return self.show_found(shared),
            Event::Done(job, result) if S::is_its_save(&job) => return self.saved(result, shared),
            Event::Done(Job::Upload(_), result) => self.uploaded(result, shared),
            Event::Answer(answer) => return self.answered(answer, shared),
            Event::Found(draft) => return self.take_found(*draft, shared),
            Event::Shown => {
                self.in_front = true;
                let new = self.found.as_ref().is_some_and(|found| !found.postponed);
                return if new { self.show_found(shared) } else { None };
            }
            Event::Hidden => {
                self.leave();
                self.in_front = false;
                self.fields.iter_mut().for_each(|field| field.mark = field.mark.take().filter(|mark| *mark != Mark::Saved));
            }
            Event::Action(Action::Refresh) => shared.forget_failed_pictures(),
            _ if !self.is_usable(shared) => {}
            Event::Action(action) => return self.act(action, shared),
            Event::Type(_) => self.edit(&event, shared),
            Event::Paste(ref text) => return self.paste(text, &event, shared),
            Event::Unbound(key) if self.typing => return key::typed(key).and_then(|c| self.choose(Some(c), shared)),
            Event::Mouse(mouse, area) => self.mouse(mouse, area, shared),
            Event::Timer(Timer::Edge(number)) if self.edge.counts(number) => {
                if let Some(Input::Gallery(gallery)) = self.input_mut() {
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
            Action::NextField => self.step(1),
            Action::PreviousField => self.step(-1),
            Action::ResetField => self.reset(self.row),
            Action::OpenEditor => self.open_editor(shared),
            Action::AddPicture => return Some(self.ask_for_picture(shared)),
            Action::Undo | Action::UndoText => self.change(Input::undo),
            Action::Redo | Action::RedoText => self.change(Input::redo),
            Action::Quit => return self.gallery().map(|gallery| Overlay::quit_carrying(&format!("the picture, {}", gallery.place()))),
            action if self.typing => return self.act_in_field(action, shared),
            Action::Up => self.go(self.row.saturating_sub(1)),
            Action::Down => self.go(self.row + 1),
            Action::PageUp => self.go(self.row.saturating_sub(4)),
            Action::PageDown => self.go(self.row + 4),
            Action::First => self.go(0),
            Action::Last => self.go(usize::MAX),
            Action::Enter | Action::Toggle => return self.begin(shared),
            _ => {}
        }
        None
    }

    fn act_in_field(&mut self, action: Action, shared: &mut Shared) -> Option<Nav> {
        match self.current()?.0 {
            Input::Gallery(_) => self.act_in_gallery(action),
            Input::Choice(_) if matches!(action, Action::Confirm | Action::Toggle) => return self.begin(shared),
            Input::Text(_) if matches!(action, Action::Up | Action::Down | Action::PageUp | Action::PageDown) => {
                self.move_in_text(action, shared);
            }
            _ if matches!(action, Action::Leave | Action::Confirm) => self.leave(),
            _ => self.edit(&Event::Action(action), shared),
        }
        None
    }

    fn act_in_gallery(&mut self, action: Action) {
        let Some(Input::Gallery(gallery)) = self.input_mut() else { return };
        match action {
            Action::Leave | Action::Confirm => return self.leave(),
            Action::Up if !gallery.go(-1) => return self.step(-1),
            Action::Down if !gallery.go(1) => return self.step(1),
            Action::MoveUp => gallery.shift(-1),
            Action::MoveDown => gallery.shift(1),
            Action::Back => drop(gallery.cancel()),
            Action::Grab => gallery.grab(),
            Action::Remove => gallery.remove(),
            _ => {}
        }
        self.touched(self.row);
        self.judge(self.row);
    }

    /// Up and down by rows as wrapped; past the first or last row to the neighbouring field.
    fn move_in_text(&mut self, action: Action, shared: &Shared) {
        let columns = self.text_columns(shared.body, shared);
        let Some(Input::Text(editor)) = self.input_mut() else { return };
        let (edit, times) = match action {
            Action::Up => (Edit::Up, 1),
            Action::Down => (Edit::Down, 1),
            Action::PageUp => (Edit::Up, 6),
            _ => (Edit::Down, 6),
        };
        let moved = (0..times).filter(|_| editor.apply(edit, columns) == Edited::Moved).count();
        if moved == 0 && times == 1 {
            self.step(if edit == Edit::Up { -1 } else { 1 });
        }
    }

    fn edit(&mut self, event: &Event, shared: &mut Shared) {
        let columns = self.text_columns(shared.body, shared);
        let Some(Input::Text(editor)) = self.input_mut() else { return };
        match typing::editor(editor, event, columns) {
            Some(Edited::Changed) => self.touched(self.row),
            Some(Edited::Cut(left_out)) => {
                self.touched(self.row);
                shared.say(Level::Warning, format!("The paste was cut: {left_out} characters past 64 KiB were left out"));
            }
            _ => {}
        }
    }

    fn paste(&mut self, text: &str, event: &Event, shared: &mut Shared) -> Option<Nav> {
        let takes_pictures = matches!(self.current()?.1, Kind::Picture | Kind::Pictures);
        if let Some(path) = dropped(text).filter(|_| takes_pictures) {
            return Some(ask_to_upload(&path));
        }
        match self.current()?.0 {
            Input::Gallery(_) => return self.take_picture(text, shared),
            Input::Text(_) if self.typing => self.edit(event, shared),
            Input::Text(_) => {
                let edit = shared.key(Scope::Form, Action::Enter);
                shared.say(Level::Info, format!("Press {edit} to edit this field, then paste"));
            }
            Input::Choice(_) => {
                let edit = shared.key(Scope::Form, Action::Enter);
                shared.say(Level::Info, format!("Press {edit} to choose; text can be pasted there"));
            }
        }
        None
    }

    fn open_editor(&mut self, shared: &mut Shared) {
        self.outside = Some(self.row);
        shared.ask(Effect::OpenEditor(self.text(self.row).unwrap_or_default()));
    }

    fn edited(&mut self, text: &str) {
        if let Some(row) = self.outside.take() {
            self.put(row, text);
            self.judge(row);
        }
    }

    /// Changes the text of a row as one step that can be taken back.
    pub(super) fn put(&mut self, row: usize, text: &str) {
        if let Some(field) = self.fields.get_mut(row) {
            field.input.replace(text);
            self.touched(row);
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut Input)) {
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

    /// Work on the field under the cursor begins: typing, toggling, or choosing.
    fn begin(&mut self, shared: &Shared) -> Option<Nav> {
        match self.current()? {
            (Input::Choice(_), Kind::Switch) => {
                let on = self.text(self.row).as_deref() == Some("on");
                self.put(self.row, if on { "off" } else { "on" });
                None
            }
            (Input::Choice(_), _) => self.choose(None, shared),
            _ => {
                self.typing = true;
                None
            }
        }
    }

    fn edit_field(&mut self, key: &str, shared: &Shared) -> Option<Nav> {
        self.go(Self::position(key)?);
        if self.current()?.1 == Kind::Switch { None } else { self.begin(shared) }
    }

    /// Ends typing; from now on the mistakes of the field show.
    pub(super) fn leave(&mut self) {
        if let Some(Input::Gallery(gallery)) = self.input_mut() {
            gallery.settle();
        }
        if self.typing {
            self.typing = false;
            self.judge(self.row);
        }
    }

    /// To the next or previous field, round the ends, typing on if the user was typing.
    fn step(&mut self, rows: isize) {
        let typing = self.typing;
        self.leave();
        let rows_in_all = self.fields.len().max(1);
        self.row = (self.row + rows_in_all).saturating_add_signed(rows) % rows_in_all;
        self.typing = typing;
    }

    pub(super) fn go(&mut self, row: usize) {
        self.leave();
        self.row = row.min(self.fields.len().saturating_sub(1));
    }

    fn ask_to_discard(&self) -> Nav {
        let labels: Vec<&str> = self.changed().iter().filter_map(|row| Self::spec(*row)).map(|spec| spec.label).collect();
        let lines = [format!("{} goes back to what the server told.", labels.join(", ")), "Nothing is sent.".to_owned()];
        Overlay::ask("Discard all edits?", &[&lines[0], &lines[1]], "discard", Ask::DiscardDraft)
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Option<Nav> {
        match answer {
            Answer::Yes(Ask::QuitCarrying) => {
                self.leave();
                return Some(Nav::Run(Action::Quit));
            }
            Answer::Yes(Ask::DiscardDraft) => {
                self.leave();
                (0..self.fields.len()).for_each(|row| self.reset(row));
                shared.say(Level::Done, "Discarded; u in a field brings its text back");
            }
            Answer::Yes(Ask::RestoreDraft) => self.restore(shared),
            Answer::No(Ask::RestoreDraft) => return self.found.as_ref().map(|found| draft::ask_to_forget(found, shared)),
            Answer::Yes(Ask::ForgetDraft) => self.forget(shared),
            Answer::Yes(Ask::Upload(path)) => self.upload(path, shared),
            Answer::Yes(Ask::CancelUpload) => self.cancel_upload(shared),
            Answer::Picked { what, ids, other } => return self.picked(what, &ids, other, shared),
            Answer::Send => return self.send(shared),
            Answer::Resolve { key, mine } => return self.resolve(key, mine, shared),
            Answer::Yes(_) | Answer::No(_) | Answer::SendPins { .. } => {}
        }
        None
    }

    fn uploaded(&mut self, result: Result<Outcome, crate::api::ApiError>, shared: &mut Shared) {
        let Some(row) = self.upload_for.take() else { return };
        match result {
            Ok(Outcome::Uploaded(address)) => {
                self.add_picture(row, address.raw());
                shared.say(Level::Done, "Uploaded; it becomes part of your profile when you save");
            }
            Ok(_) => {}
            Err(error) => shared.say_error("The picture was not uploaded", &error),
        }
    }
}
