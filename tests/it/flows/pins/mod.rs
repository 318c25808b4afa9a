//! The pins: moving, saving, and what other devices do meanwhile.

mod carry;
mod mouse;
mod saves;

use lapel::base::{Input, Level, MouseKind, Msg};
use lapel::domain::Id;
use lapel::io::history::{HistoryKind, HistoryStore};
use lapel::io::paths::{Identity, Paths};
use lapel::sandbox::{FaultKind, Options, ScriptedFault, World};
use serde_json::{Value, json};

use super::{PATIENCE, TestApp};
use crate::day;

const FAMILY: &str = "98905953";

const CLIMBING: &str = "98905970";

const MAYA: &str = "93645911+118825642";

const BOOKS: &str = "99566681";

const ROBOTS: &str = "97673234";

const DELETED: &str = "27317261";

const LEFT: &str = "28330145";

const RUNNERS: &str = "101220457";

const TOPIC: &str = "104471206";

const STUDY: &str = "100441872";

const PUT: &str = "PUT /v4/pinned_conversations";

async fn pins() -> TestApp {
    let mut app = TestApp::start().await;
    app.keys("4").await;
    app
}

/// The names on screen, top to bottom, without those struck through.
fn names(app: &TestApp) -> Vec<String> {
    let screen = app.screen();
    let rows = screen.lines().skip(3).filter_map(|line| line.strip_prefix(" ≡ "));
    let name = |row: &str| row.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').split("  ").next().unwrap().to_owned();
    rows.filter(|row| !row.contains("unpinned")).map(|row| if row.contains(DELETED) { DELETED.to_owned() } else { name(row) }).collect()
}

/// The row of a pin.
fn row(app: &TestApp, name: &str) -> String {
    let screen = app.screen();
    let mut rows = screen.lines().filter(|line| line.starts_with(" ≡ "));
    rows.find(|line| line.contains(name)).unwrap_or_else(|| panic!("no {name:?} on\n{screen}")).to_owned()
}

fn status(app: &TestApp) -> String {
    app.screen().lines().nth(2).unwrap().trim().to_owned()
}

fn name_of(id: &str) -> &str {
    match id {
        FAMILY => "Family",
        CLIMBING => "Climbing",
        MAYA => "Maya Okonkwo",
        BOOKS => "Book club",
        ROBOTS => "Robotics lab 🤖",
        LEFT => "Sailing 2022",
        RUNNERS => "週末ランニング部 🏃",
        TOPIC => "Drive train",
        STUDY => "Study group: Algorithms",
        other => other,
    }
}

#[track_caller]
fn assert_saved(app: &TestApp, pins: &[&str]) {
    assert_eq!(app.server().pins(), pins, "{:?}\n{}", app.said(), app.screen());
    assert_eq!(names(app), pins.iter().map(|id| name_of(id)).collect::<Vec<_>>(), "{}", app.screen());
    assert!(app.screen().contains("saved 12:03:04") && !app.screen().contains("unsaved"), "{}", app.screen());
}

fn set_pins(app: &TestApp, pins: &[&str]) {
    app.server().edit(|world| world["pins"] = json!(pins));
}

#[tokio::test]
async fn every_pin_has_its_name_kind_and_state() {
    let app = pins().await;
    for (name, words) in [
        ("Family", "group"),
        ("Maya Okonkwo", "direct"),
        (DELETED, "? not a member"),
        ("Sailing 2022", "group ✗ left"),
        ("Drive train", "topic"),
    ] {
        let line = row(&app, name).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(line.ends_with(words), "{line}");
    }
}

#[tokio::test]
async fn topics_are_read_only_where_a_pin_may_be_one() {
    let mut world = World::demo();
    world["pins"] = json!([FAMILY, MAYA, LEFT]);
    let mut app = TestApp::on(Options { world, ..Options::default() }, (80, 24)).await;
    app.keys("4").await;
    let read = |path: &str| app.server().log().iter().filter(|seen| seen.path == path).count();
    assert_eq!((read("/v3/groups"), read("/v3/chats")), (1, 1));
    assert_eq!((read("/v3/groups/former"), read("/v3/memberships/states")), (1, 1));
    assert!(!app.server().log().iter().any(|seen| seen.path.ends_with("subgroups")));
}

