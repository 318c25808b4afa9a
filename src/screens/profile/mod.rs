//! The profile: everything the account tells, the public link and SMS mode.
//!
//! Shows and copies, and changes sharing and SMS mode; editing is the forms' business.

mod layout;
mod offer;
mod rows;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::layout::Pane;
use self::offer::{DEVICE, SMS_PICKER};
use self::rows::{RowSubject, counts_down, has_value, subjects, texts};
use super::address;
use super::card;
use super::overlay::Overlay;
use super::{Answer, Event, Nav, Screen, YesNoQuestion};
use crate::base::bindings::Binding;
use crate::base::job::{ShareChange, SmsChange};
use crate::base::msg::Timer;
use crate::base::{Action, Clip, Condition, Conditions, Done, Effect, Job, Level, Scope, Shared};
use crate::domain::account::SmsEnd;
use crate::domain::detail::{EditTarget, TOLD_AT};
use crate::domain::{RawText, RegistrationId, SafeText};
use crate::widgets::bar::bar;
use crate::widgets::scroll::{ScrollWindow, scrollbar};
use crate::widgets::text::truncate;

/// The row that changes with sharing, and the one with SMS mode.
const LINK: &str = "share_url";
const SMS: &str = "sms";
/// Lines that begin further right stand beside a picture.
const INDENTED: u16 = 2;

/// State of the screen.
#[derive(Clone, Debug)]
pub struct ProfileScreen {
    /// The key of the row under the cursor: the cursor stays with its row whatever comes or goes above.
    cursor: &'static str,
    /// What is in view of everything or, where the facts stand beside it, of the card.
    window: ScrollWindow,
    facts: ScrollWindow,
    revealed: bool,
    /// Whether facts that are not set have a row each.
    unfolded: bool,
    device: Device,
}

/// Which device's push notifications SMS mode holds back.
#[derive(Clone, Debug)]
enum Device {
    /// The one of the settings.
    OfSettings,
    /// The one given here; none: no device's.
    Given(Option<RegistrationId>),
}

impl Default for ProfileScreen {
    fn default() -> Self {
        Self {
            cursor: "name",
            window: ScrollWindow::new(20),
            facts: ScrollWindow::new(20),
            revealed: false,
            unfolded: false,
            device: Device::OfSettings,
        }
    }
}

impl ProfileScreen {
    /// The row under the cursor. When it went, which only the end of SMS mode does, it is the row that told of it.
    fn row(&self, shared: &Shared) -> usize {
        let place = |key| subjects(self.unfolded, shared).iter().position(|subject| subject.key() == key);
        place(self.cursor).or_else(|| place(SMS)).unwrap_or(0)
    }

    fn subject(&self, shared: &Shared) -> Option<RowSubject> {
        subjects(self.unfolded, shared).get(self.row(shared)).copied()
    }

    fn move_to(&mut self, row: usize, shared: &Shared) {
        let subjects = subjects(self.unfolded, shared);
        if let Some(subject) = subjects.get(row.min(subjects.len().saturating_sub(1))) {
            self.go(subject.key(), shared);
        }
    }

    fn go(&mut self, key: &'static str, shared: &Shared) {
        self.cursor = key;
        self.follow(shared);
    }

    fn panes(&self, area: Rect, shared: &Shared) -> Vec<Pane> {
        layout::panes(area, (self.revealed, self.unfolded), shared)
    }

    /// Scrolls so that all of the row under the cursor is in view, its end first and then its start.
    fn follow(&mut self, shared: &Shared) {
        let row = self.row(shared);
        for (pane, window) in self.panes(shared.body, shared).iter().zip([&mut self.window, &mut self.facts]) {
            let height = usize::from(pane.area.height);
            let mut of_row = pane.lines_of(row);
            let Some(first) = of_row.next() else { continue };
            window.set_height(height, of_row.next_back().unwrap_or(first), pane.lines.len());
            window.set_height(height, above(pane, first), pane.lines.len());
        }
    }

