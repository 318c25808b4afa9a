//! Saving the profile: what changed, to the calls that take it, and read back.

use super::save::{self, FieldWrites, keep_account};
use super::{read, settings};
use crate::api::{ApiError, Call, Reply, Service};
use crate::base::job::{Fallback, Save, SaveReport};
use crate::domain::account::AccountSettings;
use crate::domain::field::{FieldRoute, FieldSpec, PROFILE, by_key, changes_only, keep_unread};
use crate::domain::merge::merge;
use crate::domain::{Id, Profile, SafeText};
use crate::io::notes::Notes;

/// The writes that make `base` into `mine` on the account with this id: each field to the call that takes it, only what changed.
pub fn plan(id: &Id, base: &Profile, mine: &Profile) -> Vec<Call> {
    let changes = |extended: bool| changes_only(PROFILE.iter().filter(|row| row.route.is_extended() == extended), base, mine);
    let extended = changes(true).map(|changes| Call::UpdateProfile(id.clone(), changes));
    extended.into_iter().chain(changes(false).map(Call::UpdateAccount)).collect()
}

/// The fields of a call, and for each the call that carries nothing else.
fn singles(call: &Call) -> Vec<(&'static str, Call)> {
    let alone = |changes: &Profile, call: &dyn Fn(Profile) -> Call| {
        let single = |row: &FieldSpec<Profile>| {
            (row.value)(changes)?;
            let mut single = Profile::default();
            row.copy(&mut single, changes);
            Some((row.key, call(single)))
        };
        PROFILE.iter().filter_map(single).collect()
    };
    match call {
        Call::UpdateProfile(id, changes) => alone(changes, &|single| Call::UpdateProfile(id.clone(), single)),
        Call::UpdateAccount(changes) => alone(changes, &Call::UpdateAccount),
        _ => Vec::new(),
    }
}

/// Saves the changes, unless one of them clashes with a change made elsewhere.
///
/// Either call may fail alone; what fails is marked so and the other is sent all the same. Where a call with several fields is
/// refused, each is tried alone, so that one bad value never sinks the others.
///
/// # Errors
/// What kept the account from being read at the start; nothing was written then.
pub async fn save(service: &impl Service, notes: &Notes, wanted: &Save<Profile>) -> Result<SaveReport, ApiError> {
    let before = save::read(service, notes, &wanted.account).await?;
    // Nobody can know whether what `users/me` does not tell was changed elsewhere.
    let mut theirs = before.profile.clone();
    keep_unread(PROFILE, &mut theirs, &wanted.base);
    let merged = merge(PROFILE, &wanted.base, &wanted.mine, &theirs);
    if let Some(report) = save::conflicts(&merged, &before) {
        return Ok(report);
    }
    let mut sent = ProfileWrites::default();
    let calls = plan(&before.id, &theirs, &merged.value);
    let unkept = if calls.is_empty() { None } else { keep_account(notes, &before).await };
    let (extended, short): (Vec<Call>, Vec<Call>) = calls.into_iter().partition(|call| matches!(call, Call::UpdateProfile(..)));
    for call in extended {
        sent.send(service, &call).await;
    }
    let fallback = fall_back(service, &mut sent.writes, &before.id, &merged.value).await;
    let mut short: Option<Profile> =
        short.into_iter().find_map(|call| if let Call::UpdateAccount(changes) = call { Some(changes) } else { None });
    for row in fallback.iter().flat_map(|fallback| &fallback.keys).filter_map(|key| by_key(PROFILE, key).ok()) {
        row.copy(short.get_or_insert_default(), &merged.value);
    }
    if let Some(changes) = short {
        sent.send(service, &Call::UpdateAccount(changes)).await;
    }
    let ProfileWrites { writes, told, settings } = sent;
    let settings = if settings.is_told() { Some(settings::keep(notes, &before, settings).await) } else { None };
    let back = writes.read_back(service, notes, before).await.map(|mut back| {
        keep_unread(PROFILE, &mut back.profile, &told);
        back.settings = settings.unwrap_or(back.settings);
        back
    });
    let report = writes.report(PROFILE, (&wanted.base, &wanted.mine), back, |row, back| {
        if row.route.is_read() { back.map(|back| back.profile.clone()) } else { (row.value)(&told).map(|_| told.clone()) }
    });
    Ok(SaveReport { fallback, unkept, ..report })
}

