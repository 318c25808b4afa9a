//! jobs.
