//! The mouse: press selects, the handle or what is selected can be dragged, the wheel scrolls.

use ratatui::layout::Rect;

use super::PinsScreen;
use super::row::HANDLE;
use super::view;
use crate::base::{Mouse, MouseKind, Shared};
use crate::widgets::reorder::EdgeTimer;

/// Rows a step of the wheel scrolls.
const WHEEL: isize = 3;

impl PinsScreen {
    pub(super) fn mouse(&mut self, mouse: Mouse, body: Rect, shared: &mut Shared) {
        self.position = None;
        let list = view::areas(body).list;
        let row = i32::from(mouse.row) - i32::from(list.y);
        match mouse.kind {
            MouseKind::Press => {
                if list.contains((mouse.column, mouse.row).into()) {
                    self.press(usize::try_from(row).unwrap_or_default(), mouse.column < list.x.saturating_add(HANDLE));
                }
            }
            MouseKind::Drag => {
                let timer = self.rows.drag(row);
                self.edge.set(timer, shared);
            }
            MouseKind::Release => {
                if let Some(moved) = self.rows.release() {
                    self.moved(&moved);
                }
                self.edge.set(EdgeTimer::Stop, shared);
            }
            MouseKind::RightPress => {
                if self.rows.is_dragging() {
                    self.rows.cancel();
                    self.edge.set(EdgeTimer::Stop, shared);
                }
            }
            MouseKind::ScrollUp => self.rows.scroll(-WHEEL),
            MouseKind::ScrollDown => self.rows.scroll(WHEEL),
        }
    }

    /// Where the filter hides the places between, and on pins that go away, a press only selects.
    fn press(&mut self, row: usize, on_handle: bool) {
        let Some(position) = self.rows.row_at(row) else { return };
        let stays = self.rows.items().get(position).is_some_and(|row| !row.struck);
        if self.filter.is_empty() && stays {
            self.rows.press(row, on_handle);
        } else if !self.rows.is_holding() {
            self.rows.jump(position);
        }
    }
}
