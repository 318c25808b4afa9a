//! `lapel set`: review, requests, the truth afterwards.

use std::fs;

use lapel::sandbox::{FaultKind, Options, ScriptedFault, World};
use serde_json::{Value, json};

use super::{Shell, said};
use crate::pty::Pty;

const EXTENDED: &str = "POST /users/93645911";
const SHORT: &str = "POST /v3/users/update";
const ME: &str = "GET /v3/users/me";

fn bodies(shell: &Shell) -> Vec<Value> {
    shell.sandbox.log().into_iter().filter(|seen| seen.method != "GET").filter_map(|seen| seen.body).collect()
}

fn account(shell: &Shell) -> Value {
    shell.sandbox.world()["account"].clone()
}

/// Runs `set` with a name and a zip code, and faults; the exit code, what it said, what it printed.
fn faulty(faults: Vec<ScriptedFault>) -> (Shell, i32, String) {
    let shell = Shell::new();
    for fault in faults {
        shell.sandbox.fault(fault);
    }
    let output = shell.lapel(&["set", "-y", "name=Isa", "zip=92145"]).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    (shell, output.status.code().unwrap(), text)
}

#[test]
fn each_call_carries_only_the_changed_keys() {
    let shell = Shell::new();
    let bio = shell.home.path().join("bio.txt");
    fs::write(&bio, "one\n李 👩\u{200d}👩\u{200d}👧\n").unwrap();
    let bio = format!("bio=@{}", bio.display());
    said(&shell.lapel(&["set", "--yes", "name=Isaac", "Zip-Code=92145", &bio, "intrests=3015,stargaz,2015"]).assert().success());
    assert_eq!(shell.writes(), [EXTENDED, SHORT]);
    let interests = json!([3015, 1026, 2015]);
    let user = json!({"bio": "one\n李 👩\u{200d}👩\u{200d}👧\n", "intrests": interests, "interests": interests});
    assert_eq!(bodies(&shell), [json!({ "user": user }), json!({"zip_code": "92145"})]);
    assert_eq!((account(&shell)["bio"].clone(), account(&shell)["interests"].clone()), (user["bio"].clone(), interests));
    // Again: it is so already.
    let text = said(&shell.lapel(&["set", "-y", "zip=92145", &bio]).assert().success());
    assert!(text.contains("Nothing to change"), "{text}");
    assert_eq!(shell.writes().len(), 2);
}

#[test]
fn what_is_wrong_is_said_before_any_request() {
    let shell = Shell::new();
    for (args, hint) in [
        (&["set"][..], "KEY=VALUE"),
        (&["set", "name"], "KEY=VALUE"),
        (&["set", "nane=x"], "did you mean name?"),
        (&["set", "avatar=@/dev/null/x"], "/dev/null/x"),
        (&["set", "bio=@/nowhere"], "/nowhere"),
    ] {
        let text = shell.fails(2, args);
        assert!(text.contains(hint), "{args:?}: {text}");
    }
    assert_eq!(shell.sandbox.log().len(), 0);
    // What the account has is never wrong, so it is read first.
    for (args, hint) in [
        (&["set", "email=x", "name=y"][..], "name@domain.com"),
        (&["set", "photos=https://i.groupme.com/1,https://i.groupme.com/2"], "2 of at least 3"),
        (&["set", "group_notification_sound=a/b"], "name of a sound"),
        (&["set", "name=\u{200b}"], "can be seen"),
        (&["set", "bio=a\u{1b}[31m"], "U+001B"),
    ] {
        let text = shell.fails(2, args);
        assert!(text.contains(hint), "{args:?}: {text}");
    }
    for (word, hint) in [("quidditch", "is in the name of no interest"), ("a", "more")] {
        let text = shell.fails(2, &["set", &format!("interests={word}")]);
        assert!(text.contains(hint) && text.lines().count() < 20, "{text}");
    }
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn without_a_terminal_it_shows_the_change_and_asks_for_yes() {
    let shell = Shell::new();
    let text = shell.fails(2, &["set", "name=Isa", "zip=92145", "email=isaac@example.org", "interests=1026,3010"]);
    for part in ["Name: Isaac -> Isa", "(nothing) -> 92145", "may have to be verified", "- Chess (3015)", "+ Board games (3010)", "--yes"] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn a_dry_run_prints_the_requests_and_sends_none() {
    let shell = Shell::new();
    let url = shell.sandbox.url();
    let lines = shell.output(&["set", "--dry-run", "zip=92145", "name=Isa", "bio=\u{202e}x"]);
    let user = r#"{"user":{"name":"Isa","bio":"\u202ex"}}"#;
    assert_eq!(
        lines,
        format!(
            "{EXTENDED_URL} {user}\n{SHORT_URL} {{\"zip_code\":\"92145\"}}\n",
            EXTENDED_URL = on(&url, EXTENDED),
            SHORT_URL = on(&url, SHORT)
        )
    );
    let document: Value = serde_json::from_str(&shell.output(&["set", "--dry-run", "--json", "zip=92145"])).unwrap();
    assert_eq!(document, json!([{"method": "POST", "url": format!("{url}/v3/users/update"), "body": {"zip_code": "92145"}}]));
    assert_eq!(shell.writes(), [""; 0]);
}

fn on(url: &str, call: &str) -> String {
    call.replacen(' ', &format!(" {url}"), 1)
}

#[test]
fn a_server_that_keeps_the_old_value_is_found_out() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::once(EXTENDED, FaultKind::Ignore { key: "interests".to_owned() }));
    shell.sandbox.fault(ScriptedFault::once(SHORT, FaultKind::Ignore { key: "zip_code".to_owned() }));
    let text = shell.fails(10, &["set", "-y", "name=Isa", "interests=1", "zip=92145"]);
    assert!(text.contains("name: saved") && text.contains("interests: the server kept the old value: 1026,3015"), "{text}");
    assert!(text.contains("not saved: interests, zip_code; saved: name"), "{text}");
}

