//! Where everything in the form stands: one computation for drawing, scrolling and the mouse.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::input::FieldInput;
use super::{Form, FormSpec, reading, save};
use crate::base::{Action, Scope, Shared};
use crate::domain::field::FieldKind;
use crate::domain::graphemes::grapheme_indices;
use crate::domain::merge::SaveStatus;
use crate::screens::picture::{self, GAPS, LEAST_ROWS, RIGHT};
use crate::widgets::link::{is_address, shortened};
use crate::widgets::text::wrap;

/// Columns before a label: the pointer, the sign of its state, a space.
pub(super) const LEFT: u16 = 3;
/// Columns of a label.
const LABEL: u16 = 16;
/// From so many columns on the card stands beside the fields, and what there is to say right under each.
const SIDE_BY_SIDE: u16 = 100;
/// Narrower than this labels stand above values.
const ROOM_FOR_LABELS: u16 = 60;
/// Rows a long text takes at most.
const TALLEST_TEXT: usize = 10;
/// Rows a list of pictures takes at most.
const TALLEST_GALLERY: usize = 8;
/// Lines that what was there before, a mistake or a mark may take besides.
const COMING: usize = 4;
/// Rows a list of names takes at most.
const TALLEST_NAMES: usize = 4;

/// What there is room for under fields that the cursor is not in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    None,
    Help,
    HelpAndSpace,
}

/// The parts of the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormAreas {
    /// The fields.
    pub(super) list: Rect,
    /// A picture beside the fields; empty where they need the room, and where there is a card.
    pub(super) picture: Rect,
    /// The card beside the fields, on wide screens.
    pub(super) card: Rect,
    /// The scrollbar.
    pub(super) bar: Rect,
    /// What there is to say about the field under the cursor; empty where it stands right under the field.
    pub(super) pane: Rect,
}

impl FormAreas {
    pub(super) fn of(area: Rect, picture: bool) -> Self {
        if area.width >= SIDE_BY_SIDE {
            let beside = (area.width * 9 / 20).clamp(46, 66);
            let card = Rect { x: area.right() - beside, width: beside, ..area };
            let bar = Rect { x: card.x - 1, width: 1, ..area };
            let list = Rect { width: area.width - beside - 1, ..area };
            return Self { list, picture: Rect::ZERO, card, bar, pane: Rect { y: area.bottom(), height: 0, ..area } };
        }
        let pane = if area.height >= 10 { 3 } else { area.height / 4 };
        let fields = Rect { height: area.height - pane, ..area };
        let bar = Rect { x: area.right() - area.width.min(1), width: area.width.min(1), ..fields };
        // Where the screen is too low for a square as wide as there is room, a smaller one.
        let columns = picture::columns(area.width).min(fields.height * 2);
        let (picture, taken) = if picture && columns >= LEAST_ROWS * 2 {
            let height = picture::upright(columns).min(fields.height);
            (Rect { x: area.right() - RIGHT - columns, width: columns, height, ..fields }, columns + GAPS)
        } else {
            (Rect::ZERO, bar.width)
        };
        Self {
            list: Rect { width: area.width - taken, ..fields },
            picture,
            card: Rect::ZERO,
            bar,
            pane: Rect { y: area.bottom() - pane, height: pane, ..area },
        }
    }
}

/// Some lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct FormRow {
    /// The row they are about; none for headings.
    pub(super) row: Option<usize>,
    pub(super) what: RowContent,
    /// The first line, from the top of the form.
    pub(super) top: usize,
    /// How many lines.
    pub(super) height: usize,
}

/// What a piece shows.
#[derive(Clone, Debug)]
pub(super) enum RowContent {
    /// A fact above the fields.
    Heading(&'static str, String),
    /// The label of a field, where it stands above the value.
    Label,
    /// A field, with its label before it unless that stands above.
    Value,
    /// Something said about the field above.
    Note(Vec<String>, Style),
}

/// A piece as far as it is in view.
#[derive(Clone, Debug)]
pub(super) struct VisibleRow {
    pub(super) piece: FormRow,
    pub(super) area: Rect,
    /// Lines of the piece above the view.
    pub(super) skipped: usize,
    /// Columns before the value.
    pub(super) indent: u16,
}

/// Columns before the values, on a screen that wide.
const fn indent(screen: u16) -> u16 {
    if screen < ROOM_FOR_LABELS { LEFT } else { LEFT + LABEL }
}

impl VisibleRow {
    /// The part of the area where the value stands.
    pub(super) fn value(&self) -> Rect {
        let indent = self.indent.min(self.area.width);
        Rect { x: self.area.x + indent, width: self.area.width - indent, ..self.area }
    }
}

impl<S: FormSpec> Form<S> {
    pub(super) fn areas(&self, area: Rect, shared: &Shared) -> FormAreas {
        FormAreas::of(area, shared.picture_method.is_some() && self.picture().is_some())
    }

