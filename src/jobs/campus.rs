//! Saving the campus profile: two calls in an order the directory accepts, and read back.

use super::save::{self, FieldWrites, keep_account};
use crate::api::{ApiError, Call, Service};
use crate::base::job::{Save, SaveReport};
use crate::domain::account::Account;
use crate::domain::campus::{self, CAMPUS, CampusForm, CampusWrite};
use crate::domain::field::{FieldError, changed};
use crate::domain::merge::{SaveStatus, merge};
use crate::domain::{Campus, Id};
use crate::io::notes::Notes;

/// The writes that make `base` into `mine`, in the order in which they have to be sent.
///
/// # Errors
/// What is missing for the visibility chosen; nothing may be sent then.
pub fn plan(base: &Campus, mine: &Campus) -> Result<Vec<Call>, FieldError> {
    Ok(campus::plan(base, mine)?.iter().map(call).collect())
}

fn call(write: &CampusWrite) -> Call {
    match write {
        CampusWrite::Majors(codes) => Call::SetMajors(codes.clone()),
        CampusWrite::Membership { year, visibility } => Call::SetMembership { graduation_year: *year, visibility: visibility.clone() },
    }
}

/// Saves the changes, unless one of them clashes with a change made elsewhere.
///
/// If the first half fails the second is sent only where the directory accepts it without the first.
///
/// # Errors
/// What kept the account from being read at the start; nothing was written then.
pub async fn save(service: &impl Service, notes: &Notes, wanted: &Save<Campus>) -> Result<SaveReport, ApiError> {
    let before = save::read(service, notes, &wanted.account).await?;
    let (base, mine) = (form(&wanted.base), form(&wanted.mine));
    let merged = merge(CAMPUS, &base, &mine, &form(&before.campus));
    if let Some(report) = save::conflicts(&merged, &before) {
        return Ok(report);
    }
    let planned = match campus::plan(&before.campus, &merged.value.campus) {
        Ok(planned) => planned,
        Err(why) => return Ok(refused(&base, &mine, before, &why)),
    };
    let unkept = if planned.is_empty() { None } else { keep_account(notes, &before).await };
    let mut saving = CampusSave { service, notes, account: &wanted.account, state: before.campus.clone(), writes: FieldWrites::default() };
    for write in planned {
        saving.send(&write).await;
        saving.try_halves(write).await;
    }
    let writes = saving.writes;
    let back = writes.read_back(service, notes, before).await;
    let report = writes.report(CAMPUS, (&base, &mine), back, |_, back| back.map(|back| form(&back.campus)));
    Ok(SaveReport { unkept, ..report })
}

/// A save under way.
struct CampusSave<'a, S> {
    service: &'a S,
    notes: &'a Notes,
    account: &'a Id,
    /// What the directory holds, as far as the answers tell.
    state: Campus,
    writes: FieldWrites,
}

impl<S: Service> CampusSave<'_, S> {
    async fn send(&mut self, write: &CampusWrite) {
        let next = write.onto(&self.state);
        let keys = changed(CAMPUS, &form(&self.state), &form(&next)).into_iter().map(|row| row.key).collect();
        if self.writes.has_failed() && next.allowed().is_err() {
            self.writes.skip(keys);
            return;
        }
        match self.writes.send(self.service, &call(write), keys).await {
            Ok(_) => self.state = next,
            // Whether the next write is allowed depends on whether this one arrived.
            Err(_) if self.writes.may_have_applied() => match save::read(self.service, self.notes, self.account).await {
                Ok(account) => self.state = account.campus,
                Err(_) => self.writes.stop(),
            },
            Err(_) => {}
        }
    }

    /// Where year and visibility were refused together, each is tried with the other as it is.
    async fn try_halves(&mut self, write: CampusWrite) {
        let (CampusWrite::Membership { year, visibility }, Some(now)) = (write, self.state.visibility.clone()) else { return };
        if self.writes.refused_several() {
            self.send(&CampusWrite::Membership { year, visibility: now }).await;
            self.send(&CampusWrite::Membership { year: self.state.graduation_year, visibility }).await;
        }
    }
}

