//! Reading the terminal without ever waiting on it in the loop.
//!
//! crossterm reads to the end of a key sequence or paste before it returns, so an arrow key cut in two by the network would
//! stop whoever polls; and once the terminal is gone it spins for ever. Its stream therefore lives on a thread of its own, which
//! may block or spin there, while the loop receives from a queue and another thread watches for the hang-up alone.

use std::io;
use std::sync::mpsc as blocking;
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_util::StreamExt;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

use super::input::from_event;
use crate::base::Input;

/// Events waiting at most; beyond it the terminal is read no further until the loop has caught up.
const QUEUE: usize = 1024;
/// The most inputs handed over at once, so that a flood cannot keep the screen from being drawn.
const BATCH: usize = 256;
/// How long letting go of the terminal may take; it takes longer only in the middle of an unfinished key sequence.
const PAUSE: Duration = Duration::from_secs(1);
/// How long crossterm's own thread gets to let go of the terminal after it was woken; on a busy machine that is no moment.
const RELEASE: Duration = Duration::from_millis(100);

/// The inputs of the terminal, in order. Needs a running tokio runtime.
#[derive(Debug)]
pub struct Events {
    sender: mpsc::Sender<io::Result<Event>>,
    queue: mpsc::Receiver<io::Result<Event>>,
    /// An error that was found behind good input and is still to be told.
    fault: Option<io::Error>,
    reading: Option<Reading>,
    gone: watch::Receiver<bool>,
}

/// The thread that reads.
#[derive(Debug)]
struct Reading {
    stop: oneshot::Sender<()>,
    stopped: blocking::Receiver<()>,
}

impl Events {
    /// Starts reading. To be called before the size is first read, or a change between the two would be missed.
    pub fn open() -> io::Result<Self> {
        let (sender, queue) = mpsc::channel(QUEUE);
        let mut events = Self { sender, queue, fault: None, reading: None, gone: watch_for_hang_up()? };
        // Made here, because from now on changes of size are noticed.
        let stream = EventStream::new();
        events.start(move || stream)?;
        Ok(events)
    }

    /// Waits for input and returns everything that is queued, up to a bound; never an empty list.
    ///
    /// An error means that the terminal is gone: the caller flushes what it has and ends. Dropping the future loses nothing.
    pub async fn next(&mut self) -> io::Result<Vec<Input>> {
        loop {
            if let Some(fault) = self.fault.take() {
                return Err(fault);
            }
            let mut event = tokio::select! {
                biased;
                Some(event) = self.queue.recv() => Some(event),
                () = hung_up(&mut self.gone) => return Err(closed()),
            };
            let mut inputs = Vec::new();
            while let Some(read) = event.take() {
                match read {
                    Ok(read) => inputs.extend(from_event(read)),
                    Err(fault) => self.fault = Some(fault),
                }
                if inputs.len() < BATCH && self.fault.is_none() {
                    event = self.queue.try_recv().ok();
                }
            }
            if !inputs.is_empty() {
                return Ok(inputs);
            }
        }
    }

    /// Stops reading, so that another program can have the terminal. What was read already stays queued.
    pub fn pause(&mut self) {
        let Some(Reading { stop, stopped }) = self.reading.take() else { return };
        let _ = stop.send(());
        let _ = stopped.recv_timeout(PAUSE);
        // crossterm's own thread lets go of its lock a moment after it was woken; whoever polls waits for that.
        let _ = crossterm::event::poll(RELEASE);
    }

    /// Starts reading again after [`Events::pause`].
    pub fn resume(&mut self) -> io::Result<()> {
        // Made on the other thread, because it waits for whoever still reads.
        if self.reading.is_none() { self.start(EventStream::new) } else { Ok(()) }
    }

    fn start(&mut self, stream: impl FnOnce() -> EventStream + Send + 'static) -> io::Result<()> {
        let (stop, stopping) = oneshot::channel();
        let (end, stopped) = blocking::channel();
        let (sender, runtime) = (self.sender.clone(), Handle::current());
        thread::Builder::new().name("terminal input".to_owned()).spawn(move || {
            runtime.block_on(read(stream(), &sender, stopping));
            drop(end);
        })?;
        self.reading = Some(Reading { stop, stopped });
        Ok(())
    }
}

async fn read(mut stream: EventStream, sender: &mpsc::Sender<io::Result<Event>>, mut stopping: oneshot::Receiver<()>) {
    loop {
        let event = tokio::select! {
            biased;
            _ = &mut stopping => return,
            event = stream.next() => event.unwrap_or_else(|| Err(closed())),
        };
        let last = match &event {
            // A stream that was dropped before leaves this behind for its successor.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            event => event.is_err(),
        };
        if sender.send(event).await.is_err() || last {
            return;
        }
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal was closed")
}

async fn hung_up(gone: &mut watch::Receiver<bool>) {
    if gone.wait_for(|gone| *gone).await.is_err() {
        // Not watched, or not watchable here: then the hang-up signal has to do.
        std::future::pending::<()>().await;
    }
}

/// Watches for the other end of the terminal to go, which reading through crossterm never notices.
fn watch_for_hang_up() -> io::Result<watch::Receiver<bool>> {
    let (sender, gone) = watch::channel(false);
    #[cfg(unix)]
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || {
        use rustix::event::{PollFd, PollFlags, poll};
        let stdin = io::stdin();
        let lost = PollFlags::HUP | PollFlags::ERR;
        // Asking for no event leaves the two that are always told; the wait has no end, and the process does not wait for it.
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        while poll(&mut watched, None) == Err(rustix::io::Errno::INTR) {}
        let _ = sender.send(watched.iter().any(|stdin| stdin.revents().intersects(lost)));
    })?;
    #[cfg(not(unix))]
    drop(sender);
    Ok(gone)
}
