//! What every command needs: which server, which token, which files.

use std::time::Duration;

use serde_json::json;

use crate::api::{ApiError, Call, RequestBody, RequestSpec, Service};
use crate::domain::pins::{Candidate, FindError, find};
use crate::domain::{Account, SafeText, Token, detail};
use crate::io::client::{Client, Server, Timeouts};
use crate::io::clock::Clock;
use crate::io::config::Config;
use crate::io::environment::{Environment, SERVER};
use crate::io::log::{self, Masker};
use crate::io::notes::Notes;
use crate::io::paths::{GROUPME, Paths};
use crate::io::token_store::{Env, FoundToken, SignedIn, TokenStore, VARIABLE};
use crate::jobs;
use crate::sandbox::{Options, Sandbox};

use super::args::{Args, Global};
use super::exit::Failure;
use super::output;
use crate::io::words::words;

/// The surroundings of a command.
#[derive(Debug)]
pub struct Context {
    /// Options of every command.
    pub global: Global,
    /// The address of the server, where one was asked for.
    pub address: Option<String>,
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
        let address = match &sandbox {
            Some(sandbox) => Some(sandbox.url()),
            None => global.address()?,
        };
        let source = if global.server.is_some() { "--server" } else { SERVER };
        let server = match &address {
            Some(address) => Server::parse(address).map_err(|why| Failure::usage(format!("{source}: {why}")))?,
            None => Server::groupme(),
        };
        if !server.is_here() {
            Environment::PROCESS.proxy()?;
        }
        Environment::PROCESS.check_folders()?;
        let label = if sandbox.is_some() { "sandbox".to_owned() } else { label_of(&server) };
        let paths = Paths::from_env().map_err(|error| Failure::failed(error.to_string()))?;
        let config = Config::load(&paths);
        let masker = Masker::new();
        if let Some(level) = Environment::PROCESS.log_level()? {
            log::start(&paths, level, masker.clone()).map_err(|error| Failure::failed(error.to_string()))?;
        }
        let tokens = TokenStore::new(&paths, &label, Env::from_process(config.reading.token_command.clone(), &config.path));
        Ok(Self { global, address, config, server, label, paths, tokens, masker, sandbox })
    }

    /// The token in use; `None` when nobody is signed in.
    ///
    /// # Errors
    /// When there is one that cannot be used, or `--account` names nobody.
    pub fn token(&self) -> Result<Option<Token>, Failure> {
        if self.sandbox.is_some() { self.token_at_hand() } else { Ok(self.found()?.map(|found| found.token)) }
    }

    /// The token in use outside the demo, and where it is.
    ///
    /// # Errors
    /// When there is one that cannot be used, or `--account` names nobody.
    pub fn found(&self) -> Result<Option<FoundToken>, Failure> {
        let found = match self.account_meant()? {
            Some(account) => self.tokens.find_of(&account).map(Some),
            None => self.tokens.find(),
        };
        let found = found.map_err(|error| Failure::signed_out(error.to_string()))?;
        if let Some(found) = &found {
            self.masker.set(found.token.clone());
        }
        Ok(found)
    }

    /// The token that need not be looked for: the demo's, or that of `GROUPME_TOKEN`.
    ///
    /// # Errors
    /// When it is no token.
    pub fn token_at_hand(&self) -> Result<Option<Token>, Failure> {
        let token = match &self.sandbox {
            Some(sandbox) => Token::parse(sandbox.token()).ok(),
            None => self.tokens.at_hand().map_err(|error| Failure::signed_out(error.to_string()))?.map(|found| found.token),
        };
        if let Some(token) = &token {
            self.masker.set(token.clone());
        }
        Ok(token)
    }

    /// The account that `--account` means.
    ///
    /// # Errors
    /// When nobody or several are meant, or another token comes first: what is asked for one account must not befall another.
    pub fn account_meant(&self) -> Result<Option<SignedIn>, Failure> {
        let Some(query) = &self.global.account else { return Ok(None) };
        if self.tokens.at_hand().is_ok_and(|found| found.is_none()) {
            return self.signed_in(query).map(Some);
        }
        Err(Failure::usage(format!("{VARIABLE} is set and comes before every account; unset it to use --account")))
    }

    /// The account with this id, or with this in its name.
    ///
    /// # Errors
    /// When there is none, or several.
    pub fn signed_in(&self, query: &str) -> Result<SignedIn, Failure> {
        let accounts = self.tokens.accounts().map_err(|error| Failure::signed_out(error.to_string()))?;
        let candidates = accounts.iter().map(|account| Candidate { id: account.id.clone(), name: Some(account.name.clone()) });
        let found = find(query, candidates).map_err(|error| match error {
            FindError::NotFound { query } => Failure::signed_out(format!(
                "no account that is signed in has the id or a name with \"{query}\" in it; `lapel status` lists them"
            )),
            several @ FindError::Ambiguous { .. } => Failure::usage(several.to_string()),
        })?;
        accounts.into_iter().find(|account| account.id == found).ok_or_else(|| Failure::from(ApiError::SignedOut))
    }

    /// A client with the token in use.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn client(&self) -> Result<Client, Failure> {
        let token = self.token()?.ok_or_else(|| Failure::from(ApiError::SignedOut))?;
        Ok(output::heard(&self.client_with(Some(token))))
    }

    /// A client for what needs no token.
    pub fn anonymous(&self) -> Client {
        output::heard(&self.client_with(None))
    }

    /// The service, silent about what it waits for, with as much patience as the command line allows.
    pub fn client_with(&self, token: Option<Token>) -> Client {
        let timeouts = self.global.timeout.map_or_else(Timeouts::default, |seconds| Timeouts::of(Duration::from_secs(seconds)));
        Client::with_patience(self.server.clone(), token, timeouts)
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        self.paths.clock()
    }

    /// A moment (seconds since 1970) for a person here.
    pub fn moment(&self, seconds: i64) -> SafeText {
        SafeText::line(detail::moment(seconds, self.clock().zone()))
    }

    /// Where this computer keeps what the service does not tell; nowhere in the demo, whose world begins anew each time.
    pub fn notes(&self) -> Notes {
        if self.sandbox.is_some() { Notes::nowhere(self.clock().clone()) } else { Notes::new(&self.paths, self.label.clone()) }
    }

    /// The account. What an earlier run left unfinished is explained on the way.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn account(&self, service: &impl Service) -> Result<Account, Failure> {
        let account = jobs::read::account(service, &self.notes()).await?;
        if !self.global.dry_run
            && let Some(text) = jobs::interrupted(&self.notes(), &account).await
        {
            output::note(format!("{text} (`lapel share on`)."));
        }
        Ok(account)
    }

    /// Asks before something that cannot be taken back, unless `--yes` answered already.
    ///
    /// # Errors
    /// When the answer is no, or nobody can be asked.
    pub fn confirm(&self, question: &str) -> Result<(), Failure> {
        if self.global.yes {
            Ok(())
        } else if !output::can_ask() {
            Err(Failure::usage(format!("{question} Nobody can be asked here: say so with --yes")))
        } else if output::ask(question) {
            Ok(())
        } else {
            Err(Failure::failed("nothing was changed"))
        }
    }

    /// Prints the requests of `--dry-run`: those that would change something, on the server in use, without the token.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn print_requests(&self, calls: &[Call]) -> Result<(), Failure> {
        if calls.is_empty() {
            output::note("Nothing would be sent: already up to date.");
        }
        let specs = || calls.iter().map(Call::spec);
        if self.global.json {
            let request = |spec: RequestSpec| {
                let body = if let RequestBody::Json(body) = &spec.body { body.clone() } else { serde_json::Value::Null };
                json!({"method": spec.method.name(), "url": spec.url_on(self.server.base_url(spec.host)), "body": body})
            };
            output::json(&specs().map(request).collect())
        } else {
            specs().try_for_each(|spec| output::line(output::escaped(&spec.line_on(self.server.base_url(spec.host)))))
        }
    }
}

/// What the editor cannot be asked for, drawn or plain.
///
/// # Errors
/// When it is asked for.
pub fn check_editor(global: &Global) -> Result<(), Failure> {
    if global.dry_run {
        return Err(Failure::usage("--dry-run is for commands; the editor shows what it would send before it does"));
    }
    Ok(())
}

/// What a server is called in the names of files.
pub(super) fn label_of(server: &Server) -> String {
    if server.is_groupme() { GROUPME.to_owned() } else { server.label().to_owned() }
}

async fn start_sandbox() -> Result<Sandbox, Failure> {
    Sandbox::start(Options::default())
        .await
        .map_err(|error| Failure::failed(format!("the sandbox could not be started: {}", words(&error))))
}
