//! The profile form: editing, the review, what is sent, and what becomes of it when the server does not play along.

use lapel::base::{Effect, Level, MouseKind, Msg, Timer};
use lapel::sandbox::{Fault, Options, Seen, Trouble};
use serde_json::{Value, json};

use super::TestApp;

const ME: &str = "GET /v3/users/me";
const EXTENDED: &str = "POST /users/93645911";
const SHORT: &str = "POST /v3/users/update";

/// The edit screen, tall enough for everything.
async fn form() -> TestApp {
    at((80, 40)).await
}

async fn at(size: (u16, u16)) -> TestApp {
    let mut app = TestApp::on(Options::default(), size).await;
    app.keys("2").await;
    app
}

fn account(app: &TestApp) -> Value {
    app.server().world()["account"].clone()
}

fn sent(app: &TestApp) -> Vec<Seen> {
    app.server().log().into_iter().filter(|seen| seen.method == "POST").collect()
}

/// New name and zip code, each in its own call.
async fn name_and_zip(app: &mut TestApp) {
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.field("Zip code").await;
    app.types("92145").await;
    app.keys("ctrl-s enter").await;
}

#[tokio::test]
async fn a_whole_session_sends_what_changed_and_nothing_else() {
    let mut app = form().await;
    app.keys("enter ctrl-u").await;
    app.types("Bilbo Baggins").await;
    // From the name on to the bio without leaving the fields.
    app.keys("tab tab tab ctrl-a").await;
    app.types("In a hole in the ground").await;
    app.keys("tab tab delete ctrl-s").await;
    assert!(app.said().1.contains("2 of at least 3: add one more"), "{}", app.screen());
    assert_eq!(app.writes(), [""; 0]);
    app.keys("ctrl-_ tab").await;
    app.types("paint").await;
    app.keys("enter tab").await;
    app.types("92145").await;
    assert!(app.screen().contains("4 unsaved changes"), "{}", app.screen());

    app.keys("ctrl-s").await;
    let review = app.dialog();
    for part in ["Bilbo Baggins", "In a hole", "adds Painting", "92145"] {
        assert!(review.contains(part), "no {part} on\n{review}");
    }
    let rows = app.screen();
    for label in ["Email", "Avatar", "Song", "Gallery", "Mute reactions"] {
        assert!(!rows.contains(&format!("│ {label}")), "{label} was not changed:\n{rows}");
    }
    app.keys("enter").await;

    let calls = sent(&app);
    assert_eq!(app.writes(), [EXTENDED, SHORT]);
    let extended = calls[0].body.as_ref().unwrap()["user"].as_object().unwrap();
    assert_eq!(extended.keys().collect::<Vec<_>>(), ["name", "bio", "intrests", "interests"]);
    assert_eq!(calls[1].body, Some(json!({ "zip_code": "92145" })));
    assert_eq!(app.said(), (Level::Done, "Saved and read back: Name, Bio, Interests, Zip code".to_owned()));
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
    assert_eq!(account(&app)["interests"], json!([1026, 3015, 1001]));
    app.keys("1").await;
    assert!(app.screen().contains("Bilbo Baggins") && app.screen().contains("Painting"), "{}", app.screen());
}

#[tokio::test]
async fn the_profile_jumps_to_the_field_and_types_there() {
    let mut app = TestApp::start().await;
    app.keys("enter ctrl-u").await;
    app.types("q1?").await;
    assert!(app.line("▸").contains(" q1? "), "every letter types:\n{}", app.screen());
    app.keys("esc ctrl-g").await;
    assert!(app.line("▸").contains(" Isaac "), "{}", app.screen());
}

#[tokio::test]
async fn what_is_typed_after_the_tabs_key_is_typed_into_the_name() {
    for size in [(80, 24), (60, 16), (40, 12)] {
        for name in ["Jacques", "Mary Ann"] {
            let mut app = at(size).await;
            app.types(name).await;
            assert!(app.screen().contains(&format!("Isaac{name}")), "{}", app.screen());
            assert!(!app.asked.contains(&Effect::Quit));
            app.keys("ctrl-u").await;
            app.types(name).await;
            app.keys("ctrl-s enter").await;
            assert_eq!(account(&app)["name"], name);
        }
    }
}

#[tokio::test]
async fn enter_goes_on_to_the_next_field_and_digits_type_there() {
    let mut app = form().await;
    app.keys("enter").await;
    app.types("AAA").await;
    app.keys("enter").await;
    app.types("BBB").await;
    assert!(app.line("Name").contains("IsaacAAA") && app.line("Email").contains("BBB"), "{}", app.screen());
    app.field("Zip code").await;
    app.types("12q?").await;
    assert!(app.line("Zip code").contains("12q?"), "{}", app.screen());
    app.keys("esc q").await;
    assert!(app.asked.contains(&Effect::Quit));
}

