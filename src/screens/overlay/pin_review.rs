//! The review of a save that met other changes: your list, theirs, and what will be sent. A pin you moved that was unpinned elsewhere
//! is kept or dropped, one by one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{Answer, Event, Nav, Screen};
use super::frame::{Dialog, answer, framed};
use super::seen::FirstShown;
use crate::base::{Action, Condition, Conditions, Scope, Shared};
use crate::domain::pins::Replayed;
use crate::domain::{Id, SafeText};
use crate::widgets::hints::Hint;
use crate::widgets::text::{pad, wrap};

/// A list with names.
type NamedList = Vec<(Id, SafeText)>;

/// The lists, and what was decided so far.
#[derive(Clone, Debug)]
pub struct PinReview {
    mine: NamedList,
    theirs: NamedList,
    replayed: Replayed,
    /// The pins in question, and whether each is kept.
    questions: Vec<(Id, bool)>,
    cursor: usize,
    /// The first row of the lists on screen.
    top: usize,
    pub(super) seen: FirstShown,
}

impl PinReview {
    /// A review in which everything the user moved is kept.
    pub fn new(mine: NamedList, theirs: NamedList, replayed: Replayed) -> Self {
        let questions = replayed.conflicts.iter().map(|conflict| (conflict.id.clone(), true)).collect();
        Self { mine, theirs, replayed, questions, cursor: 0, top: 0, seen: FirstShown::default() }
    }

    fn kept(&self) -> impl Iterator<Item = &Id> {
        self.questions.iter().filter(|(_, keep)| *keep).map(|(id, _)| id)
    }

    fn name(&self, id: &Id) -> SafeText {
        let named = self.mine.iter().chain(&self.theirs).find(|(other, _)| other == id);
        named.map_or_else(|| id.shown(), |(_, name)| name.clone())
    }

    fn result(&self) -> Vec<SafeText> {
        let mut replayed = self.replayed.clone();
        self.kept().for_each(|id| replayed.keep(id));
        replayed.list.ids().iter().map(|id| self.name(id)).collect()
    }

    fn decide(&mut self, keep: bool) {
        if let Some(question) = self.questions.get_mut(self.cursor) {
            question.1 = keep;
        }
    }

    /// What this is about, and the keys for it.
    fn why(&self, shared: &Shared) -> String {
        let key = |action| shared.key(Scope::Review, action);
        let send = key(Action::Confirm);
        if self.questions.is_empty() {
            return format!("Other devices overwrote your changes each time they were sent. {send} sends the result again.");
        }
        let (yours, theirs) = (key(Action::Yours), key(Action::Theirs));
        format!("You moved these; another device unpinned them. {yours} keeps one pinned, {theirs} lets it go, {send} sends the result.")
    }

    fn down(&mut self) {
        if self.cursor + 1 < self.questions.len() {
            self.cursor += 1;
        } else {
            let most = self.mine.len().max(self.theirs.len());
            self.top = (self.top + 1).min(most.saturating_sub(1));
        }
    }

    fn up(&mut self) {
        if self.top > 0 {
            self.top -= 1;
        } else {
            self.cursor = self.cursor.saturating_sub(1);
        }
    }
}

impl Screen for PinReview {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Review]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts.with(Condition::Settled, true).with(Condition::Conflict, !self.questions.is_empty())
    }

    fn on(&mut self, event: Event, _shared: &mut Shared) -> Option<Nav> {
        let Event::Action(action) = event else { return None };
        match action {
            Action::Confirm => return Some(Nav::Close(Some(Answer::SendPins { keep: self.kept().cloned().collect() }))),
            Action::Back => return Some(Nav::Close(None)),
            Action::Yours => self.decide(true),
            Action::Theirs => self.decide(false),
            Action::Up => self.up(),
            Action::Down => self.down(),
            _ => {}
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, self.size(area, shared), "The pins changed elsewhere", self.answers(shared), buf, theme);
        let columns = usize::from(inner.width);
        let mut y = inner.y;
        let mut line = |text: &str, style| {
            let at = Position::new(inner.x, y);
            if y < inner.bottom() {
                buf.set_stringn(inner.x, y, pad(text, columns, theme.symbols.ellipsis), columns, style);
                y += 1;
            }
            at
        };
        let mut cursor = None;
        for text in wrap(&self.why(shared), columns.max(1)) {
            line(text, theme.text);
        }
        for (n, (id, keep)) in self.questions.iter().enumerate() {
            let sign = if *keep { theme.symbols.checked } else { theme.symbols.unchecked };
            let text = format!("{sign} {}: {}", self.name(id), if *keep { "keep it pinned" } else { "let it go" });
            let at = line(&text, if n == self.cursor { theme.selection } else { theme.text });
            cursor = cursor.or((n == self.cursor).then_some(at));
        }
        line("", theme.text);
        let third = columns / 3;
        let three = |a: &str, b: &str, c: &str| [a, b, c].map(|text| pad(text, third.saturating_sub(1), theme.symbols.ellipsis)).join(" ");
        line(&three("YOURS", "THEIRS", "RESULT"), theme.heading);
        let result = self.result();
        let longest = self.mine.len().max(self.theirs.len()).max(result.len());
        let text = |list: Option<&SafeText>| list.map(|name| name.as_str().to_owned()).unwrap_or_default();
        for row in self.top..longest {
            let mine = text(self.mine.get(row).map(|(_, name)| name));
            let theirs = text(self.theirs.get(row).map(|(_, name)| name));
            line(&three(&mine, &theirs, &text(result.get(row))), theme.text);
        }
        cursor
    }
}

impl Dialog for PinReview {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        let columns = area.width.saturating_sub(6).clamp(1, 100);
        let lists = self.mine.len().max(self.theirs.len()).max(self.result().len());
        let rows = wrap(&self.why(shared), columns.into()).len() + self.questions.len() + 2 + lists;
        (columns, u16::try_from(rows).unwrap_or(u16::MAX).min(area.height.saturating_sub(2)))
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        let choose = [(Action::Yours, "keep it"), (Action::Theirs, "let it go")];
        let choose = choose.into_iter().filter(|_| !self.questions.is_empty());
        let all = choose.chain([(Action::Confirm, "send"), (Action::Back, "back to editing")]);
        all.map(|(action, help)| answer(Scope::Review, action, help, shared)).collect()
    }
}
