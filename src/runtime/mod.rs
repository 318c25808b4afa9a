//! The impure part of the terminal interface: loop, terminal, worker, signals.

pub mod backend;
pub mod events;
pub mod input;
pub mod panic;
mod pen;
pub mod signals;
pub mod terminal;
