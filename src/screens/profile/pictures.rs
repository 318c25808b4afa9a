//! The pictures beside the profile: where they stand, which are fetched, how they are drawn.
//!
//! They stand in the document, at its right edge, and scroll with it. Lines beside them are narrower, lines below are not.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::base::Shared;
use crate::domain::{Profile, Text};
use crate::widgets::picture::{self, Frame};
use crate::widgets::text::truncate;

/// The document's first row with a picture, below the heading's top edge.
const TOP: u16 = 1;
/// Columns between text and pictures, and between the pictures and the scrollbar.
const GAPS: u16 = 3;
/// Pictures of the gallery beside each other.
const ABREAST: u16 = 3;

/// The pictures and the room they take.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Beside {
    /// Columns that the lines beside lose.
    pub(super) columns: u16,
    /// Lines beside.
    pub(super) lines: usize,
    /// Addresses, and where they stand: columns from the right edge of the screen, rows from the top of the document.
    places: Vec<(Text, u16, u16, Size)>,
}

impl Beside {
    /// Places the pictures on a screen of that size: none where the text needs the room, the gallery only where there is plenty.
    pub(super) fn new(screen: Size, shared: &Shared) -> Self {
        let columns = match screen.width {
            ..72 => 0,
            72..100 => 14,
            100..130 => 26,
            130.. => 32,
        };
        let profile = shared.account.value().map(|account| &account.profile);
        let Some(profile) = profile.filter(|_| shared.picture_method.is_some() && columns > 0) else { return Self::default() };
        let mut places = Vec::new();
        let mut y = TOP;
        // An avatar is a square; where the screen is too low for it, a smaller one.
        let rows = (columns / 2).min(screen.height.saturating_sub(TOP));
        if let Some(avatar) = profile.avatar_url.as_ref().filter(|address| !address.is_empty() && rows >= 4) {
            let size = Size::new(rows * 2, rows);
            places.push((avatar.clone(), GAPS - 1 + size.width, y, size));
            y += rows + 1;
        }
        if screen.width >= 100 {
            gallery(profile, columns, y, screen, &mut places);
        }
        let widest = places.iter().map(|(_, from_right, ..)| *from_right).max();
        let lowest = places.iter().map(|(_, _, y, size)| usize::from(y + size.height)).max();
        Self { columns: widest.map_or(0, |widest| widest + 1), lines: lowest.unwrap_or_default(), places }
    }

    /// Has those fetched that have a place.
    pub(super) fn fetch(screen: Size, shared: &mut Shared) {
        for (address, ..) in Self::new(screen, shared).places {
            shared.want_picture(&address);
        }
    }

    /// Draws what is in view when the document's row `top` is the screen's first.
    pub(super) fn draw(&self, area: Rect, top: usize, buf: &mut Buffer, shared: &Shared) {
        for (address, from_right, y, size) in &self.places {
            let x = area.width.saturating_sub(*from_right);
            let Some(frame) = Frame::scrolled(area, top, x, usize::from(*y), *size) else { continue };
            let known = shared.picture(address);
            if let (Some(method), Some(picture)) = (shared.picture_method, known.and_then(|known| known.value())) {
                picture::draw(picture, frame, buf, method);
                continue;
            }
            let symbols = &shared.theme.symbols;
            let word = if known.is_some_and(|known| known.error().is_some()) { "no picture" } else { symbols.ellipsis };
            let word = truncate(word, usize::from(frame.area.width), symbols.ellipsis);
            buf.set_string(frame.area.x, frame.area.y, word, shared.theme.dim);
        }
    }
}

/// Rows of upright pictures, as many as are wholly on the screen before it scrolls.
fn gallery(profile: &Profile, columns: u16, top: u16, screen: Size, places: &mut Vec<(Text, u16, u16, Size)>) {
    let width = (columns - (ABREAST - 1)) / ABREAST;
    // Phones take pictures of 9 to 16.
    let size = Size::new(width, (width * 8).div_ceil(9));
    let addresses = profile.photo_urls.iter().flatten().filter(|address| !address.is_empty());
    let rows = (top..).step_by(usize::from(size.height) + 1).take_while(|y| y + size.height <= screen.height);
    let spots = rows.flat_map(|y| (0..ABREAST).map(move |at| (GAPS - 1 + columns - at * (width + 1), y)));
    places.extend(addresses.zip(spots).map(|(address, (from_right, y))| (address.clone(), from_right, y, size)));
}
