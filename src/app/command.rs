//! What is on screen, as the command lines that do the same.

use super::model::Model;
use crate::base::SignInReason;

/// The commands, one a line, ready for a shell.
pub(super) fn lines(model: &Model) -> String {
    let start = start(model);
    let line = |words: Vec<String>| start.iter().chain(&words).map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
    model.screen().commands(&model.shared).into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The program, on the server and for the account at hand where a command would not take them anyway.
fn start(model: &Model) -> Vec<String> {
    let mut words = vec!["lapel".to_owned()];
    let session = &model.shared.session;
    if session.server.sandbox {
        words.push("--demo".to_owned());
        return words;
    }
    if let Some(address) = &model.address {
        words.extend(["--server".to_owned(), address.clone()]);
    }
    if let Some(SignInReason::First(Some(id))) = model.entrance.as_ref().filter(|_| !model.switched) {
        words.extend(["--account".to_owned(), id.as_str().to_owned()]);
    }
    words
}

/// A word as every shell takes it for one and the same.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    match word.split_once('=').filter(|(key, _)| key.chars().all(plain)) {
        Some((key, value)) => format!("{key}={}", in_quotes(value)),
        None => in_quotes(word),
    }
}

fn in_quotes(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_only_where_a_shell_would_take_it_apart() {
        for (word, shown) in [
            ("name=Isaac", "name=Isaac"),
            ("name=Isaac N", "name='Isaac N'"),
            ("bio=it's $5", r"bio='it'\''s $5'"),
            ("zip_code=", "zip_code="),
            ("1+2", "1+2"),
            ("a b", "'a b'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), shown, "{word}");
        }
    }
}
