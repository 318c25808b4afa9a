//! Carrying the user's operations over to a list that changed elsewhere.
//!
//! The rules, for a fresh list `remote`, with `unpinned` and `pinned` the difference between the base and the user's list:
//! - An unpinned pin is removed if it is still there.
//! - A moved pin that is no longer there is skipped, said so and asked about ([`Conflict`]).
//! - A block is put below the pin it was put below, else below the nearest pin above it at that moment that survives, else above the
//!   nearest surviving one below it, else at the top. The top is an anchor like any pin: what was put there goes there, also when
//!   another device put something there too.
//! - Pinning a pin that is there already is a move.
//!
//! What follows, and is tested on random cases: without a remote change the user's list comes out; without a local change, the
//! remote one; the set is (remote − unpinned) ∪ pinned; nothing is there twice; pins the user did not touch keep the remote order.

use std::collections::HashSet;

use super::super::Id;
use super::{PinList, PinOp};

/// The user's operations on a fresh list.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// The result: based on the fresh list, with the operations that took effect, so that editing (and undo) can go on from it.
    pub list: PinList,
    /// What could not be done.
    pub skipped: Vec<Skipped>,
    /// What only the user can decide; until then the pin stays unpinned.
    pub conflicts: Vec<Conflict>,
}

/// A part of an operation that found nothing to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The pin.
    pub id: Id,
    /// What happened to it.
    pub why: SkipReason,
}

/// Why a part of an operation was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// Unpinned here and elsewhere: nothing is left to do.
    UnpinnedTwice,
    /// Moved here, unpinned elsewhere.
    MovedButUnpinned,
}

/// A pin the user moved and another device unpinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The pin.
    pub id: Id,
    /// The pin it would stand below if it is kept; none: the top.
    pub after: Option<Id>,
}

impl Replayed {
    /// Answers a conflict with "keep": the pin is pinned again where the user put it. The other answer needs nothing done.
    pub fn keep(&mut self, id: &Id) {
        let (keep, rest) = std::mem::take(&mut self.conflicts).into_iter().partition(|conflict| conflict.id == *id);
        self.conflicts = rest;
        for Conflict { id, after } in keep {
            self.list.pin_after(id, after.as_ref());
        }
    }
}

impl PinList {
    /// Replays the operations on the list the server tells now.
    pub fn replay(&self, remote: &[Id]) -> Replayed {
        let mut replay = Replaying {
            list: PinList::new(remote.iter().cloned()),
            there: remote.iter().collect(),
            base: self.base().iter().collect(),
            kept: self.ids().iter().collect(),
            skipped: Vec::new(),
        };
        if self.changed() {
            let mut mine = self.base().to_vec();
            for step in self.steps() {
                step.forward(&mut mine);
                match step.op() {
                    PinOp::Unpin { ids } => replay.unpin(ids),
                    PinOp::Move { .. } | PinOp::Pin { .. } => replay.place(step.op().ids(), step.at, &mine),
                }
            }
        }
        let lost = replay.skipped.iter().filter(|skipped| skipped.why == SkipReason::MovedButUnpinned);
        let conflicts = lost
            .map(|Skipped { id, .. }| {
                let above = self.ids().iter().take_while(|other| *other != id).filter(|other| replay.there.contains(other));
                Conflict { id: id.clone(), after: above.last().cloned() }
            })
            .collect();
        Replayed { list: replay.list, skipped: replay.skipped, conflicts }
    }
}

/// A replay under way.
struct Replaying<'a> {
    list: PinList,
    /// What `list` holds, for asking quickly.
    there: HashSet<&'a Id>,
    base: HashSet<&'a Id>,
    /// What the user's list holds in the end.
    kept: HashSet<&'a Id>,
    skipped: Vec<Skipped>,
}

