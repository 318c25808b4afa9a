//! Sharing and SMS mode under faults, and what the next start remembers of them.

use lapel::base::Level;
use lapel::sandbox::{FaultKind, Options, ScriptedFault};
use serde_json::{Value, json};

use super::TestApp;

const SHARE: &str = "POST /v3/users/features/share";

async fn tall() -> TestApp {
    TestApp::on(Options::default(), (80, 70)).await
}

fn link(app: &TestApp) -> Value {
    app.server().world()["account"]["share_url"].clone()
}

#[tokio::test]
async fn a_cut_answer_leads_to_the_real_link_and_one_enable() {
    let mut app = tall().await;
    app.keys("S enter").await;
    assert_eq!(link(&app), Value::Null);
    app.server().fault(ScriptedFault::once(SHARE, FaultKind::CutBody));
    app.keys("s").await;
    app.keys("v").await;
    assert_eq!(app.writes(), [SHARE; 2], "one disable, one enable");
    let link = link(&app);
    assert!(app.screen().contains(link.as_str().unwrap()), "{}", app.screen());
}

#[tokio::test]
async fn a_new_link_that_fails_half_way_is_told_and_the_screen_is_true() {
    let mut app = tall().await;
    app.server().fault(ScriptedFault::once(SHARE, FaultKind::status(503, "")).after(1));
    app.keys("n enter").await;
    let (level, text) = app.said();
    assert!(level == Level::Error && text.contains("old link no longer works"), "{text}");
    assert!(app.line("Link ").ends_with("off"), "{}", app.screen());
    let app = app.restarted("you left").await;
    assert!(!app.screen().contains("interrupted"), "it was said already: {}", app.screen());
}

#[tokio::test]
async fn an_interrupted_new_link_is_explained_at_the_next_start() {
    let mut app = tall().await;
    // The old link dies, then nothing can be reached any more, not even to see what became of it.
    app.server().fault(ScriptedFault::once(SHARE, FaultKind::ResetBefore).after(1));
    app.server().fault(ScriptedFault::always("GET /v3/users/me", FaultKind::ResetBefore).after(2));
    app.keys("n enter").await;
    assert_eq!((app.writes().len(), link(&app)), (2, Value::Null));
    app.server().clear_faults();
    let mut app = app.restarted("killed").await;
    assert!(app.said().1.contains("interrupted") && app.said().1.contains("Turn sharing on"), "{}", app.screen());
    app.keys("s").await;
    assert!(link(&app).is_string());
}

#[tokio::test]
async fn the_countdown_of_sms_mode_survives_a_restart_and_the_server_wins() {
    let mut app = tall().await;
    app.keys("m").await;
    app.types("4").await;
    app.keys("enter").await;
    let ends = app.line("Ends ");
    assert!(app.prose().contains("this computer's clock"), "{}", app.screen());
    let app = app.restarted("you left").await;
    assert_eq!(app.line("Ends "), ends);
    app.server().edit(|world| world["account"]["sms"] = json!(false));
    let mut app = app.restarted("you left").await;
    assert!(app.line("SMS mode  ").ends_with("no"), "{}", app.screen());
    app.server().edit(|world| world["account"]["sms"] = json!(true));
    app.keys("r").await;
    assert!(app.line("Ends ").contains("unknown"), "started elsewhere: {}", app.screen());
}
