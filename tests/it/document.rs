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

const ME: &str = include_str!("fixtures/me.json");
const EXTENDED: &str = include_str!("fixtures/extended.json");

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

mod about {
    //! "About": every key of the example.

    use super::*;

    fn example() -> &'static Value {
        static EXAMPLE: std::sync::LazyLock<Value> = std::sync::LazyLock::new(|| serde_json::from_str(ME).unwrap());
        &EXAMPLE
    }

    fn told() -> &'static Account {
        static TOLD: std::sync::LazyLock<Account> =
            std::sync::LazyLock::new(|| decoded(&Call::Me, &json!({"response": example(), "meta": {"code": 200, "errors": []}})));
        &TOLD
    }

    keys_told! { created_at email email_verified facebook_connected id image_url locale microsoft_connected name bio phone_number sms twitter_connected updated_at user_id zip_code share_url share_qr_code_url mfa tags prompt_for_survey show_age_gate birth_date_set major_codes graduation_year campus_profile_visibility photo_urls song_url interests }

    facts! {
        it_is_got_from_users_me_of_version_3 => assert_eq!(line(&Call::Me), "GET https://api.groupme.com/v3/users/me");
        a_second_factor_may_be_enabled_by_channels => {
            let mut me = example().clone();
            me["mfa"] = json!({"enabled": true, "channels": [{"type": "phone", "created_at": 1_622_678_742}]});
            assert_told(&decoded(&Call::Me, &me), &me, "mfa");
        };
        a_zip_code_is_told_where_there_is_one => {
            let mut me = example().clone();
            me["zip_code"] = json!("02145");
            assert_told(&decoded(&Call::Me, &me), &me, "zip_code");
        };
        what_an_account_does_not_have_may_be_left_out => {
            let me = json!({"id": "7"});
            assert_eq!(decoded(&Call::Me, &me), Account::new("7"));
        };
    }

    facts_served! { server,
        it_is_answered_with_200_in_an_envelope => {
            let (status, answer) = server.call("GET /v3/users/me").await;
            assert_eq!((status, &answer["meta"]["code"], answer["meta"].get("errors")), (200, &json!(200), Some(&Value::Null)));
            assert!(answer["response"].is_object());
        };
        a_failure_has_no_response_and_says_why => {
            let (status, answer) = server.send("POST /v3/users/features/share", json!({"status": "on"})).await;
            assert!(status >= 400 && answer["response"].is_null() && !answer["meta"]["errors"].as_array().unwrap().is_empty(), "{answer}");
        };
        the_token_may_stand_in_the_address => {
            let route = format!("GET /v3/users/me?token={}", server.sandbox.token());
            assert_eq!(server.bare(&route).send().await.unwrap().status(), 200);
        };
        without_a_token_nothing_is_told => assert_eq!(server.bare("GET /v3/users/me").send().await.unwrap().status(), 401);
    }
}

mod update_details {
    //! "Update Details": the short call.

    use super::*;

