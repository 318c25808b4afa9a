//! SMS mode: started or ended, then read back.

use super::read;
use crate::api::{ApiError, Call, Service};
use crate::base::job::SmsChange;
use crate::domain::Account;

/// Changes SMS mode and reads the account back. Resending would restart the clock, so a lost answer is settled by reading.
pub(super) async fn run(service: &impl Service, change: SmsChange) -> Result<Account, ApiError> {
    let (call, wanted) = match change {
        SmsChange::On(duration) => (Call::SmsOn(duration), true),
        SmsChange::Off => (Call::SmsOff, false),
    };
    let sent = service.call(&call).await;
    match sent {
        Ok(_) => read::account(service).await,
        Err(error @ ApiError::Unknown { .. }) => match read::account(service).await {
            // Being on already proves nothing about a restart of the clock, but it is what was asked for.
            Ok(account) if account.sms.on == Some(wanted) => Ok(account),
            _ => Err(error),
        },
        Err(error) => Err(error),
    }
}
