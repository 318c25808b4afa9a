//! Bodies in both directions: uploads that tell how far they are, answers that are never larger than allowed.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::api::Notice;

/// Hears what happens during a call.
pub(super) type Listener = Arc<dyn Fn(Notice) + Send + Sync>;

/// Small enough for a smooth progress bar, large enough not to matter.
const CHUNK: usize = 32 * 1024;

/// A picture as a request body that reports each chunk as the network takes it; the receiver is closed when all are taken.
pub(super) fn upload(picture: &Bytes, listener: Option<Listener>) -> (reqwest::Body, watch::Receiver<u64>) {
    let (moved, watched) = watch::channel(0);
    let (picture, total) = (picture.clone(), picture.len());
    let chunks = stream::unfold((picture, moved), move |(mut rest, moved)| {
        let listener = listener.clone();
        async move {
            if rest.is_empty() {
                return None;
            }
            let chunk = rest.split_to(CHUNK.min(rest.len()));
            let sent = (total - rest.len()) as u64;
            moved.send_replace(sent);
            if let Some(listener) = listener {
                listener(Notice::Uploading { sent, total: total as u64 });
            }
            Some((Ok::<_, std::convert::Infallible>(chunk), (rest, moved)))
        }
    });
    (reqwest::Body::wrap_stream(chunks), watched)
}

/// Why waiting for work in motion ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WaitEnd;

/// Waits for `work` as long as `moved` changes at least every `idle`, and `after` more once all is moved.
pub(super) async fn while_moving<T>(
    work: impl Future<Output = T>,
    mut moved: watch::Receiver<u64>,
    idle: Duration,
    after: Duration,
) -> Result<T, WaitEnd> {
    tokio::pin!(work);
    loop {
        tokio::select! {
            biased;
            done = &mut work => return Ok(done),
            step = timeout(idle, moved.changed()) => match step {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return timeout(after, work).await.map_err(|_| WaitEnd),
                Err(_) => return Err(WaitEnd),
            },
        }
    }
}

/// Why a body was not read to its end.
#[derive(Debug)]
pub(super) enum BodyError {
    /// It is larger than allowed.
    TooLarge,
    /// The connection broke, or the compression was wrong.
    Broken(reqwest::Error),
}

/// Reads a body, counting after decompression and stopping at `cap` bytes.
pub(super) async fn read(mut response: reqwest::Response, cap: usize) -> Result<Vec<u8>, BodyError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(BodyError::Broken)? {
        if body.len() + chunk.len() > cap {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::{Instant, sleep};

    use super::*;

    const TEN: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn work_that_stops_moving_is_given_up_after_the_idle_time() {
        let (moved, watched) = watch::channel(0);
        let began = Instant::now();
        let steps = async {
            for step in 1..=5 {
                sleep(TEN / 2).await;
                moved.send_replace(step);
            }
            pending::<()>().await;
        };
        let (stalled, ()) = tokio::select! {
            stalled = while_moving(pending::<()>(), watched, TEN, TEN) => (stalled, ()),
            () = steps => unreachable!(),
        };
        assert_eq!((stalled, began.elapsed()), (Err(WaitEnd), TEN / 2 * 5 + TEN));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_after_the_last_byte_gets_its_own_time() {
        let (moved, watched) = watch::channel(0);
        drop(moved);
        let answer = async {
            sleep(TEN * 2).await;
            "answer"
        };
        assert_eq!(while_moving(answer, watched.clone(), TEN, TEN * 3).await, Ok("answer"));
        assert_eq!(while_moving(pending::<()>(), watched, TEN, TEN).await, Err(WaitEnd));
    }
}
