//! The service's calls, typed: what is sent and what comes back, both as pure values.
//!
//! Nothing here sends anything; `io::client` does. Only this folder knows JSON keys.

pub mod call;
pub mod error;
pub mod wire;

pub use call::{Body, Call, Host, Method, Reply, Spec};
pub use error::ApiError;
