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
