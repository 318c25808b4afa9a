//! The one idea of unsaved: what is told of it on every tab, and what becomes of it.

use lapel::sandbox::Options;

use super::TestApp;

const SIZES: [(u16, u16); 3] = [(40, 12), (60, 16), (80, 24)];

/// The name has become `Isaac Newton`.
async fn renamed(app: &mut TestApp) {
    app.keys("2 enter end").await;
    app.types(" Newton").await;
    app.keys("esc").await;
}

#[tokio::test]
async fn an_edit_is_seen_on_every_tab_at_every_width() {
    for size in SIZES {
        let mut app = TestApp::on(Options::default(), size).await;
        renamed(&mut app).await;
        for tab in ["1", "2", "3", "4"] {
            app.keys(tab).await;
            let screen = app.screen();
            assert!(screen.contains("1 unsaved change") && screen.contains("2 Edit●"), "{size:?}\n{screen}");
        }
        app.keys("alt-1").await;
        let row = app.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(row.replace(" │", "").contains("Name Isaac → Isaac Newton"), "{row}");
        app.keys("4 J").await;
        assert!(app.screen().contains("2 unsaved changes") && app.screen().contains("4 Pins●"), "{}", app.screen());
    }
}

#[tokio::test]
async fn what_was_changed_and_changed_back_is_nothing() {
    let mut app = TestApp::start().await;
    app.keys("4 J K").await;
    assert!(!app.screen().contains("unsaved") && !app.screen().contains('●'), "{}", app.screen());
    app.keys("J").await;
    assert!(app.screen().contains("1 unsaved change"), "{}", app.screen());
}

#[tokio::test]
async fn one_review_holds_what_three_tabs_changed_and_saves_it_from_any() {
    for size in SIZES {
        let mut app = TestApp::on(Options::default(), size).await;
        renamed(&mut app).await;
        app.keys("3").await;
        app.field("Graduation year").await;
        app.types("2027").await;
        app.keys("esc 4 J 1 ctrl-s").await;
        let mut review = app.screen();
        for _ in 0..6 {
            app.keys("pagedown").await;
            review.push_str(&app.screen());
        }
        for section in ["─ Profile ─", "─ Campus ─", "─ Pins ─"] {
            assert!(review.contains(section), "no {section}\n{review}");
        }
        app.keys("enter").await;
        let world = app.server().world();
        assert_eq!((&world["account"]["name"], &world["account"]["graduation_year"]), (&"Isaac Newton".into(), &"2027".into()));
        assert_eq!(world["pins"][1], "98905953", "{}", world["pins"]);
        assert!(!app.screen().contains("unsaved"), "{}", app.screen());
    }
}

#[tokio::test]
async fn saving_with_a_mistake_goes_to_it_from_any_tab() {
    let mut app = TestApp::start().await;
    app.keys("2").await;
    app.field("Email").await;
    app.keys("ctrl-u").await;
    app.types("nonsense").await;
    app.keys("esc 1 ctrl-s").await;
    assert!(app.line("▸").contains("Email") && app.cursor().is_some(), "{}", app.screen());
    assert!(app.said().1.starts_with("Not saved yet. Email"), "{}", app.said().1);
    assert_eq!(app.writes(), [""; 0]);
}

#[tokio::test]
async fn edits_of_an_earlier_run_on_two_tabs_are_named_together() {
    let mut app = TestApp::start().await;
    app.keys("2 Z esc 4 J").await;
    let app = Box::pin(app.restarted("killed")).await;
    let said = app.said().1;
    assert!(said.starts_with("Unsaved edits from ") && said.contains("(killed) of your profile (2, then F3) and pins (4)"), "{said}");
}
