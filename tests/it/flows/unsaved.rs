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
        assert!(row.replace(" │", "").contains("Isaac → Isaac Newton"), "{row}");
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

/// The next run after one that ended with unsaved edits of the profile and the pins.
async fn with_earlier_edits(size: (u16, u16), reason: &str) -> TestApp {
    let mut app = TestApp::on(Options::default(), size).await;
    renamed(&mut app).await;
    app.keys("4 J").await;
    Box::pin(app.restarted(reason)).await
}

#[tokio::test]
async fn edits_of_an_earlier_run_are_one_offer_from_any_tab() {
    for size in SIZES {
        for tab in ["1", "2", "3", "4"] {
            let mut app = with_earlier_edits(size, "killed").await;
            let (_, said) = app.said();
            assert!(
                said.starts_with("Unsaved edits from ") && said.ends_with("(killed), of your profile and pins: F3 shows them"),
                "{said}"
            );
            app.keys(tab).await;
            assert!(app.screen().contains("F3: earlier edits"), "{size:?}\n{}", app.screen());
            app.keys("f3").await;
            let mut offer = app.screen();
            for _ in 0..3 {
                app.keys("pagedown").await;
                offer.push_str(&app.screen());
            }
            for part in ["─ Profile ─", "Isaac Newton", "─ Pins ─", "Moved"] {
                assert!(offer.contains(part), "no {part} in\n{offer}");
            }
            // Letters answer nothing that would lose something.
            app.keys("d x").await;
            app.keys("esc").await;
            assert!(app.screen().contains("F3: earlier edits") && !app.screen().contains("unsaved"), "{}", app.screen());
            app.keys("f3 enter").await;
            assert!(app.screen().contains("2 unsaved") && !app.screen().contains("earlier"), "{}", app.screen());
        }
    }
}

#[tokio::test]
async fn earlier_edits_are_discarded_together_and_by_no_letter() {
    let mut app = with_earlier_edits((80, 24), "killed").await;
    app.keys("f3 f6").await;
    assert!(app.dialog().contains("(killed) will be gone for good."), "{}", app.screen());
    app.keys("esc").await;
    assert!(app.screen().contains("F3: earlier edits"), "{}", app.screen());
    app.keys("f3 f6 enter").await;
    assert!(!app.screen().contains("F3: earlier"), "{}", app.screen());
    app.keys("down f3").await;
    assert_eq!(app.said().1, "There are no unsaved edits of an earlier run");
    let app = Box::pin(app.restarted("")).await;
    assert!(!app.screen().contains("earlier"), "{}", app.screen());
}

#[tokio::test]
async fn what_was_edited_since_stands_in_the_way_of_its_tab_only() {
    let mut app = with_earlier_edits((80, 24), "killed").await;
    app.keys("2 enter").await;
    app.types(" II").await;
    app.keys("f3 enter").await;
    assert_eq!(app.said().1, "You have edited Name since; save or reset that first, then restore; the rest is restored");
    app.keys("alt-2 ctrl-g f3 enter").await;
    assert!(app.line("Name").contains("Isaac Newton") && app.screen().contains("2 unsaved changes"), "{}", app.screen());
}

#[tokio::test]
async fn unsaved_edits_are_offered_after_a_restart() {
    let mut app = TestApp::on(Options::default(), (80, 40)).await;
    app.keys("2 enter ctrl-u").await;
    app.types("Bilbo").await;
    app.keys("tab ctrl-u").await;
    app.types("not yet val").await;
    let mut app = Box::pin(app.restarted("connection lost")).await;
    assert!(app.said().1.starts_with("Unsaved edits from ") && app.said().1.contains("(connection lost)"), "{}", app.said().1);
    app.server().edit(|world| world["account"]["name"] = "Isaac N".into());
    app.keys("r").await;
    app.keys("f3").await;
    let offer = app.dialog();
    assert!(offer.contains("Bilbo") && offer.contains("not yet val") && offer.contains("changed on the server since"), "{offer}");
    app.keys("enter").await;
    assert!(app.line("Name").contains("Bilbo") && app.line("Email").contains("not yet val"), "{}", app.screen());
    // Nothing is overwritten silently, in the second run no more than in the first.
    app.keys("down ctrl-g ctrl-s").await;
    assert!(app.dialog().contains("server Isaac N"), "{}", app.screen());
    app.keys("m enter").await;
    assert_eq!(app.server().world()["account"]["name"], "Bilbo");
    let app = Box::pin(app.restarted("asked to end")).await;
    assert!(!app.said().1.contains("Unsaved edits"), "forgotten once saved: {}", app.said().1);
}
