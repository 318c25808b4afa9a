//! Drawing with few bytes.
//!
//! Over SSH the bytes of a frame are the product's speed. This backend remembers what the terminal looks like (pen, cursor,
//! where each row's content ends) and sends only differences: nothing for an unchanged frame, one byte for a typed letter, and
//! always one write a frame. It never asks the terminal anything, and never fails: a broken connection is remembered in
//! [`DeltaBackend::fault`] and later frames go nowhere. It must not touch modes or the screen outside a frame.

use std::convert::Infallible;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::Color;

use super::pen::{Pen, VISIBLE_ON_BLANK};

/// Brackets around a frame that a terminal should show at once (mode 2026); those that do not know it ignore it.
const SYNC_BEGIN: &[u8] = b"\x1b[?2026h";
const SYNC_END: &[u8] = b"\x1b[?2026l";
/// Frames up to this many bytes go out without the brackets, which would cost more than they mend.
const SYNC_ABOVE: usize = 200;
/// Fewer blanks than this are cheaper as spaces than as an erase sequence.
const ERASE_FROM: usize = 4;

/// What a cell of the terminal holds, as far as erasing and overwriting must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ink {
    /// Surely a blank of default background.
    Blank,
    /// Something, or unknown.
    Some,
    /// The first half of a wide character.
    Wide,
}

/// A ratatui backend that writes the shortest difference to `W`, one write a frame.
#[derive(Debug)]
pub struct DeltaBackend<W> {
    writer: W,
    size: Size,
    /// The frame being put together; begins with [`SYNC_BEGIN`], so that one write can go out with or without it.
    out: Vec<u8>,
    /// What the terminal draws with now; unknown at first and after foreign sequences.
    pen: Option<Pen>,
    /// Where the terminal's cursor is; unknown where terminals differ: after the last column and after wide characters.
    at: Option<Position>,
    /// Whether the terminal shows its cursor.
    visible: bool,
    /// Where the frame wants the cursor, and whether it wants one.
    cursor: Position,
    shown: bool,
    /// Row by row, what the cells hold.
    ink: Vec<Ink>,
    fault: Option<io::Error>,
}

impl<W: Write> DeltaBackend<W> {
    /// A backend for a terminal of `size` cells, about which nothing is known but that its cursor is hidden.
    pub fn new(writer: W, size: Size) -> Self {
        Self {
            writer,
            size,
            out: SYNC_BEGIN.to_vec(),
            pen: None,
            at: None,
            visible: false,
            cursor: Position::ORIGIN,
            shown: false,
            ink: vec![Ink::Some; usize::from(size.width) * usize::from(size.height)],
            fault: None,
        }
    }

    /// Tells the size, which is never asked for; the caller has the next frame painted whole.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
        self.forget();
    }

    /// Forgets what the terminal looks like, except that its cursor is hidden: it was used by someone else meanwhile.
    pub fn reset(&mut self) {
        self.visible = false;
        self.forget();
    }

    /// Writes a sequence of the caller's between two frames; it must not move the cursor or change the pen.
    pub fn send(&mut self, sequence: &[u8]) {
        if self.fault.is_none()
            && let Err(error) = self.writer.write_all(sequence).and_then(|()| self.writer.flush())
        {
            self.fault = Some(error);
        }
    }

    /// The first error of writing: from then on the terminal is taken as gone and nothing is written any more.
    pub fn fault(&self) -> Option<&io::Error> {
        self.fault.as_ref()
    }

    /// Where the bytes go.
    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    fn forget(&mut self) {
        self.pen = None;
        self.at = None;
        self.ink.clear();
        self.ink.resize(usize::from(self.size.width) * usize::from(self.size.height), Ink::Some);
    }

    fn csi(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing into a vector cannot fail.
        let _ = write!(self.out, "\x1b[{arguments}");
    }

    fn move_to(&mut self, to: Position) {
        let Position { x, y } = to;
        match self.at {
            Some(at) if at == to => {}
            Some(at) if x == 0 && y == at.y => self.out.push(b'\r'),
            Some(at) if y == at.y && x < at.x && at.x - x <= 3 => {
                self.out.extend(std::iter::repeat_n(b'\x08', usize::from(at.x - x)));
            }
            Some(at) if y == at.y && x < at.x => self.steps(at.x - x, 'D'),
            Some(at) if y == at.y => self.steps(x - at.x, 'C'),
            Some(at) if x == at.x && x > 0 && y < at.y => self.steps(at.y - y, 'A'),
            Some(at) if x == at.x && x > 0 => self.steps(y - at.y, 'B'),
            _ if to == Position::ORIGIN => self.csi(format_args!("H")),
            _ if x == 0 => self.csi(format_args!("{}H", y + 1)),
            _ => self.csi(format_args!("{};{}H", y + 1, x + 1)),
        }
        self.at = Some(to);
    }

    fn steps(&mut self, count: u16, direction: char) {
        if count == 1 {
            self.csi(format_args!("{direction}"));
        } else {
            self.csi(format_args!("{count}{direction}"));
        }
    }

    fn use_pen(&mut self, pen: Pen) {
        pen.write(self.pen, &mut self.out);
        self.pen = Some(pen);
    }

    /// Draws the changed cells of one row. What is blank from the last ink on is erased, not overwritten.
    fn row(&mut self, y: u16, changed: &[(u16, &Cell)]) {
        let width = usize::from(self.size.width);
        let Some(ink) = self.ink.get_mut(usize::from(y) * width..).and_then(|rows| rows.get_mut(..width)) else { return };
        let orphan = Cell::EMPTY;
        let mut cells = Vec::with_capacity(changed.len());
        let mut rest = changed.iter().peekable();
        while let Some(&(x, cell)) = rest.next() {
            cells.push((x, cell));
            let after = x.saturating_add(columns(cell)).min(self.size.width);
            let Some(covered) = ink.get_mut(usize::from(x)..usize::from(after)) else { continue };
            let cuts_wide = covered.last() == Some(&Ink::Wide);
            covered.fill(if is_blank(cell) { Ink::Blank } else { Ink::Some });
            if let [first, _, ..] = covered {
                *first = Ink::Wide;
            }
            // The diff leaves the other half of an overwritten wide character to the terminal, and those differ in its colours.
            if cuts_wide
                && rest.peek().is_none_or(|(next, _)| *next != after)
                && let Some(half) = ink.get_mut(usize::from(after))
            {
                *half = Ink::Blank;
                cells.push((after, &orphan));
            }
        }
        let end = ink.iter().rposition(|ink| *ink != Ink::Blank).map_or(0, |last| last + 1);
        let (text, tail) = cells.split_at(cells.partition_point(|(x, _)| usize::from(*x) < end));
        for (x, cell) in text {
            self.print(*x, y, cell);
        }
        match tail {
            [(x, _), ..] if tail.len() >= ERASE_FROM => {
                self.move_to(Position { x: *x, y });
                self.use_pen(blank_pen(self.pen, Color::Reset));
                self.csi(format_args!("K"));
            }
            few => few.iter().for_each(|(x, cell)| self.print(*x, y, cell)),
        }
    }

    fn print(&mut self, x: u16, y: u16, cell: &Cell) {
        self.move_to(Position { x, y });
        let symbol = printable(cell);
        let pen = if symbol == " " && !cell.modifier.intersects(VISIBLE_ON_BLANK) {
            blank_pen(self.pen, cell.bg)
        } else {
            Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
        };
        self.use_pen(pen);
        let width = columns(cell);
        let end = x.saturating_add(width);
        if end > self.size.width {
            // Half a character would wrap into the next row.
            self.out.push(b' ');
        } else {
            self.out.extend_from_slice(symbol.as_bytes());
        }
        if symbol.contains('\x1b') {
            // A picture or link: it may have painted anywhere and left any pen.
            self.forget();
        } else if width == 1 && symbol.chars().nth(1).is_none() {
            self.at = (end < self.size.width).then_some(Position { x: end, y });
        } else {
            self.at = None;
        }
    }

    fn place_cursor(&mut self) {
        if self.shown {
            self.move_to(self.cursor);
        }
        if self.shown != self.visible {
            self.csi(format_args!("?25{}", if self.shown { 'h' } else { 'l' }));
            self.visible = self.shown;
        }
    }
}

