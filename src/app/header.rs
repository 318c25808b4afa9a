//! The header: the tabs with a dot where something is unsaved, and what is happening to whom and where.
//!
//! What is happening matters most and is always there; who and where give way first. Where the tabs leave no room the rule below
//! them holds it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::frame::{FrameAreas, put, tabs};
use super::model::Model;
use crate::api::WaitReason;
use crate::base::session::JobWait;
use crate::base::{Action, Scope};
use crate::widgets::text::{truncate, width};

/// Narrower than this the tabs have their line for themselves.
const ROOM_BESIDE_TABS: u16 = 80;
/// Less of a name says nothing.
const LEAST_NAME: u16 = 4;
/// Columns between two parts.
const GAP: u16 = 2;

type Part = (String, Style);

pub(super) fn header(model: &Model, areas: &FrameAreas, buf: &mut Buffer) {
    let theme = &model.shared.theme;
    let line = theme.symbols.border.horizontal_top.repeat(usize::from(areas.rule.width));
    put(buf, areas.rule, areas.rule.y, 0, &line, theme.border);
    let left = if model.sign_in.is_some() {
        put(buf, areas.header, areas.header.y, 0, " Lapel ", theme.heading)
    } else {
        draw_tabs(model, areas, buf)
    };
    let beside = areas.header.width >= ROOM_BESIDE_TABS || model.sign_in.is_some();
    let (area, left) = if beside { (areas.header, left) } else { (areas.rule, 0) };
    draw_parts(&parts(model, area.width.saturating_sub(left + GAP + 1)), area, left, buf);
}

/// The tabs, the open one with a heavy rule below it; returns where they end.
fn draw_tabs(model: &Model, areas: &FrameAreas, buf: &mut Buffer) -> u16 {
    let (area, rule) = (areas.header, areas.rule);
    let theme = &model.shared.theme;
    let mut end = 0;
    for (tab, rect, text) in tabs(area) {
        let style = if tab == model.tab { theme.tab_active } else { theme.tab };
        end = put(buf, area, area.y, rect.x, &text, style);
        if tab.draft().is_some_and(|kind| model.shared.unsaved.has(kind)) {
            // In the blank that ends the tab, so that nothing moves.
            put(buf, area, area.y, end - 1, theme.symbols.dirty, style.patch(theme.changed));
        }
        if tab == model.tab {
            put(buf, rule, rule.y, rect.x, &theme.symbols.insertion.repeat(usize::from(rect.width)), theme.tab_active);
        }
    }
    end
}

/// From the left: who, where, what is unsaved, what is happening; as much as fits.
fn parts(model: &Model, room: u16) -> Vec<Part> {
    let shared = &model.shared;
    let theme = &shared.theme;
    let count = shared.unsaved.count();
    let unsaved = |words: &str| (count > 0).then(|| (format!("{count} {words}"), theme.changed));
    let whole = unsaved(if count == 1 { "unsaved change" } else { "unsaved changes" });
    let mut parts: Vec<Part> = whole.into_iter().chain(happening(model)).collect();
    if taken(&parts) > room {
        parts = unsaved("unsaved").into_iter().chain(happening(model)).collect();
    }
    let name = shared.session.account.value().and_then(|account| account.profile.name.as_ref()).map(|name| (name.line(), theme.heading));
    let place = Some((shared.session.server.label.clone(), theme.quiet)).filter(|(label, _)| !label.as_str().is_empty());
    for (text, style) in place.into_iter().chain(name) {
        let left = room.saturating_sub(taken(&parts) + if parts.is_empty() { 0 } else { GAP });
        if left >= LEAST_NAME {
            parts.insert(0, (truncate(text.as_str(), usize::from(left), theme.symbols.ellipsis).into_owned(), style));
        }
    }
    parts
}

fn taken(parts: &[Part]) -> u16 {
    let gaps = usize::from(GAP) * parts.len().saturating_sub(1);
    (parts.iter().map(|(text, _)| width(text)).sum::<usize>() + gaps) as u16
}

/// At the right end of the line, with a blank on either side of each.
fn draw_parts(parts: &[Part], area: Rect, left: u16, buf: &mut Buffer) {
    let mut right = area.width.saturating_sub(1);
    for (text, style) in parts.iter().rev() {
        let wide = width(text) as u16;
        if right < left + wide + 1 {
            return;
        }
        right -= wide + 1;
        put(buf, area, area.y, right, &format!(" {text} "), *style);
        right = right.saturating_sub(GAP - 1);
    }
}

fn happening(model: &Model) -> Option<Part> {
    let shared = &model.shared;
    let theme = &shared.theme;
    let clock = |at: jiff::Timestamp| at.to_zoned(shared.zone.clone()).strftime("%H:%M:%S").to_string();
    if let Some(JobWait { until, why }) = shared.session.wait(shared.now) {
        let seconds = (until - shared.now).total(jiff::Unit::Second).unwrap_or_default().ceil().max(0.0);
        let text = match why {
            WaitReason::NoAnswer => format!("no answer yet, {seconds} s left"),
            WaitReason::RateLimited | WaitReason::Retrying => format!("rate-limited for {seconds} s"),
        };
        return Some((text, theme.warning));
    }
    if let Some((sent, total)) = shared.session.sent.filter(|_| shared.session.in_flight.is_writing()) {
        return Some((format!("uploading {} %", sent * 100 / total.max(1)), theme.status));
    }
    if shared.is_busy() {
        let what = if shared.session.in_flight.is_writing() { "saving" } else { "loading" };
        return Some((format!("{} {what}", shared.busy_sign()), theme.status));
    }
    if shared.session.signed_out {
        return Some(("signed out".to_owned(), theme.bad));
    }
    if let Some(since) = shared.session.offline_since {
        return Some((format!("offline since {}", clock(since)), theme.warning));
    }
    if !model.screens.earlier.is_empty() {
        return Some((format!("{}: earlier edits", shared.key(Scope::Always, Action::EarlierEdits)), theme.warning));
    }
    // Beside something unsaved it would be read as a lie.
    shared.session.saved_at.filter(|_| shared.unsaved.count() == 0).map(|at| (format!("saved {}", clock(at)), theme.good))
}
