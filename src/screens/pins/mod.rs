//! The pins: their order, changed by keys and by the mouse, saved when asked.
//!
//! The list being edited ([`PinList`]) is the only one. On screen are its rows, or those of them that a filter shows, and the cursor and
//! what is carried are positions there ([`Reorder`]).

mod act;
mod detail;
mod draft;
mod filter;
mod known;
mod menu;
mod mouse;
mod names;
mod place;
mod position;
mod row;
mod rows;
mod save;
#[cfg(test)]
mod tests;
mod unsaved;
mod view;

use std::collections::{HashMap, HashSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::filter::Filter;
use self::names::PinNames;
use self::save::PendingSave;
use super::edge::EdgeClock;
use super::{Answer, Event, Nav, Screen, YesNoQuestion};
use crate::base::bindings::Binding;
use crate::base::{Action, Condition, Conditions, Job, Level, Scope, Shared, Timer};
use crate::domain::Id;
use crate::domain::pins::{Changes, PinList, PinOp, PinSlot};
use crate::widgets::editor::Editor;
use crate::widgets::reorder::Reorder;

/// State of the screen.
#[derive(Debug, Default)]
pub struct PinsScreen {
    list: PinList,
    /// What the rows on screen are; none: those of the list, as they are.
    slots: Option<Vec<PinSlot>>,
    /// The cursor in them, and what is selected or carried.
    rows: Reorder,
    names: PinNames,
    marks: HashMap<Id, PinMark>,
    /// How the list differs from the server's.
    changes: Changes,
    /// Pins that another device added since the list was first read.
    new: HashSet<Id>,
    /// Pins known to be dead, without those already unpinned.
    dead: Vec<Id>,
    /// Whether the server's list was seen, from this run or an earlier one.
    known: bool,
    filter: Filter,
    /// Where the position of a move is being typed.
    position: Option<Editor>,
    edge: EdgeClock,
    pending: PendingSave,
    revision: u64,
    in_view: bool,
}

/// How a pin differs from the server's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PinMark {
    Moved,
    Pinned,
}

impl PinsScreen {
    /// Whether the keys go into a text and not to the rows.
    fn is_typing(&self) -> bool {
        self.filter.is_typing() || self.position.is_some()
    }

    fn remark(&mut self) {
        self.changes = if self.list.changed() { self.list.changes() } else { Changes::default() };
        let Changes { pinned, moved, .. } = &self.changes;
        self.marks.clear();
        self.marks.extend(pinned.iter().map(|id| (id.clone(), PinMark::Pinned)));
        self.marks.extend(moved.iter().map(|id| (id.clone(), PinMark::Moved)));
    }

    /// Takes another list in place of this one.
    fn set_list(&mut self, list: PinList) {
        self.change(|_, order| {
            *order.list = list;
            true
        });
        self.new.retain(|id| self.list.row(id).is_some());
    }

    /// Takes what the shared state knows of conversations.
    fn learn(&mut self, shared: &Shared) {
        self.names.explain(self.list.ever(), &shared.session.directory());
        self.refilter();
        self.count_dead();
    }

    /// Takes the server's list: the user's operations go on from it, unless one of them can no longer be carried out.
    fn take_server_list(&mut self, shared: &mut Shared) {
        let Some(server) = shared.session.pins.value().cloned() else { return };
        if PinList::new(server.clone()).base() == self.list.base() && self.known {
            return;
        }
        let elsewhere = if self.list.changed() {
            let replayed = self.list.replay(&server);
            if !replayed.conflicts.is_empty() {
                shared.say(Level::Warning, "Another device unpinned something you moved; saving will ask about it");
                return;
            }
            let elsewhere = Changes::between(self.list.ids(), replayed.list.ids());
            self.set_list(replayed.list);
            elsewhere
        } else {
            let list = PinList::new(server);
            let elsewhere = Changes::between(self.list.ids(), list.ids());
            self.set_list(list);
            elsewhere
        };
        if self.known && !elsewhere.is_empty() {
            self.new.extend(elsewhere.pinned.iter().cloned());
            let text = PinNames::sentence(&elsewhere, "elsewhere", &shared.session.directory());
            shared.say(Level::Info, text);
        }
        self.known = true;
    }

    /// Takes the list of an earlier run while none was read yet.
    fn take_cached(&mut self, shared: &mut Shared) {
        if !self.known && shared.session.pins.value().is_some() {
            self.take_server_list(shared);
            self.learn(shared);
        }
    }

