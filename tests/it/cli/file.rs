//! `lapel export`, `diff`, `apply`, `history`, `restore`.

use std::fs;

use lapel::sandbox::{Fault, Trouble};
use serde_json::{Value, json};

use super::{Shell, said};

/// The account of a sandbox in a file.
fn exported(shell: &Shell) -> String {
    let path = shell.home.path().join("p.toml").to_str().unwrap().to_owned();
    said(&shell.lapel(&["export", &path]).assert().success());
    path
}

fn edit(path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "no {from:?} in\n{text}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn an_exported_file_applies_as_no_change_and_holds_no_secret() {
    let shell = Shell::new();
    let path = exported(&shell);
    let text = fs::read_to_string(&path).unwrap();
    for part in ["[profile]", "[campus]", "[pins]", "# now: Stargazing, Chess", "# Family", "3702"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert!(!text.contains("njLqSwBU") && !text.contains(shell.sandbox.token()), "{text}");
    assert_eq!(shell.output(&["diff", &path]), "");
    said(&shell.lapel(&["apply", &path, "--yes"]).assert().success());
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn one_edited_line_is_one_request_with_one_key_and_restore_takes_it_back() {
    let shell = Shell::new();
    let path = exported(&shell);
    edit(&path, "walk a mile", "walk two miles");
    let diff = shell.output(&["diff", &path]);
    assert!(diff.starts_with("Bio: ") && diff.lines().count() == 1, "{diff}");
    said(&shell.lapel(&["apply", &path, "--yes"]).assert().success());
    let writes: Vec<_> = shell.sandbox.log().into_iter().filter(|seen| seen.method != "GET").collect();
    assert_eq!(writes.len(), 1);
    let user = writes[0].body.as_ref().unwrap()["user"].as_object().unwrap().clone();
    assert_eq!(user.keys().collect::<Vec<_>>(), ["bio"]);
    assert_eq!(shell.output(&["diff", &path]), "");

    let history = shell.output(&["history"]);
    assert!(history.contains(" 1  ") && history.contains("Bio"), "{history}");
    said(&shell.lapel(&["restore", "1", "--yes"]).assert().success());
    assert!(shell.output(&["show", "bio"]).contains("walk a mile"));
    assert!(shell.fails(2, &["restore", "9", "--yes"]).contains("1 to 2"));
}

#[test]
fn all_three_parts_are_changed_and_only_what_is_named() {
    let shell = Shell::new();
    let path = shell.home.path().join("q.toml");
    let pins: Vec<String> = shell.sandbox.pins().into_iter().rev().collect();
    let text = format!("[profile]\nzip_code = \"92145\"\n[campus]\ngraduation_year = 2027\n[pins]\npinned_conversation_ids = {pins:?}\n");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let plan = shell.output(&["apply", path, "--dry-run"]);
    assert_eq!(plan.lines().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(), ["POST", "PUT", "PUT"], "{plan}");
    assert_eq!(shell.writes(), [""; 0]);
    let told: Value = serde_json::from_str(&shell.output(&["apply", path, "--yes", "--json"])).unwrap();
    assert_eq!(told["profile"]["fields"]["zip_code"]["state"], json!("saved"), "{told}");
    assert_eq!(told["campus"]["fields"]["graduation_year"]["state"], json!("saved"), "{told}");
    assert_eq!(shell.sandbox.pins(), pins);
    assert_eq!(shell.output(&["show", "name", "graduation_year", "zip_code"]), "Isaac\n2027\n92145\n");
}

#[test]
fn a_change_elsewhere_in_the_meantime_is_a_conflict_and_nothing_is_written() {
    let shell = Shell::new();
    let path = exported(&shell);
    edit(&path, "name = \"Isaac\"", "name = \"Ida\"");
    let phone = Trouble::phone_before(|world| world["account"]["name"] = json!("Isidor"));
    shell.sandbox.fault(Fault::once("GET /v3/users/me", phone).after(1));
    let text = shell.fails(3, &["apply", &path, "--yes"]);
    assert!(text.contains("Isidor"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn without_a_terminal_nothing_is_applied_and_no_other_file_replaced_without_yes() {
    let shell = Shell::new();
    let path = exported(&shell);
    edit(&path, "name = \"Isaac\"", "name = \"Ida\"");
    shell.fails(2, &["apply", &path]);
    shell.fails(2, &["export", &path]);
    assert!(fs::read_to_string(&path).unwrap().contains("Ida"));
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn a_mistake_in_a_file_is_told_with_its_place() {
    let shell = Shell::new();
    let path = shell.home.path().join("bad.toml");
    fs::write(&path, "[profile]\nname = \"Ida\"\nnmae = \"x\"\n").unwrap();
    let text = shell.fails(2, &["diff", path.to_str().unwrap()]);
    assert!(text.contains("bad.toml:3:1:") && text.contains("nmae"), "{text}");
    assert!(shell.fails(2, &["apply", "/nowhere.toml", "--yes"]).contains("no file"));
}
