//! What the operating system tells the program, as one stream.
//!
//! Listening replaces the default action, so whoever listens must act: nothing here does before it is told to.

#[cfg(unix)]
#[path = "signals/unix.rs"]
mod system;
#[cfg(not(unix))]
#[path = "signals/other.rs"]
mod system;

pub use self::system::Signals;
