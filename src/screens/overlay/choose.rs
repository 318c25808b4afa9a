//! A list to choose from by typing: one item, or several with Tab; and what there is to know about it, below the items.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Event, Nav, Screen, typing};
use super::frame::{self, Dialog, answer, framed};
use crate::base::{Action, Conditions, Level, MouseKind, Scope, Shared};
use crate::domain::Id;
use crate::domain::pins::typed_id;
use crate::widgets::hints::Hint;
use crate::widgets::picker::{Choice, Pick, Picker, PickerAreas, PickerHit};
use crate::widgets::text::{width, wrap};

const LEAST_COLUMNS: u16 = 44;
const MOST_COLUMNS: u16 = 72;
const MOST_ROWS: usize = 17;

/// What is chosen, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Choose<K> {
    what: &'static str,
    title: &'static str,
    picker: Picker<K>,
    /// Whether Enter with nothing chosen takes the row under the cursor.
    at_least_one: bool,
    /// Whether something was chosen or taken back since the last letter was typed.
    toggled: bool,
    /// Columns and rows that all items take.
    content: (u16, u16),
    note: &'static str,
    check: Check,
    /// The item that typed text names by itself.
    read: fn(&str) -> Option<K>,
    /// What taking these asks for, with what it was for and with text that names no item.
    taken: fn(&'static str, Vec<K>, Option<String>) -> Nav,
}

/// Says what is wrong with text that names no item.
type Check = fn(&str) -> Result<(), &'static str>;

impl Choose<Action> {
    /// Chooses what to do.
    pub fn menu(title: &'static str, items: Vec<Choice<Action>>) -> Self {
        let columns = columns(&items);
        Self::new(
            "",
            title,
            Picker::single(items),
            columns,
            |_| None,
            |_, actions, _| actions.first().map_or(Nav::Close(None), |action| Nav::Run(*action)),
        )
    }
}

impl Choose<Id> {
    /// Chooses one; `free` also takes text that names no item.
    pub fn one(what: &'static str, title: &'static str, items: Vec<Choice<Id>>, free: bool) -> Self {
        let columns = columns(&items);
        let picker = Picker::single(items);
        Self::new(what, title, if free { picker.with_free_entry() } else { picker }, columns, number, picked)
    }

    /// Chooses any number, starting with `chosen`; numbers that are in no list can be typed.
    pub fn several(what: &'static str, title: &'static str, items: Vec<Choice<Id>>, chosen: Vec<Id>) -> Self {
        let columns = columns(&items);
        let picker = Picker::multiple(items, chosen).with_entries(|text| number(text).is_some());
        Self::new(what, title, picker, columns, number, picked)
    }

    /// Chooses one, or several one after the other; ids and links of conversations that are in no list can be typed.
    pub fn some(what: &'static str, title: &'static str, items: Vec<Choice<Id>>) -> Self {
        let columns = columns(&items);
        let picker = Picker::multiple(items, Vec::new()).with_entries(|text| typed_id(text).is_some());
        Self { at_least_one: true, ..Self::new(what, title, picker, columns, typed_id, picked) }
    }
}

/// What was chosen is the answer.
fn picked(what: &'static str, ids: Vec<Id>, other: Option<String>) -> Nav {
    Nav::Close(Some(Answer::Picked { what, ids, other }))
}

