//! What a user can do to the pin list, as data that a draft can hold.
//!
//! An operation names ids and one neighbour. The neighbours further away, which replay falls back to, are not stored: the list at
//! that moment follows from the base and the operations before, so an operation costs what it moves and not what the list holds.

use serde::{Deserialize, Serialize};

use super::super::Id;

/// One operation of the user on the list as it was at that moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinOp {
    /// The pins were put, together and in this order, after another one.
    Move {
        /// The block.
        ids: Vec<Id>,
        /// The pin right above it afterwards; none: the block went to the top.
        after: Option<Id>,
    },
    /// The pins were unpinned.
    Unpin {
        /// In list order.
        ids: Vec<Id>,
    },
    /// A conversation that was not in the list was pinned.
    Pin {
        /// The conversation.
        id: Id,
        /// The pin right above it afterwards; none: it went to the top.
        after: Option<Id>,
    },
}

impl PinOp {
    /// The pins it is about.
    pub fn ids(&self) -> &[Id] {
        match self {
            Self::Move { ids, .. } | Self::Unpin { ids } => ids,
            Self::Pin { id, .. } => std::slice::from_ref(id),
        }
    }

    /// Whether it put its pins somewhere.
    pub fn places(&self) -> bool {
        !matches!(self, Self::Unpin { .. })
    }

    /// Whether it put pins that were in the list elsewhere.
    pub fn moves(&self) -> bool {
        matches!(self, Self::Move { .. })
    }

    /// The same with another pin right above it.
    #[must_use]
    pub(super) fn below(self, above: Option<Id>) -> Self {
        match self {
            Self::Move { ids, .. } => Self::Move { ids, after: above },
            Self::Pin { id, .. } => Self::Pin { id, after: above },
            Self::Unpin { .. } => self,
        }
    }
}
