//! Scripted faults: what goes wrong, on which route, how often.
//!
//! Only says what is to happen to a request; the server makes it happen.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::pattern::matches;
use super::world::World;

/// A scripted fault: a route, how often, and what happens.
///
/// Faults are tried in the order they were scripted. Delays, the phone and forgotten keys add up; of the others the first one
/// that applies takes the request and the rest wait for the next, so two faults scripted one after the other happen one after the other.
#[derive(Clone, Debug)]
pub struct ScriptedFault {
    route: String,
    skip: u32,
    times: Option<u32>,
    trouble: FaultKind,
}

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum FaultKind {
    /// It waits before it is handled.
    Delay(Duration),
    /// It is answered without being carried out.
    Status {
        /// The status; outside 100..=999 it becomes 500.
        code: u16,
        /// Headers, such as `Retry-After`.
        headers: Vec<(String, String)>,
        /// The body.
        body: Bytes,
    },
    /// It is carried out and then answered with this status and an empty body.
    ApplyThenStatus(u16),
    /// It is carried out; half the body is sent, then the connection closes.
    CutBody,
    /// It is carried out; half the body is sent as if it were whole.
    HalfBody,
    /// It is carried out; the body comes byte by byte with this pause between.
    Drip(Duration),
    /// 200 with bytes that are no JSON.
    Garbage,
    /// 200 with a network's sign-in page.
    Html,
    /// 302 to this address.
    Redirect(String),
    /// It is carried out and the connection closes without an answer.
    ApplyThenReset,
    /// The connection closes without an answer; nothing is carried out.
    ResetBefore,
    /// "The phone changed it", just before the request is handled.
    PhoneBefore(WorldChange),
    /// "The phone changed it", just after the request was handled.
    PhoneAfter(WorldChange),
    /// It is accepted, but this key of the request keeps its old value.
    Ignore {
        /// A key as replies spell it, so `interests` for both spellings.
        key: String,
    },
    /// 200 and a body without end.
    Endless,
    /// No answer, with the connection open; nothing is carried out.
    Never,
}

/// An edit of the world by someone else.
#[derive(Clone)]
pub struct WorldChange(Arc<dyn Fn(&mut World) + Send + Sync>);

/// What the faults that apply to one request add up to.
#[derive(Debug, Default)]
pub(super) struct FaultPlan {
    pub(super) delay: Duration,
    pub(super) before: Vec<WorldChange>,
    pub(super) after: Vec<WorldChange>,
    pub(super) ignored: Vec<String>,
    pub(super) ending: Option<FaultKind>,
}

impl ScriptedFault {
    /// Happens once. The route is `METHOD PATH`; `*` stands for any method or any one path segment, `**` for any path.
    pub fn once(route: &str, trouble: FaultKind) -> Self {
        Self::times(1, route, trouble)
    }

    /// Happens this many times.
    pub fn times(times: u32, route: &str, trouble: FaultKind) -> Self {
        Self { route: route.to_owned(), skip: 0, times: Some(times), trouble }
    }

    /// Happens until the faults are cleared.
    pub fn always(route: &str, trouble: FaultKind) -> Self {
        Self { route: route.to_owned(), skip: 0, times: None, trouble }
    }

    /// Lets the first requests on the route pass.
    #[must_use]
    pub fn after(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    fn is_for(&self, method: &str, path: &str) -> bool {
        let (wanted, pattern) = self.route.split_once(' ').unwrap_or(("*", &self.route));
        (wanted == "*" || wanted == method) && (pattern == "**" || matches(pattern, path))
    }
}

impl FaultKind {
    /// A status with a body and no special headers.
    pub fn status(code: u16, body: impl Into<Bytes>) -> Self {
        Self::Status { code, headers: Vec::new(), body: body.into() }
    }

    /// 429 with this `Retry-After`.
    pub fn busy(retry_after: &str) -> Self {
        Self::Status { code: 429, headers: vec![("retry-after".to_owned(), retry_after.to_owned())], body: Bytes::new() }
    }

    /// The phone changes something just before the request is handled.
    pub fn phone_before(change: impl Fn(&mut World) + Send + Sync + 'static) -> Self {
        Self::PhoneBefore(WorldChange(Arc::new(change)))
    }

    /// The phone changes something just after the request was handled.
    pub fn phone_after(change: impl Fn(&mut World) + Send + Sync + 'static) -> Self {
        Self::PhoneAfter(WorldChange(Arc::new(change)))
    }
}

impl WorldChange {
    /// Makes the change.
    pub(super) fn apply(&self, world: &mut World) {
        (self.0)(world);
    }
}

impl fmt::Debug for WorldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change")
    }
}

/// Uses up the faults that apply to a request.
pub(super) fn take(faults: &mut Vec<ScriptedFault>, method: &str, path: &str) -> FaultPlan {
    let mut plan = FaultPlan::default();
    for fault in faults.iter_mut().filter(|fault| fault.times != Some(0) && fault.is_for(method, path)) {
        if fault.skip > 0 {
            fault.skip -= 1;
            continue;
        }
        match fault.trouble.clone() {
            FaultKind::Delay(delay) => plan.delay += delay,
            FaultKind::PhoneBefore(change) => plan.before.push(change),
            FaultKind::PhoneAfter(change) => plan.after.push(change),
            FaultKind::Ignore { key } => plan.ignored.push(key),
            ending if plan.ending.is_none() => plan.ending = Some(ending),
            _ => continue,
        }
        fault.times = fault.times.map(|times| times.saturating_sub(1));
    }
    faults.retain(|fault| fault.times != Some(0));
    plan
}
