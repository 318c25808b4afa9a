//! The first reads, and what is shown before, after and without them.

use lapel::sandbox::{FaultKind, Options, ScriptedFault, World};

use super::{PATIENCE, TestApp};
use crate::day;

#[tokio::test]
async fn the_first_reads_go_out_together() {
    let sandbox = day::sandbox(Options::default()).await;
    // Nothing is answered, so none of them can wait for another.
    sandbox.fault(ScriptedFault::always("GET **", FaultKind::Never));
    let app = TestApp::before_reading(sandbox, (80, 24), true, std::sync::Arc::new(tempfile::tempdir().unwrap()));
    let paths = ["/v3/users/me", "/v4/pinned_conversations", "/v3/groups", "/v3/chats", "/v3/groups/former", "/v3/memberships/states"];
    let all_are_out = async {
        while !paths.iter().all(|path| app.server().log().iter().any(|seen| seen.path == *path)) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, all_are_out).await.expect("a read waited for another");
}

#[tokio::test]
async fn no_tab_is_empty_because_nobody_looked_at_it_yet() {
    let mut app = TestApp::start().await;
    let read = app.server().log().len();
    for (tab, shows) in [("2", "Isaac"), ("3", "Statistics"), ("4", "Family")] {
        app.press(tab);
        assert!(app.screen().contains(shows), "{}", app.screen());
    }
    app.settle().await;
    let later = app.server().log().split_off(read);
    assert!(later.iter().all(|seen| seen.path.contains("jpeg")), "{later:?}");
}

#[tokio::test]
async fn the_first_frame_needs_no_answer() {
    let sandbox = day::sandbox(Options::default()).await;
    let app = TestApp::before_reading(sandbox, (80, 24), true, std::sync::Arc::new(tempfile::tempdir().unwrap()));
    let screen = app.screen();
    assert!(screen.contains("1 Profile") && screen.contains("Bio") && screen.contains("loading"), "{screen}");
}

#[tokio::test]
async fn a_profile_that_cannot_be_read_says_why_and_can_be_read_again() {
    let sandbox = day::sandbox(Options::default()).await;
    sandbox.fault(ScriptedFault::always("GET /v3/users/me", FaultKind::status(500, "")));
    let mut app = TestApp::before_reading(sandbox, (80, 24), true, std::sync::Arc::new(tempfile::tempdir().unwrap()));
    app.settle().await;
    assert!(app.prose().contains("could not be read"), "{}", app.screen());
    app.server().clear_faults();
    app.keys("r").await;
    assert!(app.screen().contains("Isaac"), "{}", app.screen());
}

#[tokio::test]
async fn reading_again_says_what_is_new() {
    let mut app = TestApp::start().await;
    app.keys("r").await;
    assert_eq!(app.said().1, "Nothing new since 12:03");
    app.server().edit(|world| {
        world["account"]["name"] = serde_json::json!("Ida");
        world["account"]["updated_at"] = serde_json::json!(1_800_000_000);
        world["pins"].as_array_mut().unwrap().push(serde_json::json!("1357"));
    });
    app.keys("r").await;
    assert_eq!(app.said().1, "Name and 1 pin are new");
    app.keys("r").await;
    assert_eq!(app.said().1, "Nothing new since 12:03");
    // Where the pins are in front the same is said, and once.
    app.keys("4").await;
    app.server().edit(|world| world["pins"].as_array_mut().unwrap().truncate(1));
    app.keys("r").await;
    assert!(app.said().1.ends_with(" pins are gone"), "{:?}", app.said());
}

#[tokio::test]
async fn a_login_page_in_between_is_called_by_its_name() {
    let sandbox = day::sandbox(Options::default()).await;
    sandbox.fault(ScriptedFault::always("GET /v3/users/me", FaultKind::Html));
    let mut app = TestApp::before_reading(sandbox, (80, 24), true, std::sync::Arc::new(tempfile::tempdir().unwrap()));
    app.settle().await;
    assert!(app.prose().contains("login page"), "{}", app.screen());
}

#[tokio::test]
async fn hostile_names_are_shown_harmlessly() {
    let app = TestApp::start().await;
    app.server().edit(|world| world["account"]["name"] = serde_json::json!("Isa\u{1b}]0;pwned\u{7}\u{202e}ac"));
    let mut app = app;
    app.keys("r").await;
    let screen = app.screen();
    assert!(screen.contains("Isaac"), "{screen}");
    assert!(!screen.contains("pwned") && !screen.contains('\u{202e}') && !screen.contains('\u{1b}'), "{screen}");
}

#[tokio::test]
async fn an_account_without_a_school_is_complete_all_the_same() {
    let app = TestApp::on(Options { world: World::no_school(), ..Options::default() }, (80, 40)).await;
    assert!(app.screen().contains("School: none"), "{}", app.screen());
}
