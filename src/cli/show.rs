//! `lapel show`: the account, whole or by field.

use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};

use super::args::ShowArgs;
use super::context::Context;
use super::exit::Failure;
use super::file::known;
use super::output;
use crate::domain::account::Account;
use crate::domain::detail::{self, Detail, DetailSection, TOLD_AT, TagNames};
use crate::jobs::settings;

/// Prints the account: for people with names for codes, for scripts as the API has it.
pub(super) async fn run(context: &Context, options: &ShowArgs) -> Result<(), Failure> {
    let fields: Vec<Detail> = options.fields.iter().map(|key| find(key)).collect::<Result<_, _>>()?;
    let client = context.client()?;
    // Names are wanted for the whole profile only; a field is printed as the API has it.
    let named = fields.is_empty() && !context.global.json;
    let known = async || if named { Some(known(context).await) } else { None };
    if options.settings && context.global.dry_run {
        return context.print_requests(&[settings::call(&context.account(&client).await?)?]);
    }
    let account =
        async { if options.settings { Ok(settings::ask(&client, &context.notes()).await?) } else { context.account(&client).await } };
    let (account, known) = tokio::join!(account, known());
    let account = account?;
    if options.settings {
        output::note("The account settings were read; the name was sent unchanged.");
    }
    if context.global.json {
        output::json(&as_json(&account, &options.fields))?;
    } else if fields.is_empty() {
        let (majors, interests) = known.unwrap_or_default();
        print_all(&account, &TagNames { majors: &majors, interests: &interests }, context.clock().zone())?;
    } else {
        for field in fields {
            output::value(&field.value(&account).bare())?;
        }
    }
    Ok(())
}

fn find(key: &str) -> Result<Detail, Failure> {
    detail::find(key).ok_or_else(|| {
        let keys: Vec<&str> = detail::details().iter().map(|detail| detail.key).collect();
        Failure::usage(format!("there is no field \"{key}\"; the fields are {}", keys.join(", ")))
    })
}

fn as_json(account: &Account, keys: &[String]) -> Json {
    if keys.is_empty() {
        return detail::to_json(account);
    }
    keys.iter().filter_map(|key| Some((key.clone(), detail::find(key)?.value(account).json()))).collect::<Map<_, _>>().into()
}

fn print_all(account: &Account, names: &TagNames<'_>, zone: &TimeZone) -> Result<(), Failure> {
    let mut rows = Vec::new();
    // While none of the settings was told, one row says so for all.
    let is_told = account.settings.told_at.is_some();
    let is_shown = |detail: &Detail| is_told || detail.section != DetailSection::Settings || detail.key == TOLD_AT;
    for detail in detail::details().into_iter().filter(is_shown) {
        let value = detail.value(account);
        let lines = match &value {
            // Whoever sees the link can use it: it is printed when asked for by name, not with everything else.
            value if detail.secret && !value.is_empty() => vec!["on (`lapel share` prints the link)".to_owned()],
            _ => value.lines(names, zone).iter().map(ToString::to_string).collect(),
        };
        let lines = if lines.is_empty() { vec![detail.unset().to_owned()] } else { lines };
        rows.extend(lines.into_iter().map(|line| vec![detail.label.to_owned(), line]));
    }
    output::table(&rows)
}
