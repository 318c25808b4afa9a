//! Text editing.
