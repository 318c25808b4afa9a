//! The mouse in the form: a click goes to a field and into its text, a picture is dragged to another place, the wheel scrolls.

use ratatui::layout::{Position, Rect};

use super::gallery::HANDLE;
use super::input::FieldInput;
use super::layout::{RowContent, VisibleRow};
use super::{Form, FormSpec};
use crate::base::{Action, Mouse, MouseKind, Shared};
use crate::domain::field::FieldKind;
use crate::screens::Nav;
use crate::widgets::editor::EditCommand;
use crate::widgets::reorder::EdgeTimer;

impl<S: FormSpec> Form<S> {
    pub(super) fn mouse(&mut self, mouse: Mouse, area: Rect, shared: &mut Shared) -> Option<Nav> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseKind::Press => return self.press(at, area, shared),
            MouseKind::DoubleClick => return self.double_click(at, area, shared),
            MouseKind::Drag => {
                let row = self.line_of_gallery(at, area, shared);
                if let (Some(FieldInput::Gallery(gallery)), Some(row)) = (self.input_mut(), row) {
                    let timer = gallery.drag(row);
                    self.edge.set(timer, shared);
                }
            }
            MouseKind::Release => {
                if let Some(FieldInput::Gallery(gallery)) = self.input_mut() {
                    gallery.release();
                    self.touched(self.row);
                    self.judge(self.row);
                }
            }
            MouseKind::RightPress => {
                if let Some(FieldInput::Gallery(gallery)) = self.input_mut() {
                    gallery.cancel();
                }
                self.edge.set(EdgeTimer::Stop, shared);
            }
            MouseKind::ScrollUp => self.turn(-3, area, shared),
            MouseKind::ScrollDown => self.turn(3, area, shared),
        }
        None
    }

    /// A click puts the cursor into a field and, where there is text, into its place there. On the value of the field that has the
    /// cursor already, a list opens and a switch turns.
    fn press(&mut self, at: Position, area: Rect, shared: &Shared) -> Option<Nav> {
        let part = self.visible(area, shared).0.into_iter().find(|part| part.area.contains(at))?;
        let row = part.piece.row?;
        let was_here = self.typing && row == self.row;
        if !was_here {
            self.visit(row);
        }
        let value = part.value();
        if !matches!(part.piece.what, RowContent::Value) || !value.contains(at) {
            return None;
        }
        let line = part.skipped + usize::from(at.y - value.y);
        let kind = self.current()?.1;
        match self.input_mut()? {
            FieldInput::Text(editor) => {
                if !was_here {
                    // So far the text was drawn from its start.
                    editor.apply(EditCommand::Top, value.width);
                }
                editor.click(value, at);
            }
            FieldInput::Gallery(gallery) => gallery.press(line, at.x < value.x.saturating_add(HANDLE)),
            FieldInput::Choice(_) if was_here && kind == FieldKind::Switch => self.toggle(),
            FieldInput::Choice(_) if was_here => return self.choose("", shared),
            FieldInput::Choice(_) => {}
        }
        None
    }

    /// On a picture it does what Enter does there; elsewhere the two clicks have done it.
    fn double_click(&mut self, at: Position, area: Rect, shared: &Shared) -> Option<Nav> {
        let line = usize::try_from(self.line_of_gallery(at, area, shared)?).ok()?;
        let FieldInput::Gallery(gallery) = self.input_mut()? else { return None };
        gallery.release();
        gallery.has_row(line).then_some(Nav::Run(Action::AddPicture))
    }

    /// The line of the gallery under the cursor the pointer is on, counted from its first; outside it too.
    fn line_of_gallery(&self, at: Position, area: Rect, shared: &Shared) -> Option<i32> {
        let own = |part: &VisibleRow| part.piece.row == Some(self.row) && matches!(part.piece.what, RowContent::Value);
        let part = self.visible(area, shared).0.into_iter().find(own)?;
        Some(i32::from(at.y) - i32::from(part.area.y) + i32::try_from(part.skipped).ok()?)
    }

    fn turn(&mut self, rows: isize, area: Rect, shared: &Shared) {
        let lines = self.pieces(area, shared).1;
        self.window.scroll(rows, lines);
        self.turned = true;
    }
}
