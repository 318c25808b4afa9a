//! The terminal: taken, drawn on, lent out and given back exactly as it was.
//!
//! Only here modes of the terminal are changed, and never with a question to it: an answer could come late, as typed text. A
//! broken connection is not an error of any call; [`TerminalGuard::is_gone`] tells it and the loop ends by it.

use std::io::{self, Write};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode, is_raw_mode_enabled};
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal};

use super::backend::DeltaBackend;
use super::output::{Output, at_once};
use super::writer::TerminalWriter;
use crate::widgets::link::CLOSE;

/// What a program or connection that died may have left on, and what would be in the way here: the mouse in all its forms, reports of
/// focus and of the theme, the keypad's and the cursor keys' other codes, other codes for all keys, margins and where they count from,
/// insertion, and lines that do not wrap.
const RESET: &str = concat!(
    "\x1b[?9l\x1b[?1000l\x1b[?1001l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l",
    "\x1b[?1004l\x1b[?2031l\x1b[?2048l",
    "\x1b>\x1b[?1l\x1b[>4m",
    "\x1b[?69l\x1b[r\x1b[?6l\x1b[4l\x1b[?7h",
);
/// Alternate screen, and there: no leftovers, bracketed paste, no cursor.
const ENTER: &str = "\x1b[?1049h";
const MODES: &str = "\x1b[?2004h\x1b[?25l";
/// Kitty's codes for keys that others confuse, off and on. Each screen has its own.
const KEYS_PLAIN: &str = "\x1b[=0u";
const KEYS_CODED: &str = "\x1b[=1u";
/// The reverse, whatever of it is needed.
const LEAVE: &str = "\x1b[m\x1b[=0u\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Ends what is written into a string for the terminal, as an address of a link.
const STRING_END: &str = "\x1b\\";
/// Buttons, drags, and coordinates without limit; not mode 1003, which reports every movement.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// How long the terminal may take to be given back where somebody waits for that: a signal, a stop, an editor.
const LEAVING: Duration = Duration::from_millis(150);
/// The same where a person quits: over a slow line, or on a busy computer, what is said at the end is worth a wait.
const LEAVING_AT_LEISURE: Duration = Duration::from_secs(2);

/// What is drawn at most. A terminal may claim any size, and the memory for a frame grows with it.
const LARGEST: Size = Size { width: 1000, height: 300 };
/// The largest cell that is believed in, in pixels.
const LARGEST_CELL: Size = Size { width: 60, height: 120 };
/// What is assumed where the terminal does not know its size.
const USUAL: Size = Size { width: 80, height: 24 };

/// The terminal in the program's hands, from [`TerminalGuard::enter`] until it is left or dropped.
#[derive(Debug)]
pub struct TerminalGuard {
    terminal: Terminal<DeltaBackend<TerminalWriter>>,
    writer: TerminalWriter,
    mouse: bool,
    /// What takes the terminal.
    taking: String,
    gone: bool,
}

