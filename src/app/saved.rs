//! What came of a save: one message for all of it, when the last of its parts has ended, and the questions it left.

use super::model::Model;
use crate::api::ApiError;
use crate::base::{Action, Done, DraftKind, Job, Level, Scope, Shared, ToastTopic};
use crate::domain::text::capitalised;
use crate::screens::{Nav, SaveOutcome, Tab};

/// A part of a save ended.
pub(super) fn ended(model: &mut Model, job: &Job, done: Done) -> Option<Nav> {
    let kind = job.saves()?;
    let (edits, shared) = model.edits_mut(kind);
    let end = edits.saved(done, shared)?;
    model.screens.saved.push((kind, end));
    if model.shared.session.in_flight.jobs().any(|job| job.saves().is_some()) {
        return None;
    }
    let ends = std::mem::take(&mut model.screens.saved);
    let asks = ends.iter().any(|(_, end)| is_conflict(end));
    // What opens under somebody's typing fingers would take letters for answers.
    let opens = asks && !model.scopes().contains(&Scope::Text) && !model.screen().is_carrying();
    let save = model.shared.key(Scope::Form, Action::Save);
    let choose = if opens { "choose which to keep".to_owned() } else { format!("{save} asks which to keep") };
    let (level, text) = sentence(&ends, &choose, &model.shared);
    if opens && ends.iter().all(|(_, end)| is_conflict(end)) {
        // The question itself says so.
        model.shared.note(level, text);
    } else {
        model.shared.say_about(ToastTopic::Save, level, text);
    }
    if !opens {
        return None;
    }
    let question = ends.iter().filter(|(_, end)| is_conflict(end)).find_map(|(kind, _)| {
        let (edits, shared) = model.edits_mut(*kind);
        edits.question(shared)
    });
    question.or(Some(Nav::Review))
}

fn is_conflict(end: &SaveOutcome) -> bool {
    !end.unsaved.is_empty() && end.trouble.is_none()
}

/// Everything that came of it; what went wrong first, since the end of a message may be cut.
fn sentence(ends: &[(DraftKind, SaveOutcome)], choose: &str, shared: &Shared) -> (Level, String) {
    let named = |kind: DraftKind, labels: &[&str]| match kind {
        DraftKind::Pins => labels.join(", "),
        _ if ends.len() == 1 => labels.join(", "),
        _ => format!("{} ({})", kind.title(), labels.join(", ")),
    };
    let all = |labels: &dyn Fn(&SaveOutcome) -> &[&'static str]| {
        let parts = ends.iter().filter(|(_, end)| !labels(end).is_empty());
        parts.map(|(kind, end)| named(*kind, labels(end))).collect::<Vec<_>>().join(", ")
    };
    let none: &[&str] = &[];
    let (mut level, mut parts) = (Level::Done, Vec::new());
    let mut troubles: Vec<&ApiError> = Vec::new();
    for error in ends.iter().filter_map(|(_, end)| end.trouble.as_ref()) {
        if !troubles.contains(&error) {
            troubles.push(error);
        }
    }
    for error in troubles {
        level = Level::Error;
        let what = all(&|end| if end.trouble.as_ref() == Some(error) { &end.unsaved } else { none });
        let what = if let ApiError::Unknown { .. } = error { what } else { format!("Not saved: {what}") };
        parts.push(format!("{what}: {}. {}", error.headline(), next(error, shared)));
    }
    let conflicts = all(&|end| if is_conflict(end) { &end.unsaved } else { none });
    if !conflicts.is_empty() {
        level = if level == Level::Done { Level::Warning } else { level };
        parts.push(format!("Not saved: {conflicts} changed elsewhere too; {choose}"));
    }
    let altered = all(&|end| &end.altered);
    if !altered.is_empty() {
        level = if level == Level::Done { Level::Warning } else { level };
        let tabs: Vec<&str> = ends.iter().filter(|(_, end)| !end.altered.is_empty()).map(|(kind, _)| Tab::of(*kind).title()).collect();
        let say = if tabs.len() == 1 { "says" } else { "say" };
        parts.push(format!("Not saved as entered: {altered}; {} {say} why", tabs.join(" and ")));
    }
    let saved = all(&|end| &end.saved);
    if !saved.is_empty() {
        parts.push(format!("{}: {saved}", if parts.is_empty() { "Saved and read back" } else { "Saved" }));
    }
    let told = all(&|end| &end.told);
    if !told.is_empty() {
        parts.push(format!("Saved, as the answer to it tells: {told}"));
    }
    if parts.is_empty() {
        return (Level::Info, "There was nothing to send: the server has it all".to_owned());
    }
    parts.extend(ends.iter().map(|(_, end)| capitalised(&end.also)).filter(|also| !also.is_empty()));
    if let Some(why) = ends.iter().find_map(|(_, end)| end.unkept.as_ref()) {
        level = if level == Level::Done { Level::Warning } else { level };
        parts.push(capitalised(why.as_str()));
    }
    (level, parts.join(". "))
}

