//! What is sent.

use super::*;

#[test]
fn every_request_is_what_the_specification_says() {
    let lines: Vec<String> = every_call().iter().map(|call| call.spec().line()).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    GET https://api.groupme.com/v3/users/me
    POST https://api.groupme.com/v3/users/update {"name":"Bilbo Baggins","email":"example@email.com","avatar_url":"https://i.groupme.com/200x200.jpeg.94e0","zip_code":"92145"}
    POST https://v2.groupme.com/users/93645911 {"user":{"name":"Bilbo Baggins","email":"example@email.com","avatar_url":"https://i.groupme.com/200x200.jpeg.94e0","bio":"Hello\nWorld!","song_url":"https://open.spotify.com/track/4zu9","photo_urls":["https://i.groupme.com/1","https://i.groupme.com/2","https://i.groupme.com/3"],"intrests":[1005,1017,"007","hiking"],"interests":[1005,1017,"007","hiking"],"disable_favorite_notification":true,"group_notification_sound":"gm6.wav","dm_notification_sound":"gm16.wav"}}
    PUT https://api.groupme.com/v3/directories/user/majors {"codes":["3702","5506"]}
    PUT https://api.groupme.com/v3/directories/user/membership {"graduation_year":2025,"campus_profile_visibility":"major"}
    PUT https://api.groupme.com/v3/directories/user/membership {"graduation_year":null,"campus_profile_visibility":"hidden"}
    POST https://api.groupme.com/v3/users/features/share {"status":"enable"}
    POST https://api.groupme.com/v3/users/features/share {"status":"disable"}
    POST https://api.groupme.com/v3/users/sms_mode {"duration":4}
    POST https://api.groupme.com/v3/users/sms_mode {"duration":"always","registration_id":"APA91b:x"}
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
    GET https://web.groupme.com/assets/majors/majors.en-US.json
    GET https://cdn.groupme.com/assets/majors/majors.en-US.json
    GET https://web.groupme.com/assets/interestCharms/interestCharms.en-US.json
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