    /// Columns of the values.
    pub(super) fn text_columns(&self, area: Rect, shared: &Shared) -> u16 {
        self.areas(area, shared).list.width.saturating_sub(indent(area.width)).max(1)
    }

    /// What there is room for. Counts nothing that comes and goes with the cursor or a key, or the fields would jump.
    fn spare(&self, area: Rect, columns: usize, most: usize, shared: &Shared) -> Room {
        if area.width < SIDE_BY_SIDE {
            return Room::None;
        }
        let values: usize = (0..self.fields.len()).map(|row| self.height(row, columns, most, shared)).sum();
        let help: usize = (0..self.fields.len()).filter_map(Self::spec).map(|spec| wrap(spec.help, columns).len()).sum();
        let taken = S::heading(shared).len() + values + help + COMING;
        match usize::from(self.areas(area, shared).list.height).checked_sub(taken) {
            None => Room::None,
            Some(left) if left + 1 < self.fields.len() => Room::Help,
            Some(_) => Room::HelpAndSpace,
        }
    }

    /// Everything from top to bottom, and how many lines that is. Where all of it has room, every field has its help under it, and a line
    /// between it and the next: a tall screen is no list with nothing below.
    pub(super) fn pieces(&self, area: Rect, shared: &Shared) -> (Vec<FormRow>, usize) {
        let mut pieces: Vec<FormRow> = Vec::new();
        let mut top = 0;
        let mut add = |row: Option<usize>, what: RowContent, height: usize| {
            pieces.push(FormRow { row, what, top, height });
            top += height;
        };
        for (label, text) in S::heading(shared) {
            add(None, RowContent::Heading(label, text), 1);
        }
        let columns = usize::from(self.text_columns(area, shared));
        let most = usize::from(self.areas(area, shared).list.height * 2 / 3).clamp(3, TALLEST_TEXT);
        let spare = self.spare(area, columns, most, shared);
        for row in 0..self.fields.len() {
            if area.width < ROOM_FOR_LABELS {
                add(Some(row), RowContent::Label, 1);
            }
            add(Some(row), RowContent::Value, self.height(row, columns, most, shared));
            let said = match Self::spec(row) {
                _ if area.width >= SIDE_BY_SIDE && row == self.row => self.about_field(shared),
                Some(spec) if spare != Room::None => vec![(spec.help.to_owned(), shared.theme.quiet)],
                _ => Vec::new(),
            };
            for (text, style) in self.notes(row, shared).into_iter().chain(said) {
                let lines: Vec<String> = wrap(&text, columns).into_iter().map(str::to_owned).collect();
                let height = lines.len();
                add(Some(row), RowContent::Note(lines, style), height);
            }
            if spare == Room::HelpAndSpace && row + 1 < self.fields.len() {
                add(Some(row), RowContent::Note(vec![String::new()], shared.theme.quiet), 1);
            }
        }
        (pieces, top)
    }

    fn height(&self, row: usize, columns: usize, most: usize, shared: &Shared) -> usize {
        let (Some(spec), Some(field)) = (Self::spec(row), self.fields.get(row)) else { return 1 };
        match &field.input {
            FieldInput::Text(editor) if spec.kind == FieldKind::Block && self.typing && row == self.row => {
                usize::from(editor.height(u16::try_from(columns).unwrap_or(u16::MAX))).clamp(1, most)
            }
            FieldInput::Text(_) if spec.kind == FieldKind::Block => self.value_lines(row, columns, shared).len().clamp(1, most),
            FieldInput::Text(_) => 1,
            FieldInput::Choice(_) => self.value_lines(row, columns, shared).len().clamp(1, TALLEST_NAMES),
            FieldInput::Gallery(gallery) => gallery.len().clamp(1, TALLEST_GALLERY),
        }
    }

