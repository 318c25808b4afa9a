//! Where tokens are kept, and the only way to them.
//!
//! Looked for in `GROUPME_TOKEN`, then the configured command, then with the accounts that are signed in, each of whose tokens is in
//! the operating system's keyring or in a private file. Each server has a list and entries of its own, so that a sandbox's token never
//! goes to GroupMe nor GroupMe's to a sandbox. Everything here may block for seconds (a keyring waits to be unlocked, a command for a
//! smart card) and belongs on a blocking thread.

mod accounts;
mod command;
mod error;
mod keyring;
mod place;
mod private_file;
mod removal;
#[cfg(feature = "keyring")]
mod system;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use self::accounts::Accounts;
pub use self::accounts::SignedIn;
pub use self::error::TokenError;
use self::keyring::{Keyring, KeyringError, Secret, within};
pub use self::place::{TokenLocation, VARIABLE};
use self::private_file::quoted;
pub use self::removal::Removal;
use super::file;
use super::paths::{GROUPME, Identity, Paths};
use crate::domain::{Id, RawText, SafeText, Token};

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
    /// What others can write of where that setting stands; the command could be theirs then, and is not run.
    pub planted: Option<PathBuf>,
}

impl Env {
    /// The process's environment, with the command from the settings in this file. Not Unicode counts as set, and then as no token.
    pub fn from_process(token_command: Option<String>, config: &Path) -> Self {
        let token = std::env::var_os(VARIABLE).map(|value| value.to_string_lossy().into_owned());
        let planted = token_command.as_ref().and_then(|_| file::open_to_others(config));
        Self { token, token_command, planted }
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token, token_command, planted: _ } = self;
        f.debug_struct("Env").field("token", &token.is_some()).field("token_command", &token_command.is_some()).finish()
    }
}

/// A token and where it was.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundToken {
    /// The token.
    pub token: Token,
    /// Where it was.
    pub place: TokenLocation,
    /// Whose it is, as far as is known before the service was asked.
    pub account: Option<Id>,
}

/// The tokens for one server.
#[derive(Clone)]
pub struct TokenStore {
    server: String,
    env: Env,
    paths: Paths,
    accounts: Accounts,
    keyring: Arc<dyn Keyring>,
}

impl fmt::Debug for TokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenStore").field("server", &self.server).field("paths", &self.paths).finish_non_exhaustive()
    }
}

impl TokenStore {
    /// The store for the server with this label ([`GROUPME`] for GroupMe's own); touches nothing.
    pub fn new(paths: &Paths, server: &str, env: Env) -> Self {
        #[cfg(feature = "keyring")]
        let keyring = Arc::new(system::System);
        #[cfg(not(feature = "keyring"))]
        let keyring = Arc::new(keyring::NoKeyring);
        let accounts = Accounts::new(paths, server);
        Self { server: server.to_owned(), env, paths: paths.clone(), accounts, keyring }
    }

    /// The same without the operating system's keyring, for tests and for people who do not want it asked.
    #[must_use]
    pub fn without_keyring(self) -> Self {
        Self { keyring: Arc::new(keyring::NoKeyring), ..self }
    }

    /// The token that needs no looking for: the variable's.
    ///
    /// # Errors
    /// When the variable holds something that is no token.
    pub fn at_hand(&self) -> Result<Option<FoundToken>, TokenError> {
        self.variable().map(|value| found(value, TokenLocation::Environment, None)).transpose()
    }

    /// The token in use: the first one found. `None` means that nobody is signed in.
    ///
    /// # Errors
    /// When the place whose turn it is holds something that cannot be used; nothing else is used instead.
    pub fn find(&self) -> Result<Option<FoundToken>, TokenError> {
        if let Some(found) = self.at_hand()? {
            return Ok(Some(found));
        }
        if let Some(command) = self.command() {
            if let Some(path) = &self.env.planted {
                return Err(TokenError::Planted { path: file::shown(path), mend: SafeText::line(format!("chmod go-w {}", quoted(path))) });
            }
            let output = command::first_line(command, command::LIMIT).map_err(TokenError::Command)?;
            return found(&output, TokenLocation::Command, None).map(Some);
        }
        match self.accounts()?.first() {
            Some(account) => self.find_of(account).map(Some),
            None => self.find_alone(),
        }
    }

