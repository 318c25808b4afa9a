//! The frame around the screens: tabs and status above, hints below, overlays and the toast on top.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::footer;
use super::frame::{areas, tab_text, tabs};
use super::model::Model;
use crate::base::{Level, Shared};
use crate::domain::Shown;
use crate::screens::Screen;
use crate::widgets::text::{truncate, width, wrap};

/// Smaller than this shows a message only.
const LEAST: (u16, u16) = (40, 10);
/// Lines of a toast.
const TALLEST_TOAST: usize = 3;

/// Draws everything; returns where the cursor belongs, if anywhere.
pub fn view(model: &Model, area: Rect, buf: &mut Buffer) -> Option<Position> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let text = format!("Lapel needs {}x{}, this is {}x{}", LEAST.0, LEAST.1, area.width, area.height);
        put(buf, area, area.y, 0, &text, Style::new());
        return None;
    }
    let areas = areas((area.width, area.height));
    header(model, areas.header, buf);
    rule(&model.shared, Rect::new(0, 1, area.width, 1), buf);
    let mut cursor = model.screen().view(areas.body, buf, &model.shared);
    for overlay in &model.overlays {
        cursor = overlay.view(areas.body, buf, &model.shared);
    }
    toast(model, areas.body, cursor, buf);
    footer::draw(model, areas.footer, buf);
    cursor
}

fn put(buf: &mut Buffer, area: Rect, y: u16, from: u16, text: &str, style: Style) -> u16 {
    if y >= area.bottom() || from >= area.width {
        return from;
    }
    let (end, _) = buf.set_stringn(area.x + from, y, text, usize::from(area.width - from), style);
    end - area.x
}

fn rule(shared: &Shared, area: Rect, buf: &mut Buffer) {
    let line = shared.theme.symbols.border.horizontal_top.repeat(usize::from(area.width));
    put(buf, area, area.y, 0, &line, shared.theme.border);
}

fn header(model: &Model, area: Rect, buf: &mut Buffer) {
    let theme = &model.shared.theme;
    let mut left = 0;
    if model.sign_in.is_some() {
        left = put(buf, area, area.y, 0, " Lapel ", theme.title);
    } else {
        for (tab, rect) in tabs(area) {
            let style = if tab == model.tab { theme.tab_active } else { theme.tab };
            left = put(buf, area, area.y, rect.x, &tab_text(tab), style);
        }
    }
    let parts = status_parts(model);
    let mut right = area.width;
    // What is happening matters most, so it keeps its place at the right edge; who and where give way first.
    for (text, style) in parts.iter().rev() {
        let room = right.saturating_sub(left + 2);
        if room < 4 {
            break;
        }
        let text = truncate(text, usize::from(room), theme.symbols.ellipsis);
        let wide = width(&text) as u16;
        right -= wide + 1;
        put(buf, area, area.y, right, &text, *style);
        right = right.saturating_sub(2);
    }
}

/// Who and where, then what is happening.
fn status_parts(model: &Model) -> Vec<(String, Style)> {
    let shared = &model.shared;
    let theme = &shared.theme;
    let mut parts = Vec::new();
    if let Some(name) = shared.session.account.value().and_then(|account| account.profile.name.as_ref()) {
        parts.push((name.line().into_string(), theme.title));
    }
    if !shared.session.place.label.as_str().is_empty() {
        parts.push((shared.session.place.label.to_string(), theme.dim));
    }
    if let Some(text) = model.screen().status(shared) {
        parts.push((text.into_string(), theme.dirty));
    }
    if let Some((text, style)) = happening(shared) {
        parts.push((text, style));
    }
    parts
}

fn happening(shared: &Shared) -> Option<(String, Style)> {
    let theme = &shared.theme;
    let clock = |at: jiff::Timestamp| at.to_zoned(shared.zone.clone()).strftime("%H:%M:%S").to_string();
    if let Some(until) = shared.session.waiting_until {
        let seconds = (until - shared.now).total(jiff::Unit::Second).unwrap_or_default().ceil().max(0.0);
        return Some((format!("rate-limited for {seconds} s"), theme.warning));
    }
    if let Some((sent, total)) = shared.session.sent.filter(|_| shared.session.desk.is_writing()) {
        return Some((format!("uploading {} %", sent * 100 / total.max(1)), theme.status));
    }
    if shared.is_busy() {
        let what = if shared.session.desk.is_writing() { "saving" } else { "loading" };
        return Some((format!("{} {what}", shared.busy_sign()), theme.status));
    }
    if shared.session.signed_out {
        return Some(("signed out".to_owned(), theme.error));
    }
    if let Some(since) = shared.session.offline_since {
        return Some((format!("offline since {}", clock(since)), theme.warning));
    }
    shared.session.saved_at.map(|at| (format!("saved {}", clock(at)), theme.ok))
}

/// The newest message, over the last lines of the body; over the first where the last have the cursor.
fn toast(model: &Model, body: Rect, cursor: Option<Position>, buf: &mut Buffer) {
    let Some(message) = model.shared.session.messages.toast() else { return };
    let theme = &model.shared.theme;
    let symbols = &theme.symbols;
    let (sign, style) = match message.level {
        Level::Info => (symbols.pointer, theme.status),
        Level::Done => (symbols.ok, theme.ok),
        Level::Warning => (symbols.warning, theme.warning),
        Level::Error => (symbols.dead, theme.error),
    };
    // The last line of the body is at most the frame of an overlay; its answers, a line above, stay in sight.
    let most = if model.overlays.is_empty() { TALLEST_TOAST } else { 1 };
    let lines = toast_lines(&message.text, usize::from(body.width.saturating_sub(4)), most, symbols.ellipsis);
    let height = (lines.len() as u16).min(body.height);
    let below = Rect::new(body.x, body.bottom() - height, body.width, height);
    let area = if cursor.is_some_and(|cursor| below.contains(cursor)) { Rect { y: body.y, ..below } } else { below };
    Clear.render(area, buf);
    for (i, line) in lines.iter().take(usize::from(height)).enumerate() {
        let y = area.y + i as u16;
        if i == 0 {
            put(buf, area, y, 1, sign, style);
        }
        put(buf, area, y, 3, line, style);
    }
}

fn toast_lines<'a>(text: &'a Shown, columns: usize, most: usize, ellipsis: &str) -> Vec<Cow<'a, str>> {
    let mut lines: Vec<Cow<'a, str>> = wrap(text.as_str(), columns.max(1)).into_iter().map(Cow::Borrowed).collect();
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(Cow::Owned(truncate(&rest, columns, ellipsis).into_owned()));
    }
    lines
}
