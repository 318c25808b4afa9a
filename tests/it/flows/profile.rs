//! The profile: moving, copying, the link, SMS mode.

use lapel::base::{Effect, Level};
use lapel::sandbox::Options;

use super::TestApp;

async fn tall() -> TestApp {
    TestApp::on(Options::default(), (80, 70)).await
}

#[tokio::test]
async fn every_value_has_its_place_with_names_for_codes() {
    let screen = tall().await.prose();
    for part in [
        "Isaac",
        "Before you criticize",
        "open.spotify.com/track",
        "Stargazing",
        "Political Science",
        "Larkspur",
        "+1 2345678910",
        "phone-us",
        "93645911",
    ] {
        assert!(screen.contains(part), "no {part:?} on\n{screen}");
    }
}

#[tokio::test]
async fn the_link_is_hidden_until_asked_for() {
    let mut app = tall().await;
    assert!(!app.screen().contains("njLqSwBU"), "{}", app.screen());
    app.keys("v").await;
    assert!(app.screen().contains("njLqSwBU"), "{}", app.screen());
    app.keys("v").await;
    assert!(!app.screen().contains("njLqSwBU"), "{}", app.screen());
}

#[tokio::test]
async fn copying_takes_the_value_under_the_cursor() {
    let mut app = tall().await;
    app.keys("c").await;
    assert!(app.asked.contains(&Effect::Copy("Isaac".to_owned())), "{:?}", app.asked);
}

#[tokio::test]
async fn a_new_link_asks_first_and_replaces_the_old_one() {
    let mut app = tall().await;
    app.keys("n").await;
    assert!(app.dialog().contains("stop working"), "{}", app.screen());
    app.keys("esc").await;
    assert_eq!(app.writes(), [""; 0]);
    app.keys("n enter v").await;
    assert_eq!(app.writes(), ["POST /v3/users/features/share"; 2]);
    let link = app.server().world()["account"]["share_url"].as_str().unwrap().to_owned();
    assert!(app.screen().contains(&link) && !app.screen().contains("njLqSwBU"), "{}", app.screen());
}

#[tokio::test]
async fn sms_mode_takes_hours_from_the_list_or_typed_and_refuses_others() {
    let mut app = tall().await;
    app.keys("m").await;
    app.types("4").await;
    app.keys("enter").await;
    assert!(app.line("SMS mode ").ends_with("yes"), "{}", app.screen());
    app.keys("M").await;
    assert!(app.line("SMS mode ").ends_with("no"), "{}", app.screen());
    let before = app.writes().len();
    app.keys("m").await;
    app.types("49").await;
    app.keys("enter").await;
    assert_eq!((app.said().0, app.writes().len()), (Level::Error, before));
}

#[tokio::test]
async fn a_key_that_is_not_possible_says_why() {
    let mut app = tall().await;
    app.keys("s").await;
    assert_eq!(app.said().1, "Sharing is on already");
}

#[tokio::test]
async fn the_palette_finds_an_action_by_typing_and_runs_it() {
    let mut app = tall().await;
    app.keys("?").await;
    app.types("qr").await;
    app.keys("enter").await;
    assert!(app.screen().contains('▀'), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.screen().contains("Isaac"), "{}", app.screen());
}
