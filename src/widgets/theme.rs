//! Styles by name.
