//! The rows on screen: those of the list, with the pins among them that go away at the next save, or what the filter shows of these.
//!
//! They hold no pin and no order of their own: a row is a place in the list. Every change of the list goes through
//! [`PinsScreen::change`], after which the cursor and what is carried are on the pins they were on.

use std::ops::Range;

use super::PinsScreen;
use crate::domain::Id;
use crate::domain::pins::{PinList, PinSlot};
use crate::widgets::reorder::{Anchor, Ordered, Reorder};

/// A pin on screen.
#[derive(Clone, Copy)]
pub(super) struct PinLine<'a> {
    pub(super) id: &'a Id,
    /// Unpinned at the next save.
    pub(super) struck: bool,
}

/// The list by its rows on screen.
pub(super) struct ListOnScreen<'a> {
    pub(super) list: &'a mut PinList,
    slots: Option<&'a [PinSlot]>,
}

impl Ordered for ListOnScreen<'_> {
    fn count(&self) -> usize {
        self.slots.map_or(self.list.ids().len(), <[PinSlot]>::len)
    }

    fn move_block(&mut self, block: Range<usize>, to: usize) -> bool {
        let Some(slots) = self.slots else { return self.list.move_block(block, to) };
        let (above, below) = (slots.iter().take(block.start), slots.iter().skip(block.end));
        let to = above.chain(below).take(to).filter(|slot| slot.kept().is_some()).count();
        let rows: Vec<usize> = slots.iter().take(block.end).skip(block.start).filter_map(|slot| slot.kept()).collect();
        self.list.move_rows(&rows, to)
    }
}

/// What is in a row on screen.
fn slot(list: &PinList, slots: Option<&[PinSlot]>, index: usize) -> Option<PinSlot> {
    match slots {
        Some(slots) => slots.get(index).copied(),
        None => (index < list.ids().len()).then_some(PinSlot::Kept(index)),
    }
}

impl PinsScreen {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.slots.as_ref().map_or(self.list.ids().len(), Vec::len)
    }

    pub(super) fn slot(&self, index: usize) -> Option<PinSlot> {
        slot(&self.list, self.slots.as_deref(), index)
    }

    /// The pin in a row.
    pub(super) fn line(&self, index: usize) -> Option<PinLine<'_>> {
        let slot = self.slot(index)?;
        Some(PinLine { id: self.list.at(slot)?, struck: slot.kept().is_none() })
    }

    /// The pin that is shown at a position.
    pub(super) fn line_at(&self, position: usize) -> Option<PinLine<'_>> {
        self.line(self.rows.index(position, self.len()))
    }

    /// The pin under the cursor.
    pub(super) fn current(&self) -> Option<PinLine<'_>> {
        self.line_at(self.rows.cursor())
    }

    /// The pins that the next command would act on.
    pub(super) fn selected(&self) -> impl Iterator<Item = PinLine<'_>> {
        self.rows.block(self.len()).filter_map(|index| self.line(index))
    }

    /// Their rows in the list, without those already unpinned.
    pub(super) fn chosen(&self) -> Vec<usize> {
        self.rows.block(self.len()).filter_map(|index| self.slot(index)?.kept()).collect()
    }

    /// The last pin in the rows before this one that stays.
    pub(super) fn last_kept(&self, before: usize) -> Option<Id> {
        (0..before).rev().filter_map(|index| self.line(index)).find(|line| !line.struck).map(|line| line.id.clone())
    }

    /// Where what is carried is shown if so many pins that stay are above it.
    pub(super) fn position_below(&self, pins: usize) -> usize {
        let Some(slots) = &self.slots else { return pins };
        let block = self.rows.block(slots.len());
        let others = slots.iter().take(block.start).chain(slots.iter().skip(block.end));
        let below = others.zip(1..).filter(|(slot, _)| slot.kept().is_some()).map(|(_, position)| position);
        std::iter::once(0).chain(below).nth(pins).unwrap_or(usize::MAX)
    }

    /// Cursor to a pin, if it is on screen.
    pub(super) fn jump_to(&mut self, id: &Id) {
        if let Some(index) = (0..self.len()).find(|index| self.line(*index).is_some_and(|line| line.id == id)) {
            self.rows.jump(index, self.len());
        }
    }

    /// Lets the list be changed, by the user or because it is another one now.
    pub(super) fn change(&mut self, act: impl FnOnce(&mut Reorder, &mut ListOnScreen<'_>) -> bool) -> bool {
        let anchor = self.rows.anchor(self.len(), |index| self.line(index).map(|line| line.id.clone()));
        let pins = self.list.ids().len();
        let changed = act(&mut self.rows, &mut ListOnScreen { list: &mut self.list, slots: self.slots.as_deref() });
        if changed {
            self.revision += 1;
            self.remark();
        }
        if changed || self.slots.is_some() {
            self.show(&anchor, |list, slot, id| list.at(slot) == Some(id));
        }
        // What only moves pins leaves as many there as there were.
        if self.list.ids().len() != pins {
            self.count_dead();
        }
        changed
    }

    /// Puts on screen what the filter shows of the list, which is as it was.
    pub(super) fn refilter(&mut self) {
        let anchor = self.rows.anchor(self.len(), |index| self.slot(index));
        self.show(&anchor, |_, slot, was| slot == *was);
    }

    fn show<K>(&mut self, anchor: &Anchor<K>, is: impl Fn(&PinList, PinSlot, &K) -> bool) {
        let filtered = !self.filter.is_empty();
        self.slots = (filtered || self.list.has_unpinned()).then(|| self.list.slots());
        if let Some(slots) = self.slots.as_mut().filter(|_| filtered) {
            self.names.fold(self.list.ever());
            slots.retain(|slot| self.list.at(*slot).is_some_and(|id| self.filter.matches(id, &self.names)));
        }
        // Pinned again, every one of them: the rows are those of the list.
        self.slots.take_if(|slots| !filtered && slots.iter().all(|slot| slot.kept().is_some()));
        let (list, slots) = (&self.list, self.slots.as_deref());
        let len = slots.map_or(list.ids().len(), <[PinSlot]>::len);
        self.rows.restore(anchor, len, |index, key| slot(list, slots, index).is_some_and(|slot| is(list, slot, key)));
    }

    pub(super) fn count_dead(&mut self) {
        self.dead = self.list.ids().iter().filter(|id| self.names.is_dead(id)).cloned().collect();
    }
}
