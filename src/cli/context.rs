//! What every command needs: which server, which token, which files.

use crate::api::{ApiError, Service};
use crate::base::Job;
use crate::base::Outcome;
use crate::domain::{Account, Token};
use crate::io::client::{Client, Server};
use crate::io::config::Config;
use crate::io::log::Masker;
use crate::io::paths::{GROUPME, Paths};
use crate::io::token_store::{Env, Found, TokenStore};
use crate::jobs;
use crate::sandbox::{Options, Sandbox};

use super::args::{Args, Global};
use super::exit::Failure;
use super::output;

/// The surroundings of a command.
#[derive(Debug)]
pub struct Context {
    /// Options of every command.
    pub global: Global,
    /// The settings.
    pub config: Config,
    /// Which server.
    pub server: Server,
    /// The server's name in file names and sentences.
    pub label: String,
    /// Where files live.
    pub paths: Paths,
    /// Where tokens live.
    pub tokens: TokenStore,
    /// Masks the token in whatever is logged.
    pub masker: Masker,
    /// The built-in sandbox, while it serves this command.
    pub sandbox: Option<Sandbox>,
}

impl Context {
    /// Finds everything out, says what is wrong with the settings, and starts the sandbox for `--demo`.
    ///
    /// # Errors
    /// When the server's address is no good, or there is no place for files.
    pub async fn new(args: Args) -> Result<Self, Failure> {
        let context = Self::quiet(args).await?;
        let complaints = context.config.complaints();
        if let Some(first) = complaints.first() {
            let more = if complaints.len() > 1 { "; `lapel config` says more" } else { "" };
            output::note(format!("lapel: warning: {first}{more}"));
        }
        Ok(context)
    }

    /// The same for those who say themselves what is wrong with the settings.
    ///
    /// # Errors
    /// When the server's address is no good, or there is no place for files.
    pub async fn quiet(args: Args) -> Result<Self, Failure> {
        let global = args.global;
        let sandbox = if global.demo { Some(start_sandbox().await?) } else { None };
        let address = sandbox.as_ref().map(Sandbox::url).or_else(|| global.address());
        let server = match &address {
            Some(address) => Server::parse(address).map_err(Failure::usage)?,
            None => Server::groupme(),
        };
        let label = if sandbox.is_some() { "sandbox".to_owned() } else { label_of(&server) };
        let paths = Paths::from_env().map_err(|error| Failure::failed(error.to_string()))?;
        let config = Config::load(&paths);
        let tokens = TokenStore::new(&paths, &label, Env::from_process(config.reading.token_command.clone()));
        Ok(Self { global, config, server, label, paths, tokens, masker: Masker::new(), sandbox })
    }

    /// The token in use and where it is; `None` when nobody is signed in.
    ///
    /// # Errors
    /// When there is one that cannot be used.
    pub fn token(&self) -> Result<Option<Token>, Failure> {
        let token = match &self.sandbox {
            Some(sandbox) => Token::parse(sandbox.token()).ok(),
            None => self.tokens.find().map_err(|error| Failure::signed_out(error.to_string()))?.map(|Found { token, .. }| token),
        };
        if let Some(token) = &token {
            self.masker.set(token.clone());
        }
        Ok(token)
    }

    /// A client with the token in use.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn client(&self) -> Result<Client, Failure> {
        let token = self.token()?.ok_or_else(|| Failure::from(ApiError::SignedOut))?;
        Ok(Client::new(self.server.clone(), Some(token)))
    }

    /// The account.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn account(&self, service: &impl Service) -> Result<Account, Failure> {
        match jobs::run(service, &Job::Me).await? {
            Outcome::Account(account) => Ok(*account),
            _ => Err(Failure::from(ApiError::WrongAccount)),
        }
    }
}

/// What a server is called in the names of files.
pub(super) fn label_of(server: &Server) -> String {
    if server.is_groupme() { GROUPME.to_owned() } else { server.label().to_owned() }
}

async fn start_sandbox() -> Result<Sandbox, Failure> {
    Sandbox::start(Options::default()).await.map_err(|error| Failure::failed(format!("the sandbox could not be started: {error}")))
}
