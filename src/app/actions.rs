//! What the palette offers at a moment: every action of what has the keys, under headings, each with its keys and, where it is not
//! possible, the reason.

use super::model::Model;
use crate::base::bindings::Binding;
use crate::base::{Action, Condition, Scope, key};
use crate::screens::overlay::palette::PaletteRow;

const ROW: &str = "This row";
const SCREEN: &str = "This screen";
const EVERYWHERE: &str = "Everywhere";
const DIALOG: &str = "This dialog";
const MOVING: &str = "Moving about";
const TYPING: &str = "While typing";

/// In this order.
const HEADINGS: [&str; 6] = [ROW, SCREEN, DIALOG, EVERYWHERE, MOVING, TYPING];

/// The rows; in a dialog those of the dialog alone.
pub(super) fn rows(model: &Model) -> Vec<PaletteRow> {
    let shared = &model.shared;
    let mut scopes = model.front().scopes(shared);
    let in_dialog = !model.overlays.is_empty();
    if !in_dialog {
        scopes.push(Scope::Always);
    }
    let facts = model.facts();
    let mut rows: Vec<PaletteRow> = Vec::new();
    for entry in shared.keymap.active(&scopes).filter(|entry| entry.binding.action != Action::Palette) {
        let binding = entry.binding;
        let keys = entry.keys.iter().map(|key| key::shown(*key));
        match rows.iter_mut().find(|row| row.action == binding.action) {
            Some(row) => row.keys.extend(keys),
            None => rows.push(PaletteRow {
                action: binding.action,
                heading: heading(binding, in_dialog),
                keys: keys.collect(),
                help: binding.help,
                why_not: facts.missing(binding.needs).map(|fact| shared.keymap.reason(fact)),
            }),
        }
    }
    // What is possible comes first under its heading.
    rows.sort_by_key(|row| (HEADINGS.iter().position(|heading| *heading == row.heading), row.why_not.is_some()));
    rows
}

fn heading(binding: &Binding, in_dialog: bool) -> &'static str {
    if binding.scope == Scope::Text {
        TYPING
    } else if binding.action.moves() {
        MOVING
    } else if in_dialog {
        DIALOG
    } else if binding.action == Action::EditThis || binding.needs.iter().copied().any(Condition::is_of_row) {
        ROW
    } else if matches!(binding.scope, Scope::Screen | Scope::Browse | Scope::Always) {
        EVERYWHERE
    } else {
        SCREEN
    }
}
