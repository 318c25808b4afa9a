//! What a terminal types when files are dropped on it: paths quoted as a shell would read them, or `file:` addresses.
//!
//! Only spelling is looked at here; whether a file exists is seen where it is opened.

use percent_encoding::percent_decode_str;

/// The paths in a text, as the shell would take it apart; the text itself where it reads as no such thing, like a path with an
/// apostrophe or with spaces that nobody quoted.
pub fn paths(typed: &str) -> Vec<String> {
    let typed = typed.trim();
    // A backslash separates folders on Windows, and quotes are all there is to take off.
    let words = if is_windows(typed.trim_matches('"')) { vec![typed.trim_matches('"').to_owned()] } else { words(typed) };
    words.into_iter().map(|word| without_scheme(&word)).collect()
}

fn words(typed: &str) -> Vec<String> {
    let begins_a_path = |word: &String| word.starts_with(['/', '~']) || word.starts_with("file://");
    match shlex::split(typed) {
        // The shell takes `#` for the beginning of a comment, and no path ends there.
        Some(words) if words.len() == 1 && !typed.contains(" #") => words,
        Some(words) if words.len() > 1 && words.iter().all(begins_a_path) => words,
        _ => vec![typed.to_owned()],
    }
}

/// A host before the path is not looked at: over SSH it names the terminal's computer.
fn without_scheme(word: &str) -> String {
    let path = word.strip_prefix("file://").and_then(|rest| rest.get(rest.find('/')?..));
    let decoded = path.and_then(|path| percent_decode_str(path).decode_utf8().ok());
    decoded.map_or_else(|| word.to_owned(), std::borrow::Cow::into_owned)
}

/// Whether a path says where it begins.
pub fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.starts_with("~/") || is_windows(path)
}

fn is_windows(path: &str) -> bool {
    matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_terminal_types_a_dropped_file_is_its_path() {
        for (typed, path) in [
            ("/home/isa/cat.png", "/home/isa/cat.png"),
            (" /home/isa/my\\ cat\\'s.png \n", "/home/isa/my cat's.png"),
            ("'/home/isa/my cat.png'", "/home/isa/my cat.png"),
            (r"'/home/isa/it'\''s me.png'", "/home/isa/it's me.png"),
            (r#"'/home/isa/it'"'"'s me.png'"#, "/home/isa/it's me.png"),
            (r#""/home/isa/my cat.png""#, "/home/isa/my cat.png"),
            ("\"C:\\Users\\Isa\\cat.png\"", "C:\\Users\\Isa\\cat.png"),
            ("C:\\Users\\cat.png", "C:\\Users\\cat.png"),
            ("file:///home/isa/my%20cat%C3%A9.png", "/home/isa/my caté.png"),
            ("file://localhost/a.png", "/a.png"),
            ("'file:///a%20b.png'", "/a b.png"),
            ("~/cat.png", "~/cat.png"),
        ] {
            assert_eq!(paths(typed), [path], "{typed:?}");
            assert!(is_absolute(path));
        }
    }

    #[test]
    fn several_files_are_several_paths() {
        for typed in ["/a/1.png '/a/2 b.png'", "'/a/1.png'\n'/a/2 b.png'\n", "file:///a/1.png file:///a/2%20b.png", "/a/1.png /a/2\\ b.png"]
        {
            assert_eq!(paths(typed), ["/a/1.png", "/a/2 b.png"], "{typed:?}");
        }
    }

    #[test]
    fn what_is_quoted_nowhere_is_one_path_as_it_stands() {
        for typed in
            ["/home/isa/my cat.png", "it's me.png", "my cat.png", "/a #1.png", "'half", "~other/a.jpg", "100%.jpg", "file:a", "a%20b"]
        {
            assert_eq!(paths(typed), [typed]);
        }
        assert_eq!(paths("file:///%zz"), ["/%zz"]);
    }
}
