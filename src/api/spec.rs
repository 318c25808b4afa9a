//! A request as data: what `io::client` sends, `--dry-run` prints and a test compares. Never holds the token.

use std::fmt::Write as _;

use bytes::Bytes;
use serde_json::Value;

use super::page::PAGE;

/// Which of the service's hosts; `--server` replaces them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// `api.groupme.com`
    Api,
    /// `v2.groupme.com`
    V2,
    /// `image.groupme.com`: uploads
    Image,
    /// `web.groupme.com`: public lists, where the document has them
    Web,
    /// `cdn.groupme.com`: public lists, where today's web client has them
    Cdn,
    /// `i.groupme.com`: stored pictures
    Pictures,
}

impl Host {
    /// Every host there is.
    pub const ALL: [Self; 6] = [Self::Api, Self::V2, Self::Image, Self::Web, Self::Cdn, Self::Pictures];

    /// Scheme and authority, without a slash at the end.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::Api => "https://api.groupme.com",
            Self::V2 => "https://v2.groupme.com",
            Self::Image => "https://image.groupme.com",
            Self::Web => "https://web.groupme.com",
            Self::Cdn => "https://cdn.groupme.com",
            Self::Pictures => "https://i.groupme.com",
        }
    }

    /// Whether calls to this host carry the token.
    pub fn takes_token(self) -> bool {
        match self {
            Self::Api | Self::V2 | Self::Image => true,
            Self::Web | Self::Cdn | Self::Pictures => false,
        }
    }
}

/// HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpMethod {
    /// Reads.
    Get,
    /// Writes a part, or an event.
    Post,
    /// Replaces a whole.
    Put,
}

impl HttpMethod {
    /// The method's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// A request as data.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestSpec {
    /// Where to.
    pub host: Host,
    /// How.
    pub method: HttpMethod,
    /// Absolute path, percent-encoded where needed.
    pub path: String,
    /// Query pairs of plain letters and digits, never the token.
    pub query: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: RequestBody,
}

/// The content of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestBody {
    /// Nothing.
    Empty,
    /// `application/json`
    Json(Value),
    /// `image/jpeg`, which the image service takes for every format.
    Picture(Bytes),
}

impl RequestSpec {
    pub(super) fn get(host: Host, path: impl Into<String>) -> Self {
        Self { host, method: HttpMethod::Get, path: path.into(), query: Vec::new(), body: RequestBody::Empty }
    }

    pub(super) fn post(host: Host, path: impl Into<String>, body: RequestBody) -> Self {
        Self { method: HttpMethod::Post, body, ..Self::get(host, path) }
    }

    pub(super) fn put(host: Host, path: impl Into<String>, body: Value) -> Self {
        Self { method: HttpMethod::Put, body: RequestBody::Json(body), ..Self::get(host, path) }
    }

    pub(super) fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.query.push((key, value.into()));
        self
    }

    pub(super) fn paged(self, page: u32) -> Self {
        self.with("per_page", PAGE.to_string()).with("page", page.to_string())
    }

    /// The request in one line, for `--dry-run` and for people: `PUT https://… {json}`.
    pub fn line(&self) -> String {
        self.line_on(self.host.base_url())
    }

    /// As [`RequestSpec::line`], on the server whose scheme and authority are `base`.
    pub fn line_on(&self, base: &str) -> String {
        let mut line = format!("{} {}", self.method.name(), self.url_on(base));
        match &self.body {
            RequestBody::Empty => {}
            RequestBody::Json(value) => {
                let _ = write!(line, " {value}");
            }
            RequestBody::Picture(bytes) => {
                let _ = write!(line, " <picture of {} bytes>", bytes.len());
            }
        }
        line
    }

    /// The address on the server whose scheme and authority are `base`.
    pub fn url_on(&self, base: &str) -> String {
        let mut url = format!("{base}{}", self.path);
        for (n, (key, value)) in self.query.iter().enumerate() {
            let _ = write!(url, "{}{key}={value}", if n == 0 { '?' } else { '&' });
        }
        url
    }
}

/// `raw` as one segment of a path: whatever could end the segment, or stand for another, is percent-encoded.
pub(super) fn segment(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
