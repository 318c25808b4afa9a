//! `lapel export`, `diff`, `apply`, `history`, `restore`.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use lapel::sandbox::{FaultKind, ScriptedFault};
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
    assert!(history.starts_with("1\t") && history.contains("Bio"), "{history}");
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
    let phone = FaultKind::phone_before(|world| world["account"]["name"] = json!("Isidor"));
    shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", phone).after(1));
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

#[test]
fn a_link_is_written_through_and_pipes_are_read_and_written() {
    let shell = Shell::new();
    let home = shell.home.path();
    let (real, link, pipe) = (home.join("real.toml"), home.join("link.toml"), home.join("pipe"));
    fs::write(&real, "# mine\n").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.toml", &link).unwrap();
    shell.fails(2, &["export", link.to_str().unwrap()]);
    said(&shell.lapel(&["export", "-y", link.to_str().unwrap()]).assert().success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let exported = fs::read_to_string(&real).unwrap();

    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let path = pipe.to_str().unwrap();
    let edited = exported.replace("walk a mile", "walk two miles");
    let writer = |text: &str| {
        std::thread::spawn({
            let (pipe, text) = (pipe.clone(), text.to_owned());
            move || fs::write(pipe, text).unwrap()
        })
    };
    let writing = writer(&edited);
    assert!(shell.output(&["diff", path]).starts_with("Bio: "));
    writing.join().unwrap();
    let writing = writer("one\r\ntwo\n");
    said(&shell.lapel(&["set", "-y", &format!("bio=@{path}")]).assert().success());
    writing.join().unwrap();
    assert_eq!(shell.sandbox.world()["account"]["bio"], json!("one\r\ntwo\n"));
    let reading = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    said(&shell.lapel(&["export", path]).assert().success());
    assert!(reading.join().unwrap().contains("one\\r\ntwo\n"));
    // What does not end in time is refused, never cut.
    assert!(shell.fails(2, &["apply", "-y", "/dev/zero"]).contains("larger than"));
    let text = said(&shell.lapel(&["apply", "-y", "-"]).write_stdin("x".repeat((1 << 20) + 1)).assert().code(2));
    assert!(text.contains("larger than"), "{text}");
}

#[test]
fn pins_in_a_file_are_ids_or_names_that_only_one_has() {
    let shell = Shell::new();
    let before = shell.sandbox.pins();
    let path = shell.home.path().join("p.toml");
    let apply = |entries: &str| {
        fs::write(&path, format!("[pins]\npinned_conversation_ids = [\"98905953\", {entries}]\n")).unwrap();
        shell.lapel(&["apply", "-y", path.to_str().unwrap()]).assert()
    };
    for (entry, column, hint) in [
        ("\"98905970 # Climbing\"", 40, "no conversation"),
        ("\"Study\"", 40, "fits several"),
        ("\"\"", 40, "no conversation"),
        ("-1", 40, "a text in quotes"),
        ("[\"98905970\"]", 40, "not a list"),
    ] {
        let text = said(&apply(entry).code(2));
        assert!(text.contains(&format!("p.toml:2:{column}: ")) && text.contains(hint), "{entry}: {text}");
    }
    assert_eq!((shell.sandbox.pins(), shell.writes()), (before, vec![]));
    said(&apply("\"Robotics lab\", \"123456\", \"Old apartment\"").code(2));
    said(&apply("\"Robotics lab\", \"123456\", \"Maya\"").success());
    assert_eq!(shell.sandbox.pins(), ["98905953", "97673234", "123456", "93645911+118825642"]);
}

#[test]
fn a_restore_says_what_cannot_be_had_again() {
    let shell = Shell::new();
    shell.sandbox.edit(|world| {
        world["account"]["email"] = json!("");
        world["account"]["photo_urls"] = json!(["https://i.groupme.com/1"]);
    });
    said(
        &shell
            .lapel(&[
                "set",
                "-y",
                "email=a@b.co",
                "photos=https://i.groupme.com/1,https://i.groupme.com/2,https://i.groupme.com/3",
                "bio=new",
            ])
            .assert()
            .success(),
    );
    let history = shell.output(&["history"]);
    assert!(history.contains("restoring it changes Bio; Email, Gallery cannot be restored"), "{history}");
    let text = shell.fails(1, &["restore", "1", "-y"]);
    for part in [
        "Email cannot be restored to (nothing): write an address",
        "Gallery cannot be restored to a list of 1",
        "bio: saved",
        "not restored: Email, Gallery",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    assert_eq!(shell.sandbox.world()["account"]["email"], json!("a@b.co"));
    // Again: there is nothing left but what cannot be done.
    let writes = shell.writes();
    let text = shell.fails(1, &["restore", "2", "-y"]);
    assert!(text.contains("Email") && !text.contains("so already"), "{text}");
    assert_eq!(shell.writes(), writes);
}

#[test]
fn a_difference_is_an_exit_code_for_those_who_ask() {
    let shell = Shell::new();
    let file = shell.home.path().join("a.toml");
    let name = file.to_str().unwrap();
    fs::write(&file, "[profile]\nname = \"Isaac\"\n").unwrap();
    for json in [&[][..], &["--json"]] {
        shell.lapel(&[&["diff", "--exit-code", name][..], json].concat()).assert().success();
    }
    fs::write(&file, "[profile]\nname = \"Ida\"\n").unwrap();
    for json in [&[][..], &["--json"]] {
        shell.lapel(&[&["diff", "--exit-code", name][..], json].concat()).assert().code(1);
        shell.lapel(&[&["diff", name][..], json].concat()).assert().success();
    }
}

#[test]
fn a_save_whose_past_cannot_be_kept_is_made_and_says_so() {
    let shell = Shell::new();
    let state = shell.home.path().join(".local/state/lapel");
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("history"), "no folder").unwrap();
    for args in [&["set", "-yq", "bio=new"][..], &["campus", "set", "-yq", "year=2027"], &["pins", "top", "-yq", "Climbing"]] {
        let text = said(&shell.lapel(args).assert().success());
        assert!(text.contains("lapel: warning: what was there before could not be kept"), "{args:?}: {text}");
    }
    assert_eq!(shell.sandbox.world()["account"]["bio"], "new");
}

#[test]
fn what_only_saves_tell_comes_back_with_the_rest_where_it_is_known() {
    let shell = Shell::new();
    said(&shell.lapel(&["show", "--settings"]).assert().success());
    let sound = |shell: &Shell| shell.sandbox.world()["settings"]["group_notification_sound"].clone();
    let before = sound(&shell);
    said(&shell.lapel(&["set", "-y", "group_notification_sound=other.wav", "bio=new"]).assert().success());
    assert_eq!(sound(&shell), "other.wav");
    let listed = shell.output(&["history"]);
    assert!(listed.contains("Bio, Group sound"), "{listed}");
    said(&shell.lapel(&["restore", "1", "-y"]).assert().success());
    assert_eq!(sound(&shell), before);
    assert!(shell.output(&["history"]).starts_with("1\t"));
    assert!(said(&shell.lapel(&["restore", "2", "-y"]).assert().success()).contains("Nothing to change"));
}

#[test]
fn differences_in_json_have_the_types_that_show_has() {
    let shell = Shell::new();
    let path = shell.home.path().join("edited.toml");
    fs::write(&path, "[profile]\ninterests = [1026]\nzip_code = \"02145\"\n[campus]\ngraduation_year = 2028\n").unwrap();
    let told: Value = serde_json::from_str(&shell.output(&["diff", path.to_str().unwrap(), "--json"])).unwrap();
    assert_eq!(told["profile"]["interests"], json!({"old": [1026, 3015], "new": [1026]}));
    assert_eq!(told["profile"]["zip_code"], json!({"old": null, "new": "02145"}));
    assert_eq!(told["campus"]["graduation_year"]["new"], json!(2028));
}
