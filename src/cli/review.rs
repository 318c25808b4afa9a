//! What all saves of fields have in common: the review of old and new, and an honest report.

use serde_json::{Map, Value as Json, json};

use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::base::job::SaveReport;
use crate::domain::detail::Names;
use crate::domain::field::{FieldSpec, FieldValue, Kind};
use crate::domain::merge::Mark;
use crate::domain::{Id, Shown, Text};
use crate::widgets::text::truncate;

/// Columns of one value in a review.
const VALUE: usize = 60;

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
    let [old, new] = [base, mine].map(|values| (row.value)(values));
    let label = row.label;
    if !row.kind.is_list() {
        let [old, new] = [old, new].map(|value| value.map(|value| value.text()));
        return format!("{label}: {} -> {}", excerpt(old.as_deref()), excerpt(new.as_deref()));
    }
    let [old, new] = [&old, &new].map(|value| value.as_ref().map(FieldValue::items).unwrap_or_default());
    let gone = old.iter().filter(|item| !new.contains(item)).map(|item| format!("\n  - {}", named(row.kind, item, names)));
    let come = new.iter().filter(|item| !old.contains(item)).map(|item| format!("\n  + {}", named(row.kind, item, names)));
    let moves: String = gone.chain(come).collect();
    format!("{label}: {} -> {}{}", old.len(), new.len(), if moves.is_empty() { "\n  in another order" } else { &moves })
}

/// A value in a few words.
pub(super) fn value<T>(row: &FieldSpec<T>, of: &T) -> String {
    match (row.value)(of) {
        Some(value) if row.kind.is_list() => format!("a list of {}", value.items().len()),
        value => excerpt(value.map(|value| value.text()).as_deref()),
    }
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

/// Reports a save field by field.
pub(super) fn report(context: &Context, report: &SaveReport) -> Result<(), Failure> {
    if context.global.json {
        output::json(&as_json(report));
    } else {
        tell(report);
    }
    judge(report)
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
