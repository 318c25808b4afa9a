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
