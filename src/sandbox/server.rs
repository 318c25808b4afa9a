//! The way of one request: log, faults, latency, body, gate and route, answer.
//!
//! Knows HTTP and time; what the calls mean is in the routes.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::answer::{Answer, Refusal};
use super::delivery::{Body, deliver, hang_up};
use super::faults::{self, Plan, Trouble};
use super::request::Request;
use super::state::{Shared, State};
use super::{control, routes};

/// Most bytes of a body; pictures may be larger.
const BODY_LIMIT: usize = 1024 * 1024;
const PICTURE_LIMIT: usize = 20 * 1024 * 1024;

/// Accepts connections until it is dropped, which ends them all.
pub(super) async fn serve(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let shared = Arc::clone(&shared);
                    connections.spawn(async move {
                        // Answers are small: waiting to fill a packet would only add latency.
                        let _ = stream.set_nodelay(true);
                        let service = service_fn(move |request| answer(Arc::clone(&shared), request));
                        // The only errors are the client hanging up and a scripted hang-up.
                        let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                    });
                }
                // Out of file handles, most likely: they come back when connections end.
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Answers one request; an error closes the connection without an answer.
async fn answer(shared: Arc<Shared>, incoming: hyper::Request<Incoming>) -> io::Result<Response<Body>> {
    let (parts, body) = incoming.into_parts();
    let mut request = Request::new(parts);
    if request.path.starts_with("/sandbox/") {
        let answer = match read(body, BODY_LIMIT).await {
            Ok(body) => control::dispatch(&mut shared.lock(), &Request { body, ..request }),
            Err(refusal) => Err(refusal),
        };
        return Ok(deliver(answer.unwrap_or_else(Answer::from), None));
    }
    let (place, mut plan) = {
        let mut state = shared.lock();
        let plan = faults::take(&mut state.faults, &request.method, &request.path);
        let token = state.world["token"].as_str().unwrap_or_default().to_owned();
        (state.log.arrive(&request, &token), plan)
    };
    pause(shared.latency + plan.delay).await;
    let limit = if request.path == "/pictures" { PICTURE_LIMIT } else { BODY_LIMIT };
    let body = read(body, limit).await;
    if matches!(plan.ending, Some(Trouble::Never)) {
        std::future::pending::<()>().await;
    }
    let mut state = shared.lock();
    let answer = match body {
        Ok(body) => {
            state.log.body(place, &body);
            request.body = body;
            handle(&mut state, &mut request, &mut plan)
        }
        Err(refusal) => Some(refusal.into()),
    };
    state.log.finish(place, answer.as_ref().map(|answer| answer.status));
    drop(state);
    let answer = answer.ok_or_else(hang_up)?;
    Ok(deliver(answer, plan.ending.as_ref()))
}

/// Carries the request out unless a fault is in the way; none means to hang up.
fn handle(state: &mut State, request: &mut Request, plan: &mut Plan) -> Option<Answer> {
    let instead = match &plan.ending {
        Some(Trouble::ResetBefore) => return None,
        Some(Trouble::Status { code, headers, body }) => Some(Answer { status: *code, headers: headers.clone(), body: body.clone() }),
        Some(Trouble::Redirect(url)) => Some(Answer::empty(302).with("location", url)),
        Some(Trouble::Garbage) => Some(Answer::new(200, "application/json", "\u{1b}[31m{\"response\":,]\u{0}")),
        Some(Trouble::Html) => Some(Answer::new(200, "text/html", "<!doctype html><title>Sign in to this network</title>")),
        Some(Trouble::Endless) => Some(Answer::new(200, "application/json", "")),
        _ => None,
    };
    for change in &plan.before {
        change.apply(&mut state.world);
    }
    let answer = instead.unwrap_or_else(|| {
        request.ignored = std::mem::take(&mut plan.ignored);
        routes::dispatch(state, request).unwrap_or_else(Answer::from)
    });
    for change in &plan.after {
        change.apply(&mut state.world);
    }
    match plan.ending {
        Some(Trouble::ApplyThenReset) => None,
        Some(Trouble::ApplyThenStatus(code)) => Some(Answer::empty(code)),
        // Half of nothing would be a whole answer.
        Some(Trouble::CutBody) if answer.body.is_empty() => None,
        _ => Some(answer),
    }
}

async fn pause(duration: Duration) {
    if !duration.is_zero() {
        sleep(duration).await;
    }
}

async fn read(body: Incoming, limit: usize) -> Result<Bytes, Refusal> {
    let whole = Limited::new(body, limit).collect().await;
    whole.map(http_body_util::Collected::to_bytes).map_err(|_| Refusal::new(413, format!("the body is cut or larger than {limit} bytes")))
}
