//! Saves in plain mode, and what may come between: other devices, refusals, a server that is gone.

use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::json;

use super::super::{Shell, bare};
use super::says;

#[test]
fn a_change_on_both_sides_is_the_persons_to_settle() {
    for (answer, name) in [("mine", "Ida Stone"), ("theirs", "Phone")] {
        let shell = Shell::new();
        let phone = FaultKind::phone_before(|world| world["account"]["name"] = json!("Phone"));
        shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", phone).after(1));
        let text = says(&shell, &["2", "name", "Ida Stone", "", "8", "y", answer, "8", "y", "0"]);
        assert!(text.contains("Name was changed elsewhere to Phone; yours is Ida Stone."), "{text}");
        assert_eq!(shell.sandbox.world()["account"]["name"], name);
    }
}

#[test]
fn a_list_changed_on_both_sides_is_the_persons_to_settle_too() {
    let shell = Shell::new();
    let phone = FaultKind::phone_before(|world| world["account"]["interests"] = json!([1026]));
    shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", phone).after(1));
    let text = says(&shell, &["2", "interests", "3015", "", "8", "y", "theirs", "8", "0"]);
    assert!(text.contains("Interests was changed elsewhere to ") && text.contains("Nothing to change"), "{text}");
    assert_eq!(shell.sandbox.world()["account"]["interests"], json!([1026]));
}

/// Seen before the save, and only by the save itself.
#[test]
fn a_pin_that_was_moved_here_and_unpinned_elsewhere_is_asked_about() {
    for (after, before_review) in [(1, true), (2, false)] {
        for (answer, stays) in [("yes", true), ("no", false)] {
            let shell = Shell::new();
            let phone = FaultKind::phone_before(|world| {
                world["pins"].as_array_mut().unwrap().retain(|id| *id != "98905970");
            });
            shell.sandbox.fault(ScriptedFault::once("GET /v4/pinned_conversations", phone).after(after));
            let mut answers = vec!["4", "bottom Climbing", "", "8"];
            answers.extend(if before_review { vec![answer] } else { vec!["y", answer, "8"] });
            answers.extend(if stays { vec!["y", "0"] } else { vec!["0"] });
            let text = says(&shell, &answers);
            assert!(text.contains("Climbing was moved here and unpinned elsewhere. Is it to stay pinned?"), "{text}");
            assert_eq!(shell.sandbox.pins().last().unwrap() == "98905970", stays, "{text}");
            assert!(!text.contains("is lost") && !text.contains("is kept;"), "nothing is left unsaved: {text}");
        }
    }
}

#[test]
fn an_unanswered_conflict_stays_one() {
    let shell = Shell::new();
    let phone = FaultKind::phone_before(|world| world["account"]["name"] = json!("Phone"));
    shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", phone).after(1));
    let text = says(&shell, &["2", "name", "Ida Stone", "", "8", "y"]);
    assert!(text.contains("Which one is to stay?") && text.contains("is kept; the next start offers it"), "{text}");
    let text = says(&shell, &["yes", "theirs", "0"]);
    assert!(text.contains("Name was changed elsewhere to Phone; yours is Ida Stone."), "{text}");
    assert!(!says(&shell, &["0"]).contains("unsaved edits"));
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn what_was_saved_is_no_longer_unsaved_whatever_became_of_the_rest() {
    let shell = Shell::new();
    for route in ["POST /users/*", "POST /v3/users/update"] {
        shell.sandbox.fault(ScriptedFault::always(route, FaultKind::status(400, r#"{"meta":{"errors":["no such name"]}}"#)));
    }
    let text = says(&shell, &["2", "name", "Ida Stone", "", "4", "top Climbing", "", "8", "y", "0", "discard"]);
    assert!(text.contains("no such name") && text.contains("One change is not saved."), "{text}");
    assert_eq!(shell.sandbox.pins()[0], "98905970");
    // Nothing but the answer to the save tells this one.
    let assert = bare(&["--demo", "--plain"]).write_stdin("2\nmute reactions\non\n\n8\ny\n0\n").assert().success();
    let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(text.contains("saved, as the answer to the save tells") && text.ends_with("0 quit.\nWhat next?\n"), "{text}");
}

#[test]
fn a_server_that_is_gone_is_said_and_the_menu_comes_back() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::always("GET /v3/users/me", FaultKind::status(503, "")).after(1));
    let text = says(&shell, &["1", "2", "name", "Ida Stone", "", "8", "y", "5", "show", "0", "keep"]);
    let menus = text.matches("What next?").count();
    assert!(menus == 5 && text.contains("is kept; the next start offers it"), "{menus}: {text}");
    assert_eq!(shell.writes(), [""; 0]);
    shell.sandbox.clear_faults();
    assert!(says(&shell, &["yes", "8", "y", "0"]).contains("name: saved"));
}
