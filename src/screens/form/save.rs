//! Saving: what keeps a save from being sent, the review, and what came of it.
//!
//! Nothing typed is given up here: what was not verified stays in the form and can be saved again.

use super::{Form, Subject};
use crate::api::ApiError;
use crate::base::job::{Save, SaveReport};
use crate::base::{About, Action, Level, Outcome, Scope, Shared};
use crate::domain::Shown;
use crate::domain::merge::Mark;
use crate::screens::Nav;

impl<S: Subject> Form<S> {
    /// Looks for mistakes; with one, goes to it and says what to do.
    pub(super) fn is_ready(&mut self, shared: &mut Shared) -> bool {
        self.settle();
        if !self.has_changes() {
            return true;
        }
        if self.is_foreign(shared) {
            shared.say(Level::Error, "These edits belong to another account: sign in to that one to save them, or discard them");
            return false;
        }
        for row in 0..self.fields.len() {
            self.judge(row);
        }
        let faulty = (0..self.fields.len()).find_map(|row| Some((row, Self::spec(row)?, self.fault(row)?)));
        let Some((row, spec, problem)) = faulty else { return true };
        self.visit(row);
        shared.say_about(About::Field(spec.key), Level::Warning, format!("Not saved yet. {}: {problem}", spec.label));
        false
    }

    /// Starts the save of what is changed.
    pub(super) fn start_save(&mut self, shared: &mut Shared) {
        let (Some(account), Some(base), Some(mine)) = (self.owner.clone(), self.base.clone(), self.mine()) else { return };
        let save = Save { account, base, mine };
        for field in &mut self.fields {
            field.mark = None;
        }
        self.sent = Some(save.clone());
        shared.start(S::job(save));
    }

    /// Takes one of the two values of a field that changed on both sides.
    pub(super) fn take_side(&mut self, key: &str, mine: bool, shared: &Shared) {
        let (Some(row), Some(told)) = (Self::position(key), self.told(shared)) else { return };
        let (Some(spec), Some(base)) = (Self::spec(row), self.base.as_mut()) else { return };
        spec.copy(base, &told);
        if !mine {
            self.put(row, &spec.text(&told).unwrap_or_default());
        }
    }

    /// A save of this form ended.
    pub(super) fn saved(&mut self, result: Result<Outcome, ApiError>, shared: &mut Shared) -> Option<Nav> {
        let sent = self.sent.take();
        match result {
            Ok(Outcome::Saved(report)) => self.take_report(&report, sent.as_ref(), shared),
            Ok(_) => None,
            Err(error) => {
                say_trouble("Not saved", &error, shared);
                None
            }
        }
    }

    fn take_report(&mut self, report: &SaveReport, sent: Option<&Save<S::Value>>, shared: &mut Shared) -> Option<Nav> {
        let told = self.told(shared);
        for (key, mark) in &report.fields {
            let Some((row, spec)) = Self::position(key).and_then(|row| Some((row, Self::spec(row)?))) else { continue };
            // From here on the user starts from what the server holds; what was typed since stays a change.
            let from = match mark {
                Mark::Saved => sent.map(|sent| &sent.mine),
                Mark::Altered(_) => told.as_ref(),
                Mark::Refused(_) | Mark::KeptOld(_) | Mark::Unknown => None,
            };
            if let (Some(base), Some(from)) = (self.base.as_mut(), from) {
                spec.copy(base, from);
            }
            if let Some(field) = self.fields.get_mut(row) {
                field.mark = Some(mark.clone());
            }
        }
        self.sync(shared);
        Self::say_result(report, shared);
        // An overlay that opened under somebody's typing fingers would take letters for answers.
        (!report.conflicts.is_empty() && self.in_front && !self.typing).then_some(Nav::Review)
    }

    fn say_result(report: &SaveReport, shared: &mut Shared) {
        let labels = |wanted: &dyn Fn(&Mark) -> bool| {
            let rows = report.fields.iter().filter(|(_, mark)| wanted(mark)).filter_map(|(key, _)| Self::position(key));
            rows.filter_map(|row| Some(Self::spec(row)?.label)).collect::<Vec<_>>().join(", ")
        };
        let saved = labels(&|mark| *mark == Mark::Saved);
        let rest = labels(&|mark| *mark != Mark::Saved);
        if !report.conflicts.is_empty() {
            shared.say(Level::Warning, "Nothing was sent: the server has changed too; choose which one to keep");
        } else if let Some(error) = &report.trouble {
            let what = if saved.is_empty() { "Not saved".to_owned() } else { format!("{saved} saved, the rest not") };
            say_trouble(&what, error, shared);
        } else if !rest.is_empty() {
            let saved = if saved.is_empty() { String::new() } else { format!("{saved} saved. ") };
            shared.say(Level::Warning, format!("{saved}Not as you wanted: {rest}; the form says why"));
        } else if !saved.is_empty() {
            shared.say(Level::Done, format!("Saved and read back: {saved}"));
        } else {
            shared.say(Level::Info, "There was nothing to send: the server has it all");
        }
    }
}

/// Why it was not saved, and how to go on.
fn say_trouble(what: &str, error: &ApiError, shared: &mut Shared) {
    let (save, read) = (shared.key(Scope::Form, Action::Save), shared.key(Scope::Always, Action::Refresh));
    let next = match error {
        ApiError::SignedOut => format!("Everything is kept: sign in again, then {save} goes on with the save"),
        ApiError::Unknown { .. } => format!("Everything is kept: {read} reads what the server has now, {save} tries again"),
        ApiError::Busy { .. } | ApiError::Offline { .. } | ApiError::Failing { .. } => format!("Everything is kept: {save} tries again"),
        error => error.hint().to_owned(),
    };
    let what = if matches!(error, ApiError::Unknown { .. }) { "The save" } else { what };
    let headline = error.headline();
    shared.say(Level::Error, format!("{what}: {headline}. {next}"));
}

/// What became of a field in the last save, for a line below it; none where that is plain.
pub(super) fn verdict(mark: &Mark, shared: &Shared, read: impl Fn(&str) -> String) -> String {
    match mark {
        Mark::Saved => "saved".to_owned(),
        Mark::Refused(words) if words.is_empty() => "refused by the service".to_owned(),
        Mark::Refused(words) => format!("refused: {}", words.iter().map(Shown::as_str).collect::<Vec<_>>().join("; ")),
        Mark::KeptOld(_) => "the server took it and kept its old value".to_owned(),
        Mark::Altered(Some(now)) => format!("the server made something else of it: {}", read(now)),
        Mark::Altered(None) => "the server made something else of it".to_owned(),
        Mark::Unknown => format!("not known whether it was saved; {} reads it again", shared.key(Scope::Always, Action::Refresh)),
    }
}
