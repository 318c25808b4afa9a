//! Half blocks: two pixels a cell, one above the other; on a terminal without Unicode one pixel a cell.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::thumbnail::ThumbnailSize;
use super::{PictureFrame, PictureMethod, Protocol, Thumbnail};

/// Part of a source pixel that counts for a target pixel.
struct PixelWeight {
    source: usize,
    weight: u64,
}

pub(super) fn draw(picture: &Thumbnail, frame: PictureFrame, buf: &mut Buffer, method: PictureMethod) {
    let room = frame.size();
    let per_cell = if method.protocol == Protocol::Cells { 1 } else { 2 };
    let (columns, pixel_rows) = picture.fit_pixels(room.width, room.height.saturating_mul(2));
    let rows = if per_cell == 1 { pixel_rows.div_ceil(2) } else { pixel_rows };
    let Some(level) = picture.level(usize::from(columns), usize::from(rows)) else { return };
    let pixels = scale(level, usize::from(columns), usize::from(rows));
    let colour = |column: u16, row: u32| {
        let index = row as usize * usize::from(columns) + usize::from(column);
        let [red, green, blue] = pixels.get(index).copied().flatten()?;
        Some(method.colours.nearest(red, green, blue))
    };
    let x = frame.area.x + (frame.area.width - columns) / 2;
    for y in 0..frame.area.height.min(rows.div_ceil(per_cell).saturating_sub(frame.above)) {
        let row = u32::from(y + frame.above) * u32::from(per_cell);
        for column in 0..columns {
            let Some(cell) = buf.cell_mut((x + column, frame.area.y + y)) else { continue };
            let upper = colour(column, row);
            let lower = if per_cell == 1 { upper } else { colour(column, row + 1) };
            fill(cell, upper, lower);
        }
    }
}

/// The shortest way to show two colours in one cell; none is the terminal's own background.
fn fill(cell: &mut Cell, upper: Option<Color>, lower: Option<Color>) {
    cell.reset();
    match (upper, lower) {
        (Some(upper), Some(lower)) if upper == lower => cell.set_bg(upper),
        (Some(upper), Some(lower)) => cell.set_symbol("▀").set_fg(upper).set_bg(lower),
        (Some(upper), None) => cell.set_symbol("▀").set_fg(upper),
        (None, Some(lower)) => cell.set_symbol("▄").set_fg(lower),
        (None, None) => cell,
    };
}

/// Averages areas of the picture, by light and not by code value, so that fine bright detail does not get lost; pixels that let
/// more through than they hide are none.
pub(super) fn scale(picture: &ThumbnailSize, columns: usize, rows: usize) -> Vec<Option<[u8; 3]>> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let across = shares(width, columns);
    let mut narrow = Vec::with_capacity(columns * height);
    for line in picture.rgba.chunks_exact(width * 4) {
        let line: Vec<[u64; 4]> = line.as_chunks().0.iter().map(|pixel| light(*pixel)).collect();
        narrow.extend(across.iter().map(|shares| mixed(shares, |source| line.get(source))));
    }
    let full = width as u64 * height as u64 * u64::from(u8::MAX);
    let mut pixels = Vec::with_capacity(columns * rows);
    for shares in shares(height, rows) {
        pixels.extend((0..columns).map(|column| code(mixed(&shares, |source| narrow.get(source * columns + column)), full)));
    }
    pixels
}

/// Which source pixels each of `to` target pixels is made of, out of `from`; the weights of each target pixel add up to `from`.
fn shares(from: usize, to: usize) -> Vec<Vec<PixelWeight>> {
    let of_target = |target: usize| {
        // Measured in parts of which a target pixel has `from` and a source pixel `to`.
        let (start, end) = (target * from, (target + 1) * from);
        let weight = |source: usize| end.min((source + 1) * to) - start.max(source * to);
        (start / to..end.div_ceil(to)).map(|source| PixelWeight { source, weight: weight(source) as u64 }).collect()
    };
    (0..to).map(of_target).collect()
}

fn mixed<'a>(shares: &[PixelWeight], at: impl Fn(usize) -> Option<&'a [u64; 4]>) -> [u64; 4] {
    let mut sum = [0; 4];
    for PixelWeight { source, weight } in shares {
        for (sum, value) in sum.iter_mut().zip(at(*source).into_iter().flatten()) {
            *sum += value * weight;
        }
    }
    sum
}

/// Amounts of light, weighted by alpha, and alpha; squaring comes close enough to what screens do.
fn light([red, green, blue, alpha]: [u8; 4]) -> [u64; 4] {
    let alpha = u64::from(alpha);
    let light = |code: u8| u64::from(code).pow(2) * alpha;
    [light(red), light(green), light(blue), alpha]
}

/// The colour of a sum of lights, where `full` would be the sum of alphas that hide everything.
fn code([red, green, blue, alpha]: [u64; 4], full: u64) -> Option<[u8; 3]> {
    let code = |light: u64| (light / alpha).isqrt() as u8;
    (alpha > 0 && alpha >= full / 2).then(|| [code(red), code(green), code(blue)])
}
