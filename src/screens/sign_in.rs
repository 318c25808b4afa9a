//! Signing in: where a token comes from, a masked entry, a check with the service, and where it will be kept.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Event, Nav, Screen, typing};
use crate::base::{Action, Condition, Conditions, Done, Job, Scope, ServerLabel, Shared, SignInReason};
use crate::domain::Token;
use crate::domain::text::capitalised;
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
    /// Where people sign in.
    place: ServerLabel,
    /// Whether there is something to go back to.
    can_leave: bool,
}

impl SignInScreen {
    /// An empty entry for a token of this server.
    pub fn new(place: &ServerLabel, can_leave: bool) -> Self {
        Self { entry: Editor::single_line().masked('•').limited(512), trouble: None, place: place.clone(), can_leave }
    }

    /// Says why somebody has to sign in; begins in lower case.
    pub fn explain(&mut self, why: &str, shared: &Shared) {
        let again = shared.key(Scope::Always, Action::Refresh);
        self.trouble = Some(format!("{}. {again} looks again.", capitalised(why)));
    }

    /// What is said above the entry, and below it.
    fn paragraphs(&self, shared: &Shared) -> [Vec<(String, Style)>; 2] {
        let theme = &shared.theme;
        let above = if self.place.label.as_str().is_empty() {
            vec![
                ("Sign in to GroupMe".to_owned(), theme.heading),
                ("1. Sign in at dev.groupme.com in a browser.".to_owned(), theme.text),
                ("2. Copy the \"Access Token\" in its top bar.".to_owned(), theme.text),
                ("3. Paste it here. It stays hidden.".to_owned(), theme.text),
            ]
        } else {
            vec![
                (format!("Sign in to {}", self.place.label), theme.heading),
                ("Paste an access token of this server. It stays hidden.".to_owned(), theme.text),
            ]
        };
        let state = if shared.session.opening.is_some() {
            ("One moment".to_owned(), theme.status)
        } else if is_checking(shared) {
            ("Checking the token with the service".to_owned(), theme.status)
        } else if let Some(trouble) = &self.trouble {
            (trouble.clone(), theme.bad)
        } else if self.place.sandbox {
            ("It is used until Lapel ends.".to_owned(), theme.quiet)
        } else {
            ("It is kept in the system keyring; where there is none, you are asked.".to_owned(), theme.quiet)
        };
        let demo = format!("No account? {} starts the demo.", shared.key(Scope::SignIn, Action::Demo));
        let demo = (!shared.session.server.sandbox).then_some((demo, theme.quiet));
        [above, [state].into_iter().chain(demo).collect()]
    }

    /// The lines of the screen, and which of them is the entry: with room between the paragraphs where there is any.
    fn lines(&self, columns: usize, rows: usize, shared: &Shared) -> (Vec<(String, Style)>, usize) {
        let paragraphs = self.paragraphs(shared);
        let laid_out = |room: bool| {
            let mut lines: Vec<(String, Style)> = Vec::new();
            let mut entry = 0;
            for part in &paragraphs {
                for (text, style) in part {
                    lines.extend(wrap(text, columns).into_iter().map(|line| (line.to_owned(), *style)));
                    lines.extend(room.then(Default::default));
                }
                if entry == 0 {
                    entry = lines.len();
                    lines.push(Default::default());
                    lines.extend(room.then(Default::default));
                }
            }
            (lines, entry)
        };
        let (lines, entry) = laid_out(true);
        if lines.len() <= rows { (lines, entry) } else { laid_out(false) }
    }

    fn check(&mut self, shared: &mut Shared) {
        match Token::parse(&self.entry.text()) {
            Ok(token) => {
                self.trouble = None;
                shared.start(Job::SignIn(token));
            }
            Err(why) => self.trouble = Some(capitalised(why)),
        }
    }
}

fn is_checking(shared: &Shared) -> bool {
    shared.session.in_flight.jobs().any(|job| matches!(job, Job::SignIn(_)))
}

impl Screen for SignInScreen {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::SignIn, Scope::Text]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts.with(Condition::WayBack, self.can_leave)
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        match event {
            Event::Action(Action::Confirm) if !is_checking(shared) => self.check(shared),
            Event::Action(Action::Demo) => shared.open(SignInReason::Demo),
            Event::Action(Action::Back) if self.can_leave => return Some(Nav::Back),
            Event::Done(Done::NotSignedIn(error)) => {
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
        let (lines, entry) = self.lines(usize::from(columns.max(1)), usize::from(area.height), shared);
        let inner = centred(area, columns, lines.len() as u16);
        // Where not everything fits, the entry and what follows it do.
        let skip = lines.len().saturating_sub(usize::from(inner.height)).min(entry);
        let mut cursor = None;
        for (y, (i, (text, style))) in (inner.y..inner.bottom()).zip(lines.iter().enumerate().skip(skip)) {
            if i == entry {
                buf.set_stringn(inner.x, y, "Token ", usize::from(inner.width), shared.theme.label);
                let field = Rect::new(inner.x + 6.min(inner.width), y, inner.width.saturating_sub(6), 1);
                cursor = self.entry.render(field, buf, shared.theme.focus, shared.theme.symbols.ellipsis);
            } else {
                buf.set_stringn(inner.x, y, text, usize::from(inner.width), *style);
            }
        }
        cursor
    }
}
