//! `--dry-run`: no command changes anything, on the server or on this computer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use lapel::cli::args::Args;

use super::{Shell, said};

/// What to write behind each command, so that it would change something if it could.
pub(super) fn samples(command: &str) -> &'static [&'static str] {
    match command {
        "show" => &["--settings"],
        "doctor" => &["--report"],
        "campus show" | "pins list" | "pins prune" | "pins history" | "history" | "logout" | "status" | "config" | "man" | "schema"
        | "share show" | "share on" | "share off" | "share new" | "share qr" | "sms show" | "sms off" | "sandbox" | "login" | "majors"
        | "interests" => &[],
        "set" => &["name=Isa", "zip=92145"],
        "campus set" => &["year=2027", "majors=2102"],
        "pins move" => &["Climbing", "1"],
        "pins top" | "pins bottom" | "pins remove" => &["Climbing"],
        "pins add" => &["Soup swap"],
        "pins restore" | "restore" => &["1"],
        "sms on" => &["3"],
        "export" => &["new.toml"],
        "diff" | "apply" => &["edited.toml"],
        "upload" => &["a.jpeg"],
        "completions" => &["bash"],
        other => panic!("{other} has no sample: what does --dry-run make of it?"),
    }
}

/// Every command that does something, by its words.
pub(super) fn commands() -> Vec<String> {
    fn leaves(command: &clap::Command, before: &str, all: &mut Vec<String>) {
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            let words = format!("{before} {}", sub.get_name()).trim().to_owned();
            if sub.has_subcommands() { leaves(sub, &words, all) } else { all.push(words) }
        }
    }
    let mut all = Vec::new();
    leaves(&Args::command(), "", &mut all);
    all
}

/// Every file below a folder, with what it holds.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { drop(all.insert(path.clone(), fs::read(&path).unwrap())) }
    }
    all
}

#[test]
fn no_command_changes_anything() {
    let shell = Shell::new();
    let token = format!("{}\n", shell.sandbox.token());
    // A token in a file, an earlier profile and an earlier list to go back to, an edited file, and a picture.
    said(&shell.signed_out(&["login", "--yes"]).write_stdin(token.clone()).assert().success());
    said(&shell.lapel(&["set", "-y", "bio=new"]).assert().success());
    said(&shell.lapel(&["pins", "top", "-y", "Climbing"]).assert().success());
    let home = shell.home.path();
    fs::write(home.join("edited.toml"), "[profile]\nname = \"Ida\"\n[pins]\npinned_conversation_ids = []\n").unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/avatar.jpeg");
    fs::copy(picture, home.join("a.jpeg")).unwrap();
    let before = (files(home), shell.writes(), shell.sandbox.world());
    for command in commands() {
        let args: Vec<&str> = command.split(' ').chain(samples(&command).iter().copied()).chain(["--dry-run", "--yes"]).collect();
        let output = shell.signed_out(&args).current_dir(home).write_stdin(token.clone()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || command == "doctor", "{command}: {told}");
        assert_eq!(shell.writes(), before.1, "{command}");
        assert_eq!(shell.sandbox.world(), before.2, "{command}");
        assert_eq!(files(home), before.0, "{command}");
        assert!(!output.stdout.is_empty() || !output.stderr.is_empty() || ["diff"].contains(&&*command), "{command} said nothing");
    }
}
