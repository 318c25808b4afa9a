//! Bash, which splits words at `=` and does not say so: `visibility=hid` arrives as three words.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine;

use super::own::OwnShell;
use super::quote::{Quote, meaning, quoted, word};

/// The quote that the cursor's word stands in.
const QUOTE: &str = "LAPEL_COMPLETE_QUOTE";

/// Works with bash 3.2, which macOS has, too; the part of a word before the cursor is `$2`.
const SCRIPT: &str = r#"_lapel() {
    local words=("${COMP_WORDS[@]}") line quote="${COMP_WORDS[COMP_CWORD]:0:1}"
    [[ -z ${words[COMP_CWORD]//[=:@]/} ]] || words[COMP_CWORD]="$2"
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(VARIABLE=bash LAPEL_COMPLETE_WORD="$COMP_CWORD" LAPEL_COMPLETE_QUOTE="$quote" LAPEL -- "${words[@]}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null || true
    fi
}
complete -o nosort -F _lapel lapel 2>/dev/null || complete -F _lapel lapel
"#;

/// Bash's side of completing.
pub(super) const BASH: OwnShell = OwnShell { name: "bash", script: SCRIPT, answer };

fn answer(command: &mut clap::Command, words: &[OsString], folder: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    let quote = std::env::var(QUOTE).map_or(Quote::None, |quote| Quote::of(&quote));
    let (words, at, kept) = rejoin(words.iter().map(|word| word.to_string_lossy()), word(words));
    let words: Vec<OsString> = words.iter().map(|word| meaning(word).into()).collect();
    for candidate in engine::complete(command, words, at, folder)? {
        let value = candidate.get_value().to_string_lossy();
        if let Some(value) = quoted(value.get(meaning(&kept).len()..).unwrap_or(&value), quote) {
            writeln!(out, "{value}")?;
        }
    }
    Ok(())
}

/// Puts the words together again that bash split at `=`, `:` and `@`, and says where the cursor's word went and what of that word stays
/// before the answer.
fn rejoin<'a>(words: impl Iterator<Item = Cow<'a, str>>, cursor: usize) -> (Vec<String>, usize, String) {
    let mut joined: Vec<String> = Vec::new();
    let (mut at, mut kept) = (0, String::new());
    let mut open = false;
    for (i, word) in words.enumerate() {
        let sign = !word.is_empty() && word.chars().all(|c| "=:@".contains(c));
        match joined.last_mut() {
            // The program's own name, and a sign of its own, are words.
            Some(last) if i > 1 && (sign || open) => {
                // Of the signs, @ is one that bash splits at and then takes for a part of the cursor's word.
                let word = if i == cursor && last.ends_with('@') { word.strip_prefix('@').unwrap_or(&word) } else { &word };
                if i == cursor {
                    let before = format!("{last}{}", if sign { word } else { "" });
                    before.strip_suffix('@').unwrap_or(&before).clone_into(&mut kept);
                }
                last.push_str(word);
            }
            _ => joined.push(word.into_owned()),
        }
        open = sign;
        if i <= cursor {
            at = joined.len() - 1;
        }
    }
    (joined, at, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_split_at_the_sign_are_put_together() {
        for (words, cursor, joined, at, kept) in [
            (&["lapel", "set", "bio", "=", "x"][..], 4, &["lapel", "set", "bio=x"][..], 2, "bio="),
            (&["lapel", "set", "bio", "="], 3, &["lapel", "set", "bio="], 2, "bio="),
            (&["lapel", "set", "bio", "=", "x", "na"], 5, &["lapel", "set", "bio=x", "na"], 3, ""),
            (&["lapel", "set", "bio", "=", "x", ""], 5, &["lapel", "set", "bio=x", ""], 3, ""),
            (&["lapel", "set", "bio=x"], 2, &["lapel", "set", "bio=x"], 2, ""),
            (&["lapel", "pins", "add", "a", ":", "b"], 5, &["lapel", "pins", "add", "a:b"], 3, "a:"),
            (&["lapel", "set", "bio", "=@", "@fi"], 4, &["lapel", "set", "bio=@fi"], 2, "bio="),
            (&["lapel", "set", "bio", "=@"], 3, &["lapel", "set", "bio=@"], 2, "bio="),
            (&["lapel", "show", "na"], 2, &["lapel", "show", "na"], 2, ""),
            (&["lapel", "="], 1, &["lapel", "="], 1, ""),
        ] {
            let found = rejoin(words.iter().map(|word| (*word).into()), cursor);
            assert_eq!(found, (joined.iter().map(ToString::to_string).collect(), at, kept.to_owned()), "{words:?}");
        }
    }
}