impl<'a> Replaying<'a> {
    /// Only what the user really unpinned: a pin that is back in the list was moved, and one the user had only pinned meanwhile must
    /// not take away the same pin made elsewhere.
    fn unpin(&mut self, ids: &'a [Id]) {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            if !self.base.contains(id) || self.kept.contains(id) {
                continue;
            }
            if self.there.remove(id) {
                rows.extend(self.list.row(id));
            } else {
                self.skip(id, SkipReason::UnpinnedTwice);
            }
        }
        self.list.unpin(&rows);
    }

    /// `mine` is the user's list right after the operation, in which the block begins at row `at`.
    fn place(&mut self, ids: &'a [Id], at: usize, mine: &[Id]) {
        let mut rows = Vec::with_capacity(ids.len());
        let mut new = None;
        for id in ids {
            match (self.base.contains(id), self.kept.contains(id)) {
                // Pinned for a while and given up: not the user's.
                (false, false) => {}
                _ if self.there.contains(id) => rows.extend(self.list.row(id)),
                (false, true) => new = Some(id),
                (true, true) => self.skip(id, SkipReason::MovedButUnpinned),
                // Unpinned later on: that operation will say so.
                (true, false) => {}
            }
        }
        let to = self.target(&rows, at, ids.len(), mine);
        self.list.move_rows(&rows, to);
        if let Some(id) = new {
            self.list.pin(id.clone(), to);
            self.there.insert(id);
        }
    }

    /// The row the block goes to, counted without its own rows.
    fn target(&self, rows: &[usize], at: usize, len: usize, mine: &[Id]) -> usize {
        let row = |id: &Id| self.list.row(id).map(|row| row - rows.iter().filter(|other| **other < row).count());
        let (above, below) = mine.split_at(at.min(mine.len()));
        if above.is_empty() {
            return 0;
        }
        if let Some(above) = above.iter().rev().find(|id| self.there.contains(id)).and_then(row) {
            return above + 1;
        }
        below.iter().skip(len).find(|id| self.there.contains(id)).and_then(row).unwrap_or(0)
    }

    fn skip(&mut self, id: &Id, why: SkipReason) {
        if !self.skipped.iter().any(|skipped| skipped.id == *id) {
            self.skipped.push(Skipped { id: id.clone(), why });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<Id> {
        text.split_whitespace().map(Id::from).collect()
    }

    fn list(text: &str) -> PinList {
        PinList::new(ids(text))
    }

    fn text(ids: &[Id]) -> String {
        ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" ")
    }

    fn row(list: &PinList, id: &str) -> usize {
        list.row(&id.into()).unwrap()
    }

    /// Moves `id` right below `after` ("" for the top).
    fn put(list: &mut PinList, id: &str, after: &str) {
        list.pin_after(id.into(), Some(&after.into()));
    }

    #[test]
    fn both_devices_keep_their_changes() {
        let mut mine = list("a b c d");
        put(&mut mine, "d", "a");
        let row_c = row(&mine, "c");
        mine.unpin(&[row_c]);
        let replayed = mine.replay(&ids("new a b c d"));
        assert_eq!(text(replayed.list.ids()), "new a d b");
        assert_eq!((replayed.skipped, replayed.conflicts), (vec![], vec![]));
    }

    #[test]
    fn the_place_is_sought_from_the_anchor_outwards() {
        for (remote, expected) in [
            ("a b c d e x", "a b x c d e"), // below its anchor
            ("a c d e x", "a x c d e"),     // anchor gone: below the nearest one above
            ("d e c x", "d e x c"),         // none above survives: above the nearest one below
            ("x y z", "x y z"),             // no neighbour survives: the top
            ("y z x", "x y z"),
        ] {
            let mut mine = list("a b c d e x");
            put(&mut mine, "x", "b");
            assert_eq!(text(mine.replay(&ids(remote)).list.ids()), expected, "{remote}");
        }
    }

    #[test]
    fn neighbours_are_those_of_that_moment_not_of_the_end() {
        let mut mine = list("a b c d e");
        put(&mut mine, "e", "c");
        put(&mut mine, "c", "");
        // c is gone elsewhere; when e was put below it, b stood above both.
        let replayed = mine.replay(&ids("d a b e"));
        assert_eq!(text(replayed.list.ids()), "d a b e");
        assert_eq!(replayed.conflicts, [Conflict { id: "c".into(), after: None }]);
    }

    #[test]
    fn the_top_stays_the_top_when_others_put_something_there_too() {
        let mut mine = list("a b c");
        put(&mut mine, "c", "");
        assert_eq!(text(mine.replay(&ids("new a b c")).list.ids()), "c new a b");
    }

    #[test]
    fn a_block_stays_together_without_its_lost_members() {
        let mut mine = list("a b c d e");
        mine.move_block(1..4, 2);
        assert_eq!(text(mine.ids()), "a e b c d");
        let replayed = mine.replay(&ids("d a b e"));
        assert_eq!(text(replayed.list.ids()), "a e b d");
        assert_eq!(replayed.skipped, [Skipped { id: "c".into(), why: SkipReason::MovedButUnpinned }]);
    }

    #[test]
    fn a_moved_pin_unpinned_elsewhere_asks_and_can_be_kept_in_its_place() {
        let mut mine = list("a b c d");
        put(&mut mine, "d", "a");
        put(&mut mine, "d", "b");
        let mut replayed = mine.replay(&ids("b a c"));
        assert_eq!(text(replayed.list.ids()), "b a c");
        assert_eq!(replayed.conflicts, [Conflict { id: "d".into(), after: Some("b".into()) }]);
        replayed.keep(&"d".into());
        assert_eq!(text(replayed.list.ids()), "b d a c");
        assert!(replayed.conflicts.is_empty());
        // It is a new pin now: saving it again asks nothing.
        assert!(replayed.list.replay(&ids("b a c")).conflicts.is_empty());
    }

    #[test]
    fn unpinned_here_and_there_is_said_and_not_asked() {
        let mut mine = list("a b");
        put(&mut mine, "b", "");
        mine.unpin(&[0]);
        let replayed = mine.replay(&ids("a"));
        assert_eq!(text(replayed.list.ids()), "a");
        assert_eq!(replayed.skipped.last(), Some(&Skipped { id: "b".into(), why: SkipReason::UnpinnedTwice }));
        assert!(replayed.conflicts.is_empty());
    }

    #[test]
    fn pinned_on_both_devices_is_a_move() {
        let mut mine = list("a b");
        mine.pin("x".into(), 1);
        assert_eq!(text(mine.replay(&ids("a b x")).list.ids()), "a x b");
        // Pinned and unpinned again here is no wish to undo what another device did.
        mine.unpin(&[1]);
        put(&mut mine, "b", "");
        assert_eq!(text(mine.replay(&ids("a b x")).list.ids()), "b a x");
    }

    #[test]
    fn a_move_there_and_back_does_not_undo_another_devices_order() {
        let mut mine = list("a b c");
        put(&mut mine, "a", "c");
        put(&mut mine, "a", "");
        assert_eq!(text(mine.replay(&ids("b c a")).list.ids()), "b c a");
        assert!(mine.replay(&ids("b c")).conflicts.is_empty());
    }

    #[test]
    fn the_result_can_be_edited_further_and_replays_onto_its_own_base() {
        let mut mine = list("a b c");
        put(&mut mine, "c", "a");
        let mut result = mine.replay(&ids("n b a c")).list;
        assert_eq!(text(result.base()), "n b a c");
        assert_eq!(text(result.ids()), "n b a c", "the other device did the same");
        put(&mut result, "n", "c");
        assert_eq!(result.replay(&ids("n b a c")).list.ids(), result.ids());
    }

    /// Numbers for random cases, the same in every run (xorshift by Marsaglia).
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % sides.max(1) as u64) as usize
        }
    }

    /// Does up to `most` things to the list that a person could do.
    fn play(list: &mut PinList, pool: &[Id], dice: &mut Dice, most: usize) {
        for _ in 0..dice.roll(most + 1) {
            let len = list.ids().len();
            match dice.roll(9) {
                0..=3 => {
                    let start = dice.roll(len);
                    let end = start + 1 + dice.roll((len - start).min(3));
                    list.move_block(start..end.min(len), dice.roll(len));
                }
                4 => drop(list.move_rows(&[dice.roll(len), dice.roll(len)], dice.roll(len))),
                5 => drop(list.unpin(&[dice.roll(len)])),
                6 => drop(list.pin(pool[dice.roll(pool.len())].clone(), dice.roll(len + 1))),
                7 => drop(list.undo()),
                _ => drop(list.redo()),
            }
        }
    }

    /// One random case of two devices, checked against the five properties.
    fn case(pool: &[Id], dice: &mut Dice) {
        let start = dice.roll(4);
        let mut mine = PinList::new(pool[start..start + dice.roll(8)].iter().cloned());
        let mut theirs = mine.clone();
        play(&mut mine, pool, dice, 6);
        play(&mut theirs, pool, dice, 5);
        let mut remote = theirs.ids().to_vec();
        if dice.roll(8) == 0 && !remote.is_empty() {
            remote.push(remote[dice.roll(remote.len())].clone());
        }
        let told = || format!("base {:?}\nops {:?}\nremote {remote:?}", mine.base(), mine.ops().collect::<Vec<_>>());

        assert_eq!(mine.replay(mine.base()).list.ids(), mine.ids(), "no remote change: the user's list\n{}", told());
        let untouched = PinList::new(mine.base().iter().cloned());
        assert_eq!(untouched.replay(&remote).list.ids(), theirs.ids(), "no local change: the remote list\n{}", told());

        let replayed = mine.replay(&remote);
        let result = replayed.list.ids();
        let (base, now) = (mine.base(), mine.ids());
        for id in pool {
            let unpinned = base.contains(id) && !now.contains(id);
            let pinned = now.contains(id) && !base.contains(id);
            let times = result.iter().filter(|other| *other == id).count();
            assert_eq!(times, usize::from(remote.contains(id) && !unpinned || pinned), "{id:?} in {result:?}\n{}", told());
        }
        let touched = |id: &Id| mine.ops().any(|op| op.ids().contains(id));
        assert!(
            theirs.ids().iter().filter(|id| !touched(id)).eq(result.iter().filter(|id| !touched(id))),
            "untouched pins keep the remote order: {result:?}\n{}",
            told()
        );
        for conflict in &replayed.conflicts {
            assert!(mine.ids().contains(&conflict.id) && touched(&conflict.id) && !remote.contains(&conflict.id), "{}", told());
        }
        assert_eq!(replayed.list.replay(&remote).list.ids(), result, "replaying the outcome changes nothing\n{}", told());
    }

    fn cases(count: usize) {
        let pool: Vec<Id> = (0..12u64).map(Id::from).collect();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for _ in 0..count {
            case(&pool, &mut dice);
        }
    }

    #[test]
    fn the_five_properties_hold_on_random_cases() {
        cases(5_000);
    }

    #[test]
    #[ignore = "all of the hundred thousand cases take too long for every run"]
    fn the_five_properties_hold_on_a_hundred_thousand_random_cases() {
        cases(100_000);
    }
}
