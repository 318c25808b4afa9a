//! The command line: text, JSON, exit codes, on the real binary against an in-process sandbox.

mod campus;
mod completions;
mod config;
mod doctor;
mod dry_run;
mod file;
mod full;
mod json;
mod odd;
mod pins;
mod plain;
mod sandbox;
mod session;
mod set;
mod share;
mod shells;
mod show;
mod sms;
mod upload;
mod usage;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use lapel::sandbox::{Options, Sandbox};
use tokio::runtime::Runtime;

use crate::day::surroundings;

/// A sandbox, and a home of its own for the commands run against it.
pub(crate) struct Shell {
    runtime: Runtime,
    pub(crate) sandbox: Sandbox,
    pub(crate) home: tempfile::TempDir,
}

impl Shell {
    /// The demo's world.
    pub(crate) fn new() -> Self {
        Self::on(Options::default())
    }

    /// A sandbox of one's own.
    pub(crate) fn on(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(options)).unwrap();
        Self { runtime, sandbox, home: tempfile::tempdir().unwrap() }
    }

    /// `lapel` with arguments, signed in to the sandbox.
    pub(crate) fn lapel(&self, args: &[&str]) -> Command {
        let mut command = self.signed_out(args);
        command.env("GROUPME_TOKEN", self.sandbox.token());
        command
    }

    /// `lapel` with arguments and without a token.
    pub(crate) fn signed_out(&self, args: &[&str]) -> Command {
        let mut command = bare(args);
        command.env("HOME", self.home.path()).env("LAPEL_SERVER", self.sandbox.url());
        command
    }

    /// Runs a command that must work; its output.
    pub(crate) fn output(&self, args: &[&str]) -> String {
        let output = self.lapel(args).assert().success().get_output().stdout.clone();
        String::from_utf8(output).unwrap()
    }

    /// Runs a command that must end with `code` and say something on standard error; what it says.
    pub(crate) fn fails(&self, code: i32, args: &[&str]) -> String {
        said(&self.lapel(args).assert().code(code))
    }

    /// Requests that change something, as `METHOD path`, in order.
    pub(crate) fn writes(&self) -> Vec<String> {
        let seen = self.sandbox.log().into_iter().filter(|seen| seen.method != "GET");
        seen.map(|seen| format!("{} {}", seen.method, seen.path)).collect()
    }

    /// Another sandbox on the same runtime, for what must not be reached.
    pub(crate) fn another_sandbox(&self) -> Sandbox {
        self.runtime.block_on(Sandbox::start(Options::default())).unwrap()
    }
}

/// `lapel` with arguments and an environment that holds nothing of the person running the tests.
pub(crate) fn bare(args: &[&str]) -> Command {
    Command::from_std(program(args))
}

/// As [`bare`], to be started and not waited for.
pub(crate) fn program(args: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lapel"));
    command.env_clear().envs(surroundings()).env("LANG", "C.UTF-8").args(args);
    command
}

/// What a command said on standard error, which must be something and must not hold a token.
pub(crate) fn said(assert: &Assert) -> String {
    let text = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(!text.trim().is_empty(), "failed without a word");
    text
}
