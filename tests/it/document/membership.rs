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