/// The writes of a profile, and what their answers told.
#[derive(Default)]
struct ProfileWrites {
    writes: FieldWrites,
    told: Profile,
    settings: AccountSettings,
}

impl ProfileWrites {
    /// Sends a call; where its values were refused, each of them alone.
    async fn send(&mut self, service: &impl Service, call: &Call) {
        let singles = singles(call);
        let keys = singles.iter().map(|(key, _)| *key).collect();
        let mut replies = vec![self.writes.send(service, call, keys).await];
        if self.writes.refused_several() {
            for (key, single) in &singles {
                replies.push(self.writes.send(service, single, vec![*key]).await);
            }
        }
        for reply in replies {
            if let Ok(Reply::Account(mut newest)) = reply {
                keep_unread(PROFILE, &mut newest.profile, &self.told);
                self.told = newest.profile;
                self.settings = newest.settings;
            }
        }
    }
}

/// Moves what both calls take to the documented one where the extended one was turned away, or failed and reading shows that it did
/// nothing: the newer call is undocumented, and some accounts may not use it.
async fn fall_back(service: &impl Service, writes: &mut FieldWrites, id: &Id, mine: &Profile) -> Option<Fallback> {
    let (mut keys, error) = writes.turned_away(|key| by_key(PROFILE, key).is_ok_and(|row| row.route == FieldRoute::Either))?;
    if error.may_have_applied() {
        let now = read::told(service).await.ok().filter(|now| now.id == *id)?;
        keys.retain(|key| by_key(PROFILE, key).is_ok_and(|row| !row.same_in(&now.profile, mine)));
        if keys.is_empty() {
            return None;
        }
    }
    writes.hand_over(&keys);
    Some(Fallback { keys, reason: SafeText::line(error.cause()) })
}

#[cfg(test)]
mod tests {
    use super::super::script::{Script, ScriptedAnswer, lost, me, no_me, offline, rejected, told};
    use super::*;
    use crate::base::job::FieldConflict;
    use crate::domain::account::Account;
    use crate::domain::merge::SaveStatus;
    use crate::io::clock::Clock;

    fn profile(pairs: &[(&str, &str)]) -> Profile {
        let mut profile = Profile::default();
        for (key, text) in pairs {
            by_key(PROFILE, key).unwrap().set(&mut profile, text).unwrap();
        }
        profile
    }

    fn account(pairs: &[(&str, &str)]) -> Account {
        Account { profile: profile(pairs), ..Account::new("7") }
    }

    const OLD: [(&str, &str); 3] = [("name", "Isaac"), ("bio", "old"), ("zip_code", "1")];
    const NEW: [(&str, &str); 3] = [("name", "Isaac"), ("bio", "new"), ("zip_code", "2")];

    fn extended(pairs: &[(&str, &str)], answer: ScriptedAnswer) -> (Call, ScriptedAnswer) {
        (Call::UpdateProfile("7".into(), profile(pairs)), answer)
    }

    fn short(answer: ScriptedAnswer) -> (Call, ScriptedAnswer) {
        (Call::UpdateAccount(profile(&[("zip_code", "2")])), answer)
    }

    /// Saves `mine` over what `OLD` is, the service doing as told.
    async fn run(mine: &[(&str, &str)], script: impl IntoIterator<Item = (Call, ScriptedAnswer)>) -> SaveReport {
        let wanted = Save { account: "7".into(), base: profile(&OLD), mine: profile(mine) };
        save(&Script::new(script), &Notes::nowhere(Clock::of_tests()), &wanted).await.unwrap()
    }

    fn refused(words: &str) -> SaveStatus {
        SaveStatus::Refused(vec![SafeText::line(words)])
    }

