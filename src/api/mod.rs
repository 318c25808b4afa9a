//! The service's calls, typed: what is sent and what comes back, both as pure values.
//!
//! Nothing here sends anything; `io::client` does. Only this folder knows JSON keys.

pub mod call;
pub mod error;
mod page;
pub mod reply;
pub mod service;
pub mod spec;
mod wire;

pub use call::{Call, SmsDuration};
pub use error::ApiError;
pub use page::{MOST_ROWS, Page};
pub use reply::Reply;
pub use service::{Notice, Service, WaitReason};
pub use spec::{Body, Host, Method, Spec};
pub use wire::lists::built_in_majors;
