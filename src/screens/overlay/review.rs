//! What would change, old and new side by side, before it is sent, and before edits of an earlier run are restored.
//!
//! Shows and asks; the form below knows the values and does what is answered.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::super::{Answer, Ask, Event, Nav, Screen};
use super::frame::{self, Dialog, framed};
use crate::base::{Action, Fact, Facts, MouseKind, Scope, Shared};
use crate::domain::Shown;
use crate::widgets::hints::{self, Hint};
use crate::widgets::scroll::{Window, scrollbar};
use crate::widgets::text::wrap;
use crate::widgets::theme::Theme;

/// Columns of the word before a value.
const WORD: u16 = 9;
/// Lines of one value that are shown.
const MOST_LINES: usize = 6;
/// Where two long values begin alike, so many graphemes before the first difference are shown.
const BEFORE: usize = 24;

/// What the review is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Send the changes.
    Save,
    /// Take edits of an earlier run back.
    Restore,
}

/// Whose value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the user started.
    Old,
    /// What the user made of it.
    New,
    /// What the server has now, where that is neither.
    Theirs,
}

/// One changed field.
#[derive(Clone, Debug)]
pub struct Change {
    key: &'static str,
    label: &'static str,
    sides: Vec<(Side, Shown)>,
    note: Option<Shown>,
}

impl Change {
    /// A field with no value yet.
    pub fn new(key: &'static str, label: &'static str) -> Self {
        Self { key, label, sides: Vec::new(), note: None }
    }

    /// Adds a value, already readable.
    pub fn side(&mut self, side: Side, text: String) {
        self.sides.push((side, Shown::line(text)));
    }

    /// Says in words what the difference is.
    pub fn note(&mut self, text: String) {
        self.note = Some(Shown::line(text));
    }

    fn is_conflict(&self) -> bool {
        self.sides.iter().any(|(side, _)| *side == Side::Theirs)
    }

    /// Graphemes at the start of all the values that are the same and need not be shown.
    fn skipped(&self) -> usize {
        let Some(((_, first), others)) = self.sides.split_first() else { return 0 };
        let begins_like_first = |(_, other): &(Side, Shown)| {
            first.as_str().graphemes(true).zip(other.as_str().graphemes(true)).take_while(|(one, other)| one == other).count()
        };
        let alike = others.iter().map(begins_like_first).min().unwrap_or(0);
        if alike > 3 * BEFORE { alike - BEFORE } else { 0 }
    }
}

/// The changes and where the user is in them.
#[derive(Clone, Debug)]
pub struct Review {
    title: String,
    purpose: Purpose,
    changes: Vec<Change>,
    warnings: Vec<Shown>,
    cursor: usize,
    window: Window,
}

struct Line {
    change: Option<usize>,
    word: &'static str,
    text: String,
    style: Style,
}

impl Review {
    /// A review with the cursor on the first field that needs an answer.
    pub fn new(title: String, purpose: Purpose, changes: Vec<Change>, warnings: Vec<Shown>) -> Self {
        let cursor = changes.iter().position(Change::is_conflict).filter(|_| purpose == Purpose::Save).unwrap_or(0);
        Self { title, purpose, changes, warnings, cursor, window: Window::new(20) }
    }

    fn lines(&self, columns: usize, theme: &Theme) -> Vec<Line> {
        let mut lines = Vec::new();
        let room = columns.saturating_sub(usize::from(WORD) + 2).max(1);
        for (i, change) in self.changes.iter().enumerate() {
            let mut line = |word, text: &str, style| lines.push(Line { change: Some(i), word, text: text.to_owned(), style });
            line(change.label, "", theme.title);
            let skipped = change.skipped();
            for (side, text) in &change.sides {
                let (mut word, style) = match side {
                    Side::Old => ("  old", theme.dim),
                    Side::New if self.purpose == Purpose::Save => ("  new", theme.value),
                    Side::New => ("  yours", theme.value),
                    Side::Theirs => ("  server", theme.warning),
                };
                for part in excerpt(text.as_str(), skipped, room, theme.symbols.ellipsis) {
                    line(std::mem::take(&mut word), &part, style);
                }
            }
            for part in change.note.iter().flat_map(|note| wrap(note.as_str(), room)) {
                line("", part, theme.dirty);
            }
            if change.is_conflict() {
                let text = match self.purpose {
                    Purpose::Save => "changed on the server too: m keeps yours, t takes the server's",
                    Purpose::Restore => "changed on the server since; you will be asked before anything is sent",
                };
                for part in wrap(text, room) {
                    line("", part, theme.warning);
                }
            }
        }
        for warning in &self.warnings {
            let mut word = theme.symbols.warning;
            for part in wrap(warning.as_str(), room) {
                lines.push(Line { change: None, word: std::mem::take(&mut word), text: part.to_owned(), style: theme.warning });
            }
        }
        lines
    }

