//! Lapel.
fn main() {}
