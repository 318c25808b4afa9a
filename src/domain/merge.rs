//! Three versions of the same fields: what the user started from, what the user made of it, what the server holds now.
//!
//! Works on field rows, whatever struct they are over. Before a save it finds what both sides changed; after a save it compares what
//! was read back. Nothing here decides for the user.

use super::SafeText;
use super::field::FieldSpec;

/// What happened to one field since the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// Nobody changed it.
    Unchanged,
    /// Only the user changed it.
    Mine,
    /// Only the server changed it.
    Theirs,
    /// Both made the same change.
    SameChange,
    /// Both changed it, differently: the user chooses.
    Conflict {
        /// Where the user started; none: not told.
        base: Option<String>,
        /// The user's value.
        mine: Option<String>,
        /// The server's value now.
        theirs: Option<String>,
    },
}

/// What happened to one field.
fn outcome<T>(row: &FieldSpec<T>, base: &T, mine: &T, theirs: &T) -> MergeOutcome {
    match (row.same_in(base, mine), row.same_in(base, theirs)) {
        (true, true) => MergeOutcome::Unchanged,
        (false, true) => MergeOutcome::Mine,
        (true, false) => MergeOutcome::Theirs,
        (false, false) if row.same_in(mine, theirs) => MergeOutcome::SameChange,
        (false, false) => MergeOutcome::Conflict { base: row.text(base), mine: row.text(mine), theirs: row.text(theirs) },
    }
}

/// The three versions made one.
#[derive(Clone, Debug)]
pub struct Merged<T: 'static> {
    /// The server's values with the user's changes on top, the conflicting ones too: nothing typed is lost. Not to be saved before
    /// the conflicts are settled (`row.copy(&mut value, &theirs)` gives one up).
    pub value: T,
    /// What happened to each field, in the order of the rows.
    pub fields: Vec<(&'static FieldSpec<T>, MergeOutcome)>,
}

/// Merges the user's changes into what the server holds now.
pub fn merge<T: Clone>(rows: &'static [FieldSpec<T>], base: &T, mine: &T, theirs: &T) -> Merged<T> {
    let mut value = theirs.clone();
    let fields = rows
        .iter()
        .map(|row| {
            let outcome = outcome(row, base, mine, theirs);
            if matches!(outcome, MergeOutcome::Mine | MergeOutcome::Conflict { .. }) {
                row.copy(&mut value, mine);
            }
            (row, outcome)
        })
        .collect();
    Merged { value, fields }
}

/// What became of one field that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// The server holds the user's value.
    Saved,
    /// The call was refused, in these words.
    Refused(Vec<SafeText>),
    /// The server took the call and kept its old value.
    KeptOld(Option<String>),
    /// The server holds neither the old value nor the user's.
    Altered(Option<String>),
    /// It cannot be told: nothing was read back, or nothing that could be read tells it.
    Unknown,
}

