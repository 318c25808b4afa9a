//! From crossterm's events to what the editor knows, where the system hands out events and not bytes.

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use super::keys::pressed;
use crate::base::{Input, Mouse, MouseKind};

/// The input an event stands for; `None` for those that mean nothing here (key releases, bare mouse movement).
pub fn from_event(event: Event) -> Option<Input> {
    match event {
        // Releases are reported too; a key acts once.
        Event::Key(key) => (key.kind != KeyEventKind::Release).then(|| pressed(key.code, key.modifiers)),
        Event::Paste(text) => Some(Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
        Event::Mouse(mouse) => from_mouse(mouse).map(Input::Mouse),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn from_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Down(MouseButton::Right) => MouseKind::RightPress,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::ScrollUp => MouseKind::ScrollUp,
        MouseEventKind::ScrollDown => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { kind, column: mouse.column, row: mouse.row, modifiers: mouse.modifiers })
}
