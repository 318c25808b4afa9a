//! Conversations: the groups, topics and direct conversations that can be pinned.
//!
//! Data and the one id rule only; which of them are pinned, and in what order, is `pins`.

use super::{Id, RawText};

/// Rows of a listing that may have been cut short.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing<T> {
    /// What was read.
    pub rows: Vec<T>,
    /// Whether that is all there is. Only a complete listing can say that something is missing.
    pub complete: bool,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), complete: false }
    }
}

impl<T> Listing<T> {
    /// A listing read to its end.
    pub fn complete(rows: Vec<T>) -> Self {
        Self { rows, complete: true }
    }
}

/// A group the account is in, or was in (`GET /v3/groups`, `GET /v3/groups/former`).
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The id a pin uses.
    pub id: Id,
    /// Name for people.
    pub name: RawText,
    /// Its picture.
    pub image_url: Option<RawText>,
    /// How many topics it has, where the listing says so.
    pub topics: Option<u32>,
    /// How many people are in it.
    pub members: Option<u32>,
    /// When something was last written, in seconds since 1970.
    pub last_message: Option<i64>,
}

/// A topic (subgroup) of a group (`GET /v3/groups/:id/subgroups`).
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The id a pin uses; topics and groups share one space of numbers.
    pub id: Id,
    /// The group it is in.
    pub parent: Id,
    /// Name for people.
    pub name: RawText,
}

/// A direct conversation (`GET /v3/chats`); the service gives it no id of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Chat {
    /// The other person's user id.
    pub user_id: Id,
    /// The other person's name.
    pub name: RawText,
    /// The other person's picture.
    pub avatar_url: Option<RawText>,
    /// When something was last written, in seconds since 1970.
    pub last_message: Option<i64>,
}

/// The account's standing in one group (`GET /v3/memberships/states`).
#[derive(Clone, Debug, PartialEq)]
pub struct MembershipState {
    /// Which group.
    pub group_id: Id,
    /// What the account is to it.
    pub state: Membership,
}

/// Standing in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// `active`
    Active,
    /// `pending`: asked to join.
    Pending,
    /// `exited`: left by oneself.
    Left,
    /// `removed`, `exited_removed`: taken out by someone else.
    Removed,
    /// A word this version does not know: says nothing about the pin.
    Other(RawText),
}

impl Membership {
    /// Reads the API's word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "active" => Self::Active,
            "pending" => Self::Pending,
            "exited" => Self::Left,
            "removed" | "exited_removed" => Self::Removed,
            other => Self::Other(RawText::from(other)),
        }
    }
}

/// The id of the direct conversation between two people: their ids in numeric order, joined by `+`.
pub fn direct_id(one: &Id, other: &Id) -> Id {
    let (a, b) = if in_order(one, other) { (one, other) } else { (other, one) };
    Id::new(format!("{}+{}", a.as_str(), b.as_str()))
}

/// Ids too long for a number are compared as numbers all the same: by length, then digit by digit.
fn in_order(a: &Id, b: &Id) -> bool {
    let (a, b) = (a.as_str().trim_start_matches('0'), b.as_str().trim_start_matches('0'));
    (a.len(), a) <= (b.len(), b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direct_id_orders_people_by_number_not_by_letter() {
        assert_eq!(direct_id(&"118825642".into(), &"93645911".into()).as_str(), "93645911+118825642");
        assert_eq!(direct_id(&"93645911".into(), &"118825642".into()).as_str(), "93645911+118825642");
    }
}
