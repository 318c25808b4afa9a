//! What the profile screen reads, line by line.

use std::borrow::Cow;

use ratatui::layout::Size;
use ratatui::style::Style;

use super::pictures::Beside;
use crate::base::{Action, Scope, Shared};
use crate::domain::detail::{self, Detail, Edit, Section, Value, details};
use crate::domain::{Account, Shown};
use crate::widgets::text::{truncate, width, wrap};

/// Columns of the labels.
pub(super) const LABEL: u16 = 22;
/// Columns of a value that stands on one line with another.
const SHORT: usize = 40;
/// Columns of an unsaved value that are shown; the form has all of it.
const MOST_PENDING: usize = 200;

/// What one row is about.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Detail(Detail),
    School,
    SmsEnd,
}

/// A line on the screen.
pub(super) struct Line {
    /// Index of the row it belongs to; none for headings.
    pub(super) row: Option<usize>,
    pub(super) label: &'static str,
    pub(super) text: String,
    pub(super) style: Style,
}

/// Every row there is at the moment, from the top.
pub(super) fn subjects(shared: &Shared) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for detail in details() {
        if detail.key == "major_codes" {
            subjects.push(Subject::School);
        }
        subjects.push(Subject::Detail(detail));
        if detail.key == "sms" && shared.session.account.value().is_some_and(|account| account.sms.on == Some(true)) {
            subjects.push(Subject::SmsEnd);
        }
    }
    subjects
}

impl Subject {
    /// By what the row is found again after others have come or gone.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Detail(detail) => detail.key,
            Self::School => "school",
            Self::SmsEnd => "sms_end",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Detail(detail) => detail.label,
            Self::School => "School",
            Self::SmsEnd => "Ends",
        }
    }

    /// Where it is changed.
    pub(super) fn edit(self) -> Edit {
        match self {
            Self::Detail(detail) => detail.edit,
            Self::School => Edit::Elsewhere("A school is joined and left in the GroupMe app, with an address at the school."),
            Self::SmsEnd => Edit::Sms,
        }
    }

    fn section(self) -> Section {
        match self {
            Self::Detail(detail) => detail.section,
            Self::School => Section::Campus,
            Self::SmsEnd => Section::Sms,
        }
    }
}

/// All lines for a screen of that size.
pub(super) fn lines(screen: Size, beside: &Beside, revealed: bool, shared: &Shared) -> Vec<Line> {
    let theme = &shared.theme;
    let Some(account) = shared.session.account.value() else { return without_account(usize::from(screen.width), shared) };
    let mut lines = age(shared);
    let mut last = None;
    for (row, subject) in subjects(shared).into_iter().enumerate() {
        if last.replace(subject.section()) != Some(subject.section()) {
            if !lines.is_empty() {
                lines.push(Line { row: None, label: "", text: String::new(), style: theme.quiet });
            }
            lines.push(Line { row: None, label: subject.section().title(), text: String::new(), style: theme.heading });
        }
        let (texts, style) = with_pending(subject, texts(subject, revealed, account, shared), shared);
        // What begins beside a picture stays as narrow to its end.
        let taken = if lines.len() < beside.lines { beside.columns } else { 0 };
        let room = usize::from(screen.width.saturating_sub(taken + LABEL + 3).max(1));
        let mut label = subject.label();
        if texts.iter().all(|text| text.as_str().is_empty()) {
            lines.push(Line { row: Some(row), label, text: nothing(subject, shared).to_owned(), style: theme.quiet });
        }
        for text in texts {
            // Nobody reads an address to its end; copying takes all of it.
            let parts = if text.as_str().starts_with("https://") {
                vec![truncate(text.as_str(), room, theme.symbols.ellipsis)]
            } else {
                wrap(text.as_str(), room).into_iter().map(Cow::Borrowed).collect()
            };
            for part in parts {
                lines.push(Line { row: Some(row), label: std::mem::take(&mut label), text: part.into_owned(), style });
            }
        }
    }
    lines
}

/// What a row reads, with what it is to become at the next save: on one line where both are short.
fn with_pending(subject: Subject, mut texts: Vec<Shown>, shared: &Shared) -> (Vec<Shown>, Style) {
    let theme = &shared.theme;
    let pending = match subject {
        Subject::Detail(Detail { edit: Edit::Profile(field) | Edit::Campus(field), .. }) => shared.unsaved.pending(field),
        _ => None,
    };
    let Some(new) = pending else { return (texts, theme.text) };
    let new = truncate(new.as_str(), MOST_PENDING, theme.symbols.ellipsis);
    texts.retain(|text| !text.as_str().is_empty());
    match texts.as_slice() {
        [] => texts.push(Shown::line(format!("{} {} {new}", nothing(subject, shared), theme.symbols.arrow))),
        [old] if width(&new) < SHORT && width(old.as_str()) < SHORT => {
            texts = vec![Shown::line(format!("{old} {} {new}", theme.symbols.arrow))];
        }
        _ => texts.push(Shown::line(format!("{} {new}", theme.symbols.arrow))),
    }
    (texts, theme.changed)
}

