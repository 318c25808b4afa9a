//! A person's card: pictures and what others read about them. The profile shows it to its owner, a form beside what is typed.
//!
//! Pure: contents and room in, lines and places out. Which line can be selected is the screens' business.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::address;
use super::picture::{self, LEAST_ROWS};
use crate::base::Shared;
use crate::domain::campus::Visibility;
use crate::domain::detail::{self, DetailValue};
use crate::domain::{Account, RawText, SafeText};
use crate::widgets::link::{is_address, shortened};
use crate::widgets::picture::PictureFrame;
use crate::widgets::text::{truncate, wrap};

/// Columns of labels inside the card.
const LABEL: u16 = 11;
/// Columns of the pictures beside the text.
const BESIDE: u16 = 14;
/// Columns between pictures and text.
const GAP: u16 = 3;
/// Pictures of the gallery in one strip: fewer leave their room free, more are not shown.
const ABREAST: std::ops::RangeInclusive<usize> = 3..=5;

/// A part of the card.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// By what it is known.
    pub(super) key: &'static str,
    /// What stands before it; nothing for name, school and bio.
    pub(super) label: &'static str,
    /// What it reads.
    pub(super) texts: Vec<SafeText>,
    pub(super) style: Style,
}

/// What is on the card.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    /// From the top; those without a label stand apart from those with one.
    pub(super) items: Vec<Item>,
    pub(super) avatar: Option<RawText>,
    pub(super) gallery: Vec<RawText>,
}

/// Where the pictures stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// There are none.
    Without,
    /// All in a column at the left of the text.
    PictureStrip,
    /// The avatar beside the name, the gallery below everything.
    Around,
}

/// A line of the card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CardLine {
    /// The item it belongs to; empty for what parts them.
    pub(super) key: &'static str,
    /// Its first column.
    pub(super) x: u16,
    pub(super) label: &'static str,
    pub(super) text: String,
    /// Where the text leads, if it is an address; the whole of it.
    pub(super) address: Option<String>,
    pub(super) style: Style,
}

/// A picture and where it stands.
pub(super) type Place = (RawText, u16, usize, Size);

/// The card as it is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Card {
    pub(super) lines: Vec<CardLine>,
    /// Those of the gallery come after the avatar, in their order.
    pub(super) places: Vec<Place>,
}

/// What others read of an account, in their order.
const SEEN: &[&str] = &["name", "school", "bio", "song_url", "interests", "major_codes", "graduation_year"];

/// Whether an item has its label before it.
pub(super) fn is_labelled(key: &str) -> bool {
    !matches!(key, "" | "name" | "school" | "bio")
}

/// The card as other people see it: what is not set is not there, and what the directory hides neither.
pub(super) fn of_account(account: &Account, shared: &Shared) -> Content {
    let theme = &shared.theme;
    let in_directory = !matches!(account.campus.visibility, None | Some(Visibility::Hidden));
    let item = |key: &&'static str| {
        if matches!(*key, "school" | "major_codes" | "graduation_year") && !in_directory {
            return None;
        }
        if *key == "school" {
            let schools = shared.session.schools.value().into_iter().flatten();
            let texts: Vec<SafeText> = schools.map(|school| school.name.line()).collect();
            return (!texts.is_empty()).then_some(Item { key, label: "", texts, style: theme.quiet });
        }
        let detail = detail::find(key)?;
        let value = detail.value(account);
        let mut texts = value.lines(&shared.names(), &shared.zone);
        if matches!(value, DetailValue::Majors(_) | DetailValue::Interests(_)) {
            texts = vec![SafeText::line(texts.iter().map(SafeText::as_str).collect::<Vec<_>>().join(", "))];
        }
        texts.retain(|text| !text.as_str().is_empty());
        let (label, style) = match *key {
            "name" => ("", theme.heading),
            "graduation_year" => ("Graduates", theme.text),
            key => (if is_labelled(key) { detail.label } else { "" }, theme.text),
        };
        (!texts.is_empty()).then_some(Item { key, label, texts, style })
    };
    Content {
        items: SEEN.iter().filter_map(item).collect(),
        avatar: account.profile.avatar_url.clone().filter(|address| !address.is_empty()),
        gallery: account.profile.photo_urls.iter().flatten().filter(|address| !address.is_empty()).cloned().collect(),
    }
}

