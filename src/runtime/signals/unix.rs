//! Signals as they are everywhere but on Windows.

use std::future::poll_fn;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;

use rustix::process::{Signal as Raw, getpgrp, getppid, getsid, kill_current_process_group};
use signal_hook::flag::{register_conditional_default, register_usize};
use signal_hook::low_level::{pipe, raise};
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

use crate::base::Signal;

/// What is listened to, the graver first: everything that anybody may send and that would end the program or stop it.
const HEARD: [Raw; 10] = [Raw::HUP, Raw::TERM, Raw::ABORT, Raw::QUIT, Raw::INT, Raw::USR1, Raw::USR2, Raw::ALARM, Raw::TSTP, Raw::CONT];

/// What came last of a stop and its end.
const STOPPED: usize = 1;
const CONTINUED: usize = 2;

/// The signals a program with a terminal must listen to.
#[derive(Debug)]
pub struct Signals {
    streams: Vec<(Raw, Stream)>,
    /// Has a byte for each continuation, written by the signal's handler; the streams tell it later.
    continued: UnixStream,
    /// [`STOPPED`] or [`CONTINUED`], whichever came last.
    last: Arc<AtomicUsize>,
    /// It was continued after a stop of its own, and knows that already.
    resumed: bool,
}

impl Signals {
    /// Starts listening. Needs a running tokio runtime.
    pub fn listen() -> io::Result<Self> {
        let listen = |raw: Raw| Ok((raw, signal(SignalKind::from_raw(raw.as_raw()))?));
        let streams = HEARD.into_iter().map(listen).collect::<io::Result<_>>()?;
        let (continued, handler) = UnixStream::pair()?;
        pipe::register(Raw::CONT.as_raw(), handler)?;
        let last = Arc::default();
        for (raw, came) in [(Raw::TSTP, STOPPED), (Raw::CONT, CONTINUED)] {
            register_usize(raw.as_raw(), Arc::clone(&last), came)?;
        }
        Ok(Self { streams, continued, last, resumed: false })
    }

    /// Waits for the next signal; the graver ones first. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Signal {
        loop {
            let raw = poll_fn(|context| {
                for (raw, stream) in &mut self.streams {
                    // A closed stream would mean that the runtime ends, and with it everything that waits here.
                    if let Poll::Ready(Some(())) = stream.poll_recv(context) {
                        return Poll::Ready(*raw);
                    }
                }
                Poll::Pending
            })
            .await;
            match raw {
                Raw::HUP => return Signal::Hangup,
                // The job was continued since; what remains to be done is told by that.
                Raw::TSTP if self.last.load(Ordering::Acquire) == CONTINUED => {}
                Raw::TSTP => return Signal::Stop,
                Raw::CONT if self.resumed => self.resumed = false,
                Raw::CONT => return Signal::Continue,
                other => return Signal::End(other.as_raw().try_into().unwrap_or_default()),
            }
        }
    }

    /// Stops the whole job, as Ctrl-Z does elsewhere, until it is continued: a script or `make` that started this program must stop
    /// with it, or its shell would go on waiting. Where nobody could continue it (as the only program of a window or connection)
    /// nothing is stopped.
    pub fn stop(&mut self) {
        // The first group of a session is the one that no shell looks after, and so is one whose parent is elsewhere.
        let session = getsid(None).ok();
        let looked_after = session != Some(getpgrp()) && getppid().is_some_and(|parent| getsid(Some(parent)).ok() == session);
        if looked_after {
            // Not the stop that may be caught: every thread may be given that one, sooner or later, and who is quick with `fg` would
            // continue the job before this program has stopped, which then would never be continued.
            self.halt(|| kill_current_process_group(Raw::STOP).is_ok());
        }
    }

    /// Stops this program until it is continued, where the rest of the job was told already.
    pub fn stop_alone(&mut self) {
        self.halt(|| raise(Raw::STOP.as_raw()).is_ok());
    }

    /// Stops, and goes on once it is continued: a thread that did not stop at once waits for that too.
    fn halt(&mut self, stop: impl FnOnce() -> bool) {
        let mut before = [0; 64];
        let _ = self.continued.set_nonblocking(true);
        while self.continued.read(&mut before).is_ok_and(|count| count == before.len()) {}
        let _ = self.continued.set_nonblocking(false);
        self.resumed = stop() && self.continued.read_exact(&mut [0]).is_ok();
    }

    /// Ends listening: from now on each signal does what it does by default.
    pub fn give_back(self) {
        let always = Arc::new(AtomicBool::new(true));
        for (raw, _) in &self.streams {
            let _ = register_conditional_default(raw.as_raw(), Arc::clone(&always));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_signal_arrives_under_its_own_name() {
        let mut signals = Signals::listen().unwrap();
        for raw in HEARD {
            raise(raw.as_raw()).unwrap();
            let signal = match raw {
                Raw::HUP => Signal::Hangup,
                Raw::TSTP => Signal::Stop,
                Raw::CONT => Signal::Continue,
                other => Signal::End(other.as_raw().try_into().unwrap()),
            };
            assert_eq!(signals.next().await, signal);
        }
    }
}
