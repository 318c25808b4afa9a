//! `lapel completions` in a real shell, and `lapel man` in a real formatter.

use std::path::Path;
use std::process::{Command, Stdio};

use lapel::cli::exit::CODES;
use lapel::domain::Token;
use lapel::io::cache::{Cache, remember_account};
use lapel::io::paths::{GROUPME, Identity, Paths};

use super::{Shell, bare};
use crate::day::{clock, surroundings};

/// What bash offers for the last of `words` after sourcing the script, asked as readline asks.
fn bash(shell: &Shell, words: &[&str]) -> Vec<String> {
    let script = r#"
        set -eu
        PATH="$1:$PATH"; shift
        source <(lapel completions bash)
        complete -p lapel >/dev/null
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); word="${COMP_WORDS[COMP_CWORD]}"
        [[ $word != = ]] || word=""
        _lapel lapel "$word" "${COMP_WORDS[COMP_CWORD-1]}"
        ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let folder = Path::new(env!("CARGO_BIN_EXE_lapel")).parent().unwrap();
    let output = Command::new("bash")
        .args(["--norc", "-c", script, "bash"])
        .arg(folder)
        .args(words)
        .env_clear()
        .envs(surroundings())
        .env("HOME", shell.home.path())
        .env_remove("LAPEL_SERVER")
        .output()
        .unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

#[test]
fn bash_completes_commands_options_and_fields() {
    if !has("bash") {
        return;
    }
    let shell = Shell::new();
    assert_eq!(bash(&shell, &["lapel", "comp"]), ["completions"]);
    assert_eq!(bash(&shell, &["lapel", "show", "zi"]), ["zip_code"]);
    assert_eq!(bash(&shell, &["lapel", "show", "name", "zi"]), ["zip_code"]);
    assert_eq!(bash(&shell, &["lapel", "show", "--dr"]), ["--dry-run"]);
    assert_eq!(bash(&shell, &["lapel", "completions", "po"]), ["powershell"]);
    assert!(bash(&shell, &["lapel", "show", "nothing-like-it"]).is_empty());
    assert_eq!(bash(&shell, &["lapel", "campus", "se"]), ["set"]);
    assert_eq!(bash(&shell, &["lapel", "sms", "on", "al"]), ["always"]);
}

/// Bash splits words at the sign, and puts the answer in place of what follows it.
#[test]
fn bash_completes_keys_and_then_their_values() {
    if !has("bash") {
        return;
    }
    let shell = Shell::new();
    assert_eq!(bash(&shell, &["lapel", "set", "zi"]), ["zip_code="]);
    assert_eq!(bash(&shell, &["lapel", "set", "group_notification_sound", "="]), ["gm6.wav", "gm16.wav"]);
    assert_eq!(bash(&shell, &["lapel", "campus", "set", "visibility", "=", "hid"]), ["hidden"]);
    assert_eq!(bash(&shell, &["lapel", "campus", "set", "year", "=", "2027", "visibility", "=", "hid"]), ["hidden"]);
}

#[test]
fn every_shell_gets_a_script_and_answers() {
    for (shell, value) in
        [("bash", "zip_code"), ("zsh", "zip_code"), ("fish", "zip_code"), ("elvish", "zip_code"), ("powershell", "zip_code")]
    {
        let script = bare(&["completions", shell]).assert().success().get_output().stdout.clone();
        assert!(String::from_utf8(script).unwrap().contains("LAPEL_COMPLETE"), "{shell}");
        let mut ask = bare(&["--", "lapel", "show", "zi"]);
        let index = ["_CLAP_COMPLETE_INDEX", "LAPEL_COMPLETE_WORD"];
        let answer = ask.env("LAPEL_COMPLETE", shell).envs(index.map(|name| (name, "2"))).assert().success().get_output().stdout.clone();
        assert!(String::from_utf8(answer).unwrap().starts_with(value), "{shell}");
    }
}

