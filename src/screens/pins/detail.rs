//! The conversation under the cursor, at the right of a wide screen: its picture and what is known of it, where it stands on the phone,
//! and what is not saved yet. Nothing here can be selected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::PinsScreen;
use super::known::{Known, known, trouble};
use crate::base::{Action, Scope, Shared};
use crate::domain::Id;
use crate::domain::pins::{Changes, PinState};
use crate::screens::{Screen, picture};
use crate::widgets::bar::bar;
use crate::widgets::geometry::lines;
use crate::widgets::picture::PictureFrame;
use crate::widgets::rule;
use crate::widgets::text::{pad, truncate, wrap};

const GAP: u16 = 2;
/// The picture, and the larger one where there is room for it.
const PICTURE: Size = Size::new(14, 7);
const LARGE: Size = Size::new(20, 10);
/// From so many columns and rows on there is.
const ROOM_FOR_LARGE: Size = Size::new(50, 30);
/// Fewer rows hold no heading with a list below it.
const LEAST_LIST: u16 = 3;

/// A line of text and how it looks.
type DetailLine = (String, Style);

/// Where the parts stand; what there is no room for is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts {
    picture: Rect,
    about: Rect,
    phone: Rect,
    unsaved: Rect,
}

/// The geometry: what is unsaved takes a third of what the conversation leaves, at most, and the phone's list the rest.
fn parts(area: Rect, picture: bool, about: u16, phone: u16, unsaved: u16) -> Parts {
    let size = if area.width >= ROOM_FOR_LARGE.width && area.height >= ROOM_FOR_LARGE.height { LARGE } else { PICTURE };
    let size = if picture && area.height >= size.height { size } else { Size::ZERO };
    let beside = if size == Size::ZERO { 0 } else { size.width + GAP };
    let part = |y: u16, height: u16| Rect { y, height, ..area }.intersection(area);
    let below = area.y.saturating_add(about.max(size.height) + 1).min(area.bottom());
    let room = area.bottom() - below;
    // Each list has a heading above it, and a line between them.
    let unsaved = (unsaved + 1).min(room / 3);
    let unsaved = if unsaved < LEAST_LIST - 1 { 0 } else { unsaved };
    let phone = (phone + 1).min(room - if unsaved == 0 { 0 } else { unsaved + 1 });
    let phone = if phone < LEAST_LIST.min(room) || phone < 2 { 0 } else { phone };
    Parts {
        picture: Rect { width: size.width, height: size.height, ..area },
        about: Rect { x: area.x + beside, width: area.width.saturating_sub(beside), ..area },
        phone: part(below, phone),
        unsaved: part(below + phone + u16::from(phone > 0), unsaved),
    }
}

impl PinsScreen {
    /// Has the picture of the pin under the cursor fetched if there is room for it.
    pub(super) fn fetch_picture(&self, shared: &mut Shared) {
        if !self.in_view || self.areas(shared.body).detail.is_empty() {
            return;
        }
        if let Some(address) = self.current().and_then(|line| known(line.id, shared).picture) {
            shared.want_picture(&address);
        }
    }

