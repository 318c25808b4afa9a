//! The share link as a QR code, drawn here from the link, black on white whatever the terminal's colours.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::super::{Event, Nav, Screen, address};
use super::frame::{Dialog, answer, framed};
use crate::base::{Action, Clip, Conditions, Effect, Scope, Shared};
use crate::domain::SafeText;
use crate::widgets::geometry::centred;
use crate::widgets::hints::Hint;
use crate::widgets::qr::Qr;
use crate::widgets::text::wrap;

/// The link and its code; none if the link is too long for one.
#[derive(Clone, Debug)]
pub struct QrCode {
    link: SafeText,
    qr: Option<Qr>,
}

impl QrCode {
    /// The code of a link, in Unicode's half blocks or without.
    pub fn new(link: SafeText, unicode: bool) -> Self {
        let qr = Qr::new(link.as_str(), unicode);
        Self { link, qr }
    }

    /// The code and its cells, if there is room.
    fn fitting(&self, area: Rect) -> Option<(&Qr, (u16, u16))> {
        self.qr.as_ref().and_then(|qr| Some((qr, qr.cells(area)?)))
    }

    /// What stands in place of a code that does not fit: words, and from that line on the link.
    fn excuse(&self, columns: u16) -> (Vec<&str>, usize) {
        let columns = usize::from(columns.max(1));
        let mut lines = wrap("The code does not fit; make the terminal larger. The link:", columns);
        let words = lines.len();
        lines.extend(wrap(self.link.as_str(), columns));
        (lines, words)
    }
}

impl Screen for QrCode {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Viewer]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        match event {
            Event::Action(Action::Copy) => shared.ask(Effect::Copy(Clip::new("Link", self.link.as_str()))),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            _ => {}
        }
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let Some((qr, (width, height))) = self.fitting(area) else {
            let inner = framed(area, self.size(area, shared), "QR code", self.answers(shared), buf, theme);
            let (lines, words) = self.excuse(inner.width);
            for (y, line) in (inner.y..inner.bottom()).zip(lines) {
                buf.set_stringn(inner.x, y, line, usize::from(inner.width), theme.text);
            }
            let words = (words as u16).min(inner.height);
            let link = Rect { y: inner.y + words, height: inner.height - words, ..inner };
            address::link(self.link.as_str(), link, buf, shared);
            return None;
        };
        // Where there is room for a frame it helps the eye; the code itself never gives way.
        if area.height >= height + 2 && area.width >= width + 4 {
            framed(area, (width, height), "Scan to contact", self.answers(shared), buf, theme);
        }
        qr.render(centred(area, width, height), buf);
        None
    }
}

impl Dialog for QrCode {
    fn size(&self, area: Rect, _shared: &Shared) -> (u16, u16) {
        self.fitting(area).map_or_else(
            || {
                let columns = area.width.saturating_sub(6).clamp(1, 60);
                (columns, self.excuse(columns).0.len() as u16)
            },
            |(_, size)| size,
        )
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        vec![answer(Scope::Viewer, Action::Copy, "copy", shared), answer(Scope::Viewer, Action::Back, "close", shared)]
    }
}
