//! What was kept on disk: states before saves, and what of one is to come back; and what the pins were.
//!
//! Values only: reading them from disk is the business of `jobs`, showing them of the overlay.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use super::unsaved::StagedState;
use crate::api::{Call, Reply};
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::conversation::{Chat, Group, Listing};
use crate::domain::field::{FieldError, FieldSpec, PROFILE, go_back, keep_unread};
use crate::domain::pins::{CachedPin, Directory, PinKind, PinRow};
use crate::domain::{Account, Campus, Id, Profile};

/// What the pins were, as far as anything ever said so: the only memory of groups that were deleted, and of topics.
pub fn known_pins(values: &Json) -> HashMap<Id, CachedPin> {
    let row = |(id, row): (&String, &Json)| {
        let word = |key: &str| row.get(key).and_then(Json::as_str);
        Some((Id::from(id.as_str()), CachedPin { name: word("name")?.into(), kind: PinKind::from_word(word("kind")?) }))
    };
    values.get("known").and_then(Json::as_object).into_iter().flatten().filter_map(row).collect()
}

/// What the pins are, as far as anything says so: the only memory of a group that was deleted, and of topics.
pub fn kept_pins(pins: &[Id], directory: &Directory) -> Json {
    let named = |row: PinRow| Some((row.id.as_str().to_owned(), json!({"name": row.name?, "kind": row.kind.word()})));
    directory.resolve(pins).into_iter().filter_map(named).collect::<Map<_, _>>().into()
}

/// Groups as they are kept, in the service's own shape.
pub fn kept_groups(listing: &Listing<Group>) -> Json {
    listing
        .rows
        .iter()
        .map(|group| json!({"id": group.id, "name": group.name, "image_url": group.image_url, "children_count": group.topics}))
        .collect()
}

/// Direct conversations as they are kept, in the service's own shape.
pub fn kept_chats(listing: &Listing<Chat>) -> Json {
    let row = |chat: &Chat| json!({"other_user": {"id": chat.user_id, "name": chat.name, "avatar_url": chat.avatar_url}});
    listing.rows.iter().map(row).collect()
}

/// What was there before a save.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierState {
    /// When the save was, in seconds since 1970.
    pub at: i64,
    /// What it was about to replace.
    pub state: SavedValues,
}

/// What a save replaced.
#[derive(Clone, Debug, PartialEq)]
pub enum SavedValues {
    /// Profile and campus.
    Account(Box<Account>),
    /// The pins in their order.
    Pins(Vec<Id>),
}

impl SavedValues {
    /// An account as it was kept, read by the decoder of the service's own answers; none if it cannot be read.
    pub fn account(kept: &Json) -> Option<Account> {
        match Reply::decode(&Call::Me, 200, Some("application/json"), kept.to_string().as_bytes()) {
            Ok(Reply::Account(account)) => Some(*account),
            _ => None,
        }
    }

    /// What has to become unsaved edits for this state to come back; nothing where it is as it is now.
    pub fn restorable(&self, account: Option<&Account>, pins: Option<&[Id]>, this_year: i16) -> Restorable {
        match self {
            Self::Account(then) => {
                let Some(now) = account else { return Restorable::default() };
                let form = |campus: &Campus| CampusForm { campus: campus.clone(), this_year };
                let (profile, profile_stays) = profile_back(&now.profile, &now.settings.profile, &then.profile);
                let mut campus = form(&now.campus);
                let campus_stays = go_back(CAMPUS, &mut campus, &form(&then.campus));
                let refused = labelled(profile_stays).chain(labelled(campus_stays)).collect();
                let profile = differing(PROFILE, &now.profile, &profile);
                let campus = differing(CAMPUS, &form(&now.campus), &campus);
                let profile = (!profile.is_empty()).then_some(StagedState::Profile(profile));
                let campus = (!campus.is_empty()).then_some(StagedState::Campus(campus));
                Restorable { edits: profile.into_iter().chain(campus).collect(), refused }
            }
            Self::Pins(then) if pins.is_some_and(|now| now != then) => {
                Restorable { edits: vec![StagedState::Pins(then.clone())], refused: Vec::new() }
            }
            Self::Pins(_) => Restorable::default(),
        }
    }
}

