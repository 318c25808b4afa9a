//! One sign-in: an account on a server, and everything that was told, asked and said since.
//!
//! It is one value, and another account's sign-in replaces it whole. So a new member is forgotten with the others without anybody
//! having to think of it, and what was asked for the old account is no longer awaited.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::entrance::SignInReason;
use super::kept::EarlierState;
use super::messages::Messages;
use super::remote::Remote;
use super::ticket::{InFlight, Ticket};
use crate::api::{ApiError, WaitReason};
use crate::domain::campus::School;
use crate::domain::conversation::{Chat, Group, Listing, MembershipState, Topic};
use crate::domain::field::{PROFILE, keep_unread};
use crate::domain::pins::{CachedPin, Directory};
use crate::domain::{Account, Id, RawText, SafeText};
use crate::widgets::picture::Thumbnail;

/// Which server the program talks to, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerLabel {
    /// Empty for GroupMe itself, else `sandbox` or the host.
    pub label: SafeText,
    /// Whether this is the built-in sandbox.
    pub sandbox: bool,
}

/// What belongs to the account that is signed in.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Which server.
    pub server: ServerLabel,
    /// The account.
    pub account: Remote<Account>,
    /// Whether the service itself has told whose account this is, not only an earlier run.
    pub told: bool,
    /// Directories the account is in.
    pub schools: Remote<Vec<School>>,
    /// What was kept before saves, the newest first.
    pub history: Remote<Vec<EarlierState>>,
    /// Pinned conversations.
    pub pins: Remote<Vec<Id>>,
    /// All groups.
    pub groups: Remote<Listing<Group>>,
    /// Topics of the groups that have any.
    pub topics: Remote<Listing<Topic>>,
    /// Groups left.
    pub former_groups: Remote<Listing<Group>>,
    /// Standing in every group.
    pub membership_states: Remote<Listing<MembershipState>>,
    /// Direct conversations.
    pub chats: Remote<Listing<Chat>>,
    /// What pins were when something last knew, for the first frame and for what no listing holds any more.
    pub known: HashMap<Id, CachedPin>,
    /// Pictures that were asked for, by the address they are fetched from; see `Shared::want_picture`.
    pub pictures: BTreeMap<RawText, Remote<Thumbnail>>,
    /// What is under way.
    pub in_flight: InFlight,
    /// Whose session is being opened, to take the place of this one or to make it complete.
    pub opening: Option<SignInReason>,
    /// What jobs wait for; see [`Session::wait`].
    pub waits: BTreeMap<Ticket, JobWait>,
    /// Bytes sent and in all, of an upload.
    pub sent: Option<(u64, u64)>,
    /// When the last save was verified.
    pub saved_at: Option<Timestamp>,
    /// Since when the service cannot be reached.
    pub offline_since: Option<Timestamp>,
    /// Whether the token was refused.
    pub signed_out: bool,
    /// What was said.
    pub messages: Messages,
}

/// A wait of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobWait {
    /// When it ends.
    pub until: Timestamp,
    /// For what.
    pub why: WaitReason,
}

impl Session {
    /// Nothing known yet of an account on this server.
    pub fn new(place: ServerLabel) -> Self {
        Self { server: place, ..Self::default() }
    }

    /// The one that takes its place. Only numbers go on, so that late answers and timers of this one mean nothing there.
    #[must_use]
    pub fn next(&self, place: ServerLabel) -> Self {
        Self { in_flight: self.in_flight.next(), messages: self.messages.next(), ..Self::new(place) }
    }

    /// Whether an answer is awaited.
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_idle() && self.opening.is_none()
    }

    /// The longest wait of what is under way, whatever else ended meanwhile.
    pub fn wait(&self, now: Timestamp) -> Option<JobWait> {
        let open = self.waits.iter().filter(|(ticket, wait)| self.in_flight.job(**ticket).is_some() && wait.until > now);
        open.map(|(_, wait)| *wait).max_by_key(|wait| wait.until)
    }

    /// Takes a newer account; what only the extended call tells is kept from before.
    pub fn learn_account(&mut self, mut account: Account, now: Timestamp) {
        if let Some(old) = self.account.value().filter(|old| old.id == account.id) {
            keep_unread(PROFILE, &mut account.profile, &old.profile);
            if account.settings.told_at.is_none() {
                account.settings = old.settings.clone();
            }
        }
        (self.told, self.signed_out) = (true, false);
        self.account.set(account, now);
    }

    /// Whether this account is the one at hand.
    pub fn is_account(&self, id: &Id) -> bool {
        self.account.value().is_some_and(|account| account.id == *id)
    }

    /// Everything known about conversations.
    pub fn directory(&self) -> Directory {
        Directory {
            me: self.account.value().map(|account| account.id.clone()),
            groups: self.groups.value().cloned().unwrap_or_default(),
            former: self.former_groups.value().cloned().unwrap_or_default(),
            states: self.membership_states.value().cloned().unwrap_or_default(),
            chats: self.chats.value().cloned().unwrap_or_default(),
            topics: self.topics.value().cloned().unwrap_or_default(),
            known: self.known.clone(),
        }
    }

    /// Takes note of whether the service was reached, and took the token.
    pub(super) fn note_reachability(&mut self, error: Option<&ApiError>, now: Timestamp) {
        match error {
            None => self.offline_since = None,
            Some(ApiError::Offline { .. } | ApiError::Tls { .. }) => {
                self.offline_since.get_or_insert(now);
            }
            Some(ApiError::SignedOut) => self.signed_out = true,
            Some(_) => {}
        }
    }
}
