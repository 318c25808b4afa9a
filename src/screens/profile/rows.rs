//! The rows of the profile: which there are, what each reads and where it is changed. Where they stand is `layout`.

use ratatui::style::Style;

use crate::base::Shared;
use crate::domain::account::SmsEnd;
use crate::domain::detail::{Detail, DetailSection, DetailValue, EditTarget, TOLD_AT, details};
use crate::domain::{Account, SafeText};
use crate::widgets::text::{truncate, width};

/// Columns of a value that stands on one line with another.
const SHORT: usize = 40;
/// Columns of an unsaved value that are shown; the form has all of it.
const MOST_PENDING: usize = 200;

/// What one row is about.
#[derive(Clone, Copy)]
pub(super) enum RowSubject {
    Detail(Detail),
    School,
    SmsEnd,
    /// What the server told nothing about and nobody can set here, in one row.
    Unset,
}

/// The parts of the card, from the top; everything else is a fact.
const CARD: &[&str] = &["name", "school", "bio", "song_url", "interests", "image_url", "photo_urls"];

/// Every row there is at the moment, from the top: the card, then the facts. Facts that are not set and cannot be set here are one row
/// until it is unfolded.
pub(super) fn subjects(unfolded: bool, shared: &Shared) -> Vec<RowSubject> {
    let account = shared.session.account.value();
    let mut all: Vec<RowSubject> = details().into_iter().map(RowSubject::Detail).chain([RowSubject::School]).collect();
    let mut subjects: Vec<RowSubject> =
        CARD.iter().filter_map(|key| all.iter().position(|subject| subject.key() == *key).map(|at| all.remove(at))).collect();
    let mut folded = false;
    let is_told = account.is_some_and(|account| account.settings.told_at.is_some());
    for subject in all.into_iter().filter(|subject| is_told || !subject.is_setting()) {
        if !unfolded && subject.is_idle(account) {
            folded = true;
            continue;
        }
        subjects.push(subject);
        if subject.key() == "sms" && account.is_some_and(|account| account.sms.on == Some(true)) {
            subjects.push(RowSubject::SmsEnd);
        }
    }
    if folded {
        // It ends the account's own facts.
        let end = subjects.iter().position(|subject| subject.section() == DetailSection::Settings).unwrap_or(subjects.len());
        subjects.insert(end, RowSubject::Unset);
    }
    subjects
}

impl RowSubject {
    /// By what the row is found again after others have come or gone.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Detail(detail) => detail.key,
            Self::School => "school",
            Self::SmsEnd => "sms_end",
            Self::Unset => "unset",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Detail(detail) => detail.label,
            Self::School => "School",
            Self::SmsEnd => "Ends",
            Self::Unset => "Not set",
        }
    }

    /// Where it is changed.
    pub(super) fn edit(self) -> EditTarget {
        match self {
            Self::Detail(detail) => detail.edit,
            Self::School => EditTarget::Elsewhere("A school is joined and left in the GroupMe app, with an address at the school."),
            Self::SmsEnd => EditTarget::Sms,
            Self::Unset => EditTarget::Elsewhere("GroupMe gives no details."),
        }
    }

    /// Whether it is part of the card.
    pub(super) fn is_on_card(self) -> bool {
        CARD.contains(&self.key())
    }

    /// Whether the server told nothing about it and nobody can set it here.
    fn is_idle(self, account: Option<&Account>) -> bool {
        match (self, account) {
            (Self::Detail(detail), Some(account)) => {
                let is_set_here = !matches!(detail.edit, EditTarget::Elsewhere(_) | EditTarget::Settings) || detail.key == TOLD_AT;
                !is_set_here && detail.value(account).is_empty()
            }
            _ => false,
        }
    }

    /// Whether it is one of the account's settings: while none was told, one row says so for all.
    fn is_setting(self) -> bool {
        matches!(self, Self::Detail(detail) if detail.edit == EditTarget::Settings && detail.key != TOLD_AT)
    }

    pub(super) fn section(self) -> DetailSection {
        match self {
            Self::Detail(detail) => detail.section,
            Self::School => DetailSection::Campus,
            Self::SmsEnd => DetailSection::Sms,
            Self::Unset => DetailSection::Account,
        }
    }
}

