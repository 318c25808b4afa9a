//! The image service: pictures are uploaded with the token and fetched without it.

use serde_json::json;

use super::answer::{Answer, Refusal};
use super::request::Request;
use super::state::State;

/// A stored picture.
pub(super) fn get(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let (format, bytes) = state.pictures.get(&request.path).ok_or_else(|| Refusal::new(404, "there is no such picture"))?;
    Ok(Answer::new(200, &format!("image/{format}"), bytes))
}

/// `POST /pictures`
pub(super) fn upload(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    if !request.content_type().starts_with("image/") {
        return Err(Refusal::new(415, "Content-Type must be image/jpeg"));
    }
    let url = state.pictures.store(&request.body).ok_or_else(|| Refusal::bad("this is not a picture"))?;
    Ok(Answer::bare(200, &json!({ "payload": { "url": url, "picture_url": url } })))
}
