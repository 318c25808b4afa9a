//! The public link: made, taken away, replaced.

use super::read;
use crate::api::{ApiError, Call, Reply, Service};
use crate::base::job::ShareChange;
use crate::domain::account::Share;

/// Changes sharing and returns the link as the server has it now.
///
/// Enabling is not idempotent (each one mints a link and kills the one before), so it is sent once and settled by reading.
pub(super) async fn run(service: &impl Service, change: ShareChange) -> Result<Share, ApiError> {
    match change {
        ShareChange::On => set(service, true).await,
        ShareChange::Off => set(service, false).await,
        ShareChange::New => {
            set(service, false).await?;
            set(service, true).await
        }
    }
}

async fn set(service: &impl Service, on: bool) -> Result<Share, ApiError> {
    match service.call(&Call::Share(on)).await {
        Ok(Reply::Share(share)) if share.url.is_some() == on => Ok(share),
        // An empty or unexpected answer says nothing; the account does.
        Ok(_) => Ok(read::account(service).await?.share),
        Err(error @ ApiError::Unknown { .. }) => match read::account(service).await {
            Ok(account) if account.share.url.is_some() == on => Ok(account.share),
            _ => Err(error),
        },
        Err(error) => Err(error),
    }
}
