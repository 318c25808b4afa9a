//! `lapel login`, `logout`, `status`: the token.

use std::io::{BufRead, IsTerminal};

use serde_json::json;

use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::ApiError;
use crate::domain::Token;
use crate::io::client::Client;
use crate::io::token_store::{Place, TokenError};
use crate::io::words::words;

/// Asks for a token, tries it, and puts it away.
pub(super) async fn login(context: &Context) -> Result<(), Failure> {
    let token = read_token()?;
    context.masker.set(token.clone());
    let client = Client::new(context.server.clone(), Some(token.clone()));
    let account = context.account(&client).await?;
    let name = account.profile.name.as_ref().map(|name| name.line().into_string()).unwrap_or_default();
    if context.global.dry_run {
        let place = context.tokens.places().first().map(ToString::to_string).unwrap_or_default();
        output::note(format!("The token is that of {name} ({}). Would keep it in {place}; nothing was kept.", account.id.shown()));
        return Ok(());
    }
    let place = choose_place(context)?;
    context.tokens.store(&token, &place).map_err(|error| failure(&error))?;
    output::note(format!("Signed in as {name} ({}). {}.", account.id.shown(), context.tokens.stored_in(&place)));
    Ok(())
}

fn read_token() -> Result<Token, Failure> {
    let pasted = if std::io::stdin().is_terminal() {
        output::note("Your token is at dev.groupme.com, under \"Access Token\" in the top bar. It stays hidden while you paste it.");
        rpassword::prompt_password("Token: ").map_err(|error| Failure::usage(format!("the token could not be read: {}", words(&error))))?
    } else {
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| Failure::usage(format!("the token could not be read: {}", words(&error))))?;
        line
    };
    Token::parse(&pasted).map_err(Failure::usage)
}

/// The keyring if there is one. A file only when somebody says so: it is less safe.
fn choose_place(context: &Context) -> Result<Place, Failure> {
    let places = context.tokens.places();
    if let Some(keyring) = places.iter().find(|place| **place == Place::Keyring) {
        return Ok(keyring.clone());
    }
    let file = places.into_iter().next().ok_or_else(|| Failure::failed("there is no place to keep a token; set GROUPME_TOKEN instead"))?;
    if context.global.yes {
        return Ok(file);
    }
    let question = format!("There is no system keyring here. Keep the token in {file}?");
    if !output::can_ask() {
        return Err(Failure::usage(format!("{question} Say so with --yes, or set GROUPME_TOKEN instead.")));
    }
    if output::ask(&question) { Ok(file) } else { Err(Failure::failed("the token was not kept; set GROUPME_TOKEN to use it")) }
}

/// Removes the token from every place.
pub(super) fn logout(context: &Context) -> Result<(), Failure> {
    if context.global.dry_run {
        let places = context.tokens.removable();
        for place in &places {
            output::note(format!("Would remove the token from {place}."));
        }
        if places.is_empty() {
            output::note("No token is kept.");
        }
        return Ok(());
    }
    let removal = context.tokens.remove_everywhere();
    for place in &removal.removed {
        output::note(format!("The token was removed from {place}."));
    }
    if removal.removed.is_empty() && removal.failed.is_empty() {
        output::note("No token was kept.");
    }
    for place in &removal.remaining {
        output::note(format!("A token is still in {place}; only you can remove it there."));
    }
    let failed: Vec<String> = removal.failed.iter().map(ToString::to_string).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::failed(failed.join("\n"))) }
}

/// Says who is signed in and where the token is.
pub(super) async fn status(context: &Context) -> Result<(), Failure> {
    let found = context.tokens.find().map_err(|error| Failure::signed_out(error.to_string()))?;
    let place = match (&context.sandbox, &found) {
        (Some(_), _) => "the sandbox of this run".to_owned(),
        (None, Some(found)) => found.place.to_string(),
        (None, None) => return Err(Failure::from(ApiError::SignedOut)),
    };
    let account = context.account(&context.client()?).await?;
    let name = account.profile.name.as_ref().map(|name| name.line().into_string()).unwrap_or_default();
    if context.global.json {
        output::json(&json!({"id": account.id, "name": name, "server": context.label, "token_place": place}));
    } else {
        output::line(format!("{name} ({}) on {}; the token is in {place}", account.id.shown(), context.label));
    }
    Ok(())
}

fn failure(error: &TokenError) -> Failure {
    Failure::failed(format!("the token works but was not kept: {error}"))
}
