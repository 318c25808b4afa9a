//! `lapel login`, `logout`, `status`: the token.

use std::io::{BufRead, IsTerminal, Read};

use secrecy::zeroize::Zeroizing;
use serde_json::{Value as Json, json};

use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::ApiError;
use crate::domain::{Account, Id, SafeText, Token};
use crate::io::token_store::{SignedIn, TokenError, TokenLocation};
use crate::io::words::words;
use crate::runtime::capabilities::Capabilities;
use crate::runtime::input::{ESCAPE, ESCAPE_FAR};
use crate::runtime::prompt::{self, PromptAnswer};

/// Bytes in which a line with a token must end.
const LONGEST_LINE: u64 = 16 << 10;

/// Asks for a token, tries it, and puts it away beside those of other accounts.
pub(super) async fn login(context: &Context) -> Result<(), Failure> {
    let token = read_token().await?;
    context.masker.set(token.clone());
    let client = output::heard(&context.client_with(Some(token.clone())));
    let account = context.account(&client).await?;
    let name = account.profile.name.clone().unwrap_or_default();
    if context.global.dry_run {
        let place = if context.tokens.has_keyring() { TokenLocation::Keyring } else { context.tokens.file_of(&account.id) };
        output::note(format!("The token is that of {} ({}). Would keep it in {place}; nothing was kept.", name.line(), account.id.shown()));
        return Ok(());
    }
    adopt_unlisted(context).await;
    let place = choose_place(context, &account.id)?;
    context.tokens.store(&token, &account.id, &name, &place).map_err(|error| failure(&error))?;
    output::note(format!("Signed in as {} ({}). {}.", name.line(), account.id.shown(), context.tokens.stored_in(&place)));
    if context.global.json {
        return output::json(&json!({"id": account.id, "name": name.line().as_str(), "token_place": place.to_string()}));
    }
    let others = context.tokens.accounts().map_or(0, |accounts| accounts.len().saturating_sub(1));
    if others > 0 {
        output::note("It is the account used from now on; `lapel status` lists all, and --account names another.");
    }
    Ok(())
}

/// A token from the time when there was one account a server would be replaced like the account's own older one. Whose it is has to be
/// known for it to stay; where the service does not say, it is of no use anyway.
async fn adopt_unlisted(context: &Context) {
    let Ok(Some(found)) = context.tokens.unlisted() else { return };
    context.masker.set(found.token.clone());
    let client = context.client_with(Some(found.token.clone()));
    if let Ok(account) = context.account(&client).await
        && let Err(error) = context.tokens.adopt(&found, &account.id, &account.profile.name.clone().unwrap_or_default())
    {
        tracing::warn!(%error, "the earlier account is not listed");
    }
}

async fn read_token() -> Result<Token, Failure> {
    let trouble = |error: &std::io::Error| Failure::usage(format!("the token could not be read: {}", words(error)));
    if std::io::stdin().is_terminal() {
        output::say("Your token is at dev.groupme.com, under \"Access Token\" in the top bar. It stays hidden while you paste it.");
        let escape = if Capabilities::from_env().ssh { ESCAPE_FAR } else { ESCAPE };
        return match prompt::hidden("Token: ", escape).await.map_err(|error| trouble(&error))? {
            PromptAnswer::Line(typed) => Token::parse(&typed).map_err(Failure::usage),
            PromptAnswer::None => Token::parse("").map_err(Failure::usage),
            PromptAnswer::Signal(number) => Err(Failure::signalled(number)),
        };
    }
    if output::can_ask() {
        output::say("Your token, which is at dev.groupme.com under \"Access Token\" in the top bar, on a line:");
    }
    // A pipe need not end, nor a line in it.
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().take(LONGEST_LINE).read_line(&mut line).map_err(|error| trouble(&error))?;
    if line.len() as u64 == LONGEST_LINE {
        return Err(Failure::usage("this is no token: the first line on standard input is far too long"));
    }
    Token::parse(&line).map_err(Failure::usage)
}

/// The keyring if there is one. A file only when somebody says so: it is less safe.
fn choose_place(context: &Context, account: &Id) -> Result<TokenLocation, Failure> {
    if context.tokens.has_keyring() {
        return Ok(TokenLocation::Keyring);
    }
    let file = context.tokens.file_of(account);
    if context.global.yes {
        return Ok(file);
    }
    let question = format!("There is no system keyring here. Keep the token in {file}?");
    if !output::can_ask() {
        return Err(Failure::usage(format!("{question} Say so with --yes, or set GROUPME_TOKEN instead.")));
    }
    if output::ask(&question) { Ok(file) } else { Err(Failure::failed("the token was not kept; set GROUPME_TOKEN to use it")) }
}