    fn example() -> &'static Value {
        static EXAMPLE: std::sync::LazyLock<Value> = std::sync::LazyLock::new(|| {
            json!({"id": "1234567890", "phone_number": "+1 2123001234", "image_url": "https://i.groupme.com/123456789", "name": "Ronald Swanson",
                "created_at": 1_302_623_328, "updated_at": 1_302_623_328, "email": "me@example.com", "sms": false})
        });
        &EXAMPLE
    }

    fn told() -> &'static Account {
        static TOLD: std::sync::LazyLock<Account> =
            std::sync::LazyLock::new(|| decoded(&Call::UpdateAccount(Profile::default()), example()));
        &TOLD
    }

    keys_told! { id phone_number image_url name created_at updated_at email sms }

    facts! {
        it_is_posted_to_users_update_of_version_3 => {
            assert!(line(&Call::UpdateAccount(profile("name", "Tom Skerritt"))).starts_with("POST https://api.groupme.com/v3/users/update "));
        };
        avatar_url_goes_along => assert_eq!(short("avatar_url", "https://i.groupme.com/1"), "https://i.groupme.com/1");
        name_goes_along => assert_eq!(short("name", "Tom Skerritt"), "Tom Skerritt");
        email_goes_along => assert_eq!(short("email", "viper@topgun.usaf.mil"), "viper@topgun.usaf.mil");
        zip_code_goes_along_as_text => assert_eq!(short("zip_code", "02145"), "02145");
        an_email_has_the_form_name_at_domain => assert!(takes("email", "viper@topgun.usaf.mil") && !takes("email", "viper"));
        a_picture_must_be_of_the_image_service => {
            assert!(takes("avatar_url", "https://i.groupme.com/1") && !takes("avatar_url", "https://4.bp.blogspot.com/1.jpg"));
        };
    }

    facts_served! { server,
        it_is_answered_with_200 => assert_eq!(server.send("POST /v3/users/update", json!({"zip_code": "92145"})).await.0, 200);
        a_name_has_two_parts_here => {
            assert_eq!(server.send("POST /v3/users/update", json!({"name": "Tom"})).await.0, 400);
            assert_eq!(server.send("POST /v3/users/update", json!({"name": "Tom Skerritt"})).await.0, 200);
        };
        a_picture_of_elsewhere_is_refused => assert_eq!(server.send("POST /v3/users/update", json!({"avatar_url": "https://example.org/a"})).await.0, 400);
    }
}

mod extended_update {
    //! "Update Details (Alternative/Extended Method)".

    use super::*;

