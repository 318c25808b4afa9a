//! What a person has typed of a word, quotes and all, and what may stand in its place: text of others must never be run or open a quote.

use std::ffi::OsString;

/// Which word the cursor is in, from 0.
const WORD: &str = "LAPEL_COMPLETE_WORD";

/// The place of the word that the cursor is in, as the shell says.
pub(super) fn word(words: &[OsString]) -> usize {
    let told = std::env::var(WORD).ok().and_then(|word| word.parse().ok());
    told.unwrap_or(words.len().saturating_sub(1))
}

/// The quote that the word being completed stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    None,
    Double,
    Single,
}

impl Quote {
    /// The quote that a word begins with.
    pub(super) fn of(word: &str) -> Self {
        match word.as_bytes().first() {
            Some(b'"') => Self::Double,
            Some(b'\'') => Self::Single,
            _ => Self::None,
        }
    }
}

/// What a word means that may end within a quote, as far as shells agree on it.
pub(super) fn meaning(word: &str) -> String {
    let mut meaning = String::new();
    let (mut quote, mut chars) = (Quote::None, word.chars().peekable());
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Quote::None, '"') => quote = Quote::Double,
            (Quote::None, '\'') => quote = Quote::Single,
            (Quote::Double, '"') | (Quote::Single, '\'') => quote = Quote::None,
            (Quote::None, '\\') => meaning.extend(chars.next()),
            (Quote::Double, '\\') if chars.peek().is_some_and(|next| "\\\"$`".contains(*next)) => meaning.extend(chars.next()),
            _ => meaning.push(c),
        }
    }
    meaning
}

/// Whether every shell takes a text for itself, without any quotes.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || "_./:=,@%+-#".contains(c)) && !text.starts_with(['@', '#', '=', '%'])
}

/// A text as bash and zsh take it literally within this quote; none where they cannot.
pub(super) fn quoted(text: &str, quote: Quote) -> Option<String> {
    let special: fn(char) -> bool = match quote {
        Quote::None => |c| !(c.is_alphanumeric() || "_./:=,@%+-".contains(c)),
        // History is expanded here too, and nothing keeps it from that.
        Quote::Double if text.contains('!') => return None,
        Quote::Double => |c| "\\\"$`".contains(c),
        Quote::Single if text.contains('\'') => return None,
        Quote::Single => |_| false,
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special(c) {
            out.push('\\');
        }
        out.push(c);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_understood_within_any_quote() {
        for (word, text) in [
            ("Soup\\ s", "Soup s"),
            ("\"Soup s", "Soup s"),
            ("'Soup s", "Soup s"),
            ("\"a\\\"b\\$c\\d\"", "a\"b$c\\d"),
            ("vis=\"h", "vis=h"),
            ("a'b'\\'", "ab'"),
            ("\\", ""),
        ] {
            assert_eq!(meaning(word), text, "{word}");
        }
    }

    #[test]
    fn what_is_put_in_means_itself_or_is_left_out() {
        for text in ["Soup swap", "$(touch x)", "`x`", "1;touch x", "a\"b", "a'b", "a\\b", "café", "x & y", "*", "~", "(x)", "hi!"] {
            for (quote, open) in [(Quote::None, ""), (Quote::Double, "\""), (Quote::Single, "'")] {
                let Some(written) = quoted(text, quote) else { continue };
                assert_eq!(shlex::split(&format!("{open}{written}{open}")), Some(vec![text.to_owned()]), "{written}");
            }
        }
        assert_eq!((quoted("hi!", Quote::Double), quoted("it's", Quote::Single)), (None, None));
        assert!(is_plain("98905953+118825642") && !is_plain("Soup swap") && !is_plain("@x") && !is_plain("$x"));
    }
}
