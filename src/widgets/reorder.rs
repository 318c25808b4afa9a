//! A list whose items can be reordered.
