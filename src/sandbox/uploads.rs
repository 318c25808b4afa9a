//! The image service: pictures are uploaded with the token and fetched without it.

use serde_json::json;

use super::answer::{AnswerContent, Refusal, ServerAnswer};
use super::request::Request;
use super::state::SandboxState;

/// A stored picture.
pub(super) fn get(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let (format, bytes) = state.pictures.get(&request.path).ok_or_else(|| Refusal::new(404, "there is no such picture"))?;
    Ok(ServerAnswer::new(200, AnswerContent::File(format, bytes)))
}

/// `POST /pictures`: whatever it is labelled as, the bytes tell what it is. The reply has a shape of its own.
pub(super) fn upload(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let url = state.pictures.store(&request.body).ok_or_else(|| Refusal::bad("this is not a picture"))?;
    Ok(ServerAnswer::new(200, AnswerContent::Bare(json!({ "payload": { "url": url, "picture_url": url } }))))
}
