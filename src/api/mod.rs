//! The service's calls, typed: what is sent and what comes back, both as pure values.
//!
//! Nothing here sends anything; `io::client` does. Only this folder knows JSON keys.
//!
//! A [`Call`] says what is to be done and [`Call::spec`] what is sent for it; [`Reply::decode`] reads the answer, whichever of the shapes
//! on record it has, or says as an [`ApiError`] what went wrong. Each call has one kind of reply:
//!
//! | call | reply, and what it turns into |
//! |---|---|
//! | `Me`, `UpdateAccount`, `UpdateProfile` | `Account`, whole or in part; an update may be answered with no more than `Done` |
//! | `SetMajors`, `Pins`, `SetPins` | `Ids`; a write may be answered with no more than `Done` |
//! | `SetMembership` | `Membership`, or `Done` |
//! | `Share` | `Share`, or `Done` |
//! | `SmsOn`, `SmsOff` | `Done` |
//! | `Groups`, `FormerGroups` | `Groups`: a [`Page`] |
//! | `Topics`, `MembershipStates`, `Chats` | a [`Page`] of their own |
//! | `Schools`, `Majors`, `Interests` | a list of their own |
//! | `Upload`, `Picture` | `Uploaded`: the address; `Picture`: the bytes |

pub mod call;
pub mod error;
mod page;
pub mod reply;
pub mod service;
pub(crate) mod shape;
pub mod spec;
mod wire;

pub use call::{Call, ListHost, SmsDuration};
pub use error::ApiError;
pub use page::{MOST_ROWS, Page};
pub use reply::Reply;
pub use service::{Notice, Service, WaitReason};
pub use spec::{Host, HttpMethod, RequestBody, RequestSpec};
pub use wire::lists::built_in_majors;
