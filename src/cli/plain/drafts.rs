//! Unsaved edits of an earlier run, plain or not: offered, and taken back as far as they can be. What is not taken stays on disk.

use serde_json::Value as Json;

use super::ask;
use super::edits::{PlainEdits, Side, settle};
use crate::base::DraftKind;
use crate::base::draft::edits_from_json;
use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::file::ServerValues;
use crate::cli::output;
use crate::domain::SafeText;
use crate::domain::campus::CAMPUS;
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldSpec, PROFILE, by_key};
use crate::domain::pins::PinList;
use crate::io::draft::{self, DraftKeeper, LoadedDrafts, StoredDraft};

/// Asks about each draft that an ended run left.
///
/// # Errors
/// When a question cannot be printed.
pub(super) fn offer(
    context: &Context,
    found: LoadedDrafts,
    now: &ServerValues,
    names: &TagNames<'_>,
    edits: &mut PlainEdits,
    keeper: &DraftKeeper,
) -> Result<(), Failure> {
    for problem in found.problems {
        output::say(format!("{problem}."));
    }
    for found in found.drafts {
        let at = context.moment(found.saved_at);
        let question = format!("There are unsaved edits from {at}: {}. Take them back?", subject(&found));
        match ask::choice(&question, &["yes", "no", "discard"])? {
            Some("yes") if take_back(&found, now, names, edits)? => keeper.adopt(found),
            Some("yes") => output::line("What was not taken is offered again at the next start.")?,
            Some("discard") => {
                ask::told(draft::discard(&found).map_err(|error| Failure::failed(error.to_string())))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What was edited: the fields of a form by name.
fn subject(found: &StoredDraft) -> String {
    let labels = match found.kind {
        DraftKind::Profile => labels(PROFILE, &found.body),
        DraftKind::Campus => labels(CAMPUS, &found.body),
        DraftKind::Pins => Vec::new(),
    };
    let of = if labels.is_empty() { String::new() } else { format!(" ({})", labels.join(", ")) };
    format!("{}{of}", found.kind.name())
}

fn labels<T>(rows: &'static [FieldSpec<T>], body: &Json) -> Vec<&'static str> {
    let edits = edits_from_json(body).unwrap_or_default();
    edits.iter().filter_map(|edit| Some(by_key(rows, &edit.key).ok()?.label)).collect()
}

/// Whether all of it was taken, or given up by the person.
fn take_back(found: &StoredDraft, now: &ServerValues, names: &TagNames<'_>, edits: &mut PlainEdits) -> Result<bool, Failure> {
    match found.kind {
        DraftKind::Profile => take_fields(PROFILE, &now.profile, &mut edits.profile, &found.body, names),
        DraftKind::Campus => take_fields(CAMPUS, &now.campus, &mut edits.campus, &found.body, names),
        DraftKind::Pins => {
            let Ok(list) = serde_json::from_value::<PinList>(found.body.clone()) else { return unreadable() };
            edits.pins = Some(edits.pins.take().unwrap_or_default().with(list));
            Ok(true)
        }
    }
}

/// What was edited in this run stays; where the server has changed since, the person decides.
fn take_fields<T: Clone>(
    rows: &'static [FieldSpec<T>],
    now: &T,
    mine: &mut Option<T>,
    body: &Json,
    names: &TagNames<'_>,
) -> Result<bool, Failure> {
    let Some(edits) = edits_from_json(body) else { return unreadable() };
    let on = mine.get_or_insert_with(|| now.clone());
    let mut is_whole = true;
    for edit in edits {
        let Ok(row) = by_key(rows, &edit.key) else {
            output::line(format!("There is no field {} any more.", SafeText::line(&edit.key)))?;
            is_whole = false;
            continue;
        };
        if row.holds(on, &edit.mine) {
            continue;
        }
        if !row.same_in(now, on) {
            output::line(format!("{} was taken back from later edits already.", row.label))?;
            is_whole = false;
            continue;
        }
        let mut wanted = on.clone();
        if let Err(why) = row.set(&mut wanted, &edit.mine) {
            output::line(format!("{} cannot be \"{}\": {why}.", row.label, SafeText::line(&edit.mine)))?;
            is_whole = false;
            continue;
        }
        let is_settled = row.same_text(edit.base.as_deref(), row.text(now).as_deref());
        match if is_settled { Some(Side::Mine) } else { settle(row, now, &wanted, names)? } {
            Some(Side::Mine) => *on = wanted,
            Some(Side::Theirs) => {}
            None => is_whole = false,
        }
    }
    Ok(is_whole)
}

fn unreadable() -> Result<bool, Failure> {
    output::line("They are not as this version writes them.").map(|()| false)
}
