//! Who the pins are: names, kinds and states, from the listings read so far.
//!
//! Groups and topics share one space of numbers and a deleted group is in no listing at all, just like a topic. So:
//! - A pin is **dead** only if the listing of groups is complete and does not hold it, and either the membership states or the
//!   former groups say it was left or the account was removed, or it is **deleted**: no group, state or former group of complete
//!   listings, and an earlier run saw this very id as a group of this account.
//! - It is **not a member's** if complete listings do not hold it and nothing says that the account ever was in it: anything can be
//!   pinned, and such a pin may be meant. No clean-up touches it.
//! - Everything else that is not found is **unknown**, which no clean-up touches. A listing that failed is incomplete.
//! - An active membership state outweighs absence from the groups: pages shift while they are read.
//! - A direct conversation never dies: no listing speaks of its end.

use std::collections::HashMap;

use super::super::conversation::{Chat, Group, Listing, Membership, MembershipState, Topic};
use super::super::{Id, RawText};
use super::topics;

/// What an earlier run knew about an id.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedPin {
    /// Name for people.
    pub name: RawText,
    /// What it was.
    pub kind: PinKind,
}

/// Everything known about conversations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    /// The account's own user id, when known.
    pub me: Option<Id>,
    /// Groups the account is in.
    pub groups: Listing<Group>,
    /// Groups that were left and can be rejoined.
    pub former: Listing<Group>,
    /// The standing in every group ever joined.
    pub states: Listing<MembershipState>,
    /// Direct conversations.
    pub chats: Listing<Chat>,
    /// Topics of the groups that have any; complete when each of them was read to its end.
    pub topics: Listing<Topic>,
    /// Names from an earlier run, for the first frame and for what no listing holds any more.
    pub known: HashMap<Id, CachedPin>,
}

/// What a pin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinKind {
    /// A group.
    Group,
    /// A direct conversation.
    Direct,
    /// A topic of a group.
    Topic,
    /// A number that no listing explains (yet).
    Unknown,
}

impl PinKind {
    /// The word for tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Direct => "direct",
            Self::Topic => "topic",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word back, from the cache.
    pub fn from_word(word: &str) -> Self {
        [Self::Group, Self::Direct, Self::Topic].into_iter().find(|kind| kind.word() == word).unwrap_or(Self::Unknown)
    }
}

/// Whether a pin still leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinState {
    /// It does.
    Ok,
    /// It does not, for certain.
    Dead(DeadReason),
    /// The account is not in it, and nothing says that it ever was.
    NotMember,
    /// The listings do not say.
    Unknown,
}

impl PinState {
    /// The word for JSON: `ok`, `dead`, `not_member` or `unknown`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Dead(_) => "dead",
            Self::NotMember => "not_member",
            Self::Unknown => "unknown",
        }
    }

    /// The words for people; none for what is as it should be.
    pub fn shown(self) -> Option<&'static str> {
        match self {
            Self::Ok => None,
            Self::Dead(reason) => Some(reason.word()),
            Self::NotMember => Some("not a member"),
            Self::Unknown => Some("unknown"),
        }
    }
}

/// Why a pin is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadReason {
    /// The account left the group.
    Left,
    /// The account was removed from the group.
    Removed,
    /// The group is gone.
    Deleted,
}

impl DeadReason {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
            Self::Deleted => "deleted",
        }
    }
}

/// A pin with what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct PinRow {
    /// The pin.
    pub id: Id,
    /// Name for people, when known.
    pub name: Option<RawText>,
    /// What it is.
    pub kind: PinKind,
    /// Whether it leads somewhere.
    pub state: PinState,
}

impl PinRow {
    /// Whether a clean-up would unpin it.
    pub fn is_dead(&self) -> bool {
        matches!(self.state, PinState::Dead(_))
    }
}

impl Directory {
    /// Explains the pins, in their order.
    pub fn resolve(&self, pins: &[Id]) -> Vec<PinRow> {
        let index = Index::new(self);
        pins.iter().map(|id| index.row(id)).collect()
    }

    /// Whether the listings that dead pins follow from have all been read.
    pub fn can_tell_dead(&self) -> bool {
        self.groups.complete && self.former.complete && self.states.complete
    }

    /// The other person of a direct conversation; none if this is not one of the account's own.
    fn partner(&self, id: &Id) -> Option<Id> {
        let (a, b) = id.as_str().split_once('+')?;
        let me = self.me.as_ref()?.as_str();
        match (a == me, b == me) {
            (true, _) => Some(Id::from(b)),
            (_, true) => Some(Id::from(a)),
            _ => None,
        }
    }
}

