//! Key names in texts come from the key table, or a text would go on naming a key that the user has moved.

use std::path::Path;

use super::{code, sources};

/// Files that may write the name of a key, with the reason.
const MAY: &[(&str, &str)] = &[
    ("base/key.rs", "it gives keys their names"),
    ("base/bindings.rs", "it is the table"),
    ("base/settings/write.rs", "it explains what a terminal can tell apart, not what Lapel does"),
    ("cli/sandbox.rs", "a server in the foreground has no key table"),
];

const NAMES: &[&str] = &["Enter", "Esc", "Tab", "Space", "Backspace", "PgUp", "PgDn", "Insert", "Delete"];
const MODIFIERS: &[&str] = &["Ctrl-", "Alt-", "Shift-"];

/// The texts in quotes of a line; escaped quotes end one early, which hides nothing but what follows them.
fn texts(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

fn is_key(word: &str) -> bool {
    let function = word.strip_prefix('F').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    function || NAMES.contains(&word) || MODIFIERS.iter().any(|modifier| word.len() > modifier.len() && word.starts_with(modifier))
}

#[test]
fn no_text_names_a_key_by_itself() {
    let names = |line: &str| texts(line).any(|text| text.split(|c: char| !c.is_alphanumeric() && c != '-').any(is_key));
    for (file, source) in sources() {
        let found = code(&source).find(|(_, line)| names(line));
        let may = MAY.iter().any(|(allowed, _)| Path::new(allowed) == file);
        if let (Some((number, line)), false) = (found, may) {
            panic!("src/{}:{number} names a key; ask the key table for it:\n{line}", file.display());
        }
    }
}
