//! Saving the profile: what changed, to the calls that take it, and read back.

use super::save::{self, Writes};
use crate::api::{ApiError, Call, Reply, Service};
use crate::base::job::{Save, SaveReport};
use crate::domain::account::Account;
use crate::domain::field::{PROFILE, changes_only};
use crate::domain::merge::merge;
use crate::domain::{Id, Profile};

/// The one field the extended call does not take.
pub(super) const SHORT_CALL_ONLY: &str = "zip_code";

/// The writes that make `base` into `mine` on the account with this id: each field to the call that takes it, only what changed.
pub fn plan(id: &Id, base: &Profile, mine: &Profile) -> Vec<Call> {
    let mut extended = changes_only(PROFILE, base, mine);
    let short = Profile { zip_code: extended.zip_code.take(), ..Profile::default() };
    let calls = [(Call::UpdateProfile(id.clone(), extended.clone()), extended), (Call::UpdateAccount(short.clone()), short)];
    calls.into_iter().filter(|(_, changes)| *changes != Profile::default()).map(|(call, _)| call).collect()
}

/// Saves the changes, unless one of them clashes with a change made elsewhere.
///
/// Either call may fail alone; what fails is marked so and the other is sent all the same.
///
/// # Errors
/// What kept the account from being read at the start; nothing was written then.
pub(super) async fn save(service: &impl Service, wanted: &Save<Profile>) -> Result<SaveReport, ApiError> {
    let before = save::read(service, &wanted.account).await?;
    // Nobody can know whether what `users/me` does not tell was changed elsewhere.
    let mut theirs = before.clone();
    theirs.keep_what_only_writes_tell(&Account { profile: wanted.base.clone(), ..Account::new(before.id.clone()) });
    let merged = merge(PROFILE, &wanted.base, &wanted.mine, &theirs.profile);
    if let Some(report) = save::conflicts(&merged, &before) {
        return Ok(report);
    }
    let mut writes = Writes::default();
    let mut told = Account::new(before.id.clone());
    for call in plan(&before.id, &theirs.profile, &merged.value) {
        if let Ok(Reply::Account(reply)) = writes.send(service, call).await {
            told.keep_what_only_writes_tell(&reply);
        }
    }
    let back = writes.read_back(service, before).await.map(|mut back| {
        back.keep_what_only_writes_tell(&told);
        back
    });
    Ok(writes.report(PROFILE, (&wanted.base, &wanted.mine), back, |row, back| {
        if Profile::ONLY_WRITES_TELL.contains(&row.key) {
            (row.get)(&told.profile).map(|_| told.profile.clone())
        } else {
            back.map(|back| back.profile.clone())
        }
    }))
}
