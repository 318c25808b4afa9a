//! Pure data and rules: what an account, a campus profile and a pin list are, and what may be done with them.
//!
//! The ground floor. Nothing here knows the network, the terminal, a clock or a key.

pub mod account;
pub mod campus;
pub mod conversation;
pub mod detail;
pub mod dropped;
pub mod field;
pub mod fold;
pub mod graphemes;
pub mod id;
pub mod merge;
pub mod picture;
pub mod pins;
pub mod registration_id;
pub mod text;
pub mod token;

pub use account::{Account, Profile};
pub use campus::{Campus, Visibility};
pub use id::Id;
pub use registration_id::RegistrationId;
pub use text::{RawText, SafeText};
pub use token::Token;
