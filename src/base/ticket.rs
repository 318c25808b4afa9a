//! Tickets: which calls are under way, and which answers still count.
//!
//! A reply whose ticket is no longer open is stale and dies here. "Idle" means that no ticket is open.

use std::collections::BTreeMap;

use super::job::{Job, JobSubject};

/// Names one run of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// The open tickets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InFlight {
    last: u64,
    open: BTreeMap<Ticket, Job>,
}

impl InFlight {
    /// An empty desk whose tickets are none of this one's.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { last: self.last, open: BTreeMap::new() }
    }

    /// The open tickets.
    pub fn tickets(&self) -> impl Iterator<Item = Ticket> {
        self.open.keys().copied()
    }

    /// Opens a ticket for `job`; a ticket already open for the same subject is closed and returned, since its answer no longer counts.
    pub fn open(&mut self, job: Job) -> (Ticket, Option<Ticket>) {
        let replaced = self.ticket_of(&job.subject());
        if let Some(old) = replaced {
            self.open.remove(&old);
        }
        self.last += 1;
        let ticket = Ticket(self.last);
        self.open.insert(ticket, job);
        (ticket, replaced)
    }

    /// Closes a ticket and says what it was for; `None` for a stale one.
    pub fn close(&mut self, ticket: Ticket) -> Option<Job> {
        self.open.remove(&ticket)
    }

    /// The job of an open ticket.
    pub fn job(&self, ticket: Ticket) -> Option<&Job> {
        self.open.get(&ticket)
    }

    /// The open ticket about `subject`.
    pub fn ticket_of(&self, subject: &JobSubject) -> Option<Ticket> {
        self.open.iter().find(|(_, job)| job.subject() == *subject).map(|(ticket, _)| *ticket)
    }

    /// The jobs under way.
    pub fn jobs(&self) -> impl Iterator<Item = &Job> {
        self.open.values()
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether a write is under way.
    pub fn is_writing(&self) -> bool {
        self.open.values().any(Job::is_write)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_read_of_the_same_thing_makes_the_first_stale() {
        let mut desk = InFlight::default();
        let (first, _) = desk.open(Job::Me);
        let (second, replaced) = desk.open(Job::Me);
        assert_eq!(replaced, Some(first));
        assert_eq!(desk.close(first), None);
        assert_eq!(desk.close(second), Some(Job::Me));
        assert!(desk.is_idle());
    }
}
