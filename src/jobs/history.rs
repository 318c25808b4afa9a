//! The states kept before saves: read from disk, of both kinds, the newest first.

use super::on_disk;
use crate::base::job::HistoryLists;
use crate::base::kept::{EarlierState, SavedValues};
use crate::domain::{Id, SafeText};
use crate::io::history::{HistoryEntry, Problem};
use crate::io::notes::Notes;

/// Everything that is kept of this account. What cannot be read is told and left out.
pub async fn read(notes: &Notes, account: &Id) -> HistoryLists {
    let account = account.clone();
    on_disk(notes, move |notes| kept(notes, &account)).await.unwrap_or_default()
}

fn kept(notes: &Notes, account: &Id) -> HistoryLists {
    let mut history = HistoryLists::default();
    let mut take = |listed: Option<Result<Vec<HistoryEntry>, Problem>>, state: &dyn Fn(&HistoryEntry) -> Option<SavedValues>| match listed {
        Some(Ok(entries)) => {
            history.kept.extend(entries.iter().filter_map(|entry| Some(EarlierState { at: entry.saved_at, state: state(entry)? })));
        }
        Some(Err(problem)) => history.problem = Some(SafeText::line(problem.to_string())),
        None => {}
    };
    take(notes.accounts(account).map(|history| history.list()), &|entry| {
        SavedValues::account(&entry.value).map(|account| SavedValues::Account(Box::new(account)))
    });
    take(notes.pins(account).map(|history| history.list()), &|entry| {
        let ids = entry.value.as_array()?;
        Some(SavedValues::Pins(ids.iter().filter_map(|id| id.as_str().map(Id::from)).collect()))
    });
    history.kept.sort_by_key(|kept| std::cmp::Reverse(kept.at));
    history
}
