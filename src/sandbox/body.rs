//! Takes in the bodies of requests within a bounded amount of memory, counted while they are read, whatever a client announces.
//!
//! A small body is simply read. A large one waits for room first, and while it waits nothing more is read from its client. Pictures lie
//! in memory of their own, which goes back to the system with the last who holds it; stored ones make way for new ones.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use memmap2::MmapMut;
use tokio::sync::{OwnedSemaphorePermit, SemaphorePermit};
use tokio::time::{sleep, timeout};

use super::answer::Refusal;
use super::room::{MOST, MOST_OF_PICTURE, MemoryBudget};
use super::state::SandboxShared;

/// A body up to this size needs no room of its own.
const SMALL: usize = 16 * 1024;

/// So much of a body that is not wanted is read all the same: a client that is still sending does not hear the answer.
const DRAINED: usize = 64 * 1024 * 1024;

/// What is to be done with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyUse {
    /// It is read whole.
    Json,
    /// It is held as a picture.
    Picture,
    /// It is let go by.
    Nothing,
}

/// A body that was read.
#[derive(Debug)]
pub(super) struct ReadBody<'a> {
    pub(super) bytes: Bytes,
    /// Its room, as long as it is needed.
    _room: Option<SemaphorePermit<'a>>,
}

/// A picture's memory and its share of the room.
struct PictureMemory {
    memory: MmapMut,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for PictureMemory {
    fn as_ref(&self) -> &[u8] {
        &self.memory
    }
}

/// Reads a body. `expects` says that the client waits to be told before it sends.
pub(super) async fn read(shared: &SandboxShared, mut body: Incoming, wanted: BodyUse, expects: bool) -> Result<ReadBody<'_>, Refusal> {
    let most = if wanted == BodyUse::Json { MOST } else { MOST_OF_PICTURE };
    let announced = body.size_hint().exact().and_then(|size| usize::try_from(size).ok());
    let work = async {
        match wanted {
            _ if announced.is_some_and(|size| size > most) => Err(too_large(most)),
            BodyUse::Json => json(shared, &mut body).await,
            BodyUse::Picture => picture(shared, &mut body, announced.unwrap_or(most)).await.map(ReadBody::from),
            BodyUse::Nothing => Ok(Bytes::new().into()),
        }
    };
    let late = |_| Refusal::new(408, "the body did not come in time");
    let outcome = timeout(shared.patience, work).await.map_err(late).flatten();
    let is_sending = wanted == BodyUse::Nothing || outcome.as_ref().is_err_and(|refusal| refusal.status != 408);
    if is_sending && !expects {
        let _ = timeout(shared.patience, drain(shared, &mut body)).await;
    }
    outcome
}

async fn json<'a>(shared: &'a SandboxShared, body: &mut Incoming) -> Result<ReadBody<'a>, Refusal> {
    let (mut bytes, mut room) = (Vec::new(), None);
    while let Some(chunk) = next(body).await? {
        let length = bytes.len() + chunk.len();
        if length > MOST {
            return Err(too_large(MOST));
        }
        if length > SMALL && room.is_none() {
            room = shared.room.bodies.acquire().await.ok();
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(ReadBody { bytes: bytes.into(), _room: room })
}

async fn picture(shared: &SandboxShared, body: &mut Incoming, size: usize) -> Result<Bytes, Refusal> {
    let mut room = make_room(shared, size).await;
    // No more of it is really taken than is written to.
    let mut memory = MmapMut::map_anon(size.max(1)).map_err(|_| Refusal::for_now(503, "there is no memory for the picture"))?;
    let mut length = 0;
    while let Some(chunk) = next(body).await? {
        let end = length + chunk.len();
        memory.get_mut(length..end).ok_or_else(|| too_large(MOST_OF_PICTURE))?.copy_from_slice(&chunk);
        length = end;
    }
    // Of what was not announced, as much as could have come was set aside.
    drop(room.split(room.num_permits() - MemoryBudget::pages(length)));
    Ok(Bytes::from_owner(PictureMemory { memory, _room: room }).slice(..length))
}

/// Sets room aside, for which the oldest pictures have to go if there is none.
async fn make_room(shared: &SandboxShared, size: usize) -> OwnedSemaphorePermit {
    loop {
        if let Some(room) = shared.room.for_picture(size) {
            return room;
        }
        let dropped = shared.lock().pictures.drop_oldest();
        if !dropped {
            sleep(Duration::from_millis(10)).await;
        }
    }
}

/// The next bytes; none at the end.
async fn next(body: &mut Incoming) -> Result<Option<Bytes>, Refusal> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::bad("the body is cut"))?;
        if let Ok(data) = frame.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// Reads what is left and lets it go, a few bodies at a time: it is work for nobody.
async fn drain(shared: &SandboxShared, body: &mut Incoming) {
    let _turn = shared.room.drains.acquire().await;
    let mut length = 0;
    while let Ok(Some(chunk)) = next(body).await {
        length += chunk.len();
        if length > DRAINED {
            return;
        }
    }
}

fn too_large(most: usize) -> Refusal {
    Refusal::new(413, format!("the body is larger than {most} bytes"))
}

impl From<Bytes> for ReadBody<'_> {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, _room: None }
    }
}
