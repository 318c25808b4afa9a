//! A yes-or-no question. Esc is always no.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Ask, Event, Nav, Screen};
use super::frame::framed;
use crate::base::{Action, Facts, Scope, Shared};
use crate::domain::Shown;
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{width, wrap};

/// The question and what yes means.
#[derive(Clone, Debug)]
pub struct Confirm {
    title: &'static str,
    lines: Vec<Shown>,
    yes: &'static str,
    ask: Ask,
    /// Lines scrolled down, where not all of them fit.
    top: usize,
}

impl Confirm {
    /// A question with an explanation.
    pub fn new(title: &'static str, lines: Vec<Shown>, yes: &'static str, ask: Ask) -> Self {
        Self { title, lines, yes, ask, top: 0 }
    }

    fn wrapped(&self, area: Rect) -> Vec<&str> {
        let room = usize::from(area.width.saturating_sub(6)).clamp(1, 64);
        self.lines.iter().flat_map(|line| wrap(line.as_str(), room)).collect()
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

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        match event {
            Event::Action(Action::Confirm) => Some(Nav::Close(Some(Answer::Yes(self.ask.clone())))),
            Event::Action(Action::Back) => Some(Nav::Close(Some(Answer::No(self.ask.clone())))),
            Event::Action(Action::Up) => {
                self.top = self.top.saturating_sub(1);
                None
            }
            Event::Action(Action::Down) => {
                let (lines, height) = (self.wrapped(shared.body).len(), usize::from(shared.body.height.saturating_sub(4)));
                self.top = (self.top + 1).min(lines.saturating_sub(height));
                None
            }
            _ => None,
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let lines = self.wrapped(area);
        let answers =
            format!("{} {}   {} no", shared.key(Scope::Confirm, Action::Confirm), self.yes, shared.key(Scope::Confirm, Action::Back));
        let wide = lines.iter().map(|line| width(line)).chain([width(&answers), width(self.title) + 2]).max().unwrap_or(0);
        let inner = framed(area, (wide as u16, lines.len() as u16 + 2), self.title, buf, theme);
        let room = usize::from(inner.height.saturating_sub(2));
        let top = self.top.min(lines.len().saturating_sub(room));
        for (y, line) in (inner.y..).zip(lines.iter().skip(top).take(room)) {
            buf.set_stringn(inner.x, y, line, usize::from(inner.width), theme.value);
        }
        let outer = Rect { x: inner.right() + 1, width: 1, height: room as u16, ..inner };
        scrollbar(outer, buf, top, lines.len(), theme);
        if inner.height > 0 {
            buf.set_stringn(inner.x, inner.bottom() - 1, &answers, usize::from(inner.width), theme.key_hint);
        }
        None
    }
}
