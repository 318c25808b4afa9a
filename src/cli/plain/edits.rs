//! What is unsaved in plain mode: on the same field tables as the form's, kept on disk in the same form.

use serde_json::Value as Json;

use crate::base::draft::{FieldEdit, edits_from_json, edits_to_json};
use crate::cli::difference::Difference;
use crate::cli::exit::Failure;
use crate::cli::file::ServerValues;
use crate::cli::{output, review};
use crate::domain::Profile;
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldSpec, PROFILE, by_key, changed};
use crate::domain::pins::PinList;

use super::ask;

/// Everything that is to be sent at the next save; none where nothing is.
#[derive(Default)]
pub(super) struct Edits {
    pub(super) profile: Option<Profile>,
    pub(super) campus: Option<CampusForm>,
    pub(super) pins: Option<PinList>,
}

impl Edits {
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
    /// the person decides.
    ///
    /// # Errors
    /// When a question cannot be printed.
    pub(super) fn rebase(&mut self, before: &ServerValues, now: &ServerValues) -> Result<(), Failure> {
        if let Some(mine) = self.profile.take() {
            self.profile = rebased(PROFILE, &before.profile, &now.profile, &mine)?;
        }
        if let Some(mine) = self.campus.take() {
            self.campus = rebased(CAMPUS, &before.campus, &now.campus, &mine)?;
        }
        Ok(())
    }
}

fn draft<T>(rows: &[FieldSpec<T>], base: &T, mine: &T) -> Option<Json> {
    let edit = |row: &FieldSpec<T>| FieldEdit { key: row.key.to_owned(), base: row.text(base), mine: row.text(mine).unwrap_or_default() };
    edits_to_json(changed(rows, base, mine).into_iter().map(edit))
}

/// Takes a draft over what the server has; says what of it cannot be taken.
///
/// # Errors
/// When that cannot be printed.
pub(super) fn take_back<T>(rows: &'static [FieldSpec<T>], on: &mut T, body: &Json) -> Result<(), Failure> {
    for edit in edits_from_json(body).unwrap_or_default() {
        let taken = by_key(rows, &edit.key).and_then(|row| row.set(on, &edit.mine));
        if let Err(why) = taken {
            output::line(format!("{} stays as it is: {why}", edit.key))?;
        }
    }
    Ok(())
}

fn rebased<T: Clone + PartialEq + 'static>(rows: &'static [FieldSpec<T>], before: &T, now: &T, mine: &T) -> Result<Option<T>, Failure> {
    let mut new = now.clone();
    for row in changed(rows, before, mine) {
        if row.same_in(now, mine) {
            continue;
        }
        if !row.same_in(before, now) {
            let Difference::Value { old, new: mine_in_words, .. } = review::difference(row, now, mine, &TagNames::default()) else {
                row.copy(&mut new, mine);
                continue;
            };
            output::line(format!("{} was changed elsewhere to {old}; yours is {mine_in_words}.", row.label))?;
            if ask::choice("Which one is to stay?", &["theirs", "mine"])? == Some("theirs") {
                continue;
            }
        }
        row.copy(&mut new, mine);
    }
    Ok((new != *now).then_some(new))
}
