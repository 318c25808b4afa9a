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
