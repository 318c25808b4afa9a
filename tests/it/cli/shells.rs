//! Completions in real shells, typed as a person types them: what comes of Tab, and that nothing another person named ever runs.
//!
//! A shell that is not installed is left out; `.ci/run` installs all of them and sets `LAPEL_ALL_SHELLS`, which asks for all.

use std::fs;
use std::path::Path;
use std::process::Command;

use lapel::domain::Token;
use lapel::io::cache::{Cache, remember_account};
use lapel::io::paths::{GROUPME, Identity, Paths};

use super::bare;
use crate::day::{clock, surroundings};
use crate::pty::Pty;

/// How each shell is started so that nothing of the computer's own setup is read.
const SHELLS: [(&str, &[&str]); 3] = [("bash", &["--norc", "--noprofile", "-i"]), ("zsh", &["-f", "-i"]), ("fish", &["--no-config", "-i"])];

/// A shell with its completions loaded, in an empty folder, with names in the cache that nobody should trust.
struct Typed {
    pty: Pty,
    home: tempfile::TempDir,
    shell: &'static str,
}

impl Typed {
    fn start(shell: &'static str, args: &[&str]) -> Option<Self> {
        let required = std::env::var_os("LAPEL_ALL_SHELLS").is_some();
        let there = Command::new(shell).arg("--version").output().is_ok_and(|output| output.status.success());
        if !there {
            assert!(!required, "{shell} is not installed");
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        keep_names(home.path());
        let work = home.path().join("work");
        fs::create_dir_all(&work).unwrap();
        fs::write(work.join("bio text.txt"), "hello").unwrap();
        let script = home.path().join("lapel-completions");
        fs::write(&script, &bare(&["completions", shell]).assert().success().get_output().stdout).unwrap();
        let bin = Path::new(env!("CARGO_BIN_EXE_lapel")).parent().unwrap();
        let path = surroundings().find(|(name, _)| name == "PATH").map(|(_, path)| path).unwrap_or_default();
        let path = format!("{}:{}", bin.display(), path.to_string_lossy());
        let folders = ["cache", "state", "config"].map(|name| home.path().join(name).to_str().unwrap().to_owned());
        let env = [
            ("HOME", home.path().to_str().unwrap()),
            ("PATH", &path),
            ("XDG_CACHE_HOME", &folders[0]),
            ("XDG_STATE_HOME", &folders[1]),
            ("XDG_CONFIG_HOME", &folders[2]),
        ];
        let mut pty = Pty::run(shell, args, &env, (120, 30));
        let prompt = match shell {
            "fish" => "function fish_prompt; printf 'ready> '; end; function fish_right_prompt; end",
            "zsh" => "PROMPT='ready> '; setopt no_list_ambiguous",
            _ => "PS1='ready> '; bind 'set bell-style none'; bind 'set show-all-if-ambiguous on'",
        };
        pty.keys(&format!("cd {}; {prompt}; source {}; echo lo''aded\r", work.display(), script.display()));
        pty.wait_for("loaded");
        pty.keys("clear\r");
        pty.wait("an empty screen", |screen| screen.contents().trim() == "ready>");
        Some(Self { pty, home, shell })
    }

    /// Types a line and Tab, waits for the line it becomes, and runs that.
    fn becomes(&mut self, typed: &str, line: &str) {
        self.pty.keys(typed);
        self.pty.keys("\t");
        let wish = format!("{}: {typed:?} to become {line:?}", self.shell);
        let is_there = |screen: &vt100::Screen| screen.contents().lines().any(|shown| shown.trim_end() == format!("ready> {line}"));
        self.pty.wait(&wish, is_there);
        self.runs();
    }

    /// Runs what stands on the line, whatever it is, and asserts that nothing ran but `lapel`.
    fn runs(&mut self) {
        // What is typed after Tab appears when Tab has been answered.
        self.pty.keys(END);
        self.pty.wait("the answer to Tab", |screen| prompt_line(screen).ends_with(END));
        let line = self.pty.screen(prompt_line);
        // A quote that is still open would wait for its end.
        let quote = open_quote(&line, self.shell == "fish").map(String::from).unwrap_or_default();
        self.pty.keys(&format!("{quote}\r"));
        self.pty.wait("the next prompt", |screen| prompt_line(screen) == "ready>");
        let ran: Vec<_> = fs::read_dir(self.home.path().join("work")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(ran, ["bio text.txt"], "{}: {line}", self.shell);
        self.pty.keys("clear\r");
        self.pty.wait("an empty screen", |screen| screen.contents().trim() == "ready>");
    }
}

/// What is typed behind everything else.
const END: &str = "zzz";

fn prompt_line(screen: &vt100::Screen) -> String {
    screen.contents().lines().rfind(|line| line.starts_with("ready>")).unwrap_or_default().trim_end().to_owned()
}

/// The quote that a line leaves open. In fish a backslash counts between single quotes too.
fn open_quote(line: &str, fish: bool) -> Option<char> {
    let (mut open, mut chars) = (None, line.chars());
    while let Some(c) = chars.next() {
        match (open, c) {
            (None | Some('"'), '\\') => drop(chars.next()),
            (Some('\''), '\\') if fish => drop(chars.next()),
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), _) if quote == c => open = None,
            _ => {}
        }
    }
    open
}

