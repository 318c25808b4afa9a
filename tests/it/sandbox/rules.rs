//! The documented calls: shapes of their answers, and the rules they enforce.

use lapel::sandbox::{Options, World};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::server::{Server, message, read};
use crate::day::clock;

const EXTENDED: &str = "POST /users/93645911";
const SHORT: &str = "POST /v3/users/update";
const MAJORS: &str = "PUT /v3/directories/user/majors";
const MEMBERSHIP: &str = "PUT /v3/directories/user/membership";
const PINS: &str = "PUT /v4/pinned_conversations";

#[tokio::test]
async fn every_broken_rule_is_refused_by_name_and_changes_nothing() {
    let server = Server::start().await;
    let before = server.sandbox.world();
    let photo = "https://i.groupme.com/790x1402.jpeg.ca86dade7dfb48168735247dce604499";
    let user = |user: Value| json!({ "user": user });
    let cases = [
        (SHORT, json!({ "bio": "b" }), "bio"),
        (SHORT, json!({ "image_url": photo }), "image_url"),
        (SHORT, json!({ "zip_code": 92145 }), "zip_code"),
        (SHORT, json!({ "zip_code": null }), "zip_code"),
        (SHORT, json!({ "user": {} }), "user"),
        (SHORT, json!({ "name": "Bilbo" }), "FirstName LastName"),
        (SHORT, json!({ "name": "Quite Fine", "email": "viper@topgun" }), "email"),
        (SHORT, json!({ "avatar_url": "https://example.org/a.jpeg" }), "avatar_url"),
        (EXTENDED, json!({ "name": "B" }), "name"),
        (EXTENDED, json!({}), "user"),
        (EXTENDED, user(json!(1)), "object"),
        (EXTENDED, user(json!({ "zip_code": "92145" })), "zip_code"),
        (EXTENDED, user(json!({ "name": " " })), "name"),
        (EXTENDED, user(json!({ "bio": "new", "photo_urls": [photo, photo] })), "photo_urls"),
        (EXTENDED, user(json!({ "photo_urls": [photo, photo, "http://i.groupme.com/a"] })), "photo_urls"),
        (EXTENDED, user(json!({ "intrests": ["1005"] })), "intrests"),
        (EXTENDED, user(json!({ "intrests": [1005], "interests": [1017] })), "interests"),
        (EXTENDED, user(json!({ "song_url": "https://example.org/track/1" })), "song_url"),
        (EXTENDED, user(json!({ "disable_favorite_notification": "true" })), "disable_favorite_notification"),
        (EXTENDED, user(json!({ "dm_notification sound": "gm6.wav" })), "dm_notification sound"),
        (MAJORS, json!({ "codes": [3702] }), "codes"),
        (MAJORS, json!({ "codes": ["1"] }), "codes"),
        (MAJORS, json!({ "majors": [] }), "majors"),
        (MAJORS, json!({}), "codes"),
        (MAJORS, json!({ "codes": [] }), "campus_profile_visibility"),
        (MEMBERSHIP, json!({ "graduation_year": "2025" }), "graduation_year"),
        (MEMBERSHIP, json!({ "graduation_year": 1899 }), "graduation_year"),
        (MEMBERSHIP, json!({ "graduation_year": clock().year() + 11 }), "graduation_year"),
        (MEMBERSHIP, json!({ "graduation_year": null, "campus_profile_visibility": "graduation_year" }), "graduation_year"),
        (MEMBERSHIP, json!({ "campus_profile_visibility": "everyone" }), "campus_profile_visibility"),
        ("POST /v3/users/features/share", json!({ "status": "on" }), "status"),
        ("POST /v3/users/features/share", json!({}), "status"),
        ("POST /v3/users/sms_mode", json!({ "duration": 0 }), "duration"),
        ("POST /v3/users/sms_mode", json!({ "duration": 49 }), "duration"),
        ("POST /v3/users/sms_mode", json!({ "duration": "4" }), "duration"),
        ("POST /v3/users/sms_mode", json!({ "duration": 1.5 }), "duration"),
        ("POST /v3/users/sms_mode", json!({ "registration_id": "T" }), "duration"),
        (PINS, json!({ "pinned_conversation_ids": [98_905_953] }), "pinned_conversation_ids"),
        (PINS, json!({ "pinned_conversation_ids": ["1", "2", "1"] }), "pinned_conversation_ids"),
        (PINS, json!({}), "pinned_conversation_ids"),
        (PINS, json!(["1"]), "object"),
    ];
    for (route, body, named) in cases {
        let (status, answer) = server.send(route, body.clone()).await;
        assert_eq!(status, 400, "{route} {body}");
        assert!(message(&answer).contains(named), "{route} {body}: {answer}");
    }
    assert_eq!(server.sandbox.world(), before);
}

