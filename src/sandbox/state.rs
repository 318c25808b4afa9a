//! Everything the sandbox knows, shared by all connections.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::answer::Refusal;
use super::faults::Fault;
use super::log::Log;
use super::pictures::Pictures;
use super::world::World;

/// In which forms a server knows the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenForm {
    /// Header or query.
    Both,
    /// `X-Access-Token` only.
    HeaderOnly,
    /// `?token=` only.
    QueryOnly,
}

/// Everything the sandbox knows, behind one lock that is never held across a wait.
#[derive(Debug)]
pub(super) struct State {
    pub(super) world: World,
    pub(super) pictures: Pictures,
    pub(super) faults: Vec<Fault>,
    pub(super) log: Log,
    pub(super) tokens: TokenForm,
    pub(super) rate_limit: Option<u32>,
    pub(super) time: Option<Timestamp>,
    /// Times of the requests of the last second.
    pub(super) recent: VecDeque<Timestamp>,
}

impl State {
    /// What time it is here.
    pub(super) fn now(&self) -> Timestamp {
        self.time.unwrap_or_else(Timestamp::now)
    }

    /// Marks the account as changed.
    pub(super) fn touch(&mut self) {
        let now = self.now();
        self.world.touch(now);
    }

    /// Acts in the world of the account with this token, if it is one of the others.
    pub(super) fn in_world_of<T>(&mut self, token: Option<&str>, act: impl FnOnce(&mut Self) -> T) -> T {
        let Some(at) = token.and_then(|token| self.world.other_with(token)) else { return act(self) };
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
            return Err(Refusal::new(429, "too many requests"));
        }
        self.recent.push_back(now);
        Ok(())
    }
}

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) latency: Duration,
}

impl Shared {
    pub(super) fn new(state: State, latency: Duration) -> Self {
        Self { state: Mutex::new(state), latency }
    }

    /// A panic in someone's edit of the world must not take the whole sandbox down.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
