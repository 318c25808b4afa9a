//! The mouse, in the one form that is asked for (SGR, mode 1006).

use crossterm::event::KeyModifiers;

use crate::base::{Input, Mouse, MouseKind};

/// A report: the button with its modifiers, column and row from 1, and whether it went down.
pub(super) fn report(button: u16, column: u16, row: u16, down: bool) -> Option<Input> {
    const MOTION: u16 = 32;
    const WHEEL: u16 = 64;
    const MODIFIERS: [(u16, KeyModifiers); 3] = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let held: u16 = MODIFIERS.iter().map(|(bit, _)| bit).sum();
    let kind = match (button & !held, down) {
        (0, true) => MouseKind::Press,
        (0, false) => MouseKind::Release,
        (2, true) => MouseKind::RightPress,
        (MOTION, true) => MouseKind::Drag,
        (WHEEL, true) => MouseKind::ScrollUp,
        (button, true) if button == WHEEL + 1 => MouseKind::ScrollDown,
        _ => return None,
    };
    let modifiers = MODIFIERS.iter().filter(|(bit, _)| button & bit != 0).map(|(_, modifier)| *modifier).collect();
    Some(Input::Mouse(Mouse { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), modifiers }))
}