impl<K: Clone + Eq> Choose<K> {
    fn new(
        what: &'static str,
        title: &'static str,
        picker: Picker<K>,
        columns: u16,
        read: fn(&str) -> Option<K>,
        taken: fn(&'static str, Vec<K>, Option<String>) -> Nav,
    ) -> Self {
        let columns = columns.max(width(title) as u16 + 2).clamp(LEAST_COLUMNS, MOST_COLUMNS);
        let rows = picker.height(columns.saturating_sub(PickerAreas::RIGHT)).clamp(1, MOST_ROWS);
        Self {
            what,
            title,
            picker,
            at_least_one: false,
            toggled: false,
            content: (columns, rows as u16),
            note: "",
            check: |_| Ok(()),
            read,
            taken,
        }
    }

    /// Says something below the items.
    #[must_use]
    pub fn noting(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    /// Text that names no item is taken only if `check` finds nothing wrong with it; else what it finds stands in place of the note.
    #[must_use]
    pub fn checking(mut self, note: &'static str, check: Check) -> Self {
        self.check = check;
        self.noting(note)
    }

    /// What is wrong with the text that would be taken.
    fn refusal(&self) -> Option<&'static str> {
        match self.picker.pick()? {
            Pick::Typed(text) => (self.check)(&text).err(),
            Pick::Item(_) | Pick::NotNow(_) => None,
        }
    }

    /// Rows below the items.
    fn foot(&self, columns: u16) -> u16 {
        if self.note.is_empty() { 0 } else { wrap(self.note, usize::from(columns.max(1))).len() as u16 + 1 }
    }

    /// Where the picker is drawn.
    fn picker_area(&self, area: Rect, shared: &Shared) -> Rect {
        let inner = frame::inside(area, self.size(area, shared));
        Rect { height: inner.height.saturating_sub(self.foot(inner.width)), ..inner }
    }

    /// Puts the cursor on an item, if it is there.
    pub fn stand_on(&mut self, id: &K) {
        self.picker.go_to(id);
    }

    /// Looks for what has already been typed.
    pub fn look_for(&mut self, text: &str) {
        self.picker.paste(text);
    }

    fn take(&mut self, shared: &mut Shared) -> Option<Nav> {
        if self.refusal().is_some() {
            return None;
        }
        let (ids, other) = if self.picker.is_multiple() {
            // Who types a name and presses Enter wants it; who has just taken it back does not.
            let none = self.at_least_one && self.picker.checked().is_empty();
            if none || !self.toggled && !self.picker.query().is_empty() {
                self.check();
            }
            (self.picker.checked().to_vec(), None)
        } else {
            match self.picker.pick()? {
                Pick::Item(id) => (vec![id.clone()], None),
                Pick::NotNow(why) => {
                    shared.say(Level::Info, format!("Not now: {why}"));
                    return None;
                }
                Pick::Typed(text) => (Vec::new(), Some(text)),
            }
        };
        Some((self.taken)(self.what, ids, other))
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
            Some(Pick::Typed(text)) => match (self.read)(&text) {
                Some(id) => id,
                None => return,
            },
            Some(Pick::NotNow(_)) | None => return,
        };
        self.picker.check(id);
    }
}

impl<K: Clone + Eq> Screen for Choose<K> {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        if self.picker.is_multiple() { vec![Scope::Checklist, Scope::Picker, Scope::Text] } else { vec![Scope::Picker, Scope::Text] }
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        self.picker.set_area(self.picker_area(shared.body, shared));
        match event {
            Event::Action(Action::Confirm) => return self.take(shared),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Toggle) => self.toggle(),
            Event::Mouse(mouse, area) => match mouse.kind {
                MouseKind::Press => {
                    if let Some(PickerHit::Row(_)) =
                        self.picker.click(self.picker_area(area, shared), Position::new(mouse.column, mouse.row))
                    {
                        if self.picker.is_multiple() {
                            self.toggle();
                        } else {
                            return self.take(shared);
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
        let theme = &shared.theme;
        let inner = framed(area, self.size(area, shared), self.title, self.answers(shared), buf, theme);
        let (text, style) = self.refusal().map_or((self.note, theme.quiet), |why| (why, theme.warning));
        let foot = inner.bottom().saturating_sub(self.foot(inner.width).saturating_sub(1)).max(inner.y);
        for (y, line) in (foot..inner.bottom()).zip(wrap(text, usize::from(inner.width.max(1)))) {
            buf.set_stringn(inner.x, y, line, usize::from(inner.width), style);
        }
        self.picker.render(self.picker_area(area, shared), buf, theme)
    }
}

impl<K: Clone + Eq> Dialog for Choose<K> {
    /// As large as the items, in bounds.
    fn size(&self, area: Rect, _shared: &Shared) -> (u16, u16) {
        let columns = self.content.0.min(area.width.saturating_sub(8));
        let rows = self.content.1 + 1 + self.foot(columns);
        (columns, rows.min(area.height.saturating_sub(2)))
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        let toggle = self.picker.is_multiple().then(|| answer(Scope::Checklist, Action::Toggle, "choose or not", shared));
        let take = answer(Scope::Picker, Action::Confirm, if self.picker.is_multiple() { "take them" } else { "take it" }, shared);
        toggle.into_iter().chain([take, answer(Scope::Picker, Action::Back, "close", shared)]).collect()
    }
}

/// Interests and majors go by numbers where nobody knows their names.
fn number(text: &str) -> Option<Id> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| Id::from(text))
}

/// Columns that all items take.
fn columns<K>(items: &[Choice<K>]) -> u16 {
    let why = |item: &Choice<K>| item.why_not.as_ref().map_or(0, |why| width(why.as_str()) + 3);
    let wide = |item: &Choice<K>| width(item.label.as_str()) + 2 + why(item) + width(item.detail.as_str()) + 4;
    items.iter().map(wide).max().unwrap_or(0).min(usize::from(MOST_COLUMNS)) as u16
}
