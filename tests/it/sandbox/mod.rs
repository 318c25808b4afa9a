//! The sandbox, from outside: plain HTTP in, answers, state and log out. Only `styles` uses Lapel's own client.

mod bounds;
mod control;
mod faults;
mod gate;
mod openapi;
mod rules;
// Marked as what it is, so that the lints for tests count for its helpers too.
#[cfg(test)]
pub(crate) mod server;
mod styles;