    #[tokio::test]
    async fn each_field_goes_to_its_call_and_is_saved_once_it_was_read_back() {
        let calls = [me(&account(&OLD)), extended(&[("bio", "new")], Ok(Reply::Done)), short(Ok(Reply::Done)), me(&account(&NEW))];
        let report = run(&NEW, calls).await;
        assert_eq!(report.fields, [("bio", SaveStatus::Saved), ("zip_code", SaveStatus::Saved)]);
        assert!(report.is_complete());
        assert_eq!(*report.account.unwrap(), account(&NEW));
    }

    #[tokio::test]
    async fn what_the_server_has_already_is_not_sent_again() {
        let there = [("name", "Isaac"), ("bio", "new\n"), ("zip_code", "1")];
        let report = run(&NEW, [me(&account(&there)), short(Ok(Reply::Done)), me(&account(&NEW))]).await;
        assert!(report.is_complete());
        let report = run(&NEW, [me(&account(&NEW))]).await;
        assert!(report.is_complete() && report.fields.len() == 2, "{report:?}");
    }

    #[tokio::test]
    async fn a_change_on_both_sides_writes_nothing_and_one_elsewhere_stays() {
        let there = [("name", "Isaac P"), ("bio", "theirs"), ("zip_code", "1")];
        let report = run(&NEW, [me(&account(&there))]).await;
        let bio = FieldConflict { key: "bio", base: Some("old".into()), mine: Some("new".into()), theirs: Some("theirs".into()) };
        assert_eq!((report.conflicts, report.fields.len()), (vec![bio], 0));
        // Settled for "mine": the base is what the server has.
        let wanted =
            Save { account: "7".into(), base: profile(&there), mine: profile(&[("name", "Isaac P"), ("bio", "new"), ("zip_code", "1")]) };
        let back = account(&[("name", "Isaac P"), ("bio", "new"), ("zip_code", "1")]);
        let script = Script::new([me(&account(&there)), extended(&[("bio", "new")], Ok(Reply::Done)), me(&back)]);
        assert!(save(&script, &Notes::nowhere(Clock::of_tests()), &wanted).await.unwrap().is_complete());
    }

    #[tokio::test]
    async fn either_call_may_fail_alone() {
        let half = account(&[("name", "Isaac"), ("bio", "old"), ("zip_code", "2")]);
        let calls = [me(&account(&OLD)), extended(&[("bio", "new")], Err(rejected("too rude"))), short(Ok(Reply::Done)), me(&half)];
        let report = run(&NEW, calls).await;
        assert_eq!(report.fields, [("bio", refused("too rude")), ("zip_code", SaveStatus::Saved)]);
        assert_eq!(report.trouble, None, "the mark says it all");
        let kept = [me(&account(&OLD)), extended(&[("bio", "new")], Ok(Reply::Done)), short(Ok(Reply::Done)), me(&half)];
        assert_eq!(run(&NEW, kept).await.fields, [("bio", SaveStatus::KeptOld(Some("old".into()))), ("zip_code", SaveStatus::Saved)]);
    }

    #[tokio::test]
    async fn where_several_fields_are_refused_each_is_tried_alone() {
        let mine = [("name", "Isa"), ("bio", "new"), ("song_url", "spotify:track:1"), ("zip_code", "1")];
        let half = account(&[("name", "Isa"), ("bio", "old"), ("song_url", "spotify:track:1"), ("zip_code", "1")]);
        let calls = [
            me(&account(&OLD)),
            extended(&mine[..3], Err(rejected("no links in bios"))),
            extended(&mine[..1], Ok(Reply::Done)),
            extended(&mine[1..2], Err(rejected("no links in bios"))),
            extended(&mine[2..3], Ok(Reply::Done)),
            me(&half),
        ];
        let report = run(&mine, calls).await;
        assert_eq!(report.fields, [("name", SaveStatus::Saved), ("bio", refused("no links in bios")), ("song_url", SaveStatus::Saved)]);
        assert_eq!(report.trouble, None);
        // What was lost is settled by reading, never sent again in parts; and without a connection nothing more is tried.
        let lost = run(&mine, [me(&account(&OLD)), extended(&mine[..3], Err(lost())), me(&half), me(&half)]).await;
        assert_eq!(lost.fields[0].1, SaveStatus::Saved);
        let calls = [me(&account(&OLD)), extended(&mine[..3], Err(rejected("no"))), extended(&mine[..1], Err(offline()))];
        let report = run(&mine, calls).await;
        assert!(report.fields.iter().all(|(_, mark)| matches!(mark, SaveStatus::Refused(_))), "{report:?}");
        assert_eq!(report.trouble, Some(offline()));
    }