#[tokio::test]
async fn the_account_is_the_example_without_the_settings_of_the_extended_reply() {
    let server = Server::start().await;
    let me = server.me().await;
    assert_eq!((&me["id"], &me["name"], &me["updated_at"]), (&json!("93645911"), &json!("Isaac"), &json!(1_747_863_063)));
    assert_eq!((&me["graduation_year"], &me["major_codes"], &me["zip_code"]), (&json!(""), &json!([3702, 5506]), &Value::Null));
    for absent in ["avatar_url", "group_notification_sound", "sms_disabled", "intrests"] {
        assert!(me.get(absent).is_none(), "{absent}");
    }
}

#[tokio::test]
async fn the_short_update_answers_the_short_user() {
    let server = Server::start().await;
    let photo = "https://i.groupme.com/123456789";
    let body = json!({ "avatar_url": photo, "name": "Tom Skerritt", "email": "viper@topgun.usaf.mil", "zip_code": "92145" });
    let (status, answer) = server.send(SHORT, body).await;
    let user = &answer["response"];
    assert_eq!((status, &user["image_url"], &user["name"]), (200, &json!(photo), &json!("Tom Skerritt")));
    assert!(user.get("zip_code").is_none() && user.get("bio").is_none());
    let me = server.me().await;
    assert_eq!((&me["zip_code"], &me["email"], &me["email_verified"]), (&json!("92145"), &json!("viper@topgun.usaf.mil"), &json!(false)));
    assert!(me["updated_at"].as_u64() > Some(1_747_863_063));
}

#[tokio::test]
async fn the_extended_update_takes_the_specifications_example() {
    let server = Server::start().await;
    let photos = ["790x1402.jpeg.ca86", "2270x4032.jpeg.0068", "901x1600.jpeg.283e"].map(|name| format!("https://i.groupme.com/{name}"));
    let changes = json!({
        "name": "Bilbo Baggins", "email": "example@email.com", "avatar_url": photos[0], "bio": "Hello World!",
        "song_url": "https://open.spotify.com/track/4zu9wo2FXoBSsKjO6tRB3R?si=853de61130814a27",
        "photo_urls": photos, "intrests": [1005, 1017, 1026], "disable_favorite_notification": true,
        "group_notification_sound": "gm16.wav", "dm_notification_sound": "gm6.wav",
    });
    let (status, answer) = server.send(EXTENDED, json!({ "user": changes })).await;
    assert_eq!(status, 200, "{answer}");
    let user = &answer["response"]["user"];
    for (key, value) in changes.as_object().unwrap() {
        match key.as_str() {
            "song_url" => assert!(value != &user[key] && user[key].as_str().unwrap().contains("/4zu9wo2FXoBSsKjO6tRB3R?si=")),
            "intrests" => assert_eq!(&user["interests"], value),
            _ => assert_eq!(&user[key], value, "{key}"),
        }
    }
    assert!(user.get("image_url").is_none() && user.get("intrests").is_none() && user.get("share_url").is_none());
    assert_eq!((&user["sms_disabled"], &user["email_settings"]["group_created"]), (&json!(true), &json!(true)));
    let me = server.me().await;
    assert_eq!((&me["image_url"], &me["interests"], &me["bio"]), (&json!(photos[0]), &json!([1005, 1017, 1026]), &json!("Hello World!")));
}

#[tokio::test]
async fn interests_are_taken_in_both_spellings() {
    let server = Server::start().await;
    for (number, keys) in [&["intrests"][..], &["interests"], &["intrests", "interests"]].into_iter().enumerate() {
        let user: Value = keys.iter().map(|key| ((*key).to_owned(), json!([number]))).collect();
        assert_eq!(server.send(EXTENDED, json!({ "user": user })).await.0, 200, "{keys:?}");
        assert_eq!(server.me().await["interests"], json!([number]), "{keys:?}");
    }
}

#[tokio::test]
async fn the_extended_update_is_for_ones_own_account_only() {
    let server = Server::start().await;
    assert_eq!(server.send("POST /users/118825642", json!({ "user": { "name": "B" } })).await.0, 403);
}

