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
