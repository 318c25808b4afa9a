//! What the operating system tells the program, as one stream.
//!
//! Listening replaces the default action, so whoever listens must act: nothing here does.

use std::io;

use crate::base::Signal;

/// The signals a program with a terminal must listen to.
#[cfg(unix)]
#[derive(Debug)]
pub struct Signals {
    hang_up: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    proceed: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Starts listening. Needs a running tokio runtime.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        // The kind for SIGCONT has no name of its own in tokio.
        let proceed = SignalKind::from_raw(rustix::process::Signal::CONT.as_raw());
        Ok(Self {
            hang_up: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            proceed: signal(proceed)?,
        })
    }

    /// Waits for the next signal; the graver ones first. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Signal {
        // A closed stream would mean that the runtime ends, and with it everything that waits here.
        tokio::select! {
            biased;
            Some(()) = self.hang_up.recv() => Signal::Hangup,
            Some(()) = self.terminate.recv() => Signal::Terminate,
            Some(()) = self.interrupt.recv() => Signal::Interrupt,
            Some(()) = self.proceed.recv() => Signal::Continue,
            else => std::future::pending().await,
        }
    }
}

/// The signals a program with a terminal must listen to.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Signals {}

#[cfg(not(unix))]
impl Signals {
    /// Starts listening. Needs a running tokio runtime.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next signal. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Interrupt,
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_signal_arrives_under_its_own_name() {
        let mut signals = Signals::listen().unwrap();
        for (raw, signal) in [
            (rustix::process::Signal::HUP, Signal::Hangup),
            (rustix::process::Signal::TERM, Signal::Terminate),
            (rustix::process::Signal::INT, Signal::Interrupt),
            (rustix::process::Signal::CONT, Signal::Continue),
        ] {
            signal_hook::low_level::raise(raw.as_raw()).unwrap();
            assert_eq!(signals.next().await, signal);
        }
    }
}
