//! Everything the program said, newest last.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::{Event, Nav, Screen};
use super::frame::{Dialog, answer, framed};
use crate::base::{Action, Clip, Conditions, Effect, Level, Scope, Shared};
use crate::widgets::hints::Hint;
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::wrap;

/// Columns of the time and the level before each text.
const HEAD: usize = 17;

/// Lines scrolled up from the end.
#[derive(Clone, Debug, Default)]
pub struct MessageLog {
    up: usize,
}

fn lines(columns: usize, shared: &Shared) -> Vec<(String, String, Style)> {
    let theme = &shared.theme;
    let mut lines = Vec::new();
    for message in shared.session.messages.log() {
        let (word, style) = match message.level {
            Level::Info => ("info", theme.status),
            Level::Done => ("done", theme.good),
            Level::Warning => ("warning", theme.warning),
            Level::Error => ("error", theme.bad),
        };
        let at = message.at.to_zoned(shared.zone.clone()).strftime("%H:%M:%S").to_string();
        let mut head = format!("{at} {word}");
        for part in wrap(message.text.as_str(), columns.saturating_sub(HEAD).max(1)) {
            lines.push((std::mem::take(&mut head), part.to_owned(), style));
        }
    }
    lines
}

fn columns(shared: &Shared) -> usize {
    size(shared.body, shared).0.into()
}

/// As many rows as were said, if there is room.
fn size(area: Rect, shared: &Shared) -> (u16, u16) {
    let columns = area.width.saturating_sub(6).clamp(1, 100);
    let rows = lines(usize::from(columns), shared).len().clamp(1, usize::from(area.height.saturating_sub(2).max(1)));
    (columns, rows as u16)
}

fn rows(shared: &Shared) -> usize {
    size(shared.body, shared).1.max(1).into()
}

impl Screen for MessageLog {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Viewer]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let Event::Action(action) = event else { return None };
        let most = lines(columns(shared), shared).len().saturating_sub(rows(shared));
        let page = rows(shared) / 2;
        match action {
            Action::Back => return Some(Nav::Close(None)),
            Action::Up => self.up += 1,
            Action::Down => self.up = self.up.saturating_sub(1),
            Action::PageUp => self.up += page,
            Action::PageDown => self.up = self.up.saturating_sub(page),
            Action::First => self.up = most,
            Action::Last => self.up = 0,
            Action::Copy => {
                let texts: Vec<&str> = shared.session.messages.log().iter().map(|message| message.text.as_str()).collect();
                let text = texts.join("\n");
                shared.ask(Effect::Copy(Clip::new("Messages", text)));
            }
            _ => {}
        }
        self.up = self.up.min(most);
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, self.size(area, shared), "Messages", self.answers(shared), buf, theme);
        let lines = lines(usize::from(inner.width), shared);
        let top = lines.len().saturating_sub(usize::from(inner.height)).saturating_sub(self.up);
        if lines.is_empty() {
            buf.set_stringn(inner.x, inner.y, "Nothing has been said yet", usize::from(inner.width), theme.quiet);
        }
        for (y, (head, text, style)) in (inner.y..inner.bottom()).zip(lines.iter().skip(top)) {
            buf.set_stringn(inner.x, y, head, usize::from(inner.width), *style);
            let x = inner.x + (HEAD as u16).min(inner.width);
            buf.set_stringn(x, y, text, usize::from(inner.right().saturating_sub(x)), theme.text);
        }
        scrollbar(Rect { x: inner.right() + 1, width: 1, ..inner }.intersection(area), buf, top, lines.len(), theme);
        None
    }
}

impl Dialog for MessageLog {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        size(area, shared)
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        vec![answer(Scope::Viewer, Action::Copy, "copy", shared), answer(Scope::Viewer, Action::Back, "close", shared)]
    }
}