    /// The accounts that are signed in, the one used last first.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn accounts(&self) -> Result<Vec<SignedIn>, TokenError> {
        self.accounts.read()
    }

    /// The token of an account that is signed in, whatever comes first otherwise.
    ///
    /// # Errors
    /// When it is not where it was put, or cannot be used.
    pub fn find_of(&self, account: &SignedIn) -> Result<FoundToken, TokenError> {
        let (place, entry) = (self.place_of(account), self.entry(account));
        let text = match &place {
            TokenLocation::File(path) => private_file::read(path)?,
            _ => match self.ask_keyring(&entry) {
                Ok(text) => text,
                Err(KeyringError::Absent) => return Err(TokenError::Elsewhere(account.name.line())),
                Err(KeyringError::Trouble(why)) => return Err(TokenError::Keyring(why)),
            },
        };
        match text {
            Some(text) => found(&text, place, Some(account.id.clone())),
            None => Err(TokenError::Gone { name: account.name.line(), place }),
        }
    }

    /// A token of the time when there was one a server; whose it is only the service can tell, see [`TokenStore::told`].
    fn find_alone(&self) -> Result<Option<FoundToken>, TokenError> {
        let from_keyring = self.ask_keyring(&self.server);
        if let Ok(Some(token)) = &from_keyring {
            return found(token, TokenLocation::Keyring, None).map(Some);
        }
        let file = self.paths.token_file(&self.server);
        if let Some(text) = private_file::read(&file)? {
            return found(&text, TokenLocation::File(file), None).map(Some);
        }
        match from_keyring {
            Err(KeyringError::Trouble(why)) => Err(TokenError::Keyring(why)),
            Ok(_) | Err(KeyringError::Absent) => Ok(None),
        }
    }

    /// Where this account's token is.
    pub fn place_of(&self, account: &SignedIn) -> TokenLocation {
        if account.keyring {
            TokenLocation::Keyring
        } else if account.alone {
            TokenLocation::File(self.paths.token_file(&self.server))
        } else {
            self.file_of(&account.id)
        }
    }

    /// The file that an account's token can be kept in.
    pub fn file_of(&self, account: &Id) -> TokenLocation {
        TokenLocation::File(self.paths.account_token_file(&self.identity(account)))
    }

    /// Whether the keyring answers a question.
    pub fn has_keyring(&self) -> bool {
        self.ask_keyring(&self.server).is_ok()
    }

    /// Keeps an account's token, and removes an older one of it from elsewhere; the account is the one used from now on. When an older
    /// one cannot be removed (a locked keyring), that is only logged.
    ///
    /// # Errors
    /// When it is not kept. A place that is not [`TokenLocation::Keyring`] or [`TokenStore::file_of`] the account is none.
    pub fn store(&self, token: &Token, account: &Id, name: &RawText, place: &TokenLocation) -> Result<(), TokenError> {
        let account = SignedIn { id: account.clone(), name: name.clone(), keyring: *place == TokenLocation::Keyring, alone: false };
        match place {
            TokenLocation::Environment | TokenLocation::Command => return Err(TokenError::ReadOnly(place.clone())),
            TokenLocation::Keyring => {
                let (entry, token) = (self.entry(&account), token.clone());
                self.keyring(WRITE_LIMIT, move |keyring| keyring.write(&entry, token.reveal())).map_err(|error| match error {
                    KeyringError::Absent => TokenError::NoKeyring,
                    KeyringError::Trouble(why) => TokenError::Keyring(why),
                })?;
            }
            TokenLocation::File(path) => private_file::write(path, token)?,
        }
        let mut older = Vec::new();
        self.accounts.change(|list| {
            if list.is_empty() {
                // Whose the token of a time without a list is nobody knows; as then, the newer one replaces it.
                older.extend([true, false].map(|keyring| SignedIn { keyring, ..SignedIn::unlisted() }));
            }
            older.extend(list.extract_if(.., |other| other.id == account.id));
            list.insert(0, account.clone());
        })?;
        for older in older.iter().filter(|older| self.place_of(older) != *place || older.alone) {
            if let Err(error) = self.remove_token(older) {
                tracing::warn!(%error, "an older token may be left");
            }
        }
        Ok(())
    }

    /// Takes note of whose a token in use is, as the service has told: what the account is called now, and that a token of the time when
    /// there was one a server is this account's.
    ///
    /// # Errors
    /// When the list cannot be read or written.
    pub fn told(&self, token: &Token, account: &Id, name: &RawText) -> Result<(), TokenError> {
        if self.accounts()?.iter().any(|known| known.id == *account && known.name != *name) {
            return self.accounts.change(|list| {
                list.iter_mut().filter(|known| known.id == *account).for_each(|known| known.name = name.clone());
            });
        }
        // Where another place comes first the keyring is not asked.
        let unlisted = if self.first().is_none() { self.unlisted()? } else { None };
        match unlisted.filter(|found| found.token == *token) {
            Some(found) => self.adopt(&found, account, name),
            None => Ok(()),
        }
    }

    /// The token of the time when there was one a server, as long as it is in no list.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn unlisted(&self) -> Result<Option<FoundToken>, TokenError> {
        if self.accounts()?.is_empty() { self.find_alone() } else { Ok(None) }
    }

    /// Puts the account that an unlisted token belongs to on the list.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn adopt(&self, unlisted: &FoundToken, account: &Id, name: &RawText) -> Result<(), TokenError> {
        let account = SignedIn { id: account.clone(), name: name.clone(), keyring: unlisted.place == TokenLocation::Keyring, alone: true };
        self.accounts.change(|list| list.push(account))
    }

    /// Makes an account the one that is used unless another is asked for.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn choose(&self, account: &Id) -> Result<(), TokenError> {
        self.accounts.change(|list| {
            if let Some(at) = list.iter().position(|known| known.id == *account) {
                list[..=at].rotate_right(1);
            }
        })
    }

    /// What comes before every account that is signed in, if anything does.
    pub fn first(&self) -> Option<TokenLocation> {
        self.variable().map(|_| TokenLocation::Environment).or_else(|| self.command().map(|_| TokenLocation::Command))
    }

    /// Says where a token was stored, and which place would still be asked before it.
    pub fn stored_in(&self, place: &TokenLocation) -> String {
        match self.first() {
            Some(first) => {
                format!("The token is kept in {place}, but {first} comes first: without removing that, the next start uses the old token")
            }
            None => format!("The token is kept in {place}"),
        }
    }

    fn variable(&self) -> Option<&str> {
        self.env.token.as_deref().filter(|value| !value.trim().is_empty())
    }

    /// The command gives the token for GroupMe; no other server may see it.
    fn command(&self) -> Option<&str> {
        self.env.token_command.as_deref().filter(|command| self.server == GROUPME && !command.trim().is_empty())
    }

    fn identity(&self, account: &Id) -> Identity {
        Identity::new(self.server.clone(), account.clone())
    }

    /// What the account's token is called in the keyring.
    fn entry(&self, account: &SignedIn) -> String {
        if account.alone { self.server.clone() } else { self.identity(&account.id).file_stem() }
    }

    fn ask_keyring(&self, entry: &str) -> Result<Option<Secret>, KeyringError> {
        let entry = entry.to_owned();
        self.keyring(READ_LIMIT, move |keyring| keyring.read(&entry))
    }

    fn keyring<T: Send + 'static>(
        &self,
        limit: Duration,
        ask: impl FnOnce(&dyn Keyring) -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<T, KeyringError> {
        within(limit, &self.keyring, ask)
    }
}

fn found(text: &str, place: TokenLocation, account: Option<Id>) -> Result<FoundToken, TokenError> {
    match Token::parse(text) {
        Ok(token) => Ok(FoundToken { token, place, account }),
        Err(why) => Err(TokenError::NotAToken { place, why }),
    }
}

#[cfg(test)]
mod tests;
