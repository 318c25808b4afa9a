//! Topics: whose to ask for, and when all of them are known. Only then is a number in no listing certainly no topic.

use std::collections::{HashMap, HashSet};

use super::super::Id;
use super::super::conversation::{Group, Listing, Topic};

/// The groups that have topics, to be asked for them; none if each pin is a group that the account is in or was in, or a direct
/// conversation. A membership alone is none: it may be one of a topic.
pub fn groups_to_ask_for_topics(pins: &[Id], groups: &Listing<Group>, former: &Listing<Group>) -> Vec<Id> {
    let known: HashSet<&Id> = groups.rows.iter().chain(&former.rows).map(|group| &group.id).collect();
    if pins.iter().all(|id| known.contains(id) || id.as_str().contains('+')) {
        return Vec::new();
    }
    groups.rows.iter().filter(|group| group.topics.is_some_and(|count| count > 0)).map(|group| group.id.clone()).collect()
}

/// Whether every topic of every group is known: all groups are, each said how many topics it has, and so many were told. The
/// service tells those the account takes part in, so one short means that there is another to which a pin may lead.
pub(super) fn all_known(groups: &Listing<Group>, topics: &Listing<Topic>) -> bool {
    let mut told: HashMap<&Id, HashSet<&Id>> = HashMap::new();
    for topic in &topics.rows {
        told.entry(&topic.parent).or_default().insert(&topic.id);
    }
    let told = |group: &Group| told.get(&group.id).map_or(0, HashSet::len);
    let is_known = |group: &Group| match group.topics {
        Some(0) => true,
        Some(count) => topics.complete && u32::try_from(told(group)).is_ok_and(|told| told >= count),
        None => false,
    };
    groups.complete && groups.rows.iter().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, topics: Option<u32>) -> Group {
        Group { id: id.into(), name: "A group".into(), image_url: None, topics, members: None, last_message: None }
    }

    fn topic(id: &str, parent: &str) -> Topic {
        Topic { id: id.into(), parent: parent.into(), name: "A topic".into() }
    }

    #[test]
    fn only_groups_with_topics_are_asked_and_only_for_a_pin_that_is_nothing_else() {
        let groups = Listing::complete(vec![group("1", Some(0)), group("2", Some(3)), group("3", None)]);
        let former = Listing::complete(vec![group("4", Some(1))]);
        let asked = |pins: &[&str]| {
            let pins: Vec<Id> = pins.iter().copied().map(Id::from).collect();
            groups_to_ask_for_topics(&pins, &groups, &former)
        };
        assert_eq!(asked(&["1", "9"]), [Id::from("2")]);
        assert_eq!((asked(&["1", "4", "7+8"]), asked(&[])), (vec![], vec![]));
    }

    #[test]
    fn all_topics_are_known_only_if_each_group_said_how_many_and_so_many_were_told() {
        let none = Listing::default();
        let two = Listing::complete(vec![topic("20", "2"), topic("21", "2")]);
        let twice = Listing::complete(vec![topic("20", "2"), topic("20", "2")]);
        for (groups, topics, known) in [
            (vec![group("1", Some(0))], &none, true),
            (vec![group("1", None)], &none, false),
            (vec![group("1", Some(0)), group("2", Some(2))], &none, false),
            (vec![group("1", Some(0)), group("2", Some(2))], &two, true),
            (vec![group("2", Some(3))], &two, false),
            (vec![group("2", Some(2))], &twice, false),
            (vec![group("2", Some(2))], &Listing { complete: false, ..two.clone() }, false),
        ] {
            assert_eq!(all_known(&Listing::complete(groups.clone()), topics), known, "{groups:?} {topics:?}");
            assert!(!all_known(&Listing { rows: groups, complete: false }, topics));
        }
    }
}
