//! One request as the routes see it: path, query, token and body, without hyper.
//!
//! Reading only; what is allowed is the routes' business.

use hyper::http::request::Parts;
use hyper::{HeaderMap, header};
use serde_json::{Map, Value};

use super::answer::Refusal;
use super::room::MOST;

/// The header official clients send the token in.
pub(super) const TOKEN_HEADER: &str = "x-access-token";

/// Most values in a body: one takes two bytes on the wire and a hundred in memory.
const MOST_VALUES: usize = 20_000;

/// A request, complete.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: bytes::Bytes,
    json: Option<Value>,
    /// What the body says, by key, once the gate has looked at it.
    pub(super) fields: Map<String, Value>,
    /// Keys whose new value a scripted fault throws away.
    pub(super) ignored: Vec<String>,
}

impl Request {
    /// The head; the body comes later.
    pub(super) fn new(parts: Parts) -> Self {
        let query = reqwest::Url::parse(&format!("http://sandbox/?{}", parts.uri.query().unwrap_or_default()))
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default();
        Self { query, ..Self::with(parts.method.as_str(), parts.uri.path().to_owned(), parts.headers) }
    }

    /// One without a query.
    pub(super) fn with(method: &str, path: String, headers: HeaderMap) -> Self {
        Self {
            method: method.to_owned(),
            path,
            query: Vec::new(),
            headers,
            body: bytes::Bytes::new(),
            json: None,
            fields: Map::new(),
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
        if values_in(&self.body) > MOST_VALUES {
            return Err(Refusal::new(413, format!("the body holds more than {MOST_VALUES} values")));
        }
        self.json.clone().ok_or_else(|| Refusal::bad("the body is not JSON"))
    }

    /// The body, which is read as JSON whatever it is labelled as, if it is not too much for that.
    pub(super) fn set_body(&mut self, body: bytes::Bytes) {
        let fits = body.len() <= MOST && values_in(&body) <= MOST_VALUES;
        self.json = fits.then(|| std::str::from_utf8(&body).ok()).flatten().and_then(|text| text.parse().ok());
        self.body = body;
    }

    /// The body as JSON, if it is any.
    pub(super) fn seen_json(&self) -> Option<&Value> {
        self.json.as_ref()
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

/// About how many values some JSON holds.
fn values_in(body: &[u8]) -> usize {
    body.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count()
}
