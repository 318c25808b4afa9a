//! What both saves have in common: reading first, finding conflicts, sending, and telling the truth afterwards.
//!
//! A save reads, merges, writes and reads back. What the server holds at the end outweighs what its answers said on the way. Must not
//! know which call takes which value: `profile` and `campus` do.

use super::{keep, read};
use crate::api::{ApiError, Call, Reply, Service};
use crate::base::job::{FieldConflict, SaveReport};
use crate::domain::account::Account;
use crate::domain::field::{FieldSpec, changed};
use crate::domain::merge::{self, MergeOutcome, Merged};
use crate::domain::{Id, SafeText};
use crate::io::notes::Notes;

/// The account, which must be the one that is to be saved.
pub(super) async fn read(service: &impl Service, notes: &Notes, expected: &Id) -> Result<Account, ApiError> {
    let account = read::account(service, notes).await?;
    if account.id == *expected { Ok(account) } else { Err(ApiError::WrongAccount) }
}

/// Keeps the account that a save is about to change; what has to be said where that fails.
pub(super) async fn keep_account(notes: &Notes, account: &Account) -> Option<SafeText> {
    let account = account.clone();
    keep(notes, move |notes| notes.keep_account(&account)).await
}

/// The report that asks the user to choose, nothing being written; none where nothing clashes.
pub(super) fn conflicts<T>(merged: &Merged<T>, account: &Account) -> Option<SaveReport> {
    let clash = |(row, outcome): &(&'static FieldSpec<T>, MergeOutcome)| match outcome {
        MergeOutcome::Conflict { base, mine, theirs } => {
            Some(FieldConflict { key: row.key, base: base.clone(), mine: mine.clone(), theirs: theirs.clone() })
        }
        _ => None,
    };
    let conflicts: Vec<FieldConflict> = merged.fields.iter().filter_map(clash).collect();
    let report = || SaveReport { account: Some(Box::new(account.clone())), conflicts: conflicts.clone(), ..SaveReport::default() };
    (!conflicts.is_empty()).then(report)
}

/// The writes of one save, and how each ended.
#[derive(Debug, Default)]
pub(super) struct FieldWrites {
    all: Vec<Write>,
    /// Once set, nothing more is sent: it would fail the same way.
    stopped: bool,
}

#[derive(Debug)]
struct Write {
    /// The fields it carries.
    keys: Vec<&'static str>,
    sent: bool,
    error: Option<ApiError>,
}

impl FieldWrites {
    /// Sends a write once, with the fields of these keys, unless an earlier one failed in a way that concerns this one too.
    ///
    /// # Errors
    /// The failure, which is noted here already.
    pub(super) async fn send(&mut self, service: &impl Service, call: &Call, keys: Vec<&'static str>) -> Result<Reply, ApiError> {
        if self.stopped {
            return Err(self.skip(keys));
        }
        let ended = service.call(call).await;
        self.stopped = ended.as_ref().is_err_and(concerns_all);
        self.all.push(Write { keys, sent: true, error: ended.as_ref().err().cloned() });
        ended
    }

    /// Whether the write noted last was refused and carried several fields, any of which may be the reason. It is forgotten then: each
    /// of its fields is to be tried alone.
    pub(super) fn refused_several(&mut self) -> bool {
        let refused = |write: &mut Write| write.keys.len() > 1 && write.sent && write.error.as_ref().is_some_and(is_refusal);
        self.all.pop_if(refused).is_some()
    }

    /// The fields whose call as such was turned away or failed and that `other` says another call takes; and why.
    pub(super) fn turned_away(&self, other: impl Fn(&str) -> bool) -> Option<(Vec<&'static str>, ApiError)> {
        let failed = |write: &&Write| write.sent && write.error.as_ref().is_some_and(is_of_the_call);
        let write = self.all.iter().rev().find(failed).filter(|_| !self.stopped)?;
        let keys: Vec<_> = write.keys.iter().copied().filter(|key| other(key)).collect();
        Some((keys, write.error.clone()?)).filter(|(keys, _)| !keys.is_empty())
    }

