//! The one signal there is on other systems.

use std::io;

use crate::base::Signal;

/// The number of an interrupt, as everywhere.
const INTERRUPT: u8 = 2;

/// The signals a program with a terminal must listen to.
#[derive(Debug)]
pub struct Signals {}

impl Signals {
    /// Starts listening. Needs a running tokio runtime.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next signal. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::End(INTERRUPT),
            Err(_) => std::future::pending().await,
        }
    }

    /// Nobody can stop a program here.
    pub fn stop(&mut self) {}

    /// Nobody can stop a program here.
    pub fn stop_alone(&mut self) {}

    /// Ends listening.
    pub fn give_back(self) {}
}
