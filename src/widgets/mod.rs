//! Reusable parts of screens. They know no service, no keys, no I/O and no clock: they take semantic edits and geometry, and
//! draw into a buffer. What came from outside reaches them sanitised, as [`SafeText`](crate::domain::text::SafeText), or is
//! revealed symbol by symbol, as in the [`editor`].

pub mod bar;
pub mod diff;
pub mod editor;
pub mod geometry;
mod hash;
pub mod hints;
pub mod link;
pub mod picker;
pub mod picture;
pub mod qr;
pub mod rank;
pub mod reorder;
pub mod rule;
pub mod scroll;
pub mod symbols;
pub mod text;
pub mod theme;