    /// Starts reading the list and the names in it.
    pub fn read(&mut self, shared: &mut Shared) {
        self.names.read(shared);
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Option<Nav> {
        match answer {
            Answer::Picked { what, ids, .. } if what == act::ADD => self.add(ids, shared),
            Answer::Yes(YesNoQuestion::CleanUp(ids)) => self.clean_up(&ids),
            Answer::Yes(YesNoQuestion::QuitCarrying) => {
                self.put_down(shared);
                return Some(Nav::Run(Action::Quit));
            }
            Answer::Yes(YesNoQuestion::DiscardDraft) => self.discard(shared),
            Answer::SendPins { keep } => self.decided(&keep, shared),
            _ => {}
        }
        None
    }

    fn timer(&mut self, timer: Timer, shared: &mut Shared) {
        if matches!(timer, Timer::Edge(serial) if self.edge.counts(serial)) {
            let timer = self.rows.edge_tick(self.len());
            self.edge.set(timer, shared);
        }
    }

    /// Text goes where text is being typed.
    fn typed(&mut self, event: &Event) {
        if self.filter.is_typing() {
            self.filter.edit(event);
            self.refilter();
        } else {
            self.edit_position(event);
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.in_view = true;
        self.position = None;
        self.take_cached(shared);
    }

    fn react(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        if self.in_view {
            self.rows.set_height(self.areas(shared.body).rows(), self.len());
        }
        match event {
            Event::Action(action) => return self.act(action, shared),
            Event::Type(_) | Event::Paste(_) => self.typed(&event),
            Event::Mouse(mouse, area) => return self.mouse(mouse, area, shared),
            Event::Timer(timer) => self.timer(timer, shared),
            Event::Answer(answer) => return self.answered(answer, shared),
            Event::Shown => self.shown(shared),
            Event::Hidden => self.hidden(shared),
            Event::Done(_) | Event::Edited(_) | Event::Paths(..) | Event::EditField(_) | Event::Resized => {}
        }
        None
    }

    /// Nothing stays half done out of sight.
    fn hidden(&mut self, shared: &mut Shared) {
        self.in_view = false;
        self.position = None;
        self.put_down(shared);
    }
}

impl Screen for PinsScreen {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        if self.filter.is_typing() {
            vec![Scope::Filter, Scope::Text]
        } else if self.position.is_some() {
            vec![Scope::Position, Scope::Text]
        } else if self.is_carrying() {
            vec![Scope::Carry, Scope::Pins, Scope::Screen, Scope::Browse]
        } else {
            vec![Scope::Pins, Scope::Screen, Scope::Browse]
        }
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
            .with(Condition::Row, self.len() > 0)
            .with(Condition::Changed, self.list.changed())
            .with(Condition::Undoable, self.list.can_undo())
            .with(Condition::Redoable, self.list.can_redo())
            .with(Condition::PinsCertain, !self.dead.is_empty() || self.names.are_certain())
            .with(Condition::DeadPins, !self.dead.is_empty())
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let nav = self.react(event, shared);
        self.fetch_picture(shared);
        nav
    }

    fn learned(&mut self, job: &Job, well: bool, shared: &mut Shared) -> Option<Nav> {
        match job {
            Job::Pins if well => self.take_server_list(shared),
            Job::SignIn(_) if well => self.go_on(shared),
            Job::Me | Job::Pins | Job::Groups | Job::Topics(_) | Job::FormerGroups | Job::MembershipStates | Job::Chats => {}
            _ => return None,
        }
        self.names.read_topics(shared);
        self.learn(shared);
        self.fetch_picture(shared);
        None
    }

    fn commands(&self, _shared: &Shared) -> Vec<Vec<String>> {
        let steps = PinList::toward(self.list.base(), self.list.ids());
        let mut ids = steps.base().to_vec();
        let commands: Vec<Vec<String>> = steps.ops().flat_map(|op| commands(op, &mut ids)).collect();
        if commands.is_empty() { vec![vec!["pins".to_owned()]] } else { commands }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        self.draw(area, buf, shared)
    }

    fn hint(&self, binding: &Binding, _shared: &Shared) -> Option<&'static str> {
        Some(self.word(binding))
    }

    fn is_carrying(&self) -> bool {
        self.rows.is_holding() || self.rows.is_dragging()
    }
}

/// The commands that do the same to these pins, which are then as they leave them.
fn commands(op: &PinOp, ids: &mut Vec<Id>) -> Vec<Vec<String>> {
    let command = |verb: &str, position: Option<usize>| {
        let about = op.ids().iter().map(|id| id.as_str().to_owned());
        ["pins", verb].map(str::to_owned).into_iter().chain(about).chain(position.map(|at| (at + 1).to_string())).collect::<Vec<_>>()
    };
    ids.retain(|id| !op.ids().contains(id));
    let (PinOp::Move { after, .. } | PinOp::Pin { after, .. }) = op else { return vec![command("remove", None)] };
    let at = after.as_ref().and_then(|above| ids.iter().position(|id| id == above)).map_or(0, |above| above + 1);
    ids.splice(at..at, op.ids().iter().cloned());
    let added = matches!(op, PinOp::Pin { .. }).then(|| command("add", None));
    added.into_iter().chain([command("move", Some(at))]).collect()
}