    #[tokio::test]
    async fn a_lost_answer_is_settled_by_reading() {
        let sent = || extended(&[("bio", "new")], Err(lost()));
        let applied = run(&NEW, [me(&account(&OLD)), sent(), short(Ok(Reply::Done)), me(&account(&NEW))]).await;
        assert!(applied.is_complete(), "{applied:?}");
        let half = account(&[("name", "Isaac"), ("bio", "old"), ("zip_code", "2")]);
        let not = run(&NEW, [me(&account(&OLD)), sent(), short(Ok(Reply::Done)), me(&half)]).await;
        assert_eq!((&not.fields[0].1, &not.trouble), (&refused("lost"), &None));
        let unread = run(&NEW, [me(&account(&OLD)), sent(), short(Err(rejected("no"))), no_me(offline())]).await;
        assert_eq!(unread.fields, [("bio", SaveStatus::Unknown), ("zip_code", refused("no"))]);
        assert!(matches!(unread.trouble, Some(ApiError::Unknown { .. })) && unread.account.is_none(), "{unread:?}");
    }

    #[tokio::test]
    async fn a_token_that_dies_in_the_middle_leaves_nothing_to_guess() {
        let dead = || ApiError::SignedOut;
        let calls = [me(&account(&OLD)), extended(&[("bio", "new")], Ok(Reply::Done)), short(Err(dead())), no_me(dead())];
        let report = run(&NEW, calls).await;
        assert_eq!(report.trouble, Some(dead()));
        assert_eq!(report.fields[0].1, SaveStatus::Unknown, "sent, and not read back");
        assert!(matches!(&report.fields[1].1, SaveStatus::Refused(words) if words[0].as_str().contains("not signed in")), "{report:?}");
        // The same save goes on with a new token: the first half is there already.
        let half = account(&[("name", "Isaac"), ("bio", "new"), ("zip_code", "1")]);
        assert!(run(&NEW, [me(&half), short(Ok(Reply::Done)), me(&account(&NEW))]).await.is_complete());
    }

    #[tokio::test]
    async fn without_a_connection_the_second_call_is_not_tried() {
        let report = run(&NEW, [me(&account(&OLD)), extended(&[("bio", "new")], Err(offline()))]).await;
        assert_eq!(report.trouble, Some(offline()));
        assert!(report.fields.iter().all(|(_, mark)| matches!(mark, SaveStatus::Refused(_))), "{report:?}");
        assert_eq!(report.account, Some(Box::new(account(&OLD))), "nothing was written: it is as it was read");
    }

    #[tokio::test]
    async fn settings_are_verified_by_the_answer_that_tells_them() {
        let sounds = [("group_notification_sound", "gm6.wav"), ("disable_favorite_notification", "on")];
        let mine = [&OLD[..], &sounds].concat();
        let reply = || account(&[("group_notification_sound", "gm6.wav"), ("disable_favorite_notification", "off")]);
        let report = run(&mine, [me(&account(&OLD)), extended(&sounds, Ok(told(&reply()))), me(&account(&OLD))]).await;
        assert_eq!(
            report.fields,
            [("disable_favorite_notification", SaveStatus::Altered(Some("off".into()))), ("group_notification_sound", SaveStatus::Saved)]
        );
        assert_eq!(report.account.unwrap().profile.group_notification_sound, Some("gm6.wav".into()));
        // Nobody tells what became of them when that answer is lost.
        let report = run(&mine, [me(&account(&OLD)), extended(&sounds, Err(lost())), me(&account(&OLD))]).await;
        assert!(report.fields.iter().all(|(_, mark)| *mark == SaveStatus::Unknown));
        assert_eq!(report.trouble, Some(lost()));
    }

