//! Where the token is kept, and the only way to it.
//!
//! Looked for in `GROUPME_TOKEN`, then the configured command, then the operating system's keyring, then a private file. Each server has
//! an entry of its own, so that a sandbox's token never goes to GroupMe nor GroupMe's to a sandbox. Everything here may block
//! for seconds (a keyring waits to be unlocked, a command for a smart card) and belongs on a blocking thread.

mod command;
mod keyring;
mod private_file;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use self::keyring::{Keyring, KeyringError, within};
use super::file::{self, FileError};
use super::paths::{GROUPME, Paths};
use crate::domain::{Shown, Token};

/// The variable that comes before every other place.
pub const VARIABLE: &str = "GROUPME_TOKEN";

/// How long a keyring may take to answer a question. A locked one may be waiting for somebody at another screen.
const READ_LIMIT: Duration = Duration::from_millis(2500);

/// How long it may take to store: the person is there and may have to unlock it.
const WRITE_LIMIT: Duration = Duration::from_secs(20);

/// What comes from outside the stores, read once at the start.
#[derive(Clone, Default)]
pub struct Env {
    /// The value of `GROUPME_TOKEN`.
    pub token: Option<String>,
    /// The setting `token_command`: a shell command whose first line of output is the token. For GroupMe's own servers only.
    pub token_command: Option<String>,
}

impl Env {
    /// The process's environment, with the command from the settings. Not Unicode counts as set, and then as no token.
    pub fn from_process(token_command: Option<String>) -> Self {
        Self { token: std::env::var_os(VARIABLE).map(|value| value.to_string_lossy().into_owned()), token_command }
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token, token_command } = self;
        f.debug_struct("Env").field("token", &token.is_some()).field("token_command", &token_command.is_some()).finish()
    }
}

/// Where a token is or may be kept. Its `Display` continues a sentence like "the token is in …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `GROUPME_TOKEN`.
    Environment,
    /// The setting `token_command`.
    Command,
    /// The operating system's secret store.
    Keyring,
    /// A file only its owner can read.
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => write!(f, "the environment variable {VARIABLE}"),
            Self::Command => f.write_str("the command set as token_command"),
            Self::Keyring => f.write_str("the system keyring"),
            Self::File(path) => write!(f, "the file {}, which only you can read", file::shown(path)),
        }
    }
}

/// A token and where it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The token.
    pub token: Token,
    /// Where it was.
    pub place: Place,
}

/// What a sign-out did.
#[derive(Debug, Default, PartialEq)]
pub struct Removal {
    /// Places a token was removed from.
    pub removed: Vec<Place>,
    /// Places that still give a token and that only the person can change.
    pub remaining: Vec<Place>,
    /// Places that may still hold one, because they could not be looked at or changed.
    pub failed: Vec<TokenError>,
}

/// Why a token could not be had, stored or removed. No text in here can hold a token.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TokenError {
    /// Something is there, but not a token.
    #[error("what is in {place} is no token: {why}")]
    NotAToken {
        /// Where.
        place: Place,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file or folder is not private.
    #[error("{what}, so its token is not used: run `{mend}`, and get a new token at dev.groupme.com if a stranger may have read it")]
    Exposed {
        /// What others can do.
        what: Shown,
        /// The command that mends it.
        mend: Shown,
    },
    /// A file is not what Lapel wrote there.
    #[error("{path} is {what}; remove it, then run `lapel login`")]
    Strange {
        /// The file.
        path: Shown,
        /// What it is.
        what: &'static str,
    },
    /// The command gave no token.
    #[error("token_command {0}; run it in a shell to see more, or set GROUPME_TOKEN")]
    Command(Shown),
    /// The keyring is there and does not work.
    #[error("the system keyring {0}; unlock it and try again, or set GROUPME_TOKEN")]
    Keyring(Shown),
    /// The keyring is not there.
    #[error("there is no system keyring here; choose the private file instead, or set GROUPME_TOKEN")]
    NoKeyring,
    /// A place that cannot be written.
    #[error("Lapel cannot store a token in {0}")]
    ReadOnly(Place),
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The places of one server's token.
#[derive(Clone)]
pub struct TokenStore {
    server: String,
    env: Env,
    file: PathBuf,
    keyring: Arc<dyn Keyring>,
}

impl fmt::Debug for TokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenStore").field("server", &self.server).field("file", &self.file).finish_non_exhaustive()
    }
}

impl TokenStore {
    /// The store for the server with this label ([`GROUPME`] for GroupMe's own); touches nothing.
    pub fn new(paths: &Paths, server: &str, env: Env) -> Self {
        Self { server: server.to_owned(), env, file: paths.token_file(server), keyring: keyring::system() }
    }

    /// The same without the operating system's keyring, for tests and for people who do not want it asked.
    #[must_use]
    pub fn without_keyring(self) -> Self {
        Self { keyring: Arc::new(keyring::Absent), ..self }
    }

