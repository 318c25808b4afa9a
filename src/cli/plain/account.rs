//! What is changed at once and not saved with the rest: the share link and SMS mode.

use super::ask;
use crate::cli::args::{ShareCommand, SmsCommand};
use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::{share as link, sms as mode};

/// Asks what to do about the link.
///
/// # Errors
/// What the command could not do, or when nothing can be printed.
pub(super) async fn share(context: &Context) -> Result<(), Failure> {
    let command = match ask::choice("What about the link?", &["show", "on", "off", "new", "back"])? {
        Some("show") => ShareCommand::Show,
        Some("on") => ShareCommand::On,
        Some("off") => ShareCommand::Off,
        Some("new") => ShareCommand::New,
        _ => return Ok(()),
    };
    link::run(context, Some(command)).await
}

/// Says whether SMS mode is on, and asks for how long it is to be.
///
/// # Errors
/// As [`share`].
pub(super) async fn sms(context: &Context) -> Result<(), Failure> {
    mode::run(context, None).await?;
    let parse = |typed: &str| match typed.to_lowercase().as_str() {
        "off" => Ok(SmsCommand::Off),
        hours => hours.parse().map(|duration| SmsCommand::On { duration, registration_id: None }).map_err(str::to_owned),
    };
    match ask::parsed("For how many hours? (1 to 48, always, or off)", parse)? {
        Some(command) => mode::run(context, Some(&command)).await,
        None => Ok(()),
    }
}