    fn act(&mut self, action: Action, shared: &mut Shared) -> Option<Nav> {
        let (row, page) = (self.row(shared), usize::from(shared.body.height / 2).max(1));
        match action {
            Action::Up => self.move_to(row.saturating_sub(1), shared),
            Action::Down => self.move_to(row + 1, shared),
            Action::PageUp => self.move_to(row.saturating_sub(page), shared),
            Action::PageDown => self.move_to(row + page, shared),
            Action::First => self.move_to(0, shared),
            Action::Last => self.move_to(usize::MAX, shared),
            Action::EditThis => {
                let subject = self.subject(shared)?;
                if matches!(subject, RowSubject::Unset) {
                    self.unfold(shared);
                    return None;
                }
                let has_value = shared.session.account.value().is_some_and(|account| has_value(subject, account, shared));
                return offer::offer(subject, has_value, self.device(shared).as_ref(), shared);
            }
            Action::Copy => self.copy(shared),
            Action::Reveal => {
                self.revealed = !self.revealed;
                self.follow(shared);
            }
            Action::Qr => {
                let link = shared.session.account.value()?.share.url.as_ref()?.line();
                return Some(Nav::Open(Box::new(Overlay::qr(link, shared.theme.symbols.unicode))));
            }
            Action::ShareOn => self.share(ShareChange::On, shared),
            Action::ShareOff => {
                let lines = ["Links and QR codes you have shared stop working.", "Turning sharing on again makes a different link."];
                return Some(Overlay::ask("Turn sharing off?", &lines, "turn off", YesNoQuestion::ShareOff));
            }
            Action::ShareNew => {
                let lines = ["The old link and QR codes of it stop working.", "People with the old link need the new one."];
                return Some(Overlay::ask("Make a new link?", &lines, "new link", YesNoQuestion::ShareNew));
            }
            Action::SmsOn => return Some(offer::sms(self.device(shared).as_ref(), shared)),
            Action::SmsOff => self.sms(SmsChange::Off, shared),
            Action::AskSettings => {
                let lines = ["GroupMe tells them only in reply to a save.", "Your name is sent as it is; nothing changes."];
                return Some(Overlay::ask("Read the account settings?", &lines, "read", YesNoQuestion::AskSettings));
            }
            Action::Refresh => shared.forget_failed_pictures(),
            Action::Back => return Some(Nav::Back),
            _ => {}
        }
        None
    }

    /// Gives what is not set a row each; the cursor goes to the first of them.
    fn unfold(&mut self, shared: &Shared) {
        let before = subjects(false, shared);
        self.unfolded = true;
        let new = subjects(true, shared).into_iter().find(|subject| !before.iter().any(|other| other.key() == subject.key()));
        if let Some(subject) = new {
            self.go(subject.key(), shared);
        }
    }

    /// Has the pictures of the card fetched that have a place.
    fn fetch_pictures(&self, shared: &mut Shared) {
        let addresses: Vec<RawText> =
            self.panes(shared.body, shared).into_iter().flat_map(|pane| pane.places).map(|(address, ..)| address).collect();
        for address in addresses {
            shared.want_picture(&address);
        }
    }

    fn copy(&self, shared: &mut Shared) {
        let (Some(account), Some(subject)) = (shared.session.account.value(), self.subject(shared)) else { return };
        let text = match subject {
            RowSubject::Detail(detail) => detail.value(account).bare(),
            RowSubject::School | RowSubject::SmsEnd | RowSubject::Unset => {
                texts(subject, self.revealed, account, shared).into_iter().map(SafeText::into_string).collect::<Vec<_>>().join("\n")
            }
        };
        let label = subject.label();
        if text.is_empty() {
            shared.say(Level::Info, format!("{label} is not set: there is nothing to copy"));
        } else {
            shared.ask(Effect::Copy(Clip::new(label, text)));
        }
    }

    /// The cursor goes to what is about to change, so that the answer is seen where it arrives.
    fn share(&mut self, change: ShareChange, shared: &mut Shared) {
        shared.start(Job::Share(change));
        self.go(LINK, shared);
    }

    fn sms(&mut self, change: SmsChange, shared: &mut Shared) {
        shared.start(Job::Sms(change));
        self.go(SMS, shared);
    }