#[tokio::test]
async fn a_letter_in_a_list_is_looked_for_and_in_the_gallery_begins_a_path() {
    let mut app = form().await;
    app.field("Interests").await;
    app.types("paint").await;
    assert!(app.screen().contains("Painting"), "{}", app.screen());
    app.keys("esc").await;
    app.paste("paint").await;
    app.keys("enter").await;
    assert!(app.line("Interests").contains("Painting"), "{}", app.screen());
    app.keys("shift-tab").await;
    app.types("~/cat.png").await;
    assert!(app.dialog().contains("~/cat.png"), "{}", app.screen());
    app.keys("esc").await;
    app.field("Mute reactions").await;
    app.types("y").await;
    assert_eq!(app.said().1, "y does nothing here; Space on or off, Esc done, F1 all keys");
}

#[tokio::test]
async fn any_text_can_be_opened_in_an_editor_and_one_line_stays_one() {
    let mut app = form().await;
    app.keys("tab ctrl-o").await;
    assert!(app.asked.contains(&Effect::OpenEditor("Isaac".to_owned())), "{:?}", app.asked);
    app.send(Msg::Edited(Ok("Isaac\nNewton\n".to_owned())));
    assert!(app.line("Name").contains("Isaac Newton"), "{}", app.screen());
    app.field("Interests").await;
    app.keys("ctrl-o").await;
    assert_eq!(app.said().1, "This field is not typed, so an editor is of no use to it");
}

#[tokio::test]
async fn where_a_line_is_cut_there_is_a_sign() {
    let mut app = at((60, 16)).await;
    app.keys("tab").await;
    app.paste(&" goes on and on".repeat(4)).await;
    assert!(app.line("▸").contains("Name            …") && app.line("▸").contains("goes on and on "), "{}", app.screen());
    app.keys("home").await;
    assert!(app.line("▸").contains("Name            Isaac goes") && app.line("▸").contains('…'), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.line("▸").contains("Name            Isaac goes") && app.line("▸").contains('…'), "{}", app.screen());
}

#[tokio::test]
async fn moving_is_never_blocked_and_only_saving_is() {
    let mut app = form().await;
    app.keys("down ctrl-u").await;
    app.types("nonsense").await;
    assert!(
        !app.prose().contains("write an address like name@domain.com") && !app.screen().contains("✗"),
        "not while typing:\n{}",
        app.screen()
    );
    app.keys("tab").await;
    assert!(app.prose().contains("✗ write an address like name@domain.com"), "{}", app.screen());
    app.keys("down down ctrl-s").await;
    assert!(app.line("▸").contains("Email") && app.cursor().is_some(), "the mistake is where the typing goes on:\n{}", app.screen());
    assert_eq!(app.said().0, Level::Warning);
    app.types("@x.co").await;
    assert!(!app.screen().contains('✗'), "mended while typing:\n{}", app.screen());
    app.keys("ctrl-s").await;
    assert!(app.dialog().contains("may have to be verified"), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.screen().contains("nonsense@x.co"), "{}", app.screen());
    assert_eq!(app.writes(), [""; 0]);
}

#[tokio::test]
async fn what_is_pasted_and_typed_is_what_is_saved_and_the_cursor_is_where_the_text_is() {
    let mut app = at((60, 16)).await;
    app.keys("enter ctrl-u").await;
    app.types("李 e\u{301}").await;
    app.paste("👩\u{200d}👩\u{200d}👧\n\u{1b}[31mx\u{1b}]0;t\u{7}").await;
    let cursor = app.cursor().unwrap();
    assert_eq!((cursor.x, cursor.y), (19 + 2 + 1 + 1 + 2 + 1 + 1, 2), "{}", app.screen());
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["name"], "李 e\u{301}👩\u{200d}👩\u{200d}👧 x");
}

