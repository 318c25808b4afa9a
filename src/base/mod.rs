//! The shared vocabulary of the screens and the loop: what happens (`Msg`), what is asked for (`Effect`), which keys mean what,
//! and the state every screen sees.
//!
//! Values only: nothing here draws, waits, reads a clock or touches the outside.

pub mod action;
pub mod bindings;
pub mod clip;
pub mod condition;
pub mod draft;
pub mod entrance;
pub mod job;
pub mod kept;
pub mod key;
pub mod keymap;
pub mod messages;
pub mod msg;
mod pictures;
pub mod remote;
pub mod scope;
pub mod session;
pub mod settings;
pub mod shared;
pub mod ticket;
pub mod unsaved;

pub use action::Action;
pub use clip::Clip;
pub use condition::{Condition, Conditions};
pub use draft::{DraftBody, DraftKind, FoundDraft};
pub use entrance::SignInReason;
pub use job::{Done, Job, JobOutcome};
pub use key::Key;
pub use keymap::{KeyMeaning, Keymap};
pub use messages::{Level, Messages, ToastTopic};
pub use msg::{Effect, Input, Mouse, MouseKind, Msg, Signal, Timer};
pub use remote::Remote;
pub use scope::Scope;
pub use session::{ServerLabel, Session};
pub use settings::Settings;
pub use shared::Shared;
pub use ticket::{InFlight, Ticket};
pub use unsaved::{StagedState, Unsaved, UnsavedChange, UnsavedSection};

pub use crate::widgets::picture::Thumbnail;