/// What the form asks for does not go with what was changed elsewhere meanwhile.
fn refused(base: &CampusForm, mine: &CampusForm, account: Account, why: &FieldError) -> SaveReport {
    let mark = || SaveStatus::Refused(vec![why.shown().clone()]);
    let fields = changed(CAMPUS, base, mine).into_iter().map(|row| (row.key, mark())).collect();
    SaveReport { account: Some(Box::new(account)), fields, ..SaveReport::default() }
}

/// The year matters to what people type only.
fn form(campus: &Campus) -> CampusForm {
    CampusForm { campus: campus.clone(), this_year: 0 }
}

#[cfg(test)]
mod tests {
    use super::super::script::{Script, ScriptedAnswer, lost, me, no_me, offline, rejected};
    use super::*;
    use crate::api::Reply;
    use crate::domain::Visibility::{self, Hidden, Major, Visible};
    use crate::io::clock::Clock;

    fn campus(majors: &[&str], year: Option<u16>, visibility: Visibility) -> Campus {
        let codes = majors.iter().map(|code| (*code).into()).collect();
        Campus { major_codes: Some(codes), graduation_year: year, visibility: Some(visibility) }
    }

    fn account(campus: &Campus) -> Account {
        Account { campus: campus.clone(), ..Account::new("7") }
    }

    fn majors(codes: &[&str], answer: ScriptedAnswer) -> (Call, ScriptedAnswer) {
        (Call::SetMajors(codes.iter().map(|code| (*code).into()).collect()), answer)
    }

    fn membership(graduation_year: Option<u16>, visibility: Visibility, answer: ScriptedAnswer) -> (Call, ScriptedAnswer) {
        (Call::SetMembership { graduation_year, visibility }, answer)
    }

    async fn run(base: &Campus, mine: &Campus, script: impl IntoIterator<Item = (Call, ScriptedAnswer)>) -> SaveReport {
        save(
            &Script::new(script),
            &Notes::nowhere(Clock::of_tests()),
            &Save { account: "7".into(), base: base.clone(), mine: mine.clone() },
        )
        .await
        .unwrap()
    }

