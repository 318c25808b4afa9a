//! The `lapel` program: parses the command line and hands over, to a command or to the editor.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::FromArgMatches;
use clap::error::ErrorKind;
use lapel::cli::args::Args;
use lapel::cli::exit::{DONE, Failure, USAGE};
use lapel::cli::{examples, plain};
use lapel::io::words::words;
use lapel::{cli, start};

/// How long a thread that waited for a disk or a keyring stays for the next such wait.
const KEEP_ALIVE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    lapel::io::process::guard();
    if cli::completions::answer() {
        return ExitCode::SUCCESS;
    }
    // The everyday start says nothing more, and need not wait for the parser to learn every command.
    let parsed = if std::env::args_os().len() == 1 {
        Ok(Args::default())
    } else {
        examples::command().try_get_matches().and_then(|found| Args::from_arg_matches(&found))
    };
    let args = match parsed {
        Ok(args) => args,
        Err(error) => return explain(&error),
    };
    let has_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let is_plain = plain::is_wanted(&args, has_terminal);
    if args.command.is_none() && !is_plain && !has_terminal {
        let _ = write!(std::io::stderr(), "{}", examples::command().render_help());
        return ExitCode::from(USAGE);
    }
    let json = args.global.json;
    match run(args, is_plain) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure, json),
    }
}

fn fail(failure: &Failure, json: bool) -> ExitCode {
    if !failure.text.is_empty() {
        let _ =
            if json { writeln!(std::io::stderr(), "{}", failure.json()) } else { writeln!(std::io::stderr(), "lapel: {}", failure.text) };
    }
    ExitCode::from(failure.code)
}

fn run(mut args: Args, is_plain: bool) -> Result<(), Failure> {
    lapel::io::process::check_room().map_err(|error| {
        Failure::failed(format!(
            "Lapel could not start: {}; the limits are `ulimit -n` for files and `ulimit -u` for threads",
            words(&error)
        ))
    })?;
    // The loop, or the command, stays on this thread; what it waits for runs on one other.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_keep_alive(KEEP_ALIVE).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::failed(format!("Lapel could not start: {}", words(&error))))?;
    let result = runtime.block_on(async {
        match args.command.take() {
            Some(command) => Box::pin(cli::run(args, command)).await,
            None if is_plain => Box::pin(plain::run(args)).await,
            None => Box::pin(start::edit(args)).await,
        }
    });
    // A keyring that still waits for somebody must not keep the program from ending.
    runtime.shutdown_background();
    result
}

/// What the parser has to say: help that was asked for, or what is wrong with the command line, begun like every other error.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return match error.print() {
            // A reader that has seen enough is no error.
            Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => fail(&Failure::unprinted(&cause), false),
            _ => ExitCode::from(DONE.0),
        };
    }
    let text = error.render().to_string();
    if std::env::args_os().any(|argument| argument == "--json") {
        return fail(&Failure::usage(text.trim_end().strip_prefix("error: ").unwrap_or(&text)), true);
    }
    let text = if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        text
    } else {
        format!("lapel: {}", text.strip_prefix("error: ").unwrap_or(&text))
    };
    let _ = write!(std::io::stderr(), "{text}");
    ExitCode::from(USAGE)
}
