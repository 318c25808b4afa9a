//! Texts made to do harm by their mass.

use lapel::domain::SafeText;

use crate::flows::TestApp;

#[test]
fn at_most_eight_marks_stand_on_any_base() {
    for base in ["a", "é", "🙂", "👨‍👩‍👧", "→", "✓", "한", "1", " ", "नि"] {
        let shown = SafeText::line(format!("{base}{}", "\u{301}".repeat(300)));
        let marks = shown.as_str().chars().filter(|c| *c == '\u{301}').count();
        assert!(marks <= 8, "{base}: {marks}");
    }
}

#[tokio::test]
async fn what_was_saved_before_leaving_is_not_offered_again() {
    let mut app = TestApp::start().await;
    app.keys("2 enter X ctrl-s enter").await;
    app.press("ctrl-c");
    let app = app.restarted("you left").await;
    assert!(!app.screen().contains("nsaved") && app.model.shared.unsaved.count() == 0, "{}", app.screen());
}
