//! The impure part of the terminal interface: loop, terminal, worker, signals.

pub mod backend;
pub mod terminal;
