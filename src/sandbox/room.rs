//! How much memory there is for large things, and who has it.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Most bytes of a body, and of a picture.
pub(super) const MOST: usize = 1024 * 1024;
pub(super) const MOST_OF_PICTURE: usize = 20 * 1024 * 1024;

/// Memory is counted in pages.
const PAGE: usize = 4096;

/// Answers up to this size leave at once: the system's own buffers take them.
const SMALL_ANSWER: usize = 64 * 1024;

/// What there is for everybody together.
#[derive(Debug)]
pub(super) struct MemoryBudget {
    /// Turns of reading a large body that is no picture.
    pub(super) bodies: Semaphore,
    /// Turns of reading a body that nobody wants.
    pub(super) drains: Semaphore,
    /// Pages of pictures: stored, on their way in, or on their way out. One of the largest fits beside small ones.
    pictures: Arc<Semaphore>,
    /// Pages of large answers on their way out.
    answers: Arc<Semaphore>,
}

/// Bytes and their share of the room.
struct MemoryShare {
    bytes: Bytes,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for MemoryShare {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Default for MemoryBudget {
    fn default() -> Self {
        let pages = |mebibytes: usize| Arc::new(Semaphore::new(mebibytes * 1024 * 1024 / PAGE));
        Self {
            bodies: Semaphore::new(2),
            drains: Semaphore::new(2),
            pictures: pages(MOST_OF_PICTURE / (1024 * 1024) + 1),
            answers: pages(4),
        }
    }
}

impl MemoryBudget {
    /// How many pages so many bytes take.
    pub(super) fn pages(bytes: usize) -> usize {
        bytes.div_ceil(PAGE).max(1)
    }

    /// Room for a picture, if there is any now.
    pub(super) fn for_picture(&self, size: usize) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.pictures).try_acquire_many_owned(u32::try_from(Self::pages(size)).ok()?).ok()
    }

    /// The bytes, holding their room until they are dropped.
    ///
    /// # Errors
    /// If there is no room.
    pub(super) fn for_answer(&self, bytes: &Bytes) -> Result<Bytes, ()> {
        if bytes.len() <= SMALL_ANSWER {
            return Ok(bytes.clone());
        }
        let pages = u32::try_from(Self::pages(bytes.len())).map_err(drop)?;
        let room = Arc::clone(&self.answers).try_acquire_many_owned(pages).map_err(drop)?;
        Ok(Bytes::from_owner(MemoryShare { bytes: bytes.clone(), _room: room }))
    }
}
