//! Tells a release build which commit it is of, for `lapel --version` and bug reports.
//!
//! Other builds are not told: each commit would have the program built anew.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    // What git notes whenever a commit is made or taken; outside of a checkout there is none.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
    if let Some(commit) = git(&["log", "-1", "--format=%h of %cs"]) {
        println!("cargo:rustc-env=LAPEL_COMMIT={commit}");
    }
}

/// What git says in one line; none where there is no git, or no checkout.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}
