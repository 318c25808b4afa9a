//! A client that keeps in the history what its writes replace. It must not know how a write goes.

use std::future::Future;
use std::sync::Arc;

use super::client::Client;
use super::file::FileError;
use super::history::{History, HistoryKind};
use super::paths::{Identity, Paths};
use crate::api::service::Before;
use crate::api::{ApiError, Call, Reply, Service};

/// Where a history is kept, and who hears that it cannot be.
#[derive(Clone)]
pub struct Records {
    paths: Paths,
    identity: Identity,
    trouble: Arc<dyn Fn(FileError) + Send + Sync>,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records").field("identity", &self.identity).finish_non_exhaustive()
    }
}

impl Records {
    /// The history of this account; `trouble` hears of snapshots that could not be kept, which stops no save.
    pub fn new(paths: Paths, identity: Identity, trouble: impl Fn(FileError) + Send + Sync + 'static) -> Self {
        Self { paths, identity, trouble: Arc::new(trouble) }
    }

    fn append(&self, before: Before) {
        let (kind, value) = match before {
            Before::Pins(ids) => (HistoryKind::Pins, serde_json::json!(ids)),
        };
        if let Err(error) = History::new(&self.paths, self.identity.clone(), kind).append(value) {
            tracing::warn!(%error, "the history is not kept");
            (self.trouble)(error);
        }
    }
}

/// The client, with a history if there is one.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// Carries out the calls.
    pub client: Client,
    /// Keeps what they replace.
    pub records: Option<Records>,
}

impl Service for Recorder {
    fn call(&self, call: &Call) -> impl Future<Output = Result<Reply, ApiError>> + Send {
        self.client.call(call)
    }

    async fn keep(&self, before: Before) {
        if let Some(records) = self.records.clone() {
            // A fault in there is in the log; the save goes on.
            let _ = tokio::task::spawn_blocking(move || records.append(before)).await;
        }
    }
}
