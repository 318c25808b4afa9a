//! `lapel campus` and `lapel majors`.

use lapel::sandbox::{FaultKind, ScriptedFault, World};
use serde_json::{Value, json};

use super::{Shell, bare, said};

const MAJORS: &str = "PUT /v3/directories/user/majors";
const MEMBERSHIP: &str = "PUT /v3/directories/user/membership";

fn campus(shell: &Shell) -> (Value, Value, Value) {
    let account = &shell.sandbox.world()["account"];
    (account["major_codes"].clone(), account["graduation_year"].clone(), account["campus_profile_visibility"].clone())
}

#[test]
fn the_page_names_school_and_majors() {
    let shell = Shell::new();
    let text = shell.output(&["campus"]);
    assert!(text.contains("Larkspur State University") && text.contains("Political Science and Government"), "{text}");
    let document: Value = serde_json::from_str(&shell.output(&["campus", "show", "--json"])).unwrap();
    assert_eq!(document["major_codes"], json!([3702, 5506]));
    assert_eq!(document["graduation_year"], json!(""), "as the service tells it");
    assert_eq!(document["schools"][0]["name"], "Larkspur State University");
}

#[test]
fn both_directions_are_saved_in_an_order_the_directory_accepts() {
    let shell = Shell::new();
    said(&shell.lapel(&["campus", "set", "-y", "majors=", "year=none", "visibility=hidden"]).assert().success());
    assert_eq!(shell.writes(), [MEMBERSHIP, MAJORS]);
    assert_eq!(campus(&shell), (json!([]), json!(""), json!("hidden")));
    said(&shell.lapel(&["campus", "set", "-y", "visibility=major", "majors=computer science,3702", "year=2027"]).assert().success());
    assert_eq!(shell.writes()[2..], [MAJORS, MEMBERSHIP]);
    assert_eq!(campus(&shell), (json!([2102, 3702]), json!("2027"), json!("major")));
    let bodies: Vec<Value> = shell.sandbox.log().into_iter().filter_map(|seen| seen.body).collect();
    assert_eq!(bodies[0], json!({"graduation_year": null, "campus_profile_visibility": "hidden"}));
    assert_eq!(bodies[2], json!({"codes": ["2102", "3702"]}));
}

