//! Who the pins are, and what has to be read to know it: no more than the list at hand needs.

use std::collections::{HashMap, HashSet};

use crate::base::{Job, Shared};
use crate::domain::conversation::{Listing, direct_id};
use crate::domain::fold::folded;
use crate::domain::pins::{Changes, Directory, PinKind, PinRow, PinState, groups_to_ask_for_topics};
use crate::domain::text::capitalised;
use crate::domain::{Id, SafeText};
use crate::widgets::picker::Choice;

/// The pins explained, by id.
#[derive(Debug, Default)]
pub(super) struct PinNames {
    rows: HashMap<Id, PinRow>,
    /// Whether of some pin it is not known what it is.
    uncertain: bool,
    /// The names folded for the filter, made when it is first used.
    folded: HashMap<Id, String>,
    /// Whether the reads were started.
    asked: bool,
    /// Whose topics are being read, or were; which not every list needs.
    topics_of: Vec<Id>,
}

impl PinNames {
    /// Explains these pins from all that is known now.
    pub(super) fn explain<'a>(&mut self, pins: impl Iterator<Item = &'a Id>, directory: &Directory) {
        let pins: Vec<Id> = pins.cloned().collect();
        self.rows = directory.resolve(&pins).into_iter().map(|row| (row.id.clone(), row)).collect();
        self.uncertain = self.rows.values().any(|row| row.state == PinState::Unknown);
        self.folded.clear();
    }

    /// What is known about a pin.
    pub(super) fn row(&self, id: &Id) -> Option<&PinRow> {
        self.rows.get(id)
    }

    /// The name of a pin, else its number.
    pub(super) fn shown(&self, id: &Id) -> SafeText {
        let name = self.row(id).and_then(|row| row.name.as_ref()).map(crate::domain::RawText::line);
        name.filter(|name| !name.as_str().trim().is_empty()).unwrap_or_else(|| id.shown())
    }

    /// Folds the names of these pins, for [`PinNames::folded`].
    pub(super) fn fold<'a>(&mut self, pins: impl Iterator<Item = &'a Id>) {
        if self.folded.is_empty() {
            self.folded = pins.map(|id| (id.clone(), folded(self.shown(id).as_str()))).collect();
        }
    }

    /// The name of a pin for comparing, where it was folded.
    pub(super) fn folded(&self, id: &Id) -> Option<&str> {
        self.folded.get(id).map(String::as_str)
    }

    /// Whether a pin certainly leads nowhere.
    pub(super) fn is_dead(&self, id: &Id) -> bool {
        self.row(id).is_some_and(PinRow::is_dead)
    }

    /// Whether it is known of every pin what it is.
    pub(super) fn are_certain(&self) -> bool {
        !self.uncertain
    }

    /// A dead pin with its reason, for a list.
    pub(super) fn obituary(&self, id: &Id) -> String {
        match self.row(id).map(|row| row.state) {
            Some(PinState::Dead(reason)) => format!("{} ({})", self.shown(id), reason.word()),
            _ => self.shown(id).into_string(),
        }
    }

    /// What a difference between two lists is, in a sentence; nothing if there is none. What it is about need not be in any list.
    pub(super) fn sentence(changes: &Changes, place: &str, directory: &Directory) -> String {
        let mut names = Self::default();
        names.explain(changes.pinned.iter().chain(&changes.unpinned).chain(&changes.moved), directory);
        capitalised(&changes.sentence(place, |id| names.shown(id)))
    }

    /// Starts the reads. Whose topics to read is told by the groups: by those known of before at once, so that reading again takes one
    /// way to the service and back; see [`PinNames::read_topics`].
    pub(super) fn read(&mut self, shared: &mut Shared) {
        (self.asked, self.topics_of) = (true, Vec::new());
        for job in [Job::Pins, Job::Groups, Job::Chats, Job::FormerGroups, Job::MembershipStates] {
            shared.start(job);
        }
        self.start_topics(shared);
    }

    /// Once the others are there (or cannot be had): reads the topics if a number is no group that the account is in or was in.
    pub(super) fn read_topics(&mut self, shared: &mut Shared) {
        let session = &shared.session;
        let loading = session.pins.is_loading()
            || session.groups.is_loading()
            || session.former_groups.is_loading()
            || session.membership_states.is_loading();
        if self.asked && !loading {
            self.start_topics(shared);
        }
    }

    /// Reads the topics, unless those were asked for already.
    fn start_topics(&mut self, shared: &mut Shared) {
        let session = &shared.session;
        let (Some(pins), Some(groups)) = (session.pins.value(), session.groups.value()) else { return };
        let none = Listing::default();
        let to_ask = groups_to_ask_for_topics(pins, groups, session.former_groups.value().unwrap_or(&none));
        if !to_ask.is_empty() && to_ask != self.topics_of {
            self.topics_of.clone_from(&to_ask);
            shared.start(Job::Topics(to_ask));
        }
    }
}

/// Every conversation that can be pinned and is not: groups, then their topics, then people.
pub(super) fn candidates(shared: &Shared, pinned: &[Id]) -> Vec<Choice<Id>> {
    let pinned: HashSet<&Id> = pinned.iter().collect();
    let groups = shared.session.groups.value().into_iter().flat_map(|listing| &listing.rows);
    let topics = shared.session.topics.value().into_iter().flat_map(|listing| &listing.rows);
    let me = shared.session.account.value().map(|account| &account.id);
    let chats = shared.session.chats.value().into_iter().flat_map(|listing| &listing.rows);
    let choice = |key: Id, name: &crate::domain::RawText, kind: PinKind| Choice {
        also: key.shown(),
        ..Choice::new(key, name.line()).detailed(SafeText::line(kind.word()))
    };
    let all = groups
        .map(|group| choice(group.id.clone(), &group.name, PinKind::Group))
        .chain(topics.map(|topic| choice(topic.id.clone(), &topic.name, PinKind::Topic)))
        .chain(me.into_iter().flat_map(|me| chats.clone().map(|chat| choice(direct_id(me, &chat.user_id), &chat.name, PinKind::Direct))));
    let mut seen = HashSet::new();
    all.filter(|choice| !pinned.contains(&choice.key) && seen.insert(choice.key.clone())).collect()
}