    /// Forgets what became of these fields: another call takes them.
    pub(super) fn hand_over(&mut self, keys: &[&'static str]) {
        self.all.iter_mut().for_each(|write| write.keys.retain(|key| !keys.contains(key)));
    }

    /// Notes a write that is not sent because of the failure before it.
    pub(super) fn skip(&mut self, keys: Vec<&'static str>) -> ApiError {
        let cause = self.all.iter().rev().find_map(|write| write.error.clone()).unwrap_or(ApiError::SignedOut);
        self.all.push(Write { keys, sent: false, error: Some(cause.clone()) });
        cause
    }

    /// Sends nothing more.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    /// Whether any write failed so far.
    pub(super) fn has_failed(&self) -> bool {
        self.all.iter().any(|write| write.error.is_some())
    }

    /// Whether the write noted last may have been carried out.
    pub(super) fn may_have_applied(&self) -> bool {
        self.all.last().is_some_and(Write::may_have_applied)
    }

    /// The account as it is after the writes; `before` if none of them can have changed it.
    pub(super) async fn read_back(&self, service: &impl Service, notes: &Notes, before: Account) -> Result<Account, ApiError> {
        if self.all.iter().any(Write::may_have_applied) { read(service, notes, &before.id).await } else { Ok(before) }
    }

    /// What became of every field that differs between `base` and `mine`. `told` gives the values in which a field can be looked up,
    /// given the account read back, or none if nothing tells that field.
    pub(super) fn report<T>(
        &self,
        rows: &'static [FieldSpec<T>],
        (base, mine): (&T, &T),
        back: Result<Account, ApiError>,
        told: impl Fn(&FieldSpec<T>, Option<&Account>) -> Option<T>,
    ) -> SaveReport {
        let account = back.as_ref().ok();
        let mut unsettled = None;
        let fields = changed(rows, base, mine)
            .into_iter()
            .map(|row| {
                let now = told(row, account);
                let write = self.all.iter().rev().find(|write| write.keys.contains(&row.key) && write.error.is_some());
                let settled = write.filter(|write| now.is_some() || !write.may_have_applied());
                let mark = merge::mark(row, base, mine, now.as_ref(), settled.map(Write::words));
                if mark == merge::SaveStatus::Unknown {
                    unsettled = unsettled.take().or_else(|| write.and_then(|write| write.error.clone()));
                }
                (row.key, mark)
            })
            .collect();
        SaveReport {
            trouble: self.trouble(back.as_ref().err(), unsettled),
            account: back.ok().map(Box::new),
            fields,
            ..SaveReport::default()
        }
    }

    /// What has to be said beyond the marks.
    fn trouble(&self, not_read: Option<&ApiError>, unsettled: Option<ApiError>) -> Option<ApiError> {
        let errors = self.all.iter().filter_map(|write| write.error.as_ref());
        let of_all = errors.filter(|error| concerns_all(error)).find(|error| !error.may_have_applied() || not_read.is_some()).cloned();
        let unread = not_read.map(|error| match error {
            ApiError::SignedOut | ApiError::WrongAccount => error.clone(),
            error => ApiError::Unknown { reason: SafeText::line(format!("what was sent could not be read back: {}", error.headline())) },
        });
        of_all.or(unread).or(unsettled)
    }
}

impl Write {
    fn may_have_applied(&self) -> bool {
        self.sent && self.error.as_ref().is_none_or(ApiError::may_have_applied)
    }

    /// Why it did not do what it should: the service's own words where it used any.
    fn words(&self) -> Vec<SafeText> {
        let words = match &self.error {
            None => Vec::new(),
            Some(ApiError::Forbidden { messages, .. } | ApiError::Rejected { messages, .. }) if !messages.is_empty() => messages.clone(),
            Some(ApiError::Unknown { reason }) => vec![reason.clone()],
            Some(error) => vec![SafeText::line(error.headline())],
        };
        if self.sent {
            words
        } else {
            words.iter().map(|word| SafeText::line(format!("not sent, since the save failed before: {word}"))).collect()
        }
    }
}

/// Whether the next call would fail the same way.
fn concerns_all(error: &ApiError) -> bool {
    use ApiError::{Busy, LoginPage, Offline, SignedOut, Tls, WrongAccount};
    matches!(error, SignedOut | Offline { .. } | Tls { .. } | LoginPage | Busy { .. } | WrongAccount)
}

/// Whether the service looked at the values of a write and did not take them.
fn is_refusal(error: &ApiError) -> bool {
    matches!(error, ApiError::Rejected { .. })
}

/// Whether the call as such was turned away or failed, whatever values it carried: another call may do.
fn is_of_the_call(error: &ApiError) -> bool {
    matches!(error, ApiError::Forbidden { .. } | ApiError::Unattested | ApiError::Unknown { .. })
}
