//! The house's one law: lower floors never import higher ones, and the pure floors touch nothing of the world outside.

mod cycles;
mod keys;
mod names;
mod system;

use std::fs;
use std::path::{Path, PathBuf};

/// Floors by folder, with what each may import of ours. A folder may always import itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("api", &["domain"]),
    // Sanitised text, and how it is searched, is all a widget may know of the domain; see ALSO.
    ("widgets", &[]),
    ("base", &["domain", "api", "widgets"]),
    ("screens", &["domain", "api", "widgets", "base"]),
    ("app", &["domain", "api", "widgets", "base", "screens"]),
    ("io", &["domain", "api", "base"]),
    ("jobs", &["domain", "api", "base", "io"]),
    ("sandbox", &[]),
    // The demo can be started from the sign-in screen.
    ("runtime", &["domain", "api", "widgets", "base", "screens", "app", "io", "jobs", "sandbox"]),
    ("cli", &["domain", "api", "widgets", "base", "io", "jobs", "sandbox", "runtime"]),
];

/// Single modules that may be imported beyond that, with the reason.
const ALSO: &[(&str, &str)] = &[
    ("widgets", "domain::text"),
    ("widgets", "domain::{Shown"),
    ("widgets", "domain::Shown"),
    ("widgets", "domain::fold"),
    ("widgets", "domain::graphemes"),
    ("base", "widgets::theme"),
];

/// Floors that are pure: same messages, same result.
const PURE: &[&str] = &["domain", "api", "widgets", "base", "screens", "app"];

/// What a pure floor must not name: it would do I/O, wait, or read something that is not in the message.
const IMPURE: &[&str] = &[
    "tokio::",
    "reqwest::",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "Instant::now",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "thread_local!",
    "static mut",
    "OnceLock",
    "LazyLock",
    "RefCell",
    "Mutex",
    "Atomic",
];

#[test]
fn lower_floors_do_not_import_higher_ones() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some((floor, may)) = FLOORS.iter().find(|(floor, _)| file.starts_with(floor)) else { continue };
        for (number, line) in code(&text) {
            let Some(import) = line.split("crate::").nth(1) else { continue };
            let target = import.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let known = FLOORS.iter().any(|(floor, _)| *floor == target);
            let allowed =
                target == *floor || may.contains(&target) || ALSO.iter().any(|(who, what)| who == floor && import.starts_with(what));
            if known && !allowed {
                wrong.push(format!("src/{}:{number}: `{floor}` imports `{target}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\nA lower floor that knows a higher one cannot be understood or tested without it.", wrong.join("\n"));
}

#[test]
fn no_text_on_a_screen_names_a_key_itself() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if !(file.starts_with("screens") || file.starts_with("app")) || file.ends_with("tests.rs") {
            continue;
        }
        for (number, line) in code(&text) {
            let words = line.split('"').skip(1).step_by(2).flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '-'));
            let keys = ["Enter", "Esc", "Tab", "Space", "PgUp", "PgDn"];
            let is_key = |word: &str| keys.contains(&word) || ["Ctrl-", "Alt-", "Shift-"].iter().any(|start| word.starts_with(start));
            wrong.extend(words.filter(|word| is_key(word)).map(|word| format!("src/{}:{number}: {word}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}\nKeys can be changed: let `Shared::key` say which one it is.", wrong.join("\n"));
}

#[test]
fn a_screen_never_imports_another_screen() {
    let mut wrong = Vec::new();
    let screens = ["profile", "edit", "campus", "pins", "sign_in"];
    for (file, text) in sources() {
        let Ok(inside) = file.strip_prefix("screens") else { continue };
        let own = inside.iter().next().and_then(|name| name.to_str()).unwrap_or_default().trim_end_matches(".rs").to_owned();
        for (number, line) in code(&text) {
            for screen in screens.iter().filter(|screen| **screen != own) {
                if line.contains("use ") && (line.contains(&format!("super::{screen}::")) || line.contains(&format!("screens::{screen}::")))
                {
                    wrong.push(format!("src/{}:{number}: imports the screen `{screen}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\nScreens meet in `app` only: what one does to another is a `Nav`.", wrong.join("\n"));
}

#[test]
fn the_pure_floors_touch_nothing_outside() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if !PURE.iter().any(|floor| file.starts_with(floor)) {
            continue;
        }
        for (number, line) in code(&text) {
            for word in IMPURE.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("src/{}:{number}: `{word}`", file.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nClocks, files and waiting belong to `io`, `jobs` and `runtime`; pure code is told what it needs.",
        wrong.join("\n")
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(file, _)| file.display().to_string()).collect();
    assert!(silent.is_empty(), "no `//!` at the top of {silent:?}");
}

/// Lines of code with their numbers: without comments, and only up to the tests at the end of a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]") && !line.starts_with("#[cfg(all(test"));
    lines.map(|(i, line)| (i + 1, line.split("//").next().unwrap_or_default()))
}

/// All source files, by their path under `src`, without files that only hold tests.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let code = files_under(&root).into_iter().filter(|(path, _)| path.iter().all(|part| part != "tests" && part != "tests.rs"));
    let files: Vec<_> = code.map(|(path, text)| (path.strip_prefix(&root).unwrap().to_owned(), text)).collect();
    assert!(files.len() > 30, "the sources were not found");
    files
}

/// All source files below a folder.
pub(crate) fn files_under(root: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files
}
