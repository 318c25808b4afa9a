//! The state machine: where in a sequence the stream is, what a silence there means, and what each piece becomes.
//!
//! `vte` reads what has an inner form: characters in UTF-8, and control sequences with their parameters. What is around them differs
//! from what a screen's parser does, and is here: an Esc may be a key, or Alt; answers are swallowed; pastes end by silence.

use std::fmt;
use std::mem::take;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyModifiers};

use super::keys::{self, pressed};
use super::paste::Paste;
use super::sequence::{self, SequenceMeaning};
use crate::base::Input;

/// How long an Esc waits for what would make it more than the key Esc.
pub const ESCAPE: Duration = Duration::from_millis(50);
/// The same where the terminal is on another computer.
pub const ESCAPE_FAR: Duration = Duration::from_millis(100);
/// How long a sequence that has surely begun may rest before it is given up.
const UNFINISHED: Duration = Duration::from_secs(1);

/// Without room for the strings, which never reach it.
type Parser = vte::Parser<0>;

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
const BELL: u8 = 0x07;
/// Both end any sequence on a terminal, without effect.
const CANCEL: [u8; 2] = [0x18, 0x1a];

/// Takes a terminal's bytes apart, however they are cut.
pub struct Decoder {
    place: DecoderState,
    parser: Parser,
    /// What began a sequence, as long as nothing followed it: then it was a key with Alt.
    introducer: Option<u8>,
    /// An Esc went before this one, or before the character to come: Alt.
    alt: bool,
    escape: Duration,
    out: Vec<Input>,
}

/// Where in a sequence the stream is.
#[derive(Debug)]
enum DecoderState {
    /// Between keys, or within a character.
    Ground,
    /// After an Esc.
    Escape,
    /// After `ESC O`: a letter is a key; old terminals put the number of the modifiers before it.
    Single(u16),
    /// After `ESC [`: parameters, up to a final byte.
    Control,
    /// After `ESC [ [`: one more byte is a function key of the Linux console.
    Console,
    /// After `ESC [ M`: so many bytes of a mouse report in the old form, which nobody asked for.
    OldMouse(u8),
    /// In a string for programs (OSC, DCS, APC, PM, SOS): an answer, never a key.
    Text,
    /// In such a string after an Esc, which may begin its end.
    TextEscape,
    /// In a paste.
    Paste(Paste),
}

impl Decoder {
    /// For a terminal whose bytes are at most `escape` apart within a sequence that begins with an Esc.
    pub fn new(escape: Duration) -> Self {
        let parser = Parser::default();
        Self { place: DecoderState::Ground, parser, introducer: None, alt: false, escape, out: Vec::new() }
    }

