//! Zsh, which quotes what it puts in, and is told each value with a word about it.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use super::own::{OwnShell, described};
use super::quote::{meaning, word};

/// `PREFIX` is what stands before the cursor, without the quote it may stand in. `compadd` quotes each value for that place.
const SCRIPT: &str = r#"#compdef lapel
_lapel() {
    local -a lines values shown more
    local line value
    local -a typed=("${words[@]}")
    typed[CURRENT]="$PREFIX"
    lines=("${(@f)$(VARIABLE=zsh LAPEL_COMPLETE_WORD=$((CURRENT - 1)) LAPEL -- "${typed[@]}" 2>/dev/null)}")
    for line in "${lines[@]}"; do
        [[ -n $line ]] || continue
        value="${line%%$'\t'*}"
        if [[ $value == *[=/] ]]; then more+=("$value"); continue; fi
        values+=("$value")
        if [[ $line == *$'\t'?* ]]; then shown+=("$value  (${line#*$'\t'})"); else shown+=("$value"); fi
    done
    (( $#more )) && compadd -V values -S '' -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a more
    (( $#values )) && compadd -V values -l -d shown -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a values
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -D; }
compdef _lapel lapel
"#;

/// Zsh's side of completing.
pub(super) const ZSH: OwnShell = OwnShell { name: "zsh", script: SCRIPT, answer };

fn answer(command: &mut clap::Command, words: &[OsString], folder: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    let at = word(words);
    let words: Vec<OsString> = words.iter().map(|word| meaning(&word.to_string_lossy()).into()).collect();
    described(command, words, at, folder, out)
}
