//! What is sent and what is understood: every trap of the service's answers, without any network.
#![cfg(test)]

use insta::assert_snapshot;
use lapel::api::{ApiError, Call, Page, Reply, SmsDuration};
use lapel::domain::account::{Account, MfaChannel, Share};
use lapel::domain::campus::School;
use lapel::domain::conversation::{Chat, Group, Membership, MembershipState, Topic};
use lapel::domain::{Id, Profile, Text, Visibility};
use proptest::prelude::*;
use serde_json::{Value, json};

const ME: &str = include_str!("fixtures/me.json");
const EXTENDED: &str = include_str!("fixtures/extended.json");

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
        Call::SmsOn(SmsDuration::Hours(4)),
        Call::SmsOn(SmsDuration::Always),
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
        Call::Majors,
        Call::Interests,
        Call::Upload(vec![0xff; 1234].into()),
        Call::Picture("https://i.groupme.com/200x200.jpeg.94e0".into()),
    ]
}

#[test]
fn every_request_is_what_the_specification_says() {
    let lines: Vec<String> = every_call().iter().map(|call| call.spec().line()).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    GET https://api.groupme.com/v3/users/me
    POST https://api.groupme.com/v3/users/update {"avatar_url":"https://i.groupme.com/200x200.jpeg.94e0","name":"Bilbo Baggins","email":"example@email.com","zip_code":"92145"}
    POST https://v2.groupme.com/users/93645911 {"user":{"name":"Bilbo Baggins","email":"example@email.com","avatar_url":"https://i.groupme.com/200x200.jpeg.94e0","bio":"Hello\nWorld!","song_url":"https://open.spotify.com/track/4zu9","photo_urls":["https://i.groupme.com/1","https://i.groupme.com/2","https://i.groupme.com/3"],"intrests":[1005,1017,"007","hiking"],"interests":[1005,1017,"007","hiking"],"disable_favorite_notification":true,"group_notification_sound":"gm6.wav","dm_notification_sound":"gm16.wav"}}
    PUT https://api.groupme.com/v3/directories/user/majors {"codes":["3702","5506"]}
    PUT https://api.groupme.com/v3/directories/user/membership {"graduation_year":2025,"campus_profile_visibility":"major"}
    PUT https://api.groupme.com/v3/directories/user/membership {"graduation_year":null,"campus_profile_visibility":"hidden"}
    POST https://api.groupme.com/v3/users/features/share {"status":"enable"}
    POST https://api.groupme.com/v3/users/features/share {"status":"disable"}
    POST https://api.groupme.com/v3/users/sms_mode {"duration":4}
    POST https://api.groupme.com/v3/users/sms_mode {"duration":"always"}
    POST https://api.groupme.com/v3/users/sms_mode/delete
    GET https://api.groupme.com/v4/pinned_conversations
    PUT https://api.groupme.com/v4/pinned_conversations {"pinned_conversation_ids":["98905953","93645911+118825642"]}
    PUT https://api.groupme.com/v4/pinned_conversations {"pinned_conversation_ids":[]}
    GET https://api.groupme.com/v3/groups?per_page=100&page=1&omit=memberships
    GET https://api.groupme.com/v3/groups/97673234/subgroups?per_page=100&page=1
    GET https://api.groupme.com/v3/groups/former
    GET https://api.groupme.com/v3/memberships/states
    GET https://api.groupme.com/v3/chats?per_page=100&page=2
    GET https://api.groupme.com/v3/directories
    GET https://cdn.groupme.com/assets/majors/majors.en-US.json
    GET https://cdn.groupme.com/assets/interestCharms/interestCharms.en-US.json
    POST https://image.groupme.com/pictures <picture of 1234 bytes>
    GET https://i.groupme.com/200x200.jpeg.94e0
    "#);
}

