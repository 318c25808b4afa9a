//! `lapel man`: the manual pages, one a command, from the command line itself and the tables beside it.

use std::io;
use std::path::Path;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};
use serde_json::json;

use super::args::{Global, ManArgs};
use super::exit::{CODES, DONE, Failure};
use super::tables::{ENVIRONMENT, FILES};
use super::{examples, output};
use crate::base::bindings::BINDINGS;
use crate::io::user_file;
use crate::io::words::words;

/// Prints a page, or writes all of them into a folder.
pub(super) fn run(global: &Global, wanted: &ManArgs) -> Result<(), Failure> {
    let mut command = examples::command();
    command.build();
    if let Some(folder) = &wanted.dir {
        return write_all(global, &command, folder);
    }
    let mut sub = &command;
    for name in &wanted.command {
        let names = || sub.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join(", ");
        sub = sub.find_subcommand(name).ok_or_else(|| Failure::usage(format!("there is no page of {name}; there are {}", names())))?;
    }
    let page = page(sub, &wanted.command.join(" "))?;
    if global.json { output::json(&json!({"page": page})) } else { output::line(page) }
}

fn write_all(global: &Global, command: &Command, folder: &Path) -> Result<(), Failure> {
    let mut open: Vec<(&Command, String)> = vec![(command, String::new())];
    while let Some((command, name)) = open.pop() {
        let path = folder.join(format!("{}.1", format!("lapel {name}").trim().replace(' ', "-")));
        if global.dry_run {
            output::note(format!("Would write {}.", path.display()));
        } else {
            let text = page(command, &name)? + "\n";
            user_file::write(&path, text.as_bytes()).map_err(|error| Failure::failed(error.to_string()))?;
        }
        let subs = command.get_subcommands().filter(|sub| is_shown(sub));
        open.extend(subs.map(|sub| (sub, format!("{name} {}", sub.get_name()).trim().to_owned())));
    }
    if global.json { output::json(&json!({"folder": folder.to_string_lossy()})) } else { Ok(()) }
}

/// A page in ASCII: what formatters make of other bytes depends on how they are called.
fn page(command: &Command, name: &str) -> Result<String, Failure> {
    let page =
        render(command, name).map_err(|error| Failure::failed(format!("the manual page could not be written: {}", words(&error))))?;
    let escape = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) };
    Ok(String::from_utf8_lossy(&page).trim_end().chars().map(escape).collect())
}

fn render(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let full = format!("lapel {name}").trim().to_owned();
    let dashed = full.replace(' ', "-");
    // What stands at the end of a help text has sections of its own here.
    let bare = command.clone().after_help(None::<&str>).after_long_help(None::<&str>);
    let man = Man::new(bare).manual("Lapel").title(dashed);
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    let mut page = Roff::new();
    if command.has_subcommands() {
        page.control("SH", ["COMMANDS"]);
        commands(&mut page, command, &full);
    }
    page.control("SH", ["EXAMPLES"]);
    for (typed, does) in examples::of(name) {
        row(&mut page, typed, &capitalised(does));
    }
    if name.is_empty() {
        page.control("SH", ["KEYS"]);
        page.text([roman("In the editor ? shows the keys of the screen in front; the settings can change all of them.")]);
        let mut scope = None;
        for binding in BINDINGS.iter().filter(|binding| !binding.keys.is_empty() && !binding.help.is_empty()) {
            if scope.replace(binding.scope) != Some(binding.scope) {
                page.control("SS", [binding.scope.title()]);
            }
            row(&mut page, &binding.keys.join(", "), &capitalised(binding.help));
        }
        page.control("SH", ["FILES"]);
        for (file, meaning) in FILES {
            row(&mut page, file, meaning);
        }
        page.control("SH", ["ENVIRONMENT"]);
        for (name, meaning) in ENVIRONMENT {
            row(&mut page, name, meaning);
        }
    }
    page.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in std::iter::once(&DONE).chain(CODES) {
        row(&mut page, &code.to_string(), meaning);
    }
    page.control("SH", ["SEE ALSO"]);
    let others: Vec<String> = command
        .get_subcommands()
        .filter(|sub| is_shown(sub))
        .map(|sub| format!("{}-{}(1)", full.replace(' ', "-"), sub.get_name()))
        .collect();
    let parent = full.rsplit_once(' ').map(|(parent, _)| format!("{}(1)", parent.replace(' ', "-")));
    page.text([roman(parent.into_iter().chain(others).collect::<Vec<_>>().join(", "))]);
    page.to_writer(&mut out)?;
    Ok(out)
}

fn row(page: &mut Roff, term: &str, meaning: &str) {
    page.control("TP", []);
    page.text([bold(term)]);
    page.text([roman(meaning)]);
}

/// The commands below one, with what they take.
fn commands(page: &mut Roff, command: &Command, name: &str) {
    for sub in command.get_subcommands().filter(|sub| is_shown(sub)) {
        let full = format!("{name} {}", sub.get_name());
        page.control("TP", []);
        let mut usage = vec![bold(full.as_str())];
        for argument in sub.get_arguments().filter(|argument| argument.is_positional() && !argument.is_global_set()) {
            usage.extend([roman(" "), italic(argument.to_string())]);
        }
        page.text(usage);
        page.text([roman(sentence(&sub.get_about().map(ToString::to_string).unwrap_or_default()))]);
        commands(page, sub, &full);
    }
}

fn is_shown(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

/// Help on one line, ended like a sentence.
fn sentence(help: &str) -> String {
    let text = help.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.ends_with('.') { text } else { text + "." }
}

fn capitalised(text: &str) -> String {
    sentence(&crate::domain::text::capitalised(text))
}