    fn keys(report: &SaveReport, saved: bool) -> Vec<&'static str> {
        report.fields.iter().filter(|(_, mark)| (*mark == SaveStatus::Saved) == saved).map(|(key, _)| *key).collect()
    }

    #[tokio::test]
    async fn both_directions_pass_through_allowed_states_only() {
        let (none, some) = (campus(&[], None, Hidden), campus(&["3702"], Some(2027), Major));
        let ids = Ok(Reply::Ids(vec!["3702".into()]));
        let there = [me(&account(&none)), majors(&["3702"], ids), membership(Some(2027), Major, Ok(Reply::Done)), me(&account(&some))];
        assert!(run(&none, &some, there).await.is_complete());
        let back = [me(&account(&some)), membership(None, Hidden, Ok(Reply::Done)), majors(&[], Ok(Reply::Done)), me(&account(&none))];
        assert!(run(&some, &none, back).await.is_complete());
    }

    #[tokio::test]
    async fn the_second_half_is_sent_only_where_it_stands_without_the_first() {
        let (none, some) = (campus(&[], None, Hidden), campus(&["3702"], Some(2027), Major));
        let report = run(&none, &some, [me(&account(&none)), majors(&["3702"], Err(rejected("no school")))]).await;
        assert_eq!(keys(&report, false), ["major_codes", "graduation_year", "campus_profile_visibility"]);
        let SaveStatus::Refused(words) = &report.fields[2].1 else { panic!("{report:?}") };
        assert!(words[0].as_str().starts_with("not sent") && words[0].as_str().ends_with("no school"), "{words:?}");

        let visible = campus(&["3702"], Some(2027), Visible);
        let half = campus(&[], Some(2027), Visible);
        let calls = [
            me(&account(&none)),
            majors(&["3702"], Err(rejected("no school"))),
            membership(Some(2027), Visible, Ok(Reply::Done)),
            me(&account(&half)),
        ];
        let report = run(&none, &visible, calls).await;
        assert_eq!(keys(&report, true), ["graduation_year", "campus_profile_visibility"]);
        // Saving the same again repairs the rest.
        let again = [me(&account(&half)), majors(&["3702"], Ok(Reply::Done)), me(&account(&visible))];
        assert!(run(&none, &visible, again).await.is_complete());
    }

    #[tokio::test]
    async fn a_lost_first_answer_is_settled_before_the_second_half_goes() {
        let (none, some) = (campus(&[], None, Hidden), campus(&["3702"], None, Major));
        let half = campus(&["3702"], None, Hidden);
        let first = || [me(&account(&none)), majors(&["3702"], Err(lost()))];
        let rest = [me(&account(&half)), membership(None, Major, Ok(Reply::Done)), me(&account(&some))];
        assert!(run(&none, &some, first().into_iter().chain(rest)).await.is_complete());
        let not = run(&none, &some, first().into_iter().chain([me(&account(&none)), me(&account(&none))])).await;
        assert!(keys(&not, true).is_empty() && not.trouble.is_none(), "{not:?}");
        let unread = run(&none, &some, first().into_iter().chain([no_me(offline()), no_me(offline())])).await;
        assert_eq!(unread.fields[0].1, SaveStatus::Unknown);
        assert!(matches!(unread.trouble, Some(ApiError::Unknown { .. })), "{unread:?}");
        // Nor is it sent where it would be allowed without the first: the server may not be reached at all.
        let visible = campus(&["3702"], Some(2027), Visible);
        let unread = run(&none, &visible, first().into_iter().chain([no_me(offline()), no_me(offline())])).await;
        assert!(keys(&unread, true).is_empty() && unread.trouble.is_some(), "{unread:?}");
    }

    #[tokio::test]
    async fn where_year_and_visibility_are_refused_together_each_is_tried_alone() {
        let (base, mine) = (campus(&["1"], Some(2026), Hidden), campus(&["1"], Some(2027), Visible));
        let back = campus(&["1"], Some(2026), Visible);
        let calls = [
            me(&account(&base)),
            membership(Some(2027), Visible, Err(rejected("too late"))),
            membership(Some(2027), Hidden, Err(rejected("too late"))),
            membership(Some(2026), Visible, Ok(Reply::Done)),
            me(&account(&back)),
        ];
        let report = run(&base, &mine, calls).await;
        let SaveStatus::Refused(words) = &report.fields[0].1 else { panic!("{report:?}") };
        assert_eq!((words[0].as_str(), keys(&report, true)), ("too late", vec!["campus_profile_visibility"]));
    }

    #[tokio::test]
    async fn what_no_longer_goes_together_is_refused_before_any_write() {
        // The phone took the majors away while "major" was being chosen.
        let (base, mine, now) = (campus(&["1"], None, Hidden), campus(&["1"], None, Major), campus(&[], None, Hidden));
        let report = run(&base, &mine, [me(&account(&now))]).await;
        let SaveStatus::Refused(words) = &report.fields[0].1 else { panic!("{report:?}") };
        assert!(words[0].as_str().contains("at least one major"), "{words:?}");
    }

    #[tokio::test]
    async fn both_sides_changing_the_year_is_asked_about() {
        let year = |year| campus(&["1"], Some(year), Visible);
        let report = run(&year(2026), &year(2027), [me(&account(&year(2028)))]).await;
        assert_eq!(report.conflicts.iter().map(|clash| clash.key).collect::<Vec<_>>(), ["graduation_year"]);
        // A year set elsewhere goes along when only the visibility is changed here.
        let (base, mine) = (campus(&["1"], Some(2026), Visible), campus(&["1"], Some(2026), Hidden));
        let end = campus(&["1"], Some(2028), Hidden);
        let calls = [me(&account(&year(2028))), membership(Some(2028), Hidden, Ok(Reply::Done)), me(&account(&end))];
        assert!(run(&base, &mine, calls).await.is_complete());
    }
}
