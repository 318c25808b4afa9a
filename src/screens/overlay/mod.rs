//! Overlays: what lies on top of a screen until it is answered or closed. They form a stack; keys go to the top one only.

pub mod choose;
pub mod confirm;
pub mod entry;
mod frame;
pub mod history;
pub mod messages;
pub mod palette;
pub mod pin_review;
pub mod qr;
pub mod review;
mod seen;
pub mod text;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::choose::Choose;
use self::confirm::Confirm;
use self::entry::TextEntry;
use self::frame::Dialog;
use self::history::HistoryOverlay;
use self::messages::MessageLog;
use self::palette::{Palette, PaletteRow};
use self::pin_review::PinReview;
use self::qr::QrCode;
use self::review::Review;
use self::seen::FirstShown;
use self::text::TextView;
use super::{Answer, Event, Nav, Screen, YesNoQuestion};
use crate::base::bindings::Binding;
use crate::base::{Action, Conditions, Job, Scope, Settings, Shared};
use crate::domain::{Id, SafeText};
use crate::widgets::hints;
use crate::widgets::picker::Choice;

/// Something on top of a screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// All actions of the moment.
    Palette(Palette),
    /// The states kept before saves.
    History(HistoryOverlay),
    /// Everything the program said.
    Messages(MessageLog),
    /// A yes-or-no question.
    Confirm(Confirm),
    /// A list to choose from.
    Choose(Choose<Id>),
    /// What can be done with something.
    Menu(Choose<Action>),
    /// A save of the pins that met other changes.
    PinReview(PinReview),
    /// The share link as a QR code.
    Qr(QrCode),
    /// One line to type.
    Entry(TextEntry),
    /// What would change.
    Review(Review),
    /// A text to look at and copy.
    Text(TextView),
}

impl Overlay {
    /// The palette with these actions.
    pub fn palette(rows: Vec<PaletteRow>, shared: &Shared) -> Self {
        Self::Palette(Palette::new(rows, shared))
    }

    /// What a click in `area`, where overlays are drawn, asks for by its place alone: an answer, or beside the box to go back.
    pub fn click(&self, area: Rect, position: Position, shared: &Shared) -> Option<Action> {
        let dialog = self.inner();
        let outer = frame::outside(area, dialog.size(area, shared));
        if !outer.contains(position) {
            return Some(Action::Back);
        }
        hints::at(&frame::answers_at(outer, dialog.answers(shared)), position)
    }

    /// Where reading it begins.
    pub fn start(&self, area: Rect, shared: &Shared) -> Position {
        frame::inside(area, self.inner().size(area, shared)).as_position()
    }

    /// Whether its lower edge tells of this action.
    pub fn tells(&self, action: Action, shared: &Shared) -> bool {
        self.inner().answers(shared).iter().any(|hint| hint.action == action)
    }

    /// It was drawn, now or before.
    pub fn drawn(&mut self, now: Timestamp) {
        if let Some(seen) = self.seen() {
            seen.note(now);
        }
    }

    /// Whether it confirms something and nobody can have read it yet: what was typed cannot be meant for it.
    pub fn is_unread(&mut self, now: Timestamp) -> bool {
        self.seen().is_some_and(|seen| seen.is_too_new(now))
    }

    fn seen(&mut self) -> Option<&mut FirstShown> {
        match self {
            Self::Confirm(question) => Some(&mut question.seen),
            Self::PinReview(review) => Some(&mut review.seen),
            Self::Review(review) => review.seen(),
            _ => None,
        }
    }

    /// The message log, at its end.
    pub fn messages() -> Self {
        Self::Messages(MessageLog::default())
    }

    /// Asks a question; yes comes back as `ask`.
    pub fn ask(title: &'static str, lines: &[&str], yes: &'static str, ask: YesNoQuestion) -> Nav {
        let lines = lines.iter().map(SafeText::line).collect();
        Nav::Open(Box::new(Self::Confirm(Confirm::new(title, lines, yes, ask))))
    }

    /// Asks before the program is left while something is carried, that would now stand at `place`.
    pub fn quit_carrying(place: &str) -> Nav {
        let lines = [format!("It would be put down here: {place}."), "That change is not saved.".to_owned()];
        Self::ask("Quit while you carry something?", &[&lines[0], &lines[1]], "put it down and quit", YesNoQuestion::QuitCarrying)
    }

    /// Offers actions of a scope, in words for what they are about; the one that is picked runs.
    pub fn menu(title: &'static str, scope: Scope, actions: &[(Action, &str)], note: &'static str, shared: &Shared) -> Nav {
        let item = |(action, label): &(Action, &str)| {
            let key = shared.key(scope, *action);
            Choice::new(*action, SafeText::line(label)).detailed(SafeText::line(key))
        };
        Nav::Open(Box::new(Self::Menu(Choose::menu(title, actions.iter().map(item).collect()).noting(note))))
    }

    /// Asks for a line of text that begins with `typed`; it comes back as picked for `what`.
    pub fn entry(what: &'static str, title: &'static str, help: &str, typed: &str) -> Self {
        Self::Entry(TextEntry::new(what, title, help, typed))
    }

    /// The QR code of a link.
    pub fn qr(link: SafeText, unicode: bool) -> Self {
        Self::Qr(QrCode::new(link, unicode))
    }

    /// The answer to a question that the settings say need not be asked: yes.
    pub fn settled_by(&self, settings: &Settings) -> Option<Answer> {
        let Self::Confirm(confirm) = self else { return None };
        let question = confirm.ask().question()?;
        (!settings.confirmations.ask(question)).then(|| Answer::Yes(confirm.ask().clone()))
    }

    fn inner(&self) -> &dyn Dialog {
        match self {
            Self::Palette(palette) => palette,
            Self::History(history) => history,
            Self::Messages(messages) => messages,
            Self::Confirm(confirm) => confirm,
            Self::Choose(choose) => choose,
            Self::Menu(menu) => menu,
            Self::PinReview(review) => review,
            Self::Qr(qr) => qr,
            Self::Entry(entry) => entry,
            Self::Review(review) => review,
            Self::Text(text) => text,
        }
    }

    fn inner_mut(&mut self) -> &mut dyn Dialog {
        match self {
            Self::Palette(palette) => palette,
            Self::History(history) => history,
            Self::Messages(messages) => messages,
            Self::Confirm(confirm) => confirm,
            Self::Choose(choose) => choose,
            Self::Menu(menu) => menu,
            Self::PinReview(review) => review,
            Self::Qr(qr) => qr,
            Self::Entry(entry) => entry,
            Self::Review(review) => review,
            Self::Text(text) => text,
        }
    }
}

impl Screen for Overlay {
    fn scopes(&self, shared: &Shared) -> Vec<Scope> {
        self.inner().scopes(shared)
    }

    fn facts(&self, facts: Conditions, shared: &Shared) -> Conditions {
        self.inner().facts(facts, shared)
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        self.inner_mut().on(event, shared)
    }

    fn learned(&mut self, job: &Job, well: bool, shared: &mut Shared) -> Option<Nav> {
        self.inner_mut().learned(job, well, shared)
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        self.inner().view(area, buf, shared)
    }

    fn hint(&self, binding: &Binding, shared: &Shared) -> Option<&'static str> {
        self.inner().hint(binding, shared)
    }
}
