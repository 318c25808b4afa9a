//! Several accounts, the demo, and where tokens are kept: nothing of one session is shown, kept or taken in another.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lapel::base::{DraftKind, Effect, FoundDraft, Job, JobOutcome, Msg, SignInReason, Ticket};
use lapel::domain::account::Profile;
use lapel::domain::campus::School;
use lapel::domain::conversation::{Chat, Group, Listing};
use lapel::domain::{Account, Id, SafeText};
use lapel::io::paths::Paths;
use lapel::io::token_store::{Env, TokenLocation, TokenStore};
use lapel::sandbox::{FaultKind, Options, Sandbox, ScriptedFault, World};
use serde_json::{Value, json};

use super::{SERVER, TestApp};
use crate::day;

fn ann() -> Box<Account> {
    let profile = Profile { name: Some("Ann".into()), ..Profile::default() };
    Box::new(Account { profile, ..Account::new("1") })
}

/// Everything about the account that can be on its way, with an answer.
fn reads() -> Vec<(Job, JobOutcome)> {
    let group = Group { id: "1".into(), name: "Old group".into(), image_url: None, topics: None, members: None, last_message: None };
    let chat = Chat { user_id: "2".into(), name: "Old friend".into(), avatar_url: None, last_message: None };
    vec![
        (Job::Me, JobOutcome::Account(Box::new(Account::new("93645911")))),
        (Job::Schools, JobOutcome::Schools(vec![School { id: "1".into(), name: "Old school".into(), short_name: None }])),
        (Job::Pins, JobOutcome::Pins(vec!["1".into()])),
        (Job::Groups, JobOutcome::Groups(Listing { rows: vec![group.clone()], complete: true })),
        (Job::FormerGroups, JobOutcome::FormerGroups(Listing { rows: vec![group], complete: true })),
        (Job::Topics(vec!["1".into()]), JobOutcome::Topics(Listing::default())),
        (Job::MembershipStates, JobOutcome::MembershipStates(Listing::default())),
        (Job::Chats, JobOutcome::Chats(Listing { rows: vec![chat], complete: true })),
    ]
}

/// Signed in as Isaac, with everything about him under way, when a sign-in by Ann is accepted.
async fn interrupted_by_ann() -> (TestApp, Vec<(Ticket, JobOutcome)>) {
    let mut app = TestApp::start().await;
    app.keys("4 j x").await;
    let under_way = reads().into_iter().map(|(job, answer)| (app.model.shared.start(job), answer)).collect();
    app.press("f10");
    app.send(Msg::Input(lapel::base::Input::Paste("1111111111111111111111111111111111111111".to_owned())));
    app.press("enter");
    let desk = &app.model.shared.session.in_flight;
    let ticket = desk.tickets().find(|ticket| matches!(desk.job(*ticket), Some(Job::SignIn(_)))).unwrap();
    app.send(Msg::Done(ticket, Ok(JobOutcome::Account(ann()))));
    (app, under_way)
}

#[tokio::test]
async fn an_answer_for_the_old_account_comes_to_nothing() {
    let (mut app, under_way) = interrupted_by_ann().await;
    assert_eq!(under_way.len(), 8);
    for (ticket, answer) in under_way {
        app.send(Msg::Done(ticket, Ok(answer)));
        app.send(Msg::Interrupted(ticket, SafeText::line("An old link")));
    }
    let session = &app.model.shared.session;
    assert_eq!(session.account.value().map(|account| account.id.clone()), Some(Id::from("1")));
    assert!(session.schools.value().is_none() && session.pins.value().is_none() && session.groups.value().is_none());
    assert!(session.former_groups.value().is_none() && session.topics.value().is_none() && session.chats.value().is_none());
    assert!(session.membership_states.value().is_none() && session.known.is_empty() && session.pictures.is_empty());
    assert!(session.saved_at.is_none() && session.sent.is_none());
    assert!(session.messages.log().iter().all(|message| !message.text.as_str().contains("An old link")));
    let screen = app.screen();
    assert!(screen.contains("Ann") && !screen.contains("Isaac") && !screen.contains("Family"), "{screen}");
}

