//! What all saves of fields have in common: the review of old and new, and an honest report.

use serde_json::{Map, Value as Json, json};

use super::context::Context;
use super::difference::Difference;
use super::exit::Failure;
use super::output;
use crate::base::job::SaveReport;
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldKind, FieldSpec, FieldValue, PROFILE, by_key};
use crate::domain::merge::SaveStatus;
use crate::domain::{Id, RawText, SafeText};
use crate::widgets::text::truncate;

/// Columns of one value in a review.
const VALUE: usize = 60;

/// Shows what is going to change, and asks.
pub(super) fn review<T>(context: &Context, changed: &[&FieldSpec<T>], base: &T, mine: &T, names: &TagNames<'_>) -> Result<(), Failure> {
    if !context.global.yes {
        for row in changed {
            output::say_difference(&difference(row, base, mine, names));
        }
    }
    context.confirm("Save this?")
}

/// One field, old and new: lists by what comes and goes.
pub(super) fn difference<T>(row: &FieldSpec<T>, base: &T, mine: &T, names: &TagNames<'_>) -> Difference {
    let [old, new] = [base, mine].map(|values| (row.value)(values));
    let label = row.label;
    if !row.kind.is_list() {
        let [old, new] = [old, new].map(|value| value.map(|value| value.text()));
        return Difference::Value { label, old: excerpt(old.as_deref()), new: excerpt(new.as_deref()) };
    }
    let [old, new] = [&old, &new].map(|value| value.as_ref().map(FieldValue::items).unwrap_or_default());
    let gone = old.iter().filter(|item| !new.contains(item)).map(|item| named(row.kind, item, names)).collect();
    let come = new.iter().filter(|item| !old.contains(item)).map(|item| named(row.kind, item, names)).collect();
    Difference::List { label, lengths: [old.len(), new.len()], gone, come }
}

/// A value in a few words.
pub(super) fn value<T>(row: &FieldSpec<T>, of: &T) -> String {
    match (row.value)(of) {
        Some(value) if row.kind.is_list() => format!("a list of {}", value.items().len()),
        value => excerpt(value.map(|value| value.text()).as_deref()),
    }
}

/// The whole value, for whoever is about to change it: a line for each of its lines or items.
pub(super) fn whole<T>(row: &FieldSpec<T>, of: &T, names: &TagNames<'_>) -> Vec<String> {
    match (row.value)(of) {
        Some(value) if row.kind.is_list() => value.items().into_iter().map(|item| named(row.kind, item, names)).collect(),
        Some(value) => SafeText::block(value.text()).as_str().lines().map(str::to_owned).collect(),
        None => Vec::new(),
    }
}

fn named(kind: FieldKind, item: &str, names: &TagNames<'_>) -> String {
    match kind {
        FieldKind::Interests => format!("{} ({})", names.interest(&Id::from(item)), SafeText::line(item)),
        FieldKind::Majors => format!("{} ({})", names.major(&Id::from(item)), SafeText::line(item)),
        _ => SafeText::line(item).into_string(),
    }
}

fn excerpt(text: Option<&str>) -> String {
    match text {
        None | Some("") => "(nothing)".to_owned(),
        Some(text) => truncate(RawText::from(text).revealed().as_str(), VALUE, "…").into_owned(),
    }
}

/// Reports a save field by field.
pub(super) fn report(context: &Context, report: &SaveReport) -> Result<(), Failure> {
    let printed = if context.global.json {
        unkept(report.unkept.as_ref());
        output::only_json(&as_json(report))
    } else {
        tell(report);
        Ok(())
    };
    judge(report).and(printed)
}

/// Warns that what was there before cannot be brought back.
pub(super) fn unkept(why: Option<&SafeText>) {
    if let Some(why) = why {
        output::say(format!("lapel: warning: {why}"));
    }
}

