//! `lapel sms`: SMS mode and its end, which only this computer knows.

use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::{Value, json};

use super::{Shell, said};

fn json_of(shell: &Shell) -> (Value, Value) {
    let document: Value = serde_json::from_str(&shell.output(&["sms", "--json"])).unwrap();
    (document["sms"].clone(), document["expires_at"].clone())
}

#[test]
fn hours_are_one_to_forty_eight_or_always() {
    let shell = Shell::new();
    for hours in ["49", "0", "-1", "four", "1.5", ""] {
        let text = shell.fails(2, &["sms", "on", hours]);
        assert!(text.contains("1 to 48 hours"), "{text}");
    }
    shell.fails(2, &["sms", "on"]);
    assert_eq!(shell.sandbox.log().len(), 0);
    assert_eq!(
        shell.output(&["sms", "on", "48", "--dry-run"]),
        format!("POST {}/v3/users/sms_mode {{\"duration\":48}}\n", shell.sandbox.url())
    );
    assert_eq!(shell.sandbox.log().len(), 0);
}

#[test]
fn the_end_is_known_to_the_next_command_and_the_server_decides_whether_it_is_on() {
    let shell = Shell::new();
    assert_eq!(shell.output(&["sms"]), "off\n");
    let on = shell.output(&["sms", "on", "4"]);
    assert!(on.starts_with("on until") && on.contains("4 h 0 min") && on.contains("this computer's clock"), "{on}");
    assert_eq!(shell.output(&["sms", "show"]).split(" (").next(), on.split(" (").next());
    assert!(json_of(&shell).1.is_i64());
    // Ended elsewhere.
    shell.sandbox.edit(|world| world["account"]["sms"] = json!(false));
    assert_eq!(shell.output(&["sms"]), "off\n");
    let always = shell.output(&["sms", "on", "always"]);
    assert_eq!((always.as_str(), shell.output(&["sms"]).as_str()), ("on until you turn it off\n", "on until you turn it off\n"));
    assert_eq!(json_of(&shell), (json!(true), Value::Null));
    assert_eq!(shell.output(&["sms", "off"]), "off\n");
    assert_eq!(json_of(&shell), (json!(false), Value::Null));
}

#[test]
fn a_lost_answer_is_settled_by_reading_and_never_sent_again() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::once("POST /v3/users/sms_mode", FaultKind::ApplyThenReset));
    assert!(shell.output(&["sms", "on", "4"]).starts_with("on until"));
    assert_eq!(shell.writes().len(), 1);
    // On before and after: whether the clock was started again cannot be known.
    shell.sandbox.fault(ScriptedFault::once("POST /v3/users/sms_mode", FaultKind::ApplyThenReset));
    let text = shell.fails(6, &["sms", "on", "8"]);
    assert!(text.contains("unknown"), "{text}");
    shell.sandbox.fault(ScriptedFault::once("POST /v3/users/sms_mode/delete", FaultKind::status(500, "")));
    said(&shell.lapel(&["sms", "off"]).assert().code(1));
    assert_eq!(shell.writes().len(), 3);
}

#[test]
fn the_registration_of_the_device_goes_with_it_and_without_one_the_push_notifications_are_named() {
    let shell = Shell::new();
    let both = "text messages and push notifications will both arrive";
    let alone = said(&shell.lapel(&["sms", "on", "4"]).assert().success());
    assert!(alone.contains(both), "{alone}");
    shell.lapel(&["sms", "on", "4", "--registration-id", "TOK"]).assert().success().stderr("");
    let sent = shell.sandbox.log().into_iter().filter_map(|seen| seen.body).next_back();
    assert_eq!(sent, Some(json!({ "duration": 4, "registration_id": "TOK" })));
    assert!(shell.fails(2, &["sms", "on", "4", "--registration-id", "two words"]).contains("one word"));
    shell.configure("registration_id = \"SET\"\n");
    assert!(shell.output(&["sms", "on", "always", "--dry-run"]).ends_with("{\"duration\":\"always\",\"registration_id\":\"SET\"}\n"));
}