    #[tokio::test]
    async fn what_only_saves_tell_can_be_saved_again() {
        // The first save told the sound, and no reading does: that it was not told is no change made elsewhere.
        let [base, mine] = ["gm6.wav", "gm16.wav"].map(|sound| [&OLD[..], &[("group_notification_sound", sound)]].concat());
        let sent = [("group_notification_sound", "gm16.wav")];
        let wanted = Save { account: "7".into(), base: profile(&base), mine: profile(&mine) };
        let calls = [me(&account(&OLD)), extended(&sent, Ok(told(&account(&sent)))), me(&account(&OLD))];
        let report = save(&Script::new(calls), &Notes::nowhere(Clock::of_tests()), &wanted).await.unwrap();
        assert_eq!((report.conflicts, report.fields), (vec![], vec![("group_notification_sound", SaveStatus::Saved)]));
    }

    #[tokio::test]
    async fn where_the_extended_call_is_turned_away_the_documented_one_takes_what_it_can() {
        let turned_away = || ApiError::Forbidden { status: 404, messages: vec![SafeText::line("no route")] };
        let named = [("name", "Isa"), ("bio", "old"), ("zip_code", "1")];
        let update = |pairs: &[(&str, &str)], answer: ScriptedAnswer| (Call::UpdateAccount(profile(pairs)), answer);
        for error in [turned_away(), ApiError::Unattested] {
            let calls = [me(&account(&OLD)), extended(&named[..1], Err(error)), update(&named[..1], Ok(Reply::Done)), me(&account(&named))];
            let report = run(&named, calls).await;
            assert!(report.is_complete(), "{report:?}");
            assert_eq!(report.fallback.unwrap().keys, ["name"]);
        }
        // What only the extended call takes stays refused, and what goes by the documented one anyway goes along.
        let mine = [("name", "Isa"), ("bio", "new"), ("zip_code", "2")];
        let half = account(&[("name", "Isa"), ("bio", "old"), ("zip_code", "2")]);
        let both = [("name", "Isa"), ("zip_code", "2")];
        let calls = [me(&account(&OLD)), extended(&mine[..2], Err(turned_away())), update(&both, Ok(Reply::Done)), me(&half)];
        assert_eq!(
            run(&mine, calls).await.fields,
            [("name", SaveStatus::Saved), ("bio", refused("no route")), ("zip_code", SaveStatus::Saved)]
        );
        // A failure that says nothing of what was done: reading decides.
        let calls = [
            me(&account(&OLD)),
            extended(&named[..1], Err(lost())),
            me(&account(&OLD)),
            update(&named[..1], Ok(Reply::Done)),
            me(&account(&named)),
        ];
        assert!(run(&named, calls).await.is_complete());
        let calls = [me(&account(&OLD)), extended(&named[..1], Err(lost())), me(&account(&named)), me(&account(&named))];
        let report = run(&named, calls).await;
        assert!(report.is_complete() && report.fallback.is_none(), "{report:?}");
        // A value that was refused is no reason to try it elsewhere.
        let calls = [me(&account(&OLD)), extended(&named[..1], Err(rejected("too rude")))];
        assert_eq!(run(&named, calls).await.fields, [("name", refused("too rude"))]);
    }

    #[tokio::test]
    async fn another_account_is_never_written() {
        let wanted = Save { account: "8".into(), base: profile(&OLD), mine: profile(&NEW) };
        assert_eq!(
            save(&Script::new([me(&account(&OLD))]), &Notes::nowhere(Clock::of_tests()), &wanted).await,
            Err(ApiError::WrongAccount)
        );
    }
}
