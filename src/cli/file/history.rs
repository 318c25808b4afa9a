//! `lapel history` and `lapel restore N`: the account before each of the last saves.

use serde_json::{Value as Json, json};

use super::now::{ServerValues, WantedValues};
use crate::base::kept::{SavedValues, profile_back};
use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::{output, review};
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::field::{FieldError, FieldSpec, go_back};
use crate::io::history::HistoryEntry;

/// Prints the states that can be brought back, the newest first.
pub(in crate::cli) async fn list(context: &Context) -> Result<(), Failure> {
    let now = ServerValues::read(context).await?;
    let entries = entries(context, &now)?;
    if context.global.json {
        let row = |entry: &HistoryEntry| json!({"number": entry.number, "saved_at": entry.saved_at, "account": entry.value});
        output::json(&entries.iter().map(row).collect())?;
        return Ok(());
    }
    if entries.is_empty() {
        output::note("No earlier state is kept yet: one is before each save.");
    }
    let mut rows = Vec::with_capacity(entries.len());
    for entry in &entries {
        let (wanted, stuck) = now.back_to(&entry.value);
        let labels = now.changed_labels(&wanted);
        let back = if labels.is_empty() { "as it is now".to_owned() } else { format!("restoring it changes {}", labels.join(", ")) };
        let but = if stuck.is_empty() { String::new() } else { format!("; {} cannot be restored", labels_of(&stuck)) };
        rows.push(vec![entry.number.to_string(), context.moment(entry.saved_at).into_string(), format!("{back}{but}")]);
    }
    output::table(&rows)
}

/// Brings an earlier state of profile and campus back, after a review.
pub(in crate::cli) async fn restore(context: &Context, number: usize) -> Result<(), Failure> {
    let now = ServerValues::read(context).await?;
    let entries = entries(context, &now)?;
    let Some(entry) = entries.iter().find(|entry| entry.number == number) else {
        let kept = if entries.is_empty() { "none is kept yet".to_owned() } else { format!("they are numbered 1 to {}", entries.len()) };
        return Err(Failure::usage(format!("there is no earlier state {number}; {kept}")));
    };
    let (wanted, stuck) = now.back_to(&entry.value);
    for stuck in &stuck {
        output::say(format!("{} cannot be restored to {}: {}.", stuck.label, stuck.then, stuck.why));
    }
    if stuck.is_empty() || !now.changed_labels(&wanted).is_empty() {
        Box::pin(now.change(context, wanted)).await?;
    }
    if stuck.is_empty() { Ok(()) } else { Err(Failure::failed(format!("not restored: {}", labels_of(&stuck)))) }
}

/// A field that cannot be what it was.
struct Unrestorable {
    label: &'static str,
    /// What it was, for a person.
    then: String,
    why: FieldError,
}

fn labels_of(stuck: &[Unrestorable]) -> String {
    stuck.iter().map(|stuck| stuck.label).collect::<Vec<_>>().join(", ")
}

fn entries(context: &Context, now: &ServerValues) -> Result<Vec<HistoryEntry>, Failure> {
    let Some(history) = context.notes().accounts(&now.account) else { return Ok(Vec::new()) };
    history.list().map_err(|problem| Failure::failed(problem.to_string()))
}

impl ServerValues {
    /// The state a snapshot holds, read by the decoder of the service's own answers, and what of it cannot be had again. What it does
    /// not hold was not set then.
    fn back_to(&self, snapshot: &Json) -> (WantedValues<'static>, Vec<Unrestorable>) {
        let Some(then) = SavedValues::account(snapshot) else { return (WantedValues::default(), Vec::new()) };
        let (profile, stays) = profile_back(&self.profile, &self.settings.profile, &then.profile);
        let mut stuck = unrestorable(stays, &then.profile);
        let mut campus = self.campus.clone();
        let then = CampusForm { campus: then.campus, this_year: campus.this_year };
        stuck.extend(unrestorable(go_back(CAMPUS, &mut campus, &then), &then));
        (WantedValues { profile: Some(profile), campus: Some(campus), pins: None }, stuck)
    }
}

fn unrestorable<T>(rows: Vec<(&'static FieldSpec<T>, FieldError)>, then: &T) -> Vec<Unrestorable> {
    let stuck = |(row, why): (&'static FieldSpec<T>, FieldError)| Unrestorable { label: row.label, then: review::value(row, then), why };
    rows.into_iter().map(stuck).collect()
}
