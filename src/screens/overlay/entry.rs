//! One line to type, for what is no field: the path of a file, or an address. Tab completes a path.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Event, Nav, Screen, typing};
use super::frame::{Dialog, answer, framed, inside};
use crate::base::{Action, Conditions, Effect, MouseKind, Scope, Shared};
use crate::domain::SafeText;
use crate::widgets::editor::Editor;
use crate::widgets::hints::Hint;
use crate::widgets::text::{truncate, wrap};

/// Lines of possible paths that are shown.
const MOST_SHOWN: usize = 6;

/// What is asked for, what was typed, and what it may become.
#[derive(Clone, Debug)]
pub struct TextEntry {
    what: &'static str,
    title: &'static str,
    help: String,
    editor: Editor,
    offered: Vec<SafeText>,
}

impl TextEntry {
    /// A line that begins with `typed`; what it becomes comes back as an [`Answer::Picked`] for `what`.
    pub fn new(what: &'static str, title: &'static str, help: &str, typed: &str) -> Self {
        Self { what, title, help: help.to_owned(), editor: Editor::single_line().with_text(typed), offered: Vec::new() }
    }

    /// Takes as much as all paths have in common and offers the rest.
    fn complete(&mut self, typed: &str, paths: &[String]) {
        if self.editor.text() != typed {
            return;
        }
        let common = common_start(paths);
        if common.chars().count() > typed.chars().count() {
            self.editor.replace(&common);
        }
        self.offered = match paths {
            [] => vec![SafeText::line("nothing starts with this")],
            [_] => Vec::new(),
            [shown @ .., _] if shown.len() < MOST_SHOWN => paths.iter().map(SafeText::line).collect(),
            more => {
                let rest = more.len() - (MOST_SHOWN - 1);
                more.iter().take(MOST_SHOWN - 1).map(SafeText::line).chain([SafeText::line(format!("and {rest} more"))]).collect()
            }
        };
    }
}

/// What all of them begin with.
fn common_start(paths: &[String]) -> String {
    let Some((first, rest)) = paths.split_first() else { return String::new() };
    let alike = |(at, c): &(usize, char)| rest.iter().all(|path| path.get(*at..).is_some_and(|rest| rest.starts_with(*c)));
    first.char_indices().take_while(alike).map(|(_, c)| c).collect()
}

impl Screen for TextEntry {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Entry, Scope::Text]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let size = self.size(shared.body, shared);
        match event {
            Event::Action(Action::Confirm) if !self.editor.is_empty() => {
                return Some(Nav::Close(Some(Answer::Picked { what: self.what, ids: Vec::new(), other: Some(self.editor.text()) })));
            }
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Complete) => shared.ask(Effect::CompletePath(self.editor.text())),
            Event::Paths(typed, paths) => self.complete(&typed, &paths),
            Event::Mouse(mouse, area) if mouse.kind == MouseKind::Press => {
                self.editor.click(Rect { height: 1, ..inside(area, size) }, Position::new(mouse.column, mouse.row));
            }
            event => {
                if typing::editor(&mut self.editor, &event, size.0).is_some() {
                    self.offered.clear();
                }
            }
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, self.size(area, shared), self.title, self.answers(shared), buf, theme);
        let columns = usize::from(inner.width);
        let offered = self.offered.iter().map(|path| (truncate(path.as_str(), columns, theme.symbols.ellipsis), theme.text));
        let help = wrap(&self.help, columns.max(1)).into_iter().map(|line| (line.into(), theme.quiet));
        let gap = inner.y.saturating_add(1 + u16::from(self.offered.is_empty()));
        for (y, (line, style)) in (gap..inner.bottom()).zip(offered.chain(help)) {
            buf.set_stringn(inner.x, y, line, columns, style);
        }
        self.editor.render(Rect { height: inner.height.min(1), ..inner }, buf, theme.focus, theme.symbols.ellipsis)
    }
}

impl Dialog for TextEntry {
    fn size(&self, area: Rect, _shared: &Shared) -> (u16, u16) {
        let columns = area.width.saturating_sub(8).clamp(1, 72);
        (columns, (wrap(&self.help, usize::from(columns)).len() + self.offered.len()) as u16 + 2)
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        let all = [(Action::Confirm, "take it"), (Action::Complete, "complete the path"), (Action::Back, "close")];
        all.map(|(action, help)| answer(Scope::Entry, action, help, shared)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(typed: &str, paths: &[&str]) -> (String, usize) {
        let mut entry = TextEntry::new("", "", "", "");
        entry.editor.set_text(typed);
        entry.complete(typed, &paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
        (entry.editor.text(), entry.offered.len())
    }

    #[test]
    fn as_much_is_completed_as_is_certain() {
        assert_eq!(completed("~/c", &["~/cat.png"]), ("~/cat.png".to_owned(), 0));
        assert_eq!(completed("~/c", &["~/cats/", "~/catch.png"]), ("~/cat".to_owned(), 2));
        assert_eq!(completed("a", &["aé1", "aè2"]), ("a".to_owned(), 2));
        assert_eq!(completed("x", &[]), ("x".to_owned(), 1));
        assert_eq!(completed("", &["a"; 40]).1, MOST_SHOWN);
    }

    #[test]
    fn an_answer_that_comes_late_changes_nothing() {
        let mut entry = TextEntry::new("", "", "", "");
        entry.editor.set_text("ab");
        entry.complete("a", &["abc".to_owned()]);
        assert_eq!(entry.editor.text(), "ab");
    }
}
