//! Opens sessions: looks for tokens, starts the demo, lists accounts, keeps tokens.
//!
//! A keyring may wait to be unlocked and a token command for a key to be touched, so none of this happens on the loop: what comes of
//! it arrives as a message.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

use super::disk::Disk;
use crate::base::entrance::{AcceptedToken, NewSession, TokenStored};
use crate::base::{Msg, SignInReason};
use crate::domain::text::capitalised;
use crate::domain::{Id, RawText, SafeText, Token};
use crate::io::token_store::{FoundToken, TokenError, TokenLocation, TokenStore};
use crate::sandbox::{Options, Sandbox};

/// Where sessions come from.
#[derive(Debug)]
pub(super) struct Sessions {
    out: mpsc::UnboundedSender<Msg>,
    /// Without tokens on it there is none to be found or kept.
    disk: Option<Disk>,
    /// The demo's server, from its start until a session begins on it.
    demo: Arc<Mutex<Option<Sandbox>>>,
}

impl Sessions {
    pub(super) fn new(out: mpsc::UnboundedSender<Msg>, disk: Option<Disk>) -> Self {
        Self { out, disk, demo: Arc::default() }
    }

    /// Opens a session; it arrives as [`Msg::Opened`].
    pub(super) fn open(&self, entrance: SignInReason) {
        if entrance == SignInReason::Demo {
            let (out, demo) = (self.out.clone(), Arc::clone(&self.demo));
            tokio::spawn(async move {
                let opened = start_demo(&demo).await.map(|opened| Some(Box::new(opened)));
                let _ = out.send(Msg::Opened(entrance, opened));
            });
            return;
        }
        self.ask(move |disk| {
            let opened = disk.map_or(Ok(None), |(disk, tokens)| find(&entrance, disk, tokens));
            Msg::Opened(entrance, opened.map(|opened| opened.map(Box::new)).map_err(|error| said(&error)))
        });
    }

    /// The demo that was started last.
    pub(super) fn take_demo(&self) -> Option<Sandbox> {
        self.demo.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Says who is signed in, as [`Msg::Accounts`].
    pub(super) fn list(&self) {
        self.ask(|disk| {
            let accounts = disk.map_or(Ok(Vec::new()), |(_, tokens)| tokens.accounts());
            Msg::Accounts(
                accounts.map(|all| all.into_iter().map(|account| (account.id, account.name)).collect()).map_err(|error| said(&error)),
            )
        });
    }

    /// Keeps a token, in the file if so, else in the keyring; what became of it arrives as [`Msg::TokenStored`].
    pub(super) fn store(&self, accepted: AcceptedToken, in_file: bool) {
        let Some(tokens) = self.disk.as_ref().and_then(|disk| disk.tokens.clone()) else { return };
        let out = self.out.clone();
        tokio::task::spawn_blocking(move || {
            let file = tokens.file_of(&accepted.account);
            let place = if in_file { file.clone() } else { TokenLocation::Keyring };
            let stored = match tokens.store(&accepted.token, &accepted.account, &accepted.name, &place) {
                Ok(()) => TokenStored::Kept(SafeText::line(tokens.stored_in(&place))),
                Err(error) => TokenStored::NotKept { accepted, why: said(&error), file: SafeText::line(file.to_string()) },
            };
            let _ = out.send(Msg::TokenStored(stored));
        });
    }

    /// Removes an account's token; what became of it arrives as [`Msg::SignedOut`].
    pub(super) fn sign_out(&self, account: Id) {
        self.ask(move |disk| {
            let removed = disk.map_or(Ok("Signed out; the token was kept nowhere".to_owned()), |(_, tokens)| remove(tokens, &account));
            Msg::SignedOut(removed.map(SafeText::line).map_err(SafeText::line))
        });
    }

    /// Looks where tokens are kept, and sends what came of it.
    fn ask(&self, look: impl FnOnce(Option<(&Disk, &TokenStore)>) -> Msg + Send + 'static) {
        let (out, disk) = (self.out.clone(), self.disk.clone());
        tokio::task::spawn_blocking(move || {
            let found = disk.as_ref().and_then(|disk| Some((disk, disk.tokens.as_ref()?)));
            let _ = out.send(look(found));
        });
    }
}

/// Notes whose a token in use is.
pub(super) fn told(tokens: TokenStore, token: Token, account: Id, name: RawText) {
    tokio::task::spawn_blocking(move || {
        if let Err(error) = tokens.told(&token, &account, &name) {
            tracing::warn!(%error, "whose the token is was not noted");
        }
    });
}

fn find(entrance: &SignInReason, disk: &Disk, tokens: &TokenStore) -> Result<Option<NewSession>, TokenError> {
    let (SignInReason::First(Some(id)) | SignInReason::Account(id)) = entrance else { return Ok(tokens.find()?.map(opened)) };
    let Some(account) = tokens.accounts()?.into_iter().find(|account| account.id == *id) else { return Ok(None) };
    let mut opened = opened(tokens.find_of(&account)?);
    if let SignInReason::Account(_) = entrance {
        // The session begins all the same; only the next start will not be with it.
        if let Err(error) = tokens.choose(id) {
            tracing::warn!(%error, "the next start will be with another account");
        }
        opened.cache = disk.cache_of(id);
    }
    Ok(Some(opened))
}

/// What was removed from where, or why nothing was.
fn remove(tokens: &TokenStore, account: &Id) -> Result<String, String> {
    let listed = tokens.accounts().map_err(|error| error.to_string())?;
    let Some(account) = listed.into_iter().find(|listed| listed.id == *account) else {
        return match tokens.first() {
            Some(first) => Err(format!("The token in use comes from {first}; only you can remove it there")),
            None => Ok("Signed out; the token was kept nowhere".to_owned()),
        };
    };
    let removal = tokens.remove(&account);
    if let Some(error) = removal.failed.first() {
        return Err(capitalised(&error.to_string()));
    }
    let places: Vec<String> = removal.removed.iter().map(|(_, place)| place.to_string()).collect();
    let from = if places.is_empty() { String::new() } else { format!(": the token was removed from {}", places.join(" and ")) };
    Ok(format!("Signed out of {}{from}", account.name.line()))
}

fn opened(found: FoundToken) -> NewSession {
    NewSession { token: found.token, account: found.account, cache: None }
}

async fn start_demo(demo: &Mutex<Option<Sandbox>>) -> Result<NewSession, SafeText> {
    let sandbox =
        Sandbox::start(Options::default()).await.map_err(|error| SafeText::line(format!("the demo could not be started: {error}")))?;
    let token = Token::parse(sandbox.token()).map_err(SafeText::line)?;
    *demo.lock().unwrap_or_else(PoisonError::into_inner) = Some(sandbox);
    Ok(NewSession { token, account: None, cache: None })
}

fn said(error: &TokenError) -> SafeText {
    SafeText::line(error.to_string())
}
