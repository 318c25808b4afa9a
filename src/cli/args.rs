//! The command line as data. Help texts live here; the README's command table is made from them.

use std::net::SocketAddr;

use clap::{Parser, Subcommand};

/// A keyboard-driven terminal editor for a GroupMe account.
///
/// Without a command it opens the editor. `lapel --demo` opens the same editor on a built-in sandbox: no account, no network.
#[derive(Clone, Debug, Parser)]
#[command(name = "lapel", version, max_term_width = 80)]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do; the editor if nothing.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Global {
    /// Use this server instead of GroupMe's (https, or http on this computer); the
    /// variable `LAPEL_SERVER` does the same
    #[arg(long, global = true, value_name = "URL")]
    pub server: Option<String>,
    /// Use a built-in sandbox that begins anew each time: no account, no network
    #[arg(long, global = true, conflicts_with = "server")]
    pub demo: bool,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Print the requests that would change something, and send none of them
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Answer every question with yes and skip the review
    #[arg(long, short = 'y', global = true)]
    pub yes: bool,
}

impl Global {
    /// The server that was asked for: by the option, else by `LAPEL_SERVER`, which counts as not set when it is empty.
    pub fn address(&self) -> Option<String> {
        let variable = || std::env::var("LAPEL_SERVER").ok().filter(|address| !address.trim().is_empty());
        self.server.clone().or_else(variable)
    }
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print the profile, or some fields of it
    Show(Show),
    /// Sign in: asks for a token (hidden), or reads one from standard input
    Login,
    /// Forget the token wherever Lapel keeps it
    Logout,
    /// Say who is signed in, where, and where the token is
    Status,
    /// Print the settings in force as a config.toml, and what is wrong with yours
    ///
    /// What is printed is a whole file that could be your own: keep the lines you
    /// want different.
    Config(Config),
    /// Look at the terminal, the server, the token and the files, and say what is
    /// wrong; nothing private is printed
    Doctor,
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
    Completions(Completions),
    /// Print the manual page, for man(1)
    Man,
    /// Serve the sandbox for building other clients; prints its address and token
    Sandbox(Sandbox),
}

/// Options of `show`.
#[derive(Clone, Debug, clap::Args)]
pub struct Show {
    /// Fields by the API's names, like `name` or `share_url`; all if none
    #[arg(value_name = "FIELD")]
    pub fields: Vec<String>,
}

/// Options of `config`.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Print where the file belongs, and nothing else
    #[arg(long)]
    pub path: bool,
}

/// Options of `completions`.
#[derive(Clone, Debug, clap::Args)]
pub struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
}

/// Options of `sandbox`.
#[derive(Clone, Debug, clap::Args)]
pub struct Sandbox {
    /// Where to listen; only on this computer
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Wait that many milliseconds before each answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,
}
