//! What is on screen, as the command lines that do the same.

use super::model::Model;

/// The commands, one a line, ready for a shell.
pub(super) fn lines(model: &Model) -> String {
    let place = &model.shared.session.place;
    let start = if place.sandbox { "lapel --demo" } else { "lapel" };
    let line = |words: Vec<String>| words.iter().fold(start.to_owned(), |line, word| format!("{line} {}", quoted(word)));
    model.screen().commands(&model.shared).into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A word as every shell takes it for one and the same; a value that begins with `@` would name a file.
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
