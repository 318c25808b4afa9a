//! What the keys do: every action becomes an operation on the list, by rows of the list, whatever of it is on screen.

use super::names::candidates;
use super::{PinLine, PinsScreen};
use crate::base::{Action, Clip, Effect, Level, Scope, Shared};
use crate::domain::Id;
use crate::domain::pins::{PinList, PinStep};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::screens::{Event, Nav, Screen, YesNoQuestion};
use crate::widgets::reorder::{EdgeTimer, Move};

/// The picker for something to pin.
pub(super) const ADD: &str = "pin";

impl PinsScreen {
    pub(super) fn act(&mut self, action: Action, shared: &mut Shared) -> Option<Nav> {
        if self.filter.is_typing() {
            self.act_while_filtering(action);
            return None;
        }
        if self.position.is_some() {
            self.act_on_position(action, shared);
            return None;
        }
        match action {
            Action::Up => self.rows.up(1),
            Action::Down => self.rows.down(1),
            Action::PageUp => self.rows.page_up(1),
            Action::PageDown => self.rows.page_down(1),
            Action::First => self.rows.home(),
            Action::Last => self.rows.end(),
            Action::MoveUp => self.step(-1, shared),
            Action::MoveDown => self.step(1, shared),
            Action::MoveToTop => self.place(0, shared),
            Action::MoveToBottom => self.place(usize::MAX, shared),
            Action::MoveToPosition => self.ask_position(shared),
            Action::Grab => self.grab_or_drop(shared),
            Action::EditThis => return Some(self.menu(shared)),
            Action::SelectRange => self.rows.toggle_range(),
            Action::Remove => self.remove(),
            Action::Undo => self.travel(PinList::undo),
            Action::Redo => self.travel(PinList::redo),
            Action::Copy => self.copy(shared),
            Action::Filter => self.filter.start(),
            Action::Add => return Some(self.ask_what_to_add(shared)),
            Action::CleanUp => return Some(self.ask_to_clean_up()),
            Action::DiscardDraft => {
                let lines = ["Your moves, and what you pinned and unpinned, are forgotten.", "The pins are then as the server has them."];
                return Some(Overlay::ask("Discard all changes?", &lines, "discard", YesNoQuestion::DiscardDraft));
            }
            Action::Back => return self.back(shared),
            Action::Quit => {
                let place = self.place_sentence(60, shared.theme.symbols.ellipsis);
                return Some(Overlay::quit_carrying(&place));
            }
            _ => {}
        }
        None
    }

    fn act_while_filtering(&mut self, action: Action) {
        match action {
            Action::Up => self.rows.up(1),
            Action::Down => self.rows.down(1),
            Action::Confirm => self.filter.keep(),
            Action::Back => self.show_all(),
            action => {
                if self.filter.edit(&Event::Action(action)) {
                    self.refilter();
                }
            }
        }
    }

    /// Backs out one level.
    fn back(&mut self, shared: &mut Shared) -> Option<Nav> {
        if self.rows.is_dragging() {
            self.edge.set(EdgeTimer::Stop, shared);
        }
        if self.rows.cancel() {
            None
        } else if self.filter.is_empty() {
            Some(Nav::Back)
        } else {
            self.show_all();
            None
        }
    }

    pub(super) fn show_all(&mut self) {
        self.filter.clear();
        self.refilter();
    }

    /// Rows in the list of the pins that are selected, without those already unpinned.
    pub(super) fn chosen(&self) -> Vec<usize> {
        if self.is_plain() {
            return self.rows.selection().collect();
        }
        self.rows.selected().iter().filter(|row| !row.struck).filter_map(|row| self.list.row(&row.id)).collect()
    }

    fn step(&mut self, rows: isize, shared: &mut Shared) {
        let start = self.chosen().first().copied().unwrap_or_default();
        self.place(start.saturating_add_signed(rows), shared);
    }

    /// Moves what is selected so that it begins at this row of the list; what is carried is only carried on.
    pub(super) fn place(&mut self, to: usize, shared: &mut Shared) {
        if self.is_plain() || self.rows.is_holding() {
            match self.rows.move_to(to) {
                Some(moved) => self.moved(&moved),
                None if self.is_carrying() => {}
                None => self.say_stays(shared),
            }
            return;
        }
        let rows = self.chosen();
        if rows.is_empty() {
            say_goes_away(shared);
        } else if self.list.move_rows(&rows, to) {
            self.touched();
            self.rebuild();
        } else {
            self.say_stays(shared);
        }
    }

    fn say_stays(&self, shared: &mut Shared) {
        let place = self.place_sentence(usize::MAX, "");
        shared.say(Level::Info, format!("Already there: {place}"));
    }

    /// What was done to the rows is done to the list.
    pub(super) fn moved(&mut self, moved: &Move<Id>) {
        let changed = if self.is_plain() {
            self.list.move_block(moved.from..moved.from + moved.keys.len(), moved.to)
        } else {
            let to = self.rows.items().iter().take(moved.to).filter(|row| !row.struck).count();
            let changed = self.list.move_rows(&self.chosen(), to);
            self.rebuild();
            changed
        };
        if changed {
            self.touched();
        }
    }

