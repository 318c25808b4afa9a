//! The picture beside the fields: which one it is and when it is fetched.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::input::Input;
use super::{Form, Subject};
use crate::base::Shared;
use crate::domain::Text;
use crate::domain::field::Kind;
use crate::screens::picture;
use crate::widgets::picture::Frame;

impl<S: Subject> Form<S> {
    /// The address of the picture under the cursor, else of the form's first one.
    pub(super) fn picture(&self) -> Option<Text> {
        std::iter::once(self.row).chain(0..self.fields.len()).find_map(|row| self.picture_of(row))
    }

    fn picture_of(&self, row: usize) -> Option<Text> {
        let address = match (Self::spec(row)?.kind, &self.fields.get(row)?.input) {
            (Kind::Picture, input) => input.text(),
            (_, Input::Gallery(gallery)) => gallery.list().current()?.address().to_owned(),
            _ => return None,
        };
        (!address.is_empty()).then(|| Text::new(address))
    }

    /// Has the picture fetched if there is room for it; not while its address is being typed, which would fetch every beginning of it.
    pub(super) fn fetch_picture(&self, shared: &mut Shared) {
        let half_typed = self.typing
            && self.current().is_some_and(|(_, kind)| kind == Kind::Picture)
            && self.field().is_some_and(|field| !field.judged)
            && self.is_changed(self.row);
        if !self.in_front || half_typed || self.areas(shared.body, shared).picture.is_empty() {
            return;
        }
        if let Some(address) = self.picture() {
            shared.want_picture(&address);
        }
    }

    pub(super) fn draw_picture(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        if let Some(address) = self.picture().filter(|_| !area.is_empty()) {
            picture::draw(&address, Frame { area, above: 0, below: 0 }, buf, shared);
        }
    }
}