    /// A value as it reads, wrapped where it may take several lines.
    pub(super) fn value_lines(&self, row: usize, columns: usize, shared: &Shared) -> Vec<String> {
        let (Some(spec), Some(text)) = (Self::spec(row), self.text(row)) else { return Vec::new() };
        let text = if spec.kind.is_list() { text.as_str() } else { beginning(&text, columns) };
        let lines = reading::lines(spec.kind, text, &shared.names());
        let ellipsis = shared.theme.symbols.ellipsis;
        match spec.kind {
            // As the editor wraps it, which keeps one column for the cursor.
            FieldKind::Block => lines.iter().flat_map(|line| wrap(line, columns.saturating_sub(1))).map(str::to_owned).collect(),
            FieldKind::Interests | FieldKind::Majors => lines.iter().flat_map(|line| wrap(line, columns)).map(str::to_owned).collect(),
            _ => lines.into_iter().map(|line| if is_address(&line) { shortened(&line, columns, ellipsis) } else { line }).collect(),
        }
    }

    /// What is said below a field.
    fn notes(&self, row: usize, shared: &Shared) -> Vec<(String, Style)> {
        let theme = &shared.theme;
        let signs = &theme.symbols;
        let (Some(spec), Some(field)) = (Self::spec(row), self.fields.get(row)) else { return Vec::new() };
        let mut notes = Vec::new();
        if let Some(problem) = self.problem(row) {
            let back = (spec.kind == FieldKind::Pictures).then(|| shared.key(Scope::Gallery, Action::Undo));
            let way_out = back.map(|key| format!("; {key} brings it back")).unwrap_or_default();
            notes.push((format!("{} {problem}{way_out}", signs.dead), theme.bad));
        }
        if self.upload_for == Some(row) {
            let sent = shared.session.sent.map(|(sent, total)| format!(" {} %", sent * 100 / total.max(1))).unwrap_or_default();
            notes.push((format!("uploading{sent}"), theme.status));
        }
        if self.theirs(row, shared).is_some() {
            notes.push((format!("{} changed on the server too; saving asks which one to keep", signs.warning), theme.warning));
        }
        match &field.mark {
            // The sign beside the label says that one.
            Some(SaveStatus::Saved) | None => {}
            Some(mark) => {
                let text = save::verdict(mark, shared, |now| reading::side(spec.kind, Some(now), &shared.names()));
                let (sign, style) = match mark {
                    SaveStatus::Unknown => (signs.unknown, theme.warning),
                    _ => (signs.dead, theme.bad),
                };
                notes.push((format!("{sign} {text}"), style));
            }
        }
        notes
    }

    /// The pieces in view, and the first visible line.
    pub(super) fn visible(&self, area: Rect, shared: &Shared) -> (Vec<VisibleRow>, usize, usize) {
        let list = self.areas(area, shared).list;
        let (pieces, lines) = self.pieces(area, shared);
        let height = usize::from(list.height);
        let focus = pieces.iter().find(|piece| piece.row == Some(self.row)).map_or(0, |piece| piece.top);
        let top = if self.turned { self.window.top().min(lines.saturating_sub(height)) } else { self.window.top_for(height, focus, lines) };
        let visible = pieces.into_iter().filter_map(|piece| {
            let (start, end) = (piece.top.max(top), (piece.top + piece.height).min(top + height));
            let lines = u16::try_from(end.checked_sub(start).filter(|lines| *lines > 0)?).ok()?;
            let y = list.y + u16::try_from(start - top).ok()?;
            Some(VisibleRow { skipped: start - piece.top, area: Rect { y, height: lines, ..list }, piece, indent: indent(area.width) })
        });
        (visible.collect(), top, lines)
    }

    /// Scrolls so that all of the row under the cursor is in view, its end first and then its start.
    pub(super) fn follow(&mut self, shared: &Shared) {
        let (pieces, lines) = self.pieces(shared.body, shared);
        let height = usize::from(self.areas(shared.body, shared).list.height);
        for (row, field) in self.fields.iter_mut().enumerate() {
            let piece = pieces.iter().find(|piece| piece.row == Some(row) && matches!(piece.what, RowContent::Value));
            if let (FieldInput::Gallery(gallery), Some(piece)) = (&mut field.input, piece) {
                gallery.set_height(piece.height);
            }
        }
        if self.turned {
            return;
        }
        let mut own = pieces.iter().filter(|piece| piece.row == Some(self.row));
        let Some(first) = own.next() else { return };
        let last = own.next_back().unwrap_or(first);
        self.window.set_height(height, (last.top + last.height).saturating_sub(1), lines);
        // The first field shows what stands above it.
        self.window.set_height(height, if self.row == 0 { 0 } else { first.top }, lines);
    }
}

/// As much of a text as can be in view at once. Values are kept whole however long they are; only this much of them is read to draw.
fn beginning(text: &str, columns: usize) -> &str {
    let most = TALLEST_TEXT * (columns + 1);
    let end = grapheme_indices(text).nth(most).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}
