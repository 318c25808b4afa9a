//! The footer: what can be done at this moment, best first, as much as there is room for. A click on a hint does what its key does.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};

use super::model::Model;
use crate::base::Action;
use crate::base::keymap::KeymapEntry;
use crate::widgets::hints::{self, Hint, PlacedHint};

/// The hints, and where: from the left as many as fit; the palette, which has all of them, keeps the right end.
fn hints(model: &Model, area: Rect) -> Vec<PlacedHint<Action>> {
    let (scopes, facts) = (model.scopes(), model.facts());
    // What the edge of a dialog tells need not be told twice.
    let told = |action| model.overlays.last().is_some_and(|overlay| overlay.tells(action, &model.shared));
    let hint = |entry: &KeymapEntry| {
        if told(entry.binding.action) {
            return None;
        }
        let help = model.front().hint(entry.binding, &model.shared)?.to_owned();
        Some(Hint { action: entry.binding.action, key: entry.shown_key()?, help })
    };
    let all = model.shared.keymap.hints(&scopes, &facts);
    let (palette, others): (Vec<_>, Vec<_>) = all.iter().filter_map(hint).partition(|hint| hint.action == Action::Palette);
    let inside = area.inner(Margin::new(1, 0));
    let taken = hints::columns(&palette).min(inside.width);
    let right = Rect { x: inside.right() - taken, width: taken, ..inside };
    let left = Rect { width: (inside.width - taken).saturating_sub(u16::from(taken > 0) * 2), ..inside };
    [hints::place(others, left), hints::place(palette, right)].concat()
}

pub(super) fn draw(model: &Model, area: Rect, buf: &mut Buffer) {
    hints::draw(&hints(model, area), buf, &model.shared.theme);
}

/// What a click at a place of the footer asks for.
pub(super) fn action_at(model: &Model, area: Rect, position: Position) -> Option<Action> {
    hints::at(&hints(model, area), position)
}
