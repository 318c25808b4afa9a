//! Campus: majors, graduation year and visibility in a form, for accounts in a school's directory.

use super::form::{Form, FormSpec};
use crate::base::job::Save;
use crate::base::{Action, DraftKind, Job, Scope, Shared};
use crate::domain::campus::{CAMPUS, CampusForm, plan};
use crate::domain::field::{FieldError, FieldKind, FieldSpec};
use crate::domain::{Account, Campus, Visibility};

/// The screen.
pub type CampusScreen = Form<CampusSpec>;

/// What the form edits here.
#[derive(Debug)]
pub struct CampusSpec;

impl FormSpec for CampusSpec {
    type Value = CampusForm;

    const ROWS: &'static [FieldSpec<CampusForm>] = CAMPUS;
    const KIND: DraftKind = DraftKind::Campus;
    const COMMAND: &'static [&'static str] = &["campus"];
    const RULED: Option<&'static str> = Some("campus_profile_visibility");

    const SEEN_BY: &'static str = "As your campus sees you";

    fn put_on(account: &mut Account, mine: CampusForm) {
        account.campus = mine.campus;
    }

    fn values(account: &Account, shared: &Shared) -> CampusForm {
        CampusForm { campus: account.campus.clone(), this_year: shared.now.to_zoned(shared.zone.clone()).year() }
    }

    fn job(save: Save<CampusForm>) -> Job {
        Job::SaveCampus(Box::new(Save { account: save.account, base: save.base.campus, mine: save.mine.campus }))
    }

    fn rule(base: &CampusForm, mine: &CampusForm) -> Result<(), FieldError> {
        plan(&base.campus, &mine.campus).map(drop)
    }

    fn why_not(kind: FieldKind, option: &str, mine: &CampusForm) -> Option<&'static str> {
        let majors = mine.campus.major_codes.as_ref().map_or(0, Vec::len);
        (kind == FieldKind::Visibility).then(|| Visibility::from_word(option).allowed(majors, mine.campus.graduation_year).err()).flatten()
    }

    fn instead(shared: &Shared) -> Option<String> {
        let account = shared.session.account.value()?;
        let again = shared.key(Scope::Always, Action::Refresh);
        let schools = shared.session.schools.value().map(Vec::as_slice);
        match (schools, shared.session.schools.error()) {
            _ if account.campus != Campus::default() && account.campus.is_possible(schools) => None,
            (Some([]), _) => Some(format!(
                "This account is in no school's directory, so it has no campus profile. Schools are joined in the official app, with a \
                 school email address; afterwards {again} reads it here."
            )),
            (Some(_), _) => None,
            (None, Some(error)) => Some(format!(
                "Your schools could not be read: {}. What to do: {}. {again} tries once more.",
                error.headline(),
                error.hint()
            )),
            (None, None) => Some("Reading which schools you belong to.".to_owned()),
        }
    }

    fn heading(shared: &Shared) -> Vec<(&'static str, String)> {
        let schools = shared.session.schools.value().into_iter().flatten();
        schools.map(|school| ("School", school.name.line().into_string())).collect()
    }

    fn warnings(_changed: &[&'static str], mine: &CampusForm, _shared: &Shared) -> Vec<&'static str> {
        match &mine.campus.visibility {
            None | Some(Visibility::Hidden) => Vec::new(),
            Some(_) => vec!["People at your school will see it."],
        }
    }
}