#[tokio::test]
async fn majors_answer_their_bare_list_and_membership_its_bare_object() {
    let server = Server::start().await;
    assert_eq!(
        server.send(MAJORS, json!({ "codes": ["5506", "3702"] })).await,
        (201, json!({ "response": ["5506", "3702"], "meta": { "code": 201, "errors": null } }))
    );
    assert_eq!(server.me().await["major_codes"], json!([5506, 3702]));
    let year = clock().year() + 10;
    let (status, membership) =
        server.send(MEMBERSHIP, json!({ "graduation_year": year, "campus_profile_visibility": "graduation_year" })).await;
    let expected = json!({
        "id": 2_990_607, "user_id": 93_645_911, "directory_id": 1928, "campus_profile_visibility": "graduation_year",
        "graduation_year": year.to_string(), "major_ids": [171, 59],
    });
    assert_eq!((status, &membership["response"]), (200, &expected));
    assert_eq!(server.me().await["graduation_year"], json!(year.to_string()));
}

#[tokio::test]
async fn visibility_and_what_it_needs_must_be_changed_in_a_legal_order() {
    let server = Server::start().await;
    let clear = || server.send(MAJORS, json!({ "codes": [] }));
    let show = |visibility: &str, year: Value| {
        server.send(MEMBERSHIP, json!({ "graduation_year": year, "campus_profile_visibility": visibility }))
    };
    assert_eq!(clear().await.0, 400);
    assert_eq!(show("hidden", Value::Null).await.0, 200);
    assert_eq!(clear().await.0, 201);
    assert_eq!(show("major", Value::Null).await.0, 400);
    assert_eq!(server.send(MAJORS, json!({ "codes": ["1100"] })).await.0, 201);
    assert_eq!(show("major", Value::Null).await.0, 200);
    assert_eq!(show("graduation_year", json!(1900)).await.0, 200);
}

#[tokio::test]
async fn sharing_mints_a_new_link_every_time_and_none_when_off() {
    let server = Server::start().await;
    let mut links = vec![server.me().await["share_url"].clone()];
    for _ in 0..2 {
        let (status, answer) = server.send("POST /v3/users/features/share", json!({ "status": "enable" })).await;
        assert_eq!(status, 200);
        links.push(answer["response"]["share_url"].clone());
        assert_eq!(server.me().await["share_url"], *links.last().unwrap());
    }
    assert!(
        links[0] != links[1] && links[1] != links[2] && links[2].as_str().unwrap().starts_with("https://groupme.com/contact/93645911/")
    );
    let (_, off) = server.send("POST /v3/users/features/share", json!({ "status": "disable" })).await;
    assert_eq!(off["response"], json!({ "share_url": null, "share_qr_code_url": null }));
    assert_eq!(server.me().await["share_qr_code_url"], Value::Null);
}

#[tokio::test]
async fn sms_mode_answers_nothing_and_shows_in_the_account() {
    let server = Server::start().await;
    for body in [json!({ "duration": 48 }), json!({ "duration": "always", "registration_id": "TOKEN" })] {
        assert_eq!(server.send("POST /v3/users/sms_mode", body).await, (201, Value::Null));
        assert_eq!(server.me().await["sms"], true);
        assert_eq!(server.call("POST /v3/users/sms_mode/delete").await, (200, Value::Null));
        assert_eq!(server.me().await["sms"], false);
    }
}

#[tokio::test]
async fn pins_are_replaced_as_a_whole_by_any_ids() {
    let server = Server::start().await;
    let (_, answer) = server.call("GET /v4/pinned_conversations").await;
    let documented = ["98905953", "98905970", "93645911+118825642", "99566681", "97673234", "27317261", "28330145"];
    assert_eq!(answer["response"]["pinned_conversation_ids"].as_array().unwrap()[..7], documented.map(Value::from));
    let pins = json!(["7", "1+93645911", "98905953"]);
    assert_eq!(server.send(PINS, json!({ "pinned_conversation_ids": pins })).await.0, 200);
    assert_eq!(server.sandbox.pins(), ["7", "1+93645911", "98905953"]);
}

