//! One request as the routes see it: path, query, token and body, without hyper.
//!
//! Reading only; what is allowed is the routes' business.

use hyper::http::request::Parts;
use hyper::{HeaderMap, header};
use serde_json::Value;

use super::answer::Refusal;

/// The header official clients send the token in.
pub(super) const TOKEN_HEADER: &str = "x-access-token";

/// A request, complete.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: bytes::Bytes,
    /// Keys whose new value a scripted fault throws away.
    pub(super) ignored: Vec<String>,
}

impl Request {
    /// The head; the body comes later.
    pub(super) fn new(parts: Parts) -> Self {
        let query = reqwest::Url::parse(&format!("http://sandbox/?{}", parts.uri.query().unwrap_or_default()))
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default();
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query,
            headers: parts.headers,
            body: bytes::Bytes::new(),
            ignored: Vec::new(),
        }
    }

    /// One query value.
    pub(super) fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The token sent in the header.
    pub(super) fn header_token(&self) -> Option<&str> {
        self.headers.get(TOKEN_HEADER).map(|value| value.to_str().unwrap_or_default())
    }

    /// The media type, without parameters, in lower case.
    pub(super) fn content_type(&self) -> String {
        let value = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The body as JSON, if it says that it is and is.
    pub(super) fn json(&self) -> Result<Value, Refusal> {
        if self.content_type() != "application/json" {
            return Err(Refusal::new(415, "Content-Type must be application/json"));
        }
        serde_json::from_slice(&self.body).map_err(|_| Refusal::bad("the body is not JSON"))
    }

    /// One `/`-separated part of the path, counted from 0.
    pub(super) fn segment(&self, place: usize) -> &str {
        self.path.split('/').nth(place + 1).unwrap_or_default()
    }

    /// Whether a write of this key is to be forgotten.
    pub(super) fn forgets(&self, key: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored == key)
    }
}
