//! Plain mode: everything by lines through a pipe, and nothing else comes out.

mod drafts;
mod saves;

use std::path::Path;

use assert_cmd::assert::Assert;
use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::json;

use super::{Shell, bare};

/// What plain mode says to these answers: all of it on one output, and no byte of it drives a terminal.
fn says(shell: &Shell, answers: &[&str]) -> String {
    let mut command = shell.lapel(&["--plain"]);
    let output = command.write_stdin(answers.join("\n") + "\n").assert().success().get_output().clone();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    text
}

#[test]
fn a_name_is_changed_and_a_pin_moved_and_both_are_saved() {
    let shell = Shell::new();
    let text = says(&shell, &["2", "name", "Ida Stone", "", "4", "move Family to 3", "", "8", "y", "0"]);
    let end = "Name: Isaac -> Ida Stone\nPins: moved: Family\nSave this? [y/N] \nname: saved\nSaved.\n";
    assert!(text.contains("2 changes are not saved.") && text.contains(end), "in order: {text}");
    assert!(text.contains("\n1 Family, group, ok, 98905953\n"), "a number first: {text}");
    let world = shell.sandbox.world();
    assert_eq!((&world["account"]["name"], &world["pins"][2]), (&json!("Ida Stone"), &json!("98905953")));
}

