//! Sixel: the picture as coloured strips of six rows of pixels, which stay on the screen until something is written over them.
//!
//! All of it goes out with the first cell; the others are parts, which draw nothing and say whose they are. Where any of them was
//! written over, the backend draws the first again ([`part`]). What is encoded is kept by whoever made the picture: a key costs nothing.

use std::fmt::Write;
use std::num::NonZeroU16;
use std::sync::Arc;

use color_quant::NeuQuant;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Rect, Size};

use super::Thumbnail;
use super::blocks::scale;
use crate::widgets::hash::number_of;

/// What a part of a picture says; terminals pass over it.
const PART: &str = "\x1b_p";
const END: &str = "\x1b\\";
/// Colours of a picture. More cost bytes in every strip, and nobody sees them at this size.
const COLOURS: usize = 128;
/// Of so many pixels one is looked at to find the colours.
const SAMPLED: i32 = 4;
/// Rows of pixels in a strip.
const STRIP: usize = 6;

/// The number of the picture that a cell is a part of, and what draws it, which only its first cell has.
pub fn part(symbol: &str) -> Option<(u32, &str)> {
    let (id, drawing) = symbol.strip_prefix(PART)?.split_once(END)?;
    Some((u32::from_str_radix(id, 16).ok()?, drawing))
}

/// Draws the whole picture into `area`, on a terminal with cells of so many pixels; false if it cannot be done.
pub(super) fn draw(picture: &Thumbnail, area: Rect, buf: &mut Buffer, cell: Size) -> bool {
    let pixels = Size::new(area.width.saturating_mul(cell.width), area.height.saturating_mul(cell.height));
    let Some(image) = picture.sixels(pixels).filter(|_| !area.is_empty()) else { return false };
    let id = number_of((&image, area.x, area.y));
    let part = format!("{PART}{id:x}{END}");
    for position in area.positions() {
        let Some(cell) = buf.cell_mut(position) else { continue };
        cell.reset();
        cell.set_symbol(&part).set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
    }
    if let Some(cell) = buf.cell_mut(area.as_position()) {
        cell.set_symbol(&(part + &blank(area) + &image));
    }
    true
}

/// Takes away what stands in an area, since clear pixels show it, and goes to its beginning.
fn blank(area: Rect) -> String {
    let mut out = String::from("\x1b[m");
    // Writing into a string cannot fail.
    for y in area.rows().map(|row| row.y) {
        let _ = write!(out, "\x1b[{};{}H\x1b[{}X", y + 1, area.x + 1, area.width);
    }
    let _ = write!(out, "\x1b[{};{}H", area.y + 1, area.x + 1);
    out
}

impl Thumbnail {
    /// The picture in so many pixels as sixels, which takes some milliseconds.
    pub fn to_sixels(&self, size: Size) -> Option<Arc<str>> {
        let (width, height) = (usize::from(size.width), usize::from(size.height));
        let level = self.level(width, height).filter(|_| width > 0 && height > 0)?;
        let pixels = scale(level, width, height);
        let rgba: Vec<u8> = pixels.iter().flatten().flat_map(|[red, green, blue]| [*red, *green, *blue, u8::MAX]).collect();
        let mut out = format!("\x1bP0;1;0q\"1;1;{width};{height}");
        if !rgba.is_empty() {
            let palette = NeuQuant::new(SAMPLED, COLOURS, &rgba);
            for (index, colour) in palette.color_map_rgb().as_chunks::<3>().0.iter().enumerate() {
                let [red, green, blue] = colour.map(|code| (u32::from(code) * 100 + 127) / 255);
                let _ = write!(out, "#{index};2;{red};{green};{blue}");
            }
            // Looking for the nearest colour is what takes time; pixels that hardly differ have the same.
            let mut known: Vec<Option<usize>> = vec![None; 1 << 15];
            let mut index = |[red, green, blue]: [u8; 3]| {
                let key = [red, green, blue].iter().fold(0, |key, code| key << 5 | usize::from(code >> 3));
                let place = known.get_mut(key)?;
                Some(*place.get_or_insert_with(|| palette.index_of(&[red, green, blue, u8::MAX])))
            };
            let indices: Vec<Option<usize>> = pixels.iter().map(|pixel| pixel.and_then(&mut index)).collect();
            for strip in indices.chunks(width * STRIP) {
                write_strip(strip, width, &mut out);
            }
        }
        out.push_str(END);
        Some(out.into())
    }
}

/// Six rows of pixels: for each colour in them which of the six are of it, column by column.
fn write_strip(strip: &[Option<usize>], width: usize, out: &mut String) {
    let mut used: Vec<usize> = strip.iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    for colour in used {
        let mut columns = vec![0u8; width];
        for (bit, row) in strip.chunks(width).enumerate() {
            for (column, pixel) in columns.iter_mut().zip(row) {
                *column |= u8::from(*pixel == Some(colour)) << bit;
            }
        }
        let _ = write!(out, "#{colour}");
        let end = columns.iter().rposition(|bits| *bits != 0).map_or(0, |last| last + 1);
        for run in columns.get(..end).unwrap_or_default().chunk_by(|one, other| one == other) {
            let sixel = char::from(b'?' + run.first().copied().unwrap_or_default());
            if run.len() > 3 {
                let _ = write!(out, "!{}{sixel}", run.len());
            } else {
                out.extend(std::iter::repeat_n(sixel, run.len()));
            }
        }
        out.push('$');
    }
    out.push('-');
}
