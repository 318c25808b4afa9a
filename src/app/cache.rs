//! What is kept between runs, so that the next first frame shows something: in the service's own shapes, read back by the same
//! tolerant decoders as its answers.
//!
//! Never the token and never the share link. Listings from here never count as complete: they only lend names.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::api::{Call, ListHost, Page, Reply};
use crate::base::kept::{kept_chats, kept_groups, kept_pins, known_pins};
use crate::base::{Remote, Shared};
use crate::domain::Id;
use crate::domain::account::Share;
use crate::domain::campus::School;
use crate::domain::conversation::Listing;
use crate::domain::detail;

/// What is worth keeping, and of whom: nothing before the service has told whose it is.
pub fn worth_keeping(shared: &Shared) -> Option<(Id, Json)> {
    let account = shared.session.account.value().filter(|_| shared.session.told)?;
    Some((account.id.clone(), to_json(shared)))
}

/// What is known now.
pub(super) fn to_json(shared: &Shared) -> Json {
    let account = shared.session.account.value().map(|account| {
        let mut account = account.clone();
        account.share = Share::default();
        detail::to_json(&account)
    });
    let schools = shared.session.schools.value().map(|schools| {
        let row = |school: &School| json!({"id": school.id, "name": school.name, "short_name": school.short_name});
        schools.iter().map(row).collect::<Json>()
    });
    let interests = shared.interests.value().map(|interests| {
        let entries: Json = interests.iter().map(|interest| json!({"id": interest.id, "name": interest.name})).collect();
        json!([{"id": "0", "name": "", "entries": entries}])
    });
    let pins = shared.session.pins.value().map(|pins| json!({"pinned_conversation_ids": pins}));
    json!({
        "account": account,
        "schools": schools,
        "interests": interests,
        "pins": pins,
        "groups": shared.session.groups.value().map(kept_groups),
        "former_groups": shared.session.former_groups.value().map(kept_groups),
        "chats": shared.session.chats.value().map(kept_chats),
        "known": kept_pins(shared.session.pins.value().map(Vec::as_slice).unwrap_or_default(), &shared.session.directory()),
    })
}

/// Puts what an earlier run kept at `at` in place of nothing.
pub fn learn(shared: &mut Shared, cache: &Json, at: Timestamp) {
    let reply = |key: &str, call: Call| {
        let body = cache.get(key).filter(|value| !value.is_null())?.to_string();
        Reply::decode(&call, 200, Some("application/json"), body.as_bytes()).ok()
    };
    if let Some(Reply::Account(account)) = reply("account", Call::Me) {
        shared.session.account = Remote::cached(*account, at);
    }
    if let Some(Reply::Schools(schools)) = reply("schools", Call::Schools) {
        shared.session.schools = Remote::cached(schools, at);
    }
    if let Some(Reply::Interests(interests)) = reply("interests", Call::Interests(ListHost::Document)) {
        shared.interests = Remote::cached(interests, at);
    }
    if let Some(Reply::Ids(pins)) = reply("pins", Call::Pins) {
        shared.session.pins = Remote::cached(pins, at);
    }
    if let Some(Reply::Groups(page)) = reply("groups", Call::Groups(1)) {
        shared.session.groups = Remote::cached(names_only(page), at);
    }
    if let Some(Reply::Groups(page)) = reply("former_groups", Call::FormerGroups) {
        shared.session.former_groups = Remote::cached(names_only(page), at);
    }
    if let Some(Reply::Chats(page)) = reply("chats", Call::Chats(1)) {
        shared.session.chats = Remote::cached(names_only(page), at);
    }
    shared.session.known.extend(known_pins(cache));
}

fn names_only<T>(page: Page<T>) -> Listing<T> {
    Listing { rows: page.rows, complete: false }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::base::ServerLabel;
    use crate::domain::conversation::Group;
    use crate::domain::pins::{CachedPin, PinKind};
    use crate::domain::{Account, RawText, SafeText};
    use crate::widgets::theme::Theme;

    fn shared() -> Shared {
        let place = ServerLabel { label: SafeText::default(), sandbox: false };
        Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default())
    }

    #[test]
    fn what_was_known_comes_back_without_the_link_and_never_as_complete() {
        let mut before = shared();
        let mut account = Account::new("7");
        account.profile.name = Some(RawText::from("Isaac"));
        account.profile.interests = Some(vec![Id::from("1026")]);
        account.share.url = Some(RawText::from("https://groupme.com/contact/7/secret"));
        before.session.account.set(account, Timestamp::UNIX_EPOCH);
        before.session.pins.set(vec![Id::from("1"), Id::from("2+7")], Timestamp::UNIX_EPOCH);
        let group = Group { id: "1".into(), name: "Family".into(), image_url: None, topics: None, members: None, last_message: None };
        before.session.groups.set(Listing { rows: vec![group.clone()], complete: true }, Timestamp::UNIX_EPOCH);

        let cache = to_json(&before);
        assert!(!cache.to_string().contains("secret"));
        let mut after = shared();
        learn(&mut after, &cache, Timestamp::UNIX_EPOCH);

        let account = after.session.account.value().unwrap();
        assert_eq!(account.profile, before.session.account.value().unwrap().profile);
        assert_eq!(account.share.url, None);
        assert_eq!(after.session.pins.value(), before.session.pins.value());
        assert_eq!(after.session.groups.value(), Some(&Listing { rows: vec![group], complete: false }));
        assert_eq!(after.session.known.get(&Id::from("1")), Some(&CachedPin { name: "Family".into(), kind: PinKind::Group }));
    }
}
