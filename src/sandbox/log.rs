//! The request log: what every client really sent, and what it got.
//!
//! The token itself is never kept, only where it was.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::request::{Request, TOKEN_HEADER};

const MASK: &str = "***";

/// Where a request carried its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TokenPlace {
    /// `X-Access-Token`
    Header,
    /// `?token=`
    Query,
    /// In both at once.
    Both,
    /// Nowhere.
    None,
}

/// One request and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seen {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// Query pairs; the token's value is `***`.
    pub query: Vec<(String, String)>,
    /// Headers but the token's.
    pub headers: Vec<(String, String)>,
    /// Where the token was.
    pub token: TokenPlace,
    /// The body, if it was JSON.
    pub body: Option<Value>,
    /// The length in bytes of a body that was not.
    pub picture: Option<usize>,
    /// The status answered; none while it is under way, and for ever if no answer was given.
    pub status: Option<u16>,
    /// When it arrived, in steps of the log's own clock.
    pub arrived: u64,
    /// When it was done with, in steps of the same clock; none while it is under way or given up by the client.
    pub finished: Option<u64>,
}

impl Seen {
    /// Whether both were under way at the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ended_before = |one: &Self, two: &Self| one.finished.is_some_and(|end| end < two.arrived);
        !ended_before(self, other) && !ended_before(other, self)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// All requests in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) seen: Vec<Seen>,
    clock: u64,
}

impl Log {
    /// Notes a request's head; the place is needed for the rest.
    pub(super) fn arrive(&mut self, request: &Request, token: &str) -> usize {
        self.clock += 1;
        let place = match (request.header_token(), request.query("token")) {
            (Some(_), Some(_)) => TokenPlace::Both,
            (Some(_), None) => TokenPlace::Header,
            (None, Some(_)) => TokenPlace::Query,
            (None, None) => TokenPlace::None,
        };
        let mask = |text: &str| if token.is_empty() { text.to_owned() } else { text.replace(token, MASK) };
        let query = |(key, value): &(String, String)| (key.clone(), if key == "token" { MASK.to_owned() } else { mask(value) });
        let headers = request.headers.iter().filter(|(name, _)| *name != TOKEN_HEADER);
        self.seen.push(Seen {
            method: request.method.clone(),
            path: mask(&request.path),
            query: request.query.iter().map(query).collect(),
            headers: headers.map(|(name, value)| (name.to_string(), mask(&String::from_utf8_lossy(value.as_bytes())))).collect(),
            token: place,
            body: None,
            picture: None,
            status: None,
            arrived: self.clock,
            finished: None,
        });
        self.seen.len() - 1
    }

    /// Notes the body.
    pub(super) fn body(&mut self, place: usize, body: &[u8]) {
        if let (Some(seen), false) = (self.seen.get_mut(place), body.is_empty()) {
            seen.body = serde_json::from_slice(body).ok();
            seen.picture = seen.body.is_none().then_some(body.len());
        }
    }

    /// Notes the end.
    pub(super) fn finish(&mut self, place: usize, status: Option<u16>) {
        self.clock += 1;
        if let Some(seen) = self.seen.get_mut(place) {
            seen.status = status;
            seen.finished = Some(self.clock);
        }
    }
}
