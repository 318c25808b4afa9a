//! Drawing with few bytes.
