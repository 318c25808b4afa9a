//! A service for tests that expects certain calls in a certain order, and answers each as it was told to.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::api::{ApiError, Call, Reply, Service};
use crate::domain::{Account, SafeText};

/// What an expected call is answered with.
pub(super) type ScriptedAnswer = Result<Reply, ApiError>;

/// The calls to come. Dropping it with calls left over fails the test.
pub(super) struct Script(Mutex<VecDeque<(Call, ScriptedAnswer)>>);

impl Script {
    pub(super) fn new(calls: impl IntoIterator<Item = (Call, ScriptedAnswer)>) -> Self {
        Self(Mutex::new(calls.into_iter().collect()))
    }
}

impl Service for Script {
    async fn call(&self, call: &Call) -> ScriptedAnswer {
        let next = self.0.lock().unwrap().pop_front();
        let (expected, answer) = next.unwrap_or_else(|| panic!("{call:?} was not expected any more"));
        assert_eq!(*call, expected);
        answer
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.lock().unwrap().is_empty(), "calls that never came: {:?}", self.0.lock().unwrap());
        }
    }
}

/// An account is read.
pub(super) fn me(account: &Account) -> (Call, ScriptedAnswer) {
    (Call::Me, Ok(told(account)))
}

/// An account as an answer.
pub(super) fn told(account: &Account) -> Reply {
    Reply::Account(Box::new(account.clone()))
}

/// The account cannot be read.
pub(super) fn no_me(error: ApiError) -> (Call, ScriptedAnswer) {
    (Call::Me, Err(error))
}

pub(super) fn offline() -> ApiError {
    ApiError::Offline { reason: SafeText::line("gone") }
}

pub(super) fn lost() -> ApiError {
    ApiError::Unknown { reason: SafeText::line("lost") }
}

pub(super) fn rejected(words: &str) -> ApiError {
    ApiError::Rejected { status: 400, messages: vec![SafeText::line(words)] }
}
