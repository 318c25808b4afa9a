//! `lapel completions SHELL`, and the answers to what the shell then asks.
//!
//! The script is small and fixed: at every Tab it runs `lapel` itself with `LAPEL_COMPLETE` set, so that a command, field or pinned
//! conversation is completed the moment it exists. Answering reads the cache at most; it never asks a keyring, a command or the
//! network.

mod bash;
mod conversations;
mod fish;
mod known;
mod own;
mod quote;
mod value;
mod values;
mod zsh;

use std::ffi::OsStr;

use clap::CommandFactory;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::{Elvish, Powershell, Shells};
use clap_complete::{CompleteEnv, Shell};
use serde_json::json;

use super::args::{Args, Global};
use super::exit::Failure;
use super::output;
use crate::io::words::words;
use bash::BASH;
use fish::FISH;
use values::VALUES;
use zsh::ZSH;

/// The variable by which a shell says that it wants to complete something; its value is the shell's name.
const VARIABLE: &str = "LAPEL_COMPLETE";

/// The shells that quote what they put in, or have it quoted here.
const QUOTING: [&str; 4] = ["bash", "elvish", "fish", "zsh"];

const SHELLS: Shells<'static> = Shells(&[&BASH, &Elvish, &FISH, &Powershell, &ZSH]);

/// Prints what makes a shell complete `lapel`.
pub(super) fn print(global: &Global, shell: Shell) -> Result<(), Failure> {
    let name = shell.to_string();
    let shell = SHELLS.completer(&name).ok_or_else(|| Failure::usage(format!("{name} cannot be taught to complete lapel")))?;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "lapel", "lapel", "lapel", &mut script)
        .map_err(|error| Failure::failed(format!("the script could not be written: {}", words(&error))))?;
    let script = String::from_utf8_lossy(&script);
    let script = script.trim_end();
    if global.json { output::json(&json!({"shell": name, "script": script})) } else { output::line(script) }
}

/// Answers if a shell asks; otherwise nothing is done and false comes back.
pub fn answer() -> bool {
    let folder = std::env::current_dir().ok();
    // Trouble while completing has nowhere to be told: the shell is in the middle of somebody's line.
    // Asked for now: while it is answered the variable is gone.
    let quotes = std::env::var(VARIABLE).is_ok_and(|shell| QUOTING.contains(&shell.as_str()));
    CompleteEnv::with_factory(move || with_values(Args::command(), &[], quotes))
        .var(VARIABLE)
        .shells(SHELLS)
        .try_complete(std::env::args_os(), folder.as_deref())
        .unwrap_or(true)
}

/// The command line with its values; those that a shell may take amiss only where somebody `quotes` them.
fn with_values(command: clap::Command, path: &[&str], quotes: bool) -> clap::Command {
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    // Not `mut_arg`, which puts what it changed after all others: the first argument would be completed as the second.
    let command = command.mut_args(|argument| {
        let names = argument.get_value_names().unwrap_or_default();
        let row = VALUES.iter().find(|row| row.command == path && names.iter().any(|name| *name == row.argument));
        match row.map(|row| row.complete) {
            Some(complete) => argument.add(ArgValueCompleter::new(move |typed: &OsStr| values::candidates(complete, typed, quotes))),
            None => argument,
        }
    });
    subcommands.into_iter().fold(command, |command, name| {
        let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
        command.mut_subcommand(&name, |sub| with_values(sub, &path, quotes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row that names nothing would silently complete nothing.
    #[test]
    fn every_row_of_values_names_an_argument() {
        for row in VALUES {
            let command = row.command.iter().try_fold(Args::command(), |command, name| command.find_subcommand(name).cloned());
            let command = command.unwrap_or_else(|| panic!("there is no command {:?}", row.command));
            let named = |argument: &clap::Arg| argument.get_value_names().unwrap_or_default().iter().any(|name| *name == row.argument);
            assert!(command.get_arguments().any(named), "{:?} takes no {}", row.command, row.argument);
        }
    }
}
