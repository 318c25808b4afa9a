//! The keeper against a real disk: what is there after a flush, an end, a failure, beside another copy.

use std::fs;
use std::sync::{OnceLock, mpsc};

use serde_json::{Value, json};

use super::*;
use crate::domain::SafeText;
use crate::io::clock::Clock;
use crate::io::draft;

/// The disk of a busy machine may take longer than the promise for the end of the program.
const PATIENT: Duration = Duration::from_secs(30);

struct DraftHome {
    dir: tempfile::TempDir,
    paths: Paths,
    ann: Identity,
}

fn home() -> DraftHome {
    let dir = tempfile::tempdir().unwrap();
    DraftHome { paths: Paths::under(dir.path(), Clock::of_tests()), dir, ann: Identity::new("groupme", "1") }
}

impl DraftHome {
    fn open(&self) -> DraftKeeper {
        DraftKeeper::start(&self.paths, self.ann.clone(), PATIENT, Box::new(|error| panic!("{error}")))
    }

    fn left(&self) -> Vec<(DraftKind, Option<String>, Value)> {
        let found = draft::load(&self.paths, &self.ann);
        assert_eq!(found.problems, []);
        found.drafts.into_iter().map(|d| (d.kind, d.reason.map(SafeText::into_string), d.body)).collect()
    }

    /// A folder that cannot be made, whoever runs the tests.
    fn break_disk(&self) {
        fs::write(self.dir.path().join("state"), "a file where a folder belongs").unwrap();
    }

    fn mend_disk(&self) {
        fs::remove_file(self.dir.path().join("state")).unwrap();
    }
}

#[test]
fn no_thread_begins_before_there_is_something_to_keep() {
    let keeper = home().open();
    keeper.keep(DraftKind::Profile, None);
    assert!(keeper.flush("you left") && keeper.waiting.lock().unwrap().is_some());
    keeper.keep(DraftKind::Profile, Some(json!(1).into()));
    assert!(keeper.waiting.lock().unwrap().is_none());
}