    fn scope(&self) -> Scope {
        if self.purpose == Purpose::Save { Scope::Review } else { Scope::Earlier }
    }

    /// The lines below those of the changes: one empty, then the answers.
    fn below(&self, columns: u16, shared: &Shared) -> u16 {
        1 + hints::lines(&self.answers(shared), columns)
    }

    fn follow(&mut self, shared: &Shared) {
        let lines = self.fit(shared);
        let of_change = |line: &Line| line.change == Some(self.cursor);
        let (first, last) = (lines.iter().position(of_change), lines.iter().rposition(of_change));
        if let (Some(first), Some(last)) = (first, last) {
            let last = if self.cursor + 1 == self.changes.len() { lines.len() - 1 } else { last };
            self.window.follow(last, lines.len());
            self.window.follow(first, lines.len());
        }
    }

    /// Scrolls by some rows or, if `None`, by half of those in view.
    fn scroll(&mut self, rows: Option<isize>, down: bool, shared: &Shared) {
        let lines = self.fit(shared).len();
        let rows = rows.unwrap_or_else(|| isize::try_from(self.window.height() / 2).unwrap_or(1).max(1));
        self.window.scroll(if down { rows } else { -rows }, lines);
    }

    /// The lines, with the window as high as it is drawn.
    fn fit(&mut self, shared: &Shared) -> Vec<Line> {
        let (columns, rows) = self.size(shared.body, shared);
        let lines = self.lines(usize::from(columns), &shared.theme);
        self.window.set_height(usize::from(rows.saturating_sub(self.below(columns, shared))), self.window.top(), lines.len());
        lines
    }

    fn current(&self) -> Option<&Change> {
        self.changes.get(self.cursor)
    }
}

/// The lines of a value that are shown: from shortly before the difference on, and not more than fit.
fn excerpt(text: &str, skipped: usize, columns: usize, ellipsis: &str) -> Vec<String> {
    let start = text.grapheme_indices(true).nth(skipped).map_or(text.len(), |(at, _)| at);
    let mut shown = if skipped > 0 { ellipsis.to_owned() } else { String::new() };
    // What cannot be on the lines shown need not be wrapped.
    shown.extend(text.get(start..).unwrap_or_default().graphemes(true).take(columns * (MOST_LINES + 1)));
    let mut lines: Vec<String> = wrap(&shown, columns).into_iter().map(str::to_owned).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES - 1);
        lines.push(ellipsis.to_owned());
    }
    lines
}

