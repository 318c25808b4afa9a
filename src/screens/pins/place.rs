//! Where the selection is, in a sentence: what a person who cannot see the list, or looks at one line of it, goes by.

use super::PinsScreen;
use crate::domain::Id;
use crate::screens::Screen;
use crate::widgets::symbols::Symbols;
use crate::widgets::text::truncate;

/// Columns that hold a heading with two names.
const ROOM_FOR_TWO: usize = 50;

/// Where a block of pins stands, or would land.
struct BlockPosition<'a> {
    /// Row of its first pin in the list, from 0.
    row: usize,
    count: usize,
    of: usize,
    above: Option<&'a Id>,
    below: Option<&'a Id>,
}

impl PinsScreen {
    /// Like `Family, 2 of 7, above Climbing`, with names cut so that `columns` hold it; empty in an empty list.
    pub(super) fn place_sentence(&self, columns: usize, ellipsis: &str) -> String {
        self.place_parts(columns, ellipsis, true).unwrap_or_default().join(", ")
    }

    /// Like `CARRYING Family · 2 of 7 · above Climbing`, above the list while it is so.
    pub(super) fn heading(&self, columns: usize, symbols: &Symbols) -> String {
        // Where only one name has room, it is that of what is carried.
        let parts = self.place_parts(columns.saturating_sub(11), symbols.ellipsis, columns >= ROOM_FOR_TWO).unwrap_or_default();
        format!("CARRYING {}", parts.join(&format!(" {} ", symbols.separator)))
    }

    /// What is selected, where it is or would land, and beside what.
    fn place_parts(&self, columns: usize, ellipsis: &str, with_neighbour: bool) -> Option<Vec<String>> {
        let name = |id: &Id, columns: usize| truncate(self.names.shown(id).as_str(), columns.max(8), ellipsis).into_owned();
        let Some(first) = self.selected().find(|line| !line.struck) else {
            return Some(vec![name(self.current()?.id, columns.saturating_sub(27)), "unpinned at the next save".to_owned()]);
        };
        let BlockPosition { row, count, of, above, below } = self.spot()?;
        // What is not a name takes so many columns in a list of thousands.
        let room = columns.saturating_sub(if count == 1 { 22 } else { 42 }) / if with_neighbour { 2 } else { 1 };
        let first = name(first.id, room);
        let (who, at) = match count {
            1 => (first, format!("{}", row + 1)),
            _ => (format!("{first} and {} more", count - 1), format!("{} to {}", row + 1, row + count)),
        };
        let neighbour = match (below, above) {
            (Some(id), _) => Some(format!("above {}", name(id, room))),
            (None, Some(id)) => Some(format!("below {}", name(id, room))),
            (None, None) => None,
        };
        let neighbour = neighbour.filter(|_| with_neighbour);
        Some([who, format!("{at} of {of}")].into_iter().chain(neighbour).collect())
    }

    fn spot(&self) -> Option<BlockPosition<'_>> {
        let of = self.list.ids().len();
        let place = self.rows.place(self.len())?;
        if self.slots.is_none() {
            return Some(BlockPosition {
                row: place.position,
                count: place.count,
                of,
                above: place.above.and_then(|row| self.list.ids().get(row)),
                below: place.below.and_then(|row| self.list.ids().get(row)),
            });
        }
        if self.filter.is_empty() && self.is_carrying() {
            return Some(self.spot_among_struck(place.position));
        }
        let chosen = self.chosen();
        let (first, last) = (chosen.iter().min()?, chosen.iter().max()?);
        let ids = self.list.ids();
        let above = first.checked_sub(1).and_then(|row| ids.get(row));
        Some(BlockPosition { row: *first, count: chosen.len(), of, above, below: ids.get(last + 1) })
    }

    /// Where what is carried would land if the rows between are not all pins that stay.
    fn spot_among_struck(&self, position: usize) -> BlockPosition<'_> {
        let block = self.rows.block(self.len());
        let others = (0..self.len()).filter(|index| !block.contains(index)).filter_map(|index| self.line(index));
        let others: Vec<(usize, &Id)> = others.enumerate().filter(|(_, line)| !line.struck).map(|(at, line)| (at, line.id)).collect();
        let row = others.partition_point(|(row, _)| *row < position);
        let id = |row: usize| others.get(row).map(|(_, id)| *id);
        let count = self.chosen().len();
        BlockPosition { row, count, of: self.list.ids().len(), above: row.checked_sub(1).and_then(id), below: id(row) }
    }
}
