//! A list to choose from by typing: one item, or several with Tab.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Event, Nav, Screen, typing};
use super::frame::{self, framed};
use crate::base::{Action, Facts, MouseKind, Scope, Shared};
use crate::domain::Id;
use crate::widgets::editor::Edit;
use crate::widgets::picker::{Areas, Choice, Hit, Pick, Picker};

/// What is chosen, and for what.
#[derive(Clone, Debug)]
pub struct Choose {
    what: &'static str,
    title: &'static str,
    picker: Picker<Id>,
    /// Whether something was chosen or taken back since the last letter was typed.
    toggled: bool,
}

impl Choose {
    /// Chooses one; `free` also takes text that names no item.
    pub fn one(what: &'static str, title: &'static str, items: Vec<Choice<Id>>, free: bool) -> Self {
        let picker = Picker::single(items);
        Self { what, title, picker: if free { picker.with_free_entry() } else { picker }, toggled: false }
    }

    /// Chooses any number, starting with `chosen`; numbers that are in no list can be typed.
    pub fn several(what: &'static str, title: &'static str, items: Vec<Choice<Id>>, chosen: Vec<Id>) -> Self {
        Self { what, title, picker: Picker::multiple(items, chosen).with_entries(is_number), toggled: false }
    }

    /// Puts the cursor on an item, if it is there.
    pub fn stand_on(&mut self, id: &Id) {
        self.picker.go_to(id);
    }

    /// Types a character, as the first of what is looked for.
    pub fn type_in(&mut self, c: char) {
        self.picker.edit(Edit::Insert(c));
    }

    fn take(&mut self) -> Option<Nav> {
        let (ids, other) = if self.picker.is_multiple() {
            // Who types a name and presses Enter wants it; who has just taken it back does not.
            if !self.toggled && !self.picker.query().is_empty() {
                self.check();
            }
            (self.picker.checked().to_vec(), None)
        } else {
            match self.picker.pick()? {
                Pick::Item(id) => (vec![id.clone()], None),
                Pick::Typed(text) => (Vec::new(), Some(text)),
            }
        };
        Some(Nav::Close(Some(Answer::Picked { what: self.what, ids, other })))
    }

    /// Checks or unchecks what is under the cursor.
    fn toggle(&mut self) {
        self.toggled = true;
        if !self.picker.toggle() {
            self.check();
        }
    }

    /// Checks what is under the cursor; a typed number becomes an item without a name.
    fn check(&mut self) {
        let id = match self.picker.pick() {
            Some(Pick::Item(id)) => id.clone(),
            Some(Pick::Typed(text)) => Id::new(text.trim()),
            None => return,
        };
        self.picker.check(id);
    }
}

impl Screen for Choose {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        if self.picker.is_multiple() { vec![Scope::Checklist, Scope::Picker, Scope::Text] } else { vec![Scope::Picker, Scope::Text] }
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        self.picker.set_height(usize::from(Areas::of(inside(shared.body)).list.height));
        match event {
            Event::Action(Action::Confirm) => return self.take(),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Toggle) => self.toggle(),
            Event::Mouse(mouse, area) => match mouse.kind {
                MouseKind::Press => {
                    if let Some(Hit::Row(_)) = self.picker.click(inside(area), Position::new(mouse.column, mouse.row)) {
                        if self.picker.is_multiple() {
                            self.toggle();
                        } else {
                            return self.take();
                        }
                    }
                }
                MouseKind::ScrollUp => self.picker.scroll(-3),
                MouseKind::ScrollDown => self.picker.scroll(3),
                _ => {}
            },
            event => {
                let query = self.picker.query();
                typing::picker(&mut self.picker, &event);
                self.toggled &= query == self.picker.query();
            }
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        framed(area, size(area), self.title, buf, &shared.theme);
        self.picker.render(inside(area), buf, &shared.theme)
    }

    fn uses_mouse(&self) -> bool {
        true
    }
}

/// Interests and majors go by numbers where nobody knows their names.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn size(area: Rect) -> (u16, u16) {
    (area.width.saturating_sub(8).clamp(20, 72), area.height.saturating_sub(2).min(18))
}

fn inside(area: Rect) -> Rect {
    frame::inside(area, size(area))
}
