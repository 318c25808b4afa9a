//! The request log: what every client really sent, and what it got.
//!
//! The token itself is never kept, only where it was. The log is bounded: its oldest requests are forgotten, and a large body is only
//! counted.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::Path;
use std::{fmt, fs};

use serde::Serialize;
use serde_json::Value;

use super::request::{Request, TOKEN_HEADER};
use super::world::weight;

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
pub struct LoggedRequest {
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

impl LoggedRequest {
    /// Whether both were under way at the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ended_before = |one: &Self, two: &Self| one.finished.is_some_and(|end| end < two.arrived);
        !ended_before(self, other) && !ended_before(other, self)
    }
}

impl fmt::Display for LoggedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Most bytes of memory for the log, about; the oldest requests are forgotten.
const MOST: usize = 2 * 1024 * 1024;

/// Heavier bodies are not kept.
const HEAVIEST_BODY: usize = 256 * 1024;

/// Most bytes in the file.
const MOST_IN_FILE: usize = 64 * 1024 * 1024;

/// The latest requests in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) seen: VecDeque<LoggedRequest>,
    weight: usize,
    clock: u64,
}

/// Where a request is in the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogIndex(u64);

impl Log {
    /// Notes a request's head; the place is needed for the rest.
    pub(super) fn arrive(&mut self, request: &Request, token: &str) -> LogIndex {
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
        let seen = LoggedRequest {
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
        };
        self.weight += weight_of(&seen);
        self.seen.push_back(seen);
        self.forget();
        LogIndex(self.clock)
    }

    /// Notes the body.
    pub(super) fn body(&mut self, place: LogIndex, request: &Request) {
        if request.body.is_empty() {
            return;
        }
        let json = request.seen_json().map(|json| (weight(json), json)).filter(|(weight, _)| *weight <= HEAVIEST_BODY);
        if let Some(seen) = self.get(place) {
            seen.body = json.map(|(_, json)| json.clone());
            seen.picture = seen.body.is_none().then_some(request.body.len());
            self.weight += json.map_or(0, |(weight, _)| weight);
        }
        self.forget();
    }

    /// Notes the end.
    pub(super) fn finish(&mut self, place: LogIndex, status: Option<u16>) -> Option<&LoggedRequest> {
        self.clock += 1;
        let clock = self.clock;
        let seen = self.get(place)?;
        seen.status = status;
        seen.finished = Some(clock);
        Some(seen)
    }

    /// Unless it is forgotten.
    fn get(&mut self, place: LogIndex) -> Option<&mut LoggedRequest> {
        let found = self.seen.binary_search_by_key(&place.0, |seen| seen.arrived).ok()?;
        self.seen.get_mut(found)
    }

    fn forget(&mut self) {
        while self.weight > MOST {
            let Some(oldest) = self.seen.pop_front() else { return };
            self.weight -= weight_of(&oldest);
        }
    }
}

/// About how many bytes of memory it takes.
fn weight_of(seen: &LoggedRequest) -> usize {
    let pairs = seen.query.iter().chain(&seen.headers).map(|(name, value)| name.len() + value.len() + 2 * size_of::<String>() + 32);
    size_of::<LoggedRequest>() + seen.path.len() + pairs.sum::<usize>() + seen.body.as_ref().map_or(0, weight)
}

/// The log in a file: a line of JSON for each request that is done with.
#[derive(Debug)]
pub(super) struct LogFile {
    file: fs::File,
    left: usize,
}

impl LogFile {
    /// A new file, or an old one emptied.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: fs::File::create(path)?, left: MOST_IN_FILE })
    }

    /// Adds a line while there is room. What cannot be written is lost, and the sandbox goes on.
    pub(super) fn write(&mut self, line: &str) {
        if self.left == 0 {
            return;
        }
        self.left = self.left.saturating_sub(line.len() + 1);
        let line = if self.left == 0 { r#"{"log":"full"}"# } else { line };
        let _ = self.file.write_all(format!("{line}\n").as_bytes());
    }
}
