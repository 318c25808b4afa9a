//! What is unsaved in plain mode: on the same field tables as the form's, kept on disk in the same form.

use serde_json::Value as Json;

use crate::base::draft::{FieldEdit, edits_to_json};
use crate::cli::exit::Failure;
use crate::cli::file::ServerValues;
use crate::cli::{output, review};
use crate::domain::Profile;
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldSpec, PROFILE, changed};
use crate::domain::pins::PinList;

use super::ask;

/// Everything that is to be sent at the next save; none where nothing is.
#[derive(Default)]
pub(super) struct PlainEdits {
    pub(super) profile: Option<Profile>,
    pub(super) campus: Option<CampusForm>,
    pub(super) pins: Option<PinList>,
}

impl PlainEdits {
    /// How many fields and lists differ from what the server has.
    pub(super) fn count(&self, now: &ServerValues) -> usize {
        let profile = self.profile.as_ref().map_or(0, |mine| changed(PROFILE, &now.profile, mine).len());
        let campus = self.campus.as_ref().map_or(0, |mine| changed(CAMPUS, &now.campus, mine).len());
        profile + campus + usize::from(self.pins.as_ref().is_some_and(PinList::changed))
    }

    /// The drafts, as the editor's screens write them.
    pub(super) fn drafts(&self, now: &ServerValues) -> [Option<Json>; 3] {
        [
            self.profile.as_ref().and_then(|mine| draft(PROFILE, &now.profile, mine)),
            self.campus.as_ref().and_then(|mine| draft(CAMPUS, &now.campus, mine)),
            self.pins.as_ref().filter(|list| list.changed()).and_then(|list| serde_json::to_value(list).ok()),
        ]
    }

    /// After something was saved or changed elsewhere: what was edited, on top of what the server has now. Where both changed the same,
    /// the person decides. Whether all was decided; nothing is different where the answers ended before.
    ///
    /// # Errors
    /// When a question cannot be printed.
    pub(super) fn rebase(&mut self, before: &ServerValues, now: &ServerValues, names: &TagNames<'_>) -> Result<bool, Failure> {
        let profile = rebased(PROFILE, &before.profile, &now.profile, self.profile.as_ref(), names)?;
        let Some(profile) = profile else { return Ok(false) };
        let campus = rebased(CAMPUS, &before.campus, &now.campus, self.campus.as_ref(), names)?;
        let Some(campus) = campus else { return Ok(false) };
        (self.profile, self.campus) = (Some(profile), Some(campus));
        Ok(true)
    }
}

fn draft<T>(rows: &[FieldSpec<T>], base: &T, mine: &T) -> Option<Json> {
    let edit = |row: &FieldSpec<T>| FieldEdit { key: row.key.to_owned(), base: row.text(base), mine: row.text(mine).unwrap_or_default() };
    edits_to_json(changed(rows, base, mine).into_iter().map(edit))
}

/// None where the answers ended.
fn rebased<T: Clone>(
    rows: &'static [FieldSpec<T>],
    before: &T,
    now: &T,
    mine: Option<&T>,
    names: &TagNames<'_>,
) -> Result<Option<T>, Failure> {
    let mut new = now.clone();
    let Some(mine) = mine else { return Ok(Some(new)) };
    for row in changed(rows, before, mine).into_iter().filter(|row| !row.same_in(now, mine)) {
        match if row.same_in(before, now) { Some(Side::Mine) } else { settle(row, now, mine, names)? } {
            Some(Side::Mine) => row.copy(&mut new, mine),
            Some(Side::Theirs) => {}
            None => return Ok(None),
        }
    }
    Ok(Some(new))
}

/// Whose value stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Side {
    Mine,
    Theirs,
}

/// Asks about a field that was changed on both sides; none where the answers end.
///
/// # Errors
/// When the question cannot be printed.
pub(super) fn settle<T>(row: &FieldSpec<T>, now: &T, mine: &T, names: &TagNames<'_>) -> Result<Option<Side>, Failure> {
    let [theirs, yours] = [now, mine].map(|values| match review::whole(row, values, names) {
        items if row.kind.is_list() && !items.is_empty() => items.join(", "),
        _ => review::value(row, values),
    });
    output::line(format!("{} was changed elsewhere to {theirs}; yours is {yours}.", row.label))?;
    let side = ask::choice("Which one is to stay?", &["theirs", "mine"])?;
    Ok(side.map(|side| if side == "mine" { Side::Mine } else { Side::Theirs }))
}
