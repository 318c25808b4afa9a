//! Everything that can be done at this moment, under headings, with its keys; typing finds, choosing does it. What is not possible says
//! why.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Event, Nav, Screen, typing};
use super::frame::{self, Dialog, answer, framed};
use crate::base::{Action, Conditions, Level, MouseKind, Scope, Shared};
use crate::domain::SafeText;
use crate::widgets::hints::Hint;
use crate::widgets::picker::{Choice, Pick, Picker, PickerHit};
use crate::widgets::text::width;

/// An action the palette offers.
#[derive(Clone, Debug, PartialEq)]
pub struct PaletteRow {
    /// What it does.
    pub action: Action,
    /// What it is about.
    pub heading: &'static str,
    /// Its keys, for a person, best first.
    pub keys: Vec<String>,
    /// What it does, in words.
    pub help: &'static str,
    /// Why it is not possible now.
    pub why_not: Option<Cow<'static, str>>,
}

impl PaletteRow {
    /// As a choice in a list of so many columns: of the keys as many as fit, but one at least.
    fn choice(&self, columns: usize) -> Choice<Action> {
        let room = columns.saturating_sub(width(self.help) + 2);
        let mut keys = self.keys.first().cloned().unwrap_or_default();
        for key in self.keys.iter().skip(1) {
            let more = format!("{keys} {key}");
            if width(&more) > room {
                break;
            }
            keys = more;
        }
        Choice {
            detail: SafeText::line(keys),
            also: SafeText::line(self.action.also()),
            heading: self.heading,
            why_not: self.why_not.as_ref().map(SafeText::line),
            ..Choice::new(self.action, SafeText::line(self.help))
        }
    }
}

/// The list of actions.
#[derive(Clone, Debug)]
pub struct Palette {
    picker: Picker<Action>,
    rows: Vec<PaletteRow>,
}

impl Palette {
    /// A palette with these actions; those under one heading must follow each other.
    pub fn new(rows: Vec<PaletteRow>, shared: &Shared) -> Self {
        Self { picker: Picker::single(choices(&rows, shared.body)), rows }
    }

    fn run(&self, shared: &mut Shared) -> Option<Nav> {
        match self.picker.pick()? {
            Pick::Item(action) => Some(Nav::Run(*action)),
            Pick::NotNow(why) => {
                shared.say(Level::Info, format!("Not now: {why}"));
                None
            }
            Pick::Typed(_) => None,
        }
    }
}

fn choices(rows: &[PaletteRow], area: Rect) -> Vec<Choice<Action>> {
    let columns = usize::from(size(area).0.saturating_sub(1));
    rows.iter().map(|row| row.choice(columns)).collect()
}

impl Screen for Palette {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Picker, Scope::Text]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        self.picker.set_area(inside(shared.body));
        match event {
            Event::Action(Action::Confirm) => return self.run(shared),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Resized => self.picker.set_items(choices(&self.rows, shared.body)),
            Event::Mouse(mouse, area) => match mouse.kind {
                MouseKind::Press => {
                    let hit = self.picker.click(inside(area), Position::new(mouse.column, mouse.row));
                    return if matches!(hit, Some(PickerHit::Row(_))) { self.run(shared) } else { None };
                }
                MouseKind::ScrollUp => self.picker.scroll(-3),
                MouseKind::ScrollDown => self.picker.scroll(3),
                _ => {}
            },
            event => {
                typing::picker(&mut self.picker, &event);
            }
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let inner = framed(area, size(area), "All keys: type to filter", self.answers(shared), buf, &shared.theme);
        self.picker.render(inner, buf, &shared.theme)
    }
}

impl Dialog for Palette {
    fn size(&self, area: Rect, _shared: &Shared) -> (u16, u16) {
        size(area)
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        [(Action::Confirm, "do it"), (Action::Back, "close")].map(|(action, help)| answer(Scope::Picker, action, help, shared)).into()
    }
}

fn size(area: Rect) -> (u16, u16) {
    (area.width.saturating_sub(4).min(72), area.height.saturating_sub(2))
}

fn inside(area: Rect) -> Rect {
    frame::inside(area, size(area))
}
