//! Examples of every command, for `--help` and the manual pages. Each is a line somebody could type; a test parses all of them.

use clap::{Command, CommandFactory};

use super::args::Args;
use super::exit::{CODES, DONE};
use super::tables::ENVIRONMENT;

/// A command by its words, and what is typed with what it does.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

/// Every command that has something to show.
pub(super) const EXAMPLES: &[Row] = &[
    (
        "",
        &[
            ("lapel", "open the editor"),
            ("lapel --demo", "the same, without an account or a network"),
            ("lapel set bio='Hello' --dry-run", "see what would be sent"),
            ("lapel pins top Climbing", "put a conversation on top"),
        ],
    ),
    (
        "show",
        &[
            ("lapel show", "everything, with names for codes"),
            ("lapel show share_url", "one value, as it is, for a script"),
            ("lapel show --json | jq .name", "the same for a program"),
            ("lapel show --settings", "what only the reply to a save tells, too"),
        ],
    ),
    (
        "set",
        &[
            ("lapel set name='Isa Stone'", "asks before it saves"),
            ("lapel set bio=@bio.txt --yes", "the text of a file, without a question"),
            ("lapel set interests=Chess,1026", "by name or number"),
            ("lapel set zip=", "empty a field"),
        ],
    ),
    ("campus", &[("lapel campus", "school, majors, year, visibility"), ("lapel campus set year=2027", "change one of them")]),
    ("campus show", &[("lapel campus show --json", "for a program")]),
    (
        "campus set",
        &[
            ("lapel campus set majors=Statistics,5506", "by a part of the name or by code"),
            ("lapel campus set year=none visibility=hidden", "show less"),
        ],
    ),
    ("majors", &[("lapel majors art history", "those with both words in them")]),
    ("interests", &[("lapel interests chess", "the number of one")]),
    ("pins", &[("lapel pins", "the list"), ("lapel pins top Climbing Family", "these two first, in this order")]),
    ("pins list", &[("lapel pins list --json", "for a program")]),
    ("pins move", &[("lapel pins move Climbing 3", "to the third place")]),
    ("pins top", &[("lapel pins top Climbing 98905953", "by name or id")]),
    ("pins bottom", &[("lapel pins bottom 'Book club'", "to the end")]),
    ("pins add", &[("lapel pins add 'Soup swap'", "pin it, below all others")]),
    ("pins remove", &[("lapel pins remove 'Book club'", "unpin it")]),
    ("pins prune", &[("lapel pins prune --dry-run", "see what would go")]),
    ("pins history", &[("lapel pins history", "what can be brought back")]),
    ("pins restore", &[("lapel pins restore 1", "the list before the last save")]),
    ("share", &[("lapel share", "print the link"), ("lapel share qr", "draw it")]),
    ("share show", &[("lapel share show", "print the link")]),
    ("share on", &[("lapel share on", "make a link, or print the one there is")]),
    ("share off", &[("lapel share off", "the link stops working for good")]),
    ("share new", &[("lapel share new --yes", "another link, without a question")]),
    ("share qr", &[("lapel share qr", "for a phone's camera")]),
    ("sms", &[("lapel sms", "whether it is on"), ("lapel sms on 4", "for four hours")]),
    ("sms show", &[("lapel sms show", "whether it is on, and until when")]),
    (
        "sms on",
        &[
            ("lapel sms on 4", "for four hours"),
            ("lapel sms on always", "until it is turned off"),
            ("lapel sms on 8 --registration-id ID", "and hold push notifications back"),
        ],
    ),
    ("sms off", &[("lapel sms off", "end it now")]),
    ("export", &[("lapel export me.toml", "to a file"), ("lapel export > me.toml", "the same")]),
    ("diff", &[("lapel diff me.toml", "what applying it would change"), ("lapel diff --exit-code me.toml", "1 if there is anything")]),
    ("apply", &[("lapel apply me.toml", "asks before it saves"), ("lapel apply - --yes < me.toml", "from a pipe")]),
    ("history", &[("lapel history", "what can be brought back")]),
    ("restore", &[("lapel restore 1", "the state before the last save")]),
    ("upload", &[("lapel set avatar=\"$(lapel upload -y me.jpeg)\"", "a new picture for the profile")]),
    ("login", &[("lapel login", "asks for the token, unseen"), ("pass groupme | lapel login", "from a password manager")]),
    ("logout", &[("lapel logout", "forget all tokens"), ("lapel logout --account Isa", "only this one's")]),
    ("status", &[("lapel status", "who is signed in, and where tokens are")]),
    ("config", &[("lapel config > ~/.config/lapel/config.toml", "a file to begin with")]),
    ("doctor", &[("lapel doctor", "what is wrong"), ("lapel doctor --report > report.md", "a page for a bug report")]),
    ("completions", &[("lapel completions fish | source", "in fish, for this session")]),
    ("schema", &[("lapel schema > lapel.schema.json", "for a validator")]),
    ("man", &[("lapel man set | man -l -", "the page of one command"), ("lapel man --dir /usr/local/share/man/man1", "all pages")]),
    (
        "sandbox",
        &[
            ("lapel sandbox --listen 127.0.0.1:8080", "a service to try a client on"),
            ("lapel sandbox --fault 'GET /v3/chats status code=503'", "one that has trouble"),
        ],
    ),
];

