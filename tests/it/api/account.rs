//! What is understood of answers about the account.

use super::*;

#[test]
fn the_specifications_account_is_understood_whole() {
    let me = account(&serde_json::from_str(ME).unwrap());
    let Account { id, profile, facts, campus, share, sms, settings } = me;
    assert!(!settings.is_told(), "{settings:?}");
    let told = format!("{id:?}\n{profile:?}\n{facts:?}\n{campus:?}\n{share:?}\n{sms:?}");
    assert_snapshot!(told, @r#"
    Id("93645911")
    Profile { name: Some(RawText("Isaac")), email: Some(RawText("email@example.con")), avatar_url: Some(RawText("https://i.groupme.com/200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d")), bio: Some(RawText("“Before you criticize someone, walk a mile in their shoes. That way, when you criticize them, you'll be a mile away and you’ll have their shoes.” -Someone wiser than me\n")), song_url: Some(RawText("https://open.spotify.com/track/5532lQKkhAZUyUKOBA9yrB?si=teTgTqVqTjmAnnHCvXLtyw")), photo_urls: Some([RawText("https://i.groupme.com/408x723.jpeg.cc234ac0ee8a4d3a82ead19dee523193"), RawText("https://i.groupme.com/408x723.jpeg.35e3736109b44d788ec5ff3b7a444a57"), RawText("https://i.groupme.com/408x723.jpeg.3a23a3abaef64de98b541eee846fdb2d")]), interests: Some([Id("1026"), Id("3015")]), zip_code: None, disable_favorite_notification: None, group_notification_sound: None, dm_notification_sound: None }
    AccountInfo { user_id: Some(Id("93645911")), email_verified: Some(false), phone_number: Some(RawText("+1 2345678910")), locale: Some(RawText("en_us")), created_at: Some(1622678742), updated_at: Some(1747863063), facebook_connected: Some(false), microsoft_connected: Some(false), twitter_connected: Some(false), mfa_enabled: Some(false), mfa_channels: None, tags: Some([RawText("phone-us")]), prompt_for_survey: Some(false), show_age_gate: Some(false), birth_date_set: Some(true), friend_suggestable: None, sleep_until: None, consents: None, directories: None, graduation_year_is_empty: true }
    Campus { major_codes: Some([Id("3702"), Id("5506")]), graduation_year: None, visibility: Some(Major) }
    Share { url: Some(RawText("https://groupme.com/contact/93645911/njLqSwBU")), qr_code_url: Some(RawText("https://image.groupme.com/qr/contact/93645911/njLqSwBU/preview?avatarUrl=https%3A%2F%2Fi.groupme.com%2F200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d")) }
    Sms { on: Some(false), end: None }
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
    assert_eq!((told.sms.on, told.sms.end), (Some(false), None));

    assert_snapshot!(format!("{:?}", told.settings), @r#"AccountSettings { told_at: None, profile: Profile { name: None, email: None, avatar_url: None, bio: None, song_url: None, photo_urls: None, interests: None, zip_code: None, disable_favorite_notification: Some(false), group_notification_sound: Some(RawText("gm6.wav")), dm_notification_sound: Some(RawText("gm16.wav")) }, app_installed: Some(true), direct_message_capable: Some(true), country: None, language: Some(RawText("en-US")), disable_started_using_notification: Some(false), sms_disabled: Some(true), sms_disabled_expires_at: None, local_sms_available: Some(true), needs_password: Some(false), stopped: Some(false), admin: Some(false), verified: Some(true), international: Some(false), email_membership_added: Some(true), email_group_created: Some(true) }"#);

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
    assert_eq!(me_with("bio", json!("")).profile.bio, Some(RawText::default()));
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
    for call in [Call::Me, Call::Pins, Call::Majors(ListHost::Document), Call::Interests(ListHost::Document), Call::Picture("".into())] {
        assert!(matches!(decode(&call, ""), Err(ApiError::Garbled { .. })), "{call:?}");
    }
    assert!(matches!(decode(&Call::Upload(vec![].into()), ""), Err(ApiError::Unknown { .. })), "the picture may be there");
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