/// Removes every token from every place, or one account's.
pub(super) fn logout(context: &Context) -> Result<(), Failure> {
    let only = context.global.account.as_ref().map(|query| context.signed_in(query)).transpose()?;
    if context.global.dry_run {
        let places = context.tokens.removable(only.as_ref());
        for (whose, place) in &places {
            output::note(format!("Would remove the token{} from {place}.", of(whose)));
        }
        if places.is_empty() {
            output::note("No token is kept.");
        }
        return Ok(());
    }
    let removal = match &only {
        Some(account) => context.tokens.remove(account),
        None => context.tokens.remove_everywhere(),
    };
    for (whose, place) in &removal.removed {
        output::note(format!("The token{} was removed from {place}.", of(whose)));
    }
    if removal.removed.is_empty() && removal.failed.is_empty() {
        output::note("No token was kept.");
    }
    for place in &removal.remaining {
        output::note(format!("A token is still in {place}; only you can remove it there."));
    }
    if context.global.json {
        let place = |(whose, place): &(SafeText, TokenLocation)| json!({"account": whose.as_str(), "token_place": place.to_string()});
        let removed: Vec<Json> = removal.removed.iter().map(place).collect();
        let remaining: Vec<String> = removal.remaining.iter().map(ToString::to_string).collect();
        output::json(&json!({"removed": removed, "remaining": remaining}))?;
    }
    if context.global.account.is_some()
        && let Some(next) = context.tokens.accounts().ok().and_then(|accounts| accounts.into_iter().next())
    {
        output::note(format!("{} is the account used from now on.", next.name.line()));
    }
    let mut failed: Vec<String> = removal.failed.iter().map(ToString::to_string).collect();
    failed.dedup();
    if failed.is_empty() { Ok(()) } else { Err(Failure::failed(failed.join("\n"))) }
}

/// Says who is signed in and where the tokens are. Only the account in use is asked about.
pub(super) async fn status(context: &Context) -> Result<(), Failure> {
    let found = if context.sandbox.is_some() { None } else { context.found()? };
    let place = match (&context.sandbox, &found) {
        (Some(_), _) => "the sandbox of this run".to_owned(),
        (None, Some(found)) => found.place.to_string(),
        (None, None) => return Err(Failure::from(ApiError::SignedOut)),
    };
    let asked = context.account(&context.client()?).await;
    if let (Some(found), Ok(account), false) = (&found, &asked, context.global.dry_run)
        && let Err(error) = context.tokens.told(&found.token, &account.id, &account.profile.name.clone().unwrap_or_default())
    {
        tracing::warn!(%error, "whose the token is was not noted");
    }
    let listed = if found.is_some() { context.tokens.accounts().unwrap_or_default() } else { Vec::new() };
    if context.global.json {
        let account = asked?;
        let row = |(at, account): (usize, &SignedIn)| {
            json!({
                "id": account.id,
                "name": account.name.line().as_str(),
                "token_place": context.tokens.place_of(account).to_string(),
                "default": at == 0,
            })
        };
        let accounts: Vec<Json> = listed.iter().enumerate().map(row).collect();
        let name = name_of(&account);
        output::json(&json!({"id": account.id, "name": name, "server": context.label, "token_place": place, "accounts": accounts}))?;
        return Ok(());
    }
    let default = |id: &Id| if listed.len() > 1 && listed[0].id == *id { ", the default" } else { "" };
    let line = |name: &str, id: &Id, place: &str| {
        output::line(format!("{name} ({}) on {}{}; the token is in {place}", id.shown(), context.label, default(id)))
    };
    if let Ok(account) = &asked {
        line(&name_of(account), &account.id, &place)?;
    }
    let in_use = asked.as_ref().ok().filter(|_| context.tokens.first().is_none()).map(|account| &account.id);
    for account in listed.iter().filter(|account| in_use != Some(&account.id)) {
        line(account.name.line().as_str(), &account.id, &context.tokens.place_of(account).to_string())?;
    }
    if let Some(first) = context.tokens.first().filter(|_| !listed.is_empty()) {
        output::note(format!("The token in {first} comes before those of all accounts."));
    }
    asked.map(drop)
}

/// ` of NAME`, where it is known whose a token is.
fn of(whose: &SafeText) -> String {
    if whose.as_str().is_empty() { String::new() } else { format!(" of {whose}") }
}

fn name_of(account: &Account) -> String {
    account.profile.name.as_ref().map(|name| name.line().into_string()).unwrap_or_default()
}

fn failure(error: &TokenError) -> Failure {
    Failure::failed(format!("the token works but was not kept: {error}"))
}
