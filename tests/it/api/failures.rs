//! What is made of refusals, and of answers that are none.

use super::*;

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
            let error = Reply::decode(&call, 200, kind, page).unwrap_err();
            assert_eq!(error.cause(), ApiError::LoginPage.headline(), "{call:?}");
            assert_eq!(matches!(error, ApiError::Unknown { .. }), !call.is_read(), "who changes something does not know: {call:?}");
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
            match decode(call, &body) {
                Err(ApiError::Garbled { .. }) => {}
                Ok(Reply::Groups(page)) => assert!(page.rows.is_empty() && !page.is_complete()),
                Ok(Reply::Topics(page)) => assert!(page.rows.is_empty() && !page.is_complete()),
                Ok(Reply::Chats(page)) => assert!(page.rows.is_empty() && !page.is_complete()),
                Ok(Reply::MembershipStates(page)) => assert!(page.rows.is_empty() && !page.is_complete()),
                other => panic!("{call:?}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_reply_to_another_request_is_an_error_for_who_asked() {
    assert!(matches!(Vec::<Id>::try_from(Reply::Done), Err(ApiError::Garbled { .. })));
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let reason = || lapel::domain::SafeText::line("it rained");
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
