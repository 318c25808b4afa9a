//! The same account in every shape: whoever reads what different sources report reads the same from all of them.

use lapel::api::{ApiError, Call, ListHost, Reply, SmsDuration};
use lapel::domain::account::{Account, Profile};
use lapel::domain::campus::Visibility;
use lapel::domain::{RawText, Token};
use lapel::io::client::{Client, Server};
use lapel::sandbox::{Options, ReplyStyle, Sandbox};

use crate::day;

const STYLES: [ReplyStyle; 4] = [ReplyStyle::Document, ReplyStyle::Captured, ReplyStyle::Bare, ReplyStyle::Odd];

async fn start(style: ReplyStyle) -> (Sandbox, Client) {
    let sandbox = day::sandbox(Options { style, ..Options::default() }).await;
    let client = Client::new(Server::parse(&sandbox.url()).unwrap(), Token::parse(sandbox.token()).ok());
    (sandbox, client)
}

/// Every kind of call, reads before and after the writes.
fn calls() -> Vec<Call> {
    let profile = Profile { name: Some(RawText::new("Bilbo Baggins")), bio: Some(RawText::new("Hello")), ..Profile::default() };
    let zip = Profile { zip_code: Some(RawText::new("92145")), ..Profile::default() };
    let reads = [Call::Me, Call::Pins, Call::Schools, Call::Groups(1), Call::FormerGroups, Call::MembershipStates, Call::Chats(1)];
    let more = [Call::Topics("97673234".into(), 1), Call::Majors(ListHost::Document), Call::Interests(ListHost::Document)];
    let writes = [
        Call::UpdateAccount(zip),
        Call::UpdateProfile("93645911".into(), profile),
        Call::SetMajors(vec!["5506".into()]),
        Call::SetMembership { graduation_year: Some(2027), visibility: Visibility::Visible },
        Call::Share(true),
        Call::SmsOn(SmsDuration::Always, None),
        Call::SmsOff,
        Call::SetPins(vec!["98905953".into(), "93645911+118825642".into()]),
        Call::Upload(b"GIF89a\x01\0\x01\0".as_slice().into()),
    ];
    reads.iter().chain(&more).chain(&writes).chain(&reads[..2]).cloned().collect()
}

/// "Nothing" is absent in some styles and null or empty in others; to nobody does that mean a different account.
fn without_nothing(account: &mut Account) {
    account.facts.graduation_year_is_empty = false;
    let profile = &mut account.profile;
    for text in [&mut profile.zip_code, &mut profile.bio, &mut profile.song_url] {
        *text = text.take().filter(|text| !text.is_empty());
    }
}

#[tokio::test]
async fn every_style_says_the_same_to_lapels_own_client() {
    let mut expected: Vec<Reply> = Vec::new();
    for style in STYLES {
        let (_sandbox, client) = start(style).await;
        let mut replies = Vec::new();
        for call in calls() {
            let mut reply = client.call(&call).await.unwrap_or_else(|error| panic!("{style:?} {call:?}: {error:?}"));
            if let Reply::Account(account) = &mut reply {
                without_nothing(account);
            }
            replies.push(reply);
        }
        if expected.is_empty() {
            expected = replies;
            continue;
        }
        for ((call, reply), expected) in calls().iter().zip(&replies).zip(&expected) {
            assert_eq!(reply, expected, "{style:?} {call:?}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_one_in_every_style() {
    for style in STYLES {
        let (_sandbox, client) = start(style).await;
        let error = client.call(&Call::SetMajors(vec!["1".into()])).await.unwrap_err();
        let ApiError::Rejected { status: 400, messages } = error else { panic!("{style:?}: {error:?}") };
        assert!(style == ReplyStyle::Odd || messages[0].as_str().contains("no major 1"), "{style:?}: {messages:?}");
    }
}
