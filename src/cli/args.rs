//! The command line as data. Help texts live here; the README's command table is made from them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};

use crate::base::job::SmsDuration;
use crate::domain::RegistrationId;
use crate::io::environment::{Environment, VariableError};
use crate::sandbox::{AcceptedTokenForms, ReplyStyle, ScriptedFault};

/// A keyboard-driven terminal editor for a GroupMe account.
///
/// Without a command it opens the editor. `lapel --demo` opens the same editor on a built-in sandbox: no account, no network.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "lapel", version, long_version = LONG_VERSION.as_str(), max_term_width = 80)]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The editor as questions and answers, a line each: no cursor movement, boxes or
    /// colour. `ACCESSIBLE=1` does the same, and so does a terminal with `TERM=dumb`
    #[arg(long)]
    pub plain: bool,
    /// What to do; the editor if nothing.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What `--version` says beside the number: for whoever reads a bug report.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    let commit = option_env!("LAPEL_COMMIT").unwrap_or("not known, for this is no release build of a checkout");
    let with = features();
    let features = if with.is_empty() { "none".to_owned() } else { with.join(", ") };
    format!("{}\ncommit: {commit}\nfeatures: {features}", env!("CARGO_PKG_VERSION"))
});

/// What this program was built with.
pub(super) fn features() -> Vec<&'static str> {
    let all = [("pictures", cfg!(feature = "pictures")), ("keyring", cfg!(feature = "keyring"))];
    all.into_iter().filter(|(_, with)| *with).map(|(name, _)| name).collect()
}

/// Options of every command.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Global {
    /// Use this server instead of GroupMe's (https, or http on this computer); the
    /// variable `LAPEL_SERVER` does the same
    #[arg(long, global = true, value_name = "URL")]
    pub server: Option<String>,
    /// Use this one of the accounts that are signed in: its id, or a part of its
    /// name that only it has. With `GROUPME_TOKEN` set there is no choice
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "demo")]
    pub account: Option<String>,
    /// Use a built-in sandbox that begins anew each time, whatever `LAPEL_SERVER` says: no account, no network
    #[arg(long, global = true, conflicts_with = "server")]
    pub demo: bool,
    /// Print one JSON document; `lapel schema` describes it. What goes wrong is then
    /// the last line on standard error, also in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Print the requests that would change something, and send none of them
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Say nothing on standard error but questions, what they are about, and what
    /// goes wrong
    #[arg(long, short = 'q', global = true)]
    pub quiet: bool,
    /// Give up what the service does not answer within so many seconds, 15 if not
    /// said; an upload goes on while it gets on
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: Option<u64>,
    /// Answer every question with yes and skip the review
    #[arg(long, short = 'y', global = true)]
    pub yes: bool,
}

impl Global {
    /// The server that was asked for: by the option, else by `LAPEL_SERVER`, which counts as not set when it is empty.
    ///
    /// # Errors
    /// When the variable is set and cannot be used.
    pub fn address(&self) -> Result<Option<String>, VariableError> {
        self.server.clone().map_or_else(|| Environment::PROCESS.server(), |server| Ok(Some(server)))
    }
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print the profile, or some fields of it
    Show(ShowArgs),
    /// Change fields of the profile: shows old and new, asks, saves, and reads back
    Set(SetArgs),
    /// The campus profile: majors, graduation year, who sees it
    Campus(CampusArgs),
    /// Print codes and names of majors, all or those with a word in them
    Majors(MajorsArgs),
    /// Print numbers and names of interests, all or those with a word in them
    Interests(InterestsArgs),
    /// The pinned conversations: list, move, pin, unpin, clean up, bring an earlier list back
    Pins(PinsArgs),
    /// The public link to your profile
    Share(ShareArgs),
    /// SMS mode: messages as text messages for a while
    Sms(SmsArgs),
    /// Write profile, campus and pins to a TOML file, or to standard output
    Export(ExportArgs),
    /// Print what applying such a file would change
    Diff(DiffArgs),
    /// Make the account what such a file says: shows old and new, asks, saves, and reads back
    Apply(FileArgs),
    /// Print the states of profile and campus before the last saves
    History,
    /// Bring one of them back, by its number in `history`
    Restore(RestoreArgs),
    /// Upload a picture file, which makes it public; prints its address
    Upload(UploadArgs),
    /// Sign in, to one account or to one more: asks for a token (hidden), or reads one from standard input
    Login,
    /// Forget the tokens wherever Lapel keeps them; with --account only that one's
    Logout,
    /// Say who is signed in, where, and where the tokens are; the first account is the one in use
    Status,
    /// Print the settings in force as a config.toml, and what is wrong with yours
    ///
    /// What is printed is a whole file that could be your own: keep the lines you
    /// want different.
    Config(ConfigArgs),
    /// Look at the terminal, the server, the token and the files, and say what is
    /// wrong; nothing private is printed
    Doctor(DoctorArgs),
    /// Print what makes a shell complete commands, fields and values
    ///
    /// For bash, put this into ~/.bashrc:
    ///
    ///     source <(lapel completions bash)
    ///
    /// for zsh the same into ~/.zshrc, for fish
    ///
    ///     lapel completions fish | source
    ///
    /// into ~/.config/fish/config.fish, for elvish
    ///
    ///     eval (lapel completions elvish | slurp)
    ///
    /// into ~/.config/elvish/rc.elv, for PowerShell
    ///
    ///     lapel completions powershell | Out-String | Invoke-Expression
    ///
    /// into the file that $PROFILE names.
    #[command(verbatim_doc_comment)]
    Completions(CompletionsArgs),
    /// Print the JSON Schema of what every command prints with --json
    Schema,
    /// Print a manual page, for man(1), or write all of them into a folder
    Man(ManArgs),
    /// Serve the sandbox for building other clients; prints its address and token
    Sandbox(SandboxArgs),
}

