//! What reading everything again brought: what was known before is remembered until the last answer is there, and compared.

use jiff::Timestamp;

use crate::base::Job;
use crate::base::session::Session;
use crate::domain::detail::details;
use crate::domain::pins::Changes;
use crate::domain::text::capitalised;
use crate::domain::{Account, Id};

/// Changes with everything else, and says nothing that the rest does not.
const NEVER_NEWS: &str = "updated_at";

/// What was known before.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Learned {
    account: Option<Account>,
    school_ids: Option<Vec<Id>>,
    pins: Option<Vec<Id>>,
    since: Option<Timestamp>,
}

impl Learned {
    /// Remembers what is known now.
    pub(super) fn begin(session: &Session) -> Self {
        Self {
            account: session.account.value().cloned(),
            school_ids: school_ids(session),
            pins: session.pins.value().cloned(),
            since: session.account.at(),
        }
    }

    /// Whether answers are still to come.
    pub(super) fn is_awaited(session: &Session) -> bool {
        session.in_flight.jobs().any(|job| matches!(job, Job::Me | Job::Schools | Job::Pins))
    }

    /// What is new, in a sentence; none where the account could not be read, or was not known before. `clock` words a moment.
    pub(super) fn sentence(&self, session: &Session, clock: impl Fn(Timestamp) -> String) -> Option<String> {
        if session.account.error().is_some() {
            return None;
        }
        let (before, now) = (self.account.as_ref()?, session.account.value()?);
        let differs = details().into_iter().filter(|detail| detail.key != NEVER_NEWS && detail.value(before) != detail.value(now));
        let mut new: Vec<String> = differs.map(|detail| detail.label.to_owned()).collect();
        if self.school_ids.as_ref().is_some_and(|before| school_ids(session).is_some_and(|now| now != *before)) {
            new.push("School".to_owned());
        }
        let mut sentences = Vec::new();
        if let (Some(before), Some(now)) = (&self.pins, session.pins.value()) {
            let Changes { pinned, unpinned, moved } = Changes::between(before, now);
            if !pinned.is_empty() {
                new.push(pins(pinned.len()));
            }
            if !unpinned.is_empty() {
                sentences.push(format!("{} {} gone", pins(unpinned.len()), if unpinned.len() == 1 { "is" } else { "are" }));
            }
            if !moved.is_empty() {
                sentences.push("your pins are in another order".to_owned());
            }
        }
        if let Some((last, others)) = new.split_last() {
            let plural = !others.is_empty() || last.ends_with('s');
            let all = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
            sentences.insert(0, format!("{all} {} new", if plural { "are" } else { "is" }));
        }
        if sentences.is_empty() {
            return Some(self.since.map_or_else(|| "Nothing new".to_owned(), |since| format!("Nothing new since {}", clock(since))));
        }
        Some(capitalised(&sentences.join("; ")))
    }
}

fn school_ids(session: &Session) -> Option<Vec<Id>> {
    Some(session.schools.value()?.iter().map(|school| school.id.clone()).collect())
}

fn pins(count: usize) -> String {
    if count == 1 { "1 pin".to_owned() } else { format!("{count} pins") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RawText;

    fn session(account: &Account, pins: &[&str]) -> Session {
        let mut session = Session::default();
        session.account.set(account.clone(), Timestamp::UNIX_EPOCH);
        session.pins.set(pins.iter().map(|id| Id::from(*id)).collect(), Timestamp::UNIX_EPOCH);
        session
    }

    #[test]
    fn what_is_new_is_named_and_nothing_else() {
        let before = Account::new("7");
        let named = |edit: fn(&mut Account)| {
            let mut account = before.clone();
            edit(&mut account);
            account
        };
        let name = named(|account| account.profile.name = Some(RawText::from("Ida")));
        let both = named(|account| (account.profile.name, account.profile.bio) = (Some(RawText::from("Ida")), Some(RawText::from("x"))));
        let tags = named(|account| account.facts.tags = Some(vec![RawText::from("x")]));
        let touched = named(|account| account.facts.updated_at = Some(1));
        let news = Learned::begin(&session(&before, &["a", "b", "c"]));
        for (account, pins, said) in [
            (&before, &["a", "b", "c"][..], "Nothing new since 22:10"),
            (&touched, &["a", "b", "c"], "Nothing new since 22:10"),
            (&name, &["a", "b", "c"], "Name is new"),
            (&tags, &["a", "b", "c"], "Tags are new"),
            (&name, &["x", "a", "b", "c", "y"], "Name and 2 pins are new"),
            (&both, &["a", "b", "c", "y"], "Name, Bio and 1 pin are new"),
            (&before, &["a", "c"], "1 pin is gone"),
            (&name, &["c", "a", "b"], "Name is new; your pins are in another order"),
        ] {
            assert_eq!(news.sentence(&session(account, pins), |_| "22:10".to_owned()).as_deref(), Some(said));
        }
    }

    #[test]
    fn nothing_is_said_where_nothing_could_be_compared() {
        let known = session(&Account::new("7"), &[]);
        assert_eq!(Learned::begin(&Session::default()).sentence(&known, |_| String::new()), None);
        let mut failed = known.clone();
        crate::base::remote::Resource::fail(&mut failed.account, crate::api::ApiError::LoginPage);
        assert_eq!(Learned::begin(&known).sentence(&failed, |_| String::new()), None);
    }
}
