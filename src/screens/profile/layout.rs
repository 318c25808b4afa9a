//! Where the rows of the profile stand: the card, then the facts under headings; from 100 columns on side by side. One computation, for
//! drawing and for scrolling.

use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::rows::{RowSubject, nothing, subjects, texts, with_pending};
use crate::base::{Action, Scope, Shared};
use crate::domain::detail::{self, DetailSection, details};
use crate::domain::{Account, SafeText};
use crate::screens::card::{Arrangement, Card, Content, Item, Place};
use crate::widgets::link::{is_address, shortened};
use crate::widgets::text::wrap;

/// Columns of the labels, and before them.
const LABEL: u16 = 20;
const INDENT: u16 = 2;
/// Narrower than this labels stand above values.
const ROOM_FOR_LABELS: u16 = 60;
/// From so many columns on the facts stand beside the card.
pub(super) const SIDE_BY_SIDE: u16 = 100;

/// How facts are set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    /// Labels above values.
    Stacked,
    Tight,
    /// With a line before every heading.
    Roomy,
}

/// A line on the screen.
pub(super) struct ProfileLine {
    /// Index of the row it belongs to; none for headings and what parts them.
    pub(super) row: Option<usize>,
    pub(super) x: u16,
    pub(super) label: &'static str,
    pub(super) text_x: u16,
    pub(super) text: String,
    /// Where the text leads, if it is an address; the whole of it.
    pub(super) address: Option<String>,
    pub(super) style: Style,
}

/// Lines that scroll together.
pub(super) struct Pane {
    pub(super) area: Rect,
    pub(super) lines: Vec<ProfileLine>,
    /// Pictures, by the row of the lines they begin at.
    pub(super) places: Vec<Place>,
    /// The first row of the card in the lines.
    pub(super) start: usize,
}

impl ProfileLine {
    fn of_text(row: Option<usize>, x: u16, text: &str, style: Style) -> Self {
        Self { row, x, label: "", text_x: x, text: text.to_owned(), address: None, style }
    }
}

impl Pane {
    /// The lines of a row.
    pub(super) fn lines_of(&self, row: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.lines.iter().enumerate().filter(move |(_, line)| line.row == Some(row)).map(|(at, _)| at)
    }
}

/// Everything on a screen of that area: one pane, or the card and the facts.
pub(super) fn panes(area: Rect, (revealed, unfolded): (bool, bool), shared: &Shared) -> Vec<Pane> {
    let Some(account) = shared.session.account.value() else {
        return vec![Pane { area, lines: without_account(usize::from(area.width), shared), places: Vec::new(), start: 0 }];
    };
    let rows = subjects(unfolded, shared);
    let reading = |subject: RowSubject| with_pending(subject, texts(subject, revealed, account, shared), shared);
    let wide = area.width >= SIDE_BY_SIDE;
    let left = Rect { width: if wide { (area.width * 9 / 20).clamp(46, 66) } else { area.width }, ..area };
    let mut lines = age(shared);
    let start = lines.len();
    let (card, places) = card(left, wide, &rows, account, reading, shared);
    lines.extend(card);
    let right = Rect { x: left.right() + 1, width: area.right().saturating_sub(left.right() + 1), ..area };
    if wide {
        let roomy = facts(right.width, Spacing::Roomy, &rows, reading, shared);
        let tight = || facts(right.width, Spacing::Tight, &rows, reading, shared);
        let lines_of_facts = if roomy.len() <= usize::from(area.height) { roomy } else { tight() };
        let facts = Pane { area: right, lines: lines_of_facts, places: Vec::new(), start: 0 };
        return vec![Pane { area: left, lines, places, start }, facts];
    }
    let spacing = if area.width < ROOM_FOR_LABELS { Spacing::Stacked } else { Spacing::Tight };
    lines.extend(facts(area.width, spacing, &rows, reading, shared));
    vec![Pane { area, lines, places, start }]
}

