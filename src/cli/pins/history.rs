//! `lapel pins history` and `restore`: the lists before the last saves.

use serde_json::{Value as Json, json};

use super::PinsContext;
use super::change::pins;
use crate::cli::exit::Failure;
use crate::cli::output;
use crate::domain::Id;
use crate::domain::pins::{Changes, PinList};
use crate::io::clock::Clock;
use crate::io::history::HistoryEntry;

impl PinsContext<'_> {
    /// Prints the lists that can be brought back, the newest first.
    pub(in crate::cli) async fn history(&mut self) -> Result<(), Failure> {
        let entries = self.entries()?;
        if self.context.global.json {
            let row =
                |entry: &HistoryEntry| json!({"number": entry.number, "saved_at": entry.saved_at, "pinned_conversation_ids": entry.value});
            output::json(&entries.iter().map(row).collect())?;
            return Ok(());
        }
        if entries.is_empty() {
            output::note("No list is kept yet: one is before each save.");
            return Ok(());
        }
        self.directory().await;
        let mut rows = Vec::with_capacity(entries.len());
        for entry in &entries {
            let ids = ids(&entry.value);
            let back = Changes::between(self.list.ids(), &ids).sentence("", |id| self.name(id));
            let back = if back.is_empty() { "as it is now".to_owned() } else { format!("restoring it: {back}") };
            rows.push(vec![entry.number.to_string(), moment(entry.saved_at, self.context.clock()), pins(ids.len()), back]);
        }
        output::table(&rows)
    }

    /// Brings an earlier list back, after asking. What other devices did since the list was read is kept, as in every save.
    pub(super) async fn restore(&mut self, number: usize) -> Result<(), Failure> {
        let saved_at = self.bring_back(number)?;
        if self.list.changed() && !self.context.global.dry_run {
            if !self.context.global.yes {
                self.directory().await;
                output::say(self.list.changes().sentence("", |id| self.name(id)));
            }
            self.context.confirm(&format!("Restore the list of {}?", moment(saved_at, self.context.clock())))?;
        }
        self.save().await
    }

    /// Makes the list what an earlier one was; from when that is.
    pub(in crate::cli) fn bring_back(&mut self, number: usize) -> Result<i64, Failure> {
        let entries = self.entries()?;
        let Some(entry) = entries.iter().find(|entry| entry.number == number) else {
            let kept = if entries.is_empty() { "none is kept yet".to_owned() } else { format!("they are numbered 1 to {}", entries.len()) };
            return Err(Failure::usage(format!("there is no list {number}; {kept}")));
        };
        self.list = PinList::toward(self.list.base(), &ids(&entry.value));
        Ok(entry.saved_at)
    }

    fn entries(&self) -> Result<Vec<HistoryEntry>, Failure> {
        let Some(history) = self.context.notes().pins(&self.account.id) else { return Ok(Vec::new()) };
        history.list().map_err(|problem| Failure::failed(problem.to_string()))
    }
}

fn ids(value: &Json) -> Vec<Id> {
    value.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(Id::from)).collect()
}

fn moment(at: i64, clock: &Clock) -> String {
    let at = jiff::Timestamp::from_second(at).unwrap_or_default().to_zoned(clock.zone().clone());
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
