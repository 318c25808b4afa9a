//! `lapel upload`: asks once, prints the address.

use std::fs;
use std::path::Path;

use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::Value;

use super::Shell;

fn picture() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/avatar.jpeg").to_str().unwrap().to_owned()
}

#[test]
fn a_picture_goes_up_once_it_was_agreed_that_it_becomes_public() {
    let shell = Shell::new();
    let text = shell.fails(2, &["upload", &picture()]);
    assert!(text.contains("Everybody") && text.contains("--yes"), "{text}");
    assert_eq!(shell.sandbox.log().len(), 0);
    let line = shell.output(&["upload", &picture(), "--dry-run"]);
    assert!(line.contains("/pictures <picture of ") && shell.sandbox.log().is_empty(), "{line}");

    let url = shell.output(&["upload", &picture(), "--yes"]);
    assert!(url.starts_with("https://i.groupme.com/"), "{url}");
    said_url(&shell, url.trim());
    let document: Value = serde_json::from_str(&shell.output(&["upload", "-y", &picture(), "--json"])).unwrap();
    assert!(document["picture_url"].as_str().unwrap().starts_with("https://i.groupme.com/"));
}

/// The address can be used for the avatar.
fn said_url(shell: &Shell, url: &str) {
    super::said(&shell.lapel(&["set", "-y", &format!("avatar={url}")]).assert().success());
    assert_eq!(shell.sandbox.world()["account"]["image_url"], url);
}

#[test]
fn what_is_no_picture_or_is_refused_says_so() {
    let shell = Shell::new();
    let notes = shell.home.path().join("notes.jpeg");
    fs::write(&notes, "not a picture").unwrap();
    let text = shell.fails(2, &["upload", "-y", notes.to_str().unwrap()]);
    assert!(text.contains("notes.jpeg") && text.contains("picture"), "{text}");
    shell.fails(2, &["upload", "-y", "/nowhere.png"]);
    assert_eq!(shell.sandbox.log().len(), 0);
    shell.sandbox.fault(ScriptedFault::once("POST /pictures", FaultKind::status(500, "")));
    let text = shell.fails(1, &["upload", "-y", &picture()]);
    assert!(text.contains("500"), "{text}");
    shell.sandbox.fault(ScriptedFault::once("POST /pictures", FaultKind::Garbage));
    shell.fails(6, &["upload", "-y", &picture()]);
}
