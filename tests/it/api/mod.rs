//! What is sent and what is understood: every trap of the service's answers, without any network.
#![cfg(test)]

mod account;
mod failures;
mod lists;
mod requests;

use insta::assert_snapshot;
use lapel::api::{ApiError, Call, ListHost, Page, Reply, SmsDuration};
use lapel::domain::account::{Account, MfaChannel, Share};
use lapel::domain::campus::School;
use lapel::domain::conversation::{Chat, Group, Membership, MembershipState, Topic};
use lapel::domain::{Id, Profile, RawText, Visibility};
use proptest::prelude::*;
use serde_json::{Value, json};

const ME: &str = include_str!("../fixtures/me.json");

const EXTENDED: &str = include_str!("../fixtures/extended.json");

fn decode(call: &Call, body: &str) -> Result<Reply, ApiError> {
    Reply::decode(call, 200, Some("application/json"), body.as_bytes())
}

/// The value of a reply in every wrapping the service is known to use for it.
fn in_every_wrapping<T: TryFrom<Reply, Error = ApiError> + PartialEq + std::fmt::Debug>(call: &Call, content: &Value) -> T {
    let wrappings = [
        content.clone(),
        json!({ "response": content, "meta": { "code": 200 } }),
        json!({ "response": content, "meta": { "code": 200, "errors": null } }),
        json!({ "meta": { "code": 40100, "errors": [] }, "response": content }),
    ];
    let mut read = wrappings.iter().map(|body| T::try_from(decode(call, &body.to_string()).unwrap()).unwrap());
    let first = read.next().unwrap();
    assert!(read.all(|other| other == first), "{content}");
    first
}

fn account(content: &Value) -> Account {
    *in_every_wrapping::<Box<Account>>(&Call::Me, content)
}

fn me_with(key: &str, value: Value) -> Account {
    let mut me: Value = serde_json::from_str(ME).unwrap();
    me[key] = value;
    account(&me)
}

fn me_without(key: &str) -> Account {
    let mut me: Value = serde_json::from_str(ME).unwrap();
    me.as_object_mut().unwrap().remove(key).unwrap();
    account(&me)
}

fn ids(list: &[&str]) -> Vec<Id> {
    list.iter().map(|id| Id::from(*id)).collect()
}

fn full_profile() -> Profile {
    Profile {
        name: Some("Bilbo Baggins".into()),
        email: Some("example@email.com".into()),
        avatar_url: Some("https://i.groupme.com/200x200.jpeg.94e0".into()),
        bio: Some("Hello\nWorld!".into()),
        song_url: Some("https://open.spotify.com/track/4zu9".into()),
        photo_urls: Some(vec!["https://i.groupme.com/1".into(), "https://i.groupme.com/2".into(), "https://i.groupme.com/3".into()]),
        interests: Some(ids(&["1005", "1017", "007", "hiking"])),
        zip_code: Some("92145".into()),
        disable_favorite_notification: Some(true),
        group_notification_sound: Some("gm6.wav".into()),
        dm_notification_sound: Some("gm16.wav".into()),
    }
}

fn every_call() -> Vec<Call> {
    vec![
        Call::Me,
        Call::UpdateAccount(full_profile()),
        Call::UpdateProfile("93645911".into(), full_profile()),
        Call::SetMajors(ids(&["3702", "5506"])),
        Call::SetMembership { graduation_year: Some(2025), visibility: Visibility::Major },
        Call::SetMembership { graduation_year: None, visibility: Visibility::Hidden },
        Call::Share(true),
        Call::Share(false),
        Call::SmsOn(SmsDuration::Hours(4), None),
        Call::SmsOn(SmsDuration::Always, "APA91b:x".parse().ok()),
        Call::SmsOff,
        Call::Pins,
        Call::SetPins(ids(&["98905953", "93645911+118825642"])),
        Call::SetPins(vec![]),
        Call::Groups(1),
        Call::Topics("97673234".into(), 1),
        Call::FormerGroups,
        Call::MembershipStates,
        Call::Chats(2),
        Call::Schools,
        Call::Majors(ListHost::Document),
        Call::Majors(ListHost::WebClient),
        Call::Interests(ListHost::Document),
        Call::Interests(ListHost::WebClient),
        Call::Upload(vec![0xff; 1234].into()),
        Call::Picture("https://i.groupme.com/200x200.jpeg.94e0".into()),
    ]
}
