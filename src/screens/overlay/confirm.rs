//! A yes-or-no question. Esc is always no.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Ask, Event, Nav, Screen};
use super::framed;
use crate::base::{Action, Facts, Scope, Shared};
use crate::domain::Shown;
use crate::widgets::text::{width, wrap};

/// The question and what yes means.
#[derive(Clone, Debug)]
pub struct Confirm {
    title: &'static str,
    lines: Vec<Shown>,
    yes: &'static str,
    ask: Ask,
}

impl Confirm {
    /// A question with an explanation.
    pub fn new(title: &'static str, lines: Vec<Shown>, yes: &'static str, ask: Ask) -> Self {
        Self { title, lines, yes, ask }
    }

    /// What the question is about.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }
}

impl Screen for Confirm {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Confirm]
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
    }

    fn on(&mut self, event: Event, _shared: &mut Shared) -> Option<Nav> {
        match event {
            Event::Action(Action::Confirm) => Some(Nav::Close(Some(Answer::Yes(self.ask.clone())))),
            Event::Action(Action::Back) => Some(Nav::Close(Some(Answer::No(self.ask.clone())))),
            _ => None,
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let room = usize::from(area.width.saturating_sub(6)).clamp(1, 64);
        let lines: Vec<&str> = self.lines.iter().flat_map(|line| wrap(line.as_str(), room)).collect();
        let answers = format!("Enter {}   Esc no", self.yes);
        let wide = lines.iter().map(|line| width(line)).chain([width(&answers), width(self.title) + 2]).max().unwrap_or(0);
        let inner = framed(area, (wide as u16, lines.len() as u16 + 2), self.title, buf, theme);
        for (y, line) in (inner.y..inner.bottom()).zip(&lines) {
            buf.set_stringn(inner.x, y, line, usize::from(inner.width), theme.value);
        }
        if inner.height > 0 {
            buf.set_stringn(inner.x, inner.bottom() - 1, &answers, usize::from(inner.width), theme.key_hint);
        }
        None
    }
}
