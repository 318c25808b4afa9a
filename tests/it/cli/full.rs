//! Standard output that takes nothing: no command calls that a success, and what it did is still said.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Output, Stdio};

use super::dry_run::{commands, samples};
use super::{Shell, program};

/// Runs a command with everything it prints going to a device that is always full.
fn into_a_full_device(shell: &Shell, args: &[&str]) -> Output {
    let full = File::options().write(true).open("/dev/full").unwrap();
    program(args)
        .current_dir(shell.home.path())
        .env("HOME", shell.home.path())
        .env("LAPEL_SERVER", shell.sandbox.url())
        .env("GROUPME_TOKEN", shell.sandbox.token())
        .stdin(Stdio::null())
        .stdout(full)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn no_command_that_prints_succeeds_without_its_output() {
    let shell = Shell::new();
    let home = shell.home.path();
    shell.lapel(&["set", "-y", "bio=new"]).assert().success();
    shell.lapel(&["pins", "top", "-y", "Climbing"]).assert().success();
    fs::write(home.join("edited.toml"), "[profile]\nname = \"Ida\"\n").unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/avatar.jpeg"), home.join("a.jpeg")).unwrap();
    let mut silent = Vec::new();
    for command in commands() {
        let args: Vec<&str> = command.split(' ').chain(samples(&command).iter().copied()).chain(["--dry-run", "--yes"]).collect();
        let prints = !shell.lapel(&args).current_dir(home).output().unwrap().stdout.is_empty();
        let output = into_a_full_device(&shell, &args);
        if prints {
            assert!(said(&output).contains("standard output could not be written"), "{command}: {}", said(&output));
            assert!(!output.status.success(), "{command}");
        } else {
            silent.push(command);
        }
    }
    assert!(silent.len() < commands().len() / 2, "{silent:?} print nothing");
    for args in [["--help"], ["--version"]] {
        assert_eq!(into_a_full_device(&shell, &args).status.code(), Some(9), "{args:?}");
    }
}

#[test]
fn what_exists_nowhere_else_is_said_where_it_cannot_be_printed() {
    let shell = Shell::new();
    let output = into_a_full_device(&shell, &["share", "new", "-y"]);
    let link = shell.sandbox.world()["account"]["share_url"].as_str().unwrap().to_owned();
    assert!(said(&output).contains(&link), "{}", said(&output));
    assert_eq!(output.status.code(), Some(9));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let shell = Shell::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut show = program(&["show"]);
    show.env("HOME", shell.home.path()).env("LAPEL_SERVER", shell.sandbox.url()).env("GROUPME_TOKEN", shell.sandbox.token());
    let output = show.stdout(writer).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
}

#[test]
fn what_was_saved_is_said_where_it_cannot_be_printed() {
    let shell = Shell::new();
    let home = shell.home.path();
    fs::write(home.join("edited.toml"), "[profile]\nname = \"Ida\"\n").unwrap();
    shell.lapel(&["set", "-y", "bio=new"]).assert().success();
    for (args, told) in [
        (&["apply", "-y", "--json", "edited.toml"][..], "\"saved\""),
        (&["restore", "-y", "--json", "1"], "\"saved\""),
        (&["set", "-y", "--json", "zip=92145"], "\"saved\""),
        (&["campus", "set", "-y", "--json", "year=2027"], "\"saved\""),
        (&["share", "new", "-y", "--json"], "share_url"),
    ] {
        let output = into_a_full_device(&shell, args);
        assert_eq!(output.status.code(), Some(9), "{args:?}: {}", said(&output));
        assert!(said(&output).contains(told), "{args:?}: {}", said(&output));
    }
    // Not even a full device: a closed output is the null device by the time the program looks.
    let null = Stdio::null();
    let mut new = program(&["share", "new", "-y"]);
    new.env("HOME", home).env("LAPEL_SERVER", shell.sandbox.url()).env("GROUPME_TOKEN", shell.sandbox.token());
    let output = new.stdin(Stdio::null()).stdout(null).output().unwrap();
    let link = shell.sandbox.world()["account"]["share_url"].as_str().unwrap().to_owned();
    assert!(output.status.success() && said(&output).contains(&link), "{}", said(&output));
}