/// What an editor kept of the account used last.
fn keep_names(home: &Path) {
    let paths = Paths::under(home, clock());
    remember_account(&paths, GROUPME, &Token::parse("abcdef").unwrap(), &"7".into()).unwrap();
    let groups = serde_json::json!([
        {"id": "101", "name": "Climbing"},
        {"id": "102", "name": "Soup swap"},
        {"id": "103", "name": "Evil $(touch ran-by-name)"},
        {"id": "1;touch ran-by-id", "name": "Odd id"},
        {"id": "$(touch ran-by-id)", "name": ""},
        {"id": "105", "name": "Quote \"; touch ran-by-quote; \""},
        {"id": "106", "name": "Tick '; touch ran-by-tick; '"},
    ]);
    let ids: Vec<_> = groups.as_array().unwrap().iter().map(|group| group["id"].clone()).collect();
    let interests =
        serde_json::json!([{"id": "0", "name": "", "entries": [{"id": "1026", "name": "Pilates"}, {"id": "3015", "name": "Chess"}]}]);
    let values = serde_json::json!({"pins": {"pinned_conversation_ids": ids}, "groups": groups, "interests": interests});
    Cache::new(&paths, Identity::new(GROUPME, "7")).save(&values).unwrap();
}

#[test]
fn what_a_person_begins_is_completed_and_nothing_that_others_named_runs() {
    for (shell, args) in SHELLS {
        let Some(mut typed) = Typed::start(shell, args) else { continue };
        typed.becomes("lapel pins top Cl", "lapel pins top Climbing");
        typed.becomes("lapel pins top Sou", "lapel pins top Soup\\ swap");
        typed.becomes("lapel campus set visibility=h", "lapel campus set visibility=hidden");
        typed.becomes("lapel campus set year=2027 vis", "lapel campus set year=2027 visibility=");
        typed.becomes("lapel set interests=Pi", "lapel set interests=Pilates");
        typed.becomes("lapel set interests=Chess,Pi", "lapel set interests=Chess,Pilates");
        typed.becomes("lapel show zi", "lapel show zip_code");
        typed.becomes("lapel set bio=@bi", "lapel set bio=@bio\\ text.txt");
        for begun in ["Ev", "1\\;", "\\$", "Qu", "Ti", "\"Ev", "'Ev", "\"Qu", "'Ti", "\"1;", ""] {
            typed.pty.keys(&format!("lapel pins top {begun}\t\t"));
            typed.runs();
        }
    }
}
