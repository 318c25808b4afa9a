//! The states kept before saves, and what each differs in from now; one of them can become unsaved edits.
//!
//! What is so now is read again when this opens, so that what was changed elsewhere is not overlooked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::{Event, Nav, Screen};
use super::frame::{Dialog, framed, inside};
use crate::base::kept::{EarlierState, Restorable, SavedValues};
use crate::base::{Action, Conditions, Job, Level, MouseKind, Scope, Shared, StagedState};
use crate::domain::detail::{EditTarget, details};
use crate::domain::pins::Changes;
use crate::domain::{Account, Id, SafeText};
use crate::widgets::bar::bar;
use crate::widgets::diff::{self, Marks};
use crate::widgets::hints::Hint;
use crate::widgets::scroll::{ScrollWindow, scrollbar};
use crate::widgets::text::{truncate, width, wrap};

/// From so many columns on the differences stand beside the states, else below them.
const BESIDE: u16 = 96;
/// Columns of the states where the differences stand beside them.
const STATES: u16 = 44;
/// Rows of the states, at least and at most.
const FEWEST_ROWS: usize = 8;
const MOST_ROWS: usize = 24;
/// Columns of the label before a difference.
const LABEL: usize = 17;
/// Columns of the time before a state.
const TIME: usize = 18;

/// Where the user is among the states.
#[derive(Clone, Debug)]
pub struct HistoryOverlay {
    cursor: usize,
    window: ScrollWindow,
    /// Whether the state under the cursor was chosen before it was known what is so now.
    chosen: bool,
}

/// The parts of the box.
struct HistoryAreas {
    states: Rect,
    differences: Rect,
}

impl Default for HistoryOverlay {
    fn default() -> Self {
        Self { cursor: 0, window: ScrollWindow::new(10), chosen: false }
    }
}

impl HistoryOverlay {
    fn kept(shared: &Shared) -> &[EarlierState] {
        shared.session.history.value().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether what is kept, or what is so now, is still being read.
    fn is_reading(shared: &Shared) -> bool {
        let session = &shared.session;
        session.history.is_loading() || session.account.is_loading() || session.pins.is_loading()
    }

    fn go(&mut self, row: usize, shared: &Shared) {
        let rows = Self::kept(shared).len();
        self.cursor = row.min(rows.saturating_sub(1));
        self.window.set_height(usize::from(areas(inside(shared.body, size(shared.body, shared))).states.height), self.cursor, rows);
    }

    /// Brings the state under the cursor back as unsaved edits, once it is known what is so now.
    fn stage(&mut self, shared: &mut Shared) -> Option<Nav> {
        self.chosen = Self::is_reading(shared);
        if self.chosen {
            return None;
        }
        let restorable = restorable(Self::kept(shared).get(self.cursor)?, shared);
        if restorable.edits.is_empty() {
            shared.say(Level::Info, restorable.refusal().unwrap_or_else(|| "Nothing to bring back: it is the same as now".to_owned()));
            return None;
        }
        let refusal = restorable.refusal();
        Some(Nav::Stage(restorable.edits, refusal))
    }
}

/// What would become unsaved edits.
fn restorable(kept: &EarlierState, shared: &Shared) -> Restorable {
    let this_year = shared.now.to_zoned(shared.zone.clone()).year();
    kept.state.restorable(shared.session.account.value(), shared.session.pins.value().map(Vec::as_slice), this_year)
}

/// What a state differs in from now, in a few words.
fn summary(kept: &EarlierState, shared: &Shared) -> String {
    let what = match kept.state {
        SavedValues::Account(_) => "profile",
        SavedValues::Pins(_) => "pins",
    };
    let Restorable { edits, refused } = restorable(kept, shared);
    if edits.is_empty() && refused.is_empty() {
        return format!("{what}: same as now");
    }
    edits.iter().flat_map(labels).chain(refused.iter().map(|(label, _)| *label)).collect::<Vec<_>>().join(", ")
}

/// What a state concerns.
pub fn labels(staged: &StagedState) -> Vec<&'static str> {
    match staged {
        StagedState::Profile(fields) | StagedState::Campus(fields) => fields.iter().map(|(key, _)| label(key)).collect(),
        StagedState::Pins(_) => vec!["Pins"],
    }
}

fn label(key: &str) -> &'static str {
    details().into_iter().find(|detail| is_field(detail.edit, key)).map_or("", |detail| detail.label)
}