/// The listings by id.
struct Index<'a> {
    directory: &'a Directory,
    groups: HashMap<&'a Id, &'a RawText>,
    former: HashMap<&'a Id, &'a RawText>,
    states: HashMap<&'a Id, &'a Membership>,
    chats: HashMap<&'a Id, &'a RawText>,
    topics: HashMap<&'a Id, &'a RawText>,
    all_topics: bool,
}

impl<'a> Index<'a> {
    fn new(directory: &'a Directory) -> Self {
        let named = |listing: &'a Listing<Group>| listing.rows.iter().map(|group| (&group.id, &group.name)).collect();
        Self {
            directory,
            groups: named(&directory.groups),
            former: named(&directory.former),
            states: directory.states.rows.iter().map(|row| (&row.group_id, &row.state)).collect(),
            chats: directory.chats.rows.iter().map(|chat| (&chat.user_id, &chat.name)).collect(),
            topics: directory.topics.rows.iter().map(|topic| (&topic.id, &topic.name)).collect(),
            all_topics: topics::all_known(&directory.groups, &directory.topics),
        }
    }

    fn row(&self, id: &Id) -> PinRow {
        let known = self.directory.known.get(id);
        let (name, kind, state) = if id.as_str().contains('+') { self.direct(id) } else { self.numbered(id) };
        PinRow {
            id: id.clone(),
            name: name.or_else(|| known.map(|known| &known.name)).cloned(),
            kind: if kind == PinKind::Unknown { known.map_or(kind, |known| known.kind) } else { kind },
            state,
        }
    }

    fn direct(&self, id: &Id) -> (Option<&'a RawText>, PinKind, PinState) {
        let partner = self.directory.partner(id);
        let name = partner.as_ref().and_then(|partner| self.chats.get(partner).copied());
        let state = match (name, partner) {
            (Some(_), _) => PinState::Ok,
            (None, None) if self.directory.me.is_some() => PinState::NotMember,
            (None, _) => PinState::Unknown,
        };
        (name, PinKind::Direct, state)
    }

    fn numbered(&self, id: &Id) -> (Option<&'a RawText>, PinKind, PinState) {
        if let Some(name) = self.groups.get(id) {
            return (Some(name), PinKind::Group, PinState::Ok);
        }
        if let Some(name) = self.topics.get(id) {
            return (Some(name), PinKind::Topic, PinState::Ok);
        }
        let former = self.former.get(id).copied();
        let state = self.states.get(id).copied();
        let sure = |reason| if self.directory.groups.complete { PinState::Dead(reason) } else { PinState::Unknown };
        let found = match state {
            Some(Membership::Active) => PinState::Ok,
            Some(Membership::Left) => sure(DeadReason::Left),
            Some(Membership::Removed) => sure(DeadReason::Removed),
            Some(Membership::Pending | Membership::Other(_)) => PinState::Unknown,
            None if former.is_some() => sure(DeadReason::Left),
            None => return (None, PinKind::Unknown, self.absent(id)),
        };
        // A standing alone does not tell a group from a topic.
        let kind = if former.is_some() || self.all_topics { PinKind::Group } else { PinKind::Unknown };
        (former, kind, found)
    }

