//! The profile form: typing, moving, the review, what is sent.

use lapel::base::{Effect, Level, MouseKind, Msg, Timer};
use lapel::sandbox::{FaultKind, LoggedRequest, Options, ScriptedFault};
use serde_json::{Value, json};

mod saves;
#[cfg(feature = "pictures")]
mod uploads;

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

fn sent(app: &TestApp) -> Vec<LoggedRequest> {
    app.server().log().into_iter().filter(|seen| seen.method == "POST").collect()
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
    assert_eq!(app.said().1, "y does nothing here; Space on or off, Esc done, Ctrl-Q quit, F1 all keys");
}

#[tokio::test]
async fn any_text_can_be_opened_in_an_editor_and_one_line_stays_one() {
    let mut app = form().await;
    app.keys("tab f2").await;
    assert!(app.asked.contains(&Effect::OpenEditor("Isaac".to_owned())), "{:?}", app.asked);
    app.send(Msg::Edited(Ok("Isaac\nNewton\n".to_owned())));
    assert!(app.line("Name").contains("Isaac Newton"), "{}", app.screen());
    app.field("Interests").await;
    app.keys("f2").await;
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
async fn a_long_message_leaves_the_answers_of_a_question_in_sight() {
    let mut app = at((60, 16)).await;
    app.field("Bio").await;
    app.keys("ctrl-u").await;
    app.paste(&"Another text altogether. ".repeat(12)).await;
    app.keys("ctrl-s").await;
    let edge = app.row_of("└");
    assert_eq!(app.row_of("Esc back to editing"), edge, "{}", app.screen());
    app.model.shared.say(Level::Error, "What went wrong in many words, and what to do about it. ".repeat(4));
    assert!(app.row_of("Esc back to editing") == edge && app.row_of("What went wrong") == 15, "{}", app.screen());
    app.keys("esc").await;
    assert!(app.row_of("What went wrong") < 14, "{}", app.screen());
}
