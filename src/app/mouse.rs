//! The mouse: what a press on the frame does, and when the terminal reports it at all.

use jiff::SignedDuration;
use ratatui::layout::Position;

use super::footer;
use super::frame::{areas, tab_at};
use super::model::Model;
use super::route::{attempt, send};
use crate::base::{Effect, Mouse, MouseKind};
use crate::screens::Event;

/// The two presses of a double click come within this time.
const DOUBLE_CLICK: SignedDuration = SignedDuration::from_millis(400);

pub(super) fn on_mouse(model: &mut Model, mouse: Mouse) {
    let areas = areas(model.size);
    let at = Position::new(mouse.column, mouse.row);
    if mouse.kind == MouseKind::Press {
        if areas.footer.contains(at) {
            if let Some(action) = footer::action_at(model, areas.footer, at) {
                attempt(model, action);
            }
            return;
        }
        if let Some(overlay) = model.overlays.last() {
            if let Some(action) = overlay.click(areas.body, at, &model.shared) {
                return attempt(model, action);
            }
        } else if areas.header.contains(at) {
            if let Some(tab) = tab_at(areas.header, mouse.column) {
                attempt(model, tab.action());
            }
            return;
        }
    }
    let double = is_double(model, mouse);
    send(model, Event::Mouse(mouse, areas.body));
    if double {
        send(model, Event::Mouse(Mouse { kind: MouseKind::DoubleClick, ..mouse }, areas.body));
    }
}

/// Whether this press is the second in a short time where nothing moved in between.
fn is_double(model: &mut Model, mouse: Mouse) -> bool {
    let (now, at) = (model.shared.now, (mouse.column, mouse.row));
    let before = match mouse.kind {
        MouseKind::Release => return false,
        _ => model.pressed.take(),
    };
    let is_press = mouse.kind == MouseKind::Press;
    let double = is_press && before.is_some_and(|(when, place)| place == at && now.duration_since(when) <= DOUBLE_CLICK);
    // A third press begins anew.
    model.pressed = (is_press && !double).then_some((now, at));
    double
}

/// Mouse modes are on only where the mouse is of use, so that elsewhere the terminal's own selection works.
pub(super) fn switch(model: &mut Model) {
    let wanted = model.front().uses_mouse() && model.shared.mouse;
    if wanted != model.mouse_on {
        model.mouse_on = wanted;
        model.shared.ask(Effect::Mouse(wanted));
    }
}
