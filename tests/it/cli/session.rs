//! `lapel login`, `logout`, `status`, and tokens that must not leak.

use std::fs;
use std::io::BufRead;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{Shell, bare, program, said};

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
