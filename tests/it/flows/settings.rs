//! What people set: keys, questions, looks, and a file with mistakes in it.

use lapel::app::update;
use lapel::base::{Action, Effect, Input, Level, Msg, Timer, key};

use super::TestApp;

/// The keys of the palette: each line with what it does.
async fn palette(app: &mut TestApp, search: &str) -> String {
    app.keys("f1").await;
    app.types(search).await;
    let line = app.line(search);
    app.keys("esc").await;
    line
}

#[tokio::test]
async fn another_key_for_an_action_changes_dispatch_footer_and_palette_and_nothing_else() {
    let (mut usual, mut own) = (TestApp::start().await, TestApp::with_settings("[keys]\nqr = \"z\"\n").await);
    for app in [&mut usual, &mut own] {
        // To the link.
        app.keys("j j j j j j j j j j").await;
    }
    let footer = |app: &TestApp| app.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer(&usual).contains("o QR code"), "{}", footer(&usual));
    assert_eq!(footer(&usual).replace("o QR", "z QR"), footer(&own));
    assert_eq!(palette(&mut usual, "QR code").await.replace(" o ", " z "), palette(&mut own, "QR code").await);
    let before = own.screen();
    own.keys("o").await;
    assert!(own.said().1.starts_with("o does nothing here; "), "the usual key means nothing any more: {:?}", own.said());
    usual.keys("o").await;
    own.keys("z").await;
    assert_ne!(own.screen(), before);
    assert_eq!(usual.screen().lines().skip(1).take(20).collect::<Vec<_>>(), own.screen().lines().skip(1).take(20).collect::<Vec<_>>());
    let others = |app: &TestApp| {
        let entries = app.model.shared.keymap.entries().iter().filter(|entry| entry.binding.action != Action::Qr);
        entries.map(|entry| entry.keys.clone()).collect::<Vec<_>>()
    };
    assert_eq!(others(&usual), others(&own));
}

#[tokio::test]
async fn an_action_without_keys_is_still_in_the_palette() {
    let mut app = TestApp::with_settings("[keys]\nshare-off = []\n").await;
    app.keys("S").await;
    assert!(app.said().1.starts_with("S does nothing here; "), "{:?}", app.said());
    app.keys("f1").await;
    app.types("turn sharing off").await;
    app.keys("enter").await;
    assert!(app.dialog().contains("Turn sharing off?"), "{}", app.screen());
}

#[tokio::test]
async fn a_question_that_was_turned_off_is_not_asked_and_others_are() {
    let mut app = TestApp::with_settings("[confirmations]\nshare-off = false\n").await;
    app.keys("n").await;
    assert!(app.dialog().contains("Make a new link?"), "{}", app.screen());
    app.keys("esc").await;
    assert_eq!(app.writes(), [""; 0]);
    app.keys("S").await;
    assert_eq!(app.writes(), ["POST /v3/users/features/share"]);
    assert!(app.said().1.contains("Sharing is off"), "{:?}", app.said());
}

#[tokio::test]
async fn a_mistake_is_said_at_the_start_and_the_rest_holds() {
    let app = TestApp::with_settings("mouse = false\n[keys]\nsave = \"f9\"\n").await;
    let (level, text) = app.said();
    assert_eq!(level, Level::Warning);
    assert!(text.starts_with("3:8: F9 would mean both"), "{text}");
    assert!(!app.model.shared.mouse);
    let app = TestApp::with_settings("mouse = 1\nmotion = 2\n").await;
    assert!(app.said().1.contains("2 mistakes"), "{}", app.screen());
    let log = app.model.shared.session.messages.log();
    assert!(log.iter().any(|message| message.text.as_str().starts_with("2:10: motion must be")), "{log:?}");
}

#[tokio::test]
async fn a_style_is_seen_on_the_screen() {
    use ratatui::style::Color;
    let app = TestApp::with_settings("[styles]\ntab_active = \"magenta\"\n").await;
    assert_eq!(app.frame()[(1, 0)].style().fg, Some(Color::Magenta));
}

#[tokio::test]
async fn the_sign_for_work_turns_only_while_there_is_work() {
    let mut app = TestApp::start().await;
    let asks = |app: &mut TestApp, msg| {
        let effects = update(&mut app.model, app.clock.now(), msg);
        effects.iter().any(|effect| matches!(effect, Effect::After(_, Timer::Turn)))
    };
    assert!(!asks(&mut app, Msg::Timer(Timer::Turn)), "an idle editor wakes for nothing");
    app.press("r");
    let before = app.line("loading");
    assert!(asks(&mut app, Msg::Timer(Timer::Turn)));
    assert_ne!(app.line("loading"), before);
    assert!(!asks(&mut app, Msg::Input(Input::Resize(80, 24))), "one timer at a time");
}

#[tokio::test]
async fn without_motion_no_sign_ever_turns() {
    let mut app = TestApp::with_settings("motion = false\n").await;
    let refresh = Msg::Input(Input::Key(key::parse("r").unwrap()));
    let effects = update(&mut app.model, app.clock.now(), refresh);
    assert!(app.screen().contains("loading"), "{}", app.screen());
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::After(_, Timer::Turn))), "{effects:?}");
}

#[tokio::test]
async fn a_digit_means_what_it_is_bound_to_and_nothing_else() {
    let mut app = TestApp::with_settings("[keys]\nshow-edit = \"w\"\nshow-profile = \"7\"\n").await;
    app.keys("4 2").await;
    assert!(app.screen().contains("Climbing"), "2 means no tab any more: {}", app.screen());
    app.keys("7").await;
    assert!(!app.screen().contains("Climbing"), "7 is the profile now: {}", app.screen());
}

#[tokio::test]
async fn texts_name_the_keys_as_they_are() {
    let mut app = TestApp::with_settings(
        "[keys]\nconfirm = { confirm = \"f14\" }\nback = { confirm = [] }\nreveal = \"z\"\nremove = \"X\"\nundo = \"f11\"\n",
    )
    .await;
    app.keys("n").await;
    assert!(app.dialog().contains("F14 new link \"no\" no"), "{}", app.screen());
    app.keys("f14").await;
    app.keys("S f14").await;
    app.keys("s").await;
    assert!(app.said().1.contains("c copies the link, z shows it, o shows its QR code"), "{:?}", app.said());
    app.keys("4").await;
    app.keys("X space").await;
    assert!(app.said().1.contains("X keeps it"), "{:?}", app.said());
    app.keys("2").await;
    app.field("Gallery").await;
    app.keys("delete").await;
    assert!(app.prose().contains("F11 brings it"), "{}", app.screen());
}
