//! The day of the tests, which never meet the real one, nor the person who runs them.

use std::ffi::OsString;

use jiff::tz::TimeZone;
use lapel::io::clock::Clock;
use lapel::sandbox::{Options, Sandbox};

/// Noon, and a little later, of a day in Greenwich.
pub(crate) fn clock() -> Clock {
    Clock::stopped("2026-11-24T12:03:04Z".parse().unwrap(), TimeZone::UTC)
}

/// A sandbox on this day.
pub(crate) async fn sandbox(options: Options) -> Sandbox {
    let time = options.time.or(Some(clock().now()));
    Sandbox::start(Options { time, ..options }).await.unwrap()
}

/// All that a program started by a test gets to know of the surroundings: where programs are, and, where the tests run on a faked day,
/// that one; otherwise the program and the sandbox it talks to would live on two.
pub(crate) fn surroundings() -> impl Iterator<Item = (OsString, OsString)> {
    let known = |name: &str| ["PATH", "LD_PRELOAD"].contains(&name) || name.starts_with("FAKETIME");
    std::env::vars_os().filter(move |(name, _)| name.to_str().is_some_and(known))
}
