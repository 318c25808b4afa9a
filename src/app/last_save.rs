//! What the last save of this run replaced, so that undo can go on past it.

use jiff::Timestamp;

use crate::base::job::{PinsOutcome, SaveReport};
use crate::base::{Job, JobOutcome, Shared, StagedState};
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::field::{FieldSpec, PROFILE};
use crate::domain::merge::SaveStatus;
use crate::domain::pins::PinList;

/// What the last save replaced.
#[derive(Debug)]
pub(super) struct LastSave {
    pub(super) at: Timestamp,
    pub(super) states: Vec<StagedState>,
    /// Whether more of the same save is still under way.
    open: bool,
}

/// Remembers what a verified save replaced.
pub(super) fn remember(before: &mut Option<LastSave>, job: &Job, outcome: Option<&JobOutcome>, shared: &Shared) {
    let state = match (job, outcome) {
        (Job::SaveProfile(save), Some(JobOutcome::Saved(report))) => StagedState::Profile(replaced(PROFILE, &save.base, report)),
        (Job::SaveCampus(save), Some(JobOutcome::Saved(report))) => {
            StagedState::Campus(replaced(CAMPUS, &CampusForm { campus: save.base.clone(), this_year: 0 }, report))
        }
        (Job::SavePins(save), Some(JobOutcome::PinsSaved(_, report))) if report.end == PinsOutcome::Saved => {
            // What other devices did meanwhile is no part of the save and stays.
            StagedState::Pins(PinList::toward(save.list.ids(), save.list.base()).replay(&report.server).list.ids().to_vec())
        }
        _ => return,
    };
    if matches!(&state, StagedState::Profile(fields) | StagedState::Campus(fields) if fields.is_empty()) {
        return;
    }
    let mut states = before.take().filter(|before| before.open).map(|before| before.states).unwrap_or_default();
    states.push(state);
    *before = Some(LastSave { at: shared.now, states, open: shared.session.in_flight.is_writing() });
}

/// The fields that were saved, with what they were.
fn replaced<T>(rows: &'static [FieldSpec<T>], base: &T, report: &SaveReport) -> Vec<(&'static str, String)> {
    let saved = report.fields.iter().filter(|(_, mark)| *mark == SaveStatus::Saved);
    saved.filter_map(|(key, _)| rows.iter().find(|row| row.key == *key)).map(|row| (row.key, row.text(base).unwrap_or_default())).collect()
}
