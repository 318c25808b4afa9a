//! What a client cannot do to the sandbox, whatever it sends.

use std::time::Duration;

use lapel::sandbox::{FaultKind, Options, ScriptedFault};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::server::{JsonBody, Server, message, read};

const SHORT: &str = "POST /v3/users/update";
const MIB: usize = 1024 * 1024;

/// A picture as far as its first bytes go.
fn gif(size: usize) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0".to_vec();
    bytes.resize(size, 0);
    bytes
}

/// Writes to a connection of its own; what is answered until the other side closes it.
async fn raw(server: &Server, text: &str) -> String {
    let mut stream = TcpStream::connect(server.sandbox.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

async fn impatient() -> Server {
    Server::with(Options { patience: Duration::from_millis(50), ..Options::default() }).await
}

#[tokio::test]
async fn a_connection_that_says_nothing_more_is_closed() {
    let server = impatient().await;
    for start in ["", "GET /v3/us", "GET /v3/users/me HTTP/1.1\r\nHost: localhost\r\nX-Acc"] {
        assert_eq!(raw(&server, start).await, "");
    }
    let idle = raw(&server, "GET /v3/users/me HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(idle.starts_with("HTTP/1.1 401 "), "{idle}");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_answered_408() {
    let server = impatient().await;
    for body in ["Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"] {
        let answer = raw(&server, &format!("POST /v3/users/update HTTP/1.1\r\nHost: localhost\r\n{body}")).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
}

#[tokio::test]
async fn too_large_a_body_is_counted_while_read_and_answered_413() {
    let server = Server::start().await;
    // Without an announced length, and sent to the last byte before anybody listens for an answer.
    let chunk = "x".repeat(MIB);
    let chunked = format!("Transfer-Encoding: chunked\r\n\r\n{MIB:x}\r\n{chunk}\r\n{MIB:x}\r\n{chunk}\r\n0\r\n\r\n");
    let announced = format!("Content-Length: {}\r\n\r\n{}", 3 * MIB, chunk.repeat(3));
    for body in [chunked, announced] {
        let answer = raw(&server, &format!("POST /v3/users/update HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{body}")).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    }
    for (size, status) in [(20 * MIB, 200), (20 * MIB + 1, 413)] {
        let response = server.request("POST /pictures").body(gif(size)).send().await.unwrap();
        assert_eq!(response.status(), status, "{size}");
    }
    let strangers = server.bare("POST /pictures").body(gif(20 * MIB)).send().await.unwrap();
    assert_eq!(strangers.status(), 401);
}

#[tokio::test]
async fn the_oldest_pictures_make_way_for_new_ones() {
    let server = Server::start().await;
    let mut paths = Vec::new();
    for _ in 0..4 {
        let (status, answer) = read(server.request("POST /pictures").body(gif(8 * MIB)).send().await.unwrap()).await;
        assert_eq!(status, 200);
        paths.push(answer["payload"]["url"].as_str().unwrap().strip_prefix("https://i.groupme.com").unwrap().to_owned());
    }
    let mut statuses = Vec::new();
    for path in &paths {
        let response = server.bare(&format!("GET {path}")).send().await.unwrap();
        statuses.push(response.status().as_u16());
        assert!(response.status() == 404 || response.bytes().await.unwrap().len() == 8 * MIB);
    }
    assert_eq!(statuses, [404, 404, 200, 200]);
}

#[tokio::test]
async fn the_log_forgets_its_oldest_requests_and_never_keeps_a_large_body() {
    let server = Server::start().await;
    let bio = "x".repeat(200 * 1024);
    for number in 0..30 {
        server.send("POST /users/93645911", json!({ "user": { "bio": format!("{number} {bio}") } })).await;
    }
    let log = server.sandbox.log();
    assert!((5..12).contains(&log.len()), "{}", log.len());
    assert!(log[0].to_string() == "POST /users/93645911" && log.windows(2).all(|pair| pair[0].arrived < pair[1].arrived));
    assert!(log.iter().all(|seen| seen.status == Some(200)));
    server.send("POST /users/93645911", json!({ "user": { "bio": "x".repeat(900 * 1024) } })).await;
    let last = server.sandbox.log().pop().unwrap();
    assert!(last.body.is_none() && last.picture > Some(900 * 1024));
}

#[tokio::test]
async fn the_world_and_the_faults_grow_only_so_far_from_outside() {
    let server = Server::start().await;
    let mut statuses = Vec::new();
    for number in 0..4 {
        let patch = json!({ "account": { format!("k{number}"): "x".repeat(900 * 1024) } });
        statuses.push(server.bare("PATCH /sandbox/world").json(&patch).send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [204, 204, 413, 413]);
    let fault = json!({ "route": "GET /v3/chats", "fault": "garbage", "after": 9 });
    let script = async || server.bare("POST /sandbox/faults").json(&fault).send().await.unwrap().status().as_u16();
    let mut scripted = 0;
    while script().await == 204 {
        scripted += 1;
    }
    assert_eq!(scripted, 64);
}

#[tokio::test]
async fn large_answers_that_nobody_reads_do_not_pile_up() {
    let server = Server::start().await;
    let patch = json!({ "account": { "bio": "x".repeat(900 * 1024) } });
    assert_eq!(server.bare("PATCH /sandbox/world").json(&patch).send().await.unwrap().status(), 204);
    let mut unread = Vec::new();
    let mut statuses = Vec::new();
    for _ in 0..30 {
        let response = server.bare("GET /sandbox/world").send().await.unwrap();
        statuses.push(response.status().as_u16());
        unread.push(response);
    }
    assert_eq!(statuses[0], 200);
    assert!(statuses.iter().all(|status| [200, 503].contains(status)));
    drop(unread);
    assert_eq!(server.me().await["name"], "Isaac");
}

#[tokio::test]
async fn a_web_page_gets_no_answer_and_changes_nothing() {
    let server = Server::start().await;
    server.sandbox.fault(ScriptedFault::once(SHORT, FaultKind::status(500, "")));
    let pages = [("host", "example.org"), ("origin", "http://example.org"), ("origin", "null"), ("sec-fetch-site", "cross-site")];
    for (name, value) in pages {
        for (route, body) in [(SHORT, json!({ "name": "Taken Over" })), ("PATCH /sandbox/world", json!({ "account": { "name": "Taken" } }))]
        {
            let answer = server.request(route).header(name, value).json(&body).send().await;
            assert!(answer.is_err(), "{name}: {value}: {answer:?}");
        }
    }
    assert_eq!(server.me().await["name"], "Isaac");
    let log = server.sandbox.log();
    assert_eq!((log.len(), log[0].status), (pages.len() + 1, None), "it can be looked up why there was no answer");
    let (status, _) = server.send(SHORT, json!({ "name": "Still Here" })).await;
    assert_eq!(status, 500, "a fault is for those who are heard");
}

#[tokio::test]
async fn a_body_of_too_many_values_is_refused() {
    let server = Server::start().await;
    let (status, answer) = server.send(SHORT, json!({ "name": vec![0; 30_000] })).await;
    assert!(status == 413 && message(&answer).contains("values"), "{status} {answer}");
}
