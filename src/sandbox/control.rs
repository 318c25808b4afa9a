//! The sandbox's own calls under `/sandbox/`, for builders of other clients. They need no token and are not logged.

use serde_json::Value;

use super::answer::{AnswerContent, Refusal, ServerAnswer};
use super::request::Request;
use super::script;
use super::state::SandboxState;
use super::world::{World, weight};

/// Most faults that wait, and most bytes of one.
const MOST_FAULTS: usize = 64;
const HEAVIEST_FAULT: usize = 64 * 1024;

/// `GET /sandbox/log`
pub(super) fn log(state: &mut SandboxState, _: &Request) -> ServerAnswer {
    // Plain values: there is none that JSON could not hold.
    let text = serde_json::to_vec(&state.log.seen).unwrap_or_default();
    ServerAnswer::new(200, AnswerContent::File("application/json", text.into()))
}

/// `GET /sandbox/world`
pub(super) fn world(world: &World) -> ServerAnswer {
    ServerAnswer::new(200, AnswerContent::File("application/json", world.to_string().into()))
}

/// `PATCH /sandbox/world`
pub(super) fn patch(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let mut world = state.world.clone();
    world.patch(&Value::Object(request.fields.clone()));
    if world.weight() > state.most_world {
        return Err(Refusal::new(413, "the world would grow too large"));
    }
    state.world = world;
    Ok(ServerAnswer::empty(204))
}

/// `DELETE /sandbox/world`
pub(super) fn begin_anew(state: &mut SandboxState, _: &Request) -> ServerAnswer {
    state.begin_anew();
    ServerAnswer::empty(204)
}

/// `POST /sandbox/faults`
pub(super) fn script(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    if state.faults.len() >= MOST_FAULTS || weight(&Value::Object(request.fields.clone())) > HEAVIEST_FAULT {
        return Err(Refusal::new(413, format!("more than {MOST_FAULTS} faults, or one of more than {HEAVIEST_FAULT} bytes")));
    }
    state.faults.push(script::fault(&request.fields).map_err(Refusal::bad)?);
    Ok(ServerAnswer::empty(204))
}

/// `DELETE /sandbox/faults`
pub(super) fn forget(state: &mut SandboxState, _: &Request) -> ServerAnswer {
    state.faults.clear();
    ServerAnswer::empty(204)
}

/// `GET /sandbox/openapi`
pub(super) fn openapi(state: &mut SandboxState, _: &Request) -> ServerAnswer {
    let page = state.page.get_or_insert_with(|| (state.openapi)(state.style).into()).clone();
    ServerAnswer::new(200, AnswerContent::File("application/json", page))
}
