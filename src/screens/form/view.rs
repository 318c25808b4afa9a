//! Drawing the form.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::gallery::Gallery;
use super::input::FieldInput;
use super::layout::{LEFT, RowContent, VisibleRow};
use super::{Form, FormSpec, reading};
use crate::base::{Action, Scope, Shared};
use crate::domain::detail::moment;
use crate::domain::field::{FieldKind, FieldSpec};
use crate::domain::merge::SaveStatus;
use crate::screens::{Screen, address};
use crate::widgets::bar::bar;
use crate::widgets::reorder::ReorderRow;
use crate::widgets::scroll::scrollbar;
use crate::widgets::text::{truncate, width, wrap};
use crate::widgets::theme::Theme;

impl<S: FormSpec> Form<S> {
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let theme = &shared.theme;
        if !self.is_usable(shared) {
            let text = S::instead(shared).unwrap_or_else(|| without_account(shared));
            let columns = usize::from(area.width.saturating_sub(4)).clamp(1, 70);
            for (y, line) in (area.y..area.bottom()).zip(wrap(&text, columns)) {
                put(buf, Rect { x: area.x + 2.min(area.width), y, height: 1, ..area }.intersection(area), line, theme.text, theme);
            }
            return None;
        }
        let areas = self.areas(area, shared);
        let (visible, top, lines) = self.visible(area, shared);
        let mut cursor = None;
        for part in &visible {
            cursor = self.draw_piece(part, buf, shared).or(cursor);
        }
        self.draw_picture(areas.picture, buf, shared);
        self.draw_card(areas.card, buf, shared);
        scrollbar(areas.bar, buf, top, lines, theme);
        self.draw_pane(areas.pane, buf, shared);
        cursor
    }

    fn draw_piece(&self, part: &VisibleRow, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let label = Rect { x: part.area.x + LEFT.min(part.area.width), height: 1, ..part.area }.intersection(part.area);
        match (&part.piece.what, part.piece.row) {
            (RowContent::Heading(name, text), _) => {
                put(buf, label, name, theme.label, theme);
                put(buf, part.value(), text, theme.quiet, theme);
                None
            }
            (RowContent::Note(lines, style), _) => {
                for (y, line) in (part.area.y..part.area.bottom()).zip(lines.iter().skip(part.skipped)) {
                    put(buf, Rect { y, height: 1, ..part.value() }, line, *style, theme);
                }
                None
            }
            (RowContent::Label, Some(row)) => {
                self.draw_label(row, label, part, buf, shared);
                (row == self.row && !self.typing).then(|| part.area.as_position())
            }
            (RowContent::Value, Some(row)) => {
                let above = part.indent <= LEFT;
                if part.skipped == 0 && !above {
                    self.draw_label(row, label, part, buf, shared);
                }
                let cursor = self.draw_value(row, part, buf, shared);
                if row == self.row && !self.typing {
                    bar(part.area, buf, theme.selection);
                    return (!above || part.skipped > 0).then(|| part.area.as_position());
                }
                cursor
            }
            (RowContent::Label | RowContent::Value, None) => None,
        }
    }

    /// The pointer, the state of the row, and what it is called.
    fn draw_label(&self, row: usize, label: Rect, part: &VisibleRow, buf: &mut Buffer, shared: &Shared) {
        let theme = &shared.theme;
        let here = row == self.row;
        let (sign, style) = self.sign(row, shared);
        put(buf, Rect { width: 1.min(part.area.width), ..label_line(part.area) }, pointer(here, theme), theme.focus, theme);
        put(buf, Rect { x: part.area.x + 1, width: 1, ..label_line(part.area) }.intersection(part.area), sign, style, theme);
        let style = if here && self.typing { theme.focus } else { theme.label };
        put(buf, label, Self::spec(row).map_or("", |spec| spec.label), style, theme);
        if here && !self.typing && part.indent <= LEFT {
            bar(label_line(part.area), buf, theme.selection);
        }
    }

    /// The state of a row as a sign; the words stand below the row or in the pane.
    fn sign(&self, row: usize, shared: &Shared) -> (&'static str, Style) {
        let theme = &shared.theme;
        let signs = &theme.symbols;
        let mark = self.fields.get(row).and_then(|field| field.mark.as_ref());
        if self.problem(row).is_some() || matches!(mark, Some(SaveStatus::Refused(_) | SaveStatus::KeptOld(_) | SaveStatus::Altered(_))) {
            (signs.dead, theme.bad)
        } else if self.is_changed(row) {
            (signs.dirty, theme.changed)
        } else if mark == Some(&SaveStatus::Saved) {
            (signs.ok, theme.good)
        } else {
            (" ", theme.quiet)
        }
    }

    fn draw_value(&self, row: usize, part: &VisibleRow, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        let theme = &shared.theme;
        let area = part.value();
        let (spec, field) = (Self::spec(row)?, self.fields.get(row)?);
        let typing = self.typing && row == self.row;
        if let (FieldInput::Text(editor), true) = (&field.input, typing) {
            return editor.render(area, buf, theme.focus, theme.symbols.ellipsis);
        }
        if let (FieldInput::Gallery(gallery), false) = (&field.input, field.input.text().is_empty()) {
            return draw_gallery(gallery, typing, part, buf, shared);
        }
        let lines = self.value_lines(row, usize::from(area.width), shared);
        let style = if typing { theme.focus } else { theme.text };
        if lines.is_empty() {
            put(buf, area, &self.nothing(row, spec, shared), theme.quiet, theme);
        }
        let more = lines.len() > part.skipped + usize::from(area.height);
        for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(part.skipped)) {
            let cut = more && y + 1 == area.bottom();
            let line = if cut { format!("{line}{}", theme.symbols.ellipsis) } else { line.clone() };
            put(buf, Rect { y, height: 1, ..area }, &line, style, theme);
        }
        if let Some(text) = self.text(row).filter(|_| lines.len() == 1) {
            address::link(&text, area, buf, shared);
        }
        typing.then(|| Position::new(area.x.min(buf.area.right().saturating_sub(1)), area.y))
    }

    /// What stands in place of no value: what a save told earlier, where there is such.
    fn nothing(&self, row: usize, spec: &FieldSpec<S::Value>, shared: &Shared) -> String {
        let earlier = || {
            let (values, at) = S::told_earlier(shared.session.account.value()?)?;
            let text = spec.text(&values)?;
            Some(format!("{}, as told {}", reading::side(spec.kind, Some(&text), &shared.names()), moment(at, &shared.zone)))
        };
        let told = self.base_text(row).is_some();
        let earlier = if told { None } else { earlier() };
        earlier.unwrap_or_else(|| reading::nothing(spec.kind, told).to_owned())
    }

    /// What belongs into the field under the cursor, and what stood there before.
    pub(super) fn about_field(&self, shared: &Shared) -> Vec<(String, Style)> {
        let theme = &shared.theme;
        let Some(spec) = Self::spec(self.row) else { return Vec::new() };
        let mut lines = match self.gallery().filter(|_| self.is_carrying()) {
            Some(gallery) => vec![(format!("CARRYING a picture {} {}", theme.symbols.separator, gallery.place()), theme.focus)],
            None => vec![(format!("{}{}", spec.help, self.measure()), theme.quiet)],
        };
        let names = shared.names();
        if self.is_changed(self.row) {
            let base = self.base_text(self.row);
            lines.push((format!("was: {}", reading::side(spec.kind, base.as_deref(), &names)), theme.changed));
        }
        if self.field().is_some_and(|field| field.mark == Some(SaveStatus::Saved)) && !self.is_changed(self.row) {
            lines.push((format!("{} saved", theme.symbols.ok), theme.good));
        }
        if let Some(theirs) = self.theirs(self.row, shared) {
            lines.push((format!("on the server: {}", reading::side(spec.kind, Some(&theirs), &names)), theme.warning));
        }
        lines
    }

    /// What there is to say about the field under the cursor, at the lower end of the screen.
    fn draw_pane(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let lines = self.about_field(shared);
        // The bottom line is where toasts appear; the values matter more than the help.
        let room = usize::from(if area.height > 2 { area.height - 1 } else { area.height });
        let skipped = if self.is_carrying() { 0 } else { lines.len().saturating_sub(room) };
        for (y, (text, style)) in (area.y..area.bottom()).zip(lines.iter().skip(skipped)) {
            put(buf, Rect { x: area.x + LEFT, y, height: 1, ..area }.intersection(area), text, *style, &shared.theme);
        }
    }

    /// How much there is of what can be counted.
    fn measure(&self) -> String {
        match self.current() {
            Some((FieldInput::Text(editor), FieldKind::Block)) => format!(" ({} characters)", editor.graphemes()),
            Some((FieldInput::Gallery(gallery), _)) => format!(" ({})", reading::count(gallery.len())),
            _ => String::new(),
        }
    }
}