/// What became of one field, by what was read back. What the server holds now outweighs what a call answered.
///
/// `back` is none if it cannot be told what the server holds in this field now; `refused` are the words of a call that surely did not
/// carry the change out.
pub fn mark<T>(row: &FieldSpec<T>, base: &T, mine: &T, back: Option<&T>, refused: Option<Vec<SafeText>>) -> SaveStatus {
    match (back, refused) {
        (Some(back), _) if row.same_in(mine, back) => SaveStatus::Saved,
        (_, Some(words)) => SaveStatus::Refused(words),
        (Some(back), None) if row.same_in(base, back) => SaveStatus::KeptOld(row.text(back)),
        (Some(back), None) => SaveStatus::Altered(row.text(back)),
        (None, None) => SaveStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Profile;
    use crate::domain::field::{PROFILE, by_key, changed, changes_only};

    fn profile(pairs: &[(&str, &str)]) -> Profile {
        let mut profile = Profile::default();
        for (key, text) in pairs {
            by_key(PROFILE, key).unwrap().set(&mut profile, text).unwrap();
        }
        profile
    }

    /// The fields the user must choose for.
    fn conflicts<T>(merged: &Merged<T>) -> impl Iterator<Item = &'static str> {
        merged.fields.iter().filter(|(_, outcome)| matches!(outcome, MergeOutcome::Conflict { .. })).map(|(row, _)| row.key)
    }

    #[test]
    fn each_side_keeps_its_own_changes_and_a_clash_is_asked_about() {
        let base = profile(&[("name", "Isaac"), ("bio", "old"), ("zip_code", "1"), ("interests", "1,2")]);
        let mine = profile(&[("name", "Isa"), ("bio", "mine"), ("zip_code", "1"), ("interests", "2,3")]);
        let theirs = profile(&[("name", "Isaac"), ("bio", "theirs"), ("zip_code", "2"), ("interests", "3,2")]);
        let merged = merge(PROFILE, &base, &mine, &theirs);
        assert_eq!(conflicts(&merged).collect::<Vec<_>>(), ["bio"]);
        assert_eq!(merged.value, profile(&[("name", "Isa"), ("bio", "mine"), ("zip_code", "2"), ("interests", "3,2")]));
        let of = |key| merged.fields.iter().find(|(row, _)| row.key == key).map(|(_, outcome)| outcome.clone()).unwrap();
        assert_eq!(
            [of("name"), of("zip_code"), of("interests"), of("email")],
            [MergeOutcome::Mine, MergeOutcome::Theirs, MergeOutcome::SameChange, MergeOutcome::Unchanged]
        );
        assert_eq!(
            of("bio"),
            MergeOutcome::Conflict { base: Some("old".into()), mine: Some("mine".into()), theirs: Some("theirs".into()) }
        );
    }

    #[test]
    fn reading_back_decides_what_a_save_did() {
        let base = profile(&[("name", "Isaac"), ("bio", "old"), ("song", "spotify:track:1"), ("zip", "1"), ("interests", "1")]);
        let mine = profile(&[
            ("name", "Isa"),
            ("bio", "new"),
            ("song", "spotify:track:2"),
            ("zip", "2"),
            ("interests", "2"),
            ("group_notification_sound", "gm6.wav"),
        ]);
        let mut back = profile(&[("name", "ISA"), ("bio", "new\n"), ("zip", "1"), ("interests", "1")]);
        back.song_url = Some("https://open.spotify.com/track/2?si=other".into());
        let words = vec![SafeText::line("bad zip")];
        let mark = |key: &str, back: Option<&Profile>, refused: bool| {
            mark(by_key(PROFILE, key).unwrap(), &base, &mine, back, refused.then(|| words.clone()))
        };
        assert_eq!(mark("name", Some(&back), false), SaveStatus::Altered(Some("ISA".into())));
        assert_eq!(mark("bio", Some(&back), true), SaveStatus::Saved, "whatever the call answered");
        assert_eq!(mark("song_url", Some(&back), false), SaveStatus::Saved);
        assert_eq!(mark("interests", Some(&back), false), SaveStatus::KeptOld(Some("1".into())));
        assert_eq!(mark("zip_code", Some(&back), true), SaveStatus::Refused(words.clone()));
        assert_eq!(mark("group_notification_sound", None, false), SaveStatus::Unknown);
        assert_eq!(mark("zip_code", None, true), SaveStatus::Refused(words.clone()));
    }

    #[test]
    fn a_cleared_field_the_server_leaves_out_is_saved_only_once_that_was_read() {
        let zip = by_key(PROFILE, "zip").unwrap();
        let (base, mine) = (profile(&[("zip", "1")]), profile(&[("zip", "")]));
        assert_eq!(mark(zip, &base, &mine, Some(&Profile::default()), None), SaveStatus::Saved);
        assert_eq!(mark(zip, &base, &mine, None, None), SaveStatus::Unknown);
        assert_eq!(mark(zip, &Profile::default(), &base, Some(&Profile::default()), None), SaveStatus::KeptOld(None));
    }

    /// Profiles that often agree with each other.
    fn any_profile() -> impl Strategy<Value = Profile> {
        let texts = |row: &FieldSpec<Profile>| -> [&'static str; 3] {
            match row.key {
                "email" => ["a@b.co", "b@b.co", "c@b.co"],
                "avatar_url" => ["https://i.groupme.com/1", "https://i.groupme.com/2", ""],
                "photo_urls" => [
                    "https://i.groupme.com/1,https://i.groupme.com/2,https://i.groupme.com/3",
                    "https://i.groupme.com/2,https://i.groupme.com/1,https://i.groupme.com/3",
                    "",
                ],
                "song_url" => ["spotify:track:1", "https://open.spotify.com/track/1?si=x", "spotify:track:2"],
                "interests" => ["1,2", "2,1", "3"],
                "disable_favorite_notification" => ["on", "off", "on"],
                "bio" => ["one", "one\n", ""],
                _ => ["1", "2", "3"],
            }
        };
        prop::collection::vec(0usize..4, PROFILE.len()).prop_map(move |picks| {
            let mut profile = Profile::default();
            for (row, pick) in PROFILE.iter().zip(picks) {
                if let Some(text) = texts(row).get(pick) {
                    row.set(&mut profile, text).unwrap();
                }
            }
            profile
        })
    }

    /// Whether two profiles mean the same.
    fn alike(one: &Profile, other: &Profile) -> bool {
        changed(PROFILE, one, other).is_empty()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn merging_obeys_its_laws(base in any_profile(), mine in any_profile(), theirs in any_profile()) {
            prop_assert_eq!(&merge(PROFILE, &base, &base, &theirs).value, &theirs, "no local change: theirs");
            prop_assert!(alike(&merge(PROFILE, &base, &mine, &base).value, &mine), "no remote change: mine");
            prop_assert_eq!(conflicts(&merge(PROFILE, &base, &mine, &mine)).count(), 0, "the same change is no conflict");
            let one = merge(PROFILE, &base, &mine, &theirs);
            let other = merge(PROFILE, &base, &theirs, &mine);
            prop_assert!(conflicts(&one).eq(conflicts(&other)), "both sides see the same conflicts");
            for (row, outcome) in &one.fields {
                let kept = match outcome {
                    MergeOutcome::Mine | MergeOutcome::Conflict { .. } => &mine,
                    _ => &theirs,
                };
                prop_assert!(row.same_in(&one.value, kept), "{}: {outcome:?}", row.key);
            }
        }

        #[test]
        fn the_changes_alone_make_the_base_into_mine(base in any_profile(), mine in any_profile()) {
            let changes = changes_only(PROFILE, &base, &mine).unwrap_or_default();
            let mut made = base.clone();
            for row in changed(PROFILE, &base, &mine) {
                row.copy(&mut made, &changes);
            }
            prop_assert!(alike(&made, &mine));
            prop_assert!(changed(PROFILE, &base, &base).is_empty());
            let told = PROFILE.iter().filter(|row| row.text(&changes).is_some()).count();
            prop_assert!(told <= changed(PROFILE, &base, &mine).len());
        }
    }
}
