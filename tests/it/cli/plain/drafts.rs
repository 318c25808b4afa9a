//! What is unsaved in plain mode is on disk, and comes back as far as it can.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};

use super::super::{Shell, bare, program};
use super::says;

#[test]
fn what_is_not_saved_is_kept_and_offered_again() {
    let shell = Shell::new();
    // The answers end in the middle.
    let text = says(&shell, &["2", "name", "Ida Stone", "", "4", "top Climbing"]);
    assert!(text.contains("is kept; the next start offers it"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
    let text = says(&shell, &["yes", "yes", "8", "y", "0"]);
    assert!(text.contains("There are unsaved edits from"), "{text}");
    assert_eq!(shell.sandbox.world()["account"]["name"], "Ida Stone");
    assert_eq!(shell.sandbox.world()["pins"][0], "98905970");
    assert!(!says(&shell, &["0"]).contains("unsaved edits"), "what was saved is not offered again");
    let text = says(&shell, &["2", "name", "Nobody", "", "0", "discard"]);
    assert!(!text.contains("is kept"), "{text}");
    assert!(!says(&shell, &["0"]).contains("unsaved edits"));
}

/// Leaves a draft as another run would have, beside one that a run has left.
fn leave_draft(shell: &Shell, slot: u32, kind: &str, body: &Value) {
    let mut left = files_under(shell.home.path()).into_iter().filter(|path| path.to_string_lossy().ends_with("-profile.json"));
    let one = left.next().unwrap();
    let mut document: Value = serde_json::from_slice(&fs::read(&one).unwrap()).unwrap();
    document["content"]["kind"] = json!(kind);
    document["content"]["body"] = body.clone();
    fs::write(one.with_file_name(format!("{slot}-{kind}.json")), document.to_string()).unwrap();
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

#[test]
fn what_cannot_be_taken_back_stays_on_disk_and_later_edits_come_first() {
    let shell = Shell::new();
    says(&shell, &["2", "name", "Ida Stone", "", "0", "keep"]);
    let edit = |base: &str, mine: &str| json!({"base": base, "mine": mine});
    leave_draft(&shell, 7, "profile", &json!({"fields": {"name": edit("Isaac", "Older"), "email": edit("email@example.con", "half")}}));
    leave_draft(&shell, 8, "campus", &json!({"fields": 3}));
    leave_draft(&shell, 9, "pins", &json!("none"));
    let text = says(&shell, &["yes", "yes", "yes", "yes", "8", "y", "0"]);
    for part in [": profile (Name).", ": profile (Name, Email).", "Email cannot be \"half\": ", "They are not as this version writes them."]
    {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(text.matches("is offered again at the next start").count(), 3, "{text}");
    let text = says(&shell, &["discard", "discard", "discard", "0"]);
    assert_eq!(text.matches("There are unsaved edits from").count(), 3, "{text}");
    assert!(!says(&shell, &["0"]).contains("unsaved edits"));
}

/// Wherever the answers end.
#[test]
fn a_text_in_the_middle_of_being_typed_is_kept_too() {
    let shell = Shell::new();
    let text = says(&shell, &["2", "bio", "one", "two"]);
    assert!(text.contains("is kept; the next start offers it"), "{text}");
    says(&shell, &["yes", "8", "y", "0"]);
    assert_eq!(shell.sandbox.world()["account"]["bio"], "one\ntwo");
    let demo = bare(&["--demo", "--plain"]).write_stdin("2\nname\nIda").assert().success();
    assert!(String::from_utf8_lossy(&demo.get_output().stdout).ends_with("The demo is over, and with it what is not saved.\n"));
}

/// Whoever pulls the plug gives no notice.
#[test]
fn what_was_noted_is_on_disk_when_it_is_said() {
    let shell = Shell::new();
    let mut command = program(&["--plain"]);
    command.env("HOME", shell.home.path()).env("LAPEL_SERVER", shell.sandbox.url()).env("GROUPME_TOKEN", shell.sandbox.token());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut answers = child.stdin.take().unwrap();
    answers.write_all(b"2\nname\nIda Stone\n").unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("Noted")));
    child.kill().unwrap();
    child.wait().unwrap();
    let text = says(&shell, &["yes", "8", "y", "0"]);
    assert!(text.contains("Name: Isaac -> Ida Stone"), "{text}");
}
