//! `lapel doctor`: what it finds, what it must not tell, and how it ends.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use lapel::sandbox::{FaultKind, Options, ScriptedFault};
use serde_json::Value;

use super::{Shell, said};

fn json(output: &[u8]) -> Value {
    serde_json::from_slice(output).unwrap()
}

#[test]
fn a_place_where_all_is_well_gets_a_clean_report() {
    let shell = Shell::new();
    let report = json(shell.output(&["doctor", "--json"]).as_bytes());
    assert_eq!(report["problems"], serde_json::json!(["TERM is not set"]), "{report:#}");
    assert_eq!((&report["server"]["reached"], &report["token"]["taken"]), (&Value::Bool(true), &"header".into()));
    assert_eq!(report["token"]["place"], "the environment variable GROUPME_TOKEN");
    assert_eq!(report["lapel"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn it_tells_which_form_of_the_token_the_server_takes() {
    let shell = Shell::on(Options { tokens: lapel::sandbox::AcceptedTokenForms::QueryOnly, ..Options::default() });
    assert_eq!(json(shell.output(&["doctor", "--json"]).as_bytes())["token"]["taken"], "query");
}

#[test]
fn neither_token_nor_home_nor_anything_about_the_person_is_in_the_report() {
    let shell = Shell::new();
    let folder = shell.home.path().join(".config/lapel");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), format!("x = 1\ntoken_command = \"echo {}\"\n", shell.sandbox.token())).unwrap();
    let account: Value = json(shell.output(&["show", "--json"]).as_bytes());
    for args in [&["doctor"][..], &["doctor", "--json"]] {
        let text = shell.output(args);
        let mut secrets = vec![shell.sandbox.token().to_owned(), shell.home.path().to_str().unwrap().to_owned()];
        secrets.extend(["id", "name", "email", "phone_number"].iter().filter_map(|key| account[key].as_str().map(str::to_owned)));
        assert_eq!(secrets.len(), 6, "{account}");
        for secret in secrets {
            assert!(!text.contains(&secret), "{secret} in\n{text}");
        }
        assert!(text.contains("~/.config/lapel/config.toml:1:1: there is no setting"), "{text}");
    }
}

#[test]
fn what_makes_lapel_useless_is_the_exit_code() {
    let shell = Shell::new();
    let text = said(&shell.signed_out(&["doctor"]).assert().code(4));
    assert!(text.contains("lapel login"), "{text}");
    said(&shell.lapel(&["doctor"]).env("GROUPME_TOKEN", "0000000000").assert().code(4));
    let text = said(&shell.lapel(&["doctor"]).env("LAPEL_SERVER", "http://127.0.0.1:9").assert().code(5));
    assert!(text.contains("cannot be reached"), "{text}");
}

#[test]
fn files_that_others_can_read_are_pointed_out_with_the_remedy() {
    let shell = Shell::new();
    let drafts = shell.home.path().join(".local/state/lapel/drafts");
    fs::create_dir_all(&drafts).unwrap();
    for folder in [drafts.parent().unwrap(), &drafts] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
    fs::write(drafts.join("open"), "").unwrap();
    let problems = |shell: &Shell| json(shell.output(&["doctor", "--json"]).as_bytes())["problems"].to_string();
    fs::set_permissions(drafts.join("open"), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(problems(&shell).contains("chmod -R go= ~/.local/state/lapel/drafts/open"), "{}", problems(&shell));
    fs::set_permissions(drafts.join("open"), fs::Permissions::from_mode(0o600)).unwrap();
    assert!(!problems(&shell).contains("chmod"), "{}", problems(&shell));
}

#[test]
fn a_log_for_a_report_tells_what_answers_look_like_and_no_value() {
    let shell = Shell::new();
    shell.lapel(&["pins"]).env("LAPEL_LOG", "debug").assert().success();
    let log = fs::read_to_string(shell.home.path().join(".local/state/lapel/lapel.log")).unwrap();
    assert!(log.contains("GET /v3/users/me 200 application/json {response: {") && log.contains("birth_date_set: bool"), "{log}");
    assert!(log.contains("GET /v3/groups/:id/subgroups 200"), "{log}");
    for private in ["Isaac", "email@example", "93645911", "Family", shell.sandbox.token(), "njLqSwBU"] {
        assert!(!log.contains(private), "{private}: {log}");
    }
    assert!(said(&shell.lapel(&["pins"]).env("LAPEL_LOG", "all").assert().code(2)).contains("LAPEL_LOG"));
}

#[test]
fn a_page_for_a_report_tells_what_every_answer_looks_like_and_no_value() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::once("GET /v3/chats", FaultKind::status(403, "Family only")));
    for args in [&["doctor", "--report"][..], &["doctor", "--report", "--json"]] {
        let page = shell.output(args);
        for part in ["GET /v3/users/me 200 application/json", "birth_date_set: bool", "GET /v3/groups/:id/subgroups 200", "reached"] {
            assert!(page.contains(part), "no {part}: {page}");
        }
        for private in ["Isaac", "email@example", "93645911", "Family", shell.sandbox.token(), "njLqSwBU", "2345678910"] {
            assert!(!page.contains(private), "{private}: {page}");
        }
    }
    assert_eq!(shell.writes(), [""; 0]);
    assert!(!shell.home.path().join(".local/state/lapel/lapel.log").exists(), "it is a page of its own");
    shell.sandbox.fault(ScriptedFault::once("GET /v3/chats", FaultKind::status(403, "no")));
    let page = shell.output(&["doctor", "--report"]);
    assert!(page.contains("GET /v3/chats 403") && page.contains("the direct conversations: "), "{page}");
    assert!(said(&shell.signed_out(&["doctor", "--report"]).assert().code(4)).contains("lapel login"));
}
