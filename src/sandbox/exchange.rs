//! The way of one request: whom it is for, log, faults, latency, body, gate and route, answer.
//!
//! Knows HTTP and time; what the calls mean is in the routes.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::Response;
use hyper::body::Incoming;
use tokio::time::sleep;

use super::answer::{Refusal, ServerAnswer};
use super::body::{self, BodyUse};
use super::connections::Connection;
use super::delivery::{ResponseBody, deliver, hang_up};
use super::faults::{self, FaultKind, FaultPlan};
use super::host;
use super::pictures;
use super::request::Request;
use super::routes;
use super::state::{SandboxShared, SandboxState};
use super::style::WireAnswer;

/// Answers one request; an error closes the connection without an answer.
pub(super) async fn answer(
    shared: Arc<SandboxShared>,
    line: Arc<Connection>,
    incoming: hyper::Request<Incoming>,
) -> io::Result<Response<ResponseBody>> {
    line.works();
    let (parts, body) = incoming.into_parts();
    let mut request = Request::new(parts);
    let is_control = request.path.starts_with("/sandbox/");
    let foreign = host::is_foreign(&request.headers, shared.exposed);
    let (place, mut plan, wanted) = {
        let mut state = shared.lock();
        let place = (!is_control).then(|| state.arrive(&request));
        let faults = !is_control && !foreign;
        let plan = if faults { faults::take(&mut state.faults, &request.method, &request.path) } else { FaultPlan::default() };
        (place, plan, wanted(&state, &request))
    };
    if foreign {
        shared.finish(place, None);
        return Err(hang_up());
    }
    pause(if is_control { Duration::ZERO } else { shared.latency + plan.delay }).await;
    line.waits_for_body();
    let body = body::read(&shared, body, wanted, request.headers.contains_key("expect")).await;
    if matches!(plan.ending, Some(FaultKind::Never)) {
        line.is_held();
        std::future::pending::<()>().await;
    }
    line.works();
    if let Ok(body) = &body {
        request.set_body(body.bytes.clone());
    }
    let message = {
        let mut state = shared.lock();
        match &body {
            Ok(_) => {
                if let Some(place) = place {
                    state.log.body(place, &request);
                }
                handle(&mut state, &mut request, &mut plan)
            }
            Err(refusal) => Some(state.style.render(refusal.clone().into())),
        }
    };
    drop(body);
    let message = message.map(|message| if pictures::is_address(&request.path) { message } else { bounded(&shared, message) });
    shared.finish(place, message.as_ref().map(|message| message.status));
    let message = message.ok_or_else(hang_up)?;
    if matches!(plan.ending, Some(FaultKind::Drip(_) | FaultKind::Endless)) {
        line.is_held();
    } else {
        line.waits();
    }
    Ok(deliver(message, plan.ending.as_ref()))
}

/// What is to be done with the body: only a picture that will be stored is worth holding.
fn wanted(state: &SandboxState, request: &Request) -> BodyUse {
    match request.path.as_str() {
        "/pictures" if routes::takes_picture(state, request) => BodyUse::Picture,
        "/pictures" => BodyUse::Nothing,
        _ => BodyUse::Json,
    }
}

/// Carries the request out unless a fault is in the way; none means to hang up.
fn handle(state: &mut SandboxState, request: &mut Request, plan: &mut FaultPlan) -> Option<WireAnswer> {
    let json = |body| WireAnswer::new(200, "application/json", body);
    let instead = match &plan.ending {
        Some(FaultKind::ResetBefore) => return None,
        Some(FaultKind::Status { code, headers, body }) => Some(WireAnswer { status: *code, headers: headers.clone(), body: body.clone() }),
        Some(FaultKind::Redirect(url)) => Some(WireAnswer::empty(302).with("location", url)),
        Some(FaultKind::Garbage) => Some(json("\u{1b}[31m{\"response\":,]\u{0}")),
        Some(FaultKind::Html) => Some(WireAnswer::new(200, "text/html", "<!doctype html><title>Sign in to this network</title>")),
        Some(FaultKind::Endless) => Some(json("")),
        _ => None,
    };
    for change in &plan.before {
        change.apply(&mut state.world);
    }
    let message = instead.unwrap_or_else(|| {
        request.ignored = std::mem::take(&mut plan.ignored);
        let answer = routes::dispatch(state, request).unwrap_or_else(ServerAnswer::from);
        state.style.render(answer)
    });
    for change in &plan.after {
        change.apply(&mut state.world);
    }
    match plan.ending {
        Some(FaultKind::ApplyThenReset) => None,
        Some(FaultKind::ApplyThenStatus(code)) => Some(WireAnswer::empty(code)),
        // Half of nothing would be a whole answer.
        Some(FaultKind::CutBody) if message.body.is_empty() => None,
        _ => Some(message),
    }
}

/// A large answer takes its share of the room until it is sent, and where there is none says so: slow readers must not pile them up.
fn bounded(shared: &SandboxShared, message: WireAnswer) -> WireAnswer {
    match shared.room.for_answer(&message.body) {
        Ok(body) => WireAnswer { body, ..message },
        Err(()) => shared.lock().style.render(Refusal::for_now(503, "too many large answers are under way").into()),
    }
}

async fn pause(duration: Duration) {
    if !duration.is_zero() {
        sleep(duration).await;
    }
}
