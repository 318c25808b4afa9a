//! A text to look at and copy, like the commands that do what is on screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Event, Nav, Screen};
use super::frame::{Dialog, answer, framed};
use crate::base::{Action, Clip, Conditions, Effect, Scope, Shared};
use crate::domain::SafeText;
use crate::widgets::hints::{self, Hint};
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{width, wrap};

/// The text, and the first line of it on screen.
#[derive(Clone, Debug)]
pub struct TextView {
    title: &'static str,
    /// As it is copied.
    text: String,
    top: usize,
}

impl TextView {
    /// A text from its beginning.
    pub fn new(title: &'static str, text: String) -> Self {
        Self { title, text, top: 0 }
    }

    fn lines(&self, columns: u16) -> Vec<String> {
        wrap(SafeText::block(&self.text).as_str(), usize::from(columns.max(1))).into_iter().map(str::to_owned).collect()
    }
}

impl Screen for TextView {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Viewer]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let (columns, rows) = self.size(shared.body, shared);
        let most = self.lines(columns).len().saturating_sub(usize::from(rows));
        let page = usize::from(rows / 2).max(1);
        match event {
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Copy) => {
                shared.ask(Effect::Copy(Clip::new("Text", &self.text)));
            }
            Event::Action(Action::Up) => self.top = self.top.saturating_sub(1),
            Event::Action(Action::Down) => self.top += 1,
            Event::Action(Action::PageUp) => self.top = self.top.saturating_sub(page),
            Event::Action(Action::PageDown) => self.top += page,
            Event::Action(Action::First) => self.top = 0,
            Event::Action(Action::Last) => self.top = most,
            _ => {}
        }
        self.top = self.top.min(most);
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let inner = framed(area, self.size(area, shared), self.title, self.answers(shared), buf, &shared.theme);
        let lines = self.lines(inner.width);
        for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(self.top)) {
            buf.set_stringn(inner.x, y, line, usize::from(inner.width), shared.theme.text);
        }
        scrollbar(Rect { x: inner.right() + 1, width: 1, ..inner }.intersection(area), buf, self.top, lines.len(), &shared.theme);
        None
    }
}

impl Dialog for TextView {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        let most = area.width.saturating_sub(4).clamp(1, 100);
        let lines = self.lines(most);
        let columns = lines.iter().map(|line| width(line)).chain([width(self.title) + 2]).max().unwrap_or(0) as u16;
        let columns = columns.max(hints::columns(&self.answers(shared))).min(most);
        (columns, (lines.len() as u16).min(area.height.saturating_sub(2)))
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        vec![answer(Scope::Viewer, Action::Copy, "copy", shared), answer(Scope::Viewer, Action::Back, "close", shared)]
    }
}
