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
