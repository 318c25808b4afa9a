//! Earlier states: shown with what they differ in, brought back as unsaved edits, saved like any.

use lapel::base::Level;
use lapel::io::notes::Notes;
use lapel::io::paths::Identity;
use serde_json::json;

use super::TestApp;

fn notes(app: &TestApp) -> Notes {
    Notes::new(&app.paths(), "sandbox")
}

/// Keeps what the account is now, as every save does, and then changes it, as another run would.
fn saved_elsewhere(app: &TestApp, name: &str) {
    notes(app).keep_account(app.model.shared.session.account.value().unwrap()).unwrap();
    app.server().edit(|world| world["account"]["name"] = json!(name));
}

fn name(app: &TestApp) -> String {
    app.server().world()["account"]["name"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_name_changed_elsewhere_comes_back_with_three_keys() {
    let mut app = TestApp::start().await;
    saved_elsewhere(&app, "Ida");
    // Enter does not wait for what is being read, nor does it mean anything else because of that.
    app.keys("H enter").await;
    assert!(app.model.overlays.is_empty(), "{}", app.screen());
    assert_eq!(name(&app), "Ida", "nothing is sent yet");
    app.keys("ctrl-s").await;
    assert!(app.dialog().contains("Ida") && app.dialog().contains("Isaac"), "{}", app.screen());
    app.keys("enter").await;
    assert_eq!(name(&app), "Isaac");
}

#[tokio::test]
async fn each_state_says_what_it_differs_in() {
    let mut app = TestApp::start().await;
    app.keys("H").await;
    assert!(app.dialog().contains("Nothing yet"), "{}", app.screen());
    app.keys("esc").await;
    saved_elsewhere(&app, "Ida");
    app.server().edit(|world| world["account"]["graduation_year"] = json!("2027"));
    app.keys("H").await;
    let dialog = app.dialog();
    for part in ["Name, Graduation year", "Name Ida → Isaac", "Graduation year 2027 → not set"] {
        assert!(dialog.contains(part), "no {part:?} in {dialog}");
    }
    app.keys("enter").await;
    let staged: Vec<_> = app.model.shared.unsaved.kinds().collect();
    assert_eq!(staged.len(), 2, "both forms have something unsaved: {staged:?}");
    // What is so already is not brought back.
    app.server().edit(|world| (world["account"]["name"], world["account"]["graduation_year"]) = (json!("Isaac"), json!("")));
    app.keys("alt-1 H").await;
    app.keys("enter").await;
    assert_eq!(app.said(), (Level::Info, "Nothing to bring back: it is the same as now".to_owned()));
}

#[tokio::test]
async fn pins_come_back_too() {
    let mut app = TestApp::start().await;
    app.keys("4").await;
    let before = app.server().pins();
    app.keys("J ctrl-s").await;
    assert_ne!(app.server().pins(), before);
    app.keys("alt-1 H").await;
    assert!(app.screen().contains("moved: Family"), "{}", app.screen());
    app.keys("enter").await;
    app.keys("ctrl-s").await;
    assert_eq!(app.server().pins(), before, "{}", app.screen());
}

#[tokio::test]
async fn a_history_that_cannot_be_read_is_told() {
    let mut app = TestApp::start().await;
    saved_elsewhere(&app, "Ida");
    let id = app.model.shared.session.account.value().unwrap().id.clone();
    let file = app.paths().history_file(&Identity::new("sandbox", id), "profile");
    std::fs::write(file, "[1,").unwrap();
    app.keys("H").await;
    assert!(app.said().1.contains("is damaged"), "{:?}", app.said());
}

#[tokio::test]
async fn after_a_save_undo_offers_what_was_before() {
    let mut app = TestApp::start().await;
    app.keys("u").await;
    assert!(app.said().1.contains("othing was saved in this run"), "{:?}", app.said());
    app.keys("2 enter x esc ctrl-s enter").await;
    assert_eq!(name(&app), "Isaacx");
    app.keys("1 u").await;
    assert!(app.dialog().contains("What was before 12:03 comes back: Name."), "{}", app.screen());
    app.keys("enter ctrl-s enter").await;
    assert_eq!(name(&app), "Isaac");
}

#[tokio::test]
async fn undo_goes_on_past_the_last_save_of_the_pins() {
    let mut app = TestApp::start().await;
    app.keys("4").await;
    let before = app.server().pins();
    app.keys("J ctrl-s").await;
    // Another device pins something meanwhile; that is no part of what is taken back.
    app.server().edit(|world| world["pins"].as_array_mut().unwrap().push(json!("1357")));
    app.keys("u").await;
    assert!(app.dialog().contains("comes back: Pins."), "{}", app.screen());
    app.keys("enter").await;
    app.keys("ctrl-s").await;
    let mut wanted = before;
    wanted.push("1357".to_owned());
    assert_eq!(app.server().pins(), wanted);
}
