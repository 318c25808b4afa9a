//! All actions of the moment with their keys; typing filters, Enter runs. An action that is not possible says why.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Event, Nav, Screen, typing};
use super::frame::{self, framed};
use crate::base::{Action, Facts, Level, Scope, Shared};
use crate::domain::Shown;
use crate::widgets::picker::{Areas, Choice, Pick, Picker};

/// An action the palette offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it does.
    pub action: Action,
    /// Its keys, for a person.
    pub keys: String,
    /// What it does, in words.
    pub help: &'static str,
    /// Why it is not possible now.
    pub why_not: Option<Cow<'static, str>>,
}

/// The list of actions.
#[derive(Clone, Debug)]
pub struct Palette {
    picker: Picker<Action>,
    rows: Vec<Row>,
}

impl Palette {
    /// A palette with these actions.
    pub fn new(rows: Vec<Row>) -> Self {
        let choice = |row: &Row| {
            let why = row.why_not.as_ref().map(|why| format!("  ({why})")).unwrap_or_default();
            Choice { key: row.action, label: Shown::line(format!("{}{why}", row.help)), detail: Shown::line(&row.keys) }
        };
        Self { picker: Picker::single(rows.iter().map(choice).collect()), rows }
    }

    fn run(&self, shared: &mut Shared) -> Option<Nav> {
        let Some(Pick::Item(action)) = self.picker.pick() else { return None };
        match &self.rows.iter().find(|row| row.action == *action)?.why_not {
            Some(why) => {
                shared.say(Level::Info, format!("Not now: {why}"));
                None
            }
            None => Some(Nav::Run(*action)),
        }
    }
}

impl Screen for Palette {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Picker, Scope::Text]
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let area = Areas::of(frame::inside(shared.body, size(shared.body)));
        self.picker.set_height(usize::from(area.list.height));
        match event {
            Event::Action(Action::Confirm) => return self.run(shared),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            event => {
                typing::picker(&mut self.picker, &event);
            }
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let inner = framed(
            area,
            size(area),
            &format!("All keys: type to filter, {} runs", shared.key(Scope::Picker, Action::Confirm)),
            buf,
            &shared.theme,
        );
        self.picker.render(inner, buf, &shared.theme)
    }
}

fn size(area: Rect) -> (u16, u16) {
    (area.width.saturating_sub(8).clamp(20, 76), area.height.saturating_sub(2))
}
