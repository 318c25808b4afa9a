//! `lapel sms`: SMS mode.

use serde_json::json;

use super::args::SmsCommand;
use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::base::job::SmsChange;
use crate::domain::account::{Sms, SmsEnd};
use crate::jobs;

pub(super) async fn run(context: &Context, command: Option<&SmsCommand>) -> Result<(), Failure> {
    let change = match command {
        None | Some(SmsCommand::Show) => {
            print(context, context.account(&context.client()?).await?.sms)?;
            return Ok(());
        }
        Some(SmsCommand::On { duration, registration_id }) => {
            let known = || context.config.reading.settings.registration_id.clone();
            SmsChange::On(*duration, registration_id.clone().or_else(known))
        }
        Some(SmsCommand::Off) => SmsChange::Off,
    };
    if context.global.dry_run {
        return context.print_requests(&[change.call()]);
    }
    let note = change.note();
    let sms = jobs::sms::change(&context.client()?, &context.notes(), change).await?.sms;
    let printed = print(context, sms);
    if let Some(note) = note {
        output::note(note);
    }
    printed
}

fn print(context: &Context, sms: Sms) -> Result<(), Failure> {
    if context.global.json {
        let at = if let Some(SmsEnd::At(end)) = sms.end { Some(end) } else { None };
        return output::json(&json!({"sms": sms.on, "expires_at": at, "until_turned_off": sms.end == Some(SmsEnd::TurnedOff)}));
    }
    output::line(match (sms.on, sms.end) {
        (Some(true), Some(SmsEnd::TurnedOff)) => "on until you turn it off".to_owned(),
        (Some(true), Some(SmsEnd::At(end))) => {
            let minutes = (end - context.clock().now().as_second() + 59).max(0) / 60;
            let at = context.moment(end);
            format!("on until {at} (in {} h {} min) by this computer's clock", minutes / 60, minutes % 60)
        }
        (Some(true), None) => "on; when it ends is not known to this computer".to_owned(),
        (Some(false), _) => "off".to_owned(),
        (None, _) => "unknown: the server does not tell".to_owned(),
    })
}
