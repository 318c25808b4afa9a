//! Writing to a terminal that may not take it: stopped with Ctrl-S, or behind a dead link. The loop writes what the terminal takes at
//! once, which saves a key two switches between threads; a thread writes the rest, and the loop never waits for it.
//!
//! The mailbox holds one frame: the loop makes no newer one before this one is taken, and then the newest. Must not know what the bytes
//! mean.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::Notify;

/// The way to the terminal; clones lead to the same one.
#[derive(Clone, Debug)]
pub(super) struct TerminalWriter(Arc<WriterShared>);

#[derive(Debug, Default)]
struct WriterShared {
    state: Mutex<WriterState>,
    changed: Condvar,
    /// Told when all is taken, or when writing has failed.
    taken: Notify,
}

#[derive(Default)]
struct WriterState {
    /// Takes what there is room for, and never waits.
    at_once: Option<Box<dyn Write + Send>>,
    /// Bytes that wait for the thread.
    waiting: Vec<u8>,
    /// The thread has bytes in hand.
    writing: bool,
    fault: Option<ErrorKind>,
    ended: bool,
}

impl WriterState {
    /// Writes what the terminal takes now, if nothing waits to be written before it; how much that was. A failure is the thread's, which
    /// meets it again.
    fn write_now(&mut self, bytes: &[u8]) -> usize {
        let is_next = self.is_idle();
        let Some(out) = self.at_once.as_mut().filter(|_| is_next) else { return 0 };
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            match out.write(rest) {
                Ok(count @ 1..) => taken += count,
                Ok(0) | Err(_) => break,
            }
        }
        taken
    }

    fn is_idle(&self) -> bool {
        self.fault.is_some() || (self.waiting.is_empty() && !self.writing)
    }
}

impl fmt::Debug for WriterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriterState").field("writing", &self.writing).field("fault", &self.fault).finish_non_exhaustive()
    }
}

impl TerminalWriter {
    /// Starts the thread that writes into `out`. `at_once` leads to the same place and never waits.
    pub(super) fn start(out: impl Write + Send + 'static, at_once: Option<Box<dyn Write + Send>>) -> io::Result<Self> {
        let writer = Self(Arc::default());
        writer.0.lock().at_once = at_once;
        let shared = Arc::clone(&writer.0);
        thread::Builder::new().name("terminal output".to_owned()).spawn(move || shared.write(out))?;
        Ok(writer)
    }

    /// Whether the terminal has taken everything, so that another frame is worth making.
    pub(super) fn is_idle(&self) -> bool {
        self.0.lock().is_idle()
    }

    /// Whether writing has failed.
    pub(super) fn is_gone(&self) -> bool {
        self.0.lock().fault.is_some()
    }

    /// Waits until the terminal has taken everything. Dropping the future loses nothing.
    pub(super) async fn taken(&self) {
        while !self.is_idle() {
            self.0.taken.notified().await;
        }
    }

    /// Waits as [`TerminalWriter::taken`], but no longer than this and on this thread; says whether it was taken.
    pub(super) fn wait(&self, limit: Duration) -> bool {
        let state = self.0.lock();
        let waited = self.0.changed.wait_timeout_while(state, limit, |state| !state.is_idle());
        waited.unwrap_or_else(PoisonError::into_inner).0.is_idle()
    }

    /// Ends the thread once it is through.
    pub(super) fn end(&self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}

impl Write for TerminalWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.0.lock();
        if let Some(fault) = state.fault {
            return Err(fault.into());
        }
        let taken = state.write_now(bytes);
        if let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            state.waiting.extend_from_slice(rest);
            drop(state);
            self.0.changed.notify_all();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriterShared {
    fn lock(&self) -> MutexGuard<'_, WriterState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, mut out: impl Write) {
        loop {
            let state = self.lock();
            let waited = self.changed.wait_while(state, |state| state.waiting.is_empty() && !state.ended);
            let mut state = waited.unwrap_or_else(PoisonError::into_inner);
            if state.waiting.is_empty() {
                return;
            }
            let bytes = std::mem::take(&mut state.waiting);
            state.writing = true;
            drop(state);
            let written = out.write_all(&bytes).and_then(|()| out.flush());
            let mut state = self.lock();
            state.writing = false;
            state.fault = written.err().map(|error| error.kind());
            let (idle, gone) = (state.is_idle(), state.fault.is_some());
            drop(state);
            self.changed.notify_all();
            if idle {
                self.taken.notify_one();
            }
            if gone {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_terminal_that_takes_nothing_holds_nobody_up() {
        let (mut reader, pipe) = io::pipe().unwrap();
        let mut writer = TerminalWriter::start(pipe, None).unwrap();
        // More than a pipe holds.
        writer.write_all(&vec![b'x'; 1 << 20]).unwrap();
        assert!(!writer.is_idle() && !writer.wait(Duration::from_millis(1)));
        let taker = thread::spawn(move || {
            let mut taken = Vec::new();
            io::Read::read_to_end(&mut reader, &mut taken).unwrap();
            taken.len()
        });
        writer.taken().await;
        assert!(writer.is_idle() && !writer.is_gone());
        writer.end();
        drop(writer);
        assert_eq!(taker.join().unwrap(), 1 << 20);
    }

    /// Takes as many bytes as there is room for.
    #[derive(Clone)]
    struct Narrow(Arc<Mutex<(Vec<u8>, usize)>>);

    impl Write for Narrow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let (taken, room) = &mut *self.0.lock().unwrap();
            let count = bytes.len().min(*room);
            taken.extend_from_slice(&bytes[..count]);
            *room -= count;
            if count == 0 { Err(ErrorKind::WouldBlock.into()) } else { Ok(count) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn what_there_is_room_for_is_written_at_once_and_the_rest_behind_it() {
        let (mut reader, pipe) = io::pipe().unwrap();
        let narrow = Narrow(Arc::new(Mutex::new((Vec::new(), 5))));
        let mut writer = TerminalWriter::start(pipe, Some(Box::new(narrow.clone()))).unwrap();
        writer.write_all(b"one").unwrap();
        assert!(writer.is_idle(), "nothing was left for the thread");
        writer.write_all(b"two").unwrap();
        writer.taken().await;
        let mut rest = [0; 1];
        io::Read::read_exact(&mut reader, &mut rest).unwrap();
        assert_eq!((&narrow.0.lock().unwrap().0[..], &rest), (&b"onetw"[..], b"o"));
    }

    #[tokio::test]
    async fn a_terminal_that_is_gone_is_told() {
        let (reader, pipe) = io::pipe().unwrap();
        drop(reader);
        let mut writer = TerminalWriter::start(pipe, None).unwrap();
        writer.write_all(b"x").unwrap();
        writer.taken().await;
        assert!(writer.is_gone() && writer.write_all(b"x").is_err());
    }
}
