//! A shell that Lapel completes by a script of its own. What the answers look like is the shell's own file; nothing here knows a shell.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine;
use clap_complete::env::EnvCompleter;

/// Answers to the words typed so far, in this folder.
pub(super) type Completer = fn(&mut clap::Command, &[OsString], Option<&Path>, &mut dyn Write) -> io::Result<()>;

/// One of them.
pub(super) struct OwnShell {
    /// What the shell is called.
    pub(super) name: &'static str,
    /// What makes it ask; `VARIABLE` and ` LAPEL ` stand for the variable that says so and for the program.
    pub(super) script: &'static str,
    pub(super) answer: Completer,
}

impl EnvCompleter for OwnShell {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is(&self, name: &str) -> bool {
        name == self.name
    }

    fn write_registration(&self, variable: &str, _: &str, _: &str, program: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.script.replace("VARIABLE", variable).replace(" LAPEL ", &format!(" {program} ")).as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        (self.answer)(command, &words, folder, out)
    }
}

/// What the word at this place may be, a line each: the value, a tab, and a word about it.
pub(super) fn described(
    command: &mut clap::Command,
    words: Vec<OsString>,
    at: usize,
    folder: Option<&Path>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for candidate in engine::complete(command, words, at, folder)? {
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        writeln!(out, "{}\t{}", candidate.get_value().to_string_lossy(), help.lines().next().unwrap_or_default())?;
    }
    Ok(())
}