    fn example() -> &'static Value {
        static EXAMPLE: std::sync::LazyLock<Value> =
            std::sync::LazyLock::new(|| serde_json::from_str::<Value>(EXTENDED).unwrap()["user"].clone());
        &EXAMPLE
    }

    fn told() -> &'static Account {
        static TOLD: std::sync::LazyLock<Account> =
            std::sync::LazyLock::new(|| decoded(&Call::UpdateProfile("131245991".into(), Profile::default()), &json!({"user": example()})));
        &TOLD
    }

    keys_told! { id created_at updated_at name phone_number email avatar_url app_installed direct_message_capable country language locale disable_started_using_notification disable_favorite_notification sms_disabled sms_disabled_expires_at local_sms_available sleep_until needs_password stopped admin verified email_verified international email_settings group_notification_sound dm_notification_sound bio photo_urls song_url interests }

    facts! {
        it_is_posted_to_version_2_with_the_accounts_id => {
            assert!(line(&Call::UpdateProfile("93645911".into(), profile("bio", "x"))).starts_with("POST https://v2.groupme.com/users/93645911 "));
        };
        everything_goes_inside_of_user => {
            assert!(line(&Call::UpdateProfile("7".into(), profile("bio", "x"))).ends_with(" {\"user\":{\"bio\":\"x\"}}"));
        };
        what_is_null_in_the_example_is_told_where_it_is_not => {
            for (key, value) in [
                ("avatar_url", json!("https://i.groupme.com/1")),
                ("country", json!("US")),
                ("sms_disabled_expires_at", json!(1_900_000_000)),
                ("sleep_until", json!(1_900_000_000)),
            ] {
                let mut user = example().clone();
                user[key] = value;
                assert_told(&decoded(&Call::UpdateProfile("131245991".into(), Profile::default()), &json!({"user": user})), &user, key);
            }
        };
        every_parameter_is_optional => {
            for row in PROFILE.iter().filter(|row| row.route.is_extended()) {
                let mut one = Profile::default();
                let text = match row.key {
                    "photo_urls" => "https://i.groupme.com/1, https://i.groupme.com/2, https://i.groupme.com/3",
                    "avatar_url" => "https://i.groupme.com/1",
                    "song_url" => "https://open.spotify.com/track/4zu9wo2FXoBSsKjO6tRB3R",
                    "interests" => "1005",
                    "disable_favorite_notification" => "on",
                    "email" => "a@b.co",
                    _ => "x",
                };
                row.set(&mut one, text).unwrap();
                let keys = if row.key == "interests" { 2 } else { 1 };
                assert_eq!(line(&Call::UpdateProfile("7".into(), one)).matches("\":").count(), keys + 1, "{}", row.key);
            }
        };
        name_goes_this_way => assert_eq!(extended("name", "name", "Bilbo"), "Bilbo");
        a_name_of_one_part_is_enough => assert!(takes("name", "Bilbo"));
        email_goes_this_way => assert_eq!(extended("email", "email", "a@b.co"), "a@b.co");
        avatar_url_goes_this_way => assert_eq!(extended("avatar_url", "avatar_url", "https://i.groupme.com/1"), "https://i.groupme.com/1");
        bio_goes_this_way => assert_eq!(extended("bio", "bio", "Hello World!"), "Hello World!");
        song_url_goes_this_way => {
            let song = "https://open.spotify.com/track/4zu9wo2FXoBSsKjO6tRB3R?si=853de61130814a27";
            assert_eq!(extended("song_url", "song_url", song), song);
        };
        a_song_is_a_share_url_of_spotify => assert!(!takes("song_url", "https://example.org/track/1"));
        photo_urls_go_this_way_as_a_list => {
            let list = ["https://i.groupme.com/1", "https://i.groupme.com/2", "https://i.groupme.com/3"];
            assert_eq!(extended("photo_urls", "photo_urls", &list.join(",")), json!(list));
        };
        a_gallery_has_at_least_three_pictures => assert!(!takes("photo_urls", "https://i.groupme.com/1,https://i.groupme.com/2"));
        interests_go_by_the_misspelt_name => assert_eq!(extended("interests", "intrests", "1005,1017"), json!([1005, 1017]));
        interests_are_integers => assert!(extended("interests", "intrests", "1026")[0].is_i64());
        interests_go_by_the_name_of_the_reply_too => assert_eq!(extended("interests", "interests", "1005"), json!([1005]));
        true_turns_news_of_reactions_off => {
            assert_eq!(extended("disable_favorite_notification", "disable_favorite_notification", "on"), true);
        };
        false_turns_news_of_reactions_on => {
            assert_eq!(extended("disable_favorite_notification", "disable_favorite_notification", "off"), false);
        };
        the_sound_of_groups_is_the_name_of_a_file => {
            assert_eq!(extended("group_notification_sound", "group_notification_sound", "gm6.wav"), "gm6.wav");
        };
        the_sound_of_direct_messages_is_the_name_of_a_file => {
            assert_eq!(extended("dm_notification_sound", "dm_notification_sound", "gm16.wav"), "gm16.wav");
        };
        any_file_may_be_a_sound => assert!(takes("dm_notification_sound", "another one.wav"));
    }

    facts_served! { server,
        it_is_answered_with_200_and_the_user => {
            let (status, answer) = server.send("POST /users/93645911", json!({"user": {"bio": "x"}})).await;
            let content = if answer["response"].is_object() { &answer["response"] } else { &answer };
            assert_eq!((status, &content["user"]["bio"]), (200, &json!("x")), "{answer}");
        };
        fewer_than_three_pictures_are_refused => {
            let photos = ["https://i.groupme.com/1", "https://i.groupme.com/2"];
            assert_eq!(server.send("POST /users/93645911", json!({"user": {"photo_urls": photos}})).await.0, 400);
        };
    }
}

mod majors {
    //! "Update Major Tags".

    use super::*;

    facts! {
        they_are_put_as_a_whole => {
            assert_eq!(
                line(&Call::SetMajors(ids(&["3702", "5506"]))),
                "PUT https://api.groupme.com/v3/directories/user/majors {\"codes\":[\"3702\",\"5506\"]}"
            );
        };
        codes_are_strings => assert!(sent(&Call::SetMajors(ids(&["3702"])), "codes")[0].is_string());
        the_options_are_at_the_documents_address => {
            assert_eq!(line(&Call::Majors(ListHost::Document)), "GET https://web.groupme.com/assets/majors/majors.en-US.json");
        };
        the_answer_is_the_list => {
            let told = Reply::decode(&Call::SetMajors(vec![]), 201, Some("application/json"), b"[\"3702\",\"5506\"]").unwrap();
            assert_eq!(told, Reply::Ids(ids(&["3702", "5506"])));
        };
    }