/// The examples of a command.
pub(super) fn of(words: &str) -> &'static [(&'static str, &'static str)] {
    EXAMPLES.iter().find(|(command, _)| *command == words).map(|(_, examples)| *examples).unwrap_or_default()
}

/// The command line with what stands at the end of every help text.
pub fn command() -> Command {
    with_examples(Args::command(), "").after_long_help(format!("{}\n\n{}", text(""), codes()))
}

fn with_examples(command: Command, words: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = if of(words).is_empty() { command } else { command.after_help(text(words)) };
    names.into_iter().fold(command, |command, name| {
        let words = format!("{words} {name}").trim().to_owned();
        command.mut_subcommand(&name, |sub| with_examples(sub, &words))
    })
}

fn text(words: &str) -> String {
    let line = |(typed, does): &(&str, &str)| format!("  {typed}\n      {does}");
    format!("Examples:\n{}", of(words).iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn codes() -> String {
    let line = |(code, meaning): &(u8, &str)| format!("  {code:>3}  {meaning}");
    let codes: Vec<String> = std::iter::once(&DONE).chain(CODES).map(line).collect();
    let names: Vec<String> = ENVIRONMENT.iter().map(|(name, meaning)| format!("  {name}\n      {meaning}")).collect();
    format!("Exit codes:\n{}\n\nEnvironment:\n{}\n\n`lapel man` has the files and the keys, too.", codes.join("\n"), names.join("\n"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn a_start_without_a_word_is_what_the_parser_makes_of_it() {
        let parsed = Args::try_parse_from(["lapel"]).unwrap();
        assert_eq!(format!("{parsed:?}"), format!("{:?}", Args::default()));
    }

    #[test]
    fn every_command_has_an_example_that_parses() {
        let mut seen = Vec::new();
        for (command, examples) in EXAMPLES {
            for (line, _) in *examples {
                // The part of a line that is the command itself.
                let line =
                    line.rsplit("| lapel").next().filter(|rest| *rest != *line).map_or((*line).to_owned(), |rest| format!("lapel{rest}"));
                let line = line.split(['|', '<', '>']).next().unwrap_or_default().to_owned();
                let words = shlex::split(&line).unwrap_or_else(|| panic!("{line}"));
                Args::try_parse_from(&words).unwrap_or_else(|error| panic!("{line}: {error}"));
            }
            assert!(!examples.is_empty(), "{command}");
            seen.push(*command);
        }
        let mut command = Args::command();
        command.build();
        let mut open: Vec<(String, &Command)> = vec![(String::new(), &command)];
        while let Some((words, command)) = open.pop() {
            assert!(seen.contains(&words.as_str()), "{words} has no example");
            let subs = command.get_subcommands().filter(|sub| sub.get_name() != "help");
            open.extend(subs.map(|sub| (format!("{words} {}", sub.get_name()).trim().to_owned(), sub)));
        }
    }
}
