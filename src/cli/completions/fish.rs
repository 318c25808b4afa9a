//! Fish, which quotes what it puts in.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine;
use clap_complete::env::EnvCompleter;

use super::quote::meaning;

/// The last word is what stands before the cursor, quotes and all.
const SCRIPT: &str = r"complete --keep-order --no-files --command lapel --arguments '(VARIABLE=fish LAPEL -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor))'
";

/// Fish's side of completing.
pub(super) struct Fish;

impl EnvCompleter for Fish {
    fn name(&self) -> &'static str {
        "fish"
    }

    fn is(&self, name: &str) -> bool {
        name == "fish"
    }

    fn write_registration(&self, variable: &str, _: &str, _: &str, program: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(SCRIPT.replace("VARIABLE", variable).replace(" LAPEL ", &format!(" {program} ")).as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        mut words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let at = words.len().saturating_sub(1);
        // The words before it come without their quotes already.
        if let Some(last) = words.last_mut() {
            *last = meaning(&last.to_string_lossy()).into();
        }
        for candidate in engine::complete(command, words, at, folder)? {
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            writeln!(out, "{}\t{}", candidate.get_value().to_string_lossy(), help.lines().next().unwrap_or_default())?;
        }
        Ok(())
    }
}
