//! One integration binary: one link, one module a subject.
#![cfg(test)]
#![allow(unreachable_pub, missing_docs, reason = "a test binary has no users")]

mod api;
mod bars;
mod bytes;
mod cli;
mod client;
mod day;
mod docs;
mod document;
mod faults;
mod flows;
mod fuzz;
mod layers;
mod pty;
mod races;
mod sandbox;
mod schema;
mod screens;
