//! Pictures at the right edge of a screen: how much room they take from the text, and what stands there.
//!
//! Which picture is shown, and where it scrolls to, is the screens' business.

use ratatui::buffer::Buffer;

use crate::base::Shared;
use crate::domain::RawText;
use crate::widgets::picture::{self, PictureFrame};
use crate::widgets::text::truncate;

/// Columns between pictures and the right edge: a gap and the scrollbar.
pub(super) const RIGHT: u16 = 2;
/// Columns that the text loses beyond those of the pictures: one between them, and what is right of the pictures.
pub(super) const GAPS: u16 = RIGHT + 1;
/// Fewer rows than this show nothing worth its room.
pub(super) const LEAST_ROWS: u16 = 4;

/// Columns for pictures on a screen that wide: none where the text needs the room.
pub(super) fn columns(screen: u16) -> u16 {
    match screen {
        ..72 => 0,
        72..100 => 14,
        100..130 => 26,
        130.. => 32,
    }
}

/// Rows of an upright picture that wide: phones take pictures of 9 to 16.
pub(super) fn upright(columns: u16) -> u16 {
    (columns * 8).div_ceil(9)
}

/// Draws a picture, or a dim word where it is not here.
pub(super) fn draw(address: &RawText, frame: PictureFrame, buf: &mut Buffer, shared: &Shared) {
    let known = shared.picture(address);
    if let (Some(method), Some(picture)) = (shared.picture_method, known.and_then(|known| known.value())) {
        picture::draw(picture, frame, buf, method);
        return;
    }
    let symbols = &shared.theme.symbols;
    let word = if known.is_some_and(|known| known.error().is_some()) { "no picture" } else { symbols.ellipsis };
    let columns = usize::from(frame.area.width);
    buf.set_stringn(frame.area.x, frame.area.y, truncate(word, columns, symbols.ellipsis), columns, shared.theme.quiet);
}
