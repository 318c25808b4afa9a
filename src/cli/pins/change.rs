//! Changes of the list: found by id or name, done to the list as read, saved by the job that replays them on a fresh one.

use super::PinsContext;
use crate::api::Call;
use crate::base::job::{PinsOutcome, PinsReport, PinsSave};
use crate::cli::exit::Failure;
use crate::cli::{output, review};
use crate::domain::conversation::direct_id;
use crate::domain::pins::{Candidate, find, typed_id};
use crate::domain::{Id, RawText};
use crate::jobs;

impl PinsContext<'_> {
    /// Moves pins together, in the order given, so that they begin at this row.
    pub(in crate::cli) async fn place(&mut self, queries: &[String], to: usize) -> Result<(), Failure> {
        let rows = self.rows(queries).await?;
        self.list.move_rows(&rows, to);
        Ok(())
    }

    /// Unpins.
    pub(in crate::cli) async fn remove(&mut self, queries: &[String]) -> Result<(), Failure> {
        let rows = self.rows(queries).await?;
        self.list.unpin(&rows);
        Ok(())
    }

    /// Pins conversations, below all others.
    pub(in crate::cli) async fn add(&mut self, queries: &[String]) -> Result<(), Failure> {
        for id in self.conversations(queries).await? {
            if self.list.row(&id).is_some() {
                output::note(format!("{} is pinned already.", self.name(&id)));
            } else {
                self.list.pin(id, usize::MAX);
            }
        }
        Ok(())
    }

    /// The pin meant by its number in the list; anything else stays as it was typed.
    pub(in crate::cli) fn named(&self, typed: &str) -> String {
        let number = typed.trim().parse::<usize>().ok().and_then(|number| self.list.ids().get(number.checked_sub(1)?));
        number.map_or_else(|| typed.trim().to_owned(), |id| id.as_str().to_owned())
    }

    /// Unpins what is dead, after asking.
    pub(super) async fn prune(&mut self) -> Result<(), Failure> {
        if !self.directory().await.groups.complete {
            return Err(Failure::failed("which pins are dead cannot be told while your groups cannot be read; nothing was changed"));
        }
        let rows = self.directory.as_ref().map(|directory| directory.resolve(self.list.ids())).unwrap_or_default();
        let dead: Vec<usize> = rows.iter().zip(0..).filter(|(row, _)| row.is_dead()).map(|(_, at)| at).collect();
        if dead.is_empty() {
            return self.save().await;
        }
        for row in rows.iter().filter(|row| row.is_dead()) {
            output::say(format!("{} ({})", self.name(&row.id), row.state.shown().unwrap_or_default()));
        }
        self.list.unpin(&dead);
        if !self.context.global.dry_run {
            let count = dead.len();
            self.context.confirm(&format!("Unpin {} that {} nowhere?", pins(count), if count == 1 { "leads" } else { "lead" }))?;
        }
        self.save().await
    }

    /// Rows of the pins meant, in the order given, each once.
    async fn rows(&mut self, queries: &[String]) -> Result<Vec<usize>, Failure> {
        let by_id: Option<Vec<usize>> = queries.iter().map(|query| self.list.row(&Id::from(query.trim()))).collect();
        let rows = if let Some(rows) = by_id {
            rows
        } else {
            self.directory().await;
            let rows = self.directory.as_ref().map(|directory| directory.resolve(self.list.ids())).unwrap_or_default();
            let candidates: Vec<Candidate> = rows.into_iter().map(|row| Candidate { id: row.id, name: row.name }).collect();
            let ids = queries.iter().map(|query| sought(query, &candidates)).collect::<Result<Vec<Id>, Failure>>()?;
            ids.iter().filter_map(|id| self.list.row(id)).collect()
        };
        let mut once: Vec<usize> = Vec::with_capacity(rows.len());
        for row in rows {
            if !once.contains(&row) {
                once.push(row);
            }
        }
        Ok(once)
    }

    /// Ids of the conversations meant. One that no list has may be given by its whole id.
    async fn conversations(&mut self, queries: &[String]) -> Result<Vec<Id>, Failure> {
        let candidates = self.candidates().await;
        let id = |query: &String| match sought(query, &candidates) {
            Err(error) => typed_id(query).ok_or(error),
            found => found,
        };
        queries.iter().map(id).collect()
    }

    /// The conversation meant by an entry of a list of ids; only what is no id is looked for among the names.
    pub(in crate::cli) async fn meant(&mut self, entry: &str) -> Result<Id, Failure> {
        if let Some(id) = typed_id(entry) {
            return Ok(id);
        }
        let id = Id::from(entry);
        if self.list.row(&id).is_some() {
            return Ok(id);
        }
        sought(entry, &self.candidates().await)
    }

    /// Every conversation that can be named, pinned or not.
    async fn candidates(&mut self) -> Vec<Candidate> {
        let me = self.account.id.clone();
        let pinned = self.list.ids().to_vec();
        let directory = self.directory().await;
        let known = |id: Id, name: &RawText| Candidate { id, name: Some(name.clone()) };
        let groups = directory.groups.rows.iter().map(|group| known(group.id.clone(), &group.name));
        let topics = directory.topics.rows.iter().map(|topic| known(topic.id.clone(), &topic.name));
        let chats = directory.chats.rows.iter().map(|chat| known(direct_id(&me, &chat.user_id), &chat.name));
        let pins = directory.resolve(&pinned).into_iter().map(|row| Candidate { id: row.id, name: row.name });
        groups.chain(topics).chain(chats).chain(pins).collect()
    }

    /// Saves what was changed, and says or prints what came of it.
    pub(super) async fn save(&mut self) -> Result<(), Failure> {
        if self.context.global.dry_run {
            let call = self.list.changed().then(|| Call::SetPins(self.list.ids().to_vec()));
            self.context.print_requests(call.as_slice())?;
            return Ok(());
        }
        if self.list.changed() {
            self.send().await?;
        } else {
            output::note("Nothing to change: already up to date.");
        }
        if self.context.global.json {
            self.print().await?;
        }
        Ok(())
    }

    /// Saves what was changed, and says what came of it.
    pub(in crate::cli) async fn send(&mut self) -> Result<(), Failure> {
        let save = PinsSave { account: self.account.id.clone(), list: self.list.clone() };
        let report = jobs::pins::save(&self.client, &self.context.notes(), &save).await?;
        self.judge(report).await
    }

    async fn judge(&mut self, report: PinsReport) -> Result<(), Failure> {
        review::unkept(report.unkept.as_ref());
        if !report.elsewhere.is_empty() || report.end == PinsOutcome::Conflict {
            self.directory().await;
        }
        match report.end {
            PinsOutcome::Saved => {
                let elsewhere = report.elsewhere.sentence("elsewhere", |id| self.name(id));
                self.list = report.result.list;
                output::note(if elsewhere.is_empty() { "Saved.".to_owned() } else { format!("Saved ({elsewhere}).") });
                Ok(())
            }
            PinsOutcome::Conflict => {
                let names: Vec<String> = report.result.conflicts.iter().map(|conflict| self.name(&conflict.id).into_string()).collect();
                Err(Failure::conflict(format!("unpinned elsewhere in the meantime: {}; nothing more was written", names.join(", "))))
            }
            PinsOutcome::Contended => {
                Err(Failure::conflict("other devices changed the pins each time they were written; look at `lapel pins` and try again"))
            }
            PinsOutcome::NotSaved(error) => {
                Err(Failure::failed(format!("not saved: {}; reading back shows the list without the change", error.cause())))
            }
        }
    }
}

fn sought(query: &str, candidates: &[Candidate]) -> Result<Id, Failure> {
    find(query, candidates.iter().cloned()).map_err(|error| Failure::usage(error.to_string()))
}

/// A number of pins, in words.
pub(super) fn pins(count: usize) -> String {
    format!("{count} pin{}", if count == 1 { "" } else { "s" })
}
