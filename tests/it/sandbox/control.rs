//! The sandbox's own calls for builders of other clients.

use serde_json::json;

use super::server::{JsonBody, Server, read};

const GET: &str = "GET /v4/pinned_conversations";

#[tokio::test]
async fn the_log_and_the_world_can_be_read_without_a_token_and_leave_no_trace() {
    let server = Server::start().await;
    server.send("POST /v3/users/update", json!({ "name": "Bilbo Baggins" })).await;
    let (_, world) = read(server.bare("GET /sandbox/world").send().await.unwrap()).await;
    assert_eq!(world["account"]["name"], "Bilbo Baggins");
    let (_, log) = read(server.bare("GET /sandbox/log").send().await.unwrap()).await;
    assert_eq!(log.as_array().unwrap().len(), 1);
    let seen = &log[0];
    assert_eq!((&seen["method"], &seen["path"]), (&json!("POST"), &json!("/v3/users/update")));
    assert_eq!((&seen["token"], &seen["body"], &seen["status"]), (&json!("Header"), &json!({ "name": "Bilbo Baggins" }), &json!(200)));
}

#[tokio::test]
async fn the_world_can_be_changed_from_outside() {
    let server = Server::start().await;
    let patch = server.bare("PATCH /sandbox/world").json(&json!({ "pins": ["5"], "account": { "bio": null, "name": "Changed" } }));
    assert_eq!(patch.send().await.unwrap().status(), 204);
    let me = server.me().await;
    assert_eq!((me.get("bio"), &me["name"], &me["id"]), (None, &json!("Changed"), &json!("93645911")));
    assert_eq!(server.sandbox.pins(), ["5"]);
}

#[tokio::test]
async fn it_can_begin_anew_between_the_tests_of_a_client() {
    let server = Server::start().await;
    let start = server.sandbox.world();
    server.send("POST /v3/users/update", json!({ "name": "Bilbo Baggins" })).await;
    server.sandbox.fault(lapel::sandbox::ScriptedFault::always(GET, lapel::sandbox::FaultKind::Garbage));
    assert_eq!(server.bare("DELETE /sandbox/world").send().await.unwrap().status(), 204);
    assert_eq!((server.sandbox.world(), server.sandbox.log()), (start, vec![]));
    assert_eq!(server.call(GET).await.0, 200);
}

#[tokio::test]
async fn every_kind_of_fault_can_be_scripted_as_json() {
    let server = Server::start().await;
    let extras = json!({ "ms": 1, "code": 503, "url": "http://x/", "key": "bio", "patch": {}, "times": 0 });
    let kinds = "delay status apply_then_status cut_body half_body drip garbage html redirect apply_then_reset reset_before \
        phone_before phone_after ignore endless never";
    for kind in kinds.split_whitespace() {
        let mut fault = extras.clone();
        fault["route"] = json!(GET);
        fault["fault"] = json!(kind);
        assert_eq!(server.bare("POST /sandbox/faults").json(&fault).send().await.unwrap().status(), 204, "{kind}");
    }
    assert_eq!(server.call(GET).await.0, 200);
}

#[tokio::test]
async fn scripted_faults_happen_and_can_be_forgotten() {
    let server = Server::start().await;
    let busy = json!({ "route": GET, "fault": "status", "code": 429, "headers": { "Retry-After": "3" }, "body": "slow", "times": null });
    let phone = json!({ "route": "GET /v3/users/me", "fault": "phone_before", "patch": { "account": { "name": "Phone" } } });
    for fault in [busy, phone] {
        assert_eq!(server.bare("POST /sandbox/faults").json(&fault).send().await.unwrap().status(), 204);
    }
    let response = server.request(GET).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()), (429, "3"));
    assert_eq!(response.text().await.unwrap(), "slow");
    assert_eq!(server.me().await["name"], "Phone");
    assert_eq!(server.bare("DELETE /sandbox/faults").send().await.unwrap().status(), 204);
    assert_eq!(server.call(GET).await.0, 200);
}

#[tokio::test]
async fn a_fault_that_is_not_understood_is_refused() {
    let server = Server::start().await;
    for fault in [
        json!({ "fault": "never" }),
        json!({ "route": GET }),
        json!({ "route": GET, "fault": "gremlins" }),
        json!({ "route": GET, "fault": "delay" }),
        json!({ "route": GET, "fault": "status" }),
        json!({ "route": GET, "fault": "never", "often": 2 }),
    ] {
        assert_eq!(server.bare("POST /sandbox/faults").json(&fault).send().await.unwrap().status(), 400, "{fault}");
    }
}