/// Says what became of each field.
pub(super) fn tell(report: &SaveReport) {
    unkept(report.unkept.as_ref());
    for (key, mark) in &report.fields {
        let way = report.fallback.iter().find(|fallback| fallback.keys.contains(key));
        let way = way.map_or(String::new(), |fallback| format!(" ({})", fallback.words()));
        let only_told = *mark == SaveStatus::Saved && by_key(PROFILE, key).is_ok_and(|row| !row.route.is_read());
        let source = if only_told { ", as the answer to the save tells" } else { "" };
        let line = format!("{key}: {}{source}{way}", in_words(mark));
        if *mark == SaveStatus::Saved { output::note(line) } else { output::say(line) }
    }
}

/// Nothing is to be changed; `json` is what a script is told.
pub(super) fn nothing_to_do(context: &Context, json: &Json) -> Result<(), Failure> {
    if context.global.json {
        output::json(json)?;
    }
    output::note("Nothing to change: already up to date.");
    Ok(())
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
        return Err(Failure::conflict(format!("{}; nothing was written. Try again to decide anew", lines.join("; "))));
    }
    let of = |kind: fn(&SaveStatus) -> bool| {
        report.fields.iter().filter(|(_, mark)| kind(mark)).map(|(key, _)| *key).collect::<Vec<_>>().join(", ")
    };
    let saved = of(|mark| *mark == SaveStatus::Saved);
    let unknown = of(|mark| *mark == SaveStatus::Unknown);
    let failed = of(|mark| !matches!(mark, SaveStatus::Saved | SaveStatus::Unknown));
    let rest = |what: &str| if saved.is_empty() { what.to_owned() } else { format!("{what}; saved: {saved}") };
    match &report.trouble {
        Some(error) if !unknown.is_empty() => {
            let text = rest(&format!("it is unknown whether this was saved: {unknown} ({}; {})", error.headline(), error.hint()));
            Err(Failure::unknown(text))
        }
        Some(error) if saved.is_empty() => Err(Failure::from(error.clone())),
        Some(error) => Err(Failure::partly(rest(&format!("not saved: {failed} ({}; {})", error.headline(), error.hint())))),
        None if !failed.is_empty() && saved.is_empty() => Err(Failure::failed(format!("not saved: {failed}"))),
        None if !failed.is_empty() => Err(Failure::partly(rest(&format!("not saved: {failed}")))),
        // Accepted, and the service has no way to read it back.
        None => Ok(()),
    }
}

fn in_words(mark: &SaveStatus) -> String {
    let now = |value: &Option<String>| excerpt(value.as_deref());
    match mark {
        SaveStatus::Saved => "saved".to_owned(),
        SaveStatus::Refused(words) => format!("not saved: {}", words.iter().map(SafeText::as_str).collect::<Vec<_>>().join("; ")),
        SaveStatus::KeptOld(value) => format!("the server kept the old value: {}", now(value)),
        SaveStatus::Altered(value) => format!("the server has another value: {}", now(value)),
        SaveStatus::Unknown => "sent; the server does not tell what it has now".to_owned(),
    }
}

pub(super) fn as_json(report: &SaveReport) -> Json {
    let mark = |mark: &SaveStatus| match mark {
        SaveStatus::Saved => json!({"state": "saved"}),
        SaveStatus::Refused(words) => json!({"state": "refused", "reason": words.iter().map(SafeText::as_str).collect::<Vec<_>>()}),
        SaveStatus::KeptOld(value) => json!({"state": "kept_old", "value": value}),
        SaveStatus::Altered(value) => json!({"state": "altered", "value": value}),
        SaveStatus::Unknown => json!({"state": "unknown"}),
    };
    let fields: Map<String, Json> = report.fields.iter().map(|(key, of)| ((*key).to_owned(), mark(of))).collect();
    let conflicts: Map<String, Json> = report
        .conflicts
        .iter()
        .map(|field| (field.key.to_owned(), json!({"base": field.base, "mine": field.mine, "theirs": field.theirs})))
        .collect();
    let fallback = report.fallback.as_ref().map(|fallback| json!({"fields": fallback.keys, "reason": fallback.reason.as_str()}));
    json!({"fields": fields, "conflicts": conflicts, "fallback": fallback})
}
