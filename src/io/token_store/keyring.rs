//! The operating system's secret store, asked on a thread of its own because a locked one may never answer.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use secrecy::zeroize::Zeroizing;

use crate::domain::SafeText;

/// A token outside [`Token`](crate::domain::Token), wiped all the same.
pub(super) type Secret = Zeroizing<String>;

/// Why a keyring gave no answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum KeyringError {
    /// None on this machine (or left out of this build): the usual case over SSH.
    Absent,
    /// There is one. Continues "the system keyring …".
    Trouble(SafeText),
}

/// Secrets by server label.
pub(super) trait Keyring: Send + Sync {
    fn read(&self, server: &str) -> Result<Option<Secret>, KeyringError>;
    fn write(&self, server: &str, token: &str) -> Result<(), KeyringError>;
    /// Says whether there was one.
    fn delete(&self, server: &str) -> Result<bool, KeyringError>;
}

/// No keyring.
pub(super) struct NoKeyring;

impl Keyring for NoKeyring {
    fn read(&self, _: &str) -> Result<Option<Secret>, KeyringError> {
        Err(KeyringError::Absent)
    }

    fn write(&self, _: &str, _: &str) -> Result<(), KeyringError> {
        Err(KeyringError::Absent)
    }

    fn delete(&self, _: &str) -> Result<bool, KeyringError> {
        Err(KeyringError::Absent)
    }
}

/// The keyring's answer if it comes in time. Otherwise its thread is left to itself: what waits for a person cannot be called off.
pub(super) fn within<T: Send + 'static>(
    limit: Duration,
    keyring: &Arc<dyn Keyring>,
    ask: impl FnOnce(&dyn Keyring) -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    let (answer, answered) = mpsc::channel();
    let keyring = Arc::clone(keyring);
    let asked = thread::Builder::new().name("keyring".to_owned()).spawn(move || answer.send(ask(&*keyring)));
    if asked.is_err() {
        return Err(KeyringError::Trouble(SafeText::line("cannot be asked: the system gives no more threads")));
    }
    let silent = "does not answer; it may be waiting to be unlocked on another screen";
    answered.recv_timeout(limit).unwrap_or_else(|_| Err(KeyringError::Trouble(SafeText::line(silent))))
}
