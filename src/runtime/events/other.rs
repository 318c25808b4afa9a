//! The terminal as a source of events, on systems where it is no file.

use std::io;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Duration;

use super::ReadOutcome;
use crate::base::Input;
use crate::runtime::input::events::from_event;

/// How often a reader looks whether it is to stop: here nothing else wakes it.
const LOOK: Duration = Duration::from_millis(100);

/// Ends a reader when dropped.
pub(super) type Stop = Sender<()>;

/// What ends a reader, and what the reader watches for it.
pub(super) fn stop() -> io::Result<(Stop, Receiver<()>)> {
    Ok(channel())
}

/// Reads until stopped, until the terminal is gone, or until nobody takes any more. Keys arrive whole here, so nothing waits.
pub(super) fn read(stopped: &Receiver<()>, _escape: Duration, mut take: impl FnMut(ReadOutcome) -> bool) {
    while stopped.try_recv() == Err(TryRecvError::Empty) {
        let event = match crossterm::event::poll(LOOK) {
            Ok(false) => continue,
            Ok(true) => crossterm::event::read(),
            Err(fault) => Err(fault),
        };
        let goes_on = match event {
            Ok(event) => from_event(event).is_none_or(|input| take(Ok(vec![input]))),
            Err(fault) => {
                take(Err(fault));
                false
            }
        };
        if !goes_on {
            return;
        }
    }
}

/// Forgets what was typed and not read.
pub(super) fn discard_typed() {
    while crossterm::event::poll(Duration::ZERO).is_ok_and(|waits| waits) && crossterm::event::read().is_ok() {}
}

/// Changes of the terminal's size, which are events here.
#[derive(Debug)]
pub(super) struct Sizes;

impl Sizes {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Never: sizes come with the rest.
    pub(super) async fn next(&mut self) -> Input {
        std::future::pending().await
    }
}