/// The card's lines and pictures.
fn card(
    area: Rect,
    wide: bool,
    rows: &[RowSubject],
    account: &Account,
    reading: impl Fn(RowSubject) -> (Vec<SafeText>, Style),
    shared: &Shared,
) -> (Vec<ProfileLine>, Vec<Place>) {
    let theme = &shared.theme;
    let item = |subject: &RowSubject| {
        let (mut texts, mut style) = reading(*subject);
        let key = subject.key();
        if texts.iter().all(|text| text.as_str().is_empty()) {
            let label = if matches!(key, "bio" | "school") { format!("{}: ", subject.label()) } else { String::new() };
            (texts, style) = (vec![SafeText::line(format!("{label}{}", nothing(*subject, shared)))], theme.quiet);
        } else if key == "name" && style == theme.text {
            style = theme.heading;
        }
        Item { key, label: if matches!(key, "name" | "school" | "bio") { "" } else { subject.label() }, texts, style }
    };
    let profile = &account.profile;
    let content = Content {
        items: rows.iter().filter(|subject| subject.is_on_card()).map(item).collect(),
        avatar: profile.avatar_url.clone().filter(|address| !address.is_empty()),
        gallery: profile.photo_urls.iter().flatten().filter(|address| !address.is_empty()).cloned().collect(),
    };
    let arrangement = match shared.picture_method {
        Some(_) if wide => Arrangement::Around,
        Some(_) if area.width >= ROOM_FOR_LABELS => Arrangement::PictureStrip,
        _ => Arrangement::Without,
    };
    let card = Card::new(&content, arrangement, Size::new(area.width.saturating_sub(1), area.height), theme.symbols.ellipsis);
    let line = |line: crate::screens::card::CardLine| {
        let labelled = content.items.iter().any(|item| item.key == line.key && !item.label.is_empty());
        let row = rows.iter().position(|subject| subject.key() == line.key);
        ProfileLine {
            row,
            x: line.x,
            label: line.label,
            text_x: line.text_x(labelled),
            text: line.text,
            address: line.address,
            style: line.style,
        }
    };
    (card.lines.into_iter().map(line).collect(), card.places)
}

/// The facts under their headings.
fn facts(
    width: u16,
    spacing: Spacing,
    rows: &[RowSubject],
    reading: impl Fn(RowSubject) -> (Vec<SafeText>, Style),
    shared: &Shared,
) -> Vec<ProfileLine> {
    let theme = &shared.theme;
    let stacked = spacing == Spacing::Stacked;
    let text_x = if stacked { 2 * INDENT } else { INDENT + LABEL };
    let room = usize::from(width.saturating_sub(text_x + 2).max(1));
    let mut lines = Vec::new();
    let mut last = None;
    for (row, subject) in rows.iter().enumerate().filter(|(_, subject)| !subject.is_on_card()) {
        if last.replace(subject.section()) != Some(subject.section()) {
            if spacing == Spacing::Roomy && !lines.is_empty() {
                lines.push(ProfileLine::of_text(None, 0, "", theme.text));
            }
            lines.push(heading(subject.section().title(), width, shared));
        }
        let (texts, style) = reading(*subject);
        let mut parts: Vec<(String, Option<String>, Style)> = Vec::new();
        for text in texts.iter().map(SafeText::as_str).filter(|text| !text.is_empty()) {
            if is_address(text) {
                parts.push((shortened(text, room, theme.symbols.ellipsis), Some(text.to_owned()), style));
            } else {
                let style = if matches!(subject, RowSubject::Unset) { theme.quiet } else { style };
                parts.extend(wrap(text, room).into_iter().map(|part| (part.to_owned(), None, style)));
            }
        }
        if parts.is_empty() {
            parts.push((nothing(*subject, shared).to_owned(), None, theme.quiet));
        }
        let mut label = subject.label();
        if stacked {
            parts.insert(0, (String::new(), None, style));
        }
        for (text, address, style) in parts {
            lines.push(ProfileLine { row: Some(row), x: INDENT, label: std::mem::take(&mut label), text_x, text, address, style });
        }
    }
    lines
}

/// A name in a rule.
fn heading(title: &'static str, width: u16, shared: &Shared) -> ProfileLine {
    let rule = shared.theme.symbols.border.horizontal_top;
    let rest = usize::from(width).saturating_sub(title.len() + 7);
    let text = format!("{rule}{rule}{}{}", " ".repeat(title.len() + 2), rule.repeat(rest));
    ProfileLine { row: None, x: 4, label: title, text_x: 1, text, address: None, style: shared.theme.border }
}

fn age(shared: &Shared) -> Vec<ProfileLine> {
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
        vec![ProfileLine::of_text(None, 1, &text, shared.theme.quiet)]
    })
}

/// In place of the profile while nothing is known.
fn without_account(columns: usize, shared: &Shared) -> Vec<ProfileLine> {
    let theme = &shared.theme;
    if let Some(error) = shared.session.account.error() {
        let text = format!("The account could not be read: {}.", error.headline());
        let hint = format!("What to do: {}. {} tries once more.", error.hint(), shared.key(Scope::Browse, Action::Refresh));
        let room = columns.saturating_sub(3).max(1);
        let parts =
            |text: &str, style| wrap(text, room).into_iter().map(|part| ProfileLine::of_text(None, 1, part, style)).collect::<Vec<_>>();
        return parts(&text, theme.bad).into_iter().chain(parts(&hint, theme.text)).collect();
    }
    let skeleton = details().into_iter().filter(|detail| detail.section == DetailSection::Profile);
    let line = |label| ProfileLine {
        row: None,
        x: INDENT,
        label,
        text_x: INDENT + LABEL,
        text: theme.symbols.ellipsis.to_owned(),
        address: None,
        style: theme.quiet,
    };
    skeleton.map(|detail| line(detail.label)).collect()
}
