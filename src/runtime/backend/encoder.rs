//! The shortest bytes from what a terminal shows to what it is to show.
//!
//! Of every way to a place, and of moving over a gap or writing it again, the shorter is taken. Only sequences that every terminal
//! in use knows: cursor moves, SGR, EL, ECH, and margins for scrolling. Nothing here writes to anything but a vector.

use std::io::Write;

use ratatui::layout::{Position, Size};
use ratatui::style::Color;

use super::slot::{ScreenCell, blank_pen};
use crate::runtime::cell_style::CellStyle;
use crate::widgets::link::CLOSE;

/// Longer gaps between changes are never written again.
const LONGEST_GAP: u16 = 16;
/// Fewer blanks than this at the end of a row are cheaper as spaces than as an erase sequence.
const ERASE_FROM: usize = 4;
/// Fewer blanks than this before more text are cheaper as spaces than erased and stepped over.
const ERASE_INNER_FROM: u16 = 10;

/// Bytes for a terminal, and what is known of it after them.
#[derive(Clone, Debug)]
pub(super) struct Encoder {
    pub(super) size: Size,
    pub(super) out: Vec<u8>,
    /// What the terminal draws with; unknown at first and after foreign sequences.
    pub(super) pen: Option<CellStyle>,
    /// Where the terminal's cursor is; unknown where terminals differ: after the last column and after wide characters.
    pub(super) at: Option<Position>,
    /// What began the link that is open. None is open beyond the text of a row: not where the cursor moves, nor where rows are
    /// erased or scrolled, and so never at the end of a frame.
    link: Option<String>,
}

impl Encoder {
    pub(super) fn new(size: Size) -> Self {
        Self { size, out: Vec::new(), pen: None, at: None, link: None }
    }

    /// The same terminal with nothing written yet, to try something.
    fn trial(&self) -> Self {
        Self { out: Vec::new(), link: self.link.clone(), ..*self }
    }

    pub(super) fn csi(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing into a vector cannot fail.
        let _ = write!(self.out, "\x1b[{arguments}");
    }

    pub(super) fn use_pen(&mut self, pen: CellStyle) {
        pen.write(self.pen, &mut self.out);
        self.pen = Some(pen);
    }

    /// Makes what is written from here on part of a link, or of none.
    pub(super) fn use_link(&mut self, link: Option<&str>) {
        if self.link.as_deref() != link {
            // Opening one closes the one before.
            self.out.extend_from_slice(link.unwrap_or(CLOSE).as_bytes());
            self.link = link.map(str::to_owned);
        }
    }

    /// Moves the cursor the shortest way.
    pub(super) fn move_to(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        self.use_link(None);
        let start = self.out.len();
        match (to.x, to.y) {
            (0, 0) => self.csi(format_args!("H")),
            (0, y) => self.csi(format_args!("{}H", y + 1)),
            (x, y) => self.csi(format_args!("{};{}H", y + 1, x + 1)),
        }
        if let Some(at) = self.at {
            let middle = self.out.len();
            self.move_from(at, to);
            let (absolute, relative) = (middle - start, self.out.len() - middle);
            if relative > 0 && relative <= absolute {
                self.out.drain(start..middle);
            } else {
                self.out.truncate(middle);
            }
        }
        self.at = Some(to);
    }

    /// Moves relative to where the cursor is; writes nothing if that is never the shorter way.
    fn move_from(&mut self, at: Position, to: Position) {
        let Position { x, y } = to;
        if y == at.y {
            self.move_along(at.x, x);
        } else if x == at.x && x > 0 {
            let (rows, direction) = if y < at.y { (at.y - y, 'A') } else { (y - at.y, 'B') };
            self.steps(rows, direction);
        } else if y > at.y && y - at.y <= 4 && at.x < self.size.width {
            self.out.push(b'\r');
            self.out.extend(std::iter::repeat_n(b'\n', usize::from(y - at.y)));
            self.move_along(0, x);
        }
    }

    fn move_along(&mut self, from: u16, to: u16) {
        match to {
            to if to == from => {}
            0 => self.out.push(b'\r'),
            to if to < from && from - to <= 3 => self.out.extend(std::iter::repeat_n(b'\x08', usize::from(from - to))),
            to if to < from => self.steps(from - to, 'D'),
            to => self.steps(to - from, 'C'),
        }
    }

    fn steps(&mut self, count: u16, direction: char) {
        if count == 1 {
            self.csi(format_args!("{direction}"));
        } else {
            self.csi(format_args!("{count}{direction}"));
        }
    }

    /// Makes the rows that changed, which show `old`, show `new`.
    pub(super) fn rows(&mut self, old: &[ScreenCell], new: &[ScreenCell], changed: &[bool]) {
        let width = usize::from(self.size.width).max(1);
        for ((y, (old, new)), _) in (0..).zip(old.chunks(width).zip(new.chunks(width))).zip(changed).filter(|(_, changed)| **changed) {
            self.row(y, old, new);
        }
        self.use_link(None);
    }

