//! The profile: everything the account tells, the public link and SMS mode.
//!
//! Shows and copies; editing is the forms' business.

mod lines;
mod pictures;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::lines::{LABEL, Subject, counts_down, lines, subjects, texts};
use self::pictures::Beside;
use super::overlay::Overlay;
use super::{Answer, Ask, Event, Nav, Screen, Tab};
use crate::base::job::{ShareChange, SmsChange};
use crate::base::msg::Timer;
use crate::base::{Action, Effect, Fact, Facts, Job, Level, Outcome, Scope, Shared};
use crate::domain::detail::{Detail, Edit};
use crate::widgets::scroll::{Window, scrollbar};
use crate::widgets::text::truncate;

/// The picker for the length of SMS mode.
const SMS_PICKER: &str = "sms";

/// State of the screen.
#[derive(Clone, Debug)]
pub struct ProfileScreen {
    cursor: usize,
    window: Window,
    revealed: bool,
}

impl Default for ProfileScreen {
    fn default() -> Self {
        Self { cursor: 0, window: Window::new(20), revealed: false }
    }
}

impl ProfileScreen {
    fn subject(&self, shared: &Shared) -> Option<Subject> {
        subjects(shared).get(self.cursor).copied()
    }

    fn detail(&self, shared: &Shared) -> Option<Detail> {
        match self.subject(shared)? {
            Subject::Detail(detail) => Some(detail),
            Subject::School | Subject::SmsEnd => None,
        }
    }

    fn move_to(&mut self, row: usize, shared: &Shared) {
        let last = subjects(shared).len().saturating_sub(1);
        self.cursor = row.min(last);
        self.follow(shared);
    }

    /// Scrolls so that all of the row under the cursor is in view, its end first and then its start.
    fn follow(&mut self, shared: &Shared) {
        let screen = shared.body.as_size();
        let lines = lines(screen, &Beside::new(screen, shared), self.revealed, shared);
        let of_row: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| line.row == Some(self.cursor)).map(|(i, _)| i).collect();
        let height = usize::from(shared.body.height);
        if let (Some(first), Some(last)) = (of_row.first(), of_row.last()) {
            self.window.set_height(height, *last, lines.len());
            // The first row shows its heading too.
            self.window.set_height(height, if self.cursor == 0 { 0 } else { *first }, lines.len());
        }
    }

    fn act(&mut self, action: Action, shared: &mut Shared) -> Option<Nav> {
        let page = usize::from(shared.body.height / 2).max(1);
        match action {
            Action::Up => self.move_to(self.cursor.saturating_sub(1), shared),
            Action::Down => self.move_to(self.cursor + 1, shared),
            Action::PageUp => self.move_to(self.cursor.saturating_sub(page), shared),
            Action::PageDown => self.move_to(self.cursor + page, shared),
            Action::First => self.move_to(0, shared),
            Action::Last => self.move_to(usize::MAX, shared),
            Action::EditThis => {
                return match self.detail(shared)?.edit {
                    Edit::Profile(field) => Some(Nav::EditField(Tab::Edit, field)),
                    Edit::Campus(field) => Some(Nav::EditField(Tab::Campus, field)),
                    Edit::No => None,
                };
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
            Action::ShareOn => {
                shared.start(Job::Share(ShareChange::On));
            }
            Action::ShareOff => {
                let lines = ["Links and QR codes you have shared stop working.", "Turning sharing on again makes a different link."];
                return Some(Overlay::ask("Turn sharing off?", &lines, "turn off", Ask::ShareOff));
            }
            Action::ShareNew => {
                let lines = ["The old link and QR codes of it stop working.", "Whoever has the old one needs the new one."];
                return Some(Overlay::ask("Make a new link?", &lines, "new link", Ask::ShareNew));
            }
            Action::SmsOn => return Some(sms_picker()),
            Action::SmsOff => {
                shared.start(Job::Sms(SmsChange::Off));
            }
            Action::Refresh => shared.forget_failed_pictures(),
            Action::Back => return Some(Nav::Back),
            _ => {}
        }
        None
    }

    fn copy(&self, shared: &mut Shared) {
        let Some(account) = shared.session.account.value() else { return };
        let text = match self.subject(shared) {
            Some(Subject::Detail(detail)) => detail.value(account).bare(),
            Some(subject) => texts(subject, self.revealed, account, shared).first().map(ToString::to_string).unwrap_or_default(),
            None => return,
        };
        if text.is_empty() {
            shared.say(Level::Info, "There is nothing to copy");
        } else {
            shared.ask(Effect::Copy(text));
            shared.say(Level::Done, "Copied, if your terminal allows it (in tmux: set-clipboard on)");
        }
    }

    fn answered(answer: Answer, shared: &mut Shared) {
        match answer {
            Answer::Yes(Ask::ShareOff) => {
                shared.start(Job::Share(ShareChange::Off));
            }
            Answer::Yes(Ask::ShareNew) => {
                shared.start(Job::Share(ShareChange::New));
            }
            Answer::Picked { what: SMS_PICKER, ids, other } => {
                let wanted = ids.first().map(|id| id.as_str().to_owned()).or(other).unwrap_or_default();
                match SmsChange::on_for(&wanted) {
                    Ok(change) => {
                        shared.start(Job::Sms(change));
                    }
                    Err(why) => shared.say(Level::Error, why),
                }
            }
            _ => {}
        }
    }
}