    facts_served! { server,
        they_are_answered_with_201 => assert_eq!(server.send("PUT /v3/directories/user/majors", json!({"codes": ["3702"]})).await.0, 201);
        codes_as_numbers_are_refused => assert_eq!(server.send("PUT /v3/directories/user/majors", json!({"codes": [3702]})).await.0, 400);
        only_members_of_a_school_may => {
            server.sandbox.edit(|world| world["membership"] = Value::Null);
            assert_eq!(server.send("PUT /v3/directories/user/majors", json!({"codes": ["3702"]})).await.0, 403);
        };
    }
}

mod membership {
    //! "Set Graduation Year and Domain Visibility".

    use super::*;

    fn set(graduation_year: Option<u16>, visibility: Visibility) -> Call {
        Call::SetMembership { graduation_year, visibility }
    }

    const PUT: &str = "PUT /v3/directories/user/membership";

    facts! {
        it_is_put_to_the_membership => {
            assert!(line(&set(Some(2025), Visibility::Major)).starts_with("PUT https://api.groupme.com/v3/directories/user/membership "));
        };
        the_year_is_an_integer => assert_eq!(sent(&set(Some(2025), Visibility::Major), "graduation_year"), 2025);
        the_year_may_be_null => assert!(line(&set(None, Visibility::Hidden)).contains("\"graduation_year\":null"));
        no_year_is_before_1900 => assert!(!campus_takes("graduation_year", "1899"));
        hidden_is_a_visibility => assert_eq!(sent(&set(None, Visibility::Hidden), "campus_profile_visibility"), "hidden");
        graduation_year_is_a_visibility => {
            assert_eq!(sent(&set(None, Visibility::GraduationYear), "campus_profile_visibility"), "graduation_year");
        };
        major_is_a_visibility => assert_eq!(sent(&set(None, Visibility::Major), "campus_profile_visibility"), "major");
        visible_is_a_visibility => assert_eq!(sent(&set(None, Visibility::Visible), "campus_profile_visibility"), "visible");
        nothing_else_is_a_visibility => assert!(!campus_takes("campus_profile_visibility", "everyone"));
        the_answer_has_the_year_as_text => {
            let body = json!({"id": 2_990_607, "user_id": 93_645_911, "directory_id": 1928, "campus_profile_visibility": "graduation_year",
                "graduation_year": "2025", "major_ids": [59, 171]});
            let told = Reply::decode(&set(None, Visibility::Hidden), 200, Some("application/json"), body.to_string().as_bytes()).unwrap();
            let Reply::Membership { graduation_year, visibility } = told else { panic!("{told:?}") };
            assert_eq!((graduation_year, visibility), (Some(2025), Some(Visibility::GraduationYear)));
        };
    }

