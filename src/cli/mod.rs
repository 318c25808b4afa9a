//! One-shot commands: everything the editor does, for scripts and for people in a hurry.
//!
//! Data goes to standard output, everything else to standard error; exit codes are a promise (`exit`). One file a command family.

pub mod args;
pub mod completions;
mod config;
pub mod context;
mod doctor;
pub mod exit;
mod man;
mod output;
mod sandbox;
mod session;
mod show;

use args::{Args, Command};
use context::Context;
use exit::Failure;

/// Runs a command to its end.
///
/// # Errors
/// What is to be said on standard error, and with which exit code.
pub async fn run(args: Args, command: Command) -> Result<(), Failure> {
    match command {
        Command::Config(options) => config::run(&args.global, &options),
        Command::Doctor => doctor::run(&Context::quiet(args).await?).await,
        Command::Completions(options) => completions::print(options.shell),
        Command::Man => man::print(),
        Command::Sandbox(options) => sandbox::run(&options).await,
        Command::Login => session::login(&Context::new(args).await?).await,
        Command::Logout => session::logout(&Context::new(args).await?),
        Command::Status => session::status(&Context::new(args).await?).await,
        Command::Show(options) => show::run(&Context::new(args).await?, &options).await,
    }
}
