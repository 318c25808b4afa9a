//! Pictures in cells: already decoded, scaled to the room there is, drawn in half blocks or by a protocol of the terminal.
//!
//! Pure: pixels and a rectangle in, cells out. Nothing here decodes, reads the environment or asks the terminal anything.

mod blocks;
mod colours;
mod frame;
mod kitty;
mod method;
mod sixel;
mod thumbnail;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::colours::Colours;
pub use self::frame::PictureFrame;
pub use self::method::{PictureMethod, Protocol, Setting, VARIABLES};
pub use self::sixel::part;
pub use self::thumbnail::Thumbnail;

/// Draws a picture as large as the frame allows, at its top and in the middle. What the picture leaves free is not touched.
///
/// A protocol draws whole pictures; one that is cut by the edge of the view stands there in blocks.
pub fn draw(picture: &Thumbnail, frame: PictureFrame, buf: &mut Buffer, method: PictureMethod) {
    let area = frame.area.intersection(buf.area);
    if area != frame.area {
        return;
    }
    let size = picture.fit(frame.size());
    let x = area.x + (area.width - size.width) / 2;
    let whole = frame.above == 0 && frame.below == 0;
    let fitting = Rect { x, width: size.width, height: size.height, ..area };
    let drawn = whole
        && match method.protocol {
            Protocol::Kitty => kitty::draw(picture, fitting, buf),
            Protocol::Sixel(cell) => sixel::draw(picture, fitting, buf, cell),
            Protocol::Blocks | Protocol::Cells => false,
        };
    if !drawn {
        blocks::draw(picture, frame, buf, method);
    }
}

#[cfg(test)]
mod tests;
