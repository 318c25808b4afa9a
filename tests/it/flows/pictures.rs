//! The avatar and the gallery beside the profile and the form: which are fetched, how often, and what a failure costs.

use std::sync::Arc;

use lapel::base::{Input, Level, Msg};
use lapel::sandbox::{FaultKind, LoggedRequest, Options, ScriptedFault, TokenPlace};
use lapel::widgets::picture::{Colours, PictureMethod, Protocol, part};
use ratatui::layout::Size;
use ratatui::style::Color;

use super::TestApp;
use crate::day;

/// Cells of the card's pictures at 80x24: the avatar, and three of the gallery below it.
const CARD: usize = 14 * 7 + 3 * 4 * 3;

const AVATAR: &str = "/200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d.preview";

async fn with_pictures(size: (u16, u16), faults: impl IntoIterator<Item = ScriptedFault>) -> TestApp {
    let sandbox = day::sandbox(Options::default()).await;
    faults.into_iter().for_each(|fault| sandbox.fault(fault));
    let mut app = TestApp::before_reading(sandbox, size, true, Arc::new(tempfile::tempdir().unwrap()));
    app.model.shared.picture_method = Some(PictureMethod { protocol: Protocol::Blocks, colours: Colours::True });
    app.settle().await;
    app
}

fn fetched(app: &TestApp) -> Vec<LoggedRequest> {
    app.server().log().into_iter().filter(|seen| seen.path.contains(".jpeg.")).collect()
}

/// Cells that show pixels, in a part of the screen.
fn painted(app: &TestApp, from_column: u16) -> usize {
    let frame = app.frame();
    frame.area.positions().filter(|at| at.x >= from_column && matches!(frame[*at].bg, Color::Rgb(..))).count()
}

#[tokio::test]
async fn the_avatar_stands_beside_the_profile_and_is_fetched_once_and_without_the_token() {
    let mut app = with_pictures((80, 24), []).await;
    assert_eq!((painted(&app, 0), painted(&app, 18)), (CARD, 0));
    app.keys("4 1 r 2 1 r").await;
    let fetched = fetched(&app);
    assert_eq!(fetched.iter().filter(|seen| seen.path == AVATAR).count(), 1);
    assert_eq!(fetched.len(), 4, "the gallery, each once");
    assert!(fetched.iter().all(|seen| seen.token == TokenPlace::None));
}

#[tokio::test]
async fn the_gallery_is_fetched_when_there_is_room_for_it() {
    let mut app = with_pictures((80, 12), []).await;
    assert_eq!(fetched(&app).len(), 1);
    app.resize((140, 40));
    app.send(Msg::Input(Input::Resize(140, 40)));
    app.settle().await;
    assert_eq!(fetched(&app).len(), 4);
    assert!(painted(&app, 0) > 24 * 12 + 3 * 12 * 10, "{}", painted(&app, 0));
}

#[tokio::test]
async fn a_narrow_screen_is_for_the_text() {
    let app = with_pictures((50, 16), []).await;
    assert_eq!((fetched(&app).len(), painted(&app, 0)), (0, 0));
}

#[tokio::test]
async fn a_picture_that_fails_is_a_dim_word_and_no_alarm_and_is_tried_again_on_request() {
    let mut app = with_pictures((80, 24), [ScriptedFault::always("GET /*", FaultKind::status(404, "gone"))]).await;
    assert!(app.screen().contains("no picture"), "{}", app.screen());
    assert_eq!(app.model.shared.session.messages.toast(), None);
    assert!(!app.screen().contains("offline"), "{}", app.screen());
    app.server().clear_faults();
    app.keys("r").await;
    assert_eq!(painted(&app, 0), CARD);
}

#[tokio::test]
async fn what_claims_to_be_a_picture_and_is_none_harms_nothing() {
    let app = with_pictures((80, 24), [ScriptedFault::always("GET /*", FaultKind::status(200, &b"\xff\xd8\xff\xe0 not quite"[..]))]).await;
    assert!(app.screen().contains("no picture") && app.screen().contains("Isaac"), "{}", app.screen());
}

#[tokio::test]
async fn the_form_shows_the_picture_under_the_cursor_and_fetches_each_once() {
    let mut app = with_pictures((80, 24), []).await;
    app.keys("2").await;
    assert_eq!(painted(&app, 63), 14 * 7, "{}", app.screen());
    assert_eq!(fetched(&app).len(), 4, "the profile has fetched all of them");
    app.field("Gallery").await;
    app.keys("down up down esc up").await;
    assert_eq!(fetched(&app).len(), 4, "each once");
    assert_eq!(painted(&app, 0), painted(&app, 63));
}

#[tokio::test]
async fn an_uploaded_picture_is_seen_before_it_is_saved() {
    let mut app = with_pictures((140, 40), []).await;
    let before = fetched(&app).len();
    let file = app.home().join("cat.png");
    std::fs::write(&file, include_bytes!("../../../assets/pictures/avatar.jpeg")).unwrap();
    app.keys("2").await;
    app.field("Avatar").await;
    app.paste(&file.display().to_string()).await;
    app.keys("enter").await;
    assert_eq!(fetched(&app).len(), before + 1, "{}", app.screen());
    assert!(painted(&app, 78) > 24 * 12, "{}", app.screen());
}

#[tokio::test]
async fn a_picture_the_form_cannot_have_is_a_dim_word_and_no_alarm() {
    let mut app = with_pictures((140, 40), [ScriptedFault::always("GET /*", FaultKind::status(404, "gone"))]).await;
    app.keys("2").await;
    assert!(app.screen().contains("no picture"), "{}", app.screen());
    assert!(app.model.shared.session.messages.toast().is_none() && app.said().0 != Level::Error);
    app.server().clear_faults();
    app.keys("f5").await;
    assert!(painted(&app, 78) > 24 * 12, "{}", app.screen());
}

#[tokio::test]
async fn the_form_needs_all_the_room_of_a_narrow_screen() {
    let mut app = with_pictures((50, 16), []).await;
    app.keys("2").await;
    app.field("Avatar").await;
    assert_eq!((fetched(&app).len(), painted(&app, 0)), (0, 0));
}

#[tokio::test]
async fn a_terminal_that_answers_late_that_it_draws_sixels_gets_them_from_then_on() {
    let mut app = with_pictures((80, 24), []).await;
    let drawings = |app: &TestApp| {
        app.frame().content.iter().filter_map(|cell| part(cell.symbol())).filter(|(_, drawing)| !drawing.is_empty()).count()
    };
    assert_eq!(drawings(&app), 0);
    app.send(Msg::DrawsSixels(Size::new(8, 16)));
    let before = app.frame();
    assert_eq!(drawings(&app), 4);
    app.keys("?").await;
    assert_eq!(drawings(&app), 0, "behind a dialog there are no pictures");
    app.keys("esc").await;
    assert_eq!(app.frame(), before);
    app.send(Msg::CellSize(Size::ZERO));
    assert_eq!(drawings(&app), 0, "nobody knows how large they would have to be");
    app.send(Msg::CellSize(Size::new(10, 20)));
    assert_eq!(drawings(&app), 4);
}