    pub(super) fn draw_detail(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let Some(id) = self.current().map(|line| line.id).filter(|_| !area.is_empty()) else { return };
        let theme = &shared.theme;
        for line in lines(area) {
            buf.set_stringn(line.x, line.y, theme.symbols.border.vertical_left, 1, theme.border);
        }
        let inner = Rect { x: area.x + GAP, width: area.width.saturating_sub(GAP + 1), ..area };
        let known = known(id, shared);
        let picture = known.picture.as_ref().filter(|_| shared.picture_method.is_some());
        let columns = parts(inner, picture.is_some(), 0, 0, 0).about.width;
        let about = self.about(id, &known, usize::from(columns.max(1)), shared);
        let unsaved = self.unsaved_lines(usize::from(inner.width.max(1)), usize::from(inner.height), shared);
        let count = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX - 2);
        let parts = parts(inner, picture.is_some(), count(about.len()), count(self.list.base().len()), count(unsaved.len()));
        if let Some(address) = picture.filter(|_| !parts.picture.is_empty()) {
            picture::draw(address, PictureFrame { area: parts.picture, above: 0, below: 0 }, buf, shared);
        }
        put(&about, parts.about, buf);
        self.draw_phone(id, parts.phone, buf, shared);
        if !parts.unsaved.is_empty() {
            let count = self.changes.count();
            let title = if count == 0 { "Unsaved".to_owned() } else { format!("Unsaved: {count}") };
            let area = below_heading(parts.unsaved, &title, buf, shared);
            put(&cut(unsaved, count, usize::from(area.height), shared), area, buf);
        }
    }

    /// What there is to say, from the name on.
    fn about(&self, id: &Id, known: &Known, columns: usize, shared: &Shared) -> Vec<DetailLine> {
        let theme = &shared.theme;
        let symbols = &theme.symbols;
        let row = self.names.row(id);
        let mut lines: Vec<DetailLine> = Vec::new();
        let mut say = |text: &str, style: Style| lines.extend(wrap(text, columns).into_iter().map(|part| (part.to_owned(), style)));
        say(self.names.shown(id).as_str(), theme.heading);
        say(&known.kind(row, symbols.separator), theme.quiet);
        if let Some(activity) = known.activity(shared) {
            say(&activity, theme.text);
        }
        say(&format!("id {}", id.shown()), theme.quiet);
        if let Some((state, why)) = row.and_then(|row| Some((row.state, trouble(row.state)?))) {
            let (sign, style) = match state {
                PinState::Dead(_) => (symbols.dead, theme.bad),
                PinState::NotMember => (symbols.unknown, theme.quiet),
                PinState::Ok | PinState::Unknown => (symbols.unknown, theme.warning),
            };
            say(&format!("{sign} {why}"), style);
        }
        lines
    }

    /// The list as the phone has it, with the pin's place in it.
    fn draw_phone(&self, id: &Id, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let theme = &shared.theme;
        let base = self.list.base();
        if area.is_empty() || base.is_empty() {
            return;
        }
        let at = base.iter().position(|other| other == id);
        let place = at.map_or_else(|| "not pinned there".to_owned(), |at| format!("{} of {}", at + 1, base.len()));
        let list = below_heading(area, &format!("On the phone: {place}"), buf, shared);
        let (height, columns) = (usize::from(list.height), usize::from(list.width));
        let top = at.unwrap_or(0).saturating_sub(height / 2).min(base.len().saturating_sub(height));
        let digits = base.len().ilog10() as usize + 1;
        for (line, (position, other)) in lines(list).zip(base.iter().enumerate().skip(top)) {
            let text = format!(" {:>digits$} {}", position + 1, self.names.shown(other));
            buf.set_stringn(line.x, line.y, pad(&text, columns, theme.symbols.ellipsis), columns, theme.quiet);
            if other == id {
                bar(line, buf, theme.idle);
            }
        }
    }

    /// What a save would change, or how to change something; no more lines than are of use.
    fn unsaved_lines(&self, columns: usize, most: usize, shared: &Shared) -> Vec<DetailLine> {
        let theme = &shared.theme;
        let symbols = &theme.symbols;
        if self.changes.is_empty() && self.is_carrying() {
            return vec![("Nothing yet.".to_owned(), theme.quiet)];
        }
        if self.changes.is_empty() {
            let key = |action| shared.key(Scope::Pins, action);
            let text = format!(
                "Nothing. {} picks a pin up to carry it, {} unpins it, {} pins another conversation.",
                key(Action::Grab),
                key(Action::Remove),
                key(Action::Add)
            );
            return wrap(&text, columns).into_iter().map(|part| (part.to_owned(), theme.quiet)).collect();
        }
        let Changes { pinned, unpinned, moved } = &self.changes;
        let place = |ids: &[Id], id: &Id| ids.iter().position(|other| other == id).map_or(0, |row| row + 1);
        let (before, now) = (|id: &Id| place(self.list.base(), id), |id: &Id| self.list.row(id).map_or(0, |row| row + 1));
        let pinned = pinned.iter().map(|id| (symbols.dirty, id, format!("pinned at {}", now(id)), theme.changed));
        let moved = moved.iter().map(|id| (symbols.moved, id, format!("from {} to {}", before(id), now(id)), theme.changed));
        let unpinned = unpinned.iter().map(|id| (symbols.dirty, id, format!("unpinned, was {}", before(id)), theme.changed));
        let line = |(sign, id, what, style): (&str, &Id, String, Style)| {
            let room = columns.saturating_sub(what.len() + 4);
            let name = truncate(self.names.shown(id).as_str(), room, symbols.ellipsis).into_owned();
            (format!("{sign} {name} {} {what}", symbols.separator), style)
        };
        moved.chain(pinned).chain(unpinned).take(most).map(line).collect()
    }
}

/// As many lines as there is room for; the last one says how many changes have none.
fn cut(mut texts: Vec<DetailLine>, changes: usize, room: usize, shared: &Shared) -> Vec<DetailLine> {
    if changes > room && room > 0 {
        texts.truncate(room - 1);
        texts.push((format!("and {} more", changes - texts.len()), shared.theme.quiet));
    }
    texts
}

/// Draws lines from the top.
fn put(texts: &[DetailLine], area: Rect, buf: &mut Buffer) {
    for (line, (text, style)) in lines(area).zip(texts) {
        buf.set_stringn(line.x, line.y, text, usize::from(line.width), *style);
    }
}

/// Draws a heading; what is left below it.
fn below_heading(area: Rect, title: &str, buf: &mut Buffer, shared: &Shared) -> Rect {
    rule::heading(area, buf, title, &shared.theme);
    let taken = area.height.min(1);
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_large_screen_has_a_large_picture_and_both_lists() {
        let heights = |width, height, pins| {
            let parts = parts(Rect::new(0, 0, width, height), true, 4, pins, 2);
            [parts.picture.height, parts.phone.height, parts.unsaved.height]
        };
        assert_eq!(heights(53, 37, 9), [10, 10, 3]);
        assert_eq!(heights(53, 37, 500), [10, 22, 3]);
        assert_eq!(heights(37, 27, 9), [7, 10, 3]);
        assert_eq!(heights(37, 9, 9), [7, 0, 0]);
        assert_eq!(heights(37, 6, 9), [0, 0, 0]);
    }

    proptest! {
        #[test]
        fn the_parts_never_overlap_nor_leave_the_area(
            (width, height) in (0..70u16, 0..60u16), picture in any::<bool>(), (about, phone, unsaved) in (0..9u16, 0..99u16, 0..99u16),
        ) {
            let area = Rect::new(5, 3, width, height);
            let parts = parts(area, picture, about, phone, unsaved);
            let about = Rect { height: about.min(height), ..parts.about };
            let all = [parts.picture.intersection(area), about, parts.phone, parts.unsaved];
            for (at, part) in all.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
                prop_assert!(area.union(*part) == area, "{parts:?}");
                prop_assert!(all.iter().skip(at + 1).all(|other| other.is_empty() || !part.intersects(*other)), "{parts:?}");
            }
        }
    }
}
