//! The terminal as a file.

use std::io::{self, PipeReader, PipeWriter};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{QueueSelector, tcflush};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::ReadOutcome;
use crate::base::Input;
use crate::runtime::input::Decoder;

/// Bytes taken at once: fewer inputs than would keep the screen from being drawn.
const CHUNK: usize = 1024;

/// Ends a reader when dropped.
pub(super) type Stop = PipeWriter;

/// What ends a reader, and what the reader watches for it.
pub(super) fn stop() -> io::Result<(Stop, PipeReader)> {
    io::pipe().map(|(watched, stop)| (stop, watched))
}

/// Reads until stopped, until the terminal is gone, or until nobody takes any more.
///
/// What is there counts as in time however late the system lets this thread run: only a silence makes an Esc a key.
pub(super) fn read(stopped: &PipeReader, escape: Duration, mut take: impl FnMut(ReadOutcome) -> bool) {
    let terminal = io::stdin();
    let mut decoder = Decoder::new(escape);
    let mut chunk = [0; CHUNK];
    loop {
        let mut watched = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
        let patience = decoder.patience().and_then(|patience| Timespec::try_from(patience).ok());
        let brought = match poll(&mut watched, patience.as_ref()) {
            Ok(0) => Ok(decoder.silence()),
            Ok(_) if !watched[1].revents().is_empty() => return,
            Ok(_) => match rustix::io::read(&terminal, &mut chunk) {
                Ok(0) => Err(closed()),
                Ok(count) => Ok(decoder.feed(&chunk[..count])),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(fault) => Err(fault.into()),
            },
            Err(Errno::INTR) => continue,
            Err(fault) => Err(fault.into()),
        };
        let last = brought.is_err();
        let tells = !matches!(&brought, Ok(inputs) if inputs.is_empty());
        if tells && !take(brought) || last {
            return;
        }
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal was closed")
}

/// Forgets what was typed and not read.
pub(super) fn discard_typed() {
    let _ = tcflush(io::stdin(), QueueSelector::IFlush);
}

/// Changes of the terminal's size.
#[derive(Debug)]
pub(super) struct Sizes(Signal);

impl Sizes {
    pub(super) fn listen() -> io::Result<Self> {
        signal(SignalKind::window_change()).map(Self)
    }

    /// Waits for the next size. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Input {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
        let (columns, rows) = crate::runtime::terminal::reported();
        Input::Resize(columns, rows)
    }
}
