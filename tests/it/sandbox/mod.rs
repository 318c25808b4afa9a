//! The sandbox, from outside: plain HTTP in, answers, state and log out. Nothing here uses Lapel's own client.

mod control;
mod faults;
mod gate;
mod rules;
// Marked as what it is, so that the lints for tests count for its helpers too.
#[cfg(test)]
mod server;