impl Screen for Review {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![self.scope()]
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
            .with(Fact::Settled, !self.changes.iter().any(Change::is_conflict))
            .with(Fact::Conflict, self.current().is_some_and(Change::is_conflict))
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let resolve = |mine: bool| self.current().map(|change| Nav::Close(Some(Answer::Resolve { key: change.key, mine })));
        match event {
            Event::Action(Action::Confirm) if self.purpose == Purpose::Restore => {
                return Some(Nav::Close(Some(Answer::Yes(Ask::RestoreDraft))));
            }
            Event::Action(Action::Confirm) => return Some(Nav::Close(Some(Answer::Send))),
            Event::Action(Action::Remove) => return Some(Nav::Close(Some(Answer::No(Ask::RestoreDraft)))),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Yours) => return resolve(true),
            Event::Action(Action::Theirs) => return resolve(false),
            Event::Action(Action::PageUp) => self.scroll(None, false, shared),
            Event::Action(Action::PageDown) => self.scroll(None, true, shared),
            Event::Mouse(mouse, _) if mouse.kind == MouseKind::ScrollUp => self.scroll(Some(3), false, shared),
            Event::Mouse(mouse, _) if mouse.kind == MouseKind::ScrollDown => self.scroll(Some(3), true, shared),
            Event::Action(Action::Up) => {
                self.cursor = self.cursor.saturating_sub(1);
                self.follow(shared);
            }
            Event::Action(Action::Down) => {
                self.cursor = (self.cursor + 1).min(self.changes.len().saturating_sub(1));
                self.follow(shared);
            }
            _ => {}
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, self.size(area, shared), &self.title, buf, theme);
        if inner.is_empty() {
            return None;
        }
        let lines = self.lines(usize::from(inner.width), theme);
        let list = Rect { height: inner.height.saturating_sub(self.below(inner.width, shared)), ..inner };
        let top = self.window.top().min(lines.len().saturating_sub(usize::from(list.height)));
        for (y, line) in (list.y..list.bottom()).zip(lines.iter().skip(top)) {
            if line.text.is_empty() {
                let current = line.change == Some(self.cursor) && self.changes.len() > 1;
                buf.set_stringn(inner.x, y, line.word, usize::from(inner.width), if current { theme.selected } else { line.style });
                continue;
            }
            buf.set_stringn(inner.x, y, line.word, usize::from(inner.width), line.style);
            let x = inner.x + WORD.min(inner.width);
            buf.set_stringn(x, y, &line.text, usize::from(inner.right() - x), line.style);
        }
        scrollbar(Rect { x: inner.right(), width: 1, ..list }.intersection(buf.area), buf, top, lines.len(), theme);
        hints::draw(&frame::answers(inner, self.answers(shared)), buf, theme);
        None
    }
}

impl Dialog for Review {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        let columns = area.width.saturating_sub(6).clamp(1, 76);
        let rows = u16::try_from(self.lines(usize::from(columns), &shared.theme).len()).unwrap_or(u16::MAX);
        (columns, rows.saturating_add(self.below(columns, shared)).min(area.height.saturating_sub(2)))
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        let scope = self.scope();
        let hint = |action, help: &str| Hint { action, key: shared.key(scope, action), help: help.to_owned() };
        match self.purpose {
            Purpose::Restore => vec![hint(Action::Confirm, "restore"), hint(Action::Remove, "discard"), hint(Action::Back, "later")],
            Purpose::Save if self.changes.iter().any(Change::is_conflict) => {
                vec![hint(Action::Yours, "keep mine"), hint(Action::Theirs, "take the server's"), hint(Action::Back, "back to editing")]
            }
            Purpose::Save => vec![hint(Action::Confirm, "send"), hint(Action::Back, "back to editing")],
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::base::Place;

    #[test]
    fn two_long_texts_are_shown_from_where_they_differ() {
        let long = "all the same and on and on ".repeat(20);
        let mut change = Change::new("bio", "Bio");
        change.side(Side::Old, format!("{long}old end"));
        change.side(Side::New, format!("{long}new end"));
        let shown = excerpt(change.sides[1].1.as_str(), change.skipped(), 40, "…");
        assert!(shown.len() == 1 && shown[0].starts_with('…') && shown[0].ends_with("new end"), "{shown:?}");
        change.side(Side::Theirs, "something else".to_owned());
        assert_eq!(
            excerpt("something else", change.skipped(), 40, "…"),
            ["something else"],
            "whoever chooses sees what there is to choose"
        );
        let cut = excerpt(&"word ".repeat(400), 0, 20, "…");
        assert_eq!((cut.len(), cut.last().map(String::as_str)), (MOST_LINES, Some("…")));
    }

    #[test]
    fn what_does_not_fit_comes_with_the_first_page_down() {
        let place = Place { label: Shown::default(), sandbox: true };
        let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
        shared.body = Rect::new(0, 0, 60, 10);
        let mut change = Change::new("bio", "Bio");
        change.side(Side::New, "word ".repeat(80));
        let mut review = Review::new(String::new(), Purpose::Save, vec![change], vec![Shown::line("the last line")]);
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
        let mut conflict = Change::new("bio", "Bio");
        conflict.side(Side::Theirs, "theirs".to_owned());
        let review = Review::new(String::new(), Purpose::Save, vec![Change::new("name", "Name"), conflict], Vec::new());
        assert_eq!(review.current().map(|change| change.key), Some("bio"));
    }
}
