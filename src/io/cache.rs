//! Names kept on disk, so that they appear at once.
