//! What the program said: the newest as a toast, all of it in a log.
//!
//! A toast goes when what it says is over, at the latest after a while; the log keeps everything.

use jiff::Timestamp;

use super::job::JobSubject;
use crate::domain::SafeText;

/// Older messages are forgotten.
const MOST: usize = 500;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// An answer to what was just pressed.
    Info,
    /// Something was done.
    Done,
    /// Something needs a look.
    Warning,
    /// Something failed.
    Error,
}

/// What a toast is about, where that can be over before the toast has been up long enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToastTopic {
    /// What was just pressed: the next key is another matter.
    ThisKey,
    /// A job: over when it is tried again.
    Job(JobSubject),
    /// A save: over when something is saved again.
    Save,
    /// A field of a form: over when nothing is wrong with it.
    Field(&'static str),
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// When it was said.
    pub at: Timestamp,
    /// How much it matters.
    pub level: Level,
    /// What was said.
    pub text: SafeText,
}

/// Every message of this run, and whether the newest is still a toast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages {
    log: Vec<Message>,
    toasts: u64,
    toast: Option<(Message, Option<ToastTopic>)>,
}

impl Messages {
    /// Nothing said yet, with toasts that are numbered on.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { toasts: self.toasts, ..Self::default() }
    }

    /// Says something: it becomes the toast and goes to the log. Returns the toast's number, for [`Messages::expire`].
    pub fn say(&mut self, at: Timestamp, level: Level, text: SafeText, about: Option<ToastTopic>) -> u64 {
        self.note(at, level, text.clone());
        self.toasts += 1;
        self.toast = Some((Message { at, level, text }, about));
        self.toasts
    }

    /// Takes the toast down if that is what it is about.
    pub fn over(&mut self, about: &ToastTopic) {
        self.toast.take_if(|(_, own)| own.as_ref() == Some(about));
    }

    /// What the toast is about.
    pub fn about(&self) -> Option<&ToastTopic> {
        self.toast.as_ref()?.1.as_ref()
    }

    /// Writes something into the log only.
    pub fn note(&mut self, at: Timestamp, level: Level, text: SafeText) {
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
        self.toast.as_ref().map(|(message, _)| message)
    }

    /// All messages, oldest first.
    pub fn log(&self) -> &[Message] {
        &self.log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toast_goes_when_what_it_is_about_is_over_and_stays_in_the_log() {
        let mut messages = Messages::default();
        let mut say = |about| messages.say(Timestamp::UNIX_EPOCH, Level::Error, SafeText::line("no"), Some(about));
        let pins = ToastTopic::Job(JobSubject("The pins", None));
        say(pins.clone());
        messages.over(&ToastTopic::ThisKey);
        messages.over(&ToastTopic::Field("name"));
        assert_eq!(messages.about(), Some(&pins));
        messages.over(&pins);
        assert_eq!((messages.toast(), messages.log().len()), (None, 1));
    }
}
