//! From what a terminal sends to what the editor knows.
//!
//! A terminal sends keys, pastes, the mouse, and answers to questions that somebody asked it, perhaps long ago, all in one stream of
//! bytes that may be cut anywhere. [`Decoder`] takes that stream apart. It is pure: bytes and silences in, inputs out; it reads nothing,
//! knows no bindings, and has no clock, for whoever reads the terminal knows when nothing comes.
//!
//! Three rules hold after any bytes whatever: what is no key, paste or mouse never acts and never types; after a silence the next key
//! counts; Ctrl-C always arrives.

mod decoder;
#[cfg(not(unix))]
pub mod events;
mod keys;
mod mouse;
mod paste;
mod sequence;
#[cfg(test)]
mod tests;

pub use decoder::{Decoder, ESCAPE, ESCAPE_FAR};