fn draw_gallery(gallery: &Gallery, typing: bool, part: &VisibleRow, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
    let theme = &shared.theme;
    let area = part.value();
    let mut cursor_at = None;
    let view = gallery.view(part.piece.height);
    for (y, row) in (area.y..area.bottom()).zip(view.rows.iter().skip(part.skipped)) {
        let line = Rect { y, height: 1, ..area };
        match row {
            ReorderRow::Marker => put(buf, line, &theme.symbols.insertion.repeat(usize::from(line.width)), theme.marker, theme),
            ReorderRow::Item { position, index, cursor, held, .. } => {
                let lifted = *held && gallery.is_holding();
                let handle = if lifted { theme.symbols.lifted[0] } else { theme.symbols.handle };
                let address = gallery.address(*index);
                let number = format!("{handle} {} ", position + 1);
                let room = Rect { width: line.width.saturating_sub(if lifted { 2 } else { 0 }), ..line };
                put(buf, room, &format!("{number}{}", reading::picture(address)), theme.text, theme);
                let before = (width(&number) as u16).min(room.width);
                address::link(address, Rect { x: room.x + before, width: room.width - before, ..room }, buf, shared);
                if *cursor && typing {
                    cursor_at = Some(Position::new(line.x, y));
                }
                if lifted {
                    let end = Rect { x: line.right().saturating_sub(1), width: line.width.min(1), ..line };
                    put(buf, end, theme.symbols.lifted[1], theme.text, theme);
                    bar(line, buf, theme.carried);
                } else if *held {
                    bar(line, buf, theme.quiet);
                } else if *cursor && typing {
                    bar(line, buf, theme.selection);
                }
            }
        }
    }
    cursor_at.filter(|at| buf.area.contains(*at))
}

fn label_line(area: Rect) -> Rect {
    Rect { height: area.height.min(1), ..area }
}

fn pointer(here: bool, theme: &Theme) -> &'static str {
    if here { theme.symbols.pointer } else { " " }
}

/// One line of text into the first line of an area, with an ellipsis where it does not fit.
fn put(buf: &mut Buffer, area: Rect, text: &str, style: Style, theme: &Theme) {
    if !area.is_empty() {
        let columns = usize::from(area.width);
        buf.set_stringn(area.x, area.y, truncate(text, columns, theme.symbols.ellipsis), columns, style);
    }
}

/// In place of the form while nothing is known.
fn without_account(shared: &Shared) -> String {
    match shared.session.account.error() {
        Some(error) => {
            let again = shared.key(Scope::Always, Action::Refresh);
            format!("The account could not be read: {}. What to do: {}. {again} tries once more.", error.headline(), error.hint())
        }
        None => "Reading your account; the form opens when the server has told what there is.".to_owned(),
    }
}
