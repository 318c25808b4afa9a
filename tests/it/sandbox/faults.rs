//! Scripted faults, and what the log shows of them.

use std::time::{Duration, Instant};

use lapel::sandbox::{FaultKind, Options, ScriptedFault, TokenPlace};
use serde_json::{Value, json};

use super::server::{JsonBody, Server, read};

const GET: &str = "GET /v4/pinned_conversations";
const SHARE: &str = "POST /v3/users/features/share";

/// Ends sharing under one fault; whether it was applied, and the answer if there was a whole one.
async fn share_under(trouble: FaultKind) -> (bool, Option<(u16, String)>) {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once(SHARE, trouble));
    let answer = match server.request(SHARE).json(&json!({ "status": "disable" })).send().await {
        Ok(response) => {
            let status = response.status().as_u16();
            response.text().await.ok().map(|text| (status, text))
        }
        Err(_) => None,
    };
    (server.sandbox.world()["account"]["share_url"].is_null(), answer)
}

#[tokio::test]
async fn a_status_is_answered_without_carrying_the_request_out() {
    assert_eq!(share_under(FaultKind::status(503, "down")).await, (false, Some((503, "down".to_owned()))));
    assert_eq!(share_under(FaultKind::busy("7")).await, (false, Some((429, String::new()))));
    assert_eq!(share_under(FaultKind::ApplyThenStatus(500)).await, (true, Some((500, String::new()))));
}

#[tokio::test]
async fn lost_answers_differ_in_whether_the_request_was_carried_out() {
    assert_eq!(share_under(FaultKind::ResetBefore).await, (false, None));
    assert_eq!(share_under(FaultKind::ApplyThenReset).await, (true, None));
    assert_eq!(share_under(FaultKind::CutBody).await, (true, None));
}

#[tokio::test]
async fn answers_can_be_no_json_at_all() {
    for trouble in [FaultKind::Garbage, FaultKind::Html, FaultKind::HalfBody] {
        let (_, answer) = share_under(trouble.clone()).await;
        let (status, text) = answer.unwrap();
        assert_eq!(status, 200, "{trouble:?}");
        assert!(!text.is_empty() && serde_json::from_str::<Value>(&text).is_err(), "{trouble:?}: {text}");
    }
}

#[tokio::test]
async fn a_cut_body_arrives_up_to_the_cut() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::CutBody));
    let mut response = server.request(GET).send().await.unwrap();
    let length = response.content_length().unwrap();
    let mut arrived = 0;
    let error = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => arrived += chunk.len() as u64,
            end => break end,
        }
    };
    assert!(error.is_err());
    assert_eq!(arrived, length / 2);
}

#[tokio::test]
async fn a_redirect_names_its_target() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::Redirect("https://example.org/elsewhere".to_owned())));
    let response = server.request(GET).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (302, "https://example.org/elsewhere"));
}

#[tokio::test]
async fn a_dripped_body_comes_whole_but_in_pieces() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once("PUT /v3/directories/user/majors", FaultKind::Drip(Duration::from_millis(2))));
    let mut response = server.request("PUT /v3/directories/user/majors").json(&json!({ "codes": ["3702"] })).send().await.unwrap();
    let mut chunks = Vec::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        chunks.push(chunk);
    }
    assert!(chunks.len() > 1);
    assert_eq!(chunks.concat(), br#"{"response":["3702"],"meta":{"code":201,"errors":null}}"#);
}

#[tokio::test]
async fn an_endless_body_goes_on_past_any_limit() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::Endless));
    let mut response = server.request(GET).send().await.unwrap();
    let mut arrived = 0;
    while arrived < 5 * 1024 * 1024 {
        arrived += response.chunk().await.unwrap().unwrap().len();
    }
}

#[tokio::test]
async fn the_phone_changes_the_world_just_before_or_just_after() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::phone_before(|world| world["pins"] = json!(["9"]))));
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::phone_after(|world| world["pins"] = json!(["8"]))));
    assert_eq!(server.call(GET).await.1["response"], json!({ "pinned_conversation_ids": ["9"] }));
    assert_eq!(server.sandbox.pins(), ["8"]);
}

#[tokio::test]
async fn an_ignored_key_keeps_its_old_value_beside_accepted_ones() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once("POST /users/*", FaultKind::Ignore { key: "interests".to_owned() }));
    let body = json!({ "user": { "intrests": [1005], "interests": [1005], "bio": "new" } });
    let (status, answer) = server.send("POST /users/93645911", body).await;
    assert_eq!((status, &answer["response"]["user"]["interests"]), (200, &json!([1026, 3015])));
    let me = server.me().await;
    assert_eq!((&me["interests"], &me["bio"]), (&json!([1026, 3015]), &json!("new")));
}

#[tokio::test]
async fn faults_happen_one_after_the_other_and_then_are_over() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::times(2, "* /v4/*", FaultKind::status(500, "")).after(1));
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::busy("1")).after(1));
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(server.request(GET).send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [200, 500, 500, 429, 200]);
    server.sandbox.fault(ScriptedFault::always("GET **", FaultKind::status(500, "")));
    assert_eq!(server.request(GET).send().await.unwrap().status(), 500);
    server.sandbox.clear_faults();
    assert_eq!(server.request(GET).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_log_tells_which_requests_were_under_way_together() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once("GET /v3/chats", FaultKind::Never));
    let waiting = server.request("GET /v3/chats").send();
    let others = async {
        while server.sandbox.log().is_empty() {
            tokio::task::yield_now().await;
        }
        server.me().await;
        server.me().await;
    };
    tokio::select! {
        _ = waiting => panic!("answered"),
        () = others => {}
    }
    let log = server.sandbox.log();
    assert_eq!((log[0].status, log[1].status), (None, Some(200)));
    assert!(log[0].overlaps(&log[1]) && log[2].overlaps(&log[0]));
    assert!(!log[1].overlaps(&log[2]) && !log[2].overlaps(&log[1]));
}

#[tokio::test]
async fn every_answer_takes_the_latency_and_its_delays() {
    let latency = Duration::from_millis(20);
    let server = Server::with(Options { latency, ..Options::default() }).await;
    server.sandbox.fault(ScriptedFault::once(GET, FaultKind::Delay(latency)));
    let start = Instant::now();
    server.call(GET).await;
    assert!(start.elapsed() >= 2 * latency);
}

#[tokio::test]
async fn the_log_never_holds_the_token() {
    let server = Server::start().await;
    let token = server.sandbox.token();
    server.request(GET).header("referer", format!("http://x/?token={token}")).send().await.unwrap();
    server.bare(&format!("GET /v3/users/me?token={token}")).bearer_auth(token).send().await.unwrap();
    read(server.bare("GET /v3/users/me").send().await.unwrap()).await;
    let log = server.sandbox.log();
    assert_eq!(log.iter().map(|seen| seen.token).collect::<Vec<_>>(), [TokenPlace::Header, TokenPlace::Query, TokenPlace::None]);
    assert!(!format!("{log:?}").contains(token));
    assert_eq!(log[1].query, [("token".to_owned(), "***".to_owned())]);
}
