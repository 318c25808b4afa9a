//! Finding the cursor and the block again when the order was changed by something else.

use super::Reorder;

/// The items that what is on screen holds on to, by what tells one from all others.
#[derive(Clone, Debug)]
pub struct Anchor<K> {
    cursor: Option<K>,
    block: Vec<K>,
    /// The item below which the block is carried or dragged; none: the top, or nothing is.
    above: Option<K>,
}

impl Reorder {
    /// What to hold on to in the order as it is; `key` names the item at an index.
    pub fn anchor<K>(&self, len: usize, key: impl Fn(usize) -> Option<K>) -> Anchor<K> {
        let place = self.place(len).filter(|_| self.is_busy());
        Anchor {
            cursor: key(self.index(self.cursor, len)),
            block: self.block(len).filter_map(&key).collect(),
            above: place.and_then(|place| place.above.and_then(key)),
        }
    }

    /// Goes on in the order as it is now. The cursor stays on its item and in its row, a range on its items; what is carried or dragged
    /// stays below the item it was below. If the block was torn apart or lost members, it is let go. `is` tells whether a key names the
    /// item at an index.
    pub fn restore<K>(&mut self, anchor: &Anchor<K>, len: usize, is: impl Fn(usize, &K) -> bool) {
        let row = self.cursor.saturating_sub(self.window.top());
        let near = self.cursor;
        let find = |key: &K| nearest(near, len, |index| is(index, key));
        let Anchor { cursor, block, above } = anchor;
        let at_end = self.mark.is_some_and(|mark| mark < self.cursor);

        let stands_at = |start: &usize| block.len() <= len - start && block.iter().zip(*start..).all(|(key, index)| is(index, key));
        if let Some(start) = block.first().and_then(find).filter(stands_at) {
            let end = start + block.len() - 1;
            self.cursor = if at_end || self.mark.is_none() { end } else { start };
            self.mark = self.mark.map(|_| if at_end { start } else { end });
            let below = |above: usize| if above < start { above + 1 } else { (above + 1).saturating_sub(block.len()) };
            let to = match above {
                Some(above) => find(above).map_or(start, below),
                None if self.held.is_some() || self.is_dragging() => 0,
                None => start,
            };
            if let Some(held) = &mut self.held {
                *held = start;
                self.carry(to, len);
            } else if let Some(drag) = &mut self.drag {
                drag.to = to;
            }
        } else {
            (self.mark, self.held, self.drag) = (None, None, None);
            self.cursor = cursor.as_ref().and_then(find).unwrap_or(self.cursor.min(len.saturating_sub(1)));
        }
        if self.drag.is_some() {
            self.window.set_top(self.window.top(), len);
        } else {
            self.window.set_top(self.cursor.saturating_sub(row), len);
            self.window.follow(self.cursor, len);
        }
    }
}

/// The index that fits, sought from `near` outwards: most changes move an item little.
fn nearest(near: usize, len: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let outwards = (0..=near.max(len)).flat_map(|distance| [near.checked_add(distance), near.checked_sub(distance)]);
    outwards.flatten().find(|index| *index < len && fits(*index))
}
