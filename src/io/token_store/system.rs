//! The secret store of this machine, whichever it is.

use keyring::{Entry, Error};

use super::keyring::{Keyring, KeyringError, Secret};
use crate::domain::SafeText;
use crate::io::words::words;

/// Secret Service, Keychain or Credential Manager.
pub(super) struct System;

impl Keyring for System {
    fn read(&self, server: &str) -> Result<Option<Secret>, KeyringError> {
        optional(entry(server)?.get_password().map(Secret::new))
    }

    fn write(&self, server: &str, token: &str) -> Result<(), KeyringError> {
        entry(server)?.set_password(token).map_err(|error| meaning(&error))
    }

    fn delete(&self, server: &str) -> Result<bool, KeyringError> {
        Ok(optional(entry(server)?.delete_credential())?.is_some())
    }
}

fn entry(server: &str) -> Result<Entry, KeyringError> {
    Entry::new("lapel", server).map_err(|error| meaning(&error))
}

fn optional<T>(answer: keyring::Result<T>) -> Result<Option<T>, KeyringError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(meaning(&error)),
    }
}

/// Only texts of our own and of the system's: some of the library's errors carry what was stored.
fn meaning(error: &Error) -> KeyringError {
    match error {
        Error::NoDefaultStore => KeyringError::Absent,
        Error::NoStorageAccess(cause) => KeyringError::Trouble(SafeText::line(format!("is locked ({})", words(&**cause)))),
        Error::PlatformFailure(cause) => KeyringError::Trouble(SafeText::line(format!("failed ({})", words(&**cause)))),
        Error::Ambiguous(_) => KeyringError::Trouble(SafeText::line("holds several entries \"lapel\"; delete them there")),
        _ => KeyringError::Trouble(SafeText::line("holds an entry \"lapel\" that cannot be read; delete it there")),
    }
}
