//! The mouse on the pins: dragging, and what a double click asks.

use super::*;

#[tokio::test]
async fn a_pin_is_dragged_with_the_mouse_and_saved() {
    let mut app = pins().await;
    let (from, to) = (app.row_of("Book club"), app.row_of("Family"));
    app.mouse(MouseKind::Press, 1, from).await;
    app.mouse(MouseKind::Drag, 1, from - 1).await;
    app.mouse(MouseKind::Drag, 30, to).await;
    assert!(app.line("drop here").starts_with('━'), "{}", app.screen());
    assert!(status(&app).starts_with("CARRYING Book club · 1 of 9 · above Family"), "{}", app.screen());
    app.mouse(MouseKind::Release, 30, to).await;
    app.keys("ctrl-s").await;
    assert_saved(&app, &[BOOKS, FAMILY, CLIMBING, MAYA, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
}

#[tokio::test]
async fn a_pin_that_takes_several_lines_is_dragged_by_any_of_them() {
    let mut app = pins().await;
    app.resize((140, 40));
    app.send(Msg::Input(Input::Resize(140, 40)));
    let (from, to) = (app.row_of("≡ 4 Book"), app.row_of("≡ 1 Family"));
    assert_eq!(from - to, 9, "{}", app.screen());
    app.mouse(MouseKind::Press, 1, from + 1).await;
    app.mouse(MouseKind::Drag, 1, from - 1).await;
    app.mouse(MouseKind::Drag, 30, to + 1).await;
    assert!(status(&app).starts_with("CARRYING Book club · 1 of 9 · above Family"), "{}", app.screen());
    app.mouse(MouseKind::Release, 30, to + 1).await;
    assert!(app.line("Unsaved: 1").contains('─') && app.screen().contains("Book club · from 4 to 1"), "{}", app.screen());
}

#[tokio::test]
async fn a_press_elsewhere_on_a_row_only_selects_and_a_drag_from_there_moves_nothing() {
    let mut app = pins().await;
    let row = app.row_of("Book club");
    app.mouse(MouseKind::Press, 20, row).await;
    app.mouse(MouseKind::Drag, 20, row + 2).await;
    app.mouse(MouseKind::Release, 20, row + 2).await;
    assert!(status(&app).starts_with("Book club, 4 of 9, above Robotics"), "{}", status(&app));
    assert!(!app.screen().contains("unsaved"));
    // It is selected now, so that it can be taken anywhere.
    app.mouse(MouseKind::Press, 20, row).await;
    app.mouse(MouseKind::Drag, 20, row + 1).await;
    app.mouse(MouseKind::Release, 20, row + 1).await;
    assert!(status(&app).starts_with("Book club, 5 of 9"), "{}", status(&app));
}

#[tokio::test]
async fn esc_and_the_right_button_put_back_what_is_dragged() {
    let mut app = pins().await;
    for cancel in ["esc", "right"] {
        app.mouse(MouseKind::Press, 1, 4).await;
        app.mouse(MouseKind::Drag, 1, 7).await;
        assert!(app.screen().contains("drop here"));
        match cancel {
            "esc" => app.keys("esc").await,
            _ => app.mouse(MouseKind::RightPress, 1, 7).await,
        }
        app.mouse(MouseKind::Release, 1, 7).await;
        assert!(!app.screen().contains("drop here") && !app.screen().contains("unsaved"), "{cancel}: {}", app.screen());
        assert!(app.screen().contains("Climbing"), "the screen stays");
    }
}

#[tokio::test]
async fn a_double_click_asks_what_to_do_and_does_it() {
    let mut app = pins().await;
    let row = app.row_of("Book club");
    for kind in [MouseKind::Press, MouseKind::Release, MouseKind::Press, MouseKind::Release] {
        app.mouse(kind, 20, row).await;
    }
    assert!(app.dialog().contains("move to the top"), "{}", app.screen());
    app.types("top").await;
    app.keys("enter").await;
    assert!(status(&app).starts_with("Book club, 1 of 9, above Family"), "{}", app.screen());
    // Two clicks on two rows, and two on nothing, are no double click on a row.
    for (column, row) in [(20, 4), (20, 5), (20, 20), (20, 20)] {
        app.mouse(MouseKind::Press, column, row).await;
        app.mouse(MouseKind::Release, column, row).await;
        assert_eq!(app.dialog(), "", "{}", app.screen());
    }
}

#[tokio::test]
async fn enter_offers_what_is_possible_for_this_pin() {
    let mut app = pins().await;
    app.keys("enter").await;
    assert!(app.dialog().contains("carry to") && app.dialog().contains("unpin"), "{}", app.screen());
    app.keys("enter").await;
    assert!(status(&app).starts_with("CARRYING Family"), "{}", app.screen());
    app.keys("esc x k enter").await;
    assert!(app.dialog().contains("keep pinned") && !app.dialog().contains("carry to"), "{}", app.screen());
    app.keys("enter").await;
    assert!(!app.screen().contains("unpinned"), "{}", app.screen());
}
