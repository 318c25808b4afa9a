//! `lapel man`: the manual page, from the command line itself and the tables beside it.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};
use serde_json::json;

use super::args::{Args, Global};
use super::exit::{CODES, DONE, Failure};
use super::output;
use crate::io::words::words;

/// Variables that change what Lapel does, with what they do.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("GROUPME_TOKEN", "The token; before every other place."),
    ("LAPEL_SERVER", "The server to use instead of GroupMe's, like --server."),
    ("NO_COLOR", "If set and not empty, no colours."),
    ("TERM, COLORTERM", "What the terminal can do. TERM=dumb: no colours and no signs beyond ASCII."),
    ("LC_ALL, LC_CTYPE, LANG", "Without UTF-8 in the first that is set, signs and frames are ASCII."),
    ("VISUAL, EDITOR", "The editor for longer texts."),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Other places for the files above."),
];

/// Files Lapel reads and writes, with what is in them.
const FILES: &[(&str, &str)] = &[
    ("~/.config/lapel/config.toml", "Your settings; Lapel only reads them. `lapel config` prints all of them."),
    ("~/.local/state/lapel/drafts/", "Unsaved edits, until they are saved or discarded."),
    ("~/.local/state/lapel/history/", "Earlier profiles and pin lists."),
    ("~/.local/state/lapel/tokens/", "The token, only if you chose a file for it."),
    ("~/.local/state/lapel/lapel.log", "What went wrong, without the token."),
    ("~/.cache/lapel/", "Names and last values, so that the next start shows something at once."),
];

/// Prints the page.
pub(super) fn print(global: &Global) -> Result<(), Failure> {
    let page = page().map_err(|error| Failure::failed(format!("the manual page could not be written: {}", words(&error))))?;
    let page = escaped(String::from_utf8_lossy(&page).trim_end());
    if global.json { output::json(&json!({"page": page})) } else { output::line(page) }
}

/// The page in ASCII: what formatters make of other bytes depends on how they are called.
fn escaped(page: &str) -> String {
    let escape = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) };
    page.chars().map(escape).collect()
}

fn page() -> io::Result<Vec<u8>> {
    let man = Man::new(Args::command()).manual("Lapel");
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    let mut page = Roff::new();
    page.control("SH", ["COMMANDS"]);
    let mut command = Args::command();
    command.build();
    commands(&mut page, &command, "lapel");
    page.control("SH", ["EXIT STATUS"]);
    let codes = std::iter::once(&DONE).chain(CODES).map(|(code, meaning)| (code.to_string(), *meaning));
    for (code, meaning) in codes {
        row(&mut page, &code, meaning);
    }
    page.control("SH", ["FILES"]);
    for (file, meaning) in FILES {
        row(&mut page, file, meaning);
    }
    page.control("SH", ["ENVIRONMENT"]);
    for (name, meaning) in ENVIRONMENT {
        row(&mut page, name, meaning);
    }
    page.to_writer(&mut out)?;
    Ok(out)
}

fn row(page: &mut Roff, term: &str, meaning: &str) {
    page.control("TP", []);
    page.text([bold(term)]);
    page.text([roman(meaning)]);
}

/// Every command that does something, with what it takes.
fn commands(page: &mut Roff, command: &clap::Command, name: &str) {
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let full = format!("{name} {}", sub.get_name());
        let arguments: Vec<&clap::Arg> = sub.get_arguments().filter(|arg| !arg.is_global_set() && !is_of_every_command(arg)).collect();
        page.control("TP", []);
        let mut usage = vec![bold(full.as_str())];
        for argument in &arguments {
            usage
                .extend([roman(" "), if argument.is_positional() { italic(argument.to_string()) } else { roman(format!("[{argument}]")) }]);
        }
        page.text(usage);
        page.text([roman(sentence(&sub.get_long_about().or(sub.get_about()).map(ToString::to_string).unwrap_or_default()))]);
        if !arguments.is_empty() {
            page.control("RS", []);
            for argument in arguments {
                page.control("TP", []);
                page.text([bold(argument.to_string())]);
                page.text([roman(sentence(&argument.get_help().map(ToString::to_string).unwrap_or_default()))]);
            }
            page.control("RE", []);
        }
        commands(page, sub, &full);
    }
}

fn is_of_every_command(argument: &clap::Arg) -> bool {
    ["help", "version"].contains(&argument.get_id().as_str())
}

/// Help on one line, ended like a sentence.
fn sentence(help: &str) -> String {
    let text = help.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.ends_with('.') { text } else { text + "." }
}
