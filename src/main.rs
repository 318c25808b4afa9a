//! The `lapel` program: parses the command line and hands over, to a command or to the editor.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use lapel::cli::args::Args;
use lapel::cli::exit::Failure;
use lapel::{cli, start};

fn main() -> ExitCode {
    let mut args = Args::parse();
    let result = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => {
            let result = runtime.block_on(async {
                match args.command.take() {
                    Some(command) => cli::run(args, command).await,
                    None if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() => start::edit(args).await,
                    None => Err(Failure::usage(Args::command().render_help().to_string())),
                }
            });
            // A keyring that still waits for somebody must not keep the program from ending.
            runtime.shutdown_background();
            result
        }
        Err(error) => Err(Failure::failed(format!("Lapel could not start: {error}"))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, text }) => {
            let _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::from(code)
        }
    }
}
