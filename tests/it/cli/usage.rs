//! How the program is used, and what it says when it is used wrongly.

use std::process::Stdio;

use lapel::sandbox::{FaultKind, ScriptedFault};

use super::{Shell, bare, program, said};

#[test]
fn without_a_terminal_the_bare_command_prints_help_and_fails() {
    for args in [&[][..], &["--demo"]] {
        let assert = bare(args).assert().code(2);
        assert!(assert.get_output().stdout.is_empty());
        let text = said(&assert);
        assert!(text.contains("Usage: lapel") && !text.contains("lapel: "), "{text}");
    }
}

#[test]
fn every_error_begins_with_the_programs_name() {
    let shell = Shell::new();
    for args in [&["nothing"][..], &["show", "--nothing"], &["show", "nothing"], &["status", "--server", "nonsense"], &["completions"]] {
        let text = shell.fails(2, args);
        assert!(text.starts_with("lapel: "), "{args:?}: {text}");
    }
    let text = said(&shell.signed_out(&["show"]).assert().code(4));
    assert!(text.starts_with("lapel: ") && text.lines().count() == 1, "{text}");
}

#[test]
fn help_is_to_be_had_in_every_way_and_fits_eighty_columns() {
    let mut command = <lapel::cli::args::Args as clap::CommandFactory>::command();
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let out = |args: &[&str]| String::from_utf8(bare(args).assert().success().get_output().stdout.clone()).unwrap();
    let mut texts = vec![out(&["--help"]), out(&["-h"]), out(&["help"])];
    for name in names.iter().filter(|name| *name != "help") {
        let text = out(&[name, "--help"]);
        assert_eq!(out(&["help", name]), text);
        texts.extend([text, out(&[name, "-h"])]);
    }
    for text in texts {
        let wide = text.lines().find(|line| line.chars().count() > 80);
        assert!(text.contains("Usage: lapel") && wide.is_none(), "{wide:?} in\n{text}");
    }
    let number = format!("lapel {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(out(&["-V"]), number);
    let long = out(&["--version"]);
    assert!(long.starts_with(&number) && long.contains("\ncommit: ") && long.contains("\nfeatures: "), "{long}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let shell = Shell::new();
    for args in [&["show"][..], &["config"], &["man"], &["--help"], &["completions", "zsh"]] {
        let mut command = program(args);
        command.env("HOME", shell.home.path()).env("LAPEL_SERVER", shell.sandbox.url());
        command.env("GROUPME_TOKEN", shell.sandbox.token()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}: {:?}", output.status);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn an_empty_server_counts_as_none_and_the_demo_wins_over_the_variable() {
    let shell = Shell::new();
    let mut logout = shell.signed_out(&["logout"]);
    logout.env("LAPEL_SERVER", "").assert().success();
    let demo = shell.lapel(&["--demo", "status"]).env("LAPEL_SERVER", "http://127.0.0.1:9").assert().success();
    assert!(String::from_utf8_lossy(&demo.get_output().stdout).contains("sandbox"));
    shell.fails(2, &["--demo", "--server", "http://127.0.0.1:9", "status"]);
}

#[test]
fn no_error_of_the_system_is_told_by_its_number() {
    let shell = Shell::new();
    let path = |name: &str| shell.home.path().join(name).display().to_string();
    std::fs::write(path("file"), "").unwrap();
    let (folder, file, below, long) = (path(""), path("file"), path("file/below"), path(&"x".repeat(300)));
    let of_file = |below: &str| format!("bio=@{below}");
    for args in [
        &["apply", &folder][..],
        &["apply", &long],
        &["apply", &below],
        &["diff", &folder],
        &["export", &folder],
        &["export", &below],
        &["export", &long],
        &["upload", &folder],
        &["upload", &below],
        &["upload", &path("none")],
        &["set", "-y", &of_file(&folder)],
        &["set", "-y", &of_file(&below)],
        &["show", "--server", "http://127.0.0.1:1"],
        &["sandbox", "--listen", shell.sandbox.url().trim_start_matches("http://")],
    ] {
        let text = said(&shell.lapel(args).assert().failure());
        assert!(!text.contains("os error"), "{args:?}: {text}");
    }
    for home in [&file, &below] {
        for args in [&["show"][..], &["config"], &["status"], &["pins", "history"]] {
            let assert = shell.lapel(args).env("HOME", home).assert();
            let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
            assert!(!text.contains("os error"), "{args:?} with the home {home}: {text}");
        }
    }
}

#[test]
fn quiet_says_nothing_but_what_goes_wrong_and_what_a_question_is_about() {
    let shell = Shell::new();
    for args in [&["set", "-yq", "zip=92145"][..], &["pins", "top", "-yq", "Climbing"], &["pins", "prune", "--quiet", "--dry-run"]] {
        let output = shell.lapel(args).assert().success().get_output().clone();
        let said = String::from_utf8(output.stderr).unwrap();
        // What a question would be about is not asked for here, but it is listed.
        assert!(said.is_empty() || args.contains(&"prune"), "{args:?}: {said}");
    }
    // Without --yes there has to be somebody to ask; what would be saved is said all the same.
    let text = shell.fails(2, &["set", "--quiet", "name=Ida"]);
    assert!(text.contains("Name: Isaac -> Ida") && text.contains("--yes"), "{text}");
    assert!(shell.fails(2, &["set", "--quiet", "name="]).contains("lapel: "));
}

#[test]
fn patience_is_what_the_command_line_says() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::always("GET /v3/users/me", FaultKind::Never));
    let text = shell.fails(5, &["show", "name", "--timeout", "1"]);
    assert!(text.contains("in time"), "{text}");
    assert!(shell.fails(2, &["show", "--timeout", "0"]).contains("--timeout"));
}