    facts_served! { server,
        it_is_answered_with_200 => {
            let (status, answer) = server.send(PUT, json!({"graduation_year": 2027, "campus_profile_visibility": "visible"})).await;
            assert_eq!(status, 200);
            let record = if answer["response"].is_object() { &answer["response"] } else { &answer };
            let keys: BTreeMap<_, _> = record.as_object().unwrap().iter().collect();
            let told = ["campus_profile_visibility", "directory_id", "graduation_year", "id", "major_ids", "user_id"];
            assert_eq!(keys.keys().map(|key| key.as_str()).collect::<Vec<_>>(), told);
        };
        a_year_before_1900_is_refused => assert_eq!(server.send(PUT, json!({"graduation_year": 1899})).await.0, 400);
        a_year_more_than_ten_ahead_is_refused => {
            assert_eq!(server.send(PUT, json!({"graduation_year": clock().year() + 11})).await.0, 400);
            assert_eq!(server.send(PUT, json!({"graduation_year": clock().year() + 10})).await.0, 200);
        };
        a_year_as_text_is_refused => assert_eq!(server.send(PUT, json!({"graduation_year": "2027"})).await.0, 400);
        without_a_year_it_cannot_be_what_others_see => {
            assert_eq!(server.send(PUT, json!({"graduation_year": null, "campus_profile_visibility": "graduation_year"})).await.0, 400);
        };
        without_majors_they_cannot_be_what_others_see => {
            server.sandbox.edit(|world| {
                world["account"]["major_codes"] = json!([]);
                world["account"]["campus_profile_visibility"] = json!("hidden");
            });
            assert_eq!(server.send(PUT, json!({"campus_profile_visibility": "major"})).await.0, 400);
        };
        only_members_of_a_school_may => {
            server.sandbox.edit(|world| world["membership"] = Value::Null);
            assert_eq!(server.send(PUT, json!({"graduation_year": 2027})).await.0, 403);
        };
    }
}

mod sharing {
    //! "Toggle Profile Sharing".

    use super::*;

    const POST: &str = "POST /v3/users/features/share";

    facts! {
        it_is_posted_to_the_features => assert!(line(&Call::Share(true)).starts_with("POST https://api.groupme.com/v3/users/features/share "));
        enable_makes_a_link => assert_eq!(sent(&Call::Share(true), "status"), "enable");
        disable_takes_it_away => assert_eq!(sent(&Call::Share(false), "status"), "disable");
        the_answer_has_the_link_and_its_picture => {
            let body = json!({"share_url": "https://groupme.com/contact/74938777/OtzZPXiX",
                "share_qr_code_url": "https://image.groupme.com/qr/contact/74938777/OtzZPXiX/preview"});
            let told = Reply::decode(&Call::Share(true), 200, Some("application/json"), body.to_string().as_bytes()).unwrap();
            let Reply::Share(share) = told else { panic!("{told:?}") };
            assert_eq!(share.url.unwrap().raw(), body["share_url"]);
            assert_eq!(share.qr_code_url.unwrap().raw(), body["share_qr_code_url"]);
        };
    }

    facts_served! { server,
        it_is_answered_with_200 => assert_eq!(server.send(POST, json!({"status": "enable"})).await.0, 200);
        turned_off_both_addresses_are_gone => {
            server.send(POST, json!({"status": "disable"})).await;
            let me = server.me().await;
            assert_eq!((&me["share_url"], &me["share_qr_code_url"]), (&Value::Null, &Value::Null));
        };
        off_and_on_makes_another_link => {
            let before = server.me().await["share_url"].clone();
            server.send(POST, json!({"status": "disable"})).await;
            server.send(POST, json!({"status": "enable"})).await;
            let after = server.me().await["share_url"].clone();
            assert!(after.is_string() && after != before, "{after}");
        };
        any_other_status_is_refused => assert_eq!(server.send(POST, json!({"status": "on"})).await.0, 400);
    }
}

mod sms_mode {
    //! "Enable SMS mode" and "Disable SMS mode".

    use super::*;

    const POST: &str = "POST /v3/users/sms_mode";

