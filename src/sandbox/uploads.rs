//! The image service: pictures are uploaded with the token and fetched without it.

use serde_json::json;

use super::answer::{Answer, Content, Refusal};
use super::request::Request;
use super::state::State;

/// A stored picture.
pub(super) fn get(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let (format, bytes) = state.pictures.get(&request.path).ok_or_else(|| Refusal::new(404, "there is no such picture"))?;
    Ok(Answer::new(200, Content::File(format, bytes)))
}

/// `POST /pictures`: whatever it is labelled as, the bytes tell what it is. The reply has a shape of its own.
pub(super) fn upload(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let url = state.pictures.store(&request.body).ok_or_else(|| Refusal::bad("this is not a picture"))?;
    Ok(Answer::new(200, Content::Bare(json!({ "payload": { "url": url, "picture_url": url } }))))
}
