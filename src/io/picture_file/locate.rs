//! From what is typed, pasted or dropped to a file's path, and from the beginning of one to what it may become.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::{SafeText, dropped};

/// Entries of a folder looked at for completion.
const MOST_ENTRIES: usize = 10_000;
/// Completions offered at most.
const MOST_OFFERED: usize = 100;

/// The path meant by what a user typed, pasted or dropped on the terminal: `~` stands for the home folder, and the ways
/// in which terminals write a dropped file are understood (see [`dropped`]). A path that exists as it is means just itself.
pub fn locate(typed: &Path) -> PathBuf {
    let Some(text) = typed.to_str().filter(|_| !typed.exists()) else { return typed.to_owned() };
    let home = std::env::home_dir();
    meant(text, home.as_deref())
}

fn meant(typed: &str, home: Option<&Path>) -> PathBuf {
    match <[String; 1]>::try_from(dropped::paths(typed)) {
        Ok([path]) => at_home(&path, home),
        // Several files are none; the name that cannot be found says so.
        Err(_) => typed.trim().into(),
    }
}

fn at_home(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with(std::path::is_separator) => {
            home.join(rest.trim_start_matches(std::path::is_separator))
        }
        _ => path.into(),
    }
}

/// What a path that begins like this may be, as it would be typed: folders with a slash at the end, and pictures by their names; all
/// files where none is named like a picture. Sorted, and at most 100. Reads a folder, which may take a while on a network drive.
pub fn complete(typed: &str) -> Vec<String> {
    let home = std::env::home_dir();
    if typed == "~" {
        return vec!["~/".to_owned()];
    }
    let (folder, name) = typed.split_at(typed.rfind(std::path::is_separator).map_or(0, |at| at + 1));
    let path = if folder.is_empty() { PathBuf::from(".") } else { meant(folder, home.as_deref()) };
    let (mut likely, mut other) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(path).into_iter().flatten().take(MOST_ENTRIES).flatten() {
        let Ok(found) = entry.file_name().into_string() else { continue };
        let hidden = found.starts_with('.') && !name.starts_with('.');
        if hidden || !typable(&found) || !found.to_lowercase().starts_with(&name.to_lowercase()) {
            continue;
        }
        if entry.path().is_dir() {
            likely.push(format!("{folder}{found}/"));
        } else if named_like_a_picture(&found) {
            likely.push(format!("{folder}{found}"));
        } else {
            other.push(format!("{folder}{found}"));
        }
    }
    let mut offered = if likely.is_empty() { other } else { likely };
    offered.sort_unstable();
    offered.truncate(MOST_OFFERED);
    offered
}

/// Whether a name reads as what it is and means itself when it is typed.
fn typable(name: &str) -> bool {
    !name.contains('\\') && SafeText::line(name).as_str() == name
}

fn named_like_a_picture(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    ["jpg", "jpeg", "png", "gif", "webp"].contains(&extension.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant_at_home(typed: &str) -> String {
        meant(typed, Some(Path::new("/home/me"))).to_str().unwrap().to_owned()
    }

    #[test]
    fn every_way_of_naming_a_file_means_the_same_file() {
        let file = "/home/me/my pictures/a (1).jpg";
        for typed in [
            file,
            " /home/me/my pictures/a (1).jpg\n",
            "'/home/me/my pictures/a (1).jpg'",
            "\"/home/me/my pictures/a (1).jpg\"",
            "~/my pictures/a (1).jpg",
            r"~/my\ pictures/a\ \(1\).jpg",
            r"/home/me/my\ pictures/a\ \(1\).jpg",
            "file:///home/me/my%20pictures/a%20%281%29.jpg",
            "file://host.local/home/me/my%20pictures/a%20(1).jpg ",
        ] {
            assert_eq!(meant_at_home(typed), file, "{typed}");
        }
    }

    #[test]
    fn what_looks_special_only_by_halves_is_left_alone() {
        for typed in ["~other/a.jpg", "a~b", "'half", "100%.jpg", "file:a", "", "a%20b"] {
            assert_eq!(meant_at_home(typed), typed);
        }
        assert_eq!(meant_at_home("file:///a%2"), "/a%2");
        assert_eq!(meant_at_home("/a.png /b.png"), "/a.png /b.png");
        assert_eq!(meant("~/a", None), Path::new("~/a"));
        assert_eq!(meant_at_home("~"), "/home/me");
    }

    #[test]
    fn a_file_with_an_odd_name_means_itself() {
        let dir = tempfile::tempdir().unwrap();
        let odd = dir.path().join(r"a\ b");
        fs::write(&odd, "").unwrap();
        assert_eq!(locate(&odd), odd);
        fs::remove_file(&odd).unwrap();
        assert_eq!(locate(&odd), dir.path().join("a b"));
    }

    #[test]
    fn completion_offers_folders_and_pictures_and_any_file_only_if_there_is_nothing_better() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["Sea.JPG", "sea.txt", "seal.png", ".secret.png", "notes", "se\u{1b}x.png"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        fs::create_dir(dir.path().join("seaside")).unwrap();
        let folder = format!("{}/", dir.path().display());
        let offered = |typed: &str| -> Vec<String> {
            complete(&format!("{folder}{typed}")).iter().map(|path| path.strip_prefix(&folder).unwrap().to_owned()).collect()
        };
        assert_eq!(offered("se"), ["Sea.JPG", "seal.png", "seaside/"]);
        assert_eq!(offered("n"), ["notes"]);
        assert_eq!(offered("."), [".secret.png"]);
        assert_eq!(offered("x"), [""; 0]);
        assert_eq!(complete("/no such folder/a"), [""; 0]);
    }

    #[test]
    fn completion_never_offers_more_than_can_be_looked_through() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..100 + 50 {
            fs::write(dir.path().join(format!("{n:04}.png")), "").unwrap();
        }
        let offered = complete(&format!("{}/0", dir.path().display()));
        assert_eq!(offered.len(), 100);
        assert!(offered.is_sorted() && offered[0].ends_with("0000.png"));
    }
}
