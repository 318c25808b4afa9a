//! The pinned conversations: their order, what the user did to it, and how that is carried over to a list changed elsewhere.
//!
//! The service replaces the whole list on every write, so a blind write loses what another device changed. Lapel therefore keeps
//! *operations* by id and neighbour, never by index, and replays them on a fresh list ([`PinList::replay`]). Must not know how lists
//! are read, written or drawn.

mod changes;
mod directory;
mod find;
mod list;
mod op;
mod replay;
mod step;
mod topics;
mod toward;
mod typed;

pub use changes::Changes;
pub use directory::{CachedPin, DeadReason, Directory, PinKind, PinRow, PinState};
pub use find::{Candidate, FindError, find};
pub use list::{PinList, PinSlot, PinsDraft};
pub use op::PinOp;
pub use replay::{Conflict, Replayed, SkipReason, Skipped};
pub use step::PinStep;
pub use topics::groups_to_ask_for_topics;
pub use typed::typed_id;
