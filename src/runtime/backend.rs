//! Drawing with few bytes.
//!
//! Over SSH the bytes of a frame are the product's speed. This backend remembers what the terminal shows, its pen and its cursor,
//! and sends the shortest difference: nothing for an unchanged frame, one byte for a typed letter, and always one write a frame.
//! It never asks the terminal anything, and never fails: a broken connection is remembered in [`DeltaBackend::fault`] and later
//! frames go nowhere. It must not touch modes or the screen outside a frame.

mod encoder;
mod pictures;
mod scroll;
mod slot;

use std::convert::Infallible;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;

use self::encoder::Encoder;
use self::scroll::Scroll;
use self::slot::{ScreenCell, blank_pen};

/// Brackets around a frame that a terminal should show at once (mode 2026); those that do not know it ignore it.
const SYNC_BEGIN: &[u8] = b"\x1b[?2026h";
const SYNC_END: &[u8] = b"\x1b[?2026l";
/// Frames up to this many bytes arrive in one packet anyway, and go out without the brackets.
const SYNC_ABOVE: usize = 1200;
/// Frames that change fewer rows than this are not looked at for rows that moved.
const SCROLL_FROM: usize = 4;

/// A ratatui backend that writes the shortest difference to `W`, one write a frame.
#[derive(Debug)]
pub struct DeltaBackend<W> {
    writer: W,
    size: Size,
    encoder: Encoder,
    /// What the terminal shows, row by row.
    front: Vec<ScreenCell>,
    /// What it is to show.
    back: Vec<ScreenCell>,
    /// The rows in which the two may differ.
    changed: Vec<bool>,
    /// Whether the terminal shows its cursor.
    visible: bool,
    /// Where the frame wants the cursor, and whether it wants one.
    cursor: Position,
    shown: bool,
    fault: Option<io::Error>,
}

impl<W: Write> DeltaBackend<W> {
    /// A backend for a terminal of `size` cells, about which nothing is known but that its cursor is hidden.
    pub fn new(writer: W, size: Size) -> Self {
        let mut backend = Self {
            writer,
            size,
            encoder: Encoder::new(size),
            front: Vec::new(),
            back: Vec::new(),
            changed: Vec::new(),
            visible: false,
            cursor: Position::ORIGIN,
            shown: false,
            fault: None,
        };
        backend.forget();
        backend
    }

    /// Tells the size, which is never asked for; the caller has the next frame painted whole.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
        self.encoder.size = size;
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
        (self.encoder.pen, self.encoder.at) = (None, None);
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        for (slots, slot) in [(&mut self.front, ScreenCell::Unknown), (&mut self.back, ScreenCell::BLANK)] {
            slots.clear();
            slots.resize(cells, slot);
        }
        self.changed.clear();
        self.changed.resize(self.size.height.into(), true);
    }

    /// Takes a cell of the new frame.
    fn take(&mut self, x: u16, y: u16, cell: &Cell) {
        let width = usize::from(self.size.width);
        let Some(row) = self.back.get_mut(usize::from(y) * width..).and_then(|rows| rows.get_mut(..width)) else { return };
        if let Some(changed) = self.changed.get_mut(usize::from(y)) {
            *changed = true;
        }
        let slot = ScreenCell::of(cell);
        let (start, end) = (usize::from(x), (usize::from(x) + usize::from(slot.columns())).min(width));
        // What is left of a wide character that was overwritten is blank, unless the frame says otherwise.
        if let Some(rest) = row.get_mut(end).filter(|slot| **slot == ScreenCell::Rest) {
            *rest = ScreenCell::BLANK;
        }
        if let Some(covered) = row.get_mut(start..end) {
            covered.fill(ScreenCell::Rest);
        }
        if let Some(place) = row.get_mut(start) {
            *place = slot;
        }
    }

    /// Writes what differs, with rows moved by the terminal where that is shorter.
    fn encode(&mut self) {
        let width = usize::from(self.size.width).max(1);
        pictures::mend(&mut self.front, &self.back, &mut self.changed, width);
        let start = self.encoder.clone();
        self.encoder.rows(&self.front, &self.back, &self.changed);
        let many = self.changed.iter().filter(|changed| **changed).count() >= SCROLL_FROM
            && !pictures::any(&self.front)
            && !pictures::any(&self.back);
        if let Some(scroll) = many.then(|| Scroll::find(&self.front, &self.back, width)).flatten() {
            let mut scrolled = start;
            scroll.write(&mut scrolled);
            scroll.apply(&mut self.front, width);
            self.changed.fill(true);
            scrolled.rows(&self.front, &self.back, &self.changed);
            if scrolled.out.len() < self.encoder.out.len() {
                self.encoder = scrolled;
            }
        }
        for ((old, new), changed) in self.front.chunks_mut(width).zip(self.back.chunks(width)).zip(&mut self.changed) {
            if std::mem::take(changed) {
                old.clone_from_slice(new);
            }
        }
    }

    fn place_cursor(&mut self) {
        if self.shown {
            self.encoder.move_to(self.cursor);
        }
        if self.shown != self.visible {
            self.encoder.csi(format_args!("?25{}", if self.shown { 'h' } else { 'l' }));
            self.visible = self.shown;
        }
    }
}

impl<W: Write> Backend for DeltaBackend<W> {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let Size { width, height } = self.size;
        for (x, y, cell) in content.filter(|(x, y, _)| *x < width && *y < height) {
            self.take(x, y, cell);
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
        self.encoder.use_pen(blank_pen(self.encoder.pen, Color::Reset));
        let code = match clear_type {
            ClearType::All => "2J",
            ClearType::AfterCursor => "J",
            ClearType::BeforeCursor => "1J",
            ClearType::CurrentLine => "2K",
            ClearType::UntilNewLine => "K",
        };
        if clear_type == ClearType::All {
            self.front.fill(ScreenCell::BLANK);
            self.back.fill(ScreenCell::BLANK);
            self.changed.fill(false);
        } else {
            self.encoder.move_to(self.cursor);
            self.front.fill(ScreenCell::Unknown);
            self.changed.fill(true);
        }
        self.encoder.csi(format_args!("{code}"));
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
        self.encode();
        self.place_cursor();
        let mut frame = std::mem::take(&mut self.encoder.out);
        if frame.len() > SYNC_ABOVE {
            self.send(&[SYNC_BEGIN, &frame, SYNC_END].concat());
        } else if !frame.is_empty() {
            self.send(&frame);
        }
        frame.clear();
        self.encoder.out = frame;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
