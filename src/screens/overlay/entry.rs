//! One line to type, for what is no field: a path, an address.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Event, Nav, Screen, typing};
use super::{framed, inside};
use crate::base::{Action, Facts, MouseKind, Scope, Shared};
use crate::widgets::editor::Editor;
use crate::widgets::text::wrap;

/// What is asked for, and what was typed.
#[derive(Clone, Debug)]
pub struct Entry {
    what: &'static str,
    title: &'static str,
    help: &'static str,
    editor: Editor,
}

impl Entry {
    /// An empty line; what is typed comes back as an [`Answer::Picked`] for `what`.
    pub fn new(what: &'static str, title: &'static str, help: &'static str) -> Self {
        Self { what, title, help, editor: Editor::single_line() }
    }

    fn size(&self, area: Rect) -> (u16, u16) {
        let columns = area.width.saturating_sub(8).clamp(1, 72);
        (columns, wrap(self.help, usize::from(columns)).len() as u16 + 2)
    }
}

impl Screen for Entry {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Picker, Scope::Text]
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let size = self.size(shared.body);
        match event {
            Event::Action(Action::Confirm) if !self.editor.is_empty() => {
                return Some(Nav::Close(Some(Answer::Picked { what: self.what, ids: Vec::new(), other: Some(self.editor.text()) })));
            }
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Mouse(mouse, area) if mouse.kind == MouseKind::Press => {
                self.editor.click(Rect { height: 1, ..inside(area, size) }, Position::new(mouse.column, mouse.row));
            }
            event => drop(typing::editor(&mut self.editor, &event, size.0)),
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, self.size(area), self.title, buf, theme);
        let help = wrap(self.help, usize::from(inner.width).max(1));
        for (y, line) in (inner.y.saturating_add(2)..inner.bottom()).zip(help) {
            buf.set_stringn(inner.x, y, line, usize::from(inner.width), theme.dim);
        }
        self.editor.render(Rect { height: inner.height.min(1), ..inner }, buf, theme.focused)
    }

    fn uses_mouse(&self) -> bool {
        true
    }
}
