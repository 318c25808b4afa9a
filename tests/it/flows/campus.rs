//! The campus form: the rules of the directory, told before anything is sent, and saves that pass no forbidden state.

use lapel::base::Level;
use lapel::sandbox::{FaultKind, Options, ScriptedFault, World};
use serde_json::{Value, json};

use super::TestApp;

const MAJORS: &str = "PUT /v3/directories/user/majors";
const MEMBERSHIP: &str = "PUT /v3/directories/user/membership";

async fn form() -> TestApp {
    let mut app = TestApp::start().await;
    app.keys("3").await;
    app
}

fn account(app: &TestApp) -> Value {
    app.server().world()["account"].clone()
}

/// Takes all majors out.
async fn no_majors(app: &mut TestApp) {
    app.field("Majors").await;
    app.keys("enter tab down tab enter").await;
    assert!(app.line("Majors").ends_with("none"), "{}", app.screen());
}

#[tokio::test]
async fn a_major_by_part_of_its_name_a_year_and_then_all_of_it_taken_back_in_one_save() {
    let mut app = form().await;
    assert!(app.line("School").contains("Larkspur State University"), "{}", app.screen());
    app.keys("enter").await;
    app.types("comp").await;
    app.keys("enter tab").await;
    app.types("2027").await;
    app.keys("ctrl-s").await;
    assert!(app.dialog().contains("adds Comp") && app.dialog().contains("2027"), "{}", app.screen());
    app.keys("enter").await;
    assert_eq!(app.said(), (Level::Done, "Saved and read back: Majors, Graduation year".to_owned()));
    assert_eq!((account(&app)["graduation_year"].clone(), account(&app)["major_codes"].as_array().unwrap().len()), (json!("2027"), 3));

    app.field("Majors").await;
    app.keys("enter tab down tab down tab enter").await;
    assert!(app.line("Majors").ends_with("none"), "{}", app.screen());
    assert!(app.prose().contains("needs at least one major"), "told at once:\n{}", app.screen());
    app.field("Visible to").await;
    app.types("hidden").await;
    app.keys("enter shift-tab ctrl-u ctrl-s enter").await;
    assert_eq!(app.writes(), [MAJORS, MEMBERSHIP, MEMBERSHIP, MAJORS], "no state in between is forbidden");
    let body = app.server().log().into_iter().filter(|seen| seen.method == "PUT").nth(2).unwrap().body;
    assert_eq!(body, Some(json!({ "graduation_year": null, "campus_profile_visibility": "hidden" })));
    assert_eq!((&account(&app)["campus_profile_visibility"], &account(&app)["major_codes"]), (&json!("hidden"), &json!([])));
    assert_eq!(app.said().0, Level::Done, "{}", app.said().1);
}

#[tokio::test]
async fn a_visibility_that_is_not_allowed_yet_is_refused_with_the_reason_before_any_request() {
    let mut app = form().await;
    no_majors(&mut app).await;
    app.keys("ctrl-s").await;
    assert!(app.said().1.contains("people of your major\" needs at least one major"), "{}", app.said().1);
    assert!(app.line("▸").contains("Visible to"), "{}", app.screen());
    app.keys("enter").await;
    let list = app.dialog();
    assert!(
        list.contains("people of your major needs at least one major") && list.contains("people of your year needs a graduation year:"),
        "{list}"
    );
    assert_eq!(app.writes(), [""; 0]);
}

#[tokio::test]
async fn a_year_outside_the_range_is_refused_with_the_range() {
    for wrong in ["1899", "2037", "abc"] {
        let mut app = form().await;
        app.field("Graduation year").await;
        app.types(wrong).await;
        app.keys("ctrl-s").await;
        assert!(app.said().1.contains("1900 to 2036"), "{}", app.said().1);
        assert_eq!(app.writes(), [""; 0]);
    }
}

#[tokio::test]
async fn an_account_without_a_school_sees_why_there_is_nothing() {
    let mut app = TestApp::on(Options { world: World::no_school(), ..Options::default() }, (60, 16)).await;
    app.keys("3").await;
    assert!(app.prose().contains("no school's directory"), "{}", app.screen());
    app.keys("z").await;
    assert!(app.said().1.starts_with("z does nothing here; "), "{}", app.said().1);
}

#[tokio::test]
async fn a_half_that_failed_stays_in_the_form() {
    let mut app = form().await;
    app.server().fault(ScriptedFault::once(MEMBERSHIP, FaultKind::status(400, r#"{"meta":{"errors":["not today"]}}"#)));
    app.keys("enter").await;
    app.types("comp").await;
    app.keys("enter tab").await;
    app.types("2027").await;
    app.keys("ctrl-s enter").await;
    assert!(app.prose().contains("not today") && app.screen().contains("1 unsaved change"), "{}", app.screen());
    assert!(app.said().1.starts_with("Not saved as entered: Graduation year; Campus says why. Saved: Majors"), "{}", app.said().1);
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["graduation_year"], "2027");
}

#[tokio::test]
async fn a_code_without_a_name_is_kept() {
    let mut app = form().await;
    app.server().edit(|world| world["account"]["major_codes"] = json!([3702, 99]));
    app.keys("f5").await;
    app.keys("enter").await;
    assert!(app.screen().contains("■ #99"), "{}", app.screen());
    app.types("comp").await;
    app.keys("enter ctrl-s enter").await;
    // This sandbox knows no such major; what counts is that the code is still in the request.
    let body = app.server().log().into_iter().find(|seen| seen.method == "PUT").unwrap().body.unwrap();
    assert_eq!(body["codes"].as_array().unwrap()[..2], [json!("3702"), json!("99")]);
    assert!(app.prose().contains("there is no major 99"), "{}", app.screen());
}

#[tokio::test]
async fn unsaved_edits_of_the_campus_come_back_too() {
    let mut app = form().await;
    app.field("Graduation year").await;
    app.types("203").await;
    let mut app = Box::pin(app.restarted("the terminal is gone")).await;
    app.keys("f3 enter").await;
    app.types("0").await;
    assert!(app.line("Graduation year").ends_with("2030"), "{}", app.screen());
}
