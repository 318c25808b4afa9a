//! Everything that would change, section by section, before it is sent, and before edits of an earlier run are restored.
//!
//! Shows and asks; the screens know the values, and `app` has them do what is answered.

mod lines;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use self::lines::ReviewPurpose;
use self::lines::{ReviewLine, WORD, lines};
use super::super::{Answer, Event, Nav, Screen, YesNoQuestion};
use super::frame::{self, Dialog, framed};
use super::seen::FirstShown;
use crate::base::{Action, Condition, Conditions, DraftKind, MouseKind, Scope, Shared, UnsavedChange, UnsavedSection};
use crate::widgets::bar::bar;
use crate::widgets::diff;
use crate::widgets::hints::Hint;
use crate::widgets::scroll::{ScrollWindow, scrollbar};

/// The changes and where the user is in them.
#[derive(Clone, Debug)]
pub struct Review {
    title: String,
    purpose: ReviewPurpose,
    sections: Vec<UnsavedSection>,
    /// The change under the cursor, counted through all sections.
    cursor: usize,
    window: ScrollWindow,
    seen: FirstShown,
}

impl Review {
    /// A review with the cursor on the first field that needs an answer.
    pub fn new(title: String, purpose: ReviewPurpose, sections: Vec<UnsavedSection>) -> Self {
        let mut review = Self { title, purpose, sections, cursor: 0, window: ScrollWindow::new(20), seen: FirstShown::default() };
        let conflict = review.changes().position(|(_, change)| change.theirs.is_some());
        review.cursor = conflict.filter(|_| purpose == ReviewPurpose::Save).unwrap_or(0);
        review
    }

    /// When what is to be sent was first seen; edits that are restored can be discarded again.
    pub(super) fn seen(&mut self) -> Option<&mut FirstShown> {
        (self.purpose == ReviewPurpose::Save).then_some(&mut self.seen)
    }

    fn changes(&self) -> impl Iterator<Item = (DraftKind, &UnsavedChange)> {
        self.sections.iter().flat_map(|section| section.changes.iter().map(|change| (section.kind, change)))
    }

    fn has_conflicts(&self) -> bool {
        self.changes().any(|(_, change)| change.theirs.is_some())
    }

    fn lines(&self, columns: u16, shared: &Shared) -> Vec<ReviewLine> {
        lines(&self.sections, self.purpose, usize::from(columns), shared)
    }

    fn scope(&self) -> Scope {
        if self.purpose == ReviewPurpose::Save { Scope::Review } else { Scope::Earlier }
    }

    /// The lines below those of the changes: answers that have no room on the edge.
    fn below(&self, columns: u16, shared: &Shared) -> u16 {
        frame::foot(&self.answers(shared), columns)
    }

    fn follow(&mut self, shared: &Shared) {
        let lines = self.fit(shared);
        let of_change = |line: &ReviewLine| line.change == Some(self.cursor);
        let (first, last) = (lines.iter().position(of_change), lines.iter().rposition(of_change));
        if let (Some(first), Some(last)) = (first, last) {
            // The ends show what stands beyond the changes: the heading and the warnings.
            let last = if self.cursor + 1 == self.changes().count() { lines.len() - 1 } else { last };
            self.window.follow(last, lines.len());
            self.window.follow(if self.cursor == 0 { 0 } else { first }, lines.len());
        }
    }

    /// Scrolls by some rows or, if `None`, by half of those in view.
    fn scroll(&mut self, rows: Option<isize>, down: bool, shared: &Shared) {
        let lines = self.fit(shared).len();
        let rows = rows.unwrap_or_else(|| isize::try_from(self.window.height() / 2).unwrap_or(1).max(1));
        self.window.scroll(if down { rows } else { -rows }, lines);
    }

    /// The lines, with the window as high as it is drawn.
    fn fit(&mut self, shared: &Shared) -> Vec<ReviewLine> {
        let (columns, rows) = self.size(shared.body, shared);
        let lines = self.lines(columns, shared);
        self.window.set_height(usize::from(rows.saturating_sub(self.below(columns, shared))), self.window.top(), lines.len());
        lines
    }

    fn current(&self) -> Option<(DraftKind, &UnsavedChange)> {
        self.changes().nth(self.cursor)
    }

    fn resolve(&self, mine: bool) -> Option<Nav> {
        let (kind, change) = self.current()?;
        Some(Nav::Close(Some(Answer::Resolve { kind, key: change.key, mine })))
    }
}