#[tokio::test]
async fn edits_of_the_old_account_are_not_offered_to_the_new_one() {
    let (mut app, _) = interrupted_by_ann().await;
    assert!(!app.screen().contains("unsaved"));
    let draft =
        |name| FoundDraft { kind: DraftKind::Profile, saved_at: 1, reason: None, body: json!({"fields": {"name": {"mine": name}}}) };
    app.send(Msg::DraftsFound(Id::from("93645911"), vec![draft("Isaac Newton")]));
    app.press("2");
    assert!(!app.screen().contains("Unsaved edits"), "{}", app.screen());
    app.send(Msg::DraftsFound(Id::from("1"), vec![draft("Ann Boleyn")]));
    assert!(app.screen().contains("Unsaved edits"), "{}", app.screen());
}

pub(crate) const ANNS_TOKEN: &str = "2222222222222222222222222222222222222222";

/// A world with two accounts: Isaac's, and Ann's without a school or pins.
pub(crate) fn two_accounts() -> World {
    let mut ann = World::no_school();
    ann["token"] = json!(ANNS_TOKEN);
    ann["account"]["id"] = json!("55501");
    ann["account"]["name"] = json!("Ann");
    ann["account"]["bio"] = json!("A bio of Ann's");
    ann["pins"] = json!([]);
    ann["groups"] = json!([]);
    let mut world = World::demo();
    world["others"] = json!([Value::from(ann)]);
    world
}

async fn server() -> Sandbox {
    day::sandbox(Options { world: two_accounts(), ..Options::default() }).await
}

fn home() -> Arc<tempfile::TempDir> {
    Arc::new(tempfile::tempdir().unwrap())
}

fn tokens(app: &TestApp) -> TokenStore {
    TokenStore::new(&Paths::under(app.home(), day::clock()), SERVER, Env::default()).without_keyring()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path.display().to_string()] }).collect()
}

/// Signs in by pasting a token, up to the question where it is to be kept.
async fn paste_token(app: &mut TestApp, token: &str) {
    app.paste(token).await;
    app.keys("enter").await;
    app.until(|screen| screen.contains("Keep the token in a file?")).await;
}

/// Both accounts are signed in, in files; Ann came last.
async fn with_both() -> TestApp {
    let mut app = TestApp::at_home(server().await, (80, 24), SignInReason::First(None), home());
    app.settle().await;
    let token = app.server().token().to_owned();
    for token in [&token, ANNS_TOKEN] {
        if app.model.shared.session.told {
            app.keys("f10").await;
        }
        paste_token(&mut app, token).await;
        app.keys("enter").await;
        app.until(|screen| screen.contains("The token is kept in")).await;
    }
    app
}

/// Opens the chooser and takes the account with this name.
async fn switch_to(app: &mut TestApp, name: &str) {
    app.press("f4");
    app.until(|screen| screen.contains("Switch account")).await;
    app.types(name).await;
    app.keys("enter").await;
}

#[tokio::test]
async fn the_first_frame_waits_for_no_token_and_without_one_somebody_has_to_sign_in() {
    let mut app = TestApp::at_home(server().await, (80, 24), SignInReason::First(None), home());
    assert!(app.screen().contains("1 Profile") && app.screen().contains("loading"), "{}", app.screen());
    app.settle().await;
    assert!(app.prose().contains("Sign in to test") && app.prose().contains("Ctrl-T starts the demo"), "{}", app.screen());
    assert!(app.server().log().iter().all(|seen| !seen.path.contains("users")), "nothing of an account was asked for");
}

#[tokio::test]
async fn the_demo_starts_from_the_sign_in_screen_and_leaves_nothing_behind() {
    let mut app = TestApp::at_home(server().await, (80, 24), SignInReason::First(None), home());
    app.settle().await;
    let (before, calls) = (files(app.home()), app.server().log().len());
    app.keys("ctrl-t").await;
    assert!(app.screen().contains("Isaac") && app.screen().contains("sandbox"), "{}", app.screen());
    app.keys("4").await;
    app.keys("J ctrl-s").await;
    assert!(app.screen().contains("saved"), "{}", app.screen());
    app.keys("J").await;
    assert!(app.model.shared.unsaved.count() > 0);
    // From there one can sign in at home, or stay.
    app.keys("f10").await;
    assert!(app.prose().contains("Sign in to test") && !app.prose().contains("starts the demo"), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.screen().contains("sandbox"), "{}", app.screen());
    app.keys("f10").await;
    assert_eq!(app.server().log().len(), calls, "nothing went to the server at home");
    let token = app.server().token().to_owned();
    paste_token(&mut app, &token).await;
    assert!(!app.screen().contains("sandbox") && app.model.shared.unsaved.count() == 0, "{}", app.screen());
    assert!(app.server().log().iter().all(|seen| seen.method == "GET"));
    assert_eq!(files(app.home()).into_iter().filter(|file| !before.contains(file) && file.contains("sandbox")).count(), 0);
}

