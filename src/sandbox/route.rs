//! What a route is: its pattern, who may call it, what it takes, what it does.
//!
//! The gate obeys these rows and the OpenAPI page prints them, so neither can say anything else than the other.

use super::answer::{Refusal, ServerAnswer};
use super::check::DocumentedKey;
use super::request::Request;
use super::state::SandboxState;
use super::world::World;

/// One call.
#[derive(Debug)]
pub(super) struct SandboxRoute {
    pub(super) method: &'static str,
    /// A path in which `{name}` stands for any one segment.
    pub(super) pattern: &'static str,
    /// One line for readers.
    pub(super) about: &'static str,
    /// Query keys besides the token, each with an example.
    pub(super) query: &'static [(&'static str, &'static str)],
    pub(super) gate: Access,
    pub(super) takes: AcceptedBody,
    /// A body that it takes in the demo's world.
    pub(super) example: &'static str,
    /// Statuses of its own, besides success and what the gate answers.
    pub(super) refuses: &'static [u16],
    pub(super) handler: Handler,
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Whoever has the token.
    Token,
    /// Everybody: a request that brings a token is refused, for a client must never send it there.
    Public,
    /// Everybody: the sandbox's own calls, which are not logged and have no faults.
    Control,
}

/// What a body may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum AcceptedBody {
    /// None.
    Nothing,
    /// None, or an object without anything in it, as some clients send.
    NothingOrEmpty,
    /// An object of these keys.
    Json(&'static [DocumentedKey]),
    /// The same under the one key `user`.
    User(&'static [DocumentedKey]),
    /// Any object.
    AnyObject,
    /// The bytes of a picture, whatever they are labelled as.
    Picture,
}

/// What carries a call out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Handler {
    /// Tells a part of the world.
    Read(fn(&World) -> ServerAnswer),
    /// Does what always can be done.
    Do(fn(&mut SandboxState, &Request) -> ServerAnswer),
    /// Does what the rules may forbid.
    Try(fn(&mut SandboxState, &Request) -> Result<ServerAnswer, Refusal>),
}

impl SandboxRoute {
    pub(super) const fn new(method: &'static str, pattern: &'static str, about: &'static str, handler: Handler) -> Self {
        let (gate, takes) = (Access::Token, AcceptedBody::Nothing);
        Self { method, pattern, about, query: &[], gate, takes, example: "", refuses: &[], handler }
    }

    pub(super) const fn query(self, query: &'static [(&'static str, &'static str)]) -> Self {
        Self { query, ..self }
    }

    pub(super) const fn open(self, gate: Access) -> Self {
        Self { gate, ..self }
    }

    pub(super) const fn takes(self, takes: AcceptedBody, example: &'static str) -> Self {
        Self { takes, example, ..self }
    }

    pub(super) const fn refuses(self, refuses: &'static [u16]) -> Self {
        Self { refuses, ..self }
    }
}
