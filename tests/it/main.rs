//! One integration binary: one link, one module a subject.

mod api;
mod client;
mod pty;
mod sandbox;