    /// Makes row `y`, which shows `old`, show `new`.
    fn row(&mut self, y: u16, old: &[ScreenCell], new: &[ScreenCell]) {
        if old == new {
            return;
        }
        let dirty = changed(old, new);
        let end = new.iter().rposition(|slot| !slot.is_blank()).map_or(0, |last| last + 1);
        let erased = dirty.iter().skip(end).filter(|dirty| **dirty).count() >= ERASE_FROM;
        let stop = if erased { end } else { new.len() };
        let mut x = 0;
        while let Some(next) = (x..stop).find(|x| dirty.get(*x) == Some(&true)) {
            x = self.change(y, next, new, dirty.get(..stop).unwrap_or(&dirty));
        }
        if let Some(first) = dirty.iter().skip(end).position(|dirty| *dirty).filter(|_| erased) {
            self.move_to(Position { x: column(end + first), y });
            self.erase(format_args!("K"));
        }
    }

    /// Erases, which leaves blanks in the pen's colours, and with some terminals in its link.
    fn erase(&mut self, what: std::fmt::Arguments<'_>) {
        self.use_link(None);
        self.use_pen(blank_pen(self.pen, Color::Reset));
        self.csi(what);
    }

    /// Draws what begins at `x`, after the gap before it, and says where to go on.
    fn change(&mut self, y: u16, x: usize, new: &[ScreenCell], dirty: &[bool]) -> usize {
        self.go(Position { x: column(x), y }, new);
        let blanks = dirty.iter().zip(new).skip(x).take_while(|(dirty, slot)| **dirty && slot.is_blank()).count();
        let more_text = x + blanks < dirty.len();
        if blanks >= usize::from(ERASE_INNER_FROM) && more_text {
            self.erase(format_args!("{blanks}X"));
            return x + blanks;
        }
        match new.get(x) {
            Some(slot) => {
                self.print(Position { x: column(x), y }, slot);
                x + usize::from(slot.columns())
            }
            None => x + 1,
        }
    }

    /// Goes to a place in `row`; over a short gap by writing it again if that takes no more bytes.
    fn go(&mut self, to: Position, row: &[ScreenCell]) {
        let gap = self.at.filter(|at| at.y == to.y && at.x < to.x && to.x - at.x <= LONGEST_GAP);
        let gap = gap.and_then(|at| row.get(usize::from(at.x)..usize::from(to.x)));
        let Some(gap) = gap.filter(|gap| gap.iter().all(|slot| slot.is_narrow() && !slot.has_sequence())) else { return self.move_to(to) };
        let next = row.get(usize::from(to.x));
        let (mut moved, mut written) = (self.trial(), self.trial());
        moved.move_to(to);
        let mut at = self.at.unwrap_or(to);
        for slot in gap {
            written.print(at, slot);
            at.x += 1;
        }
        // What each leaves the pen and the link as counts too.
        let then = |mut encoder: Self| {
            if let Some((_, pen)) = next.and_then(|next| next.drawn(encoder.pen)) {
                encoder.use_link(next.and_then(ScreenCell::link));
                encoder.use_pen(pen);
            }
            encoder.out.len()
        };
        let shorter = if then(written.clone()) <= then(moved.clone()) { written } else { moved };
        self.out.extend_from_slice(&shorter.out);
        (self.pen, self.at, self.link) = (shorter.pen, shorter.at, shorter.link);
    }

    fn print(&mut self, to: Position, slot: &ScreenCell) {
        self.move_to(to);
        let Some((symbol, pen)) = slot.drawn(self.pen) else { return };
        self.use_link(slot.link());
        self.use_pen(pen);
        let end = to.x.saturating_add(slot.columns());
        if end > self.size.width {
            // Half a character would wrap into the next row.
            self.out.push(b' ');
        } else {
            self.out.extend_from_slice(symbol.as_bytes());
        }
        if slot.has_sequence() {
            // It may have left any pen, and the cursor anywhere.
            (self.pen, self.at) = (None, None);
        } else if slot.is_narrow() {
            self.at = (end < self.size.width).then_some(Position { x: end, y: to.y });
        } else {
            self.at = None;
        }
    }
}

/// Which columns have to be drawn: what differs, and all of a wide character of which a part does, before or after.
fn changed(old: &[ScreenCell], new: &[ScreenCell]) -> Vec<bool> {
    let mut dirty: Vec<bool> = old.iter().zip(new).map(|(old, new)| old != new).collect();
    // What spreads from a new character may reach an old one, and the other way round.
    for slots in [old, new, old, new] {
        let mut x = 0;
        while let Some(slot) = slots.get(x) {
            let next = (x + usize::from(slot.columns())).min(slots.len());
            if let Some(whole) = dirty.get_mut(x..next).filter(|whole| whole.contains(&true)) {
                whole.fill(true);
            }
            x = next;
        }
    }
    // What draws nothing is never gone to.
    for (dirty, new) in dirty.iter_mut().zip(new) {
        *dirty &= !matches!(new, ScreenCell::Part(_));
    }
    dirty
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}
