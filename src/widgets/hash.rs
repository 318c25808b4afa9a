//! Numbers that tell contents apart, as names for what a terminal keeps. Not for anything that is stored: another build may count
//! differently.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The same for the same content, and hardly ever for another.
pub(super) fn number_of(content: impl Hash) -> u32 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    // The lower half is as good as the whole.
    hasher.finish() as u32
}