#[test]
fn only_the_fields_that_are_set_are_sent() {
    let changes = Profile { zip_code: Some("".into()), interests: Some(vec![]), ..Profile::default() };
    assert_eq!(Call::UpdateAccount(changes.clone()).spec().line(), r#"POST https://api.groupme.com/v3/users/update {"zip_code":""}"#);
    assert_eq!(
        Call::UpdateProfile("1".into(), changes).spec().line(),
        r#"POST https://v2.groupme.com/users/1 {"user":{"intrests":[],"interests":[]}}"#
    );
}

#[test]
fn an_odd_id_cannot_leave_its_place_in_the_path() {
    let call = Call::UpdateProfile("../../v3/x?a=b#c d/é".into(), Profile::default());
    assert_eq!(call.spec().path, "/users/%2E%2E%2F%2E%2E%2Fv3%2Fx%3Fa%3Db%23c%20d%2F%C3%A9");
}

#[test]
fn a_picture_keeps_only_the_path_of_its_address() {
    for (address, path) in [
        ("https://i.groupme.com/200x200.jpeg.94e0.avatar", "/200x200.jpeg.94e0.avatar"),
        ("https://i.groupme.com", "/"),
        ("http://127.0.0.1:9/a/b", "/a/b"),
        ("", "/"),
    ] {
        assert_eq!(Call::Picture(address.into()).spec().path, path);
    }
}

#[test]
fn reads_writes_and_caps_are_told_apart() {
    for call in every_call() {
        assert!(!(call.is_read() && call.is_write()), "{call:?}");
        assert_eq!(call.is_read(), call.spec().line().starts_with("GET "), "{call:?}");
    }
    assert!(!Call::Upload(vec![].into()).is_write());
    assert_eq!([Call::Me.cap(), Call::Groups(1).cap(), Call::Picture("".into()).cap()], [1 << 20, 4 << 20, 8 << 20]);
}

#[test]
fn the_specifications_account_is_understood_whole() {
    let me = account(&serde_json::from_str(ME).unwrap());
    let Account { id, profile, facts, campus, share, sms } = me;
    let told = format!("{id:?}\n{profile:?}\n{facts:?}\n{campus:?}\n{share:?}\n{sms:?}");
    assert_snapshot!(told, @r#"
    Id("93645911")
    Profile { name: Some(Text("Isaac")), email: Some(Text("email@example.con")), avatar_url: Some(Text("https://i.groupme.com/200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d")), bio: Some(Text("“Before you criticize someone, walk a mile in their shoes. That way, when you criticize them, you'll be a mile away and you’ll have their shoes.” -Someone wiser than me\n")), song_url: Some(Text("https://open.spotify.com/track/5532lQKkhAZUyUKOBA9yrB?si=teTgTqVqTjmAnnHCvXLtyw")), photo_urls: Some([Text("https://i.groupme.com/408x723.jpeg.cc234ac0ee8a4d3a82ead19dee523193"), Text("https://i.groupme.com/408x723.jpeg.35e3736109b44d788ec5ff3b7a444a57"), Text("https://i.groupme.com/408x723.jpeg.3a23a3abaef64de98b541eee846fdb2d")]), interests: Some([Id("1026"), Id("3015")]), zip_code: None, disable_favorite_notification: None, group_notification_sound: None, dm_notification_sound: None }
    Facts { user_id: Some(Id("93645911")), email_verified: Some(false), phone_number: Some(Text("+1 2345678910")), locale: Some(Text("en_us")), created_at: Some(1622678742), updated_at: Some(1747863063), facebook_connected: Some(false), microsoft_connected: Some(false), twitter_connected: Some(false), mfa_enabled: Some(false), mfa_channels: None, tags: Some([Text("phone-us")]), prompt_for_survey: Some(false), show_age_gate: Some(false), birth_date_set: Some(true), friend_suggestable: None }
    Campus { major_codes: Some([Id("3702"), Id("5506")]), graduation_year: None, visibility: Some(Major) }
    Share { url: Some(Text("https://groupme.com/contact/93645911/njLqSwBU")), qr_code_url: Some(Text("https://image.groupme.com/qr/contact/93645911/njLqSwBU/preview?avatarUrl=https%3A%2F%2Fi.groupme.com%2F200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d")) }
    Sms { on: Some(false), expires_at: None }
    "#);
}

#[test]
fn the_extended_answer_is_understood_wherever_its_fields_stand() {
    let inside: Value = serde_json::from_str(EXTENDED).unwrap();
    let call = Call::UpdateProfile("131245991".into(), Profile::default());
    let told = *in_every_wrapping::<Box<Account>>(&call, &inside);
    assert_eq!(told.profile.avatar_url, None);
    assert_eq!(told.profile.disable_favorite_notification, Some(false));
    assert_eq!(told.profile.group_notification_sound, Some("gm6.wav".into()));
    assert_eq!(told.profile.dm_notification_sound, Some("gm16.wav".into()));
    assert_eq!(told.profile.interests, Some(ids(&["1005", "1017", "1026"])));
    assert_eq!((told.sms.on, told.sms.expires_at), (Some(false), None));

    let mut beside = inside.clone();
    for key in ["bio", "interests", "photo_urls", "group_notification_sound"] {
        beside[key] = beside["user"].as_object_mut().unwrap().remove(key).unwrap();
    }
    assert_eq!(*in_every_wrapping::<Box<Account>>(&call, &beside), told);
    assert_eq!(*in_every_wrapping::<Box<Account>>(&call, &inside["user"]), told);
}

#[test]
fn an_answer_about_somebody_else_is_refused() {
    let call = Call::UpdateProfile("93645911".into(), Profile::default());
    assert_eq!(decode(&call, EXTENDED), Err(ApiError::WrongAccount));
    let Ok(Reply::Account(told)) = decode(&call, r#"{"user":{"bio":"hello"}}"#) else { panic!() };
    assert_eq!((told.id.as_str(), told.profile.bio), ("93645911", Some("hello".into())));
}

#[test]
fn ids_are_the_same_as_string_and_as_number() {
    for id in [json!("93645911"), json!(93_645_911)] {
        assert_eq!(me_with("id", id).id, "93645911".into());
    }
    for list in [json!([1026, 3015]), json!(["1026", "3015"]), json!(["1026", 3015])] {
        assert_eq!(me_with("interests", list.clone()).profile.interests, Some(ids(&["1026", "3015"])));
        assert_eq!(me_with("major_codes", list).campus.major_codes, Some(ids(&["1026", "3015"])));
    }
    assert_eq!(me_with("interests", json!(["hiking", ""])).profile.interests, Some(ids(&["hiking", ""])));
    assert_eq!(me_with("id", json!(18_446_744_073_709_551_615_u64)).id, "18446744073709551615".into());
}

#[test]
fn a_year_is_read_in_every_spelling() {
    for (spelling, year) in [
        (json!(""), None),
        (json!(null), None),
        (json!("2025"), Some(2025)),
        (json!(2025), Some(2025)),
        (json!(2025.0), Some(2025)),
        (json!("soon"), None),
        (json!(-1), None),
        (json!(99_999_999), None),
    ] {
        assert_eq!(me_with("graduation_year", spelling.clone()).campus.graduation_year, year, "{spelling}");
    }
    assert_eq!(me_without("graduation_year").campus.graduation_year, None);
}

#[test]
fn what_was_not_told_never_becomes_an_empty_list() {
    for key in ["photo_urls", "interests", "major_codes", "tags"] {
        let read = |account: Account| match key {
            "photo_urls" => account.profile.photo_urls.map(|list| list.len()),
            "interests" => account.profile.interests.map(|list| list.len()),
            "major_codes" => account.campus.major_codes.map(|list| list.len()),
            _ => account.facts.tags.map(|list| list.len()),
        };
        assert_eq!(read(me_without(key)), None, "{key}");
        assert_eq!(read(me_with(key, json!(null))), None, "{key}");
        assert_eq!(read(me_with(key, json!("one"))), None, "{key}");
        assert_eq!(read(me_with(key, json!([]))), Some(0), "{key}");
        // A list that cannot be read whole would lose an element at the next save.
        assert_eq!(read(me_with(key, json!(["1", { "id": 2 }, "3"]))), None, "{key}");
    }
}

#[test]
fn either_picture_key_is_read_and_an_empty_one_is_no_picture() {
    let url = json!("https://i.groupme.com/1");
    for (image, avatar, told) in [
        (url.clone(), json!(null), true),
        (json!(null), url.clone(), true),
        (json!(""), url.clone(), true),
        (url.clone(), json!(""), true),
        (json!(""), json!(null), false),
        (json!([]), json!({}), false),
    ] {
        let account = account(&json!({ "id": "1", "image_url": image, "avatar_url": avatar }));
        assert_eq!(account.profile.avatar_url.is_some_and(|url| !url.is_empty()), told, "{image} {avatar}");
    }
}

#[test]
fn one_field_of_an_unexpected_type_spoils_nothing_else() {
    let keys: Vec<String> = serde_json::from_str::<Value>(ME).unwrap().as_object().unwrap().keys().cloned().collect();
    for key in keys.iter().filter(|key| *key != "id") {
        for odd in [json!({ "deep": [1] }), json!([{ "deep": 1 }]), json!(null)] {
            assert_eq!(me_with(key, odd.clone()), me_without(key), "{key} = {odd}");
        }
    }
}

#[test]
fn an_empty_bio_was_told_and_a_missing_one_was_not() {
    assert_eq!(me_with("bio", json!("")).profile.bio, Some(Text::default()));
    assert_eq!(me_without("bio").profile.bio, None);
    assert_eq!(me_with("zip_code", json!(92_145)).profile.zip_code, Some("92145".into()));
}

#[test]
fn second_factors_are_a_list_or_not_told() {
    let channels = |value| me_with("mfa", json!({ "enabled": true, "channels": value })).facts.mfa_channels;
    assert_eq!(channels(json!(null)), None);
    assert_eq!(channels(json!([])), Some(vec![]));
    let phone = MfaChannel { kind: "phone".into(), created_at: Some(1_622_678_742) };
    assert_eq!(channels(json!([{ "type": "phone", "created_at": 1_622_678_742 }])), Some(vec![phone]));
}

#[test]
fn sharing_that_is_off_has_no_link() {
    let on = json!({ "share_url": "https://groupme.com/contact/7/Otz", "share_qr_code_url": "https://image.groupme.com/qr" });
    assert_eq!(in_every_wrapping::<Share>(&Call::Share(true), &on).url, Some("https://groupme.com/contact/7/Otz".into()));
    for nothing in [json!(null), json!("")] {
        let off = json!({ "share_url": nothing, "share_qr_code_url": nothing });
        assert_eq!(in_every_wrapping::<Share>(&Call::Share(false), &off), Share::default());
    }
    assert_eq!(me_with("share_url", json!(null)).share.url, None);
}

#[test]
fn a_success_without_content_is_done() {
    let writes = every_call().into_iter().filter(Call::is_write);
    for call in writes {
        for body in ["", " \r\n", "null", r#"{"response":null,"meta":{"code":200}}"#, r#"{"meta":{"code":201,"errors":[]}}"#, "{}"] {
            for kind in [None, Some("text/html; charset=utf-8"), Some("application/json")] {
                assert_eq!(Reply::decode(&call, 201, kind, body.as_bytes()), Ok(Reply::Done), "{call:?} {body:?}");
            }
        }
    }
    assert_eq!(Reply::decode(&Call::SmsOff, 200, Some("text/plain"), b"OK"), Ok(Reply::Done));
}

#[test]
fn a_read_without_content_is_not_taken_for_an_empty_one() {
    for call in [Call::Me, Call::Pins, Call::Majors, Call::Interests, Call::Picture("".into()), Call::Upload(vec![].into())] {
        assert!(matches!(decode(&call, ""), Err(ApiError::Garbled { .. })), "{call:?}");
    }
    for call in [Call::Pins, Call::Me] {
        assert!(matches!(decode(&call, r#"{"response":null,"meta":{"code":200}}"#), Err(ApiError::Garbled { .. })), "{call:?}");
    }
    let Ok(Reply::Groups(page)) = decode(&Call::Groups(1), r#"{"response":null}"#) else { panic!() };
    assert!(!page.is_complete() && !page.has_next());
}

#[test]
fn majors_and_membership_come_back_in_every_form() {
    let set = Call::SetMajors(ids(&["3702"]));
    for list in [json!(["3702", "5506"]), json!([3702, 5506]), json!({ "codes": ["3702", 5506] })] {
        assert_eq!(in_every_wrapping::<Vec<Id>>(&set, &list), ids(&["3702", "5506"]));
    }
    let set = Call::SetMembership { graduation_year: None, visibility: Visibility::Hidden };
    for (year, read) in [(json!("2025"), Some(2025)), (json!(2025), Some(2025)), (json!(""), None), (json!(null), None)] {
        let record = json!({
            "id": 2_990_607, "user_id": "93645911", "campus_profile_visibility": "graduation_year", "graduation_year": year,
            "major_ids": [59, 171]
        });
        for body in [record.clone(), json!({ "response": record, "meta": { "code": 200, "errors": null } })] {
            let expected = Reply::Membership { graduation_year: read, visibility: Some(Visibility::GraduationYear) };
            assert_eq!(decode(&set, &body.to_string()), Ok(expected));
        }
    }
    assert_eq!(me_with("campus_profile_visibility", json!("friends")).campus.visibility, Some(Visibility::Other("friends".into())));
}

#[test]
fn pins_keep_every_id_in_order_or_are_not_understood() {
    let odd = json!(["98905953", 98_905_970, "93645911+118825642", "98905953", "", "x y"]);
    let read = ids(&["98905953", "98905970", "93645911+118825642", "98905953", "", "x y"]);
    for call in [Call::Pins, Call::SetPins(vec![])] {
        assert_eq!(in_every_wrapping::<Vec<Id>>(&call, &json!({ "pinned_conversation_ids": odd })), read);
        assert_eq!(in_every_wrapping::<Vec<Id>>(&call, &odd), read);
        for nothing in [json!(null), json!([])] {
            assert_eq!(in_every_wrapping::<Vec<Id>>(&call, &json!({ "pinned_conversation_ids": nothing })), vec![]);
        }
    }
    let many: Vec<String> = (0..5000).map(|n| n.to_string()).collect();
    assert_eq!(in_every_wrapping::<Vec<Id>>(&Call::Pins, &json!({ "pinned_conversation_ids": many })).len(), 5000);
    for broken in [r#"{"pinned_conversation_ids":["1",null]}"#, r#"{"pinned_conversation_ids":"1"}"#, "5", "{}"] {
        assert!(matches!(decode(&Call::Pins, broken), Err(ApiError::Garbled { .. })), "{broken}");
    }
    assert!(matches!(decode(&Call::SetPins(vec![]), r#"["1",{}]"#), Err(ApiError::Unknown { .. })));
}

#[test]
fn a_listing_with_an_unreadable_row_is_neither_short_nor_complete() {
    let mut rows: Vec<Value> = (0..100).map(|n| json!({ "id": n, "name": format!("Group {n}"), "image_url": "" })).collect();
    let page: Page<Group> = in_every_wrapping(&Call::Groups(1), &json!(rows));
    assert!(page.has_next() && page.is_complete());
    assert_eq!((page.rows[7].id.as_str(), page.rows[7].name.raw(), &page.rows[7].image_url), ("7", "Group 7", &None));
    rows[3] = json!(null);
    let page: Page<Group> = in_every_wrapping(&Call::Groups(1), &json!(rows));
    assert!(page.has_next() && !page.is_complete());
    rows.pop();
    let page: Page<Group> = in_every_wrapping(&Call::FormerGroups, &json!(rows));
    assert!(!page.has_next());
}

#[test]
fn chats_and_standings_are_read_row_by_row() {
    let chats = json!([
        { "other_user": { "id": "118825642", "name": "Ann", "avatar_url": null }, "last_message": {} },
        { "other_user": { "id": 5, "avatar_url": "https://i.groupme.com/1" } },
        { "other_user": null }
    ]);
    let page: Page<Chat> = in_every_wrapping(&Call::Chats(1), &chats);
    assert_eq!(page.rows.iter().map(|chat| chat.user_id.as_str()).collect::<Vec<_>>(), ["118825642", "5"]);
    assert!(!page.is_complete());
    let states =
        json!([{ "group_id": 1, "state": "active" }, { "group_id": "2", "state": "exited_removed" }, { "group_id": "3", "state": 4 }]);
    let page: Page<MembershipState> = in_every_wrapping(&Call::MembershipStates, &states);
    let read: Vec<_> = page.rows.into_iter().map(|row| (row.group_id, row.state)).collect();
    let odd = Membership::Other("4".into());
    assert_eq!(read, [("1".into(), Membership::Active), ("2".into(), Membership::Removed), ("3".into(), odd)]);
}

#[test]
fn topics_have_numbers_for_ids_and_their_name_under_two_keys() {
    let call = Call::Topics("9".into(), 1);
    let rows = json!([{ "id": 1, "parent_id": 9, "topic": "Recipes" }, { "id": "2", "name": "Trips" }, { "parent_id": 9 }]);
    let page: Page<Topic> = in_every_wrapping(&call, &rows);
    let topic = |id: &str, name: &str| Topic { id: id.into(), parent: "9".into(), name: name.into() };
    assert_eq!(page.rows, [topic("1", "Recipes"), topic("2", "Trips")]);
    assert!(!page.is_complete());
    assert_eq!(decode(&call, ""), Ok(Reply::Topics(Page { rows: vec![], sent: None })));
}

#[test]
fn schools_come_as_a_list_as_one_object_or_not_at_all() {
    let school = json!({ "id": 1928, "name": "State University", "short_name": "State U" });
    for content in [json!([school]), school.clone()] {
        let schools: Vec<School> = in_every_wrapping(&Call::Schools, &content);
        assert_eq!((schools.len(), schools[0].id.as_str(), schools[0].name.raw()), (1, "1928", "State University"));
    }
    assert_eq!(in_every_wrapping::<Vec<School>>(&Call::Schools, &json!([])), []);
    assert_eq!(decode(&Call::Schools, ""), Ok(Reply::Schools(vec![])));
}

#[test]
fn majors_are_read_flat_and_grouped() {
    let one = json!({ "id": 3702, "name": "Statistics", "glyph": "x", "assetId": 3 });
    let two = json!({ "id": "5506", "name": "Sociology" });
    let flat = json!([one, two]);
    let grouped = json!([{ "id": "sci", "name": "Science", "entries": [one] }, { "name": "Society", "majors": [two] }]);
    let keyed = json!({ "Science": [one], "Society": [two] });
    for (content, category) in [(flat, None), (grouped, Some("Science")), (keyed, Some("Science"))] {
        let Ok(Reply::Majors(majors)) = decode(&Call::Majors, &content.to_string()) else { panic!("{content}") };
        let read: Vec<_> = majors.iter().map(|major| (major.code.as_str(), major.name.raw())).collect();
        assert_eq!(read, [("3702", "Statistics"), ("5506", "Sociology")]);
        assert_eq!(majors[0].category.as_ref().map(Text::raw), category);
    }
    assert!(matches!(decode(&Call::Majors, "[]"), Err(ApiError::Garbled { .. })));
}

#[test]
fn an_interest_under_two_categories_is_listed_once() {
    let content = json!([
        { "id": 1, "name": "Outdoors", "entries": [{ "id": 1026, "name": "Hiking", "glyph": "🥾" }, { "id": 1005, "name": "Camping" }] },
        { "id": 2, "name": "Sports", "entries": [{ "id": "1026", "name": "Hiking" }, { "id": 3015, "name": "Chess" }] }
    ]);
    let Ok(Reply::Interests(interests)) = decode(&Call::Interests, &content.to_string()) else { panic!() };
    let read: Vec<_> = interests.iter().map(|one| (one.id.as_str(), one.category.as_ref().unwrap().raw())).collect();
    assert_eq!(read, [("1026", "Outdoors"), ("1005", "Outdoors"), ("3015", "Sports")]);
}

#[test]
fn an_upload_tells_where_the_picture_is() {
    let url = "https://i.groupme.com/1x1.jpeg.00";
    for content in
        [json!({ "payload": { "url": url, "picture_url": url } }), json!({ "payload": { "url": url } }), json!({ "picture_url": url })]
    {
        assert_eq!(in_every_wrapping::<Text>(&Call::Upload(vec![].into()), &content), url.into());
    }
    assert!(matches!(decode(&Call::Upload(vec![].into()), r#"{"payload":{"url":null}}"#), Err(ApiError::Garbled { .. })));
}

#[test]
fn every_status_has_its_meaning() {
    let decode = |call: &Call, status| Reply::decode(call, status, None, b"<html>oh</html>").unwrap_err();
    let write = Call::SetPins(vec![]);
    assert_eq!(decode(&Call::Me, 401), ApiError::SignedOut);
    for status in [401, 403, 404] {
        assert_eq!(decode(&write, status), ApiError::Forbidden { status, messages: vec![] });
    }
    for status in [400, 409, 413, 422] {
        assert_eq!(decode(&write, status), ApiError::Rejected { status, messages: vec![] });
    }
    for status in [420, 429] {
        assert_eq!(decode(&write, status), ApiError::Busy { retry_after: None });
    }
    for status in [408, 500, 502, 503, 599] {
        assert!(matches!(decode(&write, status), ApiError::Unknown { .. }));
        assert_eq!(decode(&Call::Me, status), ApiError::Failing { status });
        assert_eq!(decode(&Call::Upload(vec![].into()), status), ApiError::Failing { status });
    }
    assert_eq!(decode(&write, 511), ApiError::LoginPage);
    assert!(matches!(decode(&write, 302), ApiError::Redirected { .. }));
    assert!(matches!(decode(&write, 0), ApiError::Garbled { .. }));
}

#[test]
fn the_services_own_words_are_found_in_every_shape_and_made_harmless() {
    let said = |body: &str| match Reply::decode(&Call::SetPins(vec![]), 400, None, body.as_bytes()) {
        Err(ApiError::Rejected { messages, .. }) => messages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(r#"{"meta":{"code":400,"errors":["name is too long","bad"]},"response":null}"#), "name is too long | bad");
    assert_eq!(said(r#"{"meta":{"code":40016,"errors":"one string"}}"#), "one string");
    assert_eq!(said(r#"{"meta":{"code":400,"errors":null},"response":null}"#), "");
    assert_eq!(said(r#"{"meta":{"code":400}}"#), "");
    assert_eq!(
        said(r#"{"meta":{"errors":[{"code":7,"message":"in an object"},{"email":["is taken"]}]}}"#),
        "in an object | email: is taken"
    );
    assert_eq!(said(r#"{"errors":["bare"]}"#), "bare");
    assert_eq!(said("not json"), "");
    assert_eq!(said(r#"{"meta":{"errors":["\u001b]0;pwned\u0007\u202ebad"]}}"#), "bad");
    assert!(said(&json!({ "errors": vec!["x".repeat(9999); 99] }).to_string()).len() < 2000);
}

#[test]
fn a_web_page_is_not_believed() {
    let page = b"\xef\xbb\xbf \n<!DOCTYPE html><html>Sign in</html>";
    for call in every_call() {
        for kind in [None, Some("text/html"), Some("application/json")] {
            assert_eq!(Reply::decode(&call, 200, kind, page), Err(ApiError::LoginPage), "{call:?}");
        }
    }
    assert_eq!(Reply::decode(&Call::Me, 200, Some("Text/HTML; charset=utf-8"), b"Access denied"), Err(ApiError::LoginPage));
    assert!(Reply::decode(&Call::Me, 200, Some("text/html"), ME.as_bytes()).is_ok());
}

#[test]
fn a_cut_answer_leaves_a_write_unknown_and_a_read_not_understood() {
    let cut = &ME[..ME.len() / 2];
    assert!(matches!(decode(&Call::Me, cut), Err(ApiError::Garbled { reason }) if reason.as_str().contains("cut short")));
    for call in [Call::UpdateAccount(Profile::default()), Call::Share(true)] {
        assert!(matches!(decode(&call, cut), Err(ApiError::Unknown { .. })));
        assert!(matches!(Reply::decode(&call, 200, Some("text/html"), cut.as_bytes()), Err(ApiError::Unknown { .. })));
    }
}

#[test]
fn duplicate_keys_depth_and_floods_are_survived() {
    let Ok(Reply::Account(me)) = decode(&Call::Me, r#"{"id":"1","name":"first","name":"last","id":2}"#) else { panic!() };
    assert_eq!((me.id.as_str(), me.profile.name), ("2", Some("last".into())));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deeper = format!(r#"{{"id":"1","tags":{deep}}}"#);
    let flood = format!("[{}0]", "0,".repeat(300_000));
    for body in [deep, deeper, flood] {
        for call in every_call().iter().filter(|call| call.is_read() && !matches!(call, Call::Picture(_))) {
            assert!(matches!(decode(call, &body), Err(ApiError::Garbled { .. })), "{call:?}");
        }
    }
}

#[test]
fn a_reply_to_another_request_is_an_error_for_who_asked() {
    assert!(matches!(Vec::<Id>::try_from(Reply::Done), Err(ApiError::Garbled { .. })));
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let reason = || lapel::domain::Shown::line("it rained");
    for error in [
        ApiError::SignedOut,
        ApiError::Forbidden { status: 403, messages: vec![] },
        ApiError::Rejected { status: 400, messages: vec![reason(), reason()] },
        ApiError::Busy { retry_after: Some(std::time::Duration::MAX) },
        ApiError::Failing { status: 502 },
        ApiError::Offline { reason: reason() },
        ApiError::Tls { host: reason(), reason: reason() },
        ApiError::Unknown { reason: reason() },
        ApiError::Garbled { reason: reason() },
        ApiError::LoginPage,
        ApiError::Redirected { to: reason() },
        ApiError::ForeignPicture { host: reason() },
        ApiError::WrongAccount,
    ] {
        assert!(!error.headline().contains('\n') && error.headline().len() > 15 && error.hint().len() > 15, "{error:?}");
    }
}

/// Any JSON, a few levels deep, with the service's own keys among the names.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof!["[a-z_]{0,6}", proptest::sample::select(KEYS).prop_map(str::to_owned)];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        "-?[0-9]{0,25}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(key.clone(), inner, 0..4).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

const KEYS: &[&str] = &[
    "response",
    "meta",
    "errors",
    "user",
    "id",
    "user_id",
    "name",
    "photo_urls",
    "interests",
    "graduation_year",
    "mfa",
    "channels",
    "pinned_conversation_ids",
    "codes",
    "share_url",
    "other_user",
    "group_id",
    "state",
    "entries",
    "payload",
    "url",
    "membership",
];

/// A fixture with one value replaced, or cut anywhere.
fn spoilt_fixture() -> impl Strategy<Value = Vec<u8>> {
    let fixture = proptest::sample::select(&[ME, EXTENDED][..]);
    prop_oneof![
        (fixture.clone(), any::<proptest::sample::Index>()).prop_map(|(text, at)| text.as_bytes()[..at.index(text.len())].to_vec()),
        (fixture.clone(), any::<proptest::sample::Index>(), any::<u8>()).prop_map(|(text, at, byte)| {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes
        }),
        (fixture, any::<proptest::sample::Index>(), any_json()).prop_map(|(text, at, odd)| {
            let mut document: Value = serde_json::from_str(text).unwrap();
            let inner = if document.get("user").is_some() { &mut document["user"] } else { &mut document };
            let members = inner.as_object_mut().unwrap();
            let at = at.index(members.len());
            *members.values_mut().nth(at).unwrap() = odd;
            document.to_string().into_bytes()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_answer_whatever_makes_a_decoder_panic(
        body in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..64),
            any_json().prop_map(|value| value.to_string().into_bytes()),
            spoilt_fixture(),
        ],
        status in prop_oneof![4 => Just(200_u16), 1 => any::<u16>()],
        kind in proptest::option::of("text/html|application/json|\\PC{0,9}"),
    ) {
        for call in every_call() {
            if let Err(error) = Reply::decode(&call, status, kind.as_deref(), &body) {
                prop_assert!(!error.headline().chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn unknown_members_change_nothing(extra in any_json(), name in "x_[a-z]{1,8}") {
        let mut me: Value = serde_json::from_str(ME).unwrap();
        let known = decode(&Call::Me, &me.to_string());
        me[name] = extra;
        prop_assert_eq!(decode(&Call::Me, &me.to_string()), known);
    }
}
