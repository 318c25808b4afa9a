//! Asks for something on the terminal that nobody may read there.
//!
//! Whatever happens meanwhile (Ctrl-C, Ctrl-Z, a signal, the end of the connection) the terminal is given back as it was. What is typed
//! goes through the same decoder as in the editor, so that an answer of the terminal is no part of a token.

use std::io::{self, Write};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use secrecy::zeroize::Zeroizing;

use super::events::Events;
use super::signals::Signals;
use crate::base::{Input, Signal, key};

/// The longest answer, in bytes; more is an accident.
const LONGEST: usize = 4096;
/// The numbers of signals, which are the same everywhere.
const HANGUP: u8 = 1;
const INTERRUPT: u8 = 2;
const QUIT: u8 = 3;

/// How a question ended.
#[derive(Debug, PartialEq)]
pub enum PromptAnswer {
    /// With a line.
    Line(Zeroizing<String>),
    /// Without: Ctrl-D, or the terminal is gone.
    None,
    /// With a signal of this number, or the key that stands for it.
    Signal(u8),
}

/// Asks, and waits for the answer. An Esc waits for `escape` for what would make it another key.
///
/// # Errors
/// When there is no terminal to ask on.
pub async fn hidden(label: &str, escape: Duration) -> io::Result<PromptAnswer> {
    let mut signals = Signals::listen()?;
    let answer = ask(label, escape, &mut signals).await;
    // Whatever comes next can be interrupted as ever.
    signals.give_back();
    answer
}

async fn ask(label: &str, escape: Duration, signals: &mut Signals) -> io::Result<PromptAnswer> {
    let _raw = RawMode::enter(label)?;
    let mut events = Events::open(escape)?;
    let mut line = InputLine::default();
    loop {
        tokio::select! {
            biased;
            signal = signals.next() => match signal {
                Signal::Hangup => return Ok(PromptAnswer::Signal(HANGUP)),
                Signal::End(number) => return Ok(PromptAnswer::Signal(number)),
                Signal::Stop => suspend(label, signals)?,
                Signal::Continue => take(label)?,
            },
            inputs = events.next() => {
                let Ok(inputs) = inputs else { return Ok(PromptAnswer::None) };
                for input in inputs {
                    match line.take(&input) {
                        InputStep::On => {}
                        InputStep::Stop => suspend(label, signals)?,
                        InputStep::End(answer) => return Ok(answer),
                    }
                }
            }
        }
    }
}

/// Raw mode, until dropped.
struct RawMode;

impl RawMode {
    fn enter(label: &str) -> io::Result<Self> {
        take(label).map(|()| Self)
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        give_back();
    }
}

fn suspend(label: &str, signals: &mut Signals) -> io::Result<()> {
    give_back();
    signals.stop();
    take(label)
}

fn take(label: &str) -> io::Result<()> {
    // It may count as on although a shell has changed it meanwhile.
    let _ = disable_raw_mode();
    enable_raw_mode()?;
    let mut err = io::stderr().lock();
    let _ = write!(err, "{label}").and_then(|()| err.flush());
    Ok(())
}

fn give_back() {
    let _ = disable_raw_mode();
    let _ = writeln!(io::stderr());
}

/// What is being typed.
struct InputLine(Zeroizing<String>);

impl Default for InputLine {
    fn default() -> Self {
        // At once as long as can be: growing would leave copies behind.
        Self(Zeroizing::new(String::with_capacity(LONGEST)))
    }
}

/// What comes of an input.
#[derive(Debug, PartialEq)]
enum InputStep {
    On,
    Stop,
    End(PromptAnswer),
}

impl InputLine {
    fn take(&mut self, input: &Input) -> InputStep {
        match input {
            Input::Paste(text) => text.chars().filter(|c| !c.is_control()).for_each(|c| self.push(c)),
            Input::Key(key) => match key::written(*key).as_str() {
                "enter" | "ctrl-j" => return InputStep::End(PromptAnswer::Line(std::mem::take(&mut self.0))),
                "ctrl-c" => return InputStep::End(PromptAnswer::Signal(INTERRUPT)),
                // Ctrl-\, which has no letter.
                "ctrl-4" | "ctrl-\\" => return InputStep::End(PromptAnswer::Signal(QUIT)),
                "ctrl-z" => return InputStep::Stop,
                "ctrl-d" if self.0.is_empty() => return InputStep::End(PromptAnswer::None),
                "backspace" | "ctrl-h" => drop(self.0.pop()),
                "ctrl-u" | "ctrl-w" => self.0.clear(),
                _ => key::typed(*key).into_iter().for_each(|c| self.push(c)),
            },
            Input::LeftOut(_) | Input::Mouse(_) | Input::Resize(..) | Input::Attributes { .. } => {}
        }
        InputStep::On
    }

    fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() <= LONGEST {
            self.0.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::key::parse;

    fn typed(keys: &str) -> InputStep {
        let mut line = InputLine::default();
        let steps = keys.split(' ').map(|name| line.take(&Input::Key(parse(name).unwrap())));
        steps.last().unwrap()
    }

    fn line(text: &str) -> InputStep {
        InputStep::End(PromptAnswer::Line(Zeroizing::new(text.to_owned())))
    }

    #[test]
    fn a_line_is_typed_and_mended() {
        assert_eq!(typed("a b backspace C enter"), line("aC"));
        assert_eq!(typed("a b ctrl-u c ctrl-j"), line("c"));
        assert_eq!(typed("backspace enter"), line(""));
    }

    #[test]
    fn keys_that_end_or_stop_do() {
        assert_eq!(typed("a ctrl-c"), InputStep::End(PromptAnswer::Signal(2)));
        assert_eq!(typed("a ctrl-z"), InputStep::Stop);
        assert_eq!(typed("ctrl-d"), InputStep::End(PromptAnswer::None));
        assert_eq!(typed("a ctrl-d"), InputStep::On);
        assert_eq!(typed("esc"), InputStep::On);
    }

    #[test]
    fn a_paste_is_taken_without_its_line_end_and_never_too_long() {
        let mut line = InputLine::default();
        line.take(&Input::Paste("abc\n".to_owned()));
        assert_eq!(*line.0, "abc");
        line.take(&Input::Paste("x".repeat(2 * LONGEST)));
        assert_eq!(line.0.len(), LONGEST);
    }
}
