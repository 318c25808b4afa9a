//! Where the token is kept, and the only way to it.
//!
//! Looked for in `GROUPME_TOKEN`, then the configured command, then the operating system's keyring, then a private file. Each server has
//! an entry of its own, so that a sandbox's token never goes to GroupMe nor GroupMe's to a sandbox. Everything here may block
//! for seconds (a keyring waits to be unlocked, a command for a smart card) and belongs on a blocking thread.

mod command;
mod error;
mod keyring;
mod place;
mod private_file;
#[cfg(feature = "keyring")]
mod system;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use self::error::TokenError;
use self::keyring::{Keyring, KeyringError, within};
pub use self::place::{Place, VARIABLE};
use super::paths::{GROUPME, Paths};
use crate::domain::Token;

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
        #[cfg(feature = "keyring")]
        let keyring = Arc::new(system::System);
        #[cfg(not(feature = "keyring"))]
        let keyring = Arc::new(keyring::Absent);
        Self { server: server.to_owned(), env, file: paths.token_file(server), keyring }
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

    /// Where [`TokenStore::remove_everywhere`] would find a token.
    pub fn removable(&self) -> Vec<Place> {
        let keyring = matches!(self.ask_keyring(), Ok(Some(_))).then_some(Place::Keyring);
        let file = private_file::exists_and_is_no_link(&self.file).unwrap_or_default().then(|| Place::File(self.file.clone()));
        keyring.into_iter().chain(file).collect()
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
