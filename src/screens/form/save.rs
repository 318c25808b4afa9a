//! Saving: what keeps a save from being sent, and what came of it.
//!
//! Nothing typed is given up here: what was not verified stays in the form and can be saved again.

use super::{Form, FormSpec};
use crate::api::ApiError;
use crate::base::job::{Save, SaveReport};
use crate::base::{Action, Level, Scope, Shared, ToastTopic};
use crate::domain::SafeText;
use crate::domain::merge::SaveStatus;
use crate::screens::SaveOutcome;

impl<S: FormSpec> Form<S> {
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
        shared.say_about(ToastTopic::Field(spec.key), Level::Warning, format!("Not saved yet. {}: {problem}", spec.label));
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
    pub(super) fn take_result(&mut self, result: Result<SaveReport, ApiError>, shared: &Shared) -> SaveOutcome {
        let sent = self.sent.take();
        let labels = |rows: Vec<usize>| rows.into_iter().filter_map(|row| Some(Self::spec(row)?.label)).collect::<Vec<_>>();
        let report = match result {
            Ok(report) => report,
            Err(error) => return SaveOutcome { unsaved: labels(self.changed()), trouble: Some(error), ..SaveOutcome::default() },
        };
        self.take_report(&report, sent.as_ref(), shared);
        if !report.conflicts.is_empty() {
            let rows = report.conflicts.iter().filter_map(|conflict| Self::position(conflict.key));
            return SaveOutcome { unsaved: labels(rows.collect()), ..SaveOutcome::default() };
        }
        let marked = |saved: bool| {
            let fields = report.fields.iter().filter(|(_, mark)| (*mark == SaveStatus::Saved) == saved);
            fields.filter_map(|(key, _)| Self::position(key)).collect::<Vec<usize>>()
        };
        let (read, told) = marked(true).into_iter().partition(|row| Self::spec(*row).is_some_and(|spec| spec.route.is_read()));
        let also = report.fallback.map_or_else(String::new, |fallback| format!("{} went {}", fallback.keys.join(", "), fallback.words()));
        let (altered, unsaved) = match &report.trouble {
            None => (labels(marked(false)), Vec::new()),
            Some(_) if report.fields.is_empty() => (Vec::new(), labels(self.changed())),
            Some(_) => (Vec::new(), labels(marked(false))),
        };
        SaveOutcome { saved: labels(read), told: labels(told), altered, unsaved, trouble: report.trouble, also, unkept: report.unkept }
    }

    fn take_report(&mut self, report: &SaveReport, sent: Option<&Save<S::Value>>, shared: &Shared) {
        let told = self.told(shared);
        for (key, mark) in &report.fields {
            let Some((row, spec)) = Self::position(key).and_then(|row| Some((row, Self::spec(row)?))) else { continue };
            // From here on the user starts from what the server holds; what was typed since stays a change.
            let from = match mark {
                SaveStatus::Saved => sent.map(|sent| &sent.mine),
                SaveStatus::Altered(_) => told.as_ref(),
                SaveStatus::Refused(_) | SaveStatus::KeptOld(_) | SaveStatus::Unknown => None,
            };
            if let (Some(base), Some(from)) = (self.base.as_mut(), from) {
                spec.copy(base, from);
            }
            if let Some(field) = self.fields.get_mut(row) {
                field.mark = Some(mark.clone());
            }
        }
        self.sync(shared);
    }
}

/// What became of a field in the last save, for a line below it.
pub(super) fn verdict(mark: &SaveStatus, shared: &Shared, read: impl Fn(&str) -> String) -> String {
    match mark {
        SaveStatus::Saved => "saved".to_owned(),
        SaveStatus::Refused(words) if words.is_empty() => "refused by the service".to_owned(),
        SaveStatus::Refused(words) => format!("refused: {}", words.iter().map(SafeText::as_str).collect::<Vec<_>>().join("; ")),
        SaveStatus::KeptOld(_) => "the server took it and kept its old value".to_owned(),
        SaveStatus::Altered(Some(now)) => format!("the server changed it to: {}", read(now)),
        SaveStatus::Altered(None) => "the server changed it".to_owned(),
        SaveStatus::Unknown => format!("not known whether it was saved; {} reads it again", shared.key(Scope::Always, Action::Refresh)),
    }
}
