//! The frame around the screens: tabs and status above, hints below, overlays and the toast on top.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::footer;
use super::frame::{FrameAreas, areas, put};
use super::header::header;
use super::model::Model;
use crate::base::Level;
use crate::domain::SafeText;
use crate::screens::Screen;
use crate::widgets::bar::backdrop;
use crate::widgets::text::{truncate, wrap};

/// Smaller than this shows a message only.
const LEAST: (u16, u16) = (40, 10);
/// Lines of a toast.
const TALLEST_TOAST: usize = 3;

/// Draws everything; returns where the cursor belongs: in the field, on the selected row, else where reading begins. Whoever follows
/// the cursor by ear or by touch is always where something is. None where there is no room for anything.
pub fn view(model: &Model, area: Rect, buf: &mut Buffer) -> Option<Position> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let text = format!("Lapel needs {}x{}, this is {}x{}", LEAST.0, LEAST.1, area.width, area.height);
        put(buf, area, area.y, 0, &text, Style::new());
        return None;
    }
    let areas = areas((area.width, area.height));
    header(model, &areas, buf);
    let mut cursor = model.screen().view(areas.body, buf, &model.shared).unwrap_or(areas.body.as_position());
    for overlay in &model.overlays {
        // Behind a dialog lies one quiet plane; what has the keys stands out.
        backdrop(Rect { height: areas.footer.y, ..area }, buf, model.shared.theme.backdrop);
        cursor = overlay.view(areas.body, buf, &model.shared).unwrap_or_else(|| overlay.start(areas.body, &model.shared));
    }
    footer::draw(model, areas.footer, buf);
    toast(model, &areas, cursor, buf);
    Some(cursor)
}

/// The newest message, over the last lines of the body; over the first where the last have the cursor. Below a dialog, whose edge
/// has the answers, it takes the footer's place.
fn toast(model: &Model, areas: &FrameAreas, cursor: Position, buf: &mut Buffer) {
    let Some(message) = model.shared.session.messages.toast() else { return };
    let theme = &model.shared.theme;
    let symbols = &theme.symbols;
    let (sign, style) = match message.level {
        Level::Info => (symbols.pointer, theme.status),
        Level::Done => (symbols.ok, theme.good),
        Level::Warning => (symbols.warning, theme.warning),
        Level::Error => (symbols.dead, theme.bad),
    };
    let (body, most) = if model.overlays.is_empty() { (areas.body, TALLEST_TOAST) } else { (areas.footer, 1) };
    let lines = toast_lines(&message.text, usize::from(body.width.saturating_sub(4)), most, symbols.ellipsis);
    let height = (lines.len() as u16).min(body.height);
    let below = Rect::new(body.x, body.bottom() - height, body.width, height);
    let area = if below.contains(cursor) { Rect { y: body.y, ..below } } else { below };
    Clear.render(area, buf);
    for (i, line) in lines.iter().take(usize::from(height)).enumerate() {
        let y = area.y + i as u16;
        if i == 0 {
            put(buf, area, y, 1, sign, style);
        }
        put(buf, area, y, 3, line, style);
    }
}

fn toast_lines<'a>(text: &'a SafeText, columns: usize, most: usize, ellipsis: &str) -> Vec<Cow<'a, str>> {
    let mut lines: Vec<Cow<'a, str>> = wrap(text.as_str(), columns.max(1)).into_iter().map(Cow::Borrowed).collect();
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(Cow::Owned(truncate(&rest, columns, ellipsis).into_owned()));
    }
    lines
}
