//! A paste: one input however large and however it is cut, and nothing in it presses a key.
//!
//! Its end mark is not believed alone, for the text itself may hold one, with keys behind it: a paste ends when nothing follows. So
//! does one whose end mark never comes. A Ctrl-C counts when it is the last thing that comes, which is when a person presses it.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyModifiers};

use super::keys::pressed;
use crate::base::Input;
use crate::widgets::editor::LONGEST_PASTE;

/// How long a paste may rest in the middle: a bad line stalls, and what came after would be keys.
const STALLED: Duration = Duration::from_secs(3);
/// What stands around a paste: `ESC [ 2 0 0 ~` and `ESC [ 2 0 1 ~`.
const MARK: &[u8] = b"\x1b[20";
/// The interrupt as the kitty protocol sends it.
const CODED_INTERRUPT: &[u8; 8] = b"\0\x1b[99;5u";

/// A paste under way.
#[derive(Debug, Default)]
pub(super) struct Paste {
    /// The text, up to the most that is taken.
    text: Vec<u8>,
    /// Characters beyond that.
    left_out: usize,
    /// The part of a mark that was seen.
    mark: Vec<u8>,
    /// The last bytes, the newest lowest.
    last: u64,
    ended: bool,
}

impl Paste {
    pub(super) fn push(&mut self, byte: u8) {
        let before = self.last as u8;
        self.last = self.last << 8 | u64::from(byte);
        let goes_on = match self.mark.len() {
            4 => matches!(byte, b'0' | b'1'),
            5 => byte == b'~',
            seen => MARK.get(seen) == Some(&byte),
        };
        if !goes_on {
            for held in std::mem::take(&mut self.mark) {
                self.keep(held);
            }
        }
        if goes_on || byte == MARK[0] {
            self.mark.push(byte);
            if let [.., which, b'~'] = self.mark[..] {
                self.ended = which == b'1';
                self.mark.clear();
            }
            return;
        }
        match byte {
            // Terminals send the key Enter, a carriage return, for each line end.
            b'\n' if before == b'\r' => {}
            b'\r' => self.keep(b'\n'),
            byte => self.keep(byte),
        }
    }

    fn keep(&mut self, byte: u8) {
        let begins_a_character = byte & 0xc0 != 0x80;
        if self.left_out == 0 && self.text.len() < LONGEST_PASTE {
            self.text.push(byte);
        } else {
            self.left_out += usize::from(begins_a_character);
        }
    }

    /// How long a silence ends it.
    pub(super) fn patience(&self, escape: Duration) -> Duration {
        if self.ended || self.is_interrupted() { escape } else { STALLED }
    }

    fn is_interrupted(&self) -> bool {
        let last = self.last.to_be_bytes();
        last[7] == 0x03 || last[1..] == CODED_INTERRUPT[1..]
    }

    /// Nothing follows.
    pub(super) fn finish(mut self, out: &mut Vec<Input>) {
        let interrupted = self.is_interrupted();
        if let Err(error) = std::str::from_utf8(&self.text)
            && error.error_len().is_none()
        {
            // A character that was cut in two.
            self.text.truncate(error.valid_up_to());
            self.left_out += usize::from(self.left_out > 0);
        }
        if !self.text.is_empty() {
            out.push(Input::Paste(String::from_utf8_lossy(&self.text).into_owned()));
        }
        if self.left_out > 0 {
            out.push(Input::LeftOut(self.left_out));
        }
        if interrupted {
            out.push(pressed(KeyCode::Char('c'), KeyModifiers::CONTROL));
        }
    }
}
