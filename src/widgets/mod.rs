//! Reusable parts of screens: they know no GroupMe and no keys.

pub mod editor;
pub mod picker;
pub mod qr;
pub mod reorder;
pub mod text;
pub mod theme;