    fn grab_or_drop(&mut self, shared: &mut Shared) {
        if self.is_carrying() {
            self.put_down(shared);
        } else if !self.filter.is_empty() {
            let [top, bottom, position] =
                [Action::MoveToTop, Action::MoveToBottom, Action::MoveToPosition].map(|action| shared.key(Scope::Pins, action));
            let back = shared.key(Scope::Screen, Action::Back);
            let text = format!("The filter hides where this would go; {back} shows all pins, or use {top}, {bottom} and {position}");
            shared.say(Level::Info, text);
        } else if self.chosen().is_empty() {
            say_goes_away(shared);
        } else {
            self.rows.grab();
        }
    }

    /// Puts down what is carried or dragged, where it is.
    pub(super) fn put_down(&mut self, shared: &mut Shared) {
        if self.rows.is_dragging() {
            self.edge.set(EdgeTimer::Stop, shared);
        }
        if let Some(moved) = self.rows.put_down() {
            self.moved(&moved);
        }
    }

    /// Unpins what is selected; pins again what is selected if all of it was unpinned.
    fn remove(&mut self) {
        let rows = self.chosen();
        let changed = if rows.is_empty() {
            let selected: Vec<Id> = self.rows.selected().iter().map(|row| row.id.clone()).collect();
            let above = self.rows.items().get(..self.rows.selection().start).unwrap_or_default();
            let mut above = above.iter().rev().find(|row| !row.struck).map(|row| row.id.clone());
            let mut changed = false;
            for id in selected {
                changed |= self.list.pin_after(id.clone(), above.as_ref());
                above = Some(id);
            }
            changed
        } else {
            self.list.unpin(&rows)
        };
        if changed {
            self.touched();
            if self.rows.has_range() {
                self.rows.toggle_range();
            }
            self.rebuild();
        }
    }

    /// Undoes or redoes; the cursor goes where something happens.
    fn travel(&mut self, step: impl Fn(&mut PinList) -> Option<&PinStep>) {
        let len = self.list.ids().len();
        let Some(step) = step(&mut self.list) else { return };
        let (id, moved) = (step.op().ids().first().cloned(), step.moved_rows(len));
        self.touched();
        let as_listed = self.is_plain() && !self.is_carrying() && !self.rows.has_range();
        match moved.filter(|_| as_listed) {
            // Only what moved: the rest of a long list is on screen as it is.
            Some(rows) => {
                let ids = self.list.ids().get(rows.clone()).unwrap_or_default();
                self.rows.overwrite(rows.start, ids.iter().map(|id| PinLine { id: id.clone(), struck: false }));
            }
            None => self.rebuild(),
        }
        if let Some(id) = id {
            self.rows.jump_to(&id);
        }
    }

    fn copy(&self, shared: &mut Shared) {
        if let Some(PinLine { id, .. }) = self.rows.current() {
            shared.ask(Effect::Copy(Clip::new("Id", id.as_str())));
        }
    }

    fn ask_what_to_add(&self, shared: &Shared) -> Nav {
        let choices = candidates(shared, self.list.ids());
        let loading = shared.session.groups.is_loading() || shared.session.chats.is_loading();
        let note = match choices.is_empty() {
            true if loading => "Your groups and chats are still being read. An id or a group's link can be typed.",
            true => "Everything you are in is pinned already. An id or a group's link can be typed.",
            false => "Or type an id, or paste a group's link.",
        };
        Nav::Open(Box::new(Overlay::Choose(Choose::some(ADD, "Pin what? It goes below the cursor", choices).noting(note))))
    }

    /// Pins what was chosen, below the pin under the cursor.
    pub(super) fn add(&mut self, ids: Vec<Id>, shared: &Shared) {
        let items = self.rows.items().get(..=self.rows.cursor()).unwrap_or_default();
        let mut above = items.iter().rev().find(|row| !row.struck).map(|row| row.id.clone());
        let mut added = None;
        for id in ids {
            self.list.pin_after(id.clone(), above.as_ref());
            above = Some(id.clone());
            added = Some(id);
        }
        if let Some(id) = added {
            self.touched();
            self.filter.clear();
            self.learn(shared);
            self.rows.jump_to(&id);
        }
    }

    fn ask_to_clean_up(&self) -> Nav {
        let names: Vec<String> = self.dead.iter().map(|id| self.names.obituary(id)).collect();
        let count = names.len();
        let what = if count == 1 {
            "This pin points to a conversation that is gone:".to_owned()
        } else {
            format!("{count} pins point to conversations that are gone:")
        };
        let lines: Vec<&str> = std::iter::once(what.as_str()).chain(names.iter().map(String::as_str)).collect();
        Overlay::ask("Unpin dead pins?", &lines, "unpin them", YesNoQuestion::CleanUp(self.dead.clone()))
    }

    /// Unpins these.
    pub(super) fn clean_up(&mut self, ids: &[Id]) {
        let rows: Vec<usize> = ids.iter().filter_map(|id| self.list.row(id)).collect();
        if self.list.unpin(&rows) {
            self.touched();
            self.rebuild();
        }
    }

    /// Back to the server's list.
    pub(super) fn discard(&mut self, shared: &mut Shared) {
        self.rows.cancel();
        self.set_list(PinList::new(self.list.base().iter().cloned()));
        self.learn(shared);
        shared.say(Level::Info, "Your changes are discarded");
    }
}

pub(super) fn say_goes_away(shared: &mut Shared) {
    let keep = shared.key(Scope::Pins, Action::Remove);
    shared.say(Level::Info, format!("This pin goes away at the next save; {keep} keeps it"));
}
