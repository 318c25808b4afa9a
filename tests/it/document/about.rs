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
