//! `lapel sandbox`: the fake service for people who build other clients.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::args::{Global, SandboxArgs as Wanted};
use super::exit::Failure;
use super::output;
use crate::base::Signal;
use crate::io::user_file;
use crate::io::words::words;
use crate::runtime::signals::Signals;
use crate::sandbox::{Options, Sandbox, World, openapi};

/// Most bytes of a file with a world.
const SEED_CAP: u64 = 8 * 1024 * 1024;

/// More than the sandbox ever needs.
#[cfg(unix)]
const MOST_HANDLES: u64 = 8192;

/// Serves until interrupted. The first two lines of output are for scripts: the address, then the token.
pub(super) async fn run(global: &Global, wanted: &Wanted) -> Result<(), Failure> {
    if wanted.openapi {
        // The page is JSON itself.
        output::line(openapi(wanted.style))?;
        return Ok(());
    }
    let options = Options {
        listen: wanted.listen,
        exposed: wanted.expose,
        style: wanted.style,
        tokens: wanted.auth,
        rate_limit: wanted.rate,
        world: wanted.seed.as_deref().map_or_else(|| Ok(World::demo()), seed)?,
        log: wanted.log.clone(),
        faults: wanted.fault.clone(),
        latency: Duration::from_millis(wanted.latency),
        ..Options::default()
    };
    if global.dry_run {
        output::note(format!("Would serve the sandbox on {}.", wanted.listen));
        return Ok(());
    }
    allow_many_connections();
    let sandbox =
        Sandbox::start(options).await.map_err(|error| Failure::failed(format!("the sandbox could not be started: {}", words(&error))))?;
    if global.json {
        output::json(&json!({"address": sandbox.url(), "token": sandbox.token()}))?;
    } else {
        output::line(format!("listening on {}", sandbox.url()))?;
        output::line(format!("token {}", sandbox.token()))?;
    }
    if !wanted.listen.ip().is_loopback() {
        output::note("Warning: every computer that reaches this address can read and change everything in the sandbox.");
    }
    output::note("Ctrl-C ends it; everything it knows is forgotten then.");
    let mut signals = Signals::listen().map_err(|error| Failure::failed(format!("signals cannot be heard: {}", words(&error))))?;
    loop {
        match signals.next().await {
            Signal::Continue => {}
            Signal::Stop => signals.stop(),
            Signal::Hangup | Signal::End(_) => break,
        }
    }
    Ok(())
}

/// Every connection takes a file handle, of which a process may have few unless it asks for more.
fn allow_many_connections() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let wanted = limit.maximum.unwrap_or(u64::MAX).min(MOST_HANDLES).max(limit.current.unwrap_or(u64::MAX));
        // Where that is not allowed, clients wait for each other.
        let _ = setrlimit(Resource::Nofile, rustix::process::Rlimit { current: Some(wanted), ..limit });
    }
}

/// The world in a file.
fn seed(path: &Path) -> Result<World, Failure> {
    let failed = |why: String| Failure::usage(format!("{} is no world for the sandbox: {why}", path.display()));
    let bytes = user_file::read(path, SEED_CAP).map_err(|error| failed(words(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8".into()))?;
    World::parse(&text).map_err(failed)
}
