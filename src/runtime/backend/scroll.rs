//! Rows that only moved up or down: found, so that the terminal moves them itself.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Color;

use super::encoder::Encoder;
use super::slot::{ScreenCell, blank_pen};

/// Fewer rows than this are not worth a trial.
const FEWEST: usize = 2;

/// Some rows of the screen that move together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The rows that take part, those that go out of view included.
    pub(super) region: Range<usize>,
    /// By how much they move down; up if negative.
    pub(super) by: isize,
}

impl Scroll {
    /// The move that brings the most rows to where they are to be, if there is one.
    pub(super) fn find(old: &[ScreenCell], new: &[ScreenCell], width: usize) -> Option<Self> {
        // A scrollbar at the right edge moves in its own way.
        let of = |slots: &[ScreenCell]| -> Vec<Option<u64>> {
            slots.chunks(width).map(|row| hash(row.get(..width.saturating_sub(1)).unwrap_or_default())).collect()
        };
        let old = of(old);
        // Of a first frame nothing is there yet that could move.
        if old.iter().all(Option::is_none) {
            return None;
        }
        let new = of(new);
        let rows = new.len();
        let mut best: Option<(usize, Self)> = None;
        for by in (1..rows.div_ceil(2)).flat_map(|by| [by.cast_signed(), -by.cast_signed()]) {
            let moved = |row: usize| {
                let from = row.checked_add_signed(-by).and_then(|from| old.get(from));
                from.is_some_and(|from| from.is_some() && Some(from) == new.get(row))
            };
            let mut row = 0;
            while row < rows {
                let end = (row..rows).find(|row| !moved(*row)).unwrap_or(rows);
                let gained = (row..end).filter(|row| old.get(*row) != new.get(*row)).count();
                if gained >= FEWEST && best.as_ref().is_none_or(|(most, _)| gained > *most) {
                    let region = if by < 0 { row..end + by.unsigned_abs() } else { row - by.unsigned_abs()..end };
                    best = Some((gained, Self { region, by }));
                }
                row = end + 1;
            }
        }
        best.map(|(_, scroll)| scroll)
    }

    /// Does it on the terminal.
    pub(super) fn write(&self, encoder: &mut Encoder) {
        // What comes into view is blank in the pen's colours.
        encoder.use_pen(blank_pen(encoder.pen, Color::Reset));
        encoder.csi(format_args!("{};{}r", self.region.start + 1, self.region.end));
        let count = self.by.unsigned_abs();
        let row = if self.by < 0 { self.region.end - 1 } else { self.region.start };
        // Setting margins puts the cursor into a corner, but terminals differ in whose.
        encoder.at = None;
        encoder.move_to(Position { x: 0, y: u16::try_from(row).unwrap_or(u16::MAX) });
        for _ in 0..count {
            encoder.out.extend_from_slice(if self.by < 0 { b"\n" } else { b"\x1bM" });
        }
        encoder.csi(format_args!("r"));
        encoder.at = None;
    }

    /// Does it to what is known of the terminal.
    pub(super) fn apply(&self, slots: &mut [ScreenCell], width: usize) {
        let Some(region) = slots.get_mut(self.region.start * width..self.region.end * width) else { return };
        let cells = self.by.unsigned_abs() * width;
        let rest = region.len().saturating_sub(cells);
        if self.by < 0 {
            region.rotate_left(cells);
            region.iter_mut().skip(rest).for_each(|slot| *slot = ScreenCell::BLANK);
        } else {
            region.rotate_right(cells);
            region.iter_mut().take(cells).for_each(|slot| *slot = ScreenCell::BLANK);
        }
    }
}

/// A number for what a row shows; none where that is unknown, draws more than text, or is nothing.
fn hash(row: &[ScreenCell]) -> Option<u64> {
    if row.iter().any(|slot| *slot == ScreenCell::Unknown || slot.has_sequence()) || row.iter().all(ScreenCell::is_blank) {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    row.hash(&mut hasher);
    Some(hasher.finish())
}