    /// The token in use: the first one found. `None` means not signed in.
    ///
    /// # Errors
    /// When the place whose turn it is holds something that cannot be used. A keyring that does not answer does not hide a file.
    pub fn find(&self) -> Result<Option<Found>, TokenError> {
        if let Some(value) = self.variable() {
            return found(value, Place::Environment).map(Some);
        }
        if let Some(command) = self.command() {
            let output = command::first_line(command, command::LIMIT).map_err(TokenError::Command)?;
            return found(&output, Place::Command).map(Some);
        }
        let from_keyring = self.ask_keyring();
        if let Ok(Some(token)) = &from_keyring {
            return found(token, Place::Keyring).map(Some);
        }
        if let Some(text) = private_file::read(&self.file)? {
            return found(&text, Place::File(self.file.clone())).map(Some);
        }
        match from_keyring {
            Err(KeyringError::Trouble(why)) => Err(TokenError::Keyring(why)),
            Ok(_) | Err(KeyringError::Absent) => Ok(None),
        }
    }

    /// Where a token can be stored here, best first. The keyring is in it only if it answers a question.
    pub fn places(&self) -> Vec<Place> {
        let keyring = self.ask_keyring().is_ok().then_some(Place::Keyring);
        keyring.into_iter().chain([Place::File(self.file.clone())]).collect()
    }

    /// Stores the token in a place that [`TokenStore::places`] named, and removes an older one from the other. When that fails (a
    /// locked keyring), it is only logged: the new token is stored, and `logout` will name what could not be removed.
    ///
    /// # Errors
    /// When it is not stored.
    pub fn store(&self, token: &Token, place: &Place) -> Result<(), TokenError> {
        let older = match place {
            Place::Environment | Place::Command => return Err(TokenError::ReadOnly(place.clone())),
            Place::Keyring => {
                let (server, token) = (self.server.clone(), token.clone());
                self.keyring(WRITE_LIMIT, move |keyring| keyring.write(&server, token.reveal())).map_err(|error| match error {
                    KeyringError::Absent => TokenError::NoKeyring,
                    KeyringError::Trouble(why) => TokenError::Keyring(why),
                })?;
                private_file::remove(&self.file)
            }
            Place::File(_) => {
                private_file::write(&self.file, token)?;
                self.remove_from_keyring()
            }
        };
        if let Err(error) = older {
            tracing::warn!(%error, "an older token may be left");
        }
        Ok(())
    }

    /// Says where a token was stored, and which place would still be asked before it.
    pub fn stored_in(&self, place: &Place) -> String {
        let first = self.variable().map(|_| Place::Environment).or_else(|| self.command().map(|_| Place::Command));
        match first {
            Some(first) => {
                format!("The token is kept in {place}, but {first} comes first: without removing that, the next start uses the old token")
            }
            None => format!("The token is kept in {place}"),
        }
    }

    /// Removes this server's token from every place Lapel can change.
    pub fn remove_everywhere(&self) -> Removal {
        let mut removal = Removal::default();
        let stored = [(Place::Keyring, self.remove_from_keyring()), (Place::File(self.file.clone()), private_file::remove(&self.file))];
        for (place, outcome) in stored {
            match outcome {
                Ok(true) => removal.removed.push(place),
                Ok(false) => {}
                Err(error) => removal.failed.push(error),
            }
        }
        removal.remaining.extend(self.variable().map(|_| Place::Environment));
        removal.remaining.extend(self.command().map(|_| Place::Command));
        removal
    }

    fn variable(&self) -> Option<&str> {
        self.env.token.as_deref().filter(|value| !value.trim().is_empty())
    }

    /// The command gives the token for GroupMe; no other server may see it.
    fn command(&self) -> Option<&str> {
        self.env.token_command.as_deref().filter(|command| self.server == GROUPME && !command.trim().is_empty())
    }

    fn ask_keyring(&self) -> Result<Option<keyring::Secret>, KeyringError> {
        let server = self.server.clone();
        self.keyring(READ_LIMIT, move |keyring| keyring.read(&server))
    }

    fn remove_from_keyring(&self) -> Result<bool, TokenError> {
        let server = self.server.clone();
        match self.keyring(READ_LIMIT, move |keyring| keyring.delete(&server)) {
            Ok(removed) => Ok(removed),
            Err(KeyringError::Absent) => Ok(false),
            Err(KeyringError::Trouble(why)) => Err(TokenError::Keyring(why)),
        }
    }

    fn keyring<T: Send + 'static>(
        &self,
        limit: Duration,
        ask: impl FnOnce(&dyn Keyring) -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<T, KeyringError> {
        within(limit, &self.keyring, ask)
    }
}

fn found(text: &str, place: Place) -> Result<Found, TokenError> {
    match Token::parse(text) {
        Ok(token) => Ok(Found { token, place }),
        Err(why) => Err(TokenError::NotAToken { place, why }),
    }
}

#[cfg(test)]
mod tests;
