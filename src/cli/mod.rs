//! One-shot commands: everything the editor does, for scripts and for people in a hurry.
//!
//! Data goes to standard output, everything else to standard error; exit codes are a promise (`exit`). One file a command family.

pub mod args;
mod assign;
mod campus;
pub mod completions;
mod config;
pub mod context;
mod difference;
pub mod doctor;
pub mod examples;
pub mod exit;
mod file;
mod input;
mod man;
pub mod output;
mod pins;
pub mod plain;
mod review;
mod sandbox;
mod session;
mod set;
mod share;
mod show;
mod sms;
mod tables;
mod tags;
mod upload;

use args::{Args, Command};
use context::Context;
use exit::Failure;

/// What commands print with `--json`; a test holds them to it.
const SCHEMA: &str = include_str!("../../assets/schema.json");

/// Runs a command to its end.
///
/// # Errors
/// What is to be said on standard error, and with which exit code.
pub async fn run(args: Args, command: Command) -> Result<(), Failure> {
    if args.global.quiet {
        output::quiet();
    }
    match command {
        Command::Config(options) => config::run(&args.global, &options),
        Command::Doctor(options) => doctor::run(&Context::quiet(args).await?, &options).await,
        Command::Completions(options) => completions::print(&args.global, options.shell),
        // It is JSON either way.
        Command::Schema => output::line(SCHEMA.trim_end()),
        Command::Man(options) => man::run(&args.global, &options),
        Command::Sandbox(options) => sandbox::run(&args.global, &options).await,
        Command::Login => session::login(&Context::new(args).await?).await,
        Command::Logout => session::logout(&Context::new(args).await?),
        Command::Status => session::status(&Context::new(args).await?).await,
        Command::Set(options) => set::run(&Context::new(args).await?, &options).await,
        Command::Campus(options) => campus::run(&Context::new(args).await?, options.command.as_ref()).await,
        Command::Majors(options) => tags::majors(&Context::new(args).await?, &options.words).await,
        Command::Interests(options) => tags::interests(&Context::new(args).await?, &options.words).await,
        Command::Pins(options) => pins::run(&Context::new(args).await?, options.command.as_ref()).await,
        Command::Share(options) => share::run(&Context::new(args).await?, options.command).await,
        Command::Sms(options) => sms::run(&Context::new(args).await?, options.command.as_ref()).await,
        Command::Export(options) => file::export(&Context::new(args).await?, options.file.as_deref()).await,
        Command::Diff(options) => file::diff(&Context::new(args).await?, &options.file.file, options.exit_code).await,
        Command::Apply(options) => file::apply(&Context::new(args).await?, &options.file).await,
        Command::History => file::history(&Context::new(args).await?).await,
        Command::Restore(options) => file::restore(&Context::new(args).await?, options.number).await,
        Command::Upload(options) => upload::run(&Context::new(args).await?, &options.file).await,
        Command::Show(options) => show::run(&Context::new(args).await?, &options).await,
    }
}