impl CardLine {
    fn blank(x: u16) -> Self {
        Self { key: "", x, label: "", text: String::new(), address: None, style: Style::new() }
    }

    /// Where its text begins.
    pub(super) fn text_x(&self, labelled: bool) -> u16 {
        self.x + if labelled { LABEL } else { 0 }
    }
}

impl Card {
    /// Lays the card out; without pictures where there is no room for them.
    pub(super) fn new(content: &Content, arrangement: Arrangement, room: Size, ellipsis: &str) -> Self {
        let avatar_columns = match arrangement {
            Arrangement::Without => 0,
            Arrangement::PictureStrip => BESIDE,
            Arrangement::Around => (room.width * 2 / 5).clamp(BESIDE, 28).min(room.height.saturating_sub(8) / 2 * 2) / 2 * 2,
        };
        let avatar = Size::new(avatar_columns, avatar_columns / 2);
        if avatar.height < LEAST_ROWS || content.avatar.is_none() && content.gallery.is_empty() {
            return Self { lines: lines(&content.items, 1, room.width, ellipsis), places: Vec::new() };
        }
        match arrangement {
            Arrangement::Around => around(content, avatar, room, ellipsis),
            Arrangement::Without | Arrangement::PictureStrip => beside(content, avatar, room, ellipsis),
        }
    }
}

/// The pictures in a column at the left.
fn beside(content: &Content, avatar: Size, room: Size, ellipsis: &str) -> Card {
    let mut places: Vec<Place> = content.avatar.iter().map(|address| (address.clone(), 1, 0, avatar)).collect();
    let top = if places.is_empty() { 0 } else { usize::from(avatar.height) };
    let below = room.height.saturating_sub(top as u16);
    places.extend(strip(&content.gallery, Rect { x: 1, y: 0, width: avatar.width, height: below }, top));
    let mut lines = lines(&content.items, 1 + avatar.width + GAP, room.width, ellipsis);
    reach(&mut lines, lowest(&places), 1 + avatar.width + GAP);
    Card { lines, places }
}

/// The avatar beside the first items, the gallery below all of them.
fn around(content: &Content, avatar: Size, room: Size, ellipsis: &str) -> Card {
    let mut places: Vec<Place> = content.avatar.iter().map(|address| (address.clone(), 1, 0, avatar)).collect();
    let x = if places.is_empty() { 1 } else { 1 + avatar.width + GAP };
    let (first, rest) = content.items.split_at(content.items.iter().take_while(|item| is_head(item.key)).count());
    let mut all = vec![CardLine::blank(x)];
    all.extend(lines(first, x, room.width, ellipsis));
    reach(&mut all, lowest(&places) + 1, x);
    all.extend(lines(rest, 1, room.width, ellipsis));
    let top = all.len() + 1;
    let below = room.height.saturating_sub(top as u16);
    let thumbs = strip(&content.gallery, Rect { x: 1, y: 0, width: room.width.saturating_sub(2), height: below }, top);
    places.extend(thumbs);
    reach(&mut all, lowest(&places), 1);
    Card { lines: all, places }
}

/// Whether it stands beside the avatar, large.
fn is_head(key: &str) -> bool {
    matches!(key, "name" | "school")
}

fn lowest(places: &[Place]) -> usize {
    places.iter().map(|(_, _, y, size)| y + usize::from(size.height)).max().unwrap_or_default()
}

/// Adds blank lines down to where the pictures end.
fn reach(lines: &mut Vec<CardLine>, end: usize, x: u16) {
    while lines.len() < end {
        lines.push(CardLine::blank(x));
    }
}

/// Upright pictures side by side, as large as the room allows; none where they would show nothing.
fn strip(addresses: &[RawText], room: Rect, top: usize) -> Vec<Place> {
    let abreast = addresses.len().clamp(*ABREAST.start(), *ABREAST.end()) as u16;
    let most = room.width.saturating_sub(abreast - 1) / abreast;
    let Some(width) = (1..=most).rev().find(|width| picture::upright(*width) <= room.height) else { return Vec::new() };
    let size = Size::new(width, picture::upright(width));
    if size.height < LEAST_ROWS {
        return Vec::new();
    }
    let spots = (0..abreast).map(|at| room.x + at * (width + 1));
    addresses.iter().zip(spots).map(|(address, x)| (address.clone(), x, top, size)).collect()
}