#[test]
fn a_flush_puts_the_last_edit_of_every_kind_on_disk_with_the_reason() {
    let home = home();
    let keeper = home.open();
    for n in 0..50 {
        keeper.keep(DraftKind::Profile, Some(json!({"bio": n}).into()));
    }
    keeper.keep(DraftKind::Pins, Some(json!(["1", "2"]).into()));
    assert!(keeper.flush("connection lost"));
    let on_disk = |kind| fs::read_to_string(home.paths.drafts(&home.ann).join(format!("1-{kind}.json"))).unwrap();
    assert!(on_disk("profile").contains(r#""reason":"connection lost","body":{"bio":49}"#), "{}", on_disk("profile"));
    assert!(on_disk("pins").contains(r#"["1","2"]"#));
    // A running copy's drafts are not offered to anyone.
    assert_eq!(home.left(), []);
    drop(keeper);
    let reason = || Some("connection lost".to_owned());
    assert_eq!(home.left(), [(DraftKind::Profile, reason(), json!({"bio": 49})), (DraftKind::Pins, reason(), json!(["1", "2"]))]);
}

#[test]
fn an_edit_after_a_pause_no_longer_gives_the_pause_as_its_reason() {
    let home = home();
    let keeper = home.open();
    keeper.keep(DraftKind::Campus, Some(json!(1).into()));
    assert!(keeper.flush("suspended"));
    keeper.keep(DraftKind::Campus, Some(json!(2).into()));
    drop(keeper);
    assert_eq!(home.left(), [(DraftKind::Campus, None, json!(2))]);
}

#[test]
fn a_verified_save_deletes_the_draft_and_only_that_one() {
    let home = home();
    let keeper = home.open();
    keeper.keep(DraftKind::Profile, Some(json!(1).into()));
    keeper.keep(DraftKind::Pins, Some(json!(2).into()));
    assert!(keeper.flush("x"));
    keeper.keep(DraftKind::Profile, None);
    drop(keeper);
    assert_eq!(home.left(), [(DraftKind::Pins, Some("x".to_owned()), json!(2))]);
}

#[test]
fn two_copies_keep_their_edits_apart_and_the_second_says_so() {
    let home = home();
    let (first, second) = (home.open(), home.open());
    assert_eq!(first.locked_by(), None);
    assert_eq!(second.locked_by(), Some(LockedBy { pid: Some(std::process::id()) }));
    first.keep(DraftKind::Profile, Some(json!("first").into()));
    second.keep(DraftKind::Profile, Some(json!("second").into()));
    assert!(first.flush("a") && second.flush("b"));
    drop(second);
    assert_eq!(home.left(), [(DraftKind::Profile, Some("b".to_owned()), json!("second"))], "the first one still runs");
    drop(first);
    assert_eq!(home.left().len(), 2);
}

#[test]
fn what_an_ended_copy_left_is_never_overwritten_by_typing_on() {
    let home = home();
    let keeper = home.open();
    keeper.keep(DraftKind::Profile, Some(json!("old").into()));
    drop(keeper);
    let keeper = home.open();
    assert_eq!(keeper.locked_by(), None);
    keeper.keep(DraftKind::Profile, Some(json!("new").into()));
    drop(keeper);
    let mut bodies: Vec<_> = home.left().into_iter().map(|(_, _, body)| body).collect();
    bodies.sort_by_key(ToString::to_string);
    assert_eq!(bodies, [json!("new"), json!("old")]);
    for left in draft::load(&home.paths, &home.ann).drafts {
        draft::discard(&left).unwrap();
    }
    assert_eq!(home.left(), []);
}

#[test]
fn a_restored_draft_moves_over_and_is_there_once() {
    let home = home();
    let keeper = home.open();
    keeper.keep(DraftKind::Pins, Some(json!("typed").into()));
    drop(keeper);
    let keeper = home.open();
    let left = draft::load(&home.paths, &home.ann).drafts.remove(0);
    keeper.adopt(left.clone());
    assert!(left.file.exists(), "gone before ours is on disk");
    drop(keeper);
    assert!(!left.file.exists());
    assert_eq!(home.left(), [(DraftKind::Pins, None, json!("typed"))]);
}

#[test]
fn a_disk_that_fails_is_told_once_by_itself_and_everything_is_written_when_it_recovers() {
    let home = home();
    home.break_disk();
    let (send, told) = mpsc::channel();
    let tell = Box::new(move |error: &FileError| send.send(error.to_string()).unwrap());
    let keeper = DraftKeeper::start(&home.paths, home.ann.clone(), PATIENT, tell);
    keeper.keep(DraftKind::Profile, Some(json!("typed").into()));
    // Nobody flushes: the thread tries in its own time.
    let said = told.recv_timeout(PATIENT).unwrap();
    assert!(said.starts_with("cannot "), "{said}");
    assert!(!keeper.flush("x") && !keeper.flush("y"));
    assert!(told.try_recv().is_err(), "told twice");
    home.mend_disk();
    assert!(keeper.flush("terminated"));
    drop(keeper);
    assert_eq!(home.left(), [(DraftKind::Profile, Some("terminated".to_owned()), json!("typed"))]);
}

#[test]
fn a_panic_in_the_middle_of_an_edit_still_flushes() {
    let home = home();
    let keeper = Arc::new(home.open());
    let (held, flusher) = (Arc::clone(&keeper), keeper.flusher());
    let crashed = thread::spawn(move || {
        held.keep(DraftKind::Profile, Some(json!("typed").into()));
        panic!("with the keeper in hand");
    });
    assert!(crashed.join().is_err());
    assert!(flusher.flush("crashed"));
    drop(keeper);
    assert_eq!(home.left(), [(DraftKind::Profile, Some("crashed".to_owned()), json!("typed"))]);
    assert!(flusher.flush("too late"), "nothing is left to write");
}

#[test]
fn a_flush_gives_up_in_time_while_the_disk_does_not_answer_and_on_the_very_thread_that_writes() {
    let home = home();
    home.break_disk();
    let own = Arc::<OnceLock<Flusher>>::default();
    let (send, told) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let flusher = Arc::clone(&own);
    let tell = Box::new(move |_: &FileError| {
        // What a panic hook does, wherever the panic was.
        send.send(flusher.get().unwrap().flush("crashed")).unwrap();
        let _ = released.recv();
    });
    let keeper = DraftKeeper::start(&home.paths, home.ann.clone(), Duration::from_millis(20), tell);
    own.set(keeper.flusher()).unwrap();
    keeper.keep(DraftKind::Profile, Some(json!("typed").into()));
    assert!(!told.recv_timeout(PATIENT).unwrap(), "it waited for itself");
    assert!(!keeper.flush("terminated"), "stuck, as on a disk that does not answer");
    drop(release);
}

#[test]
fn a_thread_that_has_died_is_not_taken_for_one_that_has_written_everything() {
    let home = home();
    home.break_disk();
    let keeper = DraftKeeper::start(&home.paths, home.ann.clone(), PATIENT, Box::new(|error| panic!("{error}")));
    keeper.keep(DraftKind::Profile, Some(json!("typed").into()));
    assert!(!keeper.flush("x") && !keeper.flush("y"));
}