fn is_field(edit: EditTarget, key: &str) -> bool {
    matches!(edit, EditTarget::Profile(field) | EditTarget::Campus(field) if field == key)
}

/// A line about a difference: a word, a text, and what stands out in it.
struct HistoryLine {
    word: &'static str,
    text: String,
    styles: (Style, Style),
    marks: Marks,
}

/// The differences line by line. What is short stands in one line.
fn differences(kept: &EarlierState, columns: usize, shared: &Shared) -> Vec<HistoryLine> {
    let mut lines = Vec::new();
    let room = columns.saturating_sub(LABEL).max(1);
    let plain = |mut word: &'static str, text: &str| -> Vec<HistoryLine> {
        let styles = (shared.theme.text, shared.theme.text);
        let parts = wrap(text, room).into_iter();
        parts.map(|part| HistoryLine { word: std::mem::take(&mut word), text: part.to_owned(), styles, marks: Marks::new() }).collect()
    };
    let Restorable { edits, refused } = restorable(kept, shared);
    for staged in edits {
        match (staged, &kept.state, shared.session.account.value()) {
            (StagedState::Profile(fields) | StagedState::Campus(fields), SavedValues::Account(then), Some(now)) => {
                for (key, _) in fields {
                    lines.extend(field_lines(key, now, then, columns, shared));
                }
            }
            (StagedState::Pins(then), ..) => {
                let changes = Changes::between(shared.session.pins.value().map(Vec::as_slice).unwrap_or_default(), &then);
                let rows = shared.session.directory().resolve(&then);
                let name = |id: &Id| rows.iter().find(|row| row.id == *id).and_then(|row| Some(row.name.as_ref()?.line()));
                lines.extend(plain("Pins", &changes.sentence("", |id| name(id).unwrap_or_else(|| id.shown()))));
            }
            _ => {}
        }
    }
    lines.extend(refused.into_iter().flat_map(|(label, why)| plain(label, &format!("stays as it is now: {why}"))));
    lines
}

fn field_lines(key: &str, now: &Account, then: &Account, columns: usize, shared: &Shared) -> Vec<HistoryLine> {
    let Some(detail) = details().into_iter().find(|detail| is_field(detail.edit, key)) else { return Vec::new() };
    let theme = &shared.theme;
    let read = |account: &Account| {
        let lines = detail.value(account).lines(&shared.names(), &shared.zone);
        if lines.is_empty() { "not set".to_owned() } else { lines.iter().map(SafeText::as_str).collect::<Vec<_>>().join(", ") }
    };
    let (old, new) = (read(now), read(then));
    let plain = (theme.text, theme.text);
    let short = format!("{old} {} {new}", theme.symbols.arrow);
    if LABEL + width(&short) <= columns {
        return vec![HistoryLine { word: detail.label, text: short, styles: plain, marks: Marks::new() }];
    }
    let room = columns.saturating_sub(LABEL).max(1);
    let [old, new] = [old, new].map(|text| wrap(&text, room).into_iter().map(str::to_owned).collect::<Vec<_>>());
    let (in_old, in_new) = diff::marks(&old, &new);
    let mut lines = vec![HistoryLine { word: detail.label, text: String::new(), styles: plain, marks: Marks::new() }];
    for (parts, marks, mut word, styles) in
        [(old, in_old, "- now", (theme.quiet, theme.old_words)), (new, in_new, "+ then", (theme.text, theme.new_words))]
    {
        lines.extend(parts.into_iter().zip(marks).map(|(text, marks)| HistoryLine {
            word: std::mem::take(&mut word),
            text,
            styles,
            marks,
        }));
    }
    lines
}

/// As many rows as there are states, and a few for what one differs in.
fn size(area: Rect, shared: &Shared) -> (u16, u16) {
    let columns = area.width.saturating_sub(6).clamp(1, 120);
    let states = HistoryOverlay::kept(shared).len().clamp(FEWEST_ROWS, MOST_ROWS) as u16;
    let rows = if columns >= BESIDE { states } else { (2 * states + 1).min(MOST_ROWS as u16) };
    (columns, rows.min(area.height.saturating_sub(2)).max(1))
}

impl Dialog for HistoryOverlay {
    fn size(&self, area: Rect, shared: &Shared) -> (u16, u16) {
        size(area, shared)
    }

    fn answers(&self, shared: &Shared) -> Vec<Hint<Action>> {
        let hint = |action, help: &str| Hint { action, key: shared.key(Scope::History, action), help: help.to_owned() };
        let take = if self.chosen { "still reading" } else { "bring it back" };
        vec![hint(Action::Confirm, take), hint(Action::Back, "close")]
    }
}

