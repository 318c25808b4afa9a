//! Keys that were typed for something else.

use jiff::{SignedDuration, Timestamp};
use lapel::app::update;
use lapel::base::{Effect, Input, Job, Msg, key};

use crate::flows::TestApp;

const OPENED: Timestamp = Timestamp::UNIX_EPOCH;

/// Whether these keys, pressed so many milliseconds after the first frame of a review (none: before it), save.
async fn saves(keys: &str, after: Option<i64>) -> bool {
    let mut app = TestApp::start().await;
    app.keys("2 enter X").await;
    let mut now = OPENED;
    let press = |app: &mut TestApp, now, text: &str| update(&mut app.model, now, Msg::Input(Input::Key(key::parse(text).unwrap())));
    press(&mut app, now, "ctrl-s");
    assert!(app.dialog().contains("send"), "{}", app.screen());
    if let Some(after) = after {
        app.model.drawn(now);
        now += SignedDuration::from_millis(after);
    }
    let effects: Vec<Effect> = keys.split(' ').flat_map(|text| press(&mut app, now, text)).collect();
    effects.iter().any(|effect| matches!(effect, Effect::Start(_, Job::SaveProfile(_))))
}

#[tokio::test]
async fn a_review_ignores_what_was_typed_before_it_could_be_read() {
    for keys in ["enter", "enter enter", "ctrl-s", "q ctrl-s enter"] {
        assert!(!saves(keys, None).await, "{keys}");
        assert!(!saves(keys, Some(149)).await, "{keys}");
    }
    assert!(saves("enter", Some(150)).await);
    // A clock that was set back locks nobody out.
    assert!(saves("enter", Some(-60_000)).await);
}

#[tokio::test]
async fn a_forged_end_of_a_paste_saves_nothing() {
    use lapel::runtime::input::{Decoder, ESCAPE};
    let mut app = TestApp::start().await;
    app.keys("2 enter X").await;
    let mut effects = Vec::new();
    for input in Decoder::new(ESCAPE).feed(b"\x1b[200~a \x1b[201~ q \x13\r") {
        effects.extend(update(&mut app.model, OPENED, Msg::Input(input)));
    }
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Start(_, job) if job.is_write())), "{effects:?}");
}
