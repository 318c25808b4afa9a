//! The sandbox: a stateful, strict stand-in for the service, over real HTTP/1.1 on loopback.
//!
//! It serves `--demo`, the tests, and people who build other clients. One server stands for all of the service's hosts, whose
//! paths are disjoint. It takes only the documented keys and enforces the documented rules, so a client that pleases it sends
//! what the documents say. It must not import anything else of this crate: a wrong name on the wire could then pass both ends.
//!
//! # For builders of other clients
//!
//! Besides the service's calls there are, without a token (what is sent is JSON, with `Content-Type: application/json`):
//!
//! | call | what it does |
//! |---|---|
//! | `GET /sandbox/log` | the latest requests, as a list of [`LoggedRequest`]; the token is masked |
//! | `GET /sandbox/world` | the whole state, see [`World`] |
//! | `PATCH /sandbox/world` | changes the state as another device would: a JSON merge patch (RFC 7396) |
//! | `DELETE /sandbox/world` | begins anew: state, faults, log and pictures are those of the start |
//! | `POST /sandbox/faults` | scripts a [`ScriptedFault`] |
//! | `DELETE /sandbox/faults` | forgets all faults |
//! | `GET /sandbox/openapi` | everything it serves, as an OpenAPI page |
//!
//! A fault is an object with `route` (`"PUT /v4/pinned_conversations"`; `*` for any method or one path segment, `**` for any
//! path), `fault`, and, if wanted, `times` (1 if absent, null for always) and `after` (so many requests pass first). By `fault` it takes
//! more keys: `delay` and `drip` take `ms`; `status` takes `code`, `headers`, `body`; `apply_then_status` takes `code`; `redirect` takes
//! `url`; `ignore` takes `key`; `phone_before` and `phone_after` take `patch`; `cut_body`, `half_body`, `garbage`, `html`,
//! `apply_then_reset`, `reset_before`, `endless` and `never` take none. [`FaultKind`] says what each does. On the command line the same is
//! written in words, as in `GET /v3/chats status code=503 times=2`.
//!
//! # What no client can do to it
//!
//! It needs less than 64 MiB of memory whatever is sent: connections, bodies, pictures, the log, the world and large answers each have
//! their share, and what does not fit is refused. Whoever keeps it waiting is hung up on. A request of a web page is not answered.

mod account;
mod answer;
mod body;
mod campus;
mod check;
mod connections;
mod control;
mod conversations;
mod delivery;
mod exchange;
mod faults;
mod host;
mod lists;
mod log;
mod openapi;
mod options;
mod pattern;
mod pictures;
mod request;
mod room;
mod route;
mod routes;
mod rows;
mod schema;
mod script;
mod server;
mod state;
mod style;
mod uploads;
mod world;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::Value;
use tokio::task::AbortHandle;

pub use self::faults::{FaultKind, ScriptedFault, WorldChange};
pub use self::log::{LoggedRequest, TokenPlace};
pub use self::openapi::page as openapi;
pub use self::options::{AcceptedTokenForms, Options};
use self::state::SandboxShared;
pub use self::style::ReplyStyle;
pub use self::world::World;

/// A running sandbox; dropping it stops the server and ends its connections.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<SandboxShared>,
    address: SocketAddr,
    token: String,
    task: AbortHandle,
}

impl Sandbox {
    /// Starts listening, on the Tokio runtime this is called in.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] for an address that is not loopback, unless it may be; what the system says when it cannot be
    /// bound, or when the log's file cannot be made.
    #[expect(clippy::unused_async, reason = "it needs a Tokio runtime to be called in")]
    pub async fn start(options: Options) -> io::Result<Self> {
        if !options.exposed && !options.listen.ip().is_loopback() {
            let (listen, port) = (options.listen, options.listen.port());
            let message = format!("the sandbox listens on loopback only, not on {listen}, unless it is told to; try 127.0.0.1:{port}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = server::listen(options.listen)?;
        let address = listener.local_addr()?;
        let token = options.world["token"].as_str().unwrap_or_default().to_owned();
        let shared = Arc::new(SandboxShared::new(options, openapi)?);
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

    /// The requests so far, in the order of arrival; of very many the latest.
    pub fn log(&self) -> Vec<LoggedRequest> {
        self.shared.lock().log.seen.iter().cloned().collect()
    }

    /// Scripts a fault, after those scripted before.
    pub fn fault(&self, fault: ScriptedFault) {
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