#[test]
fn the_manual_page_renders_without_a_warning_and_tells_every_exit_code() {
    let page = bare(&["man"]).assert().success().get_output().stdout.clone();
    if !has("groff") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lapel.1");
    std::fs::write(&path, page).unwrap();
    let output = Command::new("groff")
        .env_clear()
        .envs(surroundings())
        .args(["-man", "-Tutf8", "-ww", "-rLL=78n", "-P-cbou"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let flat = words(&text).replace("‐ ", "");
    for (code, meaning) in CODES {
        assert!(flat.contains(&format!("{code} {}", words(meaning))), "{code} in\n{text}");
    }
    for part in
        ["SYNOPSIS", "EXIT STATUS", "FILES", "ENVIRONMENT", "lapel show [FIELD]...", "lapel completions", "config.toml", "GROUPME_TOKEN"]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn pins_are_completed_by_id_or_name_from_what_the_last_run_kept() {
    let shell = Shell::new();
    let paths = Paths::under(shell.home.path(), clock());
    remember_account(&paths, GROUPME, &Token::parse("abcdef").unwrap(), &"7".into()).unwrap();
    let groups = serde_json::json!([{"id": "101", "name": "Family"}, {"id": "102", "name": "Climbing"}, {"id": "103", "name": "Chess"}]);
    let values = serde_json::json!({"pins": {"pinned_conversation_ids": ["101", "102"]}, "groups": groups});
    Cache::new(&paths, Identity::new(GROUPME, "7")).save(&values).unwrap();
    let ask = |words: &[&str]| {
        let mut ask = bare(&[&["--"], words].concat());
        ask.env("HOME", shell.home.path()).env("XDG_CACHE_HOME", shell.home.path().join("cache")).env("LAPEL_COMPLETE", "fish");
        let answer = ask.assert().success().get_output().stdout.clone();
        String::from_utf8(answer).unwrap().lines().filter(|line| !line.starts_with("--")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ask(&["lapel", "pins", "move", ""]), ["Family\t101", "Climbing\t102"]);
    assert_eq!(ask(&["lapel", "pins", "top", "101", "climb"]), ["Climbing\t102"]);
    assert_eq!(ask(&["lapel", "pins", "add", ""]), ["Chess\t103"]);
    assert!(ask(&["lapel", "pins", "move", "101", "10"]).is_empty(), "a position is no pin");
}

#[test]
fn a_command_that_reads_names_keeps_them_for_completing() {
    let shell = Shell::new();
    let ask = || {
        let mut ask = bare(&["--", "lapel", "pins", "top", "Cl"]);
        ask.env("HOME", shell.home.path()).env("LAPEL_SERVER", shell.sandbox.url()).env("LAPEL_COMPLETE", "fish");
        String::from_utf8(ask.assert().success().get_output().stdout.clone()).unwrap()
    };
    shell.output(&["pins", "--dry-run"]);
    assert_eq!(ask(), "", "a dry run keeps nothing");
    shell.output(&["pins"]);
    assert_eq!(ask(), "Climbing\t98905970\n");
}

#[test]
fn every_command_has_a_page_that_renders_without_a_warning() {
    let dir = tempfile::tempdir().unwrap();
    bare(&["man", "--dir", dir.path().to_str().unwrap()]).assert().success();
    let pages: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(pages.len() > 40 && pages.iter().any(|page| page.ends_with("lapel-campus-set.1")), "{pages:?}");
    if has("groff") {
        let formatted =
            Command::new("groff").env_clear().envs(surroundings()).args(["-man", "-Tutf8", "-ww"]).args(&pages).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&formatted.stderr), "");
    }
    let set = String::from_utf8(bare(&["man", "set"]).assert().success().get_output().stdout.clone()).unwrap();
    for part in [".SH EXAMPLES", ".SH \"EXIT STATUS\"", "bio=@bio.txt", ".SH \"SEE ALSO\""] {
        assert!(set.contains(part), "no {part} in {set}");
    }
    assert!(super::said(&bare(&["man", "nothing"]).assert().code(2)).contains("there is no page of nothing"));
}
