//! A value that lives on the server, and what is known of it here.
//!
//! An old value stays on screen while a newer one is on its way or could not be had.

use jiff::Timestamp;

use crate::api::ApiError;

/// Absent, loading, ready or failed; the last good value is kept through all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Remote<T> {
    value: Option<T>,
    /// When the value was told by the server.
    at: Option<Timestamp>,
    state: RemoteState,
}

#[derive(Clone, Debug, PartialEq)]
enum RemoteState {
    Resting,
    Loading,
    Failed(ApiError),
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { value: None, at: None, state: RemoteState::Resting }
    }
}

impl<T> Remote<T> {
    /// A value from an earlier run, told by the server at `at`.
    pub fn cached(value: T, at: Timestamp) -> Self {
        Self { value: Some(value), at: Some(at), state: RemoteState::Resting }
    }

    /// The newest value known.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// When the value was told.
    pub fn at(&self) -> Option<Timestamp> {
        self.at
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        self.state == RemoteState::Loading
    }

    /// Why the last read failed.
    pub fn error(&self) -> Option<&ApiError> {
        match &self.state {
            RemoteState::Failed(error) => Some(error),
            RemoteState::Resting | RemoteState::Loading => None,
        }
    }

    /// Whether nothing is known and nothing was asked.
    pub fn is_absent(&self) -> bool {
        self.value.is_none() && self.state == RemoteState::Resting
    }

    /// Takes a value that is better than none, told at `at`; a read that is under way goes on.
    pub fn offer(&mut self, value: impl FnOnce() -> T, at: Timestamp) {
        if self.value.is_none() {
            (self.value, self.at) = (Some(value()), Some(at));
        }
    }

    /// Takes a value told at `now`.
    pub fn set(&mut self, value: T, now: Timestamp) {
        *self = Self { value: Some(value), at: Some(now), state: RemoteState::Resting };
    }
}

/// What can be done to any resource without knowing its type.
pub trait Resource {
    /// Marks a read as under way.
    fn load(&mut self);
    /// The read failed; what was known stays.
    fn fail(&mut self, error: ApiError);
}

impl<T> Resource for Remote<T> {
    fn load(&mut self) {
        self.state = RemoteState::Loading;
    }

    fn fail(&mut self, error: ApiError) {
        self.state = RemoteState::Failed(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_value_survives_loading_and_failure() {
        let mut remote = Remote::cached(1, Timestamp::UNIX_EPOCH);
        remote.load();
        assert_eq!((remote.value(), remote.is_loading()), (Some(&1), true));
        remote.fail(ApiError::LoginPage);
        assert_eq!((remote.value(), remote.error()), (Some(&1), Some(&ApiError::LoginPage)));
    }

    #[test]
    fn what_is_offered_replaces_nothing_and_ends_no_read() {
        let mut remote = Remote::default();
        remote.load();
        remote.offer(|| 1, Timestamp::UNIX_EPOCH);
        remote.offer(|| 2, Timestamp::UNIX_EPOCH);
        assert_eq!((remote.value(), remote.is_loading()), (Some(&1), true));
    }
}
