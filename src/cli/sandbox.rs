//! `lapel sandbox`: the fake service for people who build other clients.

use std::time::Duration;

use super::args::{Global, Sandbox as Wanted};
use super::exit::Failure;
use super::output;
use crate::base::Signal;
use crate::io::words::words;
use crate::runtime::signals::Signals;
use crate::sandbox::{Options, Sandbox};

/// Serves until interrupted. The first two lines of output are for scripts: the address, then the token.
pub(super) async fn run(global: &Global, wanted: &Wanted) -> Result<(), Failure> {
    if global.dry_run {
        output::note(format!("Would serve the sandbox on {}.", wanted.listen));
        return Ok(());
    }
    let options = Options { listen: wanted.listen, latency: Duration::from_millis(wanted.latency), ..Options::default() };
    let sandbox =
        Sandbox::start(options).await.map_err(|error| Failure::failed(format!("the sandbox could not be started: {}", words(&error))))?;
    output::line(format!("listening on {}", sandbox.url()));
    output::line(format!("token {}", sandbox.token()));
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
