//! A yes-or-no question. Esc is always no.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::super::{Answer, Event, Nav, Screen, YesNoQuestion};
use super::frame::{self, Dialog, answer, framed};
use super::seen::FirstShown;
use crate::base::{Action, Conditions, Scope, Shared, Thumbnail};
use crate::domain::SafeText;
use crate::widgets::hints::{self, Hint};
use crate::widgets::picture::{self, PictureFrame};
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{width, wrap};

/// Rows of a picture at most, and fewer than which show nothing worth their room.
const MOST_ROWS: u16 = 14;
const LEAST_ROWS: u16 = 4;

/// The question and what yes means.
#[derive(Clone, Debug)]
pub struct Confirm {
    title: &'static str,
    lines: Vec<SafeText>,
    yes: &'static str,
    ask: YesNoQuestion,
    /// What it is about, to look at.
    picture: Option<Thumbnail>,
    /// Lines scrolled down, where not all of them fit.
    top: usize,
    pub(super) seen: FirstShown,
}

impl Confirm {
    /// A question with an explanation.
    pub fn new(title: &'static str, lines: Vec<SafeText>, yes: &'static str, ask: YesNoQuestion) -> Self {
        Self { title, lines, yes, ask, picture: None, top: 0, seen: FirstShown::default() }
    }

    /// The question with a picture above it, where there is room.
    #[must_use]
    pub fn showing(self, picture: Option<Thumbnail>) -> Self {
        Self { picture, ..self }
    }

    /// The rows the picture takes, with one below it: as many as are left over.
    fn picture_rows(&self, area: Rect, shared: &Shared) -> u16 {
        let Some(picture) = self.picture.as_ref().filter(|_| shared.picture_method.is_some()) else { return 0 };
        let (columns, rows) = self.text_size(area, shared);
        let free = area.height.saturating_sub(rows + 3).min(MOST_ROWS);
        if free < LEAST_ROWS { 0 } else { picture.fit(Size::new(columns, free)).height + 1 }
    }

    /// What the question takes without its picture.
    fn text_size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        let (lines, answers) = (self.wrapped(area), self.answers(shared));
        let most = area.width.saturating_sub(4);
        let text = lines.iter().map(|line| width(line)).chain([width(self.title) + 2]).max().unwrap_or(0);
        let columns = hints::columns(&answers).max(text as u16).min(most);
        (columns, lines.len() as u16 + frame::foot(&answers, columns))
    }

    fn wrapped(&self, area: Rect) -> Vec<&str> {
        let room = usize::from(area.width.saturating_sub(6)).clamp(1, 64);
        self.lines.iter().flat_map(|line| wrap(line.as_str(), room)).collect()
    }

    /// The lines that there is room for above the answers.
    fn room(&self, area: Rect, shared: &Shared) -> usize {
        let inner = frame::inside(area, self.size(area, shared));
        usize::from(inner.height.saturating_sub(self.picture_rows(area, shared) + frame::foot(&self.answers(shared), inner.width)))
    }

    /// What the question is about.
    pub fn ask(&self) -> &YesNoQuestion {
        &self.ask
    }
}

impl Screen for Confirm {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Confirm]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
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
                let lines = self.wrapped(shared.body).len();
                self.top = (self.top + 1).min(lines.saturating_sub(self.room(shared.body, shared)));
                None
            }
            _ => None,
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let (lines, room) = (self.wrapped(area), self.room(area, shared));
        let inner = framed(area, self.size(area, shared), self.title, self.answers(shared), buf, theme);
        let picture_rows = self.picture_rows(area, shared);
        if let (Some(picture), Some(method), 1..) = (&self.picture, shared.picture_method, picture_rows) {
            let room = Rect { height: picture_rows - 1, ..inner };
            picture::draw(picture, PictureFrame { area: room, above: 0, below: 0 }, buf, method);
        }
        let text = Rect { y: inner.y + picture_rows, height: inner.height.saturating_sub(picture_rows), ..inner };
        let top = self.top.min(lines.len().saturating_sub(room));
        for (y, line) in (text.y..).zip(lines.iter().skip(top).take(room)) {
            buf.set_stringn(inner.x, y, line, usize::from(inner.width), theme.text);
        }
        scrollbar(Rect { x: inner.right() + 1, width: 1, height: room as u16, ..text }, buf, top, lines.len(), theme);
        None
    }
}

impl Dialog for Confirm {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        let (columns, rows) = self.text_size(area, shared);
        (columns, rows + self.picture_rows(area, shared))
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        [(Action::Confirm, self.yes), (Action::Back, "no")].map(|(action, help)| answer(Scope::Confirm, action, help, shared)).into()
    }
}
