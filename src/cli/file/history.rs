//! `lapel history` and `lapel restore N`: the account before each of the last saves.

use serde_json::{Value as Json, json};

use super::now::{Now, Wanted};
use crate::api::{Call, Reply};
use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::output;
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::field::{FieldSpec, PROFILE, ToldBy};
use crate::domain::{Account, Profile};
use crate::io::history::Entry;

/// Prints the states that can be brought back, the newest first.
pub(in crate::cli) async fn list(context: &Context) -> Result<(), Failure> {
    let now = Now::read(context).await?;
    let entries = entries(context, &now)?;
    if context.global.json {
        let row = |entry: &Entry| json!({"number": entry.number, "saved_at": entry.saved_at, "account": entry.value});
        output::json(&entries.iter().map(row).collect());
        return Ok(());
    }
    if entries.is_empty() {
        output::note("No earlier state is kept yet: one is before each save.");
    }
    for entry in &entries {
        let wanted = now.back_to(&entry.value);
        let mut labels: Vec<&str> = now.changed_profile(&wanted).into_iter().flat_map(|(_, rows)| rows).map(|row| row.label).collect();
        labels.extend(now.changed_campus(&wanted).into_iter().flat_map(|(_, rows)| rows).map(|row| row.label));
        let back = if labels.is_empty() { "as it is now".to_owned() } else { format!("restoring it changes {}", labels.join(", ")) };
        output::line(format!("{:>2}  {}  {back}", entry.number, context.moment(entry.saved_at)));
    }
    Ok(())
}

/// Brings an earlier state of profile and campus back, after a review.
pub(in crate::cli) async fn restore(context: &Context, number: usize) -> Result<(), Failure> {
    let now = Now::read(context).await?;
    let entries = entries(context, &now)?;
    let Some(entry) = entries.iter().find(|entry| entry.number == number) else {
        let kept = if entries.is_empty() { "none is kept yet".to_owned() } else { format!("they are numbered 1 to {}", entries.len()) };
        return Err(Failure::usage(format!("there is no earlier state {number}; {kept}")));
    };
    Box::pin(now.change(context, &now.back_to(&entry.value))).await
}

fn entries(context: &Context, now: &Now) -> Result<Vec<Entry>, Failure> {
    let Some(history) = context.notes().accounts(&now.account) else { return Ok(Vec::new()) };
    history.list().map_err(|problem| Failure::failed(problem.to_string()))
}

impl Now {
    /// The state a snapshot holds, read by the decoder of the service's own answers. What it does not hold was not set then.
    fn back_to(&self, snapshot: &Json) -> Wanted {
        let body = snapshot.to_string();
        let Ok(Reply::Account(then)) = Reply::decode(&Call::Me, 200, Some("application/json"), body.as_bytes()) else {
            return Wanted::default();
        };
        let then: Account = *then;
        let told = |row: &&'static FieldSpec<Profile>| row.told_by == ToldBy::Account;
        let campus = CampusForm { campus: then.campus, this_year: self.campus.this_year };
        Wanted {
            profile: Some(back(PROFILE.iter().filter(told), &self.profile, &then.profile)),
            campus: Some(back(CAMPUS.iter(), &self.campus, &campus)),
            pins: None,
        }
    }
}

/// Today's values with those of then in their place. What was not set then is emptied, where it can be empty.
fn back<T: Clone + 'static>(rows: impl Iterator<Item = &'static FieldSpec<T>>, today: &T, then: &T) -> T {
    let mut values = today.clone();
    for row in rows {
        match (row.text(today), row.text(then)) {
            (Some(_), None) => {
                // A field that cannot be empty, like the name, stays.
                let _ = row.set(&mut values, "");
            }
            _ => row.copy(&mut values, then),
        }
    }
    values
}
