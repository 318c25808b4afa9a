//! The mouse: press selects, the handle or what is selected can be dragged, a double click asks what to do, the wheel scrolls.

use ratatui::layout::Rect;

use super::PinsScreen;
use super::row::HANDLE;
use super::view::PinsAreas;
use crate::base::{Action, Mouse, MouseKind, Shared};
use crate::screens::Nav;
use crate::widgets::reorder::EdgeTimer;

/// Rows a step of the wheel scrolls.
const WHEEL: isize = 3;

impl PinsScreen {
    pub(super) fn mouse(&mut self, mouse: Mouse, body: Rect, shared: &mut Shared) -> Option<Nav> {
        self.position = None;
        let PinsAreas { list, pitch, .. } = self.areas(body);
        let row = (i32::from(mouse.row) - i32::from(list.y)).div_euclid(i32::from(pitch));
        let on_list = list.contains((mouse.column, mouse.row).into());
        match mouse.kind {
            MouseKind::Press => {
                if on_list {
                    self.press(usize::try_from(row).unwrap_or_default(), mouse.column < list.x.saturating_add(HANDLE));
                }
            }
            MouseKind::DoubleClick => {
                self.change(|rows, order| rows.release(order));
                let hit = on_list && self.rows.row_at(usize::try_from(row).unwrap_or_default(), self.len()).is_some();
                return hit.then_some(Nav::Run(Action::EditThis));
            }
            MouseKind::Drag => {
                let timer = self.rows.drag(row, self.len());
                self.edge.set(timer, shared);
            }
            MouseKind::Release => {
                self.change(|rows, order| rows.release(order));
                self.edge.set(EdgeTimer::Stop, shared);
            }
            MouseKind::RightPress => {
                if self.rows.is_dragging() {
                    self.rows.cancel(self.len());
                    self.edge.set(EdgeTimer::Stop, shared);
                }
            }
            MouseKind::ScrollUp => self.rows.scroll(-WHEEL, self.len()),
            MouseKind::ScrollDown => self.rows.scroll(WHEEL, self.len()),
        }
        None
    }

    /// Where the filter hides the places between, and on pins that go away, a press only selects.
    fn press(&mut self, row: usize, on_handle: bool) {
        let Some(position) = self.rows.row_at(row, self.len()) else { return };
        let stays = self.line_at(position).is_some_and(|line| !line.struck);
        if self.filter.is_empty() && stays {
            self.rows.press(row, on_handle, self.len());
        } else if !self.rows.is_holding() {
            self.rows.jump(position, self.len());
        }
    }
}
