//! Who may ask the system what time it is, where this is, and who is there. Everybody else is told, so that a test's day, zone, home and
//! variables are its own.

use std::path::Path;

use super::{code, files_under, sources};

/// Words that ask, and the files that may use them, with the reason.
type Asking = (&'static [&'static str], &'static [(&'static str, &'static str)]);

const ASKING: &[Asking] = &[
    (
        DATES,
        &[
            ("io/clock.rs", "it is the clock that everybody else is handed"),
            ("sandbox/state.rs", "it plays another computer, whose clock tests stop"),
        ],
    ),
    (&["Clock::system"], &[("io/paths.rs", "where the program finds out whose files it works on, it takes the clock along")]),
    (
        &["Instant::now"],
        &[
            ("cli/doctor/mod.rs", "tells how long the server took"),
            ("io/client/mod.rs", "a call ends"),
            ("io/client/pace.rs", "requests keep their distance"),
            ("io/draft/keeper.rs", "an edit reaches the disk in time, and a flush ends"),
            ("io/file.rs", "waiting for another copy's lock ends"),
            ("runtime/external.rs", "an editor that comes back at once has edited nothing"),
            ("io/token_store/command.rs", "a command that hangs is given up"),
            ("sandbox/connections.rs", "a client that keeps it waiting loses its place"),
        ],
    ),
    (
        &["env::var", "env::args", "env::home_dir", "env::current_dir", "env::temp_dir", "choose_base_strategy"],
        &[
            ("cli/completions/bash.rs", "the quote that the cursor is in"),
            ("cli/completions/quote.rs", "where the cursor is in the line to be completed"),
            ("cli/completions/mod.rs", "the line to be completed"),
            ("cli/doctor/mod.rs", "HOME is left out of what may be posted publicly"),
            ("io/temporary_folder.rs", "where folders for one run are"),
            ("main.rs", "whether what the parser complains of is to be JSON"),
            ("io/environment.rs", "LAPEL_SERVER, proxies, folders, VISUAL and EDITOR"),
            ("io/paths.rs", "HOME and XDG_*"),
            ("io/picture_file/locate.rs", "~ in a typed path"),
            ("io/token_store/mod.rs", "GROUPME_TOKEN"),
            ("runtime/capabilities.rs", "what the terminal says of itself"),
        ],
    ),
    (
        &["is_terminal()", "terminal::size"],
        &[
            ("main.rs", "without a terminal there is no editor"),
            ("cli/doctor/mod.rs", "reports it"),
            ("cli/output.rs", "whether somebody can be asked, or colours be seen"),
            ("cli/session.rs", "a token is typed unseen or read from a pipe"),
            ("cli/share.rs", "a code is drawn for eyes only"),
            ("runtime/terminal.rs", "it is the terminal"),
        ],
    ),
];

/// What tells the date or the zone; even a test has no use for the real ones.
const DATES: &[&str] = &["Timestamp::now", "Zoned::now", "SystemTime", "TimeZone::system"];

#[test]
fn few_files_ask_the_system() {
    let sources = sources();
    for (words, may) in ASKING {
        let asks = |text: &str| code(text).find(|(_, line)| words.iter().any(|word| line.contains(word))).map(|(number, _)| number);
        for (file, text) in &sources {
            let reason = may.iter().find(|(allowed, _)| Path::new(allowed) == file);
            match (asks(text), reason) {
                (Some(number), None) => panic!("src/{}:{number} asks the system ({words:?}): let it be told instead", file.display()),
                (None, Some(_)) => panic!("src/{} asks for none of {words:?} any more", file.display()),
                _ => {}
            }
        }
    }
}

#[test]
fn no_test_knows_the_day() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src", "tests/it"].iter().flat_map(|folder| files_under(&root.join(folder)));
    // What reads the sources has the words in it.
    for (file, text) in files.filter(|(file, _)| !file.starts_with(root.join("tests/it/layers")) && !file.ends_with("it/layers.rs")) {
        let tests = if file.starts_with(root.join("src")) { code(&text).last().map_or(0, |(number, _)| number) } else { 0 };
        let asks = |line: &&str| DATES.iter().any(|word| line.contains(word));
        let wrong = text.lines().skip(tests).find(asks);
        assert_eq!(wrong, None, "{}: a test that looks at the calendar fails on another day", file.display());
    }
}