#[tokio::test]
async fn reading_again_asks_for_topics_without_waiting_for_the_groups() {
    let mut app = pins().await;
    let asked = |app: &TestApp| app.server().log().iter().filter(|seen| seen.path.ends_with("subgroups")).count();
    let before = asked(&app);
    app.server().fault(ScriptedFault::always("GET /v3/groups", FaultKind::Never));
    app.press("r");
    let once_more = async {
        while asked(&app) == before {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, once_more).await.expect("the topics waited for the groups");
}

#[tokio::test]
async fn the_seventh_pin_is_carried_to_the_top_and_saved() {
    let mut app = pins().await;
    app.keys("j j j j j j space k k k k k k").await;
    assert_eq!(status(&app), "CARRYING Sailing 2022 · 1 of 9 · above Family");
    assert_eq!(app.writes(), [""; 0]);
    app.keys("space").await;
    assert!(app.screen().contains("1 unsaved change"), "{}", app.screen());
    app.keys("ctrl-s").await;
    assert_saved(&app, &[LEFT, FAMILY, CLIMBING, MAYA, BOOKS, ROBOTS, DELETED, RUNNERS, TOPIC]);
    assert_eq!(app.said(), (Level::Done, "Saved and read back: Pins".to_owned()));
}

#[tokio::test]
async fn cleaning_up_lists_the_dead_asks_and_removes_exactly_them() {
    let mut app = pins().await;
    app.keys("D").await;
    let question = app.dialog();
    assert!(!question.contains(DELETED) && question.contains("Sailing 2022 (left)"), "{question}");
    app.keys("esc ctrl-s").await;
    assert_eq!(app.writes(), [""; 0]);
    app.keys("D enter ctrl-s").await;
    assert_saved(&app, &[FAMILY, CLIMBING, MAYA, BOOKS, ROBOTS, DELETED, RUNNERS, TOPIC]);
}

#[tokio::test]
async fn a_failing_listing_never_marks_a_pin_dead() {
    for path in ["/v3/groups", "/v3/memberships/states", "/v3/groups/former", "/v3/groups/*/subgroups"] {
        let sandbox = day::sandbox(Options::default()).await;
        sandbox.fault(ScriptedFault::always(&format!("GET {path}"), FaultKind::status(500, "")));
        let mut app = TestApp::before_reading(sandbox, (80, 24), true, std::sync::Arc::new(tempfile::tempdir().unwrap()));
        app.settle().await;
        app.keys("4").await;
        assert!(app.line(DELETED).contains("? unknown"), "{path}: {}", app.screen());
        if path == "/v3/groups" {
            assert!(!app.screen().contains('✗'), "{}", app.screen());
            app.keys("D").await;
            assert!(app.said().1.starts_with("Not every pin could be looked up"), "{:?}", app.said());
        }
    }
}

#[tokio::test]
async fn a_digit_is_a_tab_at_once_and_whatever_follows_is_for_that_tab() {
    let mut app = pins().await;
    app.press("j");
    app.press("3");
    assert!(app.screen().contains("Graduation year"), "{}", app.screen());
    app.keys("4").await;
    assert!(status(&app).starts_with("Climbing, 2 of 9"), "{}", status(&app));
}

#[tokio::test]
async fn what_is_no_position_moves_nothing_and_says_which_there_are() {
    let mut app = pins().await;
    let order = names(&app);
    app.keys("m").await;
    for typed in ["", "0", "10", "q", "2 3", "-1"] {
        app.types(typed).await;
        app.keys("enter").await;
        assert!(app.said().1.contains("from 1 to 9"), "{typed}: {:?}", app.said());
        assert!(status(&app).contains(format!("position (1 to 9): {typed}").trim_end()), "what was typed stays: {}", status(&app));
        app.keys("ctrl-u").await;
    }
    app.keys("esc").await;
    assert_eq!(names(&app), order);
    app.keys("m").await;
    app.paste("3\n").await;
    app.keys("enter").await;
    assert!(status(&app).starts_with("Family, 3 of 9"), "{}", status(&app));
}

#[tokio::test]
async fn pins_go_to_positions_to_the_ends_and_in_blocks() {
    let mut app = pins().await;
    app.keys("m 7 enter").await;
    assert!(status(&app).starts_with("Family, 7 of 9, above 週末"), "{}", status(&app));
    app.keys("m 3 esc m 2 enter").await;
    assert!(status(&app).starts_with("Family, 2 of 9, above Maya"), "{}", status(&app));
    app.keys("b").await;
    assert!(status(&app).starts_with("Family, 9 of 9, below Drive train"), "{}", status(&app));
    app.keys("home v j t b").await;
    assert!(status(&app).starts_with("Climbing and 1 more, 8 to 9 of 9, below Family"), "{}", status(&app));
    app.keys("ctrl-s").await;
    assert_saved(&app, &[BOOKS, ROBOTS, DELETED, LEFT, RUNNERS, TOPIC, FAMILY, CLIMBING, MAYA]);
}

#[tokio::test]
async fn a_move_to_where_it_is_says_so() {
    let mut app = pins().await;
    for keys in ["K", "t", "m 1 enter"] {
        app.keys(keys).await;
        assert_eq!(app.said().1, "Already there: Family, 1 of 9, above Climbing", "{keys}");
    }
    app.keys("G J").await;
    assert!(app.said().1.starts_with("Already there: Drive train, 9 of 9"), "{:?}", app.said());
}

#[tokio::test]
async fn several_are_pinned_at_once_below_the_cursor() {
    let mut app = pins().await;
    app.keys("x j x j x ctrl-s").await;
    app.keys("a").await;
    app.types("fam").await;
    app.keys("tab ctrl-u").await;
    app.types("climb").await;
    app.keys("tab enter").await;
    assert_eq!(names(&app)[3..5], ["Family", "Climbing"], "{}", app.screen());
}

#[tokio::test]
async fn undo_and_redo_go_through_every_kind_of_change() {
    let mut app = pins().await;
    let start = names(&app);
    app.keys("J x").await;
    app.keys("a").await;
    app.types("Algorithms").await;
    app.keys("enter").await;
    let end = names(&app);
    assert!(end.contains(&"Study group: Algorithms".to_owned()) && !end.contains(&"Family".to_owned()), "{end:?}");
    assert!(row(&app, "Family").contains("● unpinned"));
    app.keys("u u u").await;
    assert_eq!(names(&app), start);
    assert!(!app.screen().contains("unsaved"), "{}", app.screen());
    app.keys("ctrl-r ctrl-r ctrl-r").await;
    assert_eq!(names(&app), end);
}

#[tokio::test]
async fn the_filter_narrows_and_what_is_found_goes_to_the_top_of_all() {
    let mut app = pins().await;
    app.keys("/").await;
    app.types("ク").await;
    assert_eq!(names(&app), [""; 0]);
    app.keys("ctrl-u").await;
    app.types("rob").await;
    assert_eq!(names(&app), ["Robotics lab 🤖"]);
    app.keys("enter space").await;
    assert!(app.said().1.contains("filter hides"), "{:?}", app.said());
    app.keys("t").await;
    assert!(status(&app).starts_with("Robotics lab 🤖, 1 of 9, above Family"), "{}", status(&app));
    app.keys("esc").await;
    assert_eq!(names(&app)[..2], ["Robotics lab 🤖", "Family"]);
}

#[tokio::test]
async fn esc_backs_out_one_level_at_a_time() {
    let mut app = pins().await;
    app.keys("v j space j").await;
    app.keys("esc").await;
    assert!(status(&app).starts_with("Family and 1 more, 1 to 2"), "put back: {}", status(&app));
    app.keys("esc").await;
    assert!(status(&app).starts_with("Climbing, 2 of 9"), "no range: {}", status(&app));
    app.keys("esc").await;
    assert!(status(&app).starts_with("Climbing, 2 of 9") && app.said().1.ends_with("q quits"), "{:?}", app.said());
}

#[tokio::test]
async fn it_can_be_used_at_any_size_with_any_pins() {
    let mut world = World::demo();
    let many: Vec<String> = (0..5000).map(|n| format!("{}", 10_000_000 + n)).collect();
    let odd = json!(["", " ", "x\u{1b}[31my", "1+2+3", "\u{202e}", "9".repeat(300)]);
    for pins in [json!([]), json!([FAMILY]), odd, json!(many)] {
        let sizes: &[(u16, u16)] = if pins == json!(many) { &[(60, 16)] } else { &[(40, 10), (140, 40)] };
        world["pins"] = pins;
        for size in sizes {
            let mut app = TestApp::on(Options { world: world.clone(), ..Options::default() }, *size).await;
            app.keys("4").await;
            app.keys("G space k space v J m 1 enter x u D esc").await;
            app.mouse(MouseKind::Press, 0, 4).await;
            app.mouse(MouseKind::Drag, 0, 9).await;
            app.mouse(MouseKind::ScrollDown, 0, 5).await;
            let screen = app.screen();
            assert!(!screen.contains('\u{1b}') && !screen.contains('\u{202e}'), "{screen}");
        }
    }
}

#[tokio::test]
async fn what_no_listing_has_is_pinned_by_its_id_and_what_has_a_name_is_found_by_it() {
    let mut app = pins().await;
    app.keys("a").await;
    app.types("123456789").await;
    app.keys("enter ctrl-s").await;
    assert!(app.server().pins().iter().any(|id| id == "123456789"), "{}", app.screen());
    assert!(row(&app, "123456789").contains("? not a member"), "{}", app.screen());
    app.keys("a").await;
    app.types(STUDY).await;
    assert!(app.dialog().contains("Study group: Algorithms"), "{}", app.dialog());
    app.keys("enter ctrl-s").await;
    assert!(app.server().pins().iter().any(|id| id == STUDY), "{}", app.screen());
}