/// What a row reads, sanitised.
pub(super) fn texts(subject: Subject, revealed: bool, account: &Account, shared: &Shared) -> Vec<Shown> {
    match subject {
        Subject::Detail(detail) if detail.secret && !revealed => match detail.value(account) {
            Value::None => Vec::new(),
            _ => vec![Shown::line("on; the link is hidden until you ask for it")],
        },
        Subject::Detail(detail) if detail.key == "campus_profile_visibility" => {
            account.campus.visibility.iter().map(|visibility| Shown::line(visibility.meaning())).collect()
        }
        Subject::Detail(detail) => {
            let value = detail.value(account);
            let lines = value.lines(&shared.names(), &shared.zone);
            if matches!(value, Value::Majors(_) | Value::Interests(_)) {
                // Short names read best in a row.
                let names: Vec<&str> = lines.iter().map(Shown::as_str).collect();
                return vec![Shown::line(names.join(", "))];
            }
            lines
        }
        Subject::School => shared.session.schools.value().into_iter().flatten().map(|school| school.name.line()).collect(),
        Subject::SmsEnd => vec![Shown::line(sms_end(account, shared))],
    }
}

/// Whether there is anything to copy.
pub(super) fn has_value(subject: Subject, account: &Account, shared: &Shared) -> bool {
    texts(subject, true, account, shared).iter().any(|text| !text.as_str().is_empty())
}

/// What stands where the server told nothing.
fn nothing(subject: Subject, shared: &Shared) -> &'static str {
    match subject {
        Subject::Detail(detail) if detail.secret => "off",
        Subject::Detail(detail) if detail.key == "graduation_year" => "not shown",
        Subject::School if shared.session.schools.is_loading() => "loading",
        Subject::School if shared.session.schools.error().is_some() => "could not be read",
        Subject::School => "none",
        Subject::Detail(detail) if !detail.is_read() => detail::UNKNOWN,
        Subject::Detail(_) | Subject::SmsEnd => "not set",
    }
}

fn age(shared: &Shared) -> Vec<Line> {
    let stale = shared.session.account.at().filter(|at| shared.now.duration_since(*at) > jiff::SignedDuration::from_secs(90));
    stale.map_or_else(Vec::new, |at| {
        let again = shared.key(Scope::Browse, Action::Refresh);
        let what = if shared.session.account.is_loading() {
            "reading it again".to_owned()
        } else if shared.session.account.error().is_some() {
            format!("it could not be read again; {again} tries once more")
        } else {
            format!("{again} reads it again")
        };
        let text = format!("As of {}; {what}", detail::moment(at.as_second(), &shared.zone));
        vec![Line { row: None, label: "", text, style: shared.theme.quiet }]
    })
}

/// In place of the profile while nothing is known.
fn without_account(columns: usize, shared: &Shared) -> Vec<Line> {
    let theme = &shared.theme;
    let line = |text: &str, style| Line { row: None, label: "", text: text.to_owned(), style };
    if let Some(error) = shared.session.account.error() {
        let text = format!("The account could not be read: {}.", error.headline());
        let hint = format!("What to do: {}. {} tries once more.", error.hint(), shared.key(Scope::Browse, Action::Refresh));
        let room = columns.saturating_sub(3).max(1);
        let mut lines: Vec<Line> = wrap(&text, room).into_iter().map(|part| line(part, theme.bad)).collect();
        lines.extend(wrap(&hint, room).into_iter().map(|part| line(part, theme.text)));
        return lines;
    }
    let mut lines = Vec::new();
    for detail in details().into_iter().filter(|detail| detail.section == Section::Profile) {
        lines.push(Line { row: None, label: detail.label, text: theme.symbols.ellipsis.to_owned(), style: theme.quiet });
    }
    lines
}

/// Whether a text on the screen changes by itself with time.
pub(super) fn counts_down(shared: &Shared) -> bool {
    shared.session.account.value().is_some_and(|account| account.sms.on == Some(true) && account.sms.expires_at.is_some())
}

fn sms_end(account: &Account, shared: &Shared) -> String {
    match account.sms.expires_at.and_then(|end| jiff::Timestamp::from_second(end).ok()) {
        Some(end) => {
            let left = end.duration_since(shared.now);
            let minutes = (left.as_secs() + 59) / 60;
            format!("{}, in {} h {} min by this computer's clock", shared.clock(end), minutes / 60, minutes % 60)
        }
        None => "unknown to this computer".to_owned(),
    }
}