/// What a cell may send: control characters only where a widget states the width of what it draws, as pictures and links do.
fn printable(cell: &Cell) -> &str {
    let symbol = cell.symbol();
    let deliberate = matches!(cell.diff_option, CellDiffOption::ForcedWidth(_));
    if symbol.is_empty() || (!deliberate && (symbol.chars().any(char::is_control) || cell.cell_width() == 0)) { " " } else { symbol }
}

/// How many columns a cell covers.
fn columns(cell: &Cell) -> u16 {
    if printable(cell) == " " { 1 } else { cell.cell_width().max(1) }
}

fn is_blank(cell: &Cell) -> bool {
    printable(cell) == " " && cell.bg == Color::Reset && !cell.modifier.intersects(VISIBLE_ON_BLANK)
}

/// The pen nearest to `now` that a space can be drawn with.
fn blank_pen(now: Option<Pen>, bg: Color) -> Pen {
    let now = now.unwrap_or_default();
    Pen { fg: now.fg, bg, modifier: now.modifier.difference(VISIBLE_ON_BLANK) }
}

impl<W: Write> Backend for DeltaBackend<W> {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let Size { width, height } = self.size;
        let mut cells = content.filter(|(x, y, _)| *x < width && *y < height).peekable();
        let mut row = Vec::new();
        while let Some((x, y, cell)) = cells.next() {
            row.push((x, cell));
            if cells.peek().is_none_or(|(_, next, _)| *next != y) {
                self.row(y, &row);
                row.clear();
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.shown = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.shown = true;
        Ok(())
    }

    /// Where the last frame put the cursor; the terminal is not asked.
    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        let Position { x, y } = position.into();
        self.cursor = Position { x: x.min(self.size.width.saturating_sub(1)), y: y.min(self.size.height.saturating_sub(1)) };
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Infallible> {
        self.use_pen(blank_pen(self.pen, Color::Reset));
        let code = match clear_type {
            ClearType::All => {
                self.ink.fill(Ink::Blank);
                "2J"
            }
            ClearType::AfterCursor => "J",
            ClearType::BeforeCursor => "1J",
            ClearType::CurrentLine => "2K",
            ClearType::UntilNewLine => "K",
        };
        if clear_type != ClearType::All {
            self.move_to(self.cursor);
        }
        self.csi(format_args!("{code}"));
        Ok(())
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    /// Ends the frame: places the cursor and sends everything with one write.
    fn flush(&mut self) -> Result<(), Infallible> {
        self.place_cursor();
        let mut out = std::mem::take(&mut self.out);
        let frame = out.get(SYNC_BEGIN.len()..).unwrap_or_default();
        if frame.len() > SYNC_ABOVE {
            out.extend_from_slice(SYNC_END);
            self.send(&out);
        } else if !frame.is_empty() {
            self.send(frame);
        }
        out.truncate(SYNC_BEGIN.len());
        self.out = out;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