#[tokio::test]
async fn the_pins_of_the_demo_world_are_of_every_kind() {
    let world = World::demo();
    let ids = |list: &str, key: &str| -> Vec<Value> { world[list].as_array().unwrap().iter().map(|row| row[key].clone()).collect() };
    let (groups, former) = (ids("groups", "id"), ids("former_groups", "id"));
    let standing =
        |id: &str| world["membership_states"].as_array().unwrap().iter().find(|row| row["group_id"] == id).map(|row| &row["state"]);
    let has = |list: &[Value], id: &str| list.contains(&json!(id));
    assert!(has(&groups, "98905953") && standing("98905953") == Some(&json!("active")), "a group");
    assert!(has(&former, "28330145") && standing("28330145") == Some(&json!("exited")), "a group that was left");
    assert!(!has(&groups, "27317261") && !has(&former, "27317261") && standing("27317261").is_none(), "a group that was deleted");
    assert!(!has(&groups, "104471206") && standing("104471206") == Some(&json!("active")), "a topic");
    assert!(ids("chats", "other_user").iter().any(|other| other["id"] == "118825642"), "a person");
    assert_eq!(world["pins"].as_array().unwrap().len(), 9);
}

#[tokio::test]
async fn listings_come_in_pages_until_a_short_one() {
    let server = Server::start().await;
    let all = server.sandbox.world();
    for (path, list) in [("/v3/groups?omit=memberships&", "groups"), ("/v3/chats?", "chats")] {
        let mut rows = Vec::new();
        for page in 1.. {
            let (_, answer) = server.call(&format!("GET {path}per_page=10&page={page}")).await;
            let more = answer["response"].as_array().unwrap().clone();
            rows.extend(more.iter().cloned());
            if more.len() < 10 {
                break;
            }
        }
        let stored = all[list].as_array().unwrap();
        assert_eq!(rows.len(), stored.len(), "{path}");
        for (row, stored) in rows.iter().zip(stored) {
            assert!(stored.as_object().unwrap().iter().all(|(key, value)| row[key] == *value), "{row}");
        }
        for wrong in ["per_page=0", "per_page=101", "page=0", "page=x"] {
            assert_eq!(server.call(&format!("GET {path}{wrong}")).await.0, 400, "{path}{wrong}");
        }
    }
}

#[tokio::test]
async fn rows_have_what_public_clients_read() {
    let server = Server::start().await;
    let rows = async |route: &str| server.call(&format!("GET {route}")).await.1["response"].as_array().unwrap().clone();
    for row in [rows("/v3/groups?per_page=100").await, rows("/v3/groups/former").await].concat() {
        let messages = &row["messages"];
        assert_eq!(row["group_id"], row["id"]);
        assert!(messages["count"].is_u64() && messages["last_message_id"].is_string() && messages["last_message_created_at"].is_u64());
        assert!(messages["preview"]["text"].is_string() && messages["preview"]["attachments"].is_array());
        assert!(row["creator_user_id"].is_string() && row["phone_number"].is_string() && row.get("share_url").is_some());
        let members = row["members"].as_array().unwrap();
        assert_eq!(row["members_count"], members.len());
        assert!(members.iter().any(|member| member["user_id"] == row["creator_user_id"] && member["roles"][1] == "owner"), "{row}");
        assert_eq!(members[0]["user_id"], "93645911");
    }
    for row in rows("/v3/groups?omit=memberships").await {
        assert!(row["members"].is_null() && row["members_count"].as_u64().unwrap() > 1);
    }
    for row in rows("/v3/chats").await {
        let other = row["other_user"]["id"].as_str().map_or_else(|| row["other_user"]["id"].to_string(), str::to_owned);
        let id = row["last_message"]["conversation_id"].as_str().unwrap();
        let (one, two) = id.split_once('+').unwrap();
        assert!(one.parse::<u64>().unwrap() < two.parse().unwrap() && id.contains("93645911") && id.contains(&other), "{id}");
    }
    let (all, first) = (rows("/v3/memberships/states").await, rows("/v3/memberships/states?page=1").await);
    assert_eq!((all, rows("/v3/memberships/states?page=2").await), (first, vec![]));
    let (status, group) = server.call("GET /v3/groups/97673234").await;
    assert_eq!((status, &group["response"]["name"]), (200, &json!("Robotics lab 🤖")));
    assert_eq!(server.call("GET /v3/groups/28330145").await.0, 404, "a group that was left");
}

#[tokio::test]
async fn what_public_clients_send_is_taken() {
    let server = Server::start().await;
    let off = "POST /v3/users/sms_mode/delete";
    assert_eq!(server.send(off, json!({})).await.0, 200);
    assert_eq!(server.request(off).header(CONTENT_TYPE, "application/json").send().await.unwrap().status(), 200);
    assert_eq!(server.send("POST /v3/users/sms_mode", json!({ "duration": 1, "registration_id": null })).await.0, 201);
    assert_eq!(server.send(EXTENDED, json!({ "user": { "name": "Bilbo" } })).await.0, 200, "one name is enough there");
}

