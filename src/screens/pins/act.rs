//! What the keys do: every action becomes an operation on the list, by rows of the list, whatever of it is on screen.

use super::PinsScreen;
use super::names::candidates;
use crate::base::{Action, Clip, Effect, Level, Scope, Shared};
use crate::domain::Id;
use crate::domain::pins::{PinList, PinStep};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::screens::{Event, Nav, Screen, YesNoQuestion};
use crate::widgets::reorder::EdgeTimer;

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
        let len = self.len();
        match action {
            Action::Up => self.rows.up(1, len),
            Action::Down => self.rows.down(1, len),
            Action::PageUp => self.rows.page_up(1, len),
            Action::PageDown => self.rows.page_down(1, len),
            Action::First => self.rows.jump(0, len),
            Action::Last => self.rows.jump(usize::MAX, len),
            Action::MoveUp => self.step(-1, shared),
            Action::MoveDown => self.step(1, shared),
            Action::MoveToTop => self.place(0, shared),
            Action::MoveToBottom => self.place(usize::MAX, shared),
            Action::MoveToPosition => self.ask_position(shared),
            Action::Grab => self.grab_or_drop(shared),
            Action::EditThis => return Some(self.menu(shared)),
            Action::SelectRange => self.rows.toggle_range(len),
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
            Action::Up => self.rows.up(1, self.len()),
            Action::Down => self.rows.down(1, self.len()),
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
        if self.rows.cancel(self.len()) {
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

    fn step(&mut self, rows: isize, shared: &mut Shared) {
        if self.rows.is_holding() {
            let to = self.rows.selection(self.len()).start.saturating_add_signed(rows);
            self.rows.jump(to, self.len());
        } else {
            let start = self.chosen().first().copied().unwrap_or_default();
            self.place(start.saturating_add_signed(rows), shared);
        }
    }

    /// Moves what is selected so that it begins at this row of the list; what is carried is only carried on.
    pub(super) fn place(&mut self, to: usize, shared: &mut Shared) {
        let rows = self.chosen();
        if self.rows.is_holding() {
            self.rows.jump(self.position_below(to), self.len());
        } else if rows.is_empty() {
            say_goes_away(shared);
        } else {
            let moved = if self.slots.is_none() {
                self.change(|rows, order| rows.move_to(to, order))
            } else {
                self.change(|_, order| order.list.move_rows(&rows, to))
            };
            if !moved && !self.is_carrying() {
                self.say_stays(shared);
            }
        }
    }

    fn say_stays(&self, shared: &mut Shared) {
        let place = self.place_sentence(usize::MAX, "");
        shared.say(Level::Info, format!("Already there: {place}"));
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
            self.rows.grab(self.len());
        }
    }

    /// Puts down what is carried or dragged, where it is.
    pub(super) fn put_down(&mut self, shared: &mut Shared) {
        if self.rows.is_dragging() {
            self.edge.set(EdgeTimer::Stop, shared);
        }
        self.change(|rows, order| rows.put_down(order));
    }

    /// Unpins what is selected; pins again what is selected if all of it was unpinned.
    fn remove(&mut self) {
        let rows = self.chosen();
        let changed = if rows.is_empty() {
            let selected: Vec<Id> = self.selected().map(|line| line.id.clone()).collect();
            let above = self.last_kept(self.rows.block(self.len()).start);
            self.change(|_, order| pin_below(order.list, above, selected))
        } else {
            self.change(|_, order| order.list.unpin(&rows))
        };
        if changed && self.rows.has_range() {
            self.rows.toggle_range(self.len());
        }
    }

    /// Undoes or redoes; the cursor goes where something happens.
    fn travel(&mut self, step: impl Fn(&mut PinList) -> Option<&PinStep>) {
        let (before, plain) = (self.rows.clone(), self.slots.is_none() && !self.rows.has_range());
        let mut done = None;
        self.change(|_, order| {
            done = step(order.list).map(|step| (step.op().ids().first().cloned(), step.op().moves()));
            done.is_some()
        });
        let Some((id, moves)) = done else { return };
        if plain && moves {
            // Nothing scrolls but to show what moved.
            self.rows = before;
        }
        if let Some(id) = id {
            self.jump_to(&id);
        }
    }

    fn copy(&self, shared: &mut Shared) {
        if let Some(line) = self.current() {
            shared.ask(Effect::Copy(Clip::new("Id", line.id.as_str())));
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
        let Some(last) = ids.last().cloned() else { return };
        let above = self.last_kept(self.len().min(self.rows.cursor() + 1));
        self.change(|_, order| pin_below(order.list, above, ids));
        self.filter.clear();
        self.learn(shared);
        self.jump_to(&last);
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
        self.change(|_, order| order.list.unpin(&rows));
    }

    /// Back to the server's list.
    pub(super) fn discard(&mut self, shared: &mut Shared) {
        self.rows.cancel(self.len());
        self.set_list(PinList::new(self.list.base().iter().cloned()));
        self.learn(shared);
        shared.say(Level::Info, "Your changes are discarded");
    }
}

pub(super) fn say_goes_away(shared: &mut Shared) {
    let keep = shared.key(Scope::Pins, Action::Remove);
    shared.say(Level::Info, format!("This pin goes away at the next save; {keep} keeps it"));
}

/// Pins these, one below the other. Returns whether anything changed.
fn pin_below(list: &mut PinList, above: Option<Id>, ids: Vec<Id>) -> bool {
    let (mut above, mut changed) = (above, false);
    for id in ids {
        changed |= list.pin_after(id.clone(), above.as_ref());
        above = Some(id);
    }
    changed
}