#[tokio::test]
async fn without_a_keyring_a_token_is_kept_in_a_file_if_that_is_chosen() {
    let mut app = TestApp::at_home(server().await, (80, 24), SignInReason::First(None), home());
    app.settle().await;
    let token = app.server().token().to_owned();
    paste_token(&mut app, &token).await;
    assert!(tokens(&app).accounts().unwrap().is_empty(), "nobody agreed to anything");
    assert!(
        app.dialog().contains("There is no system keyring here.") && app.dialog().contains("which only you can read"),
        "{}",
        app.screen()
    );
    app.keys("enter").await;
    app.until(|screen| screen.contains("The token is kept in")).await;
    let found = tokens(&app).find().unwrap().unwrap();
    assert_eq!((found.token.reveal(), found.account), (token.as_str(), Some(Id::from("93645911"))));

    let app = app.restarted_at_home(SignInReason::First(None)).await;
    assert!(app.screen().contains("1 Profile") && app.screen().contains("Isaac"), "{}", app.screen());
}

#[tokio::test]
async fn a_token_for_this_run_only_is_kept_nowhere() {
    let mut app = TestApp::at_home(server().await, (80, 24), SignInReason::First(None), home());
    app.settle().await;
    let token = app.server().token().to_owned();
    paste_token(&mut app, &token).await;
    app.keys("esc").await;
    assert!(app.said().1.contains("until Lapel ends"), "{}", app.said().1);
    app.keys("r").await;
    assert!(app.screen().contains("Isaac"), "{}", app.screen());
    let kept = files(app.home()).into_iter().filter(|file| std::fs::read_to_string(file).is_ok_and(|text| text.contains(&token)));
    assert_eq!(kept.collect::<Vec<_>>(), [""; 0]);
    let app = app.restarted_at_home(SignInReason::First(None)).await;
    assert!(app.prose().contains("Sign in to test"), "{}", app.screen());
}

#[tokio::test]
async fn the_account_switched_to_is_shown_alone_and_is_the_one_of_the_next_start() {
    let mut app = with_both().await;
    assert!(app.screen().contains("Ann") && !app.screen().contains("Isaac"), "{}", app.screen());
    app.press("f4");
    app.until(|screen| screen.contains("Switch account")).await;
    for text in ["Ann", "55501, in use", "Isaac", "93645911", "Sign in with another token", "Try the demo"] {
        assert!(app.dialog().contains(text), "no {text} on\n{}", app.screen());
    }
    app.types("isaac").await;
    app.keys("enter").await;
    assert!(app.screen().contains("Isaac") && !app.screen().contains("Ann"), "{}", app.screen());
    app.keys("4").await;
    assert!(app.screen().contains("Family"), "{}", app.screen());
    switch_to(&mut app, "ann").await;
    assert!(!app.screen().contains("Family"), "{}", app.screen());
    switch_to(&mut app, "isaac").await;
    let app = app.restarted_at_home(SignInReason::First(None)).await;
    assert!(app.screen().contains("Isaac"), "{}", app.screen());
    let app = app.restarted_at_home(SignInReason::First(Some(Id::from("55501")))).await;
    assert!(app.screen().contains("Ann"), "{}", app.screen());
    let app = app.restarted_at_home(SignInReason::First(None)).await;
    assert!(app.screen().contains("Isaac"), "naming one for one run changes nothing:\n{}", app.screen());
}

#[tokio::test]
async fn what_is_under_way_when_the_account_is_switched_comes_to_nothing() {
    let mut app = with_both().await;
    switch_to(&mut app, "isaac").await;
    app.server().fault(ScriptedFault::always("GET /v4/pinned_conversations", FaultKind::Delay(Duration::from_millis(50))));
    app.server().fault(ScriptedFault::always("GET /v3/groups", FaultKind::Delay(Duration::from_millis(50))));
    app.press("f4");
    app.until(|screen| screen.contains("Switch account")).await;
    app.types("ann").await;
    // Asked for as Isaac, and answered when Ann is there.
    app.press("f5");
    app.model.shared.start(Job::Pins);
    app.model.shared.start(Job::Groups);
    app.keys("enter").await;
    app.keys("4").await;
    let screen = app.screen();
    assert!(screen.contains("Ann") && !screen.contains("Isaac") && !screen.contains("Family"), "{screen}");
    let session = &app.model.shared.session;
    assert_eq!(session.pins.value(), Some(&Vec::new()));
    assert!(session.groups.value().is_none_or(|groups| groups.rows.is_empty()), "{:?}", session.groups);
}