    /// Takes bytes; those that are not whole yet wait for the next.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        for byte in bytes {
            self.byte(*byte);
        }
        take(&mut self.out)
    }

    /// How long a silence must last to mean something; without end where it never does.
    pub fn patience(&self) -> Option<Duration> {
        match &self.place {
            DecoderState::Ground => None,
            DecoderState::Escape => Some(self.escape),
            DecoderState::Paste(paste) => Some(paste.patience(self.escape)),
            _ => Some(UNFINISHED),
        }
    }

    /// Nothing came for as long as [`Decoder::patience`] said.
    pub fn silence(&mut self) -> Vec<Input> {
        match std::mem::replace(&mut self.place, DecoderState::Ground) {
            DecoderState::Escape => {
                for _ in 0..=u8::from(self.alt) {
                    self.escape_key();
                }
            }
            DecoderState::Paste(paste) => paste.finish(&mut self.out),
            DecoderState::Ground => {}
            _ => {
                if let Some(introducer) = self.introducer {
                    self.press(KeyCode::Char(introducer.into()), KeyModifiers::ALT);
                }
            }
        }
        self.reset();
        take(&mut self.out)
    }

    fn byte(&mut self, byte: u8) {
        if let DecoderState::Paste(paste) = &mut self.place {
            return paste.push(byte);
        }
        if byte == CTRL_C {
            self.reset();
            return self.press(KeyCode::Char('c'), KeyModifiers::CONTROL);
        }
        let fresh = self.introducer.take().is_some();
        match self.place {
            DecoderState::Ground => self.ground(byte),
            DecoderState::Escape => self.after_escape(byte),
            DecoderState::Text => match byte {
                ESC => self.place = DecoderState::TextEscape,
                BELL => self.reset(),
                _ if CANCEL.contains(&byte) => self.reset(),
                _ => {}
            },
            DecoderState::TextEscape => {
                self.place = DecoderState::Escape;
                if byte == b'\\' { self.reset() } else { self.after_escape(byte) }
            }
            // No sequence has control characters or letters beyond ASCII in it: the person types on.
            DecoderState::Single(_) | DecoderState::Control | DecoderState::Console | DecoderState::OldMouse(_)
                if !(b' '..=b'~').contains(&byte) =>
            {
                self.reset();
                self.ground(byte);
            }
            DecoderState::Single(_) if byte == b';' => self.place = DecoderState::Single(0),
            DecoderState::Single(number) if byte.is_ascii_digit() => {
                self.place = DecoderState::Single(number.saturating_mul(10).saturating_add(u16::from(byte - b'0')));
            }
            DecoderState::Single(number) => self.end(sequence::single(byte, number)),
            DecoderState::Console => self.end(sequence::console(byte)),
            DecoderState::OldMouse(3..) => self.reset(),
            DecoderState::OldMouse(seen) => self.place = DecoderState::OldMouse(seen + 1),
            DecoderState::Control if fresh && byte == b'[' => self.place = DecoderState::Console,
            DecoderState::Control if fresh && byte == b'M' => self.place = DecoderState::OldMouse(1),
            DecoderState::Control => self.control(byte),
            DecoderState::Paste(_) => {}
        }
    }

    fn ground(&mut self, byte: u8) {
        if byte == ESC {
            self.reset();
            self.place = DecoderState::Escape;
            return;
        }
        let mut character = CharacterTaker { alt: &mut self.alt, out: &mut self.out };
        self.parser.advance(&mut character, &[byte]);
    }

    fn after_escape(&mut self, byte: u8) {
        match byte {
            ESC => {
                if self.alt {
                    self.escape_key();
                }
                self.alt = true;
                return;
            }
            b'[' => {
                self.parser = Parser::default();
                self.parser.advance(&mut NothingTaker, b"\x1b[");
                self.place = DecoderState::Control;
            }
            b'O' => self.place = DecoderState::Single(0),
            b']' | b'P' | b'X' | b'^' | b'_' => {
                if take(&mut self.alt) {
                    self.escape_key();
                }
                self.place = DecoderState::Text;
            }
            _ => {
                if self.alt {
                    self.escape_key();
                }
                self.alt = true;
                self.place = DecoderState::Ground;
                return self.ground(byte);
            }
        }
        self.introducer = Some(byte);
    }

    fn control(&mut self, byte: u8) {
        let mut found = SequenceTaker(SequenceMeaning::Nothing);
        self.parser.advance(&mut found, &[byte]);
        // The parser does not tell the end of a sequence that it finds too odd to tell about.
        if (b'@'..=b'~').contains(&byte) {
            self.end(found.0);
        }
    }

    /// A sequence ends, with what it meant.
    fn end(&mut self, meaning: SequenceMeaning) {
        let alt = self.alt;
        self.reset();
        match meaning {
            SequenceMeaning::Key(code, modifiers) => self.press(code, if alt { modifiers | KeyModifiers::ALT } else { modifiers }),
            SequenceMeaning::Input(input) => self.out.push(input),
            SequenceMeaning::Paste => self.place = DecoderState::Paste(Paste::default()),
            SequenceMeaning::Nothing => {}
        }
    }

    fn escape_key(&mut self) {
        self.press(KeyCode::Esc, KeyModifiers::NONE);
    }

    fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        self.out.push(pressed(code, modifiers));
    }

    fn reset(&mut self) {
        self.place = DecoderState::Ground;
        self.parser = Parser::default();
        (self.introducer, self.alt) = (None, false);
    }
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("place", &self.place).finish_non_exhaustive()
    }
}

/// Takes characters.
struct CharacterTaker<'a> {
    alt: &'a mut bool,
    out: &'a mut Vec<Input>,
}

impl vte::Perform for CharacterTaker<'_> {
    fn print(&mut self, c: char) {
        let alt = if take(self.alt) { KeyModifiers::ALT } else { KeyModifiers::NONE };
        match c {
            // Bytes that are no character.
            char::REPLACEMENT_CHARACTER => {}
            '\x7f' => self.out.push(pressed(KeyCode::Backspace, alt)),
            c => self.out.push(pressed(KeyCode::Char(c), alt)),
        }
    }

    fn execute(&mut self, byte: u8) {
        let alt = if take(self.alt) { KeyModifiers::ALT } else { KeyModifiers::NONE };
        if let Some((code, modifiers)) = keys::control(byte) {
            self.out.push(pressed(code, modifiers | alt));
        }
    }
}

/// Takes the one sequence that is read.
struct SequenceTaker(SequenceMeaning);

impl vte::Perform for SequenceTaker {
    fn csi_dispatch(&mut self, params: &vte::Params, intermediates: &[u8], ignore: bool, action: char) {
        if !ignore {
            self.0 = sequence::control(params, intermediates, action);
        }
    }
}

/// Takes nothing.
struct NothingTaker;

impl vte::Perform for NothingTaker {}
