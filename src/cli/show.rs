//! `lapel show`: the account, whole or by field.

use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};

use super::args::Show;
use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::base::{Job, Outcome};
use crate::domain::account::Account;
use crate::domain::campus::{Interest, Major};
use crate::domain::detail::{self, Detail, Names, Value};

const WIDTH: usize = 28;

/// Prints the account: for people with names for codes, for scripts as the API has it.
pub(super) async fn run(context: &Context, options: &Show) -> Result<(), Failure> {
    let fields: Vec<Detail> = options.fields.iter().map(|key| find(key)).collect::<Result<_, _>>()?;
    let client = context.client()?;
    // Names are wanted for the whole profile only; a field is printed as the API has it.
    let named = fields.is_empty() && !context.global.json;
    let list = async |job: Job| if named { context.run(&client, &job).await.ok() } else { None };
    let (account, majors, interests) = tokio::join!(context.account(&client), list(Job::Majors), list(Job::Interests));
    let account = account?;
    if context.global.json {
        output::json(&as_json(&account, &options.fields));
    } else if fields.is_empty() {
        let built_in = crate::api::built_in_majors();
        let majors: &[Major] = if let Some(Outcome::Majors(majors)) = &majors { majors } else { &built_in };
        let interests: &[Interest] = if let Some(Outcome::Interests(interests)) = &interests { interests } else { &[] };
        print_all(&account, &Names { majors, interests }, context.clock().zone());
    } else {
        for field in fields {
            output::value(&field.value(&account).bare());
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

fn print_all(account: &Account, names: &Names<'_>, zone: &TimeZone) {
    for detail in detail::details() {
        let value = detail.value(account);
        let lines = match &value {
            // Whoever sees the link can use it: it is printed when asked for by name, not with everything else.
            Value::Text(_) if detail.secret => vec!["on (`lapel share` prints the link)".to_owned()],
            _ => value.lines(names, zone).iter().map(ToString::to_string).collect(),
        };
        let mut label = detail.label;
        for line in lines {
            output::line(format!("{label:WIDTH$}{line}"));
            label = "";
        }
    }
}
