//! Carrying: what the screen says meanwhile, what has to wait, and how it ends.

use lapel::base::{Effect, Msg, Signal};
use lapel::widgets::symbols::Symbols;
use lapel::widgets::theme::Theme;

use super::*;

fn footer(app: &TestApp) -> String {
    app.screen().lines().last().unwrap().trim().to_owned()
}

#[tokio::test]
async fn what_is_carried_is_said_and_its_row_lifted_at_every_size_with_and_without_colour_and_unicode() {
    for size in [(80, 24), (60, 16), (40, 12)] {
        for unicode in [true, false] {
            let mut app = TestApp::on(Options::default(), size).await;
            app.model.shared.theme = Theme::monochrome().with_symbols(Symbols::new(unicode));
            app.keys("4").await;
            app.keys("space j").await;
            let (dot, left, right, moved) = if unicode { ("·", "▌", "▐", "↕") } else { ("|", ">", "<", "~") };
            assert!(status(&app).starts_with(&format!("CARRYING Family {dot} 2 of 9")), "{}", app.screen());
            let row = app.line("2 Family");
            assert!(row.starts_with(left) && row.contains(&format!("{moved} from 1")) && row.contains(right), "{row}");
            assert!(footer(&app).starts_with("Space drop  Esc put back"), "{}", footer(&app));
        }
    }
}

#[tokio::test]
async fn what_has_to_wait_says_which_key_drops_and_changes_nothing() {
    let mut app = pins().await;
    app.keys("space j").await;
    let before = app.screen();
    for key in ["x", "u", "ctrl-r", "a", "/", "v", "D", "f6", "1", "2", "3", "4", "alt-3"] {
        app.keys(key).await;
        assert_eq!(app.said().1, "Put down what you carry first: Space drops it, Esc puts it back", "{key}");
        assert_eq!(app.screen().lines().take(12).collect::<Vec<_>>(), before.lines().take(12).collect::<Vec<_>>(), "{key}");
    }
    app.mouse(MouseKind::Press, 20, 0).await;
    assert!(status(&app).starts_with("CARRYING"), "a click on a tab: {}", app.screen());
    app.keys("esc").await;
    assert!(status(&app).starts_with("Family, 1 of 9") && !app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn carrying_goes_by_steps_to_the_ends_and_to_a_position() {
    let mut app = pins().await;
    app.keys("space m 4 enter").await;
    assert!(status(&app).starts_with("CARRYING Family · 4 of 9"), "{}", status(&app));
    app.keys("b J K").await;
    assert!(status(&app).starts_with("CARRYING Family · 8 of 9"), "{}", status(&app));
    app.keys("t esc").await;
    assert!(status(&app).starts_with("Family, 1 of 9"), "{}", status(&app));
}

#[tokio::test]
async fn saving_drops_what_is_carried_or_dragged() {
    let mut app = pins().await;
    app.keys("space j ctrl-s").await;
    assert_saved(&app, &[CLIMBING, FAMILY, MAYA, BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
    let (from, to) = (app.row_of("2 Family"), app.row_of("1 Climbing"));
    app.mouse(MouseKind::Press, 1, from).await;
    app.mouse(MouseKind::Drag, 1, to).await;
    assert!(footer(&app).starts_with("Space drop  Esc put back"), "{}", footer(&app));
    app.keys("ctrl-s").await;
    assert_saved(&app, &[FAMILY, CLIMBING, MAYA, BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
    let writes = app.writes().len();
    app.keys("space ctrl-s").await;
    assert!(app.said().1.contains("Nothing is left to save"), "{:?}", app.said());
    assert!(app.writes().len() == writes && !app.screen().contains("CARRYING"), "{}", app.screen());
}

#[tokio::test]
async fn quitting_asks_and_keeps_the_move_as_an_unsaved_change() {
    let mut app = pins().await;
    app.keys("space j q").await;
    assert!(app.dialog().contains("Family, 2 of 9, above Maya Okonkwo"), "{}", app.screen());
    app.keys("esc").await;
    assert!(status(&app).starts_with("CARRYING"), "{}", app.screen());
    assert!(!app.asked.contains(&Effect::Quit));
    app.keys("q enter").await;
    assert!(app.asked.contains(&Effect::Quit));
    let mut app = Box::pin(app.restarted("")).await;
    app.keys("f3 enter").await;
    assert_eq!(names(&app)[..2], ["Climbing", "Family"], "{}", app.screen());
}

#[tokio::test]
async fn a_hang_up_while_carrying_loses_nothing() {
    let mut app = pins().await;
    app.keys("space j j").await;
    app.send(Msg::Signal(Signal::Hangup));
    let mut app = Box::pin(app.restarted("connection lost")).await;
    app.keys("f3 enter").await;
    assert_eq!(names(&app)[..3], ["Climbing", "Maya Okonkwo", "Family"], "{}", app.screen());
}
