//! Signing out: tokens are removed from every place Lapel can change, and what remains is named.

use super::error::TokenError;
use super::keyring::KeyringError;
use super::place::TokenLocation;
use super::{READ_LIMIT, SignedIn, TokenStore, private_file};
use crate::domain::SafeText;

/// What a sign-out did.
#[derive(Debug, Default, PartialEq)]
pub struct Removal {
    /// Whose token was removed, empty where that is not known, and from where.
    pub removed: Vec<(SafeText, TokenLocation)>,
    /// Places that still give a token and that only the person can change.
    pub remaining: Vec<TokenLocation>,
    /// Places that may still hold one, because they could not be looked at or changed.
    pub failed: Vec<TokenError>,
}

impl TokenStore {
    /// Removes the token of one account.
    pub fn remove(&self, account: &SignedIn) -> Removal {
        let mut removal = Removal::default();
        self.sign_out(account, &mut removal);
        removal
    }

    /// Removes every token for this server.
    pub fn remove_everywhere(&self) -> Removal {
        let mut removal = Removal::default();
        let accounts = self.accounts().unwrap_or_else(|error| {
            removal.failed.push(error);
            Vec::new()
        });
        accounts.iter().chain([&SignedIn::unlisted()]).for_each(|account| self.sign_out(account, &mut removal));
        removal.remaining.extend(self.variable().map(|_| TokenLocation::Environment));
        removal.remaining.extend(self.command().map(|_| TokenLocation::Command));
        removal
    }

    /// Which tokens a removal would find, of one account or of all: whose, and where.
    pub fn removable(&self, only: Option<&SignedIn>) -> Vec<(SafeText, TokenLocation)> {
        let accounts = only.map_or_else(|| self.accounts().unwrap_or_default(), |account| vec![account.clone()]);
        let unlisted = only.is_none().then(SignedIn::unlisted);
        let places =
            accounts.into_iter().chain(unlisted).flat_map(|account| [true, false].map(|keyring| SignedIn { keyring, ..account.clone() }));
        let there = |account: &SignedIn| match self.place_of(account) {
            TokenLocation::File(path) => private_file::exists_and_is_no_link(&path).unwrap_or_default(),
            _ => matches!(self.ask_keyring(&self.entry(account)), Ok(Some(_))),
        };
        places.filter(there).map(|account| (account.name.line(), self.place_of(&account))).collect()
    }

    /// Looks for the token in both places, wherever it should be. An account whose token could not be removed stays on the list, or
    /// nobody would know of it any more.
    fn sign_out(&self, account: &SignedIn, removal: &mut Removal) {
        let failed = removal.failed.len();
        for keyring in [true, false] {
            let there = SignedIn { keyring, ..account.clone() };
            match self.remove_token(&there) {
                Ok(true) => removal.removed.push((account.name.line(), self.place_of(&there))),
                Ok(false) => {}
                Err(TokenError::Elsewhere(_)) if !account.keyring => {}
                Err(error) => removal.failed.push(error),
            }
        }
        if removal.failed.len() == failed
            && let Err(error) = self.accounts.change(|list| list.retain(|other| other.id != account.id))
        {
            removal.failed.push(error);
        }
    }

    /// Removes the token of an account from where the list says it is; says whether it was there.
    pub(super) fn remove_token(&self, account: &SignedIn) -> Result<bool, TokenError> {
        let entry = match self.place_of(account) {
            TokenLocation::File(path) => return private_file::remove(&path),
            _ => self.entry(account),
        };
        self.keyring(READ_LIMIT, move |keyring| keyring.delete(&entry)).map_err(|error| match error {
            KeyringError::Absent => TokenError::Elsewhere(account.name.line()),
            KeyringError::Trouble(why) => TokenError::Keyring(why),
        })
    }
}