#[tokio::test]
async fn a_group_tells_its_topics_and_as_many_as_it_counts() {
    let server = Server::start().await;
    let world = server.sandbox.world();
    for group in world["groups"].as_array().unwrap() {
        let id = group["id"].as_str().unwrap();
        let (status, answer) = server.call(&format!("GET /v3/groups/{id}/subgroups?per_page=100&page=1")).await;
        let topics = answer["response"].as_array().unwrap();
        assert_eq!((status, json!(topics.len())), (200, group["children_count"].clone()), "{id}");
        assert!(topics.iter().all(|topic| topic["parent_id"].as_u64().unwrap().to_string() == id && topic["topic"].is_string()));
    }
    assert_eq!(server.call("GET /v3/groups/28330145/subgroups").await.0, 404, "a group that was left");
    assert_eq!(server.call("GET /v3/groups/97673234/subgroups?omit=memberships").await.0, 400);
}

#[tokio::test]
async fn an_account_without_a_school_lacks_the_campus_keys_and_may_not_write_them() {
    let server = Server::with(Options { world: World::no_school(), ..Options::default() }).await;
    let me = server.me().await;
    for key in ["major_codes", "photo_urls", "song_url", "interests"] {
        assert!(me.get(key).is_none(), "{key}");
    }
    assert_eq!(server.call("GET /v3/directories").await.1["response"], json!([]));
    assert_eq!(server.send(MAJORS, json!({ "codes": [] })).await.0, 403);
    assert_eq!(server.send(MEMBERSHIP, json!({ "graduation_year": null })).await.0, 403);
}

#[tokio::test]
async fn a_picture_is_told_by_its_content_and_served_as_it_came() {
    let server = Server::start().await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x07\0\0\0\x05rest".as_slice();
    let upload = |kind: &str, bytes: &'static [u8]| server.request("POST /pictures").header(CONTENT_TYPE, kind).body(bytes).send();
    let (status, answer) = read(upload("image/jpeg", png).await.unwrap()).await;
    assert_eq!(status, 200);
    let url = answer["payload"]["url"].as_str().unwrap();
    assert_eq!(answer["payload"]["picture_url"], url);
    let path = url.strip_prefix("https://i.groupme.com").unwrap();
    assert!(path.starts_with("/7x5.png."), "{path}");
    for suffix in ["", ".avatar", ".preview", ".large"] {
        let response = server.bare(&format!("GET {path}{suffix}")).send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.headers()[CONTENT_TYPE].to_str().unwrap()), (200, "image/png"), "{suffix}");
        assert_eq!(response.bytes().await.unwrap(), png);
    }
    assert_eq!(upload("image/jpeg", b"GIF is not a picture").await.unwrap().status(), 400);
    assert_eq!(upload("application/json", png).await.unwrap().status(), 200);
    assert_eq!(server.sandbox.log()[0].picture, Some(png.len()));
}

#[tokio::test]
async fn every_picture_the_demo_world_points_at_is_served() {
    let server = Server::start().await;
    let text = server.sandbox.world().to_string();
    let urls: std::collections::BTreeSet<_> = text.split('"').filter_map(|word| word.strip_prefix("https://i.groupme.com")).collect();
    assert!(urls.len() > 4);
    for path in urls {
        assert_eq!(server.bare(&format!("GET {path}")).send().await.unwrap().status(), 200, "{path}");
    }
}

#[tokio::test]
async fn the_public_lists_are_grouped_and_hold_what_the_account_uses() {
    let server = Server::start().await;
    for (path, ids, repeated) in [
        ("/assets/majors/majors.en-US.json", [3702, 5506].as_slice(), 0),
        ("/assets/interestCharms/interestCharms.en-US.json", &[1005, 1017, 1026, 3015], 1),
    ] {
        let (_, list) = read(server.bare(&format!("GET {path}")).send().await.unwrap()).await;
        let entries: Vec<&Value> = list.as_array().unwrap().iter().flat_map(|category| category["entries"].as_array().unwrap()).collect();
        let distinct: std::collections::HashSet<_> = entries.iter().map(|entry| entry["id"].as_u64().unwrap()).collect();
        assert_eq!(entries.len() - distinct.len(), repeated, "{path}");
        assert!(ids.iter().all(|id| distinct.contains(id)), "{path}");
        assert!(
            entries.iter().all(|entry| entry["name"].is_string() && entry["glyph"].is_string() && entry["assetId"].is_string()),
            "{path}"
        );
    }
}
