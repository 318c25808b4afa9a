//! The profile: moving, copying, the link, SMS mode.

use lapel::base::Level;
use lapel::sandbox::Options;
use lapel::screens::Tab;

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
    assert!(app.clips().contains(&"Isaac"), "{:?}", app.asked);
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
async fn a_new_link_is_copied_and_the_cursor_is_where_it_arrives() {
    let mut app = tall().await;
    app.keys("n enter").await;
    let link = app.server().world()["account"]["share_url"].as_str().unwrap().to_owned();
    assert!(app.clips().contains(&link.as_str()), "{:?}", app.asked);
    assert_eq!(app.said(), (Level::Done, "New link copied to the clipboard; the old one no longer works".to_owned()));
    app.keys("enter").await;
    assert!(app.screen().contains("turn sharing off"), "{}", app.screen());
}

#[tokio::test]
async fn sms_mode_says_until_when_and_refuses_other_hours_while_they_are_typed() {
    let mut app = tall().await;
    app.keys("m").await;
    app.types("4").await;
    app.keys("enter").await;
    assert!(app.line("SMS mode  ").ends_with("yes"), "{}", app.screen());
    assert!(app.said().1.starts_with("SMS mode on until "), "{:?}", app.said());
    let before = app.writes().len();
    app.keys("m").await;
    app.types("49").await;
    assert!(app.screen().contains("1 to 48 hours"), "{}", app.screen());
    app.keys("enter").await;
    assert!(app.screen().contains("49"), "it is still open: {}", app.screen());
    app.keys("esc").await;
    assert_eq!(app.writes().len(), before);
    // The row that tells its end is one more above the cursor's row, which stays where it was.
    app.keys("j j").await;
    let row = app.line("Email ");
    app.keys("c M").await;
    assert!(app.clips().contains(&row.trim_start_matches("Email").trim()), "{row}: {:?}", app.asked);
    assert_eq!(app.said(), (Level::Done, "SMS mode is off".to_owned()));
}

#[tokio::test]
async fn the_end_of_sms_mode_leaves_the_cursor_on_a_row() {
    let mut app = tall().await;
    app.keys("m enter").await;
    app.keys("j enter").await;
    assert!(app.screen().contains("turn it off"), "{}", app.screen());
    app.keys("enter").await;
    assert!(app.line("SMS mode  ").ends_with("no"), "{}", app.screen());
    app.keys("c").await;
    assert!(app.said().1.starts_with("SMS mode copied"), "{:?}", app.said());
}

/// Every row, from the top: its label and what Enter led to.
async fn walk(app: &mut TestApp) -> Vec<(String, String)> {
    // What is not set has a row each.
    app.keys("G k enter g").await;
    let mut rows = Vec::new();
    loop {
        app.keys("c").await;
        let (_, said) = app.said();
        let label = said.split(" copied").next().unwrap().split(" is not set").next().unwrap().to_owned();
        if rows.last().is_some_and(|(last, _)| *last == label) {
            return rows;
        }
        let before = app.model.shared.session.messages.log().len();
        app.keys("enter").await;
        let answer = match app.model.tab {
            Tab::Profile if app.model.overlays.is_empty() => {
                app.model.shared.session.messages.log()[before..].iter().map(|message| message.text.to_string()).collect()
            }
            Tab::Profile => app.dialog(),
            tab => format!("in {}", tab.title()),
        };
        rows.push((label, answer));
        app.keys("alt-1 j").await;
    }
}

#[tokio::test]
async fn every_row_answers_enter_with_what_can_be_done() {
    let mut app = tall().await;
    let rows = walk(&mut app).await;
    assert!(rows.len() > 30, "{rows:?}");
    for (label, answer) in &rows {
        let wanted: &[&str] = match label.as_str() {
            "Link" | "QR picture" => &["copy it", "QR code", "new link", "sharing off"],
            "SMS mode" => &["1 hour", "until turned off"],
            "School" => &["copy it", "joined and left in the GroupMe app"],
            "Majors" | "Graduation year" | "Visible to" => &["in Campus"],
            "Name" | "Email" | "Avatar" | "Bio" | "Song" | "Gallery" | "Interests" | "Zip code" | "Mute reactions" | "Group sound"
            | "Direct sound" => &["in Edit"],
            "Phone" => &["copy it", "GroupMe app"],
            // Whatever else there is says who changes it.
            _ => &["GroupMe"],
        };
        assert!(wanted.iter().all(|part| answer.contains(part)), "{label}: {answer}");
    }
}

#[tokio::test]
async fn an_answer_never_covers_the_row_it_is_about() {
    for size in [(80, 24), (60, 16), (40, 12)] {
        let mut app = TestApp::on(Options::default(), size).await;
        app.keys("S enter").await;
        let screen = app.screen();
        assert!(screen.contains("Link  ") && screen.contains("Sharing is off"), "{screen}");
        app.keys("G k enter G k c").await;
        assert_eq!(app.said().1, "Directories is not set: there is nothing to copy");
        assert_eq!(app.screen().matches("Directories").count(), 2, "{}", app.screen());
    }
}

#[tokio::test]
async fn without_a_link_enter_offers_to_make_one() {
    let mut app = tall().await;
    app.keys("S enter").await;
    app.keys("enter").await;
    assert!(app.screen().contains("there is no link"), "{}", app.screen());
    app.keys("enter").await;
    assert!(app.server().world()["account"]["share_url"].is_string());
    assert!(app.said().1.starts_with("Sharing is on"), "{:?}", app.said());
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

#[tokio::test]
async fn the_account_settings_are_asked_for_and_stand_in_a_section_with_their_time() {
    let mut app = tall().await;
    assert!(app.prose().contains("Settings as of not told yet"), "{}", app.screen());
    app.keys("t").await;
    assert!(app.dialog().contains("Your name is sent as it is"), "{}", app.screen());
    app.keys("esc").await;
    assert_eq!(app.writes(), [""; 0]);
    app.keys("t enter").await;
    assert_eq!(app.writes(), ["POST /users/93645911"]);
    let screen = app.prose();
    for part in ["Account settings", "App installed yes", "Language en-US", "membership added: yes", "Group sound gm6.wav"] {
        assert!(screen.contains(part), "no {part:?} on\n{}", app.screen());
    }
    // Reading the account again does not take them away.
    app.keys("r").await;
    assert!(app.prose().contains("App installed yes"), "{}", app.screen());
    // The form starts from nothing, since it may have changed, and says what it was.
    app.keys("2").await;
    assert!(app.prose().contains("gm6.wav, as told 20"), "{}", app.screen());
}
