//! `lapel login`, `logout`, `status`, and tokens that must not leak.

use std::fs;
use std::io::BufRead;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use lapel::sandbox::Options;
use serde_json::Value;

use super::{Shell, bare, program, said};
use crate::flows::accounts::{ANNS_TOKEN, two_accounts};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { found.extend(files(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

#[test]
fn a_token_is_kept_only_where_it_was_agreed_and_removed_again() {
    let shell = Shell::new();
    let token = shell.sandbox.token().to_owned();
    let login = |args: &[&str]| shell.signed_out(args).write_stdin(format!("{token}\n")).assert();
    // Without a keyring a file is the only place, and nobody agreed to it.
    let text = said(&login(&["login"]).code(2));
    assert!(text.contains("--yes"), "{text}");
    login(&["login", "--yes"]).success();
    let kept: Vec<PathBuf> =
        files(shell.home.path()).into_iter().filter(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(&token))).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(fs::metadata(&kept[0]).unwrap().permissions().mode() & 0o777, 0o600);

    let status = shell.signed_out(&["status"]).assert().success();
    let status = String::from_utf8(status.get_output().stdout.clone()).unwrap();
    assert!(status.contains("Isaac") && status.contains("file") && !status.contains(&token), "{status}");

    fs::set_permissions(&kept[0], fs::Permissions::from_mode(0o644)).unwrap();
    let text = said(&shell.signed_out(&["show"]).assert().code(4));
    assert!(text.contains("chmod 600"), "{text}");
    fs::set_permissions(&kept[0], fs::Permissions::from_mode(0o600)).unwrap();

    let text = said(&shell.signed_out(&["logout"]).assert().success());
    assert!(text.contains("removed"), "{text}");
    said(&shell.signed_out(&["status"]).assert().code(4));
}

#[test]
fn a_refused_token_is_not_kept() {
    let shell = Shell::new();
    let login = shell.signed_out(&["login", "--yes"]).write_stdin("0000000000000000000000000000000000000000\n").assert().code(4);
    said(&login);
    said(&shell.signed_out(&["status"]).assert().code(4));
}

/// Signed in to both accounts of a server, Isaac's first.
fn with_both() -> Shell {
    let shell = Shell::on(Options { world: two_accounts(), ..Options::default() });
    let isaacs = shell.sandbox.token().to_owned();
    let text = said(&shell.signed_out(&["login", "--yes"]).write_stdin(isaacs).assert().success());
    assert!(!text.contains("--account"), "{text}");
    let text = said(&shell.signed_out(&["login", "--yes"]).write_stdin(ANNS_TOKEN).assert().success());
    assert!(text.contains("Signed in as Ann (55501)") && text.contains("--account"), "{text}");
    shell
}

fn output(shell: &Shell, args: &[&str]) -> String {
    String::from_utf8(shell.signed_out(args).assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn several_accounts_are_listed_named_and_signed_out_one_by_one() {
    let shell = with_both();
    assert_eq!(output(&shell, &["show", "name"]), "Ann\n", "the last one is used");
    for isaac in ["isaac", "93645911", "aac"] {
        assert_eq!(output(&shell, &["--account", isaac, "show", "name"]), "Isaac\n");
    }
    let status = output(&shell, &["status"]);
    let lines: Vec<&str> = status.lines().collect();
    assert!(lines[0].starts_with("Ann (55501) on 127.0.0.1:") && lines[0].contains(", the default; the token is in the file"), "{status}");
    assert!(lines[1].starts_with("Isaac (93645911) on") && !lines[1].contains("default") && lines.len() == 2, "{status}");
    let json: Value = serde_json::from_str(&output(&shell, &["status", "--json", "--account", "isaac"])).unwrap();
    assert_eq!(
        (&json["name"], &json["accounts"][0]["name"], &json["accounts"][0]["default"]),
        (&"Isaac".into(), &"Ann".into(), &true.into())
    );

    let text = said(&shell.signed_out(&["--account", "nobody", "show"]).assert().code(4));
    assert!(text.contains("no account that is signed in has") && text.contains("lapel status"), "{text}");
    let text = said(&shell.signed_out(&["--account", "a", "show"]).assert().code(2));
    assert!(text.contains("Ann (55501)") && text.contains("Isaac (93645911)"), "{text}");

    let text = said(&shell.signed_out(&["logout", "--account", "ann"]).assert().success());
    assert!(text.contains("The token of Ann was removed") && text.contains("Isaac is the account used from now on"), "{text}");
    assert_eq!(output(&shell, &["show", "name"]), "Isaac\n");
    said(&shell.signed_out(&["logout"]).assert().success());
    said(&shell.signed_out(&["show"]).assert().code(4));
}

#[test]
fn what_is_asked_for_one_account_never_befalls_the_one_of_the_variable() {
    let shell = with_both();
    let text = shell.fails(2, &["--account", "ann", "set", "name=Somebody", "--yes"]);
    assert!(text.contains("GROUPME_TOKEN is set and comes before every account"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
    assert_eq!(shell.output(&["show", "name"]), "Isaac\n", "without a name it is used");
    let status = shell.lapel(&["status"]).assert().success();
    assert!(said(&status).contains("comes before those of all accounts"), "{}", said(&status));
    let status = String::from_utf8(status.get_output().stdout.clone()).unwrap();
    assert!(
        status.starts_with("Isaac") && status.contains("the environment variable GROUPME_TOKEN") && status.lines().count() == 3,
        "{status}"
    );
}

#[test]
fn all_are_signed_out_at_once_and_each_is_said() {
    let shell = with_both();
    let text = said(&shell.signed_out(&["logout"]).assert().success());
    assert!(text.contains("The token of Ann was removed") && text.contains("The token of Isaac was removed"), "{text}");
    let kept = files(shell.home.path()).into_iter().filter(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(ANNS_TOKEN)));
    assert_eq!(kept.count(), 0);
}

#[test]
fn a_token_kept_by_a_lapel_that_knew_one_account_goes_on_beside_a_second_one() {
    let shell = Shell::on(Options { world: two_accounts(), ..Options::default() });
    let label = shell.sandbox.url().strip_prefix("http://").unwrap().replace(':', "_3a");
    let folder = shell.home.path().join(".local/state/lapel/tokens");
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    let file = folder.join(label);
    fs::write(&file, shell.sandbox.token()).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(output(&shell, &["show", "name"]), "Isaac\n");
    said(&shell.signed_out(&["login", "--yes"]).write_stdin(ANNS_TOKEN).assert().success());
    assert_eq!(output(&shell, &["show", "name"]), "Ann\n");
    assert_eq!(output(&shell, &["show", "name", "--account", "isaac"]), "Isaac\n");
    said(&shell.signed_out(&["logout"]).assert().success());
    assert!(!file.exists());
}

#[test]
fn no_output_of_any_failure_holds_the_token() {
    let shell = Shell::new();
    let token = shell.sandbox.token().to_owned();
    // All at once: whoever cannot reach a server tries again after a pause.
    std::thread::scope(|scope| {
        for server in [&shell.sandbox.url(), "http://127.0.0.1:9", "http://example.com", "nonsense"] {
            for args in [&["show"][..], &["show", "--json"], &["status"], &["show", "nothing"]] {
                let mut command = shell.lapel(args);
                command.env("LAPEL_SERVER", server);
                let token = &token;
                scope.spawn(move || {
                    let output = command.output().unwrap();
                    let all = [output.stdout, output.stderr].concat();
                    assert!(!String::from_utf8_lossy(&all).contains(token), "{args:?}: {}", String::from_utf8_lossy(&all));
                });
            }
        }
    });
}

#[test]
fn the_sandbox_prints_its_address_and_token_first() {
    let home = tempfile::tempdir().unwrap();
    let mut child = program(&["sandbox", "--listen", "127.0.0.1:0"])
        .env("HOME", home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.next().unwrap().unwrap().strip_prefix("listening on ").unwrap().to_owned();
    let token = lines.next().unwrap().unwrap().strip_prefix("token ").unwrap().to_owned();
    bare(&["show", "name"])
        .envs([("HOME", home.path().to_str().unwrap()), ("LAPEL_SERVER", &url), ("GROUPME_TOKEN", &token)])
        .assert()
        .success()
        .stdout("Isaac\n");
    child.kill().unwrap();
    child.wait().unwrap();
}
