//! `KEY=VALUE` on the command line: what is typed for fields, from arguments, files and pipes.

use super::exit::Failure;
use super::input;
use crate::domain::field::{FieldKind, FieldSpec, FieldValue, by_key};
use crate::domain::pins::{Candidate, FindError, find};
use crate::domain::{Id, SafeText};
use crate::io::user_file;

/// A field and what is typed for it.
pub(super) type Assignment<T> = (&'static FieldSpec<T>, String);

/// Reads `KEY=VALUE`, `KEY=@FILE`, and `KEY=@@TEXT` for a text that begins with an `@`.
pub(super) fn assignments<T>(rows: &'static [FieldSpec<T>], typed: &[String]) -> Result<Vec<Assignment<T>>, Failure> {
    let pairs = typed.iter().map(|typed| {
        let nothing = || Failure::usage(format!("\"{}\" changes nothing; write KEY=VALUE", SafeText::line(typed)));
        let (key, value) = typed.split_once('=').ok_or_else(nothing)?;
        let row = by_key(rows, key).map_err(|error| Failure::usage(error.to_string()))?;
        Ok((row, value))
    });
    let pairs: Vec<_> = pairs.collect::<Result<_, Failure>>()?;
    let from_stdin = |value: &str| value.strip_prefix('@').is_some_and(|name| user_file::is_stdin(name.as_ref()));
    if pairs.iter().filter(|(_, value)| from_stdin(value)).count() > 1 {
        return Err(Failure::usage("standard input can be read for one field only"));
    }
    pairs.into_iter().map(|(row, value)| Ok((row, value_of(row, value)?))).collect()
}

/// What stands after the `=`: itself, or the text of the file it names.
fn value_of<T>(row: &FieldSpec<T>, value: &str) -> Result<String, Failure> {
    let Some(name) = value.strip_prefix('@') else { return Ok(value.to_owned()) };
    if name.starts_with('@') {
        return Ok(name.to_owned());
    }
    let picture = matches!(row.kind, FieldKind::Picture | FieldKind::Pictures);
    let no_text = if picture { "; `lapel upload FILE` prints the address of a picture to write here" } else { "" };
    let missing = format!("; for a text that begins with @ write {}=@{value}", row.key);
    input::text(name.as_ref(), &missing, no_text)
}

/// Takes a value over what is there, or says what would be taken.
pub(super) fn set<T>(on: &mut T, (row, text): &Assignment<T>) -> Result<(), Failure> {
    row.set(on, text).map_err(|error| Failure::usage(format!("{}: {error}", row.key)))
}

/// As [`set`], for a comma-separated list of ids and parts of names, each of which must fit only one of the candidates. A number that
/// nobody knows stays. `what` is sought, and where else to look for it.
pub(super) fn set_ids<T>(on: &mut T, (row, text): &Assignment<T>, candidates: &[Candidate], what: &str) -> Result<(), Failure> {
    let now = (row.value)(on);
    let now = now.as_ref().map(FieldValue::items).unwrap_or_default();
    let id = |item: &str| {
        let number = item.trim_start_matches('#');
        if is_number(number) {
            Ok(Id::from(number))
        } else if now.contains(&item) {
            Ok(Id::from(item))
        } else {
            sought(item, candidates, what)
        }
    };
    let items = text.split([',', '\n']).map(str::trim).filter(|item| !item.is_empty());
    let ids = FieldValue::Ids(items.map(id).collect::<Result<_, _>>()?);
    row.take(on, &ids).map_err(|error| Failure::usage(format!("{}: {error}", row.key)))
}

/// As many names as are listed when one word fits several.
const MOST_FITS: usize = 12;

fn sought(item: &str, candidates: &[Candidate], what: &str) -> Result<Id, Failure> {
    find(item, candidates.iter().cloned()).map_err(|error| match error {
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
}

/// Whether every item of a list is a number.
pub(super) fn are_numbers(text: &str) -> bool {
    text.split([',', '\n']).all(|item| is_number(item.trim().trim_start_matches('#')))
}

fn is_number(item: &str) -> bool {
    item.bytes().all(|b| b.is_ascii_digit())
}