#[tokio::test]
async fn a_paste_without_end_is_cut_once_and_undone_at_once() {
    let mut app = at((60, 16)).await;
    for row in 0..lapel::domain::field::PROFILE.len() {
        if row > 0 {
            app.keys("esc down").await;
        }
        let before = app.screen();
        // More than a paste may hold takes a while to read; a few fields of either kind will do for that.
        let times = if row % 3 == 0 { 9_000 } else { 500 };
        app.paste(&"雪\u{1b}[2J ".repeat(times)).await;
        app.keys("esc esc 2").await;
        assert!(!before.is_empty() && app.screen().lines().all(|line| lapel::widgets::text::width(line) <= 60), "{}", app.screen());
    }
    app.keys("f6 enter").await;
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn interests_the_server_keeps_are_called_so() {
    let mut app = form().await;
    app.server().fault(Fault::always("POST /users/*", Trouble::Ignore { key: "interests".to_owned() }));
    app.keys("enter ctrl-u").await;
    app.types("Bilbo").await;
    app.field("Interests").await;
    app.types("paint").await;
    app.keys("enter ctrl-s enter").await;
    assert!(app.prose().contains("the server took it and kept its old value"), "{}", app.screen());
    assert!(app.screen().contains("1 unsaved change") && app.line("Interests ").contains("Painting"), "{}", app.screen());
    assert!(app.said().1.starts_with("Name saved. Not as you wanted: Interests"), "{}", app.said().1);
    app.server().clear_faults();
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["interests"], json!([1026, 3015, 1001]));
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading() {
    let mut app = form().await;
    app.server().fault(Fault::once("POST /users/*", Trouble::ApplyThenReset));
    name_and_zip(&mut app).await;
    assert_eq!(app.writes(), [EXTENDED, SHORT], "nothing is sent twice");
    assert_eq!(app.said().0, Level::Done, "{}", app.said().1);
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn a_save_nobody_can_verify_is_called_unknown_until_it_is_read() {
    let mut app = form().await;
    app.server().fault(Fault::once("POST /users/*", Trouble::ApplyThenReset));
    app.server().fault(Fault::always(ME, Trouble::status(500, "")).after(1));
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
        (SHORT, Trouble::status(400, r#"{"meta":{"errors":["no such zip"]}}"#), "no such zip", "Zip code"),
        ("POST /users/*", Trouble::status(500, "oops"), "refused", "Name"),
        (SHORT, Trouble::busy("3600"), "too many requests", "Zip code"),
    ] {
        let mut app = form().await;
        app.server().fault(Fault::once(route, trouble));
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
async fn a_token_that_dies_in_the_middle_is_replaced_and_the_save_goes_on() {
    let mut app = form().await;
    let other = "1111111111111111111111111111111111111111";
    app.server().fault(Fault::once("POST /users/*", Trouble::phone_after(move |world| world["token"] = json!(other))));
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
async fn a_dropped_file_is_uploaded_after_one_question() {
    let mut app = form().await;
    let file = app.home().join("my cat.png");
    std::fs::write(&file, include_bytes!("../../../assets/pictures/avatar.jpeg")).unwrap();
    app.field("Avatar").await;
    app.paste(&format!("'{}'", file.display())).await;
    assert!(app.dialog().contains("public") && app.dialog().contains("my cat.png: JPEG,"), "{}", app.screen());
    assert_eq!(app.writes(), [""; 0]);
    app.keys("enter").await;
    assert_eq!(app.writes(), ["POST /pictures"]);
    app.keys("home").await;
    assert!(app.line("Avatar").contains("i.groupme.com") && app.screen().contains("1 unsaved change"), "{}", app.screen());
    app.field("Gallery").await;
    app.keys("enter").await;
    app.paste(&file.display().to_string()).await;
    app.keys("enter").await;
    app.keys("enter").await;
    assert!(app.screen().contains("≡ 4") && app.screen().contains("2 unsaved changes"), "{}", app.screen());
    // What is no picture is told at once, without a question.
    std::fs::write(app.home().join("notes.txt"), "not a picture").unwrap();
    for (path, why) in [("/no/such/file.png", "there is no file"), ("/", "is a folder"), ("notes.txt", "is not a picture")] {
        let path = if path.starts_with('/') { path.to_owned() } else { app.home().join(path).display().to_string() };
        app.paste(&path).await;
        assert_eq!((app.said().0, app.dialog().as_str()), (Level::Error, ""), "{}", app.screen());
        assert!(app.said().1.contains(why), "{}", app.said().1);
    }
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["photo_urls"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn the_mouse_reaches_fields_and_carries_pictures() {
    let mut app = form().await;
    let name = app.row_of("Name");
    app.mouse(MouseKind::Press, 30, name).await;
    app.mouse(MouseKind::Press, 19, name).await;
    app.types("x").await;
    assert!(app.line("Name").contains(" xIsaac "), "{}", app.screen());
    let first = app.row_of("≡ 1");
    app.mouse(MouseKind::Press, 20, first).await;
    app.mouse(MouseKind::Drag, 20, first + 2).await;
    app.mouse(MouseKind::Release, 20, first + 2).await;
    assert!(app.line("≡ 3").contains("cc234ac"), "{}", app.screen());
    app.keys("ctrl-_").await;
    assert!(app.line("≡ 1").contains("cc234ac"), "{}", app.screen());
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
async fn a_path_completes_with_tab() {
    let mut app = form().await;
    let file = app.home().join("kitten on a mat.png");
    std::fs::write(&file, include_bytes!("../../../assets/pictures/avatar.jpeg")).unwrap();
    app.field("Avatar").await;
    app.keys("ctrl-t").await;
    app.paste(&app.home().join("kit").display().to_string()).await;
    app.press("tab");
    app.until(|screen| screen.contains("on a mat.png")).await;
    app.keys("enter").await;
    app.keys("enter").await;
    assert_eq!(app.writes(), ["POST /pictures"]);
}

#[tokio::test]
async fn a_long_message_leaves_the_answers_of_a_question_in_sight() {
    let mut app = at((60, 16)).await;
    app.field("Bio").await;
    app.keys("ctrl-u").await;
    app.paste(&"Another text altogether. ".repeat(12)).await;
    app.keys("ctrl-s").await;
    assert!(app.row_of("└") == 14 && app.row_of("Esc back to editing") == 13, "a box as tall as can be:\n{}", app.screen());
    app.model.shared.say(Level::Error, "What went wrong in many words, and what to do about it. ".repeat(4));
    assert!(app.row_of("Esc back to editing") == 13 && app.row_of("What went wrong") == 14, "{}", app.screen());
    app.keys("esc").await;
    assert!(app.row_of("What went wrong") < 14, "{}", app.screen());
}