impl Screen for Review {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![self.scope()]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
            .with(Condition::Settled, !self.has_conflicts())
            .with(Condition::Conflict, self.current().is_some_and(|(_, change)| change.theirs.is_some()))
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        match event {
            Event::Action(Action::Confirm) if self.purpose == ReviewPurpose::Restore => {
                return Some(Nav::Close(Some(Answer::Yes(YesNoQuestion::RestoreDraft))));
            }
            Event::Action(Action::Confirm) => return Some(Nav::Close(Some(Answer::Send))),
            Event::Action(Action::DiscardDraft) => return Some(Nav::Close(Some(Answer::No(YesNoQuestion::RestoreDraft)))),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Yours) => return self.resolve(true),
            Event::Action(Action::Theirs) => return self.resolve(false),
            Event::Action(Action::PageUp) => self.scroll(None, false, shared),
            Event::Action(Action::PageDown) => self.scroll(None, true, shared),
            Event::Mouse(mouse, _) if mouse.kind == MouseKind::ScrollUp => self.scroll(Some(3), false, shared),
            Event::Mouse(mouse, _) if mouse.kind == MouseKind::ScrollDown => self.scroll(Some(3), true, shared),
            Event::Action(Action::Up) => {
                self.cursor = self.cursor.saturating_sub(1);
                self.follow(shared);
            }
            Event::Action(Action::Down) => {
                self.cursor = (self.cursor + 1).min(self.changes().count().saturating_sub(1));
                self.follow(shared);
            }
            _ => {}
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, self.size(area, shared), &self.title, self.answers(shared), buf, theme);
        if inner.is_empty() {
            return None;
        }
        let lines = self.lines(inner.width, shared);
        let list = Rect { height: inner.height.saturating_sub(self.below(inner.width, shared)), ..inner };
        let top = self.window.top().min(lines.len().saturating_sub(usize::from(list.height)));
        let several = self.changes().count() > 1;
        let mut cursor = None;
        for (y, line) in (list.y..list.bottom()).zip(lines.iter().skip(top)) {
            if line.change == Some(self.cursor) {
                cursor.get_or_insert(Position::new(inner.x, y));
            }
            if line.text.is_empty() {
                buf.set_stringn(inner.x, y, &line.word, usize::from(inner.width), line.style);
                if several && line.change == Some(self.cursor) {
                    bar(Rect { y, height: 1, ..inner }, buf, theme.selection);
                }
                continue;
            }
            buf.set_stringn(inner.x, y, &line.word, usize::from(inner.width), line.style);
            let x = inner.x + WORD.min(inner.width);
            let area = Rect { x, y, width: inner.right() - x, height: 1 };
            diff::draw(&line.text, &line.marks, area, buf, (line.style, line.mark));
        }
        scrollbar(Rect { x: inner.right(), width: 1, ..list }.intersection(buf.area), buf, top, lines.len(), theme);
        cursor
    }
}

impl Dialog for Review {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        let columns = area.width.saturating_sub(6).clamp(1, 76);
        let rows = u16::try_from(self.lines(columns, shared).len()).unwrap_or(u16::MAX);
        (columns, rows.saturating_add(self.below(columns, shared)).min(area.height.saturating_sub(2)))
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        let scope = self.scope();
        let hint = |action, help: &str| Hint { action, key: shared.key(scope, action), help: help.to_owned() };
        match self.purpose {
            ReviewPurpose::Restore => {
                vec![hint(Action::Confirm, "restore"), hint(Action::DiscardDraft, "discard"), hint(Action::Back, "later")]
            }
            ReviewPurpose::Save if self.has_conflicts() => {
                vec![hint(Action::Yours, "keep mine"), hint(Action::Theirs, "take the server's"), hint(Action::Back, "back to editing")]
            }
            ReviewPurpose::Save => vec![hint(Action::Confirm, "send"), hint(Action::Back, "back to editing")],
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::base::ServerLabel;
    use crate::domain::SafeText;
    use crate::widgets::theme::Theme;

    fn section(changes: Vec<UnsavedChange>, warnings: Vec<SafeText>) -> Vec<UnsavedSection> {
        vec![UnsavedSection { kind: DraftKind::Profile, title: SafeText::default(), changes, warnings }]
    }

    #[test]
    fn what_does_not_fit_comes_with_the_first_page_down() {
        let place = ServerLabel { label: SafeText::default(), sandbox: true };
        let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
        shared.body = Rect::new(0, 0, 60, 10);
        let change = UnsavedChange { key: "bio", new: Some(SafeText::line("word ".repeat(80))), ..UnsavedChange::default() };
        let mut review = Review::new(String::new(), ReviewPurpose::Save, section(vec![change], vec![SafeText::line("the last line")]));
        for _ in 0..2 {
            review.on(Event::Action(Action::PageDown), &mut shared);
        }
        let mut buf = Buffer::empty(shared.body);
        review.view(shared.body, &mut buf, &shared);
        let shown: String = buf.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(shown.contains("the last line"), "{shown}");
    }

    #[test]
    fn a_review_with_a_conflict_begins_there() {
        let conflict = UnsavedChange { key: "bio", theirs: Some(SafeText::line("theirs")), ..UnsavedChange::default() };
        let changes = vec![UnsavedChange { key: "name", ..UnsavedChange::default() }, conflict];
        let review = Review::new(String::new(), ReviewPurpose::Save, section(changes, Vec::new()));
        assert_eq!(review.current().map(|(_, change)| change.key), Some("bio"));
    }
}
