//! Signing in: where a token comes from, a masked entry, a check with the service, and where it will be kept.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Event, Nav, Screen, typing};
use crate::base::{Action, Facts, Job, Scope, Shared};
use crate::domain::Token;
use crate::widgets::editor::Editor;
use crate::widgets::geometry::centred;
use crate::widgets::text::wrap;

/// The longest line of the explanation.
const COLUMNS: u16 = 70;

/// State of the screen.
#[derive(Debug)]
pub struct SignInScreen {
    entry: Editor,
    trouble: Option<String>,
    /// Where the token will be kept, in words.
    place: Option<String>,
    /// Whether there is something to go back to.
    can_leave: bool,
}

impl SignInScreen {
    /// An empty entry. `place` is where a good token will be kept.
    pub fn new(place: Option<String>, can_leave: bool) -> Self {
        Self { entry: Editor::single_line().masked('•').limited(512), trouble: None, place, can_leave }
    }

    fn lines(&self, columns: usize, shared: &Shared) -> (Vec<(String, Style)>, usize) {
        let theme = &shared.theme;
        let mut lines: Vec<(String, Style)> = Vec::new();
        let mut paragraph = |text: &str, style: Style| {
            lines.extend(wrap(text, columns).into_iter().map(|line| (line.to_owned(), style)));
            lines.push((String::new(), style));
        };
        if shared.session.place.label.as_str().is_empty() {
            paragraph("Sign in to GroupMe", theme.title);
            paragraph("1. Open dev.groupme.com in a browser and sign in there.", theme.value);
            paragraph("2. Choose \"Access Token\" in the top bar and copy it.", theme.value);
            paragraph("3. Paste it here. It stays hidden.", theme.value);
        } else {
            paragraph(&format!("Sign in to {}", shared.session.place.label), theme.title);
            paragraph("Paste an access token of this server. It stays hidden.", theme.value);
        }
        let entry = lines.len();
        lines.push((String::new(), theme.value));
        lines.push((String::new(), theme.value));
        let mut paragraph = |text: &str, style: Style| {
            lines.extend(wrap(text, columns).into_iter().map(|line| (line.to_owned(), style)));
        };
        if is_checking(shared) {
            paragraph("Checking the token with the service", theme.status);
        } else if let Some(trouble) = &self.trouble {
            paragraph(trouble, theme.error);
        } else if let Some(place) = &self.place {
            paragraph(&format!("When the service accepts it, it will be kept in {place}."), theme.dim);
        } else {
            paragraph("It will be used until Lapel ends; `lapel login` in a shell keeps it.", theme.dim);
        }
        let leave = shared.key(Scope::Always, Action::Interrupt);
        paragraph(&format!("No account at hand? Leave with {leave} and try: lapel --demo"), theme.dim);
        (lines, entry)
    }

    fn check(&mut self, shared: &mut Shared) {
        match Token::parse(&self.entry.text()) {
            Ok(token) => {
                self.trouble = None;
                shared.start(Job::SignIn(token));
            }
            Err(why) => self.trouble = Some(format!("{}{}", why[..1].to_uppercase(), &why[1..])),
        }
    }
}

fn is_checking(shared: &Shared) -> bool {
    shared.session.desk.jobs().any(|job| matches!(job, Job::SignIn(_)))
}

impl Screen for SignInScreen {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::SignIn, Scope::Text]
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        match event {
            Event::Action(Action::Confirm) if !is_checking(shared) => self.check(shared),
            Event::Action(Action::Back) if self.can_leave => return Some(Nav::Back),
            Event::Done(Job::SignIn(_), Err(error)) => {
                self.trouble = Some(match error {
                    crate::api::ApiError::SignedOut => {
                        "The service refused this token. Copy it again, whole, and paste it here.".to_owned()
                    }
                    error => format!("The token could not be checked: {}; {}.", error.headline(), error.hint()),
                });
            }
            event => {
                if typing::editor(&mut self.entry, &event, COLUMNS).is_some() {
                    self.trouble = None;
                }
            }
        }
        None
    }

    /// A token is pasted, with the terminal's own mouse too.
    fn uses_mouse(&self) -> bool {
        false
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let columns = area.width.saturating_sub(4).min(COLUMNS);
        let (lines, entry) = self.lines(usize::from(columns.max(1)), shared);
        let inner = centred(area, columns, lines.len() as u16);
        // Where not everything fits, the entry and what follows it do.
        let skip = lines.len().saturating_sub(usize::from(inner.height)).min(entry);
        let mut cursor = None;
        for (y, (i, (text, style))) in (inner.y..inner.bottom()).zip(lines.iter().enumerate().skip(skip)) {
            if i == entry {
                buf.set_stringn(inner.x, y, "Token ", usize::from(inner.width), shared.theme.label);
                let field = Rect::new(inner.x + 6.min(inner.width), y, inner.width.saturating_sub(6), 1);
                cursor = self.entry.render(field, buf, shared.theme.focused, shared.theme.symbols.ellipsis);
            } else {
                buf.set_stringn(inner.x, y, text, usize::from(inner.width), *style);
            }
        }
        cursor
    }
}
