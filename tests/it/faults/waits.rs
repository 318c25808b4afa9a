//! Waiting: a word in time, a countdown as long as it lasts, and a way out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lapel::api::{ApiError, Call, Notice, WaitReason};
use lapel::base::Msg;
use lapel::base::msg::Progress;
use lapel::domain::Token;
use lapel::io::client::{Client, Server, Timeouts};
use lapel::sandbox::{FaultKind, Options, ScriptedFault};

use crate::day;
use crate::flows::TestApp;

#[test]
fn the_first_word_is_due_within_five_seconds() {
    let patience = Timeouts::default();
    assert!(patience.first_word < Duration::from_secs(5) && patience.connect <= Duration::from_secs(5));
}

#[tokio::test]
async fn a_server_that_accepts_and_never_answers_is_told_before_it_is_given_up() {
    let sandbox = day::sandbox(Options::default()).await;
    sandbox.fault(ScriptedFault::always("**", FaultKind::Never));
    let patience = Timeouts { first_word: Duration::from_millis(1), call: Duration::from_millis(200), ..Timeouts::default() };
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notices = Arc::clone(&heard);
    let client = Client::with_patience(Server::parse(&sandbox.url()).unwrap(), Token::parse("abc").ok(), patience)
        .listening(move |notice| notices.lock().unwrap().push(notice));
    assert!(matches!(client.call(&Call::Me).await, Err(ApiError::Offline { .. })));
    assert_eq!(*heard.lock().unwrap(), [Notice::Waiting { seconds: 1, why: WaitReason::NoAnswer }]);
}

#[tokio::test]
async fn a_wait_is_shown_with_its_countdown_whatever_else_ends_meanwhile() {
    let sandbox = day::sandbox(Options::default()).await;
    sandbox.fault(ScriptedFault::always("GET /v4/pinned_conversations", FaultKind::Never));
    let mut app = TestApp::before_reading(sandbox, (80, 24), true, Arc::new(tempfile::tempdir().unwrap()));
    let desk = &app.model.shared.session.in_flight;
    let pins = desk.tickets().find(|ticket| desk.job(*ticket) == Some(&lapel::base::Job::Pins)).unwrap();
    app.send(Msg::Progress(pins, Progress::Waiting { seconds: 7, why: WaitReason::RateLimited }));
    app.until(|screen| screen.contains("Isaac")).await;
    assert!(app.screen().contains("rate-limited for 7 s"), "{}", app.screen());
    app.send(Msg::Progress(pins, Progress::Waiting { seconds: 11, why: WaitReason::NoAnswer }));
    assert!(app.screen().contains("no answer yet, 11 s left"), "{}", app.screen());
    app.send(Msg::Progress(pins, Progress::Waiting { seconds: 0, why: WaitReason::NoAnswer }));
    assert!(!app.screen().contains("no answer yet"), "{}", app.screen());
}

#[tokio::test]
async fn esc_gives_up_reads_and_keeps_what_was_known() {
    let mut app = TestApp::start().await;
    app.server().fault(ScriptedFault::always("**", FaultKind::Never));
    app.press("r");
    assert!(!app.model.shared.session.is_idle());
    app.press("esc");
    assert!(app.model.shared.session.is_idle());
    assert!(app.screen().contains("Reading stopped") && app.screen().contains("Isaac"), "{}", app.screen());
    app.server().clear_faults();
    app.keys("r").await;
    assert!(app.model.shared.session.account.error().is_none());
}