fn told(job: &Job, result: &Result<Outcome, crate::api::ApiError>, shared: &mut Shared) {
    match (job, result) {
        (Job::Share(_), Err(error)) => shared.say_error("Sharing was not changed as asked", error),
        (Job::Share(ShareChange::Off), Ok(_)) => shared.say(Level::Done, "Sharing is off; old links no longer work"),
        (Job::Share(_), Ok(_)) => {
            let [show, qr, copy] = [Action::Reveal, Action::Qr, Action::Copy].map(|action| shared.key(Scope::Profile, action));
            shared.say(Level::Done, format!("Sharing is on: {show} shows the link, {qr} its QR code, {copy} copies it"));
        }
        (Job::Sms(_), Err(error)) => shared.say_error("SMS mode was not changed as asked", error),
        (Job::Sms(SmsChange::Off), Ok(_)) => shared.say(Level::Done, "SMS mode is off"),
        (Job::Sms(_), Ok(_)) => shared.say(Level::Done, "SMS mode is on"),
        _ => {}
    }
}

fn sms_picker() -> Nav {
    let items =
        [("1", "1 hour"), ("4", "4 hours"), ("8", "8 hours"), ("24", "24 hours"), ("48", "48 hours"), ("always", "until turned off")];
    Overlay::choose(SMS_PICKER, "SMS mode for how long? (1 to 48 hours, or always)", &items, true)
}

impl Screen for ProfileScreen {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Profile, Scope::Screen, Scope::Browse]
    }

    fn facts(&self, facts: Facts, shared: &Shared) -> Facts {
        let account = shared.session.account.value();
        facts
            .with(Fact::Row, account.is_some() && self.subject(shared).is_some())
            .with(Fact::EditableRow, account.is_some() && self.detail(shared).is_some_and(|detail| detail.edit != Edit::No))
            .with(Fact::Sharing, account.is_some_and(|account| account.share.url.is_some()))
            .with(Fact::NotSharing, account.is_some_and(|account| account.share.url.is_none()))
            .with(Fact::SmsOn, account.is_some_and(|account| account.sms.on == Some(true)))
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        if matches!(event, Event::Shown | Event::Resized | Event::Done(..)) {
            Beside::fetch(shared.body.as_size(), shared);
        }
        match event {
            Event::Action(action) => return self.act(action, shared),
            Event::Answer(answer) => Self::answered(answer, shared),
            Event::Done(job, result) => told(&job, &result, shared),
            // The countdown moves once a minute, and only while it can be seen.
            Event::Shown | Event::Timer(Timer::Minute) if counts_down(shared) => {
                shared.ask(Effect::After(Duration::from_secs(60), Timer::Minute));
            }
            Event::Resized => self.follow(shared),
            _ => {}
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let beside = Beside::new(area.as_size(), shared);
        let lines = lines(area.as_size(), &beside, self.revealed, shared);
        let focus = lines.iter().position(|line| line.row == Some(self.cursor)).unwrap_or(0);
        let top = self.window.top_for(usize::from(area.height), if self.cursor == 0 { 0 } else { focus }, lines.len());
        for (y, (index, line)) in (area.y..area.bottom()).zip(lines.iter().enumerate().skip(top)) {
            let width = area.width - if index < beside.lines { beside.columns } else { 0 }.min(area.width);
            let selected = line.row == Some(self.cursor) && shared.session.account.value().is_some();
            let label_style = if line.row.is_some() || shared.session.account.value().is_none() { theme.label } else { theme.title };
            let indent = u16::from(line.row.is_some() || !line.text.is_empty()) * 2;
            let text_x = if line.row.is_none() && line.label.is_empty() { 1 } else { LABEL + 1 };
            let cut = |text: &str, x: u16| truncate(text, usize::from(width.saturating_sub(x + 1)), theme.symbols.ellipsis).into_owned();
            buf.set_string(area.x + indent.max(1), y, cut(line.label, indent.max(1)), label_style);
            if text_x < width {
                buf.set_string(area.x + text_x, y, cut(&line.text, text_x), line.style);
            }
            if selected {
                buf.set_style(Rect::new(area.x + 1, y, width.saturating_sub(2), 1), theme.selected);
            }
        }
        beside.draw(area, top, buf, shared);
        scrollbar(Rect::new(area.right().saturating_sub(1), area.y, area.width.min(1), area.height), buf, top, lines.len(), theme);
        None
    }
}
