//! Unsaved edits on disk.
