//! The save of the pins. The service replaces the whole list on every write, so a blind write loses what another device changed:
//! the list is read again, the user's operations are replayed on it, the result is written and read back.
//!
//! What remains is the moment between that reading and the writing, for the service knows no conditional write.

use super::read;
use crate::api::{ApiError, Call, Service};
use crate::base::job::{PinsEnd, PinsReport, PinsSave};
use crate::domain::Id;
use crate::domain::Shown;
use crate::domain::pins::{Changes, PinList, Replayed};
use crate::io::notes::Notes;

/// Writes in one save at most. Who overwrites them faster than that is not a person.
const ROUNDS: usize = 3;

/// Saves the operations on the list and tells how that ended.
///
/// # Errors
/// When nothing was changed, or when what was written cannot be read back.
pub(super) async fn save(service: &impl Service, notes: &Notes, save: &PinsSave) -> Result<PinsReport, ApiError> {
    let mine = &save.list;
    let mut server = read::pins(service).await?;
    for _ in 0..ROUNDS {
        let replayed = mine.replay(&server);
        if let Some(end) = settled(&replayed) {
            return Ok(report(mine, server, replayed, end));
        }
        notes.keep_pins(&save.account, &server);
        let doubt = match service.call(&Call::SetPins(replayed.list.ids().to_vec())).await {
            Ok(_) => None,
            Err(error @ ApiError::Unknown { .. }) => Some(error),
            Err(error) => return Err(error),
        };
        server = read::pins(service).await.map_err(|error| doubt.clone().unwrap_or_else(|| not_read_back(&error)))?;
        if let Some(error) = doubt {
            // It is there or it is not; sent again it might undo what happened since.
            let replayed = mine.replay(&server);
            let end = settled(&replayed).unwrap_or(PinsEnd::NotSaved(error));
            return Ok(report(mine, server, replayed, end));
        }
    }
    let replayed = mine.replay(&server);
    let end = settled(&replayed).unwrap_or(PinsEnd::Contended);
    Ok(report(mine, server, replayed, end))
}

/// How it ends if there is nothing to write: all is there already, or the user has to decide.
fn settled(replayed: &Replayed) -> Option<PinsEnd> {
    if !replayed.conflicts.is_empty() {
        Some(PinsEnd::Conflict)
    } else if replayed.list.changed() {
        None
    } else {
        Some(PinsEnd::Saved)
    }
}

fn report(mine: &PinList, server: Vec<Id>, result: Replayed, end: PinsEnd) -> PinsReport {
    let elsewhere = Changes::between(mine.ids(), result.list.ids());
    PinsReport { server, result, elsewhere, end }
}

fn not_read_back(error: &ApiError) -> ApiError {
    ApiError::Unknown { reason: Shown::line(format!("it was sent, but {}", error.headline())) }
}