#[test]
fn a_save_that_was_applied_while_the_answer_was_lost_is_called_saved() {
    for trouble in [FaultKind::ApplyThenReset, FaultKind::CutBody, FaultKind::ApplyThenStatus(500), FaultKind::HalfBody] {
        let (shell, code, text) = faulty(vec![ScriptedFault::once(EXTENDED, trouble.clone())]);
        assert_eq!(code, 0, "{trouble:?}: {text}");
        assert_eq!(shell.writes(), [EXTENDED, SHORT], "sent once");
        assert_eq!(account(&shell)["name"], "Isa");
    }
}

#[test]
fn one_half_that_fails_is_named_and_the_other_saved() {
    for (trouble, words) in [
        (FaultKind::status(500, ""), "status 500"),
        (FaultKind::status(400, r#"{"meta":{"code":400,"errors":["that name is taken"]},"response":null}"#), "that name is taken"),
        (FaultKind::status(403, ""), "not allowed"),
    ] {
        let shell = Shell::new();
        let old = account(&shell);
        shell.sandbox.fault(ScriptedFault::once(EXTENDED, trouble));
        let text = shell.fails(10, &["set", "-y", "bio=new", "zip=92145"]);
        assert!(text.contains("bio: not saved:") && text.contains(words) && text.contains("zip_code: saved"), "{text}");
        assert_eq!((account(&shell)["bio"].clone(), account(&shell)["zip_code"].clone()), (old["bio"].clone(), json!("92145")));
        // The same again finishes it.
        said(&shell.lapel(&["set", "-y", "bio=new", "zip=92145"]).assert().success());
        assert_eq!(account(&shell)["bio"], "new");
    }
}

#[test]
fn one_refused_field_does_not_sink_the_others_of_its_call() {
    let shell = Shell::new();
    let no = |words: &str| FaultKind::status(400, format!(r#"{{"meta":{{"code":400,"errors":["{words}"]}},"response":null}}"#));
    shell.sandbox.fault(ScriptedFault::once(EXTENDED, no("photo_urls must have at least 3 photos")));
    shell.sandbox.fault(ScriptedFault::once(EXTENDED, no("bio is too rude")).after(2));
    let text = shell.fails(10, &["set", "-y", "bio=rude", "name=Isa", "song=spotify:track:1"]);
    for part in ["name: saved", "song_url: saved", "bio: not saved: bio is too rude", "not saved: bio; saved: name, song_url"] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    assert!(!text.contains("photo"), "{text}");
    let keys: Vec<Vec<String>> = bodies(&shell).iter().map(|body| body["user"].as_object().unwrap().keys().cloned().collect()).collect();
    assert_eq!(keys, [vec!["name", "bio", "song_url"], vec!["name"], vec!["bio"], vec!["song_url"]]);
}

#[test]
fn a_text_may_begin_with_an_at_sign_and_a_file_with_a_byte_order_mark() {
    let shell = Shell::new();
    let file = shell.home.path().join("bio.txt");
    fs::write(&file, b"\xef\xbb\xbfhello\n").unwrap();
    said(&shell.lapel(&["set", "-y", "name=@@isaac", &format!("bio=@{}", file.display())]).assert().success());
    assert_eq!((account(&shell)["name"].clone(), account(&shell)["bio"].clone()), (json!("@isaac"), json!("hello\n")));
    said(&shell.lapel(&["set", "-y", "bio=@-"]).write_stdin("\u{feff}piped").assert().success());
    assert_eq!(account(&shell)["bio"], json!("piped"));
    assert!(shell.fails(2, &["set", "bio=@-", "zip=@/dev/stdin"]).contains("one field only"));
    assert!(shell.fails(2, &["set", "name=@isaac"]).contains("name=@@isaac"));
}

#[test]
fn exit_codes_tell_what_kept_the_save_from_being_made() {
    // A pause that is asked for is kept; one of a day is not.
    let (shell, code, text) = faulty(vec![ScriptedFault::once(EXTENDED, FaultKind::busy("0"))]);
    assert_eq!((code, shell.writes().len()), (0, 3), "{text}");
    let (shell, code, text) = faulty(vec![ScriptedFault::always(EXTENDED, FaultKind::busy("86400"))]);
    assert_eq!((code, shell.writes()), (7, vec![EXTENDED.to_owned()]), "{text}");
    assert!(text.contains("24 hours"), "{text}");

    // What was sent cannot be read back.
    let (shell, code, text) = faulty(vec![ScriptedFault::always(ME, FaultKind::status(500, "")).after(2)]);
    assert_eq!((code, shell.writes().len()), (6, 2), "{text}");
    assert!(text.contains("unknown whether this was saved: name, zip_code"), "{text}");

    let (_, code, text) = faulty(vec![ScriptedFault::always(ME, FaultKind::status(401, ""))]);
    assert_eq!(code, 4, "{text}");
}

#[test]
fn a_token_that_dies_in_the_middle_is_said_and_the_save_can_be_finished() {
    let shell = Shell::new();
    let good = shell.sandbox.token().to_owned();
    shell.sandbox.fault(ScriptedFault::once(EXTENDED, FaultKind::phone_after(|world: &mut World| world["token"] = json!("0".repeat(40)))));
    let text = shell.fails(6, &["set", "-y", "name=Isa", "zip=92145"]);
    assert!(text.contains("whether this was saved: name") && text.contains("zip_code: not saved: not signed in"), "{text}");
    assert!(text.contains("sign in"), "{text}");
    shell.sandbox.edit(|world| world["token"] = json!(good));
    said(&shell.lapel(&["set", "-y", "name=Isa", "zip=92145"]).assert().success());
    assert_eq!(shell.writes().iter().filter(|write| *write == EXTENDED).count(), 1, "the first half was there already");
    assert_eq!(account(&shell)["zip_code"], "92145");
}

#[test]
fn a_change_made_elsewhere_meanwhile_is_a_conflict_and_nothing_is_written() {
    let shell = Shell::new();
    let phone = FaultKind::phone_before(|world: &mut World| world["account"]["bio"] = json!("from the phone"));
    shell.sandbox.fault(ScriptedFault::once(ME, phone).after(1));
    let assert = shell.lapel(&["set", "-y", "--json", "bio=mine", "name=Isa"]).assert().code(3);
    assert!(said(&assert).contains("from the phone"));
    let document: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_eq!(
        (&document["conflicts"]["bio"]["theirs"], &document["conflicts"]["bio"]["mine"]),
        (&json!("from the phone"), &json!("mine"))
    );
    assert_eq!(shell.writes(), [""; 0]);
    // What was changed elsewhere and not here stays as it is there.
    let zip = FaultKind::phone_before(|world: &mut World| world["account"]["zip_code"] = json!("1"));
    shell.sandbox.fault(ScriptedFault::once(ME, zip).after(1));
    said(&shell.lapel(&["set", "-y", "bio=mine"]).assert().success());
    assert_eq!((account(&shell)["bio"].clone(), account(&shell)["zip_code"].clone()), (json!("mine"), json!("1")));
}

#[test]
fn settings_that_cannot_be_read_back_are_verified_by_the_answer() {
    let shell = Shell::new();
    let args = ["set", "-y", "--json", "group_notification_sound=gm16.wav", "disable_favorite_notification=on"];
    let document: Value = serde_json::from_str(&shell.output(&args)).unwrap();
    assert_eq!(document["fields"]["group_notification_sound"]["state"], "saved");
    assert_eq!(shell.sandbox.world()["settings"]["disable_favorite_notification"], true);
    shell.sandbox.fault(ScriptedFault::once(EXTENDED, FaultKind::ApplyThenReset));
    let text = shell.fails(6, &["set", "-y", "dm_notification_sound=gm6.wav"]);
    assert!(text.contains("unknown whether"), "{text}");
}

#[test]
fn another_account_is_never_written() {
    let shell = Shell::on(Options::default());
    let other = FaultKind::phone_before(|world: &mut World| world["account"]["id"] = json!("1"));
    shell.sandbox.fault(ScriptedFault::once(ME, other).after(1));
    shell.fails(8, &["set", "-y", "name=Isa"]);
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn on_a_terminal_it_shows_the_change_and_asks() {
    for (answer, code, words) in [("y\r", 0, "name: saved"), ("\r", 1, "nothing was changed")] {
        let shell = Shell::new();
        let (home, url, token) = (shell.home.path().to_str().unwrap(), shell.sandbox.url(), shell.sandbox.token());
        let envs = [("HOME", home), ("LAPEL_SERVER", &url), ("GROUPME_TOKEN", token)];
        let mut pty = Pty::spawn(&["set", "name=Isa"], &envs, (80, 24));
        pty.wait_for("Save this? [y/N]");
        assert!(pty.screen(|screen| screen.contents().contains("Name: Isaac -> Isa")));
        pty.keys(answer);
        pty.wait_for(words);
        assert_eq!((pty.exit().exit_code(), shell.writes().len()), (code, usize::from(code == 0)));
    }
}

#[test]
fn the_demo_can_be_changed_too_whatever_server_is_set() {
    let shell = Shell::new();
    said(&shell.lapel(&["--demo", "set", "-y", "name=Isa"]).assert().success());
    assert_eq!(shell.sandbox.log().len(), 0);
}

#[test]
fn where_the_extended_call_is_turned_away_the_documented_one_saves_the_name_and_says_so() {
    let attestation = r#"{"meta":{"code":40102,"errors":["device attestation required"]},"response":null}"#;
    for (status, body, why) in
        [(401, "", "status 401"), (403, "", "status 403"), (404, "", "status 404"), (401, attestation, "40102"), (500, "", "500")]
    {
        let shell = Shell::new();
        shell.sandbox.fault(ScriptedFault::always("POST /users/*", FaultKind::status(status, body)));
        let told = said(&shell.lapel(&["set", "name=Tom Skerritt", "-y"]).assert().success());
        assert!(told.contains("name: saved (by the older call") && told.contains(why), "{told}");
        assert_eq!(shell.writes(), ["POST /users/93645911", "POST /v3/users/update"], "{status}");
        assert_eq!(shell.sandbox.world()["account"]["name"], json!("Tom Skerritt"));
    }
}

#[test]
fn taking_a_picture_away_is_sent_when_asked_warned_about_and_told_as_it_is() {
    for (key, warning) in [("photos=", "may refuse an empty gallery"), ("avatar=", "may refuse to take the avatar away")] {
        let shell = Shell::new();
        let text = shell.fails(1, &["set", "-y", key]);
        assert!(text.contains(warning) && text.contains("not saved"), "{text}");
        assert!(shell.writes().contains(&EXTENDED.to_owned()), "{text}");
    }
}