/// Options of `show`.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ShowArgs {
    /// Fields by the API's names, like `name` or `share_url`; all if none
    #[arg(value_name = "FIELD")]
    pub fields: Vec<String>,
    /// Ask the service for the account settings as well, like sounds and emails.
    /// It tells them only in reply to a save: your name is sent as it is
    #[arg(long)]
    pub settings: bool,
}

/// Options of `set`.
#[derive(Clone, Debug, clap::Args)]
pub struct SetArgs {
    /// The API's names, like name=Isaac or interests=1026,3015; lists are comma-separated, KEY=@FILE takes a file's or pipe's text (@-
    /// standard input, @@ begins a text with @), and nothing after the = clears a field that can be empty
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub fields: Vec<String>,
}

/// Options of `export`.
#[derive(Clone, Debug, clap::Args)]
pub struct ExportArgs {
    /// Where to; standard output if nothing
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

/// Options of `diff` and `apply`.
#[derive(Clone, Debug, clap::Args)]
pub struct FileArgs {
    /// A file as `export` writes it; only what it names is touched; `-` is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,
}

/// Options of `diff`.
#[derive(Clone, Debug, clap::Args)]
pub struct DiffArgs {
    /// Which file.
    #[command(flatten)]
    pub file: FileArgs,
    /// End with exit code 1 if there is a difference
    #[arg(long)]
    pub exit_code: bool,
}

/// Options of `restore`.
#[derive(Clone, Debug, clap::Args)]
pub struct RestoreArgs {
    /// Which state; 1 is the one before the last save
    #[arg(value_name = "N")]
    pub number: usize,
}

/// Options of `campus`.
#[derive(Clone, Debug, clap::Args)]
pub struct CampusArgs {
    /// What to do; show if nothing.
    #[command(subcommand)]
    pub command: Option<CampusCommand>,
}

/// What to do with the campus profile.
#[derive(Clone, Debug, Subcommand)]
pub enum CampusCommand {
    /// Print school, majors, graduation year and visibility
    Show,
    /// Change majors, graduation year or visibility: shows old and new, asks, saves, and reads back
    Set {
        /// majors=CODE,… (or parts of names), year=N or year=none, visibility=V with hidden, `graduation_year`, major or visible
        #[arg(value_name = "KEY=VALUE", required = true)]
        fields: Vec<String>,
    },
}

/// Options of `majors`.
#[derive(Clone, Debug, clap::Args)]
pub struct MajorsArgs {
    /// Only majors with these words in name, category or code
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
}

/// Options of `interests`.
#[derive(Clone, Debug, clap::Args)]
pub struct InterestsArgs {
    /// Only interests with these words in name, category or number
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
}

/// Options of `pins`.
#[derive(Clone, Debug, clap::Args)]
pub struct PinsArgs {
    /// What to do; list if nothing.
    #[command(subcommand)]
    pub command: Option<PinsCommand>,
}

/// What to do with the pins. An id may be given as a part of the name that only one has.
#[derive(Clone, Debug, Subcommand)]
pub enum PinsCommand {
    /// Print the pins in order
    List,
    /// Move a pin to a position
    Move {
        /// The pin: its id, or a part of its name
        #[arg(value_name = "ID")]
        id: String,
        /// Counted from 1; beyond the end is the end
        #[arg(value_name = "POSITION", value_parser = position)]
        position: usize,
    },
    /// Move pins to the top, in the order given
    Top {
        /// The pins: ids, or parts of names
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Move pins to the bottom, in the order given
    Bottom {
        /// The pins: ids, or parts of names
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Pin conversations, below all others
    Add {
        /// Groups, topics and people: ids, or parts of names
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Unpin
    Remove {
        /// The pins: ids, or parts of names
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Unpin what is dead: groups that were left or deleted, or that you were removed from
    Prune,
    /// Print the lists before the last saves, the newest first
    History,
    /// Bring an earlier list back
    Restore {
        /// As `history` counts them
        #[arg(value_name = "N", value_parser = position)]
        number: usize,
    },
}

fn position(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|number| *number > 0).ok_or("it is a number from 1 on")
}

/// Options of `share`.
#[derive(Clone, Debug, clap::Args)]
pub struct ShareArgs {
    /// What to do; show if nothing.
    #[command(subcommand)]
    pub command: Option<ShareCommand>,
}

/// What to do with the public link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum ShareCommand {
    /// Print the link
    Show,
    /// Make a link, if there is none, and print it
    On,
    /// Take the link away: it and its QR codes stop working
    Off,
    /// Replace the link by another and print it: the old one stops working
    New,
    /// Print the link as a QR code
    Qr,
}

/// Options of `sms`.
#[derive(Clone, Debug, clap::Args)]
pub struct SmsArgs {
    /// What to do; show if nothing.
    #[command(subcommand)]
    pub command: Option<SmsCommand>,
}

/// What to do with SMS mode.
#[derive(Clone, Debug, Subcommand)]
pub enum SmsCommand {
    /// Say whether it is on, and when it ends by this computer's clock
    Show,
    /// Start it, or start its clock again
    On {
        /// 1 to 48, or always
        #[arg(value_name = "HOURS", value_parser = SmsDuration::from_str, allow_hyphen_values = true)]
        duration: SmsDuration,
        /// The push registration of your device: its push notifications are held
        /// back while SMS mode is on. Without it both arrive. The setting
        /// `registration_id` says it once and for all
        #[arg(long, value_name = "ID", value_parser = RegistrationId::from_str)]
        registration_id: Option<RegistrationId>,
    },
    /// End it
    Off,
}

/// Options of `upload`.
#[derive(Clone, Debug, clap::Args)]
pub struct UploadArgs {
    /// A JPEG, PNG, GIF or WebP file of at most 20 MiB
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Options of `config`.
#[derive(Clone, Debug, clap::Args)]
pub struct ConfigArgs {
    /// Print where the file belongs, and nothing else
    #[arg(long)]
    pub path: bool,
}

/// Options of `man`.
#[derive(Clone, Debug, clap::Args)]
pub struct ManArgs {
    /// Whose page; that of `lapel` itself if nothing
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath, conflicts_with = "command")]
    pub dir: Option<PathBuf>,
}

/// Options of `doctor`.
#[derive(Clone, Debug, clap::Args)]
pub struct DoctorArgs {
    /// Print a page for a bug report: the same, and what the service's answers
    /// look like (statuses, keys and types, never a value)
    #[arg(long)]
    pub report: bool,
}

/// Options of `completions`.
#[derive(Clone, Debug, clap::Args)]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: clap_complete::Shell,
}

/// Options of `sandbox`.
#[derive(Clone, Debug, clap::Args)]
pub struct SandboxArgs {
    /// Where to listen; only on this computer, unless --expose
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Let --listen be an address that other computers reach: all of them can then read and change everything in the sandbox
    #[arg(long)]
    pub expose: bool,
    /// How answers look, as different sources report them
    #[arg(long, value_enum, default_value = "document")]
    pub style: ReplyStyle,
    /// How the token must come
    #[arg(long, value_enum, value_name = "FORM", default_value = "either")]
    pub auth: AcceptedTokenForms,
    /// Answer 429 to more than that many requests a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub rate: Option<u32>,
    /// Begin with this world instead of the demo's: a JSON file like what `GET /sandbox/world` answers
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub seed: Option<PathBuf>,
    /// Write every request to this file, a line of JSON each
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub log: Option<PathBuf>,
    /// Let something go wrong, like "GET /v3/chats status code=503 times=2"; may be repeated
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<ScriptedFault>,
    /// Print the OpenAPI page of what it serves, and serve nothing
    #[arg(long)]
    pub openapi: bool,
    /// Wait that many milliseconds before each answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,
}
