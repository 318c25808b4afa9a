//! `--json`: every command prints one document, and it is what `lapel schema` says; what goes wrong is JSON as well.

use std::fs;
use std::path::Path;

use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::{Value, json};

use super::dry_run::{commands, samples};
use super::{Shell, bare};
use crate::schema::assert_described;

fn schema() -> Value {
    serde_json::from_slice(&bare(&["schema"]).assert().success().get_output().stdout).unwrap()
}

/// A home in which every sample works.
fn furnished() -> Shell {
    let shell = Shell::new();
    let home = shell.home.path();
    shell.lapel(&["set", "-y", "bio=new"]).assert().success();
    shell.lapel(&["pins", "top", "-y", "Climbing"]).assert().success();
    let edited = "[profile]\nname = \"Ida\"\n[campus]\ngraduation_year = 2028\n[pins]\npinned_conversation_ids = []\n";
    fs::write(home.join("edited.toml"), edited).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/avatar.jpeg"), home.join("a.jpeg")).unwrap();
    shell
}

#[test]
fn every_command_prints_the_document_that_the_schema_describes() {
    let page = schema();
    let shell = furnished();
    let (mut seen, mut planned) = (Vec::new(), 0);
    for command in commands() {
        // The sandbox would go on for ever, and signing in without a keyring is tried below.
        if command == "sandbox" || command == "login" {
            continue;
        }
        let samples = samples(&command).iter().filter(|sample| **sample != "--settings" && **sample != "--report");
        let args: Vec<&str> = command.split(' ').chain(samples.copied()).chain(["--json", "--yes"]).collect();
        let printed = |args: &[&str]| shell.lapel(args).current_dir(shell.home.path()).assert().success().get_output().stdout.clone();
        if !command.starts_with("export") {
            let requests: Value = serde_json::from_slice(&printed(&[&args[..], &["--dry-run"]].concat())).unwrap_or_default();
            if requests.as_array().is_some_and(|list| list.iter().any(|request| request.get("method").is_some())) {
                assert_described(&page, &requests, &page["$defs"]["requests"], &command);
                planned += 1;
            }
        }
        let document = serde_json::from_slice(&printed(&args)).unwrap_or_else(|error| panic!("{command}: {error}"));
        let name = command.replace(' ', "-");
        let described = page["$defs"].get(&name).unwrap_or_else(|| panic!("{name} is in no schema"));
        assert_described(&page, &document, described, &name);
        seen.push(name);
    }
    assert!(seen.len() > 30 && planned > 10, "{seen:?}, {planned}");
    let assert = shell.signed_out(&["login", "--json", "-y"]).write_stdin(format!("{}\n", shell.sandbox.token())).assert().success();
    let document = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_described(&page, &document, &page["$defs"]["login"], "login");
}

#[test]
fn what_goes_wrong_is_the_last_line_and_json_as_well() {
    let page = schema();
    let shell = Shell::new();
    let last = |text: &str| serde_json::from_str::<Value>(text.lines().last().unwrap()).unwrap_or_else(|error| panic!("{error}: {text}"));
    let cases: [(&[&str], i32); 5] = [
        (&["show", "nothing", "--json"], 2),
        (&["--json", "nothing"], 2),
        (&["share", "new", "--json"], 2),
        (&["set", "bio=@nowhere", "--json"], 2),
        (&["show", "--json", "--server", "http://127.0.0.1:9"], 5),
    ];
    for (args, code) in cases {
        let error = last(&shell.fails(code, args));
        assert_described(&page, &error, &page["$defs"]["error"], "error");
        assert_eq!(error["code"], json!(code), "{args:?}");
        assert!(!error["message"].as_str().unwrap().starts_with("lapel: "), "{error}");
    }
    shell.sandbox.fault(ScriptedFault::once("GET /v3/users/me", FaultKind::busy("90")));
    assert_eq!(last(&shell.fails(7, &["show", "--json"]))["retry_after"], json!(90));
}
