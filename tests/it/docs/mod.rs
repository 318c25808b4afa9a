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
use lapel::base::keymap::KeymapEntry;
use lapel::base::{Action, Scope};
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

/// Holds the part of a page between the two markers of `name` against what it should be.
fn check_part(page: &str, name: &str, wanted: &str) {
    let readme = std::fs::read_to_string(file(page)).unwrap();
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let from = readme.find(&start).unwrap_or_else(|| panic!("{page} has no {start}")) + start.len();
    let to = from + readme[from..].find(&end).unwrap_or_else(|| panic!("{page} has no {end}"));
    check_file(page, &format!("{}{wanted}{}", &readme[..from], &readme[to..]));
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
            let _ = writeln!(table, "| {} | {} | `{}` |", keys(entry), entry.binding.help, entry.binding.action.name());
        }
    }
    check_part("docs/keys.md", "keys", &format!("{table}\n"));
    let few =
        FEW.map(|(scope, action)| keymap.entries().iter().find(|entry| (entry.binding.scope, entry.binding.action) == (scope, action)));
    let mut rows = String::from("| keys | what they do | where |\n|---|---|---|\n");
    for entry in few.map(Option::unwrap) {
        let _ = writeln!(rows, "| {} | {} | {} |", keys(entry), entry.binding.help, entry.binding.scope.title());
    }
    let _one = README.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    check_part("README.md", "few keys", &rows);
}

fn keys(entry: &KeymapEntry) -> String {
    entry.keys.iter().map(|key| format!("`{}`", key::shown(*key).replace('|', "\\|"))).collect::<Vec<_>>().join(" ")
}

/// The keys that somebody should know who decides whether to try it.
const FEW: [(Scope, Action); 12] = [
    (Scope::Screen, Action::Palette),
    (Scope::Screen, Action::ShowEdit),
    (Scope::Screen, Action::ShowPins),
    (Scope::Profile, Action::EditThis),
    (Scope::Profile, Action::Copy),
    (Scope::Profile, Action::Qr),
    (Scope::Form, Action::Save),
    (Scope::Pins, Action::Grab),
    (Scope::Pins, Action::Filter),
    (Scope::Pins, Action::Add),
    (Scope::Always, Action::PutBack),
    (Scope::Screen, Action::Quit),
];

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
    check_part("README.md", "commands", &text);
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