    /// The device whose push notifications SMS mode holds back.
    fn device(&self, shared: &Shared) -> Option<RegistrationId> {
        match &self.device {
            Device::OfSettings => shared.settings.registration_id.clone(),
            Device::Given(device) => device.clone(),
        }
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Option<Nav> {
        match answer {
            Answer::Yes(YesNoQuestion::ShareOff) => self.share(ShareChange::Off, shared),
            Answer::Yes(YesNoQuestion::ShareNew) => self.share(ShareChange::New, shared),
            Answer::Yes(YesNoQuestion::AskSettings) => {
                shared.start(Job::AskSettings);
                self.go(TOLD_AT, shared);
            }
            Answer::Picked { what: SMS_PICKER, ids, .. } if ids.first().is_some_and(|id| id.as_str() == DEVICE) => {
                return Some(offer::ask_for_device(self.device(shared).as_ref()));
            }
            Answer::Picked { what: DEVICE, other, .. } => {
                let typed = other.unwrap_or_default();
                match typed.parse() {
                    Ok(device) => self.device = Device::Given(Some(device)),
                    Err(_) if typed.trim().is_empty() => self.device = Device::Given(None),
                    Err(why) => shared.say(Level::Error, why),
                }
                return Some(offer::sms(self.device(shared).as_ref(), shared));
            }
            Answer::Picked { what: SMS_PICKER, ids, other } => {
                let wanted = ids.first().map(|id| id.as_str().to_owned()).or(other).unwrap_or_default();
                match offer::sms_change(&wanted, self.device(shared)) {
                    Ok(change) => self.sms(change, shared),
                    Err(why) => shared.say(Level::Error, why),
                }
            }
            _ => {}
        }
        None
    }
}

/// Says what came of a change, by its result.
fn told(done: Done, shared: &mut Shared) {
    match done {
        Done::Share(_, Err(error)) => shared.say_error("Sharing was not changed as asked", &error),
        Done::Share(ShareChange::Off, Ok(())) => shared.say(Level::Done, "Sharing is off; the old link no longer works"),
        Done::Share(change, Ok(())) => {
            let link = shared.session.account.value().and_then(|account| account.share.url.as_ref()).map(RawText::line);
            if let (ShareChange::New, Some(link)) = (change, link) {
                let link = Clip::new("New link", link.into_string());
                shared.ask(Effect::Copy(Clip { also: "; the old one no longer works", ..link }));
                return;
            }
            let [copy, show, qr] = [Action::Copy, Action::Reveal, Action::Qr].map(|action| shared.key(Scope::Profile, action));
            shared.say(Level::Done, format!("Sharing is on: {copy} copies the link, {show} shows it, {qr} shows its QR code"));
        }
        Done::Sms(_, Err(error)) => shared.say_error("SMS mode was not changed as asked", &error),
        Done::Sms(SmsChange::Off, Ok(())) => shared.say(Level::Done, "SMS mode is off"),
        Done::Sms(change @ SmsChange::On(..), Ok(())) => {
            let end = shared.session.account.value().and_then(|account| account.sms.end);
            let until = match end {
                Some(SmsEnd::At(end)) => jiff::Timestamp::from_second(end).ok().map(|end| shared.until(end)),
                _ => None,
            };
            let until = until.unwrap_or_else(|| "you turn it off".to_owned());
            let both = change.note().map_or("", |_| "; text messages and push notifications both arrive");
            shared.say(Level::Done, format!("SMS mode on until {until}{both}"));
        }
        Done::Settings(Err(error)) => shared.say_error("The account settings were not read", &error),
        Done::Settings(Ok(())) => shared.say(Level::Done, "The account settings were read; your name was sent unchanged"),
        _ => {}
    }
}

impl Screen for ProfileScreen {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Profile, Scope::Screen, Scope::Browse]
    }

    fn facts(&self, facts: Conditions, shared: &Shared) -> Conditions {
        let account = shared.session.account.value();
        facts
            .with(Condition::Row, account.is_some() && self.subject(shared).is_some())
            .with(Condition::Sharing, account.is_some_and(|account| account.share.url.is_some()))
            .with(Condition::NotSharing, account.is_some_and(|account| account.share.url.is_none()))
            .with(Condition::SmsOn, account.is_some_and(|account| account.sms.on == Some(true)))
    }

    fn hint(&self, binding: &Binding, shared: &Shared) -> Option<&'static str> {
        use Action::{AskSettings, EditThis, Qr, Reveal, ShareNew, ShareOff, ShareOn, SmsOff, SmsOn};
        let edit = self.subject(shared)?.edit();
        match binding.action {
            EditThis if matches!(self.subject(shared), Some(RowSubject::Unset)) => Some("unfold"),
            EditThis => Some(offer::word(edit)),
            Reveal if edit == EditTarget::Sharing => Some(if self.revealed { "hide" } else { "show" }),
            Qr | ShareOn | ShareOff | ShareNew if edit == EditTarget::Sharing => Some(binding.help),
            SmsOn | SmsOff if edit == EditTarget::Sms => Some(binding.help),
            AskSettings if edit == EditTarget::Settings => Some(binding.help),
            Reveal | Qr | ShareOn | ShareOff | ShareNew | SmsOn | SmsOff | AskSettings => None,
            _ => Some(binding.help),
        }
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        if matches!(event, Event::Shown | Event::Resized) {
            self.fetch_pictures(shared);
        }
        match event {
            Event::Action(action) => return self.act(action, shared),
            Event::Answer(answer) => return self.answered(answer, shared),
            Event::Done(done) => told(done, shared),
            // The countdown moves once a minute, and only while it can be seen.
            Event::Shown | Event::Timer(Timer::Minute) if counts_down(shared) => {
                shared.ask(Effect::After(Duration::from_secs(60), Timer::Minute));
            }
            Event::Resized => self.follow(shared),
            _ => {}
        }
        None
    }

    fn learned(&mut self, _job: &Job, _well: bool, shared: &mut Shared) -> Option<Nav> {
        self.fetch_pictures(shared);
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let row = self.row(shared);
        let panes = self.panes(area, shared);
        let mut cursor = None;
        for (pane, window) in panes.iter().zip([self.window, self.facts]) {
            let focus = pane.lines_of(row).next().map_or(window.top(), |first| above(pane, first));
            let top = window.top_for(usize::from(pane.area.height), focus, pane.lines.len());
            cursor = draw_pane(pane, top, row, buf, shared).or(cursor);
        }
        if let [left, _] = &panes[..] {
            draw_divider(left.area, buf, shared);
        }
        cursor
    }
}

