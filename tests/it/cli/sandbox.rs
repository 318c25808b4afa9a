//! `lapel sandbox`, for people who build other clients.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use super::{bare, program};

/// A sandbox that runs until it is dropped.
struct Running {
    child: Child,
    url: String,
    token: String,
    _home: tempfile::TempDir,
}

impl Running {
    fn new(args: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut command = program(&[&["sandbox"], args].concat());
        let mut child = command.env("HOME", home.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap().strip_prefix("listening on ").unwrap().to_owned();
        let token = lines.next().unwrap().unwrap().strip_prefix("token ").unwrap().to_owned();
        Self { child, url, token, _home: home }
    }

    /// Status and body of a request with the token in the header, or, with `query`, there.
    fn get(&self, path: &str, query: bool) -> (u16, String) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let http = reqwest::Client::builder().tls_certs_only(std::iter::empty()).no_proxy().build().unwrap();
            let url = format!("{}{path}", self.url);
            let request =
                if query { http.get(format!("{url}?token={}", self.token)) } else { http.get(url).header("X-Access-Token", &self.token) };
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn style_token_and_trouble_are_chosen_on_the_command_line() {
    let fault = "GET /v3/chats status code=503 body='come back later'";
    let sandbox = Running::new(&["--style", "bare", "--auth", "query", "--fault", fault, "--fault", "* /v4/* garbage times=null"]);
    assert_eq!(sandbox.get("/v3/users/me", false).0, 401);
    let (status, me) = sandbox.get("/v3/users/me", true);
    assert_eq!((status, &serde_json::from_str::<Value>(&me).unwrap()["name"]), (200, &json!("Isaac")));
    assert_eq!(sandbox.get("/v3/chats", true), (503, "come back later".to_owned()));
    assert_eq!(sandbox.get("/v3/chats", true).0, 200);
    assert!(serde_json::from_str::<Value>(&sandbox.get("/v4/pinned_conversations", true).1).is_err());
}

#[test]
fn another_world_can_be_served_and_every_request_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let (seed, log) = (folder.path().join("world.json"), folder.path().join("log.jsonl"));
    std::fs::write(&seed, json!({ "token": "anns", "account": { "id": "1", "name": "Ann" }, "pins": ["7"] }).to_string()).unwrap();
    let sandbox = Running::new(&["--seed", seed.to_str().unwrap(), "--log", log.to_str().unwrap(), "--rate", "1"]);
    assert_eq!(sandbox.token, "anns");
    assert!(sandbox.get("/v3/users/me", true).1.contains("Ann"));
    // How fast the second one comes is the machine's business.
    assert!([200, 429].contains(&sandbox.get("/v3/groups", false).0));
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["path"], &lines[0]["status"]), (2, &json!("/v3/users/me"), &json!(200)));
    assert!(!text.contains("anns"), "{text}");
}

#[test]
fn what_it_cannot_start_with_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let seed = |text: &str| {
        let path = folder.path().join("seed.json");
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let cases = [
        (vec!["--fault".to_owned(), "GET /v3/chats gremlins".to_owned()], 2, "gremlins"),
        (vec!["--rate".into(), "0".into()], 2, "--rate"),
        (vec!["--style".into(), "baroque".into()], 2, "document, captured, bare, odd"),
        (vec!["--seed".into(), seed("[1]")], 2, "one JSON object"),
        (vec!["--listen".into(), "0.0.0.0:0".into()], 1, "loopback only"),
    ];
    for (args, code, told) in cases {
        let args: Vec<&str> = std::iter::once("sandbox").chain(args.iter().map(String::as_str)).collect();
        let assert = bare(&args).env("HOME", folder.path()).assert().code(code);
        let text = String::from_utf8_lossy(&assert.get_output().stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.starts_with("lapel: ") && text.contains(told), "{args:?}: {text}");
    }
}

#[test]
fn other_computers_are_let_in_only_with_a_warning() {
    let mut sandbox = Running::new(&["--listen", "0.0.0.0:0", "--expose"]);
    let mut warning = String::new();
    BufReader::new(sandbox.child.stderr.take().unwrap()).read_line(&mut warning).unwrap();
    assert!(warning.starts_with("Warning: every computer that reaches this address"), "{warning}");
}

#[test]
fn the_openapi_page_is_printed_without_serving_anything() {
    let out = bare(&["sandbox", "--openapi"]).assert().success().get_output().stdout.clone();
    let page: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(page["paths"]["/v3/users/me"]["get"]["summary"], "The account");
}
