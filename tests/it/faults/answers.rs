//! Answers that were lost on the way, or say something else than asked.

use std::path::Path;

use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::json;

use crate::cli::Shell;

const SHARE: &str = "POST /v3/users/features/share";
const SMS: &str = "POST /v3/users/sms_mode";
const PINS: &str = "PUT /v4/pinned_conversations";

fn link(shell: &Shell) -> Option<String> {
    shell.sandbox.world()["account"]["share_url"].as_str().map(ToOwned::to_owned)
}

fn account_is(key: &'static str, value: serde_json::Value) -> FaultKind {
    FaultKind::phone_before(move |world| world["account"][key] = value.clone())
}

/// What a write may be answered with although it was carried out: a login page, half a body.
fn applied(route: &str, made: FaultKind) -> [Vec<ScriptedFault>; 2] {
    [
        vec![ScriptedFault::once(route, made), ScriptedFault::once(route, FaultKind::Html)],
        vec![ScriptedFault::once(route, FaultKind::HalfBody)],
    ]
}

#[test]
fn a_share_that_was_made_is_told_as_made_whatever_the_answer_says() {
    for faults in applied(SHARE, account_is("share_url", json!("https://groupme.com/contact/1/made"))) {
        let shell = Shell::new();
        shell.lapel(&["share", "off", "-y"]).assert().success();
        for fault in &faults {
            shell.sandbox.fault(fault.clone());
        }
        assert_eq!(Some(shell.output(&["share", "on"]).trim().to_owned()), link(&shell), "{faults:?}");
    }
    for faults in applied(SHARE, account_is("share_url", json!(null))) {
        let shell = Shell::new();
        for fault in &faults {
            shell.sandbox.fault(fault.clone());
        }
        shell.lapel(&["share", "off", "-y"]).assert().success();
        assert_eq!(link(&shell), None, "{faults:?}");
    }
}

#[test]
fn a_new_link_behind_a_login_page_is_unknown_and_explained_at_the_next_start() {
    let shell = Shell::new();
    // The old link goes; then a network's login page answers everything.
    shell.sandbox.fault(ScriptedFault::once(SHARE, FaultKind::Html).after(1));
    shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", FaultKind::Html).after(2));
    let text = shell.fails(6, &["share", "new", "-y"]);
    assert!(text.contains("unknown") && text.contains("login page"), "{text}");
    let text = crate::cli::said(&shell.lapel(&["share"]).assert().success());
    assert!(text.contains("old link no longer works"), "{text}");
}

#[test]
fn sms_mode_that_was_started_is_told_as_started_behind_a_login_page() {
    let shell = Shell::new();
    for fault in &applied(SMS, account_is("sms", json!(true)))[0] {
        shell.sandbox.fault(fault.clone());
    }
    assert!(shell.output(&["sms", "on", "4"]).starts_with("on until"));
}

#[test]
fn pins_that_were_written_are_told_as_written_whatever_the_answer_says() {
    for trouble in [FaultKind::HalfBody, FaultKind::CutBody, FaultKind::ApplyThenReset] {
        let shell = Shell::new();
        let first = shell.sandbox.pins()[0].clone();
        shell.sandbox.fault(ScriptedFault::once(PINS, trouble.clone()));
        shell.lapel(&["pins", "remove", &first]).assert().success();
        assert!(!shell.sandbox.pins().contains(&first), "{trouble:?}");
    }
    let shell = Shell::new();
    let first = shell.sandbox.pins()[0].clone();
    shell.sandbox.fault(ScriptedFault::once(PINS, FaultKind::Html));
    let text = shell.fails(1, &["pins", "remove", &first]);
    assert!(text.contains("login page"), "{text}");
}

#[test]
fn an_upload_s_answer_that_is_no_address_is_not_printed_as_one() {
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/avatar.jpeg");
    for url in
        ["x", "javascript:alert(1)", "https://", "https://i.groupme.com/a b", "https://i.groupme.com/\u{1b}[31m", "//i.groupme.com/1"]
    {
        let shell = Shell::new();
        let body = json!({ "payload": { "picture_url": url, "url": url } }).to_string();
        shell.sandbox.fault(ScriptedFault::once("POST /pictures", FaultKind::status(200, body)));
        let output = shell.lapel(&["upload", "-y", picture.to_str().unwrap()]).output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap()), (Some(6), String::new()), "{url}");
    }
}

#[test]
fn numbers_that_were_rounded_are_never_written_back() {
    let shell = Shell::new();
    for odd in ["98905953.5", "123456789012345678901234567890", "1e30"] {
        let body = format!(r#"{{"response":{{"pinned_conversation_ids":["1",{odd}]}}}}"#);
        shell.sandbox.fault(ScriptedFault::once("GET /v4/pinned_conversations", FaultKind::status(200, body)));
        let text = shell.fails(8, &["pins", "remove", "1"]);
        assert!(text.contains("no id"), "{odd}: {text}");
    }
    assert_eq!(shell.writes(), [""; 0]);
    // As text they stay what they are, and so does every number of 64 bits.
    let body = r#"{"response":{"pinned_conversation_ids":["123456789012345678901234567890",18446744073709551615]}}"#;
    shell.sandbox.fault(ScriptedFault::once("GET /v4/pinned_conversations", FaultKind::status(200, body)));
    let text = shell.output(&["pins", "--json"]);
    assert!(text.contains("\"123456789012345678901234567890\"") && text.contains("\"18446744073709551615\""), "{text}");
}
