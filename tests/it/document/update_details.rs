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
    static TOLD: std::sync::LazyLock<Account> = std::sync::LazyLock::new(|| decoded(&Call::UpdateAccount(Profile::default()), example()));
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
