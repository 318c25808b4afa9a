//! Files: links that lead to another account's, limits on their size.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use lapel::base::DraftKind;
use lapel::io::cache::Cache;
use lapel::io::draft;
use lapel::io::file;
use lapel::io::paths::{Identity, Paths};
use serde_json::json;

use crate::cli::program;
use crate::day;

#[test]
fn files_of_two_accounts_never_mix_whatever_is_linked() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path(), day::clock());
    let (ann, bob) = (Identity::new("groupme", "1"), Identity::new("groupme", "2"));
    Cache::new(&paths, bob.clone()).save(&json!({"whose": "bob's"})).unwrap();
    symlink(paths.cache_file(&bob), paths.cache_file(&ann)).unwrap();
    assert_eq!(Cache::new(&paths, ann.clone()).load(), None);
    Cache::new(&paths, ann.clone()).save(&json!({"whose": "ann's"})).unwrap();
    assert_eq!(Cache::new(&paths, bob.clone()).load().unwrap().0, json!({"whose": "bob's"}));
    assert_eq!(Cache::new(&paths, ann.clone()).load().unwrap().0, json!({"whose": "ann's"}));

    // A folder of drafts that is another account's: nothing in it is read, moved aside or written.
    let folder = paths.drafts(&bob);
    let content = json!({"kind": DraftKind::Profile.word(), "reason": null, "body": {"bio": "bob's"}});
    let document = json!({"version": 1, "server": "groupme", "account": "2", "saved_at": 0, "content": content}).to_string();
    file::write(&folder.join("1-profile.json"), document.as_bytes()).unwrap();
    symlink(&folder, paths.drafts(&ann)).unwrap();
    let left = draft::load(&paths, &ann);
    assert!(left.drafts.is_empty() && left.problems[0].to_string().contains("link"), "{:?}", left.problems);
    assert_eq!(draft::load(&paths, &bob).drafts.len(), 1);
    assert_eq!(fs::read_to_string(folder.join("1-profile.json")).unwrap(), document);
}

#[test]
fn a_limit_on_the_size_of_files_is_told_as_a_full_disk_and_ends_nothing() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out.toml");
    let shell = crate::cli::Shell::new();
    let lapel = program(&[]);
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -f 0; exec \"$@\"", "sh"])
        .arg(lapel.get_program())
        .args(["export", target.to_str().unwrap()])
        .env_clear()
        .envs(day::surroundings())
        .envs([("LAPEL_SERVER", shell.sandbox.url().as_str()), ("GROUPME_TOKEN", shell.sandbox.token()), ("PATH", "/usr/bin:/bin")])
        .env("HOME", home.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("the disk is full"), "{:?} {said}", output.status);
    assert!(!target.exists());
}

#[test]
fn with_few_file_handles_there_is_one_sentence_and_no_panic() {
    let home = tempfile::tempdir().unwrap();
    for handles in 5..24 {
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("ulimit -n {handles}; exec \"$@\""), "sh"])
            .arg(program(&[]).get_program())
            .arg("show")
            .env_clear()
            .envs(day::surroundings())
            .envs([("LAPEL_SERVER", "http://127.0.0.1:1"), ("GROUPME_TOKEN", "CANARYabcdefghijkl"), ("PATH", "/usr/bin:/bin")])
            .env("HOME", home.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.starts_with("lapel: ") && said.lines().count() == 1 && !said.contains("panicked"), "{handles}: {said}");
    }
}
