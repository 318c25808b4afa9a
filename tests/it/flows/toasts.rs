//! What is said goes when it is over.

use lapel::base::Level;
use lapel::sandbox::{FaultKind, ScriptedFault};

use super::TestApp;

fn toast(app: &TestApp) -> String {
    app.model.shared.session.messages.toast().map(|message| message.text.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn an_answer_to_a_key_goes_with_the_next_key() {
    let mut app = TestApp::start().await;
    app.keys("s").await;
    assert_eq!(toast(&app), "Sharing is on already");
    app.keys("down").await;
    assert_eq!(toast(&app), "");
}

#[tokio::test]
async fn what_went_wrong_with_a_job_goes_when_it_is_tried_again_and_not_before() {
    let mut app = TestApp::start().await;
    app.server().fault(ScriptedFault::always("GET /v3/users/me", FaultKind::ResetBefore));
    app.keys("r").await;
    assert!(toast(&app).starts_with("The account could not be read"), "{}", toast(&app));
    app.keys("down up").await;
    assert!(toast(&app).starts_with("The account could not be read"), "{}", toast(&app));
    app.server().clear_faults();
    app.press("r");
    assert_eq!(toast(&app), "");
    app.settle().await;
    assert!(!toast(&app).contains("could not"), "{}", toast(&app));
}

#[tokio::test]
async fn a_complaint_about_a_field_goes_when_the_field_is_mended() {
    let mut app = TestApp::start().await;
    app.keys("2 enter ctrl-u ctrl-s").await;
    assert_eq!(app.said().0, Level::Warning);
    assert!(toast(&app).starts_with("Not saved yet. Name"), "{}", toast(&app));
    app.keys("left").await;
    assert!(toast(&app).starts_with("Not saved yet. Name"), "{}", toast(&app));
    app.types("I").await;
    assert_eq!(toast(&app), "");
}
