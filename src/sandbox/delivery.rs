//! How an message's body goes over the wire: whole, or in one of the ways a network spoils it.
//!
//! Bytes and time only; what they say was decided before.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, Stream, TryStreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::time::sleep;

use super::faults::FaultKind;
use super::style::WireAnswer;

/// A body of any of these kinds.
pub(super) type ResponseBody = UnsyncBoxBody<Bytes, io::Error>;

/// What the client sees as a connection closed by the other side.
pub(super) fn hang_up() -> io::Error {
    io::ErrorKind::ConnectionReset.into()
}

/// Turns a message into what goes over the wire.
pub(super) fn deliver(message: WireAnswer, trouble: Option<&FaultKind>) -> Response<ResponseBody> {
    let bytes = message.body.clone();
    let half = bytes.slice(..bytes.len() / 2);
    match trouble {
        Some(FaultKind::HalfBody) => whole(&WireAnswer { body: half, ..message }),
        Some(FaultKind::CutBody) => sized(message, cut(half)),
        Some(FaultKind::Drip(interval)) => sized(message, drip(bytes, *interval)),
        Some(FaultKind::Endless) => {
            let blanks = Bytes::from_static(&[b' '; 16 * 1024]);
            response(&message, stream::repeat_with(move || Ok(blanks.clone())))
        }
        _ => whole(&message),
    }
}

fn whole(message: &WireAnswer) -> Response<ResponseBody> {
    let body = Full::new(message.body.clone()).map_err(|never: Infallible| match never {}).boxed_unsync();
    with_head(message, body)
}

/// A streamed body that says at the start how long it will be.
fn sized(message: WireAnswer, chunks: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Response<ResponseBody> {
    let length = message.body.len().to_string();
    response(&message.with("content-length", &length), chunks)
}

fn response(message: &WireAnswer, chunks: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Response<ResponseBody> {
    with_head(message, StreamBody::new(chunks.map_ok(Frame::data)).boxed_unsync())
}

fn with_head(message: &WireAnswer, body: ResponseBody) -> Response<ResponseBody> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(message.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &message.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Some bytes, then a broken connection. The wait between lets the bytes leave first.
fn cut(half: Bytes) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::unfold(Some(half), |half| async move {
        if let Some(half) = half {
            return Some((Ok(half), None));
        }
        tokio::task::yield_now().await;
        Some((Err(hang_up()), None))
    })
}

fn drip(bytes: Bytes, interval: Duration) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        sleep(interval).await;
        let drop = rest.split_to(1);
        Some((Ok(drop), rest))
    })
}
