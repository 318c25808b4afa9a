//! What stands beside the fields: on wide screens the card as others see it, following what is typed; else the picture under the
//! cursor, where there is room. And which pictures are fetched, and when.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::input::FieldInput;
use super::{Form, FormSpec};
use crate::base::Shared;
use crate::domain::RawText;
use crate::domain::field::FieldKind;
use crate::screens::card::{self, Arrangement, Card, CardLine};
use crate::screens::picture;
use crate::widgets::picture::PictureFrame;
use crate::widgets::text::width;

impl<S: FormSpec> Form<S> {
    /// The address of the picture under the cursor, else of the form's first one.
    pub(super) fn picture(&self) -> Option<RawText> {
        std::iter::once(self.row).chain(0..self.fields.len()).find_map(|row| self.picture_of(row))
    }

    fn picture_of(&self, row: usize) -> Option<RawText> {
        let address = match (Self::spec(row)?.kind, &self.fields.get(row)?.input) {
            (FieldKind::Picture, input) => input.text(),
            (_, FieldInput::Gallery(gallery)) => gallery.current()?.to_owned(),
            _ => return None,
        };
        (!address.is_empty()).then(|| RawText::new(address))
    }

    /// The card as others would see it after a save; what cannot be taken yet is as it was.
    fn card(&self, room: Size, shared: &Shared) -> Option<Card> {
        let mut account = shared.session.account.value()?.clone();
        S::put_on(&mut account, self.mine()?);
        // The last row is for the numbers of the gallery.
        let room = Size { height: room.height.saturating_sub(1), ..room };
        let arrangement = if shared.picture_method.is_some() { Arrangement::Around } else { Arrangement::Without };
        Some(Card::new(&card::of_account(&account, shared), arrangement, room, shared.theme.symbols.ellipsis))
    }

    /// Has the pictures fetched that have a place; not while an address is being typed, which would fetch every beginning of it.
    pub(super) fn fetch_picture(&self, shared: &mut Shared) {
        let half_typed = self.typing
            && self.current().is_some_and(|(_, kind)| kind == FieldKind::Picture)
            && self.field().is_some_and(|field| !field.judged)
            && self.is_changed(self.row);
        let areas = self.areas(shared.body, shared);
        if !self.in_front || half_typed {
            return;
        }
        let beside = self.picture().filter(|_| !areas.picture.is_empty());
        let card = Some(areas.card).filter(|card| !card.is_empty()).and_then(|area| self.card(inside(area).as_size(), shared));
        let on_card = card.into_iter().flat_map(|card| card.places).map(|(address, ..)| address);
        for address in beside.into_iter().chain(on_card).collect::<Vec<_>>() {
            shared.want_picture(&address);
        }
    }

    pub(super) fn draw_picture(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        if let Some(address) = self.picture().filter(|_| !area.is_empty()) {
            picture::draw(&address, PictureFrame { area, above: 0, below: 0 }, buf, shared);
        }
    }

    pub(super) fn draw_card(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let Some(card) = Some(inside(area)).filter(|_| !area.is_empty()).and_then(|area| self.card(area.as_size(), shared)) else { return };
        let theme = &shared.theme;
        for y in area.top()..area.bottom() {
            buf.set_stringn(area.x, y, theme.symbols.border.vertical_left, 1, theme.border);
        }
        let title = Rect { x: area.x + 2, width: area.width.saturating_sub(2), height: 1, ..area };
        buf.set_stringn(title.x, title.y, S::SEEN_BY, usize::from(title.width), theme.quiet);
        let inner = inside(area);
        for (y, line) in (inner.y..inner.bottom()).zip(&card.lines) {
            let row = Rect { y, height: 1, ..inner };
            let labelled = matches!(line, CardLine { key, .. } if card::is_labelled(key));
            card::draw_line(line, labelled, row, buf, shared);
        }
        card::draw_pictures(&card.places, inner, 0, 0, buf, shared);
        self.draw_captions(&card, inner, buf, shared);
    }

    /// The numbers of the gallery below its pictures, with the one under the cursor marked.
    fn draw_captions(&self, card: &Card, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let Some(gallery) = self.gallery() else { return };
        let theme = &shared.theme;
        let addresses: Vec<&str> = gallery.addresses().collect();
        let strip = card.places.iter().filter(|(address, ..)| addresses.contains(&address.raw()));
        for (position, (_, x, y, size)) in strip.enumerate() {
            let Ok(y) = u16::try_from(y + usize::from(size.height)) else { continue };
            let here = position == gallery.cursor();
            let [left, right] = if here { theme.symbols.lifted } else { [" ", " "] };
            let text = format!("{left}{}{right}", position + 1);
            let x = area.x + x + size.width.saturating_sub(width(&text) as u16) / 2;
            if y < area.height && x < area.right() {
                let style = if here { theme.focus } else { theme.quiet };
                buf.set_stringn(x, area.y + y, text, usize::from(area.right() - x), style);
            }
        }
    }
}

/// Where the card stands, below its title and right of the line that parts it from the form.
fn inside(area: Rect) -> Rect {
    let (x, y) = (1.min(area.width), 1.min(area.height));
    Rect { x: area.x + x, y: area.y + y, width: area.width - x, height: area.height - y }
}