    /// For an id in no listing.
    fn absent(&self, id: &Id) -> PinState {
        let was_group = self.directory.known.get(id).is_some_and(|known| known.kind == PinKind::Group);
        match self.directory.can_tell_dead() && id.number().is_some() {
            true if was_group => PinState::Dead(DeadReason::Deleted),
            true if self.all_topics => PinState::NotMember,
            _ => PinState::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, name: &str) -> Group {
        Group { id: id.into(), name: name.into(), image_url: None, topics: Some(0), members: None, last_message: None }
    }

    /// A group with one topic.
    fn parent(id: &str, name: &str) -> Group {
        Group { topics: Some(1), ..group(id, name) }
    }

    fn state(id: &str, word: &str) -> MembershipState {
        MembershipState { group_id: id.into(), state: Membership::from_word(word) }
    }

    fn directory() -> Directory {
        Directory {
            me: Some("1".into()),
            groups: Listing::complete(vec![parent("10", "Family")]),
            former: Listing::complete(vec![group("11", "Old work"), group("14", "Old club")]),
            states: Listing::complete(vec![
                state("10", "active"),
                state("11", "exited"),
                state("12", "removed"),
                state("13", "active"),
                state("15", "pending"),
                state("16", "exited_removed"),
                state("17", "strange"),
            ]),
            chats: Listing::complete(vec![Chat { user_id: "2".into(), name: "Ana".into(), avatar_url: None, last_message: None }]),
            topics: Listing::complete(vec![Topic { id: "20".into(), parent: "10".into(), name: "Recipes".into() }]),
            known: HashMap::new(),
        }
    }

    fn one(directory: &Directory, id: &str) -> (Option<String>, PinKind, PinState) {
        let row = directory.resolve(&[id.into()]).remove(0);
        (row.name.map(|name| name.raw().to_owned()), row.kind, row.state)
    }

    #[test]
    fn complete_listings_explain_every_pin() {
        use DeadReason::{Left, Removed};
        use PinKind::{Direct, Group, Topic, Unknown};
        for (id, name, kind, state) in [
            ("10", Some("Family"), Group, PinState::Ok),
            ("11", Some("Old work"), Group, PinState::Dead(Left)),
            ("12", None, Group, PinState::Dead(Removed)),
            ("13", None, Group, PinState::Ok),
            ("14", Some("Old club"), Group, PinState::Dead(Left)),
            ("15", None, Group, PinState::Unknown),
            ("16", None, Group, PinState::Dead(Removed)),
            ("17", None, Group, PinState::Unknown),
            ("20", Some("Recipes"), Topic, PinState::Ok),
            ("1+2", Some("Ana"), Direct, PinState::Ok),
            ("1+3", None, Direct, PinState::Unknown),
            ("2+3", None, Direct, PinState::NotMember),
            ("99", None, Unknown, PinState::NotMember),
            ("odd id", None, Unknown, PinState::Unknown),
        ] {
            assert_eq!(one(&directory(), id), (name.map(str::to_owned), kind, state), "{id}");
        }
    }

    #[test]
    fn without_the_complete_groups_nothing_is_dead() {
        let mut directory = directory();
        directory.groups.complete = false;
        let rows = directory.resolve(&["10", "11", "12", "14", "16", "99"].map(Id::from));
        assert!(!rows.iter().any(PinRow::is_dead));
        assert_eq!(rows[0].state, PinState::Ok, "a group that was listed is fine");
        assert_eq!(rows[1].name.as_ref().map(RawText::raw), Some("Old work"), "names help all the same");
    }

    #[test]
    fn any_listing_missing_leaves_an_absent_pin_unknown() {
        for spoil in [
            |directory: &mut Directory| directory.groups.complete = false,
            |directory: &mut Directory| directory.former.complete = false,
            |directory: &mut Directory| directory.states.complete = false,
            |directory: &mut Directory| directory.topics.complete = false,
        ] {
            let mut directory = directory();
            spoil(&mut directory);
            assert_eq!(one(&directory, "99").2, PinState::Unknown);
        }
    }

    #[test]
    fn a_standing_alone_does_not_tell_a_group_from_a_topic() {
        let mut directory = directory();
        directory.topics = Listing::default();
        assert_eq!(one(&directory, "13"), (None, PinKind::Unknown, PinState::Ok));
        directory.known.insert("13".into(), CachedPin { name: "Recipes".into(), kind: PinKind::Topic });
        assert_eq!(one(&directory, "13"), (Some("Recipes".into()), PinKind::Topic, PinState::Ok));
    }

    #[test]
    fn what_was_once_a_group_is_no_topic() {
        let mut directory = directory();
        directory.topics.complete = false;
        directory.known.insert("99".into(), CachedPin { name: "Climbing".into(), kind: PinKind::Group });
        directory.known.insert("98".into(), CachedPin { name: "Recipes".into(), kind: PinKind::Topic });
        assert_eq!(one(&directory, "99"), (Some("Climbing".into()), PinKind::Group, PinState::Dead(DeadReason::Deleted)));
        assert_eq!(one(&directory, "98"), (Some("Recipes".into()), PinKind::Topic, PinState::Unknown));
    }

    #[test]
    fn before_any_listing_the_names_of_the_last_run_are_there() {
        let mut directory = Directory::default();
        directory.known.insert("1+2".into(), CachedPin { name: "Ana".into(), kind: PinKind::Direct });
        assert_eq!(one(&directory, "1+2"), (Some("Ana".into()), PinKind::Direct, PinState::Unknown));
        assert_eq!(one(&directory, "10"), (None, PinKind::Unknown, PinState::Unknown));
    }
}
