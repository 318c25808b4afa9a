//! What becomes of a save of the profile when the server does not play along.

use super::*;

/// New name and zip code, each in its own call.
async fn name_and_zip(app: &mut TestApp) {
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.field("Zip code").await;
    app.types("92145").await;
    app.keys("ctrl-s enter").await;
}

#[tokio::test]
async fn interests_the_server_keeps_are_called_so() {
    let mut app = form().await;
    app.server().fault(ScriptedFault::always("POST /users/*", FaultKind::Ignore { key: "interests".to_owned() }));
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.field("Interests").await;
    app.types("paint").await;
    app.keys("enter ctrl-s enter").await;
    assert!(app.prose().contains("the server took it and kept its old value"), "{}", app.screen());
    assert!(app.screen().contains("1 unsaved change") && app.line("Interests ").contains("Painting"), "{}", app.screen());
    assert!(app.said().1.starts_with("Not saved as entered: Interests; Edit says why. Saved: Name"), "{}", app.said().1);
    app.server().clear_faults();
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["interests"], json!([1026, 3015, 1001]));
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading() {
    let mut app = form().await;
    app.server().fault(ScriptedFault::once("POST /users/*", FaultKind::ApplyThenReset));
    name_and_zip(&mut app).await;
    assert_eq!(app.writes(), [EXTENDED, SHORT], "nothing is sent twice");
    assert_eq!(app.said().0, Level::Done, "{}", app.said().1);
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn a_save_nobody_can_verify_is_called_unknown_until_it_is_read() {
    let mut app = form().await;
    app.server().fault(ScriptedFault::once("POST /users/*", FaultKind::ApplyThenReset));
    app.server().fault(ScriptedFault::always(ME, FaultKind::status(500, "")).after(1));
    name_and_zip(&mut app).await;
    assert_eq!(app.said().0, Level::Error);
    assert!(app.prose().contains("not known whether it was saved") && app.screen().contains("2 unsaved changes"), "{}", app.screen());
    app.server().clear_faults();
    app.keys("f5").await;
    assert!(!app.screen().contains("unsaved") && app.screen().contains("✓ saved"), "{}", app.screen());
    assert_eq!(app.writes().len(), 2);
}

#[tokio::test]
async fn half_a_save_keeps_the_other_half() {
    for (route, trouble, left, kept) in [
        (SHORT, FaultKind::status(400, r#"{"meta":{"errors":["no such zip"]}}"#), "no such zip", "Zip code"),
        ("POST /users/*", FaultKind::status(400, r#"{"meta":{"errors":["no such name"]}}"#), "no such name", "Name"),
        (SHORT, FaultKind::busy("3600"), "too many requests", "Zip code"),
    ] {
        let mut app = form().await;
        app.server().fault(ScriptedFault::once(route, trouble));
        name_and_zip(&mut app).await;
        assert!(app.prose().contains(left) && app.screen().contains("1 unsaved change"), "{}", app.screen());
        assert_ne!(app.said().0, Level::Done, "{}", app.said().1);
        app.keys("ctrl-s").await;
        assert!(app.screen().contains(&format!("│ {kept}")), "{}", app.screen());
        app.keys("enter").await;
        assert_eq!((&account(&app)["name"], &account(&app)["zip_code"]), (&json!("Bilbo"), &json!("92145")));
        assert!(!app.screen().contains("unsaved"), "{}", app.screen());
    }
}

#[tokio::test]
async fn a_name_that_went_by_the_older_call_is_saved_and_said_so() {
    let mut app = form().await;
    app.server().fault(ScriptedFault::always("POST /users/*", FaultKind::status(404, "")));
    app.keys("enter ctrl-u").await;
    app.types("Bilbo Baggins").await;
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["name"], "Bilbo Baggins");
    assert!(app.said().1.contains("Name went by the older call") && app.said().0 == Level::Done, "{:?}", app.said());
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn a_token_that_dies_in_the_middle_is_replaced_and_the_save_goes_on() {
    let mut app = form().await;
    let other = "1111111111111111111111111111111111111111";
    app.server().fault(ScriptedFault::once("POST /users/*", FaultKind::phone_after(move |world| world["token"] = json!(other))));
    name_and_zip(&mut app).await;
    assert!(app.screen().contains("Token"), "{}", app.screen());
    app.paste(other).await;
    app.keys("enter").await;
    assert!(app.screen().contains("1 unsaved change"), "the name had arrived:\n{}", app.screen());
    app.keys("ctrl-s enter").await;
    assert_eq!(app.said().1, "Saved and read back: Zip code");
    assert_eq!((&account(&app)["name"], &account(&app)["zip_code"]), (&json!("Bilbo"), &json!("92145")));
}

#[tokio::test]
async fn a_change_on_both_sides_asks_and_one_elsewhere_is_taken_over() {
    for (answer, bio) in [("m", "mine"), ("t", "theirs")] {
        let mut app = at((80, 70)).await;
        app.keys("down down down ctrl-a ctrl-k ctrl-k up ctrl-a ctrl-k").await;
        app.keys("ctrl-g ctrl-u").await;
        for _ in 0..200 {
            app.press("backspace");
        }
        app.types("mine").await;
        app.server().edit(|world| {
            world["account"]["bio"] = json!("theirs");
            world["account"]["zip_code"] = json!("10001");
        });
        app.keys("ctrl-s enter").await;
        assert_eq!((app.writes().len(), &account(&app)["bio"]), (0, &json!("theirs")), "{}", app.screen());
        assert!(app.line("Zip code").contains("10001") && app.line("Bio").contains("mine"), "{}", app.screen());
        app.keys("ctrl-s enter").await;
        assert_eq!(app.said().1, "Fields changed on the server too; choose m (mine) or t (theirs) for each, then send");
        assert!(app.dialog().contains("server theirs"), "{}", app.screen());
        app.keys(answer).await;
        if answer == "m" {
            app.keys("enter").await;
        }
        assert_eq!(account(&app)["bio"], bio);
        assert!(!app.screen().contains("unsaved"), "{}", app.screen());
    }
}

#[tokio::test]
async fn a_refresh_never_overwrites_what_was_typed() {
    let mut app = form().await;
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.server().edit(|world| {
        world["account"]["name"] = json!("Isaac N");
        world["account"]["email"] = json!("new@example.com");
    });
    app.keys("f5").await;
    // What the reading brought is said over the help of the field, for a while.
    for toast in 1..9 {
        app.send(Msg::Timer(Timer::Toast(toast)));
    }
    let screen = app.screen();
    assert!(app.line("Name").contains("Bilbo") && app.line("Email").contains("new@example.com"), "{screen}");
    let prose = app.prose();
    assert!(prose.contains("changed on the server too") && prose.contains("on the server: Isaac N"), "{screen}");
}

#[tokio::test]
async fn the_form_stays_usable_while_it_is_saved() {
    let mut app = form().await;
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.keys("ctrl-s").await;
    for key in ["enter", "!", "ctrl-s"] {
        app.press(key);
    }
    assert_eq!(app.said().1, "A save is under way; wait for it to finish");
    app.settle().await;
    assert_eq!(account(&app)["name"], "Bilbo");
    assert!(app.line("Name").contains("Bilbo!") && app.screen().contains("1 unsaved change"), "{}", app.screen());
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["name"], "Bilbo!");
}

#[tokio::test]
async fn settings_nobody_told_are_not_sent_and_can_be_set() {
    let mut app = form().await;
    assert!(app.line("Mute reactions").contains("unknown"), "{}", app.screen());
    app.field("Mute reactions").await;
    app.keys("space tab").await;
    app.types("gm16").await;
    app.keys("enter ctrl-s enter").await;
    let body = sent(&app)[0].body.clone().unwrap();
    assert_eq!(body, json!({ "user": { "disable_favorite_notification": true, "group_notification_sound": "gm16.wav" } }));
    assert_eq!(app.said().0, Level::Done, "{}", app.said().1);
    assert!(app.line("Direct sound").contains("gm16.wav"), "the reply told the rest:\n{}", app.screen());
}

#[tokio::test]
async fn what_has_to_be_decided_is_asked_wherever_the_person_is() {
    for (keys, label) in [("1", "1 Profile"), ("3", "3 Campus"), ("4", "4 Pins")] {
        let mut app = at((80, 24)).await;
        app.keys("enter ctrl-u").await;
        app.types("Bilbo").await;
        app.server().edit(|world| world["account"]["name"] = json!("Frodo"));
        app.keys("esc ctrl-s").await;
        app.press("enter");
        app.press(keys);
        app.settle().await;
        assert!(app.dialog().contains("server Frodo"), "{label}: {}", app.screen());
        assert_eq!(app.said().1, "Not saved: Name changed elsewhere too; choose which to keep");
        app.keys("m").await;
        app.keys("enter").await;
        assert_eq!(account(&app)["name"], "Bilbo");
    }
}

#[tokio::test]
async fn nothing_to_be_decided_opens_under_typing_fingers_or_over_another_dialog() {
    let mut app = at((80, 24)).await;
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.server().edit(|world| world["account"]["name"] = json!("Frodo"));
    app.keys("ctrl-s enter").await;
    assert!(app.dialog().is_empty() && app.said().1.ends_with("Ctrl-S asks which to keep"), "{}", app.screen());
    app.keys("esc ctrl-s").await;
    assert!(app.dialog().contains("server Frodo"), "{}", app.screen());
    app.keys("m").await;
    app.server().edit(|world| world["account"]["name"] = json!("Sam"));
    app.press("enter");
    app.press("f8");
    app.settle().await;
    assert!(!app.dialog().contains("server Sam"), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.dialog().contains("server Sam"), "{}", app.screen());
}

#[tokio::test]
async fn one_message_says_what_a_save_over_three_tabs_came_to() {
    let mut app = at((80, 24)).await;
    app.keys("enter end").await;
    app.types(" N").await;
    app.keys("esc 3").await;
    app.field("Graduation year").await;
    app.types("2027").await;
    app.keys("esc 4 J").await;
    app.server().fault(ScriptedFault::once("PUT /v4/pinned_conversations", FaultKind::status(500, "")));
    app.keys("ctrl-s").await;
    let before = app.model.shared.session.messages.log().len();
    app.keys("enter").await;
    let (level, said) = app.said();
    assert_eq!(app.model.shared.session.messages.log().len(), before + 1, "{:?}", app.model.shared.session.messages.log());
    assert!(level == Level::Error && said.starts_with("Not saved: Pins: "), "{said}");
    assert!(said.ends_with("Ctrl-S tries again. Saved: Profile (Name), Campus (Graduation year)"), "{said}");
}
