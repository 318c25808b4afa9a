//! The sandbox: a stateful, strict stand-in for the service, over real HTTP/1.1 on loopback.
//!
//! It serves `--demo`, the tests, and people who build other clients. One server stands for all of the service's hosts, whose
//! paths are disjoint. It takes only the documented keys and enforces the documented rules, so a client that pleases it sends
//! what the documents say. It must not import anything else of this crate: a wrong name on the wire could then pass both ends.
//!
//! # For builders of other clients
//!
//! Besides the service's calls there are, without a token (what is sent is JSON, with `Content-Type: application/json`, so that no web
//! page can send it):
//!
//! | call | what it does |
//! |---|---|
//! | `GET /sandbox/log` | every request seen, as a list of [`Seen`]; the token is masked |
//! | `GET /sandbox/world` | the whole state, see [`World`] |
//! | `PATCH /sandbox/world` | changes the state as another device would: a JSON merge patch (RFC 7396) |
//! | `POST /sandbox/faults` | scripts a [`Fault`] |
//! | `DELETE /sandbox/faults` | forgets all faults |
//!
//! A fault is an object with `route` (`"PUT /v4/pinned_conversations"`; `*` for any method or one path segment, `**` for any
//! path), `fault`, and, if wanted, `times` (1 if absent, null for always) and `after` (so many requests pass first). By `fault` it takes
//! more keys: `delay` and `drip` take `ms`; `status` takes `code`, `headers`, `body`; `apply_then_status` takes `code`; `redirect` takes
//! `url`; `ignore` takes `key`; `phone_before` and `phone_after` take `patch`; `cut_body`, `half_body`, `garbage`, `html`,
//! `apply_then_reset`, `reset_before`, `endless` and `never` take none. [`Trouble`] says what each does.

mod account;
mod answer;
mod campus;
mod check;
mod control;
mod conversations;
mod delivery;
mod faults;
mod lists;
mod log;
mod pictures;
mod request;
mod route;
mod routes;
mod server;
mod state;
mod uploads;
mod world;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

pub use self::faults::{Change, Fault, Trouble};
use self::log::Log;
pub use self::log::{Seen, TokenPlace};
use self::pictures::Pictures;
pub use self::state::TokenForm;
use self::state::{Shared, State};
pub use self::world::World;

/// How to start a sandbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; loopback only. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Time every answer takes.
    pub latency: Duration,
    /// In which forms a token is known.
    pub tokens: TokenForm,
    /// What there is at the start.
    pub world: World,
    /// Most requests a second with the token; more get 429.
    pub rate_limit: Option<u32>,
    /// The time at which its clock stands still; none if it goes with the system's.
    pub time: Option<Timestamp>,
}

/// A running sandbox; dropping it stops the server and ends its connections.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    address: SocketAddr,
    token: String,
    task: AbortHandle,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            latency: Duration::ZERO,
            tokens: TokenForm::Both,
            world: World::demo(),
            rate_limit: None,
            time: None,
        }
    }
}

impl Sandbox {
    /// Starts listening, on the Tokio runtime this is called in.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] for an address that is not loopback; what the system says when it cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        if !options.listen.ip().is_loopback() {
            let message =
                format!("the sandbox listens on loopback only, not on {}; try 127.0.0.1:{}", options.listen, options.listen.port());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let token = options.world["token"].as_str().unwrap_or_default().to_owned();
        let state = State {
            world: options.world,
            pictures: Pictures::default(),
            faults: Vec::new(),
            log: Log::default(),
            tokens: options.tokens,
            rate_limit: options.rate_limit,
            time: options.time,
            recent: VecDeque::new(),
        };
        let shared = Arc::new(Shared::new(state, options.latency));
        let task = tokio::spawn(server::serve(Arc::clone(&shared), listener)).abort_handle();
        Ok(Self { shared, address, token, task })
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The token that was valid at the start; the world may have another by now.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The state as it is now.
    pub fn world(&self) -> Value {
        self.shared.lock().world.clone().into()
    }

    /// Changes the state, as another device of the same person would.
    pub fn edit(&self, change: impl FnOnce(&mut World)) {
        change(&mut self.shared.lock().world);
    }

    /// The ids pinned now, in order; one that is no string as its JSON.
    pub fn pins(&self) -> Vec<String> {
        self.shared.lock().world.list("pins").iter().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)).collect()
    }

    /// Every request so far, in the order of arrival.
    pub fn log(&self) -> Vec<Seen> {
        self.shared.lock().log.seen.clone()
    }

    /// Scripts a fault, after those scripted before.
    pub fn fault(&self, fault: Fault) {
        self.shared.lock().faults.push(fault);
    }

    /// Forgets all faults.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}