/// How to go on.
fn next(error: &ApiError, shared: &Shared) -> String {
    let (save, read) = (shared.key(Scope::Form, Action::Save), shared.key(Scope::Always, Action::Refresh));
    match error {
        ApiError::SignedOut => format!("Everything is kept: sign in again, then {save} goes on with the save"),
        ApiError::Unknown { .. } => format!("Everything is kept: {read} reads what the server has now, {save} tries again"),
        ApiError::Busy { .. } | ApiError::Offline { .. } | ApiError::Failing { .. } | ApiError::NotMade { .. } => {
            format!("Everything is kept: {save} tries again")
        }
        error => capitalised(error.hint()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::base::ServerLabel;
    use crate::domain::SafeText;
    use crate::widgets::theme::Theme;

    #[test]
    fn one_sentence_says_what_was_saved_where_and_what_was_not() {
        let shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, ServerLabel::default(), Theme::default());
        let said = |ends: &[(DraftKind, SaveOutcome)]| sentence(ends, "choose", &shared);
        let saved = |labels: &[&'static str]| SaveOutcome { saved: labels.to_vec(), ..SaveOutcome::default() };
        let lost = |labels: &[&'static str]| SaveOutcome {
            unsaved: labels.to_vec(),
            trouble: Some(ApiError::Offline { reason: SafeText::line("no route") }),
            ..SaveOutcome::default()
        };
        let (profile, campus, pins) = (DraftKind::Profile, DraftKind::Campus, DraftKind::Pins);
        let conflict = SaveOutcome { unsaved: vec!["Pins"], ..SaveOutcome::default() };
        let altered = SaveOutcome { altered: vec!["Majors"], ..saved(&["Year"]) };
        for (ends, level, text) in [
            (vec![(profile, saved(&["Name", "Bio"]))], Level::Done, "Saved and read back: Name, Bio"),
            (
                vec![(profile, saved(&["Name"])), (campus, saved(&["Majors"])), (pins, saved(&["Pins"]))],
                Level::Done,
                "Saved and read back: Profile (Name), Campus (Majors), Pins",
            ),
            (
                vec![(profile, lost(&["Name"])), (pins, lost(&["Pins"])), (campus, saved(&["Majors"]))],
                Level::Error,
                "Not saved: Profile (Name), Pins: the server cannot be reached: no route. Everything is kept: Ctrl-S tries again. \
                 Saved: Campus (Majors)",
            ),
            (
                vec![(campus, altered), (pins, conflict)],
                Level::Warning,
                "Not saved: Pins changed elsewhere too; choose. Not saved as entered: Campus (Majors); Campus says why. \
                 Saved: Campus (Year)",
            ),
            (
                vec![(profile, SaveOutcome { unkept: Some(SafeText::line("it could not be kept")), ..saved(&["Bio"]) })],
                Level::Warning,
                "Saved and read back: Bio. It could not be kept",
            ),
            (vec![(profile, SaveOutcome::default())], Level::Info, "There was nothing to send: the server has it all"),
        ] {
            assert_eq!(said(&ends), (level, text.to_owned()));
        }
    }
}
