//! Signing in, losing the token, leaving.

use std::sync::Arc;

use lapel::base::{Effect, Level, Msg, Signal};
use lapel::sandbox::Options;
use serde_json::json;

use super::TestApp;
use crate::day;

async fn signed_out() -> TestApp {
    let sandbox = day::sandbox(Options::default()).await;
    let mut app = TestApp::before_reading(sandbox, (80, 24), false, Arc::new(tempfile::tempdir().unwrap()));
    app.settle().await;
    app
}

#[tokio::test]
async fn a_good_token_opens_the_profile_and_a_bad_one_says_so() {
    let mut app = signed_out().await;
    assert!(app.screen().contains("Token"), "{}", app.screen());
    app.paste("0000000000000000000000000000000000000000").await;
    app.keys("enter").await;
    assert!(app.prose().contains("refused this token"), "{}", app.screen());
    app.keys("ctrl-u").await;
    let token = app.server().token().to_owned();
    app.paste(&format!(" {token}\n")).await;
    assert!(!app.screen().contains(&token), "the token is on the screen");
    app.keys("enter").await;
    assert!(app.screen().contains("1 Profile") && app.screen().contains("Isaac"), "{}", app.screen());
}

#[tokio::test]
async fn a_token_that_dies_asks_for_another_and_goes_on_with_it() {
    let mut app = TestApp::start().await;
    app.server().edit(|world| world["token"] = json!("1111111111111111111111111111111111111111"));
    app.keys("r").await;
    assert!(app.screen().contains("Token"), "{}", app.screen());
    app.paste("1111111111111111111111111111111111111111").await;
    app.keys("enter").await;
    assert!(app.screen().contains("Isaac"), "{}", app.screen());
}

#[tokio::test]
async fn reading_again_while_signing_in_reads_nothing() {
    let mut app = TestApp::start().await;
    app.keys("f10").await;
    assert!(app.prose().contains("Token"), "{}", app.screen());
    let calls = app.server().log().len();
    app.keys("f5").await;
    assert_eq!(app.server().log().len(), calls, "the account that is left is read again behind the question");
    app.keys("esc").await;
    assert!(app.screen().contains("1 Profile"), "{}", app.screen());
    app.keys("f5").await;
    assert!(app.server().log().len() > calls);
}

#[tokio::test]
async fn where_there_is_nothing_to_step_out_of_a_key_that_quits_is_named() {
    let mut app = TestApp::start().await;
    app.keys("esc").await;
    assert_eq!(app.said(), (Level::Info, "Nothing to go back to; q quits".to_owned()));
    assert!(app.screen().contains("1 Profile"), "{}", app.screen());
}

#[tokio::test]
async fn leaving_waits_for_a_write_under_way() {
    let mut app = TestApp::start().await;
    app.press("M");
    app.press("m");
    app.press("enter");
    assert!(app.model.shared.session.in_flight.is_writing());
    app.press("q");
    assert!(!app.asked.contains(&Effect::Quit));
    app.settle().await;
    assert!(app.asked.contains(&Effect::Quit));
}

#[tokio::test]
async fn a_hang_up_ends_at_once() {
    let mut app = TestApp::start().await;
    app.asked.clear();
    app.send(Msg::Signal(Signal::Hangup));
    assert_eq!(app.asked, [Effect::Quit]);
}

#[tokio::test]
async fn an_answer_about_another_account_is_refused() {
    let mut app = TestApp::start().await;
    app.server().edit(|world| {
        world["account"]["id"] = json!("1");
        world["account"]["name"] = json!("Somebody else");
    });
    app.keys("r").await;
    assert!(!app.screen().contains("Somebody else"), "{}", app.screen());
    assert!(app.said().1.contains("another account"), "{}", app.said().1);
}

#[tokio::test]
async fn signing_in_to_another_account_starts_anew() {
    let mut app = TestApp::start().await;
    app.server().edit(|world| {
        world["account"]["id"] = json!("1");
        world["account"]["name"] = json!("Somebody else");
        world["token"] = json!("1111111111111111111111111111111111111111");
    });
    app.keys("f10").await;
    app.paste("1111111111111111111111111111111111111111").await;
    app.keys("enter").await;
    assert!(app.screen().contains("Somebody else") && !app.screen().contains("Isaac"), "{}", app.screen());
}
