//! What a job needs of a client: sending a call, and what can be heard while it runs.
//!
//! Jobs are written over this trait, so that a test can answer in place of the network.

use std::future::Future;

use super::{ApiError, Call, Reply};

/// Something that carries out calls.
pub trait Service {
    /// Carries out one call, with whatever waiting and repeating is safe for it.
    ///
    /// # Errors
    /// Every [`ApiError`]; dropping the future gives the call up, and a write given up that way may have been carried out.
    fn call(&self, call: &Call) -> impl Future<Output = Result<Reply, ApiError>> + Send;
}

/// Something worth showing while a call is still running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Nothing is sent for a while.
    Waiting {
        /// How long, rounded up to whole seconds.
        seconds: u64,
        /// Why.
        why: WaitReason,
    },
    /// How far an upload is.
    Uploading {
        /// Bytes handed to the network.
        sent: u64,
        /// Bytes of the whole picture.
        total: u64,
    },
}

/// Why nothing is sent for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// The service asked for a pause (429 or 420).
    RateLimited,
    /// The last try failed; the next follows.
    Retrying,
    /// The request is out and nothing comes back; after these seconds it is given up. None are left once something came.
    NoAnswer,
}
