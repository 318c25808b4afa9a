//! How to start a sandbox.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::faults::ScriptedFault;
use super::style::ReplyStyle;
use super::world::World;

/// How to start a sandbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether it may be an address that other computers reach.
    pub exposed: bool,
    /// How answers look.
    pub style: ReplyStyle,
    /// Time every answer takes.
    pub latency: Duration,
    /// In which forms a token is known.
    pub tokens: AcceptedTokenForms,
    /// What there is at the start.
    pub world: World,
    /// What goes wrong from the start.
    pub faults: Vec<ScriptedFault>,
    /// A file for the log, emptied at the start: a line of JSON for each request.
    pub log: Option<PathBuf>,
    /// How long a client may keep the server waiting: for the rest of a head, for a body, for taking an answer, for the next request.
    pub patience: Duration,
    /// Most requests a second with the token; more get 429.
    pub rate_limit: Option<u32>,
    /// The time at which its clock stands still; none if it goes with the system's.
    pub time: Option<Timestamp>,
}

/// In which forms a server knows the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum AcceptedTokenForms {
    /// In the header or the query.
    #[value(name = "either")]
    Both,
    /// As `X-Access-Token` only.
    #[value(name = "header")]
    HeaderOnly,
    /// As `?token=` only.
    #[value(name = "query")]
    QueryOnly,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            exposed: false,
            style: ReplyStyle::default(),
            faults: Vec::new(),
            log: None,
            patience: Duration::from_secs(30),
            latency: Duration::ZERO,
            tokens: AcceptedTokenForms::Both,
            world: World::demo(),
            rate_limit: None,
            time: None,
        }
    }
}
