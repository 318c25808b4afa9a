//! Reading the terminal without ever waiting on it in the loop.
//!
//! One thread reads, and takes apart what it reads; the loop receives inputs from a queue. A terminal that is gone is an error of the
//! queue. While another program has the terminal nothing here reads it.

#[cfg(unix)]
#[path = "events/unix.rs"]
mod system;
#[cfg(not(unix))]
#[path = "events/other.rs"]
mod system;

use std::io;
use std::sync::mpsc as blocking;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;

use self::system::{Sizes, Stop};
use crate::base::Input;

/// Reads waiting at most; beyond it the terminal is read no further until the loop has caught up.
const QUEUE: usize = 64;
/// The fewest inputs with which no more are fetched, so that a flood cannot keep the screen from being drawn.
const BATCH: usize = 256;
/// How long the reader may take to let go of the terminal, in steps; it takes longer only if somebody else took what it wanted to read.
const LETTING_GO: (u32, Duration) = (100, Duration::from_millis(10));

/// What a read of the terminal brought.
type ReadOutcome = io::Result<Vec<Input>>;

/// The inputs of the terminal, in order. Needs a running tokio runtime.
#[derive(Debug)]
pub struct Events {
    escape: Duration,
    sender: mpsc::Sender<ReadOutcome>,
    queue: mpsc::Receiver<ReadOutcome>,
    /// An error that was found behind good input and is still to be told.
    fault: Option<io::Error>,
    reading: Option<ReaderThread>,
    sizes: Sizes,
}

/// The thread that reads.
#[derive(Debug)]
struct ReaderThread {
    /// Ends it when dropped.
    stop: Stop,
    /// Closed when it has ended.
    ended: blocking::Receiver<()>,
}

impl Events {
    /// Starts reading. To be called before the size is first read, or a change between the two would be missed. An Esc waits for
    /// `escape` for what would make it another key.
    pub fn open(escape: Duration) -> io::Result<Self> {
        let (sender, queue) = mpsc::channel(QUEUE);
        let mut events = Self { escape, sender, queue, fault: None, reading: None, sizes: Sizes::listen()? };
        events.resume()?;
        Ok(events)
    }

    /// Waits for input and returns what is queued, up to a bound; never an empty list.
    ///
    /// An error means that the terminal is gone: the caller flushes what it has and ends. Dropping the future loses nothing.
    pub async fn next(&mut self) -> ReadOutcome {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let mut inputs = tokio::select! {
            biased;
            Some(read) = self.queue.recv() => read?,
            size = self.sizes.next() => vec![size],
        };
        while inputs.len() < BATCH
            && let Ok(read) = self.queue.try_recv()
        {
            match read {
                Ok(more) => inputs.extend(more),
                Err(fault) => {
                    self.fault = Some(fault);
                    break;
                }
            }
        }
        Ok(inputs)
    }

    /// Stops reading, so that another program can have the terminal. What was read and not yet taken is forgotten.
    pub fn pause(&mut self) {
        let Some(ReaderThread { stop, ended }) = self.reading.take() else { return };
        drop(stop);
        let (steps, step) = LETTING_GO;
        for _ in 0..steps {
            // It may be waiting for room in the queue.
            while self.queue.try_recv().is_ok() {}
            if ended.recv_timeout(step) == Err(blocking::RecvTimeoutError::Disconnected) {
                break;
            }
        }
        while self.queue.try_recv().is_ok() {}
    }

    /// Starts reading again after [`Events::pause`]. What was typed meanwhile and nobody read was not meant for this program.
    pub fn resume_afresh(&mut self) -> io::Result<()> {
        system::discard_typed();
        self.resume()
    }

    fn resume(&mut self) -> io::Result<()> {
        let (stop, stopped) = system::stop()?;
        let (end, ended) = blocking::channel();
        let (sender, escape) = (self.sender.clone(), self.escape);
        thread::Builder::new().name("terminal input".to_owned()).spawn(move || {
            system::read(&stopped, escape, |read| sender.blocking_send(read).is_ok());
            drop(end);
        })?;
        self.reading = Some(ReaderThread { stop, ended });
        Ok(())
    }
}