#[test]
fn every_entry_of_the_menu_answers() {
    let shell = Shell::new();
    let answers = [
        "1",
        "2",
        "list",
        "bio",
        "two",
        "lines",
        ".",
        "",
        "1",
        "3",
        "year",
        "2028",
        "",
        "4",
        "top 3",
        "add Soup swap",
        "",
        "5",
        "new",
        "y",
        "6",
        "4",
        "7",
        "",
        "8",
        "y",
        "0",
    ];
    let text = says(&shell, &answers);
    for part in [
        "Stargazing",
        "Not saved yet: Bio: ",
        "Graduation year: (nothing) -> 2028",
        "https://groupme.com/contact/",
        "on until",
        "No earlier state",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    let world = shell.sandbox.world();
    assert_eq!(world["account"]["bio"], "two\nlines");
    assert_eq!((&world["pins"][0], &world["account"]["sms"]), (&json!("93645911+118825642"), &json!(true)));
    let text = says(&shell, &["7", "2", "y", "0"]);
    assert!(text.contains("restoring it changes Bio, Graduation year") && text.contains("bio: saved"), "{text}");
}

#[test]
fn names_of_others_cannot_drive_whatever_reads_them() {
    let shell = Shell::new();
    let evil = "Isa\u{1b}]0;pwned\u{7}ac\u{202e}\u{9b}2J\r\nwhat";
    shell.sandbox.edit(|world| {
        world["account"]["name"] = json!(evil);
        world["account"]["bio"] = json!(evil);
        world["groups"][0]["name"] = json!(evil);
    });
    let text = says(
        &shell,
        &["1", "2", "list", "name", "Ida", "bio", evil, ".", "", "3", "", "4", "top 1", "bottom 1", "list", "", "7", "", "8", "y", "0"],
    );
    assert!(!text.contains('\u{202e}') && text.contains("name: saved"), "{text}");
}

#[test]
fn what_is_wrong_is_said_and_asked_again() {
    let shell = Shell::new();
    let answers =
        ["9", "2", "nothing", "99", "email", "viper", "", "", "4", "move Family", "top Nobody", "sideways", "", "5", "up", "back", "0"];
    let text = says(&shell, &answers);
    for part in ["There is no such entry.", "nothing", "email: ", "move Climbing to 1", "Nobody", "That is none of them."] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(shell.writes(), [""; 0]);
    shell.sandbox.fault(ScriptedFault::always("GET /v4/pinned_conversations", FaultKind::status(503, "")));
    assert!(says(&shell, &["4", "1", "0"]).contains("Stargazing"), "one that cannot be read does not end it");
}

#[test]
fn a_wrong_value_is_asked_for_again_and_what_was_typed_before_stays() {
    let shell = Shell::new();
    let answers =
        ["2", "name", "@home", "email", "viper", "me@example.com", "bio", "@-", ".", "", "6", "99", "2", "7", "x", "", "8", "y", "0"];
    let text = says(&shell, &answers);
    for part in ["email: ", "1 to 48", "That is no number.", "3 changes are not saved."] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    let account = &shell.sandbox.world()["account"];
    assert_eq!((&account["name"], &account["email"], &account["bio"]), (&json!("@home"), &json!("me@example.com"), &json!("@-")));
    assert_eq!(account["sms"], true);
}

#[test]
fn a_line_that_is_too_long_is_no_answer_to_the_next_question() {
    let shell = Shell::new();
    let text = says(&shell, &["2", "name", &"8\u{20ac}".repeat(100_000), "Ida Stone", "", "0", "discard"]);
    assert!(text.contains("That line is too long") && text.contains("One change is not saved."), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn what_is_no_text_is_not_taken() {
    let shell = Shell::new();
    let assert = shell.lapel(&["--plain"]).write_stdin(&b"2\r\nname\r\nId\xff\r\nIda Stone\r\n\r\n8\r\ny\r\n0\r\n"[..]).assert().success();
    let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(text.contains("That is no text in UTF-8") && !text.contains('\r'), "{text}");
    assert_eq!(shell.sandbox.world()["account"]["name"], "Ida Stone");
}

#[test]
fn a_list_is_said_item_by_item_before_it_is_changed() {
    let shell = Shell::new();
    let text = says(&shell, &["2", "interests", "", "bio", ".", "", "0"]);
    assert!(text.contains("\nStargazing (") && text.contains("the whole list with commas in between"), "{text}");
    let bio = shell.sandbox.world()["account"]["bio"].as_str().unwrap().to_owned();
    assert!(text.contains(bio.lines().last().unwrap()), "a text is said to its end: {text}");
}

#[test]
fn a_pin_operation_is_undone() {
    let shell = Shell::new();
    let text = says(&shell, &["4", "top Climbing", "undo", "undo", "move Family to 0", "", "0"]);
    for part in ["Not saved yet: moved: Climbing.", "The pins are as they were.", "there is nothing to undo", "move Climbing to 1"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

#[test]
fn the_environment_asks_for_it_too() {
    for (name, plain) in [("1", true), ("0", false), ("", false)] {
        let mut command = bare(&["--demo"]);
        let assert = command.env("ACCESSIBLE", name).write_stdin("0\n").assert();
        let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        assert_eq!(text.contains("What next?"), plain, "{name}: {text}");
    }
}

#[test]
fn who_is_not_signed_in_may_do_so_here() {
    let shell = Shell::new();
    let run = |answers: &str| shell.signed_out(&["--plain"]).write_stdin(answers.to_owned()).assert();
    let text = |assert: &Assert| String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    for nobody in ["0\n", "no\n", "yes\nno token\nno\n"] {
        assert!(super::said(&run(nobody).code(4)).contains("lapel login"));
    }
    let token = shell.sandbox.token().to_owned();
    let said = text(&run(&format!("yes\n{token}\ny\n0\n")).success());
    for part in ["Nobody is signed in. Sign in now? (yes, no)", "dev.groupme.com", "Keep the token in ", "Signed in as Isaac", "What next?"]
    {
        assert!(said.contains(part), "no {part:?} in\n{said}");
    }
    assert!(!said.contains(&token));
    assert!(!text(&run("0\n").success()).contains("Nobody"), "it was kept");
}

#[test]
fn a_picture_file_is_uploaded_after_a_question() {
    let shell = Shell::new();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/avatar.jpeg");
    let file = file.to_str().unwrap();
    let text = says(&shell, &["2", "avatar", "no/such", file, "n", file, "y", "", "8", "y", "0"]);
    for part in ["there is no file no/such", "Everybody who gets its address can see it", "nothing was changed", "avatar_url: saved"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(shell.writes().iter().filter(|write| write.ends_with("/pictures")).count(), 1);
}

#[test]
fn without_a_school_no_campus_field_is_asked_for() {
    let shell = Shell::new();
    shell.sandbox.edit(|world| {
        world["directories"] = json!([]);
        world["account"]["major_codes"] = json!([]);
        world["account"]["campus_profile_visibility"] = json!("hidden");
    });
    let text = says(&shell, &["3", "0"]);
    assert!(text.contains("no school") && !text.contains("Which field"), "{text}");
}

#[test]
fn an_earlier_list_of_pins_is_restored_with_the_rest() {
    let shell = Shell::new();
    let before = shell.sandbox.pins();
    says(&shell, &["4", "bottom Family", "", "8", "y", "0"]);
    assert_ne!(shell.sandbox.pins(), before);
    let text = says(&shell, &["4", "history", "restore x", "restore 9", "restore 1", "", "8", "y", "0"]);
    for part in ["write it like: restore 1", "they are numbered 1 to 1", "Not saved yet: moved: Family."] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(shell.sandbox.pins(), before);
}

/// The variables are about the editor; with a command they change nothing, nor does the option.
#[test]
fn commands_are_as_ever() {
    let shell = Shell::new();
    assert_eq!(shell.output(&["--plain", "show", "name"]), "Isaac\n");
    let assert = shell.lapel(&["pins"]).envs([("ACCESSIBLE", "1"), ("TERM", "dumb")]).assert().success();
    assert!(String::from_utf8_lossy(&assert.get_output().stdout).starts_with("1\tFamily\t"));
    assert!(shell.fails(2, &["show", "--plain"]).contains("--plain"));
}

#[test]
fn options_that_plain_mode_has_no_use_for_are_refused() {
    let shell = Shell::new();
    assert!(shell.fails(2, &["--plain", "--dry-run"]).contains("--dry-run is for commands"));
    assert!(shell.fails(2, &["--plain", "--json"]).contains("--json is for commands"));
    assert!(shell.sandbox.log().is_empty());
}
