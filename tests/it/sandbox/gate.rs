//! Before any call: tokens, methods, content types, sizes, rate.

use lapel::sandbox::{AcceptedTokenForms, Options, Sandbox};
use serde_json::json;

use super::server::{JsonBody, Server, message, read};

#[tokio::test]
async fn the_token_is_known_in_the_forms_that_are_switched_on() {
    for (tokens, header, query) in
        [(AcceptedTokenForms::Both, 200, 200), (AcceptedTokenForms::HeaderOnly, 200, 401), (AcceptedTokenForms::QueryOnly, 401, 200)]
    {
        let server = Server::with(Options { tokens, ..Options::default() }).await;
        let token = server.sandbox.token();
        assert_eq!(server.call("GET /v3/users/me").await.0, header, "{tokens:?} header");
        let by_query = server.bare(&format!("GET /v3/users/me?token={token}")).send().await.unwrap();
        assert_eq!(by_query.status(), query, "{tokens:?} query");
    }
}

#[tokio::test]
async fn without_the_right_token_every_call_of_the_account_is_refused() {
    let server = Server::start().await;
    let routes = "GET /v3/users/me,POST /v3/users/update,POST /users/93645911,PUT /v3/directories/user/majors,\
        PUT /v3/directories/user/membership,POST /v3/users/features/share,POST /v3/users/sms_mode,POST /v3/users/sms_mode/delete,\
        GET /v4/pinned_conversations,PUT /v4/pinned_conversations,GET /v3/groups,GET /v3/groups/98905953,GET /v3/groups/former,GET /v3/memberships/states,\
        GET /v3/chats,GET /v3/directories,POST /pictures";
    for route in routes.split(',') {
        let (status, answer) = read(server.bare(route).send().await.unwrap()).await;
        assert_eq!((status, &answer["meta"]["code"]), (401, &json!(401)), "{route}");
        let (status, _) = read(server.bare(route).header("X-Access-Token", "wrong").send().await.unwrap()).await;
        assert_eq!(status, 401, "{route}");
    }
}

#[tokio::test]
async fn a_token_replaced_in_the_world_is_the_only_one_that_counts() {
    let server = Server::start().await;
    server.sandbox.edit(|world| world["token"] = json!("fresh"));
    assert_eq!(server.call("GET /v3/users/me").await.0, 401);
    let response = server.bare("GET /v3/users/me").header("X-Access-Token", "fresh").send().await.unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn another_account_on_the_server_has_a_world_of_its_own() {
    let server = Server::start().await;
    server.sandbox.edit(|world| world["others"] = json!([{"token": "anns", "account": {"id": "1", "name": "Ann"}, "pins": []}]));
    let of = async |token: &str, route: &str| read(server.bare(route).header("X-Access-Token", token).send().await.unwrap()).await;
    assert_eq!(of("anns", "GET /v3/users/me").await.1["response"]["name"], "Ann");
    assert_eq!(server.call("GET /v3/users/me").await.1["response"]["name"], "Isaac");
    let pins = json!({"pinned_conversation_ids": ["7"]});
    let write = server.bare("PUT /v4/pinned_conversations").header("X-Access-Token", "anns").json(&pins);
    assert!(write.send().await.unwrap().status().is_success());
    assert_eq!(server.sandbox.world()["others"][0]["pins"], json!(["7"]));
    assert_eq!(server.sandbox.pins().len(), 9);
    assert_eq!(of("nobodys", "GET /v3/users/me").await.0, 401);
}

#[tokio::test]
async fn public_files_are_served_without_a_token_and_refuse_one() {
    let server = Server::start().await;
    let avatar = "GET /200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d";
    for route in ["GET /assets/majors/majors.en-US.json", "GET /assets/interestCharms/interestCharms.en-US.json", avatar] {
        assert_eq!(server.bare(route).send().await.unwrap().status(), 200, "{route}");
        assert_eq!(server.request(route).send().await.unwrap().status(), 400, "{route} with the header");
        assert_eq!(server.bare(&format!("{route}?token=x")).send().await.unwrap().status(), 400, "{route} with the query");
        assert_eq!(server.bare(route).bearer_auth("x").send().await.unwrap().status(), 400, "{route} with another header");
    }
}

#[tokio::test]
async fn unknown_paths_methods_and_query_keys_are_refused() {
    let server = Server::start().await;
    for (route, status) in [
        ("GET /v3/users/you", 404),
        ("GET /", 404),
        ("POST /favicon.ico", 404),
        ("GET /v3/pinned_conversations", 404),
        ("POST /v3/users/me", 405),
        ("POST /v4/pinned_conversations", 405),
        ("GET /users/93645911", 405),
        ("GET /v3/users/me?fields=name", 400),
        ("GET /v3/chats?omit=memberships", 400),
    ] {
        let (got, answer) = server.call(route).await;
        assert_eq!(got, status, "{route}");
        assert!(!message(&answer).is_empty(), "{route}");
    }
}

#[tokio::test]
async fn a_body_must_be_json_say_so_and_be_of_bounded_size() {
    let server = Server::start().await;
    let post = || server.request("POST /v3/users/update");
    let cases = [
        (post().body(r#"{"name":"B"}"#), 415),
        (post().header("content-type", "text/json").body(r#"{"name":"B"}"#), 415),
        (post().header("content-type", "application/json").body(r#"{"name":"#), 400),
        (post().json(&json!([1])), 400),
        (post().json(&json!({ "name": "x".repeat(1024 * 1024) })), 413),
        (server.request("GET /v3/users/me").json(&json!({})), 400),
        (server.request("POST /v3/users/sms_mode/delete").json(&json!({ "duration": 1 })), 400),
        (post().json(&json!({ "avatar_url": vec![0; 30_000] })), 413),
    ];
    for (request, status) in cases {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status);
    }
    assert_eq!(server.me().await["name"], "Isaac");
    let typed = post().header("content-type", "application/json; charset=utf-8").body(r#"{"name":"B C"}"#);
    assert_eq!(typed.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn more_requests_than_allowed_in_a_second_are_turned_away() {
    let server = Server::with(Options { rate_limit: Some(1), ..Options::default() }).await;
    assert_eq!(server.call("GET /v3/users/me").await.0, 200);
    let response = server.request("GET /v3/users/me").send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()), (429, "1"));
}

#[tokio::test]
async fn it_listens_on_loopback_only() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let options = Options { listen: address.parse().unwrap(), ..Options::default() };
        let error = Sandbox::start(options).await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{address}");
    }
}

#[tokio::test]
async fn a_dropped_sandbox_is_gone() {
    let server = Server::start().await;
    server.me().await;
    let Server { sandbox, http } = server;
    let url = format!("{}/v3/users/me", sandbox.url());
    drop(sandbox);
    // The runtime ends the task at its next step.
    tokio::task::yield_now().await;
    assert!(http.get(url).send().await.is_err());
}
