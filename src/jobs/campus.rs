//! Saving the campus profile: two calls in an order the directory accepts, and read back.

use super::save::{self, Writes};
use crate::api::{ApiError, Call, Service};
use crate::base::job::{Save, SaveReport};
use crate::domain::Campus;
use crate::domain::account::Account;
use crate::domain::campus::{self, CAMPUS, CampusForm, CampusWrite};
use crate::domain::field::{FieldError, changed};
use crate::domain::merge::{Mark, merge};

/// The writes that make `base` into `mine`, in the order in which they have to be sent.
///
/// # Errors
/// What is missing for the visibility chosen; nothing may be sent then.
pub fn plan(base: &Campus, mine: &Campus) -> Result<Vec<Call>, FieldError> {
    Ok(campus::plan(base, mine)?.iter().map(call).collect())
}

fn call(write: &CampusWrite) -> Call {
    match write {
        CampusWrite::Majors(codes) => Call::SetMajors(codes.clone()),
        CampusWrite::Membership { year, visibility } => Call::SetMembership { graduation_year: *year, visibility: visibility.clone() },
    }
}

/// Saves the changes, unless one of them clashes with a change made elsewhere.
///
/// If the first half fails the second is sent only where the directory accepts it without the first.
///
/// # Errors
/// What kept the account from being read at the start; nothing was written then.
pub(super) async fn save(service: &impl Service, wanted: &Save<Campus>) -> Result<SaveReport, ApiError> {
    let before = save::read(service, &wanted.account).await?;
    let (base, mine) = (form(&wanted.base), form(&wanted.mine));
    let merged = merge(CAMPUS, &base, &mine, &form(&before.campus));
    if let Some(report) = save::conflicts(&merged, &before) {
        return Ok(report);
    }
    let planned = match campus::plan(&before.campus, &merged.value.campus) {
        Ok(planned) => planned,
        Err(why) => return Ok(refused(&base, &mine, before, &why)),
    };
    let mut writes = Writes::default();
    let mut state = before.campus.clone();
    for write in planned {
        let next = write.onto(&state);
        if writes.has_failed() && next.allowed().is_err() {
            writes.skip(call(&write));
            continue;
        }
        match writes.send(service, call(&write)).await {
            Ok(_) => state = next,
            // Whether the next write is allowed depends on whether this one arrived.
            Err(_) if writes.may_have_applied() => match save::read(service, &wanted.account).await {
                Ok(account) => state = account.campus,
                Err(_) => writes.stop(),
            },
            Err(_) => {}
        }
    }
    let back = writes.read_back(service, before).await;
    Ok(writes.report(CAMPUS, (&base, &mine), back, |_, back| back.map(|back| form(&back.campus))))
}

/// What the form asks for does not go with what was changed elsewhere meanwhile.
fn refused(base: &CampusForm, mine: &CampusForm, account: Account, why: &FieldError) -> SaveReport {
    let mark = || Mark::Refused(vec![why.shown().clone()]);
    let fields = changed(CAMPUS, base, mine).into_iter().map(|row| (row.key, mark())).collect();
    SaveReport { account: Some(Box::new(account)), fields, ..SaveReport::default() }
}

/// The year matters to what people type only.
fn form(campus: &Campus) -> CampusForm {
    CampusForm { campus: campus.clone(), this_year: 0 }
}
