//! The README's generated parts: pictures from real frames, tables from the tables the program runs on.
//!
//! A test fails when one drifts; `LAPEL_BLESS=1 cargo test docs` writes them anew.

mod dependencies;
#[path = "../../../examples/client.rs"]
mod example;
mod svg;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use lapel::base::Scope;
use lapel::base::{Keymap, key};
use lapel::cli::args::Args;
use lapel::cli::exit::CODES;
use strum::IntoEnumIterator;

use crate::flows::TestApp;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn blessing() -> bool {
    std::env::var_os("LAPEL_BLESS").is_some()
}

/// Holds a generated file against what it should be.
fn check_file(name: &str, wanted: &str) {
    if blessing() {
        std::fs::write(file(name), wanted).unwrap();
    }
    let found = std::fs::read_to_string(file(name)).unwrap_or_default();
    assert!(found == wanted, "{name} has drifted; look at what changed, then run: LAPEL_BLESS=1 cargo test docs");
}

/// Holds the part of the README between the two markers of `name` against what it should be.
fn check_part(name: &str, wanted: &str) {
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let from = readme.find(&start).unwrap_or_else(|| panic!("README.md has no {start}")) + start.len();
    let to = from + readme[from..].find(&end).unwrap_or_else(|| panic!("README.md has no {end}"));
    check_file("README.md", &format!("{}{wanted}{}", &readme[..from], &readme[to..]));
}

/// Tests of one file must not write it at the same time.
static README: std::sync::Mutex<()> = std::sync::Mutex::new(());

#[test]
fn the_keys_in_the_readme_are_the_programs() {
    let keymap = Keymap::default();
    let mut table = String::new();
    for scope in Scope::iter() {
        let entries: Vec<_> = keymap.entries().iter().filter(|entry| entry.binding.scope == scope).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = writeln!(table, "\n**{}**\n\n| keys | what they do | name in `config.toml` |\n|---|---|---|", scope.title());
        for entry in entries {
            let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{}`", key::shown(*key).replace('|', "\\|"))).collect();
            let _ = writeln!(table, "| {} | {} | `{}` |", keys.join(" "), entry.binding.help, entry.binding.action.name());
        }
    }
    let _one = README.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    check_part("keys", &format!("{table}\n"));
}

#[test]
fn the_commands_in_the_readme_are_the_programs() {
    let mut command = Args::command();
    command.build();
    let mut text = String::from("```\n");
    list(&command, "lapel", &mut text);
    text.push_str("```\n\n| exit code | meaning |\n|---|---|\n| 0 | done, verified by reading back where the API allows it |\n");
    for (code, meaning) in CODES {
        let _ = writeln!(text, "| {code} | {meaning} |");
    }
    let _one = README.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    check_part("commands", &text);
}

/// A line for every command that does something, in the order of the program's help.
fn list(command: &clap::Command, name: &str, text: &mut String) {
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let full = format!("{name} {}", sub.get_name());
        let arguments: Vec<String> = sub.get_positionals().map(ToString::to_string).collect();
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        let usage = format!("{full} {}", arguments.join(" "));
        let _ = writeln!(text, "{:<42} {about}", usage.trim_end());
        list(sub, &full, text);
    }
}

#[tokio::test]
async fn the_pictures_in_the_readme_are_real_frames() {
    let mut app = TestApp::start().await;
    check_file("assets/screens/profile.svg", &svg::draw(&app.frame(), app.cursor()));
    app.keys("4").await;
    app.keys("j j space k k").await;
    check_file("assets/screens/pins.svg", &svg::draw(&app.frame(), app.cursor()));
    app.keys("esc alt-2 tab tab tab tab").await;
    app.types(" Ask me about kites.").await;
    check_file("assets/screens/edit.svg", &svg::draw(&app.frame(), app.cursor()));
}

#[test]
fn the_example_of_the_library_runs() {
    example::main().unwrap();
}
