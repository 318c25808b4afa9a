//! `lapel share`: the public link to the profile.

use std::io::IsTerminal;

use serde_json::json;

use super::args::ShareCommand;
use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::Call;
use crate::base::job::ShareChange;
use crate::domain::account::Share;
use crate::jobs;
use crate::runtime::capabilities::Capabilities;
use crate::widgets::qr::{Modules, Qr};

pub(super) async fn run(context: &Context, command: Option<ShareCommand>) -> Result<(), Failure> {
    let change = match command.unwrap_or(ShareCommand::Show) {
        ShareCommand::Show => return show(context).await,
        ShareCommand::Qr => return qr(context).await,
        ShareCommand::On => ShareChange::On,
        ShareCommand::Off => ShareChange::Off,
        ShareCommand::New => ShareChange::New,
    };
    if context.global.dry_run {
        let on = read(context).await?.url.is_some();
        let calls: &[bool] = match (change, on) {
            (ShareChange::On, true) | (ShareChange::Off, false) => &[],
            (ShareChange::On | ShareChange::New, false) => &[true],
            (ShareChange::Off, true) => &[false],
            (ShareChange::New, true) => &[false, true],
        };
        context.print_requests(&calls.iter().map(|on| Call::Share(*on)).collect::<Vec<_>>())?;
        return Ok(());
    }
    match change {
        ShareChange::On => {}
        ShareChange::Off => context.confirm("Turn sharing off? The link and its QR codes stop working for good.")?,
        ShareChange::New => context.confirm("Make a new link? The old one and its QR codes stop working for good.")?,
    }
    let client = context.client()?;
    print(context, &jobs::share::change(&client, &context.notes(), change).await?)?;
    Ok(())
}

async fn show(context: &Context) -> Result<(), Failure> {
    print(context, &read(context).await?)?;
    Ok(())
}

async fn read(context: &Context) -> Result<Share, Failure> {
    Ok(context.account(&context.client()?).await?.share)
}

fn print(context: &Context, share: &Share) -> Result<(), Failure> {
    let raw = |text: &Option<crate::domain::RawText>| text.as_ref().map(|text| text.raw().to_owned());
    if context.global.json {
        output::only_json(&json!({"share_url": raw(&share.url), "share_qr_code_url": raw(&share.qr_code_url)}))?;
    }
    match &share.url {
        Some(url) if !context.global.json => output::only_copy(url.line())?,
        Some(_) => {}
        None => output::note("Sharing is off; `lapel share on` makes a link."),
    }
    Ok(())
}

/// The code is drawn here from the link. On a terminal it brings its own black and white, which a phone needs; elsewhere it looks the
/// same whatever the terminal.
async fn qr(context: &Context) -> Result<(), Failure> {
    let url = read(context).await?.url.ok_or_else(|| Failure::failed("sharing is off; `lapel share on` makes a link"))?;
    let known = Capabilities::from_env();
    let terminal = std::io::stdout().is_terminal() && !context.global.json;
    let code =
        Qr::new(url.line().as_str(), known.utf8 || !terminal).ok_or_else(|| Failure::failed("the link is too long for a QR code"))?;
    if context.global.json {
        output::json(&json!({"share_url": url.raw(), "qr": code.plain(Modules::Dark)}))?;
    } else if terminal && known.term.as_deref() != Some("dumb") {
        code.ansi().iter().try_for_each(output::line)?;
    } else {
        code.plain(Modules::Dark).iter().try_for_each(output::line)?;
    }
    Ok(())
}