/// What a row reads, with what it is to become at the next save: on one line where both are short.
pub(super) fn with_pending(subject: RowSubject, mut texts: Vec<SafeText>, shared: &Shared) -> (Vec<SafeText>, Style) {
    let theme = &shared.theme;
    let pending = match subject {
        RowSubject::Detail(Detail { edit: EditTarget::Profile(field) | EditTarget::Campus(field), .. }) => shared.unsaved.pending(field),
        _ => None,
    };
    let Some(new) = pending else { return (texts, theme.text) };
    let new = truncate(new.as_str(), MOST_PENDING, theme.symbols.ellipsis);
    texts.retain(|text| !text.as_str().is_empty());
    match texts.as_slice() {
        [] => texts.push(SafeText::line(format!("{} {} {new}", nothing(subject, shared), theme.symbols.arrow))),
        [old] if width(&new) < SHORT && width(old.as_str()) < SHORT => {
            texts = vec![SafeText::line(format!("{old} {} {new}", theme.symbols.arrow))];
        }
        _ => texts.push(SafeText::line(format!("{} {new}", theme.symbols.arrow))),
    }
    (texts, theme.changed)
}

/// What a row reads, sanitised.
pub(super) fn texts(subject: RowSubject, revealed: bool, account: &Account, shared: &Shared) -> Vec<SafeText> {
    match subject {
        RowSubject::Detail(detail) if detail.secret && !revealed => {
            if detail.value(account).is_empty() {
                Vec::new()
            } else {
                vec![SafeText::line("on; the link is hidden until you ask for it")]
            }
        }
        RowSubject::Detail(detail) if detail.key == "campus_profile_visibility" => {
            account.campus.visibility.iter().map(|visibility| SafeText::line(visibility.meaning())).collect()
        }
        RowSubject::Detail(detail) => {
            let value = detail.value(account);
            if let DetailValue::Texts(pictures) = &value
                && detail.key == "photo_urls"
                && !pictures.is_empty()
            {
                // Their addresses tell a reader nothing; copying takes them.
                let one = pictures.len() == 1;
                return vec![SafeText::line(format!("{} picture{}", pictures.len(), if one { "" } else { "s" }))];
            }
            let lines = value.lines(&shared.names(), &shared.zone);
            if matches!(value, DetailValue::Majors(_) | DetailValue::Interests(_)) {
                // Short names read best in a row.
                let names: Vec<&str> = lines.iter().map(SafeText::as_str).collect();
                return vec![SafeText::line(names.join(", "))];
            }
            lines
        }
        RowSubject::School => shared.session.schools.value().into_iter().flatten().map(|school| school.name.line()).collect(),
        RowSubject::SmsEnd => vec![SafeText::line(sms_end(account, shared))],
        RowSubject::Unset => {
            let labels: Vec<&str> = details()
                .into_iter()
                .map(RowSubject::Detail)
                .filter(|subject| account.settings.told_at.is_some() || !subject.is_setting())
                .filter(|subject| subject.is_idle(Some(account)))
                .map(RowSubject::label)
                .collect();
            vec![SafeText::line(labels.join(", "))]
        }
    }
}

/// Whether there is anything to copy.
pub(super) fn has_value(subject: RowSubject, account: &Account, shared: &Shared) -> bool {
    texts(subject, true, account, shared).iter().any(|text| !text.as_str().is_empty())
}

/// What stands where the server told nothing.
pub(super) fn nothing(subject: RowSubject, shared: &Shared) -> &'static str {
    match subject {
        RowSubject::School if shared.session.schools.is_loading() => "loading",
        RowSubject::School if shared.session.schools.error().is_some() => "could not be read",
        RowSubject::School => "none",
        RowSubject::Detail(detail) => detail.unset(),
        RowSubject::SmsEnd | RowSubject::Unset => "not set",
    }
}

/// Whether a text on the screen changes by itself with time.
pub(super) fn counts_down(shared: &Shared) -> bool {
    shared.session.account.value().is_some_and(|account| account.sms.on == Some(true) && matches!(account.sms.end, Some(SmsEnd::At(_))))
}

fn sms_end(account: &Account, shared: &Shared) -> String {
    let at = match account.sms.end {
        Some(SmsEnd::TurnedOff) => return "when you turn it off".to_owned(),
        Some(SmsEnd::At(end)) => jiff::Timestamp::from_second(end).ok(),
        None => None,
    };
    match at {
        Some(end) => {
            let left = end.duration_since(shared.now);
            let minutes = (left.as_secs() + 59) / 60;
            format!("{}, in {} h {} min by this computer's clock", shared.clock(end), minutes / 60, minutes % 60)
        }
        None => "unknown to this computer".to_owned(),
    }
}
