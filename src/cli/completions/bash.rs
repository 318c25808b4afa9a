//! Bash, which splits words at `=` and does not say so: `visibility=hid` arrives as three words.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine;
use clap_complete::env::EnvCompleter;

/// Which word the cursor is in, from 0.
const WORD: &str = "LAPEL_COMPLETE_WORD";

/// Works with bash 3.2, which macOS has, too; the part of a word before the cursor is `$2`.
const SCRIPT: &str = r#"_lapel() {
    local words=("${COMP_WORDS[@]}") line
    [[ ${words[COMP_CWORD]} == '=' ]] || words[COMP_CWORD]="$2"
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(VARIABLE=bash LAPEL_COMPLETE_WORD="$COMP_CWORD" LAPEL -- "${words[@]}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null || true
    fi
}
complete -o default -o nosort -F _lapel lapel 2>/dev/null || complete -o default -F _lapel lapel
"#;

/// Bash's side of completing.
pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(&self, variable: &str, _: &str, _: &str, program: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(SCRIPT.replace("VARIABLE", variable).replace(" LAPEL ", &format!(" {program} ")).as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let word = std::env::var(WORD).ok().and_then(|word| word.parse().ok()).unwrap_or(words.len().saturating_sub(1));
        let (words, word) = rejoin(words, word);
        // Bash puts the answer in place of what follows the last =.
        let kept = words.get(word).and_then(|word| word.to_str()).and_then(|word| word.rfind('=')).map_or(0, |at| at + 1);
        for candidate in engine::complete(command, words, word, folder)? {
            let value = candidate.get_value().to_string_lossy();
            writeln!(out, "{}", value.get(kept..).unwrap_or(&value))?;
        }
        Ok(())
    }
}

/// Puts the words together again that bash split at `=`, and says where the cursor's word went.
fn rejoin(words: Vec<OsString>, cursor: usize) -> (Vec<OsString>, usize) {
    let mut joined: Vec<OsString> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for (i, word) in words.into_iter().enumerate() {
        let sign = word == "=";
        match joined.last_mut() {
            // The program's own name, and an = of its own, are words.
            Some(last) if i > 1 && (sign || open) => last.push(&word),
            _ => joined.push(word),
        }
        open = sign;
        if i <= cursor {
            at = joined.len() - 1;
        }
    }
    (joined, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_split_at_the_sign_are_put_together() {
        for (words, cursor, joined, at) in [
            (&["lapel", "set", "bio", "=", "x"][..], 4, &["lapel", "set", "bio=x"][..], 2),
            (&["lapel", "set", "bio", "="], 3, &["lapel", "set", "bio="], 2),
            (&["lapel", "set", "bio", "=", "x", "na"], 5, &["lapel", "set", "bio=x", "na"], 3),
            (&["lapel", "set", "bio", "=", "x", ""], 5, &["lapel", "set", "bio=x", ""], 3),
            (&["lapel", "show", "na"], 2, &["lapel", "show", "na"], 2),
            (&["lapel", "="], 1, &["lapel", "="], 1),
        ] {
            let (found, place) = rejoin(words.iter().map(OsString::from).collect(), cursor);
            assert_eq!((found, place), (joined.iter().map(OsString::from).collect(), at), "{words:?}");
        }
    }
}