impl TerminalGuard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, no cursor and no mouse; with `coded_keys` and where the terminal
    /// knows them, keys in kitty's codes; `links` says whether it knows links.
    ///
    /// # Errors
    ///
    /// When there is no terminal to take.
    pub fn enter(coded_keys: bool, links: bool) -> io::Result<Self> {
        let output = Output::open()?;
        enable_raw_mode()?;
        // Windows understands the sequences only after it was asked whether it does.
        #[cfg(windows)]
        crossterm::ansi_support::supports_ansi();
        let writer = TerminalWriter::start(output, at_once())?;
        let Ok(terminal) = Terminal::new(DeltaBackend::new(writer.clone(), size()));
        let mut screen = Self { terminal, writer, mouse: false, taking: taking(coded_keys, links), gone: false };
        screen.take();
        Ok(screen)
    }

    /// Draws one frame and sends what changed with one write; nothing if nothing did.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) {
        let Ok(_) = self.terminal.draw(view);
    }

    /// Takes over a new size; the next frame is painted whole. What the terminal reports may be zero.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.repaint(usable(Size::new(columns, rows)));
    }

    /// Switches the mouse on or off; costs nothing if it is so already.
    pub fn mouse(&mut self, on: bool) {
        if self.mouse != on {
            self.mouse = on;
            self.send(if on { MOUSE_ON } else { MOUSE_OFF });
        }
    }

    /// Gives the terminal back while `stop` stops the program.
    pub fn suspend(&mut self, stop: impl FnOnce()) {
        if self.leave() {
            // The shell says no more than that it is stopped, and not everybody knows what brings it back.
            let _ = writeln!(io::stderr(), "Lapel is paused; type fg to come back.");
        }
        stop();
        self.resume();
    }

    /// After a stop: sets the modes again, reads the size again and paints everything.
    pub fn resume(&mut self) {
        // Raw mode may count as on although the shell has changed it meanwhile.
        let _ = disable_raw_mode();
        self.gone |= enable_raw_mode().is_err();
        self.take();
    }

    /// The size that is drawn.
    pub fn size(&self) -> Size {
        let Ok(size) = self.terminal.size();
        size
    }

    /// Whether writing has failed: the terminal is gone, and the program should save and end.
    pub fn is_gone(&self) -> bool {
        self.gone || self.writer.is_gone()
    }

    /// Whether the terminal has taken the last frame. Until it has, a newer one is not worth making.
    pub fn is_ready(&self) -> bool {
        self.writer.is_idle()
    }

    /// Waits until it has. Dropping the future loses nothing.
    pub async fn ready(&self) {
        self.writer.taken().await;
    }

    /// Gives the terminal back, and says whether it took that: one that takes nothing is not waited for. May be called again, and after
    /// [`restore_now`]; errors do not matter any more.
    pub fn leave(&mut self) -> bool {
        self.leave_within(LEAVING)
    }

    /// As [`TerminalGuard::leave`], with more time.
    pub fn leave_at_leisure(&mut self) -> bool {
        self.leave_within(LEAVING_AT_LEISURE)
    }

    fn leave_within(&mut self, limit: Duration) -> bool {
        if !is_raw_mode_enabled().unwrap_or(false) {
            return self.writer.is_idle();
        }
        self.send(LEAVE);
        let taken = self.writer.wait(limit);
        let _ = disable_raw_mode();
        taken
    }

    fn take(&mut self) {
        self.terminal.backend_mut().send(self.taking.as_bytes());
        if self.mouse {
            self.send(MOUSE_ON);
        }
        self.terminal.backend_mut().reset();
        self.repaint(size());
    }

    /// `Terminal::clear` would do, but asks the terminal for its cursor with other backends.
    fn repaint(&mut self, size: Size) {
        self.terminal.backend_mut().set_size(size);
        let Ok(()) = self.terminal.resize(Rect::from(size));
    }

    /// Sends a sequence that shows nothing.
    pub fn send(&mut self, sequence: &str) {
        self.terminal.backend_mut().send(sequence.as_bytes());
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        self.leave();
        self.writer.end();
    }
}

/// Gives the terminal back if it is taken, from anywhere, as a panic hook must; otherwise writes nothing. What a frame was cut in, as
/// one of `links`, is ended first.
pub fn restore_now(links: bool) {
    // Raw mode is the one mark of a taken terminal that every part of the program can see.
    if is_raw_mode_enabled().unwrap_or(false) {
        let mut out = io::stdout();
        let cut = if links { [STRING_END, CLOSE].concat() } else { String::new() };
        let _ = out.write_all([&cut, LEAVE].concat().as_bytes()).and_then(|()| out.flush());
        let _ = disable_raw_mode();
    }
}

/// What takes a terminal, for keys in kitty's codes or not. Where it knows links, one that a dead program left open is closed.
fn taking(coded_keys: bool, links: bool) -> String {
    let keys = if coded_keys { KEYS_CODED } else { KEYS_PLAIN };
    [ENTER, RESET, if links { CLOSE } else { "" }, MODES, keys].concat()
}

fn size() -> Size {
    usable(Size::from(reported()))
}

/// The columns and rows that the terminal reports; nothing where it does not know.
pub(super) fn reported() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or_default()
}

/// The pixels of a cell; none where the terminal does not say them.
pub fn cell_size() -> Size {
    let told = crossterm::terminal::window_size().ok().filter(|told| told.rows > 0 && told.columns > 0);
    let cell = told.map(|told| Size::new(told.width / told.columns, told.height / told.rows));
    cell.filter(|cell| cell.width <= LARGEST_CELL.width && cell.height <= LARGEST_CELL.height).unwrap_or_default()
}

fn usable(reported: Size) -> Size {
    let side = |reported: u16, usual: u16, largest: u16| if reported == 0 { usual } else { reported.min(largest) };
    Size::new(side(reported.width, USUAL.width, LARGEST.width), side(reported.height, USUAL.height, LARGEST.height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_never_zero_and_never_a_waste_of_memory() {
        assert_eq!(usable(Size::ZERO), USUAL);
        assert_eq!(usable(Size::new(132, 0)), Size::new(132, 24));
        assert_eq!(usable(Size::new(1, 1)), Size::new(1, 1));
        assert_eq!(usable(Size::new(u16::MAX, u16::MAX)), LARGEST);
    }
}