/// Draws a pane from line `top` on; returns where the row under the cursor begins.
fn draw_pane(pane: &Pane, top: usize, row: usize, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
    let theme = &shared.theme;
    let area = pane.area;
    let scrolls = pane.lines.len() > usize::from(area.height);
    let width = area.width.saturating_sub(u16::from(scrolls));
    let mut cursor = None;
    for (y, line) in (area.y..area.bottom()).zip(pane.lines.iter().skip(top)) {
        // The name of a section stands in its rule.
        let label = if line.text_x < line.x { theme.heading } else { theme.label };
        for (x, text, style) in [(line.text_x, line.text.as_str(), line.style), (line.x, line.label, label)] {
            if x < width && !text.is_empty() {
                buf.set_string(area.x + x, y, truncate(text, usize::from(width - x), theme.symbols.ellipsis), style);
            }
        }
        if let Some(whole) = line.address.as_ref().filter(|_| line.text_x < width) {
            address::link(whole, Rect::new(area.x + line.text_x, y, width - line.text_x, 1), buf, shared);
        }
        if line.row == Some(row) {
            // Beside a picture the bar begins where the picture ends.
            let from = if line.x > INDENTED { line.x - 1 } else { 0 };
            bar(Rect::new(area.x + from, y, width.saturating_sub(from), 1), buf, theme.selection);
            cursor.get_or_insert(Position::new((area.x + line.x).min(area.right().saturating_sub(1)), y));
        }
    }
    card::draw_pictures(&pane.places, area, pane.start, top, buf, shared);
    scrollbar(Rect { x: area.right().saturating_sub(1), width: area.width.min(1), ..area }, buf, top, pane.lines.len(), theme);
    cursor
}

/// The line that is to be in view along with a row's first: a heading right above it, and everything above the first row.
fn above(pane: &Pane, first: usize) -> usize {
    let headed = pane.lines.iter().take(first).rev().take_while(|line| line.row.is_none()).count();
    if headed == first { 0 } else { first - headed.min(1) }
}

fn draw_divider(left: Rect, buf: &mut Buffer, shared: &Shared) {
    let theme = &shared.theme;
    for y in left.top()..left.bottom() {
        buf.set_stringn(left.right(), y, theme.symbols.border.vertical_left, 1, theme.border);
    }
}

#[cfg(test)]
mod tests;
