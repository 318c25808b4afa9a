//! Pictures that are drawn as a whole by their first cell: drawn again where any part of them has to be.

use super::slot::ScreenCell;

/// Makes the first cell of every picture count as unknown of which a cell shows something else.
pub(super) fn mend(front: &mut [ScreenCell], back: &[ScreenCell], changed: &mut [bool], width: usize) {
    let of_changed = changed.iter().enumerate().filter(|(_, changed)| **changed).flat_map(|(row, _)| row * width..(row + 1) * width);
    let mut broken: Vec<u32> =
        of_changed.filter_map(|at| back.get(at).filter(|new| front.get(at) != Some(*new))).filter_map(ScreenCell::picture).collect();
    broken.sort_unstable();
    broken.dedup();
    if broken.is_empty() {
        return;
    }
    for (at, new) in back.iter().enumerate().filter(|(_, new)| new.has_sequence()) {
        if let (Some(old), Some(row), Some(_)) =
            (front.get_mut(at), changed.get_mut(at / width), new.picture().filter(|id| broken.contains(id)))
        {
            (*old, *row) = (ScreenCell::Unknown, true);
        }
    }
}

/// Whether a terminal that scrolls would move a picture, whose pixels no two terminals move alike.
pub(super) fn any(slots: &[ScreenCell]) -> bool {
    slots.iter().any(|slot| slot.picture().is_some())
}