#[tokio::test]
async fn an_account_is_not_switched_while_something_is_written_for_it() {
    let mut app = with_both().await;
    app.press("M");
    app.press("m");
    app.press("enter");
    assert!(app.model.shared.session.in_flight.is_writing());
    for key in ["f4", "f10"] {
        app.press(key);
        assert!(app.said().1.contains("A save is under way"), "{}", app.said().1);
    }
    app.settle().await;
}

#[tokio::test]
async fn edits_stay_with_their_account_and_wait_for_it() {
    let mut app = with_both().await;
    switch_to(&mut app, "isaac").await;
    app.keys("4").await;
    app.keys("j x").await;
    assert!(app.model.shared.unsaved.count() > 0);
    switch_to(&mut app, "ann").await;
    assert!(app.model.shared.unsaved.count() == 0);
    assert!(app.said().1.contains("unsaved edits of Isaac are kept"), "{}", app.said().1);
    assert!(!app.dialog().contains("Unsaved"), "{}", app.screen());
    switch_to(&mut app, "isaac").await;
    app.keys("f3").await;
    assert!(app.dialog().contains("nsaved"), "{}", app.screen());
}

#[tokio::test]
async fn a_token_that_is_gone_is_missed_by_name_and_another_account_can_be_opened() {
    let app = with_both().await;
    let TokenLocation::File(file) = tokens(&app).file_of(&Id::from("55501")) else { panic!() };
    std::fs::remove_file(file).unwrap();
    let mut app = app.restarted_at_home(SignInReason::First(None)).await;
    assert!(app.prose().contains("The token of Ann is no longer in the file"), "{}", app.screen());
    switch_to(&mut app, "isaac").await;
    assert!(app.screen().contains("1 Profile") && app.screen().contains("Isaac"), "{}", app.screen());
}

#[tokio::test]
async fn signing_out_removes_this_accounts_token_and_no_other() {
    let mut app = with_both().await;
    switch_to(&mut app, "isaac").await;
    app.keys("4").await;
    app.keys("j x").await;
    for answer in ["esc", "enter"] {
        app.keys("f1").await;
        app.types("log out").await;
        app.keys("enter").await;
        assert!(app.dialog().contains("Sign out of this account?") && app.dialog().contains("What is unsaved is kept"), "{}", app.screen());
        app.press(answer);
        if answer == "enter" {
            app.until(|screen| screen.contains("Sign in")).await;
        }
        app.settle().await;
    }
    assert!(app.said().1.starts_with("Signed out of Isaac: the token was removed from "), "{}", app.said().1);
    let left: Vec<String> = tokens(&app).accounts().unwrap().iter().map(|account| account.name.raw().to_owned()).collect();
    assert_eq!(left, ["Ann"]);
    assert!(!app.screen().contains("Isaac  "), "{}", app.screen());
    // Signed in again, what was unsaved is offered.
    let token = app.server().token().to_owned();
    app.paste(&token).await;
    app.keys("enter").await;
    app.until(|screen| screen.contains("F3: earlier edits")).await;
}

#[tokio::test]
async fn quitting_asks_where_what_is_unsaved_cannot_be_kept() {
    let mut app = with_both().await;
    switch_to(&mut app, "isaac").await;
    app.keys("2").await;
    // The disk: a file stands where the folder of drafts belongs.
    let drafts = app.home().join("state/lapel/drafts");
    let _ = std::fs::remove_dir_all(&drafts);
    std::fs::write(&drafts, "").unwrap();
    app.types("x").await;
    app.keys("esc q").await;
    app.until(|screen| screen.contains("Quit and lose")).await;
    assert!(app.dialog().contains("profile (1)") && !app.asked.contains(&Effect::Quit), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.dialog().is_empty() && !app.asked.contains(&Effect::Quit), "{}", app.screen());
    app.keys("q").await;
    app.until(|screen| screen.contains("Quit and lose")).await;
    app.keys("enter").await;
    assert!(app.asked.contains(&Effect::Quit));
}