    facts! {
        it_is_posted_with_its_hours => {
            assert_eq!(line(&Call::SmsOn(SmsDuration::Hours(4), None)), "POST https://api.groupme.com/v3/users/sms_mode {\"duration\":4}");
        };
        hours_are_an_integer => assert!(sent(&Call::SmsOn(SmsDuration::Hours(4), None), "duration").is_i64());
        forty_eight_hours_are_the_most => assert!("48".parse::<SmsDuration>().is_ok() && "49".parse::<SmsDuration>().is_err());
        it_may_never_expire => assert_eq!(sent(&Call::SmsOn(SmsDuration::Always, None), "duration"), "always");
        a_registration_goes_along => {
            assert_eq!(sent(&Call::SmsOn(SmsDuration::Always, "TOKEN".parse().ok()), "registration_id"), "TOKEN");
        };
        without_a_registration_none_is_sent => assert!(!line(&Call::SmsOn(SmsDuration::Always, None)).contains("registration_id"));
        it_is_ended_by_a_post_without_a_body => {
            assert_eq!(line(&Call::SmsOff), "POST https://api.groupme.com/v3/users/sms_mode/delete");
        };
        without_a_registration_both_kinds_of_message_arrive => {
            use lapel::base::job::SmsChange;
            assert!(SmsChange::On(SmsDuration::Hours(4), None).note().unwrap().contains("both arrive"));
            assert!(SmsChange::On(SmsDuration::Hours(4), "TOKEN".parse().ok()).note().is_none());
        };
    }

    facts_served! { server,
        it_is_answered_with_201 => assert_eq!(server.send(POST, json!({"duration": 4})).await.0, 201);
        hours_are_required => assert_eq!(server.send(POST, json!({"registration_id": "TOKEN"})).await.0, 400);
        more_than_forty_eight_hours_are_refused => assert_eq!(server.send(POST, json!({"duration": 49})).await.0, 400);
        always_is_taken => assert_eq!(server.send(POST, json!({"duration": "always"})).await.0, 201);
        the_end_is_answered_with_200 => {
            server.send(POST, json!({"duration": 4})).await;
            assert_eq!(server.call("POST /v3/users/sms_mode/delete").await.0, 200);
            assert_eq!(server.me().await["sms"], false);
        };
    }
}

mod pinned_conversations {
    //! "Index pinned conversations" and "Update pinned conversations".

    use super::*;

    const PUT: &str = "PUT /v4/pinned_conversations";

    facts! {
        they_are_listed_by_version_4 => assert_eq!(line(&Call::Pins), "GET https://api.groupme.com/v4/pinned_conversations");
        they_are_put_to_version_4 => {
            assert!(line(&Call::SetPins(ids(&["1"]))).starts_with("PUT https://api.groupme.com/v4/pinned_conversations "));
        };
        ids_are_strings_in_order => {
            let order = ["98905970", "93645911+118825642", "98905953"];
            assert_eq!(sent(&Call::SetPins(ids(&order)), "pinned_conversation_ids"), json!(order));
        };
        the_list_is_read_in_order => {
            let body = json!({"pinned_conversation_ids": ["98905953", "93645911+118825642", "27317261"]});
            let told = Reply::decode(&Call::Pins, 200, Some("application/json"), body.to_string().as_bytes()).unwrap();
            assert_eq!(told, Reply::Ids(ids(&["98905953", "93645911+118825642", "27317261"])));
        };
    }

    facts_served! { server,
        the_list_is_answered_with_200 => assert_eq!(server.call("GET /v4/pinned_conversations").await.0, 200);
        what_is_missing_is_unpinned => {
            server.send(PUT, json!({"pinned_conversation_ids": ["98905953"]})).await;
            assert_eq!(server.sandbox.world()["pins"], json!(["98905953"]));
        };
        groups_that_were_left_or_deleted_stay_in_the_list => {
            let (_, answer) = server.call("GET /v4/pinned_conversations").await;
            let content = if answer["response"].is_object() { &answer["response"] } else { &answer };
            let pins: Vec<_> = content["pinned_conversation_ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert!(pins.contains(&"28330145") && pins.contains(&"27317261"), "{pins:?}");
        };
        a_group_one_is_not_in_can_be_pinned => {
            assert_eq!(server.send(PUT, json!({"pinned_conversation_ids": ["123456789"]})).await.0, 200);
            assert_eq!(server.sandbox.world()["pins"], json!(["123456789"]));
        };
        ids_as_numbers_are_refused => assert_eq!(server.send(PUT, json!({"pinned_conversation_ids": [1]})).await.0, 400);
        the_list_is_required => assert_eq!(server.send(PUT, json!({})).await.0, 400);
    }
}