fn areas(inner: Rect) -> HistoryAreas {
    let body = inner;
    let (states, differences) = if inner.width >= BESIDE {
        let rest = body.width.saturating_sub(STATES + 2);
        (Rect { width: STATES, ..body }, Rect { x: body.right() - rest, width: rest, ..body })
    } else {
        let above = body.height / 2;
        let below = body.height.saturating_sub(above + 1);
        (Rect { height: above, ..body }, Rect { y: body.y + above + 1, height: below, ..body })
    };
    HistoryAreas { states, differences }
}

impl Screen for HistoryOverlay {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::History]
    }

    fn facts(&self, facts: Conditions, _shared: &Shared) -> Conditions {
        facts
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        let page = self.window.height();
        match event {
            Event::Action(Action::Confirm) => return self.stage(shared),
            Event::Action(Action::Back) => return Some(Nav::Close(None)),
            Event::Action(Action::Up) => self.go(self.cursor.saturating_sub(1), shared),
            Event::Action(Action::Down) => self.go(self.cursor + 1, shared),
            Event::Action(Action::PageUp) => self.go(self.cursor.saturating_sub(page), shared),
            Event::Action(Action::PageDown) => self.go(self.cursor + page, shared),
            Event::Action(Action::First) => self.go(0, shared),
            Event::Action(Action::Last) => self.go(usize::MAX, shared),
            Event::Resized => self.go(self.cursor, shared),
            Event::Mouse(mouse, area) => match mouse.kind {
                MouseKind::Press => {
                    let states = areas(inside(area, size(area, shared))).states;
                    if states.contains(Position::new(mouse.column, mouse.row)) {
                        self.go(self.window.top() + usize::from(mouse.row - states.y), shared);
                    }
                }
                MouseKind::ScrollUp => self.go(self.cursor.saturating_sub(1), shared),
                MouseKind::ScrollDown => self.go(self.cursor + 1, shared),
                _ => {}
            },
            _ => {}
        }
        None
    }

    fn learned(&mut self, _job: &Job, _well: bool, shared: &mut Shared) -> Option<Nav> {
        if self.chosen {
            return self.stage(shared);
        }
        self.go(self.cursor, shared);
        None
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let inner = framed(area, size(area, shared), "History: what was before each save", self.answers(shared), buf, theme);
        let HistoryAreas { states, differences: beside } = areas(inner);
        let kept = Self::kept(shared);
        let put = |buf: &mut Buffer, at: Rect, x: u16, y: u16, text: &str, style| {
            let room = usize::from(at.right().saturating_sub(x));
            buf.set_string(x, y, truncate(text, room, theme.symbols.ellipsis), style);
        };
        if kept.is_empty() {
            let text = if Self::is_reading(shared) { "Reading what is kept" } else { "Nothing yet: a state is kept before each save" };
            for (y, line) in (states.y..states.bottom()).zip(wrap(text, usize::from(states.width.max(1)))) {
                put(buf, states, states.x, y, line, theme.quiet);
            }
        }
        let top = self.window.top_for(usize::from(states.height), self.cursor, kept.len());
        let mut cursor = None;
        for (y, (row, kept)) in (states.y..states.bottom()).zip(kept.iter().enumerate().skip(top)) {
            let at = jiff::Timestamp::from_second(kept.at).map_or_else(|_| kept.at.to_string(), |at| shared.when(at));
            let text = format!("{at:TIME$}{}", summary(kept, shared));
            put(buf, states, states.x, y, &text, theme.text);
            if row == self.cursor {
                cursor = Some(Position::new(states.x, y));
                bar(Rect { y, height: 1, ..states }, buf, theme.selection);
            }
        }
        scrollbar(Rect { x: states.right(), width: 1, ..states }.intersection(area), buf, top, kept.len(), theme);
        if let Some(kept) = kept.get(self.cursor) {
            let label = LABEL.min(usize::from(beside.width)) as u16;
            for (y, line) in (beside.y..beside.bottom()).zip(differences(kept, usize::from(beside.width), shared)) {
                put(buf, beside, beside.x, y, line.word, theme.label);
                let area = Rect { x: beside.x + label, y, width: beside.width - label, height: 1 };
                diff::draw(&line.text, &line.marks, area, buf, line.styles);
            }
        }
        cursor
    }

    fn uses_mouse(&self) -> bool {
        true
    }
}
