//! Edit: the profile in a form.

use super::form::{Form, FormSpec};
use crate::base::job::Save;
use crate::base::{DraftKind, Job, Shared};
use crate::domain::field::{FieldSpec, PROFILE, warnings};
use crate::domain::{Account, Profile, Visibility};

/// The screen.
pub type EditScreen = Form<ProfileSpec>;

/// What the form edits here.
#[derive(Debug)]
pub struct ProfileSpec;

impl FormSpec for ProfileSpec {
    type Value = Profile;

    const ROWS: &'static [FieldSpec<Profile>] = PROFILE;
    const KIND: DraftKind = DraftKind::Profile;

    const SEEN_BY: &'static str = "As others see you";

    fn put_on(account: &mut Account, mine: Profile) {
        account.profile = mine;
    }

    fn values(account: &Account, _shared: &Shared) -> Profile {
        account.profile.clone()
    }

    fn told_earlier(account: &Account) -> Option<(Profile, i64)> {
        Some((account.settings.profile.clone(), account.settings.told_at?))
    }

    fn job(save: Save<Profile>) -> Job {
        Job::SaveProfile(Box::new(save))
    }

    fn warnings(changed: &[&'static str], mine: &Profile, shared: &Shared) -> Vec<&'static str> {
        let mut warnings = warnings(changed, mine);
        let campus = shared.session.account.value().and_then(|account| account.campus.visibility.clone());
        let seen = PROFILE.iter().any(|row| !row.private && changed.contains(&row.key));
        if seen && campus.is_some_and(|level| level != Visibility::Hidden) {
            warnings.push("People at your school can see your profile.");
        }
        warnings
    }
}
