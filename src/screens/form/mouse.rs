//! The mouse in the form: a click goes to a field and into its text, a picture is dragged to another place, the wheel scrolls.

use ratatui::layout::{Position, Rect};

use super::gallery::HANDLE;
use super::input::Input;
use super::layout::{Visible, What};
use super::{Form, Subject};
use crate::base::{Mouse, MouseKind, Shared};
use crate::widgets::reorder::EdgeTimer;

impl<S: Subject> Form<S> {
    pub(super) fn mouse(&mut self, mouse: Mouse, area: Rect, shared: &mut Shared) {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseKind::Press => self.press(at, area, shared),
            MouseKind::Drag => {
                let row = self.line_of_gallery(at, area, shared);
                if let (Some(Input::Gallery(gallery)), Some(row)) = (self.input_mut(), row) {
                    let timer = gallery.drag(row);
                    self.edge.set(timer, shared);
                }
            }
            MouseKind::Release => {
                if let Some(Input::Gallery(gallery)) = self.input_mut() {
                    gallery.release();
                    self.touched(self.row);
                    self.judge(self.row);
                }
            }
            MouseKind::RightPress => {
                if let Some(Input::Gallery(gallery)) = self.input_mut() {
                    gallery.cancel();
                }
                self.edge.set(EdgeTimer::Stop, shared);
            }
            MouseKind::ScrollUp => self.turn(-3, area, shared),
            MouseKind::ScrollDown => self.turn(3, area, shared),
        }
    }

    fn press(&mut self, at: Position, area: Rect, shared: &Shared) {
        let Some(part) = self.visible(area, shared).0.into_iter().find(|part| part.area.contains(at)) else { return };
        let Some(row) = part.piece.row else { return };
        if row != self.row {
            self.go(row);
        }
        let value = part.value();
        if !matches!(part.piece.what, What::Value) || !value.contains(at) {
            return;
        }
        let line = part.skipped + usize::from(at.y - value.y);
        let was_typing = std::mem::replace(&mut self.typing, true);
        match self.input_mut() {
            // Before typing the text is drawn from its start, so only a second click can mean a place in it.
            Some(Input::Text(editor)) if was_typing => drop(editor.click(value, at)),
            Some(Input::Gallery(gallery)) => gallery.press(line, at.x < value.x.saturating_add(HANDLE)),
            Some(Input::Text(_)) => {}
            Some(Input::Choice(_)) | None => self.typing = was_typing,
        }
    }

    /// The line of the gallery under the cursor the pointer is on, counted from its first; outside it too.
    fn line_of_gallery(&self, at: Position, area: Rect, shared: &Shared) -> Option<i32> {
        let own = |part: &Visible| part.piece.row == Some(self.row) && matches!(part.piece.what, What::Value);
        let part = self.visible(area, shared).0.into_iter().find(own)?;
        Some(i32::from(at.y) - i32::from(part.area.y) + i32::try_from(part.skipped).ok()?)
    }

    fn turn(&mut self, rows: isize, area: Rect, shared: &Shared) {
        let lines = self.pieces(area, shared).1;
        self.window.scroll(rows, lines);
        self.turned = true;
    }
}
