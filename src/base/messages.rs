//! What the program said: the newest as a toast, all of it in a log.

use jiff::Timestamp;

use crate::domain::Shown;

/// Older messages are forgotten.
const MOST: usize = 500;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// For information.
    Info,
    /// Something was done.
    Done,
    /// Something needs a look.
    Warning,
    /// Something failed.
    Error,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// When it was said.
    pub at: Timestamp,
    /// How much it matters.
    pub level: Level,
    /// What was said.
    pub text: Shown,
}

/// Every message of this run, and whether the newest is still a toast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages {
    log: Vec<Message>,
    toasts: u64,
    toast: Option<Message>,
}

impl Messages {
    /// Nothing said yet, with toasts that are numbered on.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { toasts: self.toasts, ..Self::default() }
    }

    /// Says something: it becomes the toast and goes to the log. Returns the toast's number, for [`Messages::expire`].
    pub fn say(&mut self, at: Timestamp, level: Level, text: Shown) -> u64 {
        self.note(at, level, text.clone());
        self.toasts += 1;
        self.toast = Some(Message { at, level, text });
        self.toasts
    }

    /// Writes something into the log only.
    pub fn note(&mut self, at: Timestamp, level: Level, text: Shown) {
        if self.log.len() == MOST {
            self.log.remove(0);
        }
        self.log.push(Message { at, level, text });
    }

    /// Takes the toast down if it is still toast number `toast`.
    pub fn expire(&mut self, toast: u64) {
        if toast == self.toasts {
            self.toast = None;
        }
    }

    /// The message on show.
    pub fn toast(&self) -> Option<&Message> {
        self.toast.as_ref()
    }

    /// All messages, oldest first.
    pub fn log(&self) -> &[Message] {
        &self.log
    }
}
