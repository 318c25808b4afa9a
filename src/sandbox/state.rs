//! Everything the sandbox knows, shared by all connections.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::answer::Refusal;
use super::connections::Connections;
use super::faults::ScriptedFault;
use super::log::{Log, LogFile, LogIndex};
use super::options::{AcceptedTokenForms, Options};
use super::pictures::Pictures;
use super::request::Request;
use super::room::MemoryBudget;
use super::style::ReplyStyle;
use super::world::World;

/// Patches from outside may make the world this heavy, or twice as heavy as it was.
const MOST_WORLD: usize = 2 * 1024 * 1024;

/// Everything the sandbox knows, behind one lock that is never held across a wait.
#[derive(Debug)]
pub(super) struct SandboxState {
    pub(super) world: World,
    pub(super) pictures: Pictures,
    pub(super) faults: Vec<ScriptedFault>,
    pub(super) log: Log,
    pub(super) style: ReplyStyle,
    pub(super) tokens: AcceptedTokenForms,
    pub(super) rate_limit: Option<u32>,
    pub(super) time: Option<Timestamp>,
    /// World and faults as they were at the start.
    start: (World, Vec<ScriptedFault>),
    /// How heavy the world may become.
    pub(super) most_world: usize,
    /// Times of the requests of the last second.
    pub(super) recent: VecDeque<Timestamp>,
    /// Makes the OpenAPI page, and the page once it was asked for.
    pub(super) openapi: fn(ReplyStyle) -> String,
    pub(super) page: Option<Bytes>,
}

impl SandboxState {
    /// What a sandbox knows at the start. The table of calls is above this floor, so the page that describes it is handed in.
    pub(super) fn new(options: Options, openapi: fn(ReplyStyle) -> String) -> Self {
        let start = (options.world, options.faults);
        let (world, faults) = start.clone();
        Self {
            most_world: MOST_WORLD.max(2 * world.weight()),
            world,
            pictures: Pictures::default(),
            faults,
            start,
            log: Log::default(),
            style: options.style,
            tokens: options.tokens,
            rate_limit: options.rate_limit,
            time: options.time,
            recent: VecDeque::new(),
            openapi,
            page: None,
        }
    }

    /// Forgets all that happened.
    pub(super) fn begin_anew(&mut self) {
        (self.world, self.faults) = self.start.clone();
        (self.pictures, self.log) = (Pictures::default(), Log::default());
    }

    /// What time it is here.
    pub(super) fn now(&self) -> Timestamp {
        self.time.unwrap_or_else(Timestamp::now)
    }

    /// Notes a request in the log.
    pub(super) fn arrive(&mut self, request: &Request) -> LogIndex {
        let token = self.world["token"].as_str().unwrap_or_default();
        self.log.arrive(request, token)
    }

    /// Marks the account as changed.
    pub(super) fn touch(&mut self) {
        let now = self.now();
        self.world.touch(now);
    }

    /// Acts in the world of the account with this token, if it is one of the others.
    pub(super) fn in_world_of<T>(&mut self, token: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let Some(at) = self.world.other_with(token) else { return act(self) };
        let other = self.world["others"][at].take().into();
        let home = std::mem::replace(&mut self.world, other);
        let outcome = act(self);
        let other = std::mem::replace(&mut self.world, home);
        self.world["others"][at] = other.into();
        outcome
    }

    /// Counts one request with the token, and refuses it when there were too many in the last second.
    pub(super) fn count_request(&mut self) -> Result<(), Refusal> {
        let Some(limit) = self.rate_limit else { return Ok(()) };
        let now = self.now();
        // A clock that is set back must not count for ever.
        self.recent.retain(|time| now.duration_since(*time).unsigned_abs() < Duration::from_secs(1));
        if self.recent.len() >= limit as usize {
            return Err(Refusal::for_now(429, "too many requests"));
        }
        self.recent.push_back(now);
        Ok(())
    }
}

/// What all connections share.
#[derive(Debug)]
pub(super) struct SandboxShared {
    state: Mutex<SandboxState>,
    pub(super) room: MemoryBudget,
    pub(super) connections: Arc<Connections>,
    pub(super) latency: Duration,
    /// How long a client may keep the server waiting.
    pub(super) patience: Duration,
    /// Whether other computers may call.
    pub(super) exposed: bool,
    /// Where the log goes besides memory.
    pub(super) file: Option<Mutex<LogFile>>,
}

impl SandboxShared {
    /// What there is at the start.
    ///
    /// # Errors
    /// When the log's file cannot be made.
    pub(super) fn new(options: Options, openapi: fn(ReplyStyle) -> String) -> io::Result<Self> {
        let file = options.log.as_deref().map(LogFile::create).transpose()?.map(Mutex::new);
        let (latency, patience, exposed) = (options.latency, options.patience, options.exposed);
        Ok(Self {
            state: Mutex::new(SandboxState::new(options, openapi)),
            room: MemoryBudget::default(),
            connections: Arc::default(),
            latency,
            patience,
            exposed,
            file,
        })
    }

    /// A panic in someone's edit of the world must not take the whole sandbox down.
    pub(super) fn lock(&self) -> MutexGuard<'_, SandboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the end of a request, in memory and in the file.
    pub(super) fn finish(&self, place: Option<LogIndex>, status: Option<u16>) {
        let Some(place) = place else { return };
        let line = {
            let mut state = self.lock();
            let seen = state.log.finish(place, status);
            seen.filter(|_| self.file.is_some()).and_then(|seen| serde_json::to_string(seen).ok())
        };
        if let (Some(file), Some(line)) = (&self.file, line) {
            file.lock().unwrap_or_else(PoisonError::into_inner).write(&line);
        }
    }
}
