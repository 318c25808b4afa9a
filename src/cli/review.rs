//! What `set` and `campus set` have in common: taking assignments, the review of old and new, and an honest report.

use serde_json::{Map, Value as Json, json};

use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::ApiError;
use crate::base::job::SaveReport;
use crate::base::{Job, Outcome};
use crate::domain::detail::Names;
use crate::domain::field::{FieldSpec, Kind, by_key, split};
use crate::domain::merge::Mark;
use crate::domain::pins::{Candidate, FindError, find};
use crate::domain::{Id, Shown, Text};
use crate::io::client::Client;
use crate::io::file;
use crate::widgets::text::truncate;

/// Columns of one value in a review.
const VALUE: usize = 60;
/// More text than any field takes, in bytes.
const MOST: u64 = 1 << 20;

/// A field and what it is to be.
pub(super) type Assignment<T> = (&'static FieldSpec<T>, String);

/// Reads `KEY=VALUE` and `KEY=@FILE`.
pub(super) fn assignments<T>(rows: &'static [FieldSpec<T>], typed: &[String]) -> Result<Vec<Assignment<T>>, Failure> {
    let read = |typed: &String| {
        let (key, value) =
            typed.split_once('=').ok_or_else(|| Failure::usage(format!("\"{}\" changes nothing; write KEY=VALUE", Shown::line(typed))))?;
        let row = by_key(rows, key).map_err(|error| Failure::usage(error.to_string()))?;
        Ok((row, value_of(row, value)?))
    };
    typed.iter().map(read).collect()
}

/// What stands after the `=`: itself, or the text of the file it names.
fn value_of<T>(row: &FieldSpec<T>, value: &str) -> Result<String, Failure> {
    let Some(name) = value.strip_prefix('@') else { return Ok(value.to_owned()) };
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::Read::take(std::io::stdin().lock(), MOST), &mut bytes)
            .map_err(|error| Failure::usage(format!("standard input could not be read: {error}")))?;
        bytes
    } else {
        let found = file::read(name.as_ref(), MOST).map_err(|error| Failure::usage(error.to_string()))?;
        found.ok_or_else(|| Failure::usage(format!("there is no file {}", Shown::line(name))))?
    };
    String::from_utf8(bytes).map_err(|_| {
        let picture = matches!(row.kind, Kind::Picture | Kind::Pictures);
        let hint = if picture { "; `lapel upload FILE` prints the address of a picture to write here" } else { "" };
        Failure::usage(format!("{} is not a text file{hint}", Shown::line(name)))
    })
}

/// Sets a field, or says what would be taken.
pub(super) fn set<T>(values: &mut T, (row, text): &Assignment<T>) -> Result<(), Failure> {
    (row.set)(values, text).map_err(|error| Failure::usage(format!("{}: {error}", row.key)))
}

/// As many names as are listed when one word fits several.
const MOST_FITS: usize = 12;

/// A comma-separated list of numbers and parts of names, each of which must fit only one, as numbers. A number nobody knows stays.
/// `what` is sought, and where else to look for it.
pub(super) fn ids(text: &str, candidates: &[Candidate], what: &str) -> Result<String, Failure> {
    let id = |item: &str| {
        let number = item.trim_start_matches('#');
        if is_number(number) {
            return Ok(number.to_owned());
        }
        find(item, candidates.iter().cloned()).map(|id| id.as_str().to_owned()).map_err(|error| match error {
            FindError::NotFound { query } => Failure::usage(format!("\"{query}\" is in the name of no {what}")),
            FindError::Ambiguous { query, fits } => {
                let mut lines = vec![format!("\"{query}\" fits several; write more of the name, or the number:")];
                lines.extend(fits.iter().take(MOST_FITS).map(ToString::to_string));
                if fits.len() > MOST_FITS {
                    lines.push(format!("and {} more", fits.len() - MOST_FITS));
                }
                Failure::usage(lines.join("\n  "))
            }
        })
    };
    let items = text.split([',', '\n']).map(str::trim).filter(|item| !item.is_empty());
    Ok(items.map(id).collect::<Result<Vec<_>, _>>()?.join(","))
}

pub(super) fn is_number(item: &str) -> bool {
    item.bytes().all(|b| b.is_ascii_digit())
}

/// Shows what is going to change, and asks.
pub(super) fn review<T>(context: &Context, changed: &[&FieldSpec<T>], base: &T, mine: &T, names: &Names<'_>) -> Result<(), Failure> {
    if !context.global.yes {
        for row in changed {
            output::note(difference(row, base, mine, names));
        }
    }
    context.confirm("Save this?")
}

/// One field, old and new: lists by what comes and goes.
pub(super) fn difference<T>(row: &FieldSpec<T>, base: &T, mine: &T, names: &Names<'_>) -> String {
    let [old, new] = [base, mine].map(|values| (row.get)(values));
    let label = row.label;
    if !row.kind.is_list() {
        return format!("{label}: {} -> {}", excerpt(old.as_deref()), excerpt(new.as_deref()));
    }
    let [old, new] = [&old, &new].map(|text| split(text.as_deref().unwrap_or_default()).collect::<Vec<_>>());
    let gone = old.iter().filter(|item| !new.contains(item)).map(|item| format!("\n  - {}", named(row.kind, item, names)));
    let come = new.iter().filter(|item| !old.contains(item)).map(|item| format!("\n  + {}", named(row.kind, item, names)));
    let moves: String = gone.chain(come).collect();
    format!("{label}: {} -> {}{}", old.len(), new.len(), if moves.is_empty() { "\n  in another order" } else { &moves })
}

