//! The account document, fact by fact: one test each, named by the fact. What a fact takes beyond its line here (a whole save, the
//! editor, a command) is tested where that is.

use std::collections::BTreeMap;

use lapel::api::{Call, ListHost, Reply, SmsDuration};
use lapel::domain::account::Account;
use lapel::domain::campus::{CAMPUS, CampusForm};
use lapel::domain::detail;
use lapel::domain::field::{PROFILE, by_key};
use lapel::domain::{Campus, Id, Profile, Visibility};
use serde_json::{Value, json};

use crate::day::clock;
use crate::sandbox::server::Server;

const ME: &str = include_str!("../fixtures/me.json");
const EXTENDED: &str = include_str!("../fixtures/extended.json");

/// A test a fact.
macro_rules! facts {
    ($($fact:ident => $holds:expr;)*) => { $(#[test] fn $fact() { $holds; })* };
}

/// The same, with the sandbox of the document at hand.
macro_rules! facts_served {
    ($server:ident, $($fact:ident => $holds:expr;)*) => {
        $(#[tokio::test] async fn $fact() { let $server = Server::start().await; $holds; })*
    };
}

/// A test a key of an example: its value is told by Lapel as it stands there.
macro_rules! keys_told {
    ($($key:ident)*) => { $(#[test] fn $key() { super::assert_told(self::told(), self::example(), stringify!($key)); })* };
}

fn decoded(call: &Call, body: &Value) -> Account {
    let Ok(Reply::Account(account)) = Reply::decode(call, 200, Some("application/json"), body.to_string().as_bytes()) else {
        panic!("no account in {body}");
    };
    *account
}

#[track_caller]
fn assert_told(account: &Account, example: &Value, key: &str) {
    assert!(example.get(key).is_some(), "the document has no {key}");
    assert_eq!(detail::to_json(account).get(key), example.get(key), "{key}");
}

/// Method, address and body of a call.
fn line(call: &Call) -> String {
    call.spec().line()
}

/// What a call sends under a key.
fn sent(call: &Call, key: &str) -> Value {
    let text = line(call);
    let body = text.split_once(" {").map(|(_, rest)| format!("{{{rest}")).unwrap_or_default();
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    if body["user"].is_object() { body["user"][key].clone() } else { body[key].clone() }
}

/// A profile with one field.
fn profile(key: &str, text: &str) -> Profile {
    let mut profile = Profile::default();
    by_key(PROFILE, key).unwrap().set(&mut profile, text).unwrap();
    profile
}

fn short(key: &str, text: &str) -> Value {
    sent(&Call::UpdateAccount(profile(key, text)), key)
}

fn extended(key: &str, sent_as: &str, text: &str) -> Value {
    sent(&Call::UpdateProfile("7".into(), profile(key, text)), sent_as)
}

fn ids(list: &[&str]) -> Vec<Id> {
    list.iter().map(|id| Id::from(*id)).collect()
}

/// Whether a field of the profile takes a text.
fn takes(key: &str, text: &str) -> bool {
    by_key(PROFILE, key).unwrap().set(&mut Profile::default(), text).is_ok()
}

/// Whether a field of the campus profile takes a text.
fn campus_takes(key: &str, text: &str) -> bool {
    let mut form = CampusForm { campus: Campus::default(), this_year: clock().year() };
    by_key(CAMPUS, key).unwrap().set(&mut form, text).is_ok()
}

mod about;
mod extended_update;
mod majors;
mod membership;
mod pinned_conversations;
mod sharing;
mod sms_mode;
mod update_details;
