//! Saves of the pins, whatever happens meanwhile.

use super::*;

#[tokio::test]
async fn what_the_phone_did_meanwhile_is_kept_and_said() {
    let mut app = pins().await;
    app.keys("G t").await;
    set_pins(&app, &[STUDY, FAMILY, CLIMBING, MAYA, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
    app.keys("ctrl-s").await;
    assert_saved(&app, &[TOPIC, STUDY, FAMILY, CLIMBING, MAYA, ROBOTS, DELETED, LEFT, RUNNERS]);
    let said = app.said().1;
    assert!(said.contains("inned elsewhere: Study group: Algorithms; unpinned elsewhere: Book club"), "{said}");
    assert!(row(&app, "Study group").contains("+ new"), "{}", app.screen());
}

#[tokio::test]
async fn reading_again_takes_the_changes_of_other_devices_under_ones_own() {
    let mut app = pins().await;
    app.keys("J").await;
    set_pins(&app, &[STUDY, FAMILY, CLIMBING, MAYA]);
    app.keys("r").await;
    assert_eq!(names(&app), ["Study group: Algorithms", "Climbing", "Family", "Maya Okonkwo"]);
    assert!(row(&app, "Study group").contains("+ new") && row(&app, "Family").contains("↕ moved"), "{}", app.screen());
    app.keys("u").await;
    assert_eq!(names(&app), ["Study group: Algorithms", "Family", "Climbing", "Maya Okonkwo"]);
}

#[tokio::test]
async fn an_answer_lost_after_the_write_is_settled_by_reading_back() {
    for trouble in [FaultKind::ApplyThenReset, FaultKind::CutBody, FaultKind::ApplyThenStatus(500)] {
        let mut app = pins().await;
        app.server().fault(ScriptedFault::once(PUT, trouble.clone()));
        app.keys("J ctrl-s").await;
        assert_saved(&app, &[CLIMBING, FAMILY, MAYA, BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
        assert_eq!(app.writes(), [PUT], "{trouble:?}");
    }
}

#[tokio::test]
async fn a_refused_or_lost_write_claims_nothing_and_keeps_the_changes() {
    for trouble in [FaultKind::status(500, ""), FaultKind::ResetBefore, FaultKind::status(400, "no"), FaultKind::Garbage] {
        let mut app = pins().await;
        let before = app.server().pins();
        app.server().fault(ScriptedFault::once(PUT, trouble.clone()));
        app.keys("J ctrl-s").await;
        assert_eq!(app.server().pins(), before, "{trouble:?}");
        assert_eq!(app.writes(), [PUT], "never sent again by itself: {trouble:?}");
        assert_eq!(names(&app)[..2], ["Climbing", "Family"]);
        assert!(app.screen().contains("1 unsaved change") && !app.screen().contains("saved 12"), "{}", app.screen());
        let (level, said) = app.said();
        assert!(level == Level::Error && said.contains("ot saved"), "{trouble:?}: {said}");
        app.keys("ctrl-s").await;
        assert_saved(&app, &[CLIMBING, FAMILY, MAYA, BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
    }
}

#[tokio::test]
async fn a_moved_pin_unpinned_elsewhere_is_asked_about() {
    for (keys, result) in [("enter", vec![CLIMBING, FAMILY, MAYA]), ("t enter", vec![CLIMBING, MAYA])] {
        let mut app = pins().await;
        app.keys("J").await;
        set_pins(&app, &[CLIMBING, MAYA]);
        app.keys("ctrl-s").await;
        let screen = app.screen();
        assert!(screen.contains("YOURS") && screen.contains("THEIRS") && screen.contains("RESULT"), "{screen}");
        assert_eq!(app.writes(), [""; 0], "nothing is sent before the answer");
        app.keys(keys).await;
        assert_eq!(app.server().pins(), result, "{keys}");
        assert_eq!(names(&app).len(), result.len());
        assert!(!app.screen().contains("unsaved"), "{}", app.screen());
    }
}

#[tokio::test]
async fn leaving_the_review_leaves_the_changes_as_they_are() {
    let mut app = pins().await;
    app.keys("J").await;
    set_pins(&app, &[CLIMBING, MAYA]);
    app.keys("ctrl-s").await;
    app.keys("esc").await;
    assert_eq!((app.server().pins().len(), names(&app).len()), (2, 9));
    assert!(app.screen().contains("1 unsaved change"));
}

#[tokio::test]
async fn a_list_that_others_keep_overwriting_ends_in_a_review_after_three_writes() {
    let mut app = pins().await;
    let theirs = [FAMILY, CLIMBING, MAYA];
    app.server().fault(ScriptedFault::times(3, PUT, FaultKind::phone_after(move |world| world["pins"] = json!(theirs))));
    app.keys("J ctrl-s").await;
    assert_eq!(app.writes(), [PUT; 3]);
    assert!(app.dialog().contains("RESULT") && app.dialog().contains("overwrote"), "{}", app.screen());
    app.keys("enter").await;
    assert_eq!(app.server().pins(), [CLIMBING, FAMILY, MAYA]);
}

#[tokio::test]
async fn what_is_moved_while_a_save_is_under_way_is_not_lost() {
    let mut app = pins().await;
    app.keys("J").await;
    app.press("ctrl-s");
    app.press("G");
    app.press("t");
    app.settle().await;
    assert_eq!(app.server().pins()[..2], [CLIMBING, FAMILY]);
    assert_eq!(names(&app)[..3], ["Drive train", "Climbing", "Family"]);
    app.keys("ctrl-s").await;
    assert_eq!(app.server().pins()[..3], [TOPIC, CLIMBING, FAMILY]);
}

#[tokio::test]
async fn a_save_that_ends_out_of_view_asks_where_the_person_is() {
    let mut app = pins().await;
    app.keys("J").await;
    set_pins(&app, &[CLIMBING, MAYA]);
    app.press("ctrl-s");
    app.press("alt-1");
    app.settle().await;
    assert!(app.dialog().contains("RESULT"), "{}", app.screen());
    app.keys("enter").await;
    assert_eq!(app.server().pins(), [CLIMBING, FAMILY, MAYA]);
}

#[tokio::test]
async fn an_unpinned_pin_can_be_kept_after_all() {
    let mut app = pins().await;
    app.keys("j x").await;
    assert!(row(&app, "Climbing").contains("unpinned"), "{}", app.screen());
    app.keys("x").await;
    assert!(!row(&app, "Climbing").contains("unpinned") && !app.screen().contains("unsaved"), "{}", app.screen());
}

#[tokio::test]
async fn unsaved_moves_survive_the_end_of_the_program_and_can_be_restored_or_discarded() {
    for (answer, unsaved) in [("enter", true), ("f6 enter", false)] {
        let mut app = pins().await;
        app.keys("J").await;
        let mut app = app.restarted("connection lost").await;
        assert!(app.said().1.contains("connection lost"), "{:?}", app.said());
        app.keys("f3").await;
        let screen = app.dialog();
        assert!(screen.contains("Moved Family"), "{screen}");
        app.keys("esc").await;
        let mut app = app.restarted("connection lost").await;
        app.keys("f3").await;
        assert!(app.dialog().contains("Enter restore"), "asked again: {}", app.screen());
        app.keys(answer).await;
        assert_eq!(app.screen().contains("1 unsaved change"), unsaved, "{}", app.screen());
        let mut app = app.restarted("connection lost").await;
        app.keys("f3").await;
        assert_eq!(app.dialog().contains("Enter restore"), unsaved, "{}", app.screen());
        if unsaved {
            app.keys("enter").await;
            app.keys("ctrl-s").await;
            assert_saved(&app, &[CLIMBING, FAMILY, MAYA, BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
            let mut app = app.restarted("you left").await;
            app.keys("f3").await;
            assert!(!app.dialog().contains("Enter restore"), "saved is saved: {}", app.screen());
        }
    }
}

#[tokio::test]
async fn the_list_before_each_save_is_kept() {
    let mut app = pins().await;
    let before = app.server().pins();
    app.keys("J ctrl-s").await;
    let middle = app.server().pins();
    app.keys("J ctrl-s").await;
    let history =
        HistoryStore::new(&Paths::under(app.home(), app.clock.clone()), Identity::new("sandbox", Id::from("93645911")), HistoryKind::Pins);
    let lists: Vec<Value> = history.list().unwrap().into_iter().map(|entry| entry.value).collect();
    assert_eq!(lists, [json!(middle), json!(before)]);
}

#[tokio::test]
async fn a_token_that_dies_during_a_save_loses_nothing_and_the_save_goes_on() {
    let mut app = pins().await;
    app.keys("J").await;
    app.server().edit(|world| world["token"] = json!("a".repeat(40)));
    app.keys("ctrl-s").await;
    assert!(app.screen().contains("Sign in"), "{}", app.screen());
    app.paste(&"a".repeat(40)).await;
    app.keys("enter").await;
    app.keys("4").await;
    assert_saved(&app, &[CLIMBING, FAMILY, MAYA, BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC]);
}

#[tokio::test]
async fn another_account_sees_and_saves_nothing_of_the_first_ones_pins() {
    let mut app = pins().await;
    app.keys("J").await;
    app.keys("f10").await;
    app.server().edit(|world| {
        world["account"]["id"] = json!("1");
        world["account"]["user_id"] = json!("1");
        world["token"] = json!("b".repeat(40));
        world["pins"] = json!([BOOKS]);
    });
    app.paste(&"b".repeat(40)).await;
    app.keys("enter").await;
    assert_eq!(names(&app), ["Book club"]);
    app.keys("ctrl-s").await;
    assert_eq!(app.writes(), [""; 0]);
}

#[tokio::test]
async fn ctrl_s_saves_while_a_filter_or_a_position_is_being_typed_or_says_why_not() {
    let mut app = pins().await;
    app.keys("J /").await;
    app.types("boo").await;
    app.keys("ctrl-s").await;
    assert_eq!(app.server().pins()[..2], [CLIMBING, FAMILY]);
    assert!(app.screen().contains("boo") && app.said().1.starts_with("Saved"), "{}", app.screen());
    app.keys("esc g m").await;
    app.keys("ctrl-s").await;
    assert!(app.said().1.starts_with("Type the number of a position"), "{}", app.said().1);
    app.types("99").await;
    app.keys("ctrl-s").await;
    assert!(app.said().1.starts_with("Type the number of a position"), "{}", app.said().1);
    app.keys("ctrl-u").await;
    app.types("3").await;
    app.keys("ctrl-s").await;
    assert_eq!(app.server().pins()[2], CLIMBING, "{}", app.screen());
}