#[test]
fn what_the_directory_would_refuse_is_not_sent() {
    let shell = Shell::new();
    for (args, hint) in [
        (&["year=1899"][..], "1900 to"),
        (&["year=2999"], "1900 to"),
        (&["year=abc"], "1900 to"),
        (&["visibility=friends"], "hidden, graduation_year, major, visible"),
        (&["majors=", "visibility=major"], "at least one major"),
        (&["year=none", "visibility=graduation_year"], "graduation year"),
        (&["school=x"], "the fields are"),
    ] {
        let text = shell.fails(2, &[&["campus", "set"], args].concat());
        assert!(text.contains(hint), "{args:?}: {text}");
    }
    // What the account has decides here.
    let text = shell.fails(2, &["campus", "set", "-y", "visibility=graduation_year"]);
    assert!(text.contains("needs a graduation year"), "{text}");
    let text = shell.fails(2, &["campus", "set", "majors=comp"]);
    assert!(text.contains("Computer Science (2102)") && text.contains("write more"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn a_half_that_fails_is_named_and_repaired_by_the_same_again() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::once(MEMBERSHIP, FaultKind::status(500, "")));
    let args = ["campus", "set", "-y", "majors=3702,2102", "year=2027"];
    let text = shell.fails(10, &args);
    assert!(text.contains("major_codes: saved") && text.contains("graduation_year: not saved") && text.contains("500"), "{text}");
    said(&shell.lapel(&args).assert().success());
    assert_eq!(shell.writes(), [MAJORS, MEMBERSHIP, MEMBERSHIP]);

    // Without the first half the second would be refused: it is not sent.
    shell.sandbox.edit(|world| {
        world["account"]["major_codes"] = json!([]);
        world["account"]["campus_profile_visibility"] = json!("hidden");
    });
    shell.sandbox.fault(ScriptedFault::once(MAJORS, FaultKind::status(500, "")));
    let text = shell.fails(1, &["campus", "set", "-y", "majors=3702", "visibility=major"]);
    assert!(text.contains("campus_profile_visibility: not saved: not sent"), "{text}");
    assert_eq!(shell.writes().last().unwrap(), MAJORS);
}

#[test]
fn answers_that_are_lost_or_say_nothing_are_settled_by_reading() {
    for trouble in [FaultKind::ApplyThenReset, FaultKind::CutBody, FaultKind::ApplyThenStatus(202), FaultKind::ApplyThenStatus(201)] {
        let shell = Shell::new();
        shell.sandbox.fault(ScriptedFault::once(MAJORS, trouble.clone()));
        shell.sandbox.fault(ScriptedFault::once(MEMBERSHIP, trouble.clone()));
        said(&shell.lapel(&["campus", "set", "-y", "majors=2102", "year=2027"]).assert().success());
        assert_eq!(shell.writes(), [MAJORS, MEMBERSHIP], "{trouble:?}");
    }
}

#[test]
fn a_year_changed_elsewhere_is_a_conflict() {
    let shell = Shell::new();
    let phone = FaultKind::phone_before(|world: &mut World| world["account"]["graduation_year"] = json!("2028"));
    shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", phone).after(1));
    let text = shell.fails(3, &["campus", "set", "-y", "year=2027", "majors=2102"]);
    assert!(text.contains("2028"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn an_account_without_a_school_gets_an_explanation() {
    let shell = Shell::new();
    shell.sandbox.edit(|world| {
        world["directories"] = json!([]);
        world["account"]["major_codes"] = json!([]);
        world["account"]["campus_profile_visibility"] = json!("hidden");
    });
    let text = said(&shell.lapel(&["campus"]).assert().success());
    assert!(text.contains("no school"), "{text}");
    let text = shell.fails(1, &["campus", "set", "-y", "year=2027"]);
    assert!(text.contains("no school"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn a_dry_run_shows_both_halves_in_order() {
    let shell = Shell::new();
    let text = shell.output(&["campus", "set", "--dry-run", "majors=", "visibility=hidden"]);
    let calls: Vec<&str> = text.lines().filter_map(|line| line.split(' ').nth(1)?.rsplit('/').next()).collect();
    assert_eq!(calls, ["membership", "majors"]);
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn majors_are_listed_without_a_token_and_without_a_network() {
    let shell = Shell::new();
    let list = |args: &[&str]| String::from_utf8(shell.signed_out(args).assert().success().get_output().stdout.clone()).unwrap();
    assert_eq!(list(&["majors"]).lines().count(), 173);
    assert_eq!(list(&["majors", "SCIENCE", "computer"]).lines().count(), 5);
    assert_eq!(list(&["majors", "comp", "sci"]).lines().next(), Some("2102\tComputer Science"), "best first, as in the editor");
    let document: Value = serde_json::from_str(&list(&["majors", "zoology", "--json"])).unwrap();
    assert_eq!(document, json!([{"code": "3609", "name": "Zoology", "category": "Biology & Life Science"}]));
    let offline = bare(&["majors", "zoology", "--server", "http://127.0.0.1:9"]).env("HOME", shell.home.path()).assert().success();
    assert_eq!(offline.get_output().stdout, b"3609\tZoology\n");
    assert!(said(&offline).contains("live list"));
    shell.fails(1, &["majors", "wizardry"]);
}

#[test]
fn interests_are_listed_like_majors() {
    let shell = Shell::new();
    let text = shell.output(&["interests", "paint"]);
    assert!(text.lines().any(|line| line == "1001\tPainting"), "{text}");
    let document: Value = serde_json::from_str(&shell.output(&["interests", "paint", "--json"])).unwrap();
    assert_eq!(document[0]["code"], "1001");
    shell.fails(1, &["interests", "wizardry"]);
}

#[test]
fn where_the_documents_own_host_has_no_list_the_other_is_asked() {
    let shell = Shell::new();
    for list in ["majors", "interests"] {
        shell.sandbox.fault(ScriptedFault::once("GET /assets/*/*", FaultKind::status(404, "")));
        let output = shell.lapel(&[list]).assert().success().stderr("");
        assert!(!output.get_output().stdout.is_empty());
    }
}

#[test]
fn the_page_and_a_save_work_where_the_directory_says_nothing() {
    for fault in [FaultKind::status(500, ""), FaultKind::status(200, r#"{"response":[],"meta":{"code":200}}"#)] {
        let shell = Shell::new();
        shell.sandbox.fault(ScriptedFault::always("GET /v3/directories", fault));
        let text = shell.output(&["campus"]);
        assert!(text.contains("Statistics and Decision Science") && text.contains("major"), "{text}");
        said(&shell.lapel(&["campus", "set", "-y", "year=2027"]).assert().success());
        assert_eq!(shell.sandbox.world()["account"]["graduation_year"], "2027");
    }
}