/// The profile as it was `then`, and what of it cannot be had again. Of what no reading tells, `told` is what is known now: where nothing
/// is, or nothing was then, it stays.
pub fn profile_back(now: &Profile, told: &Profile, then: &Profile) -> (Profile, Vec<(&'static FieldSpec<Profile>, FieldError)>) {
    let mut known = now.clone();
    keep_unread(PROFILE, &mut known, told);
    let is_known = |row: &&FieldSpec<Profile>| row.route.is_read() || (row.value)(then).is_some() && (row.value)(&known).is_some();
    let mut back = known.clone();
    let stuck = go_back(PROFILE.iter().filter(is_known), &mut back, then);
    for row in PROFILE.iter().filter(|row| !row.route.is_read()) {
        if row.same_in(&known, &back) {
            row.copy(&mut back, now);
        }
    }
    (back, stuck)
}

/// What of a state can come back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restorable {
    /// What becomes unsaved edits.
    pub edits: Vec<StagedState>,
    /// What cannot be had again, like no name, by the field's name; and why.
    pub refused: Vec<(&'static str, FieldError)>,
}

impl Restorable {
    /// What cannot come back, in a sentence; none if all of it can.
    pub fn refusal(&self) -> Option<String> {
        let each: Vec<String> = self.refused.iter().map(|(label, why)| format!("{label} ({why})")).collect();
        (!each.is_empty()).then(|| format!("Not brought back, since it cannot be set: {}", each.join(", ")))
    }
}

fn labelled<T: 'static>(rows: Vec<(&FieldSpec<T>, FieldError)>) -> impl Iterator<Item = (&'static str, FieldError)> {
    rows.into_iter().map(|(row, why)| (row.label, why)).collect::<Vec<_>>().into_iter()
}

/// The fields that differ, in the text form they are to have.
fn differing<T>(rows: &'static [FieldSpec<T>], now: &T, wanted: &T) -> Vec<(&'static str, String)> {
    let differs = rows.iter().filter(|row| !row.same_in(now, wanted));
    differs.map(|row| (row.key, row.text(wanted).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{RawText, detail};

    fn account(name: &str, bio: Option<&str>, year: Option<u16>) -> Account {
        let mut account = Account::new("7");
        (account.profile.name, account.profile.bio) = (Some(RawText::from(name)), bio.map(RawText::from));
        account.campus.graduation_year = year;
        account
    }

    #[test]
    fn what_differs_from_now_is_staged_and_nothing_else() {
        let (then, now) = (account("Isaac", None, Some(2027)), account("Ida", Some("hello"), None));
        let kept = SavedValues::account(&detail::to_json(&then)).unwrap();
        let staged = SavedValues::Account(Box::new(kept.clone())).restorable(Some(&now), None, 2026).edits;
        let profile = StagedState::Profile(vec![("name", "Isaac".to_owned()), ("bio", String::new())]);
        assert_eq!(staged, [profile, StagedState::Campus(vec![("graduation_year", "2027".to_owned())])]);
        assert_eq!(SavedValues::Account(Box::new(kept)).restorable(Some(&then), None, 2026).edits, []);
    }

    #[test]
    fn what_cannot_be_set_any_more_stays_and_is_named_with_the_reason() {
        let (mut then, now) = (account("Isaac", Some("x"), None), account("Ida", None, None));
        then.profile.name = None;
        let back = SavedValues::Account(Box::new(then)).restorable(Some(&now), None, 2026);
        assert_eq!(back.edits, [StagedState::Profile(vec![("bio", "x".to_owned())])]);
        let refusal = back.refusal().unwrap();
        assert!(refusal.starts_with("Not brought back, since it cannot be set: Name ("), "{refusal}");
    }

    #[test]
    fn pins_come_back_in_their_order_or_are_as_they_are() {
        let ids = |text: &str| text.split(' ').map(Id::from).collect::<Vec<_>>();
        let state = SavedValues::Pins(ids("a b c"));
        assert_eq!(state.restorable(None, Some(&ids("c a b")), 2026).edits, [StagedState::Pins(ids("a b c"))]);
        assert_eq!((state.restorable(None, Some(&ids("a b c")), 2026), state.restorable(None, None, 2026)), Default::default());
    }
}