fn lines(items: &[Item], x: u16, width: u16, ellipsis: &str) -> Vec<CardLine> {
    let mut lines = Vec::new();
    let mut above: Option<&Item> = None;
    for item in items {
        let apart = |above: &Item| above.label.is_empty() != item.label.is_empty() || item.key == "bio";
        if above.is_some_and(apart) {
            lines.push(CardLine::blank(x));
        }
        let label = if item.label.is_empty() { 0 } else { LABEL };
        let room = usize::from(width.saturating_sub(x + label + 1)).max(1);
        let mut word = item.label;
        for text in &item.texts {
            let address = Some(text.as_str()).filter(|text| is_address(text));
            let parts = address.map_or_else(|| wrapped(text.as_str(), room), |address| vec![shortened(address, room, ellipsis)]);
            for part in parts {
                let (label, address) = (std::mem::take(&mut word), address.map(str::to_owned));
                lines.push(CardLine { key: item.key, x, label, text: part, address, style: item.style });
            }
        }
        above = Some(item);
    }
    lines
}

fn wrapped(text: &str, room: usize) -> Vec<String> {
    wrap(text, room).into_iter().map(str::to_owned).collect()
}

/// Draws the pictures of a card that begins at row `start` of a document whose row `top` is the first one in `view`.
pub(super) fn draw_pictures(places: &[Place], view: Rect, start: usize, top: usize, buf: &mut Buffer, shared: &Shared) {
    for (address, x, y, size) in places {
        if let Some(frame) = PictureFrame::scrolled(view, top, *x, start + *y, *size) {
            picture::draw(address, frame, buf, shared);
        }
    }
}

/// Draws a line into a row of the screen.
pub(super) fn draw_line(line: &CardLine, labelled: bool, row: Rect, buf: &mut Buffer, shared: &Shared) {
    let theme = &shared.theme;
    for (x, text, style) in [(line.x, line.label, theme.label), (line.text_x(labelled), line.text.as_str(), line.style)] {
        let room = usize::from(row.width.saturating_sub(x));
        if room > 0 && !text.is_empty() {
            buf.set_string(row.x + x, row.y, truncate(text, room, theme.symbols.ellipsis), style);
        }
    }
    if let Some(whole) = &line.address {
        let x = line.text_x(labelled).min(row.width);
        address::link(whole, Rect { x: row.x + x, width: row.width - x, ..row }, buf, shared);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn content(gallery: usize) -> Content {
        let item = |key, label, text: &str| Item { key, label, texts: vec![SafeText::line(text)], style: Style::new() };
        let bio = "A bio of some length, so that it has to be wrapped. ".repeat(4);
        Content {
            items: vec![
                item("name", "", "Isaac"),
                item("school", "", "A school"),
                item("bio", "", &bio),
                item("song_url", "Song", "https://x.y/z"),
            ],
            avatar: Some("https://i.groupme.com/avatar".into()),
            gallery: (0..gallery).map(|n| RawText::new(format!("https://i.groupme.com/{n}"))).collect(),
        }
    }

    #[test]
    fn a_strip_of_the_gallery_stands_where_there_is_room() {
        let places = |arrangement, width, height| Card::new(&content(3), arrangement, Size::new(width, height), "…").places.len();
        assert_eq!(places(Arrangement::PictureStrip, 80, 21), 4);
        assert_eq!(places(Arrangement::PictureStrip, 60, 9), 1);
        assert_eq!(places(Arrangement::Around, 46, 27), 4);
        assert_eq!(places(Arrangement::Without, 46, 27), 0);
    }

    proptest! {
        #[test]
        fn pictures_never_overlap_text_nor_each_other(width in 0..90u16, height in 0..60u16, gallery in 0..8usize, around in any::<bool>()) {
            let arrangement = if around { Arrangement::Around } else { Arrangement::PictureStrip };
            let card = Card::new(&content(gallery), arrangement, Size::new(width, height), "…");
            let mut areas: Vec<Rect> = Vec::new();
            for (_, x, y, size) in &card.places {
                let area = Rect::new(*x, *y as u16, size.width, size.height);
                prop_assert!(areas.iter().all(|other| !other.intersects(area)));
                for (y, line) in card.lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
                    prop_assert!(!area.rows().any(|row| usize::from(row.y) == y) || line.x >= area.right(), "{card:?}");
                }
                areas.push(area);
            }
        }
    }
}