fn named(kind: Kind, item: &str, names: &Names<'_>) -> String {
    match kind {
        Kind::Interests => format!("{} ({})", names.interest(&Id::from(item)), Shown::line(item)),
        Kind::Majors => format!("{} ({})", names.major(&Id::from(item)), Shown::line(item)),
        _ => Shown::line(item).into_string(),
    }
}

fn excerpt(text: Option<&str>) -> String {
    match text {
        None | Some("") => "(nothing)".to_owned(),
        Some(text) => truncate(Text::from(text).revealed().as_str(), VALUE, "…").into_owned(),
    }
}

/// Saves, and reports field by field.
pub(super) async fn save(context: &Context, client: &Client, job: &Job) -> Result<(), Failure> {
    let Outcome::Saved(report) = context.run(client, job).await? else { return Err(Failure::from(ApiError::WrongAccount)) };
    if context.global.json {
        output::json(&as_json(&report));
    } else {
        tell(&report);
    }
    judge(&report)
}

/// Says what became of each field.
pub(super) fn tell(report: &SaveReport) {
    report.fields.iter().for_each(|(key, mark)| output::note(format!("{key}: {}", in_words(mark))));
}

/// Nothing is to be changed.
pub(super) fn nothing_to_do(context: &Context) {
    if context.global.json {
        output::json(&as_json(&SaveReport::default()));
    }
    output::note("Nothing to change: it is so already.");
}

/// What became of a save, as an exit code and a sentence.
pub(super) fn judge(report: &SaveReport) -> Result<(), Failure> {
    if !report.conflicts.is_empty() {
        let clash = |of: &Option<String>| excerpt(of.as_deref());
        let lines: Vec<String> = report
            .conflicts
            .iter()
            .map(|field| format!("{} was changed elsewhere to {} (yours: {})", field.key, clash(&field.theirs), clash(&field.mine)))
            .collect();
        return Err(Failure::conflict(format!("{}; nothing was written. Run the command again to decide anew", lines.join("; "))));
    }
    let of =
        |kind: fn(&Mark) -> bool| report.fields.iter().filter(|(_, mark)| kind(mark)).map(|(key, _)| *key).collect::<Vec<_>>().join(", ");
    let saved = of(|mark| *mark == Mark::Saved);
    let unknown = of(|mark| *mark == Mark::Unknown);
    let failed = of(|mark| !matches!(mark, Mark::Saved | Mark::Unknown));
    let rest = |what: &str| if saved.is_empty() { what.to_owned() } else { format!("{what}; saved: {saved}") };
    match &report.trouble {
        Some(error) if !unknown.is_empty() => {
            let text = rest(&format!("it is unknown whether this was saved: {unknown} ({}; {})", error.headline(), error.hint()));
            Err(Failure { code: 6, text })
        }
        Some(error) if saved.is_empty() => Err(Failure::from(error.clone())),
        Some(error) => Err(Failure::failed(rest(&format!("not saved: {failed} ({}; {})", error.headline(), error.hint())))),
        None if !failed.is_empty() => Err(Failure::failed(rest(&format!("not saved: {failed}")))),
        // Accepted, and the service has no way to read it back.
        None => Ok(()),
    }
}

fn in_words(mark: &Mark) -> String {
    let now = |value: &Option<String>| excerpt(value.as_deref());
    match mark {
        Mark::Saved => "saved".to_owned(),
        Mark::Refused(words) => format!("not saved: {}", words.iter().map(Shown::as_str).collect::<Vec<_>>().join("; ")),
        Mark::KeptOld(value) => format!("the server kept the old value: {}", now(value)),
        Mark::Altered(value) => format!("the server has another value: {}", now(value)),
        Mark::Unknown => "sent; the server does not tell what it has now".to_owned(),
    }
}

pub(super) fn as_json(report: &SaveReport) -> Json {
    let mark = |mark: &Mark| match mark {
        Mark::Saved => json!({"state": "saved"}),
        Mark::Refused(words) => json!({"state": "refused", "reason": words.iter().map(Shown::as_str).collect::<Vec<_>>()}),
        Mark::KeptOld(value) => json!({"state": "kept_old", "value": value}),
        Mark::Altered(value) => json!({"state": "altered", "value": value}),
        Mark::Unknown => json!({"state": "unknown"}),
    };
    let fields: Map<String, Json> = report.fields.iter().map(|(key, of)| ((*key).to_owned(), mark(of))).collect();
    let conflicts: Map<String, Json> = report
        .conflicts
        .iter()
        .map(|field| (field.key.to_owned(), json!({"base": field.base, "mine": field.mine, "theirs": field.theirs})))
        .collect();
    json!({"fields": fields, "conflicts": conflicts})
}
