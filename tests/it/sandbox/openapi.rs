//! The OpenAPI page, held against what is really served.

use lapel::sandbox::{Options, ReplyStyle, openapi};
use serde_json::{Map, Value};

use super::server::{JsonBody, Server};
use crate::schema::assert_described;

/// Path, method and description of every operation.
fn operations(page: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = page["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, methods)| methods.as_object().unwrap().iter().map(move |(method, operation)| (path, method, operation)))
}

/// The path with its parameters' examples.
fn example(path: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().unwrap().iter().filter(|parameter| parameter["in"] == "path");
    parameters.fold(path.to_owned(), |path, parameter| {
        path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), parameter["example"].as_str().unwrap())
    })
}

#[tokio::test]
async fn every_example_is_answered_as_described() {
    for style in [ReplyStyle::Document, ReplyStyle::Captured, ReplyStyle::Bare, ReplyStyle::Odd] {
        let page: Value = serde_json::from_str(&openapi(style)).unwrap();
        for (path, method, operation) in operations(&page) {
            let server = Server::with(Options { style, ..Options::default() }).await;
            let route = format!("{} {}", method.to_uppercase(), example(path, operation));
            let open = operation["security"].as_array().unwrap().is_empty();
            let request = if open { server.bare(&route) } else { server.request(&route) };
            let content = &operation["requestBody"]["content"];
            let request = match (content["application/json"].get("example"), content.get("image/png")) {
                (Some(body), _) => request.json(body),
                (None, Some(_)) => request.body("GIF89a\x01\0\x01\0"),
                (None, None) => request,
            };
            let response = request.send().await.unwrap();
            let status = response.status();
            let described = operation["responses"].get(status.as_str()).unwrap_or_else(|| panic!("{route}: {status} is not described"));
            assert!(status.is_success(), "{route}: {status}");
            let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().split(';').next().unwrap().to_owned());
            let body = response.bytes().await.unwrap();
            let Some(kind) = kind else {
                assert!(body.is_empty() && described.get("content").is_none(), "{route}");
                continue;
            };
            let content = described["content"].get(&kind).unwrap_or_else(|| panic!("{route}: {kind} is not described"));
            // The log, the world and the page itself are of any shape.
            if let (Ok(value), true) = (serde_json::from_slice(&body), !path.starts_with("/sandbox/")) {
                assert_described(&page, &value, &content["schema"], &route);
            }
        }
    }
}

#[tokio::test]
async fn every_described_method_is_taken_and_no_other() {
    let server = Server::start().await;
    let page: Value = serde_json::from_str(&openapi(ReplyStyle::Document)).unwrap();
    let paths: &Map<String, Value> = page["paths"].as_object().unwrap();
    assert!(paths.len() > 20);
    for (path, methods) in paths {
        let described: Vec<String> = methods.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        let path = example(path, &methods[described[0].to_lowercase()]);
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
            let response = server.bare(&format!("{method} {path}")).send().await.unwrap();
            let taken = response.status() != 405;
            assert_eq!(taken, described.contains(&method.to_owned()), "{method} {path}: {}", response.status());
            assert!(taken || response.headers()["allow"] == *described.join(", "), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_described_key_is_known_and_no_other() {
    let server = Server::start().await;
    let page: Value = serde_json::from_str(&openapi(ReplyStyle::Document)).unwrap();
    for (path, method, operation) in operations(&page) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let Some(keys) = schema["properties"].as_object() else { continue };
        let route = format!("{} {}", method.to_uppercase(), example(path, operation));
        let send = async |key: &str| {
            let body = serde_json::json!({ key: ["neither", 1] });
            let response = server.request(&route).json(&body).send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        };
        for key in keys.keys() {
            let (_, told) = send(key).await;
            assert!(!told.contains("unknown key"), "{route} {key}: {told}");
        }
        let (status, told) = send("nonsense").await;
        assert!(status == 400 && told.contains("unknown key nonsense"), "{route}: {status} {told}");
    }
}

#[tokio::test]
async fn the_page_is_served_and_says_how_it_is_served() {
    for style in [ReplyStyle::Document, ReplyStyle::Odd] {
        let server = Server::with(Options { style, ..Options::default() }).await;
        let page = server.bare("GET /sandbox/openapi").send().await.unwrap().text().await.unwrap();
        assert_eq!(page, openapi(style));
    }
}
