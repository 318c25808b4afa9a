//! What a crash leaves behind: saved work, a usable terminal, and a report that can be read and shown to others.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use color_eyre::config::{HookBuilder, Theme};

use super::terminal::restore_now;
use crate::domain::SafeText;
use crate::jobs::picture;

/// The exit code of a program that panicked, as Rust's own.
const PANICKED: i32 = 101;
/// How long saving and the report may take. A terminal that takes nothing must not keep the program from ending.
const REPORTING: Duration = Duration::from_secs(2);

/// Installs the hooks for panics and for errors returned from `main`. Call it once, on the thread that runs the loop.
///
/// On a panic in any thread or task `before` runs first (it saves unsaved work and must not panic), then the terminal is given
/// back (with what closes a link, if there are `links`), then the report goes to stderr and the log, filtered by `mask` (which takes
/// out what must not be shown, as the token).
/// After a panic elsewhere than on the loop's thread the process ends: the loop would go on drawing on the user's own screen. Only a
/// picture's decoder may fail alone: what it reads is hostile and what it makes is not needed.
///
/// # Errors
///
/// When hooks are installed already.
pub fn install_hooks(
    before: impl Fn() + Send + Sync + 'static,
    mask: impl Fn(String) -> String + Send + Sync + 'static,
    links: bool,
) -> color_eyre::Result<()> {
    // Plain: a report is read on any background and pasted into issues.
    let (panic, eyre) = HookBuilder::default().theme(Theme::new()).display_env_section(false).try_into_hooks()?;
    eyre.install()?;
    let home = thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        if thread::current().name() == Some(picture::THREAD) {
            tracing::warn!(target: "lapel::panic", "a picture could not be decoded: {}", SafeText::line(mask(info.to_string())));
            return;
        }
        let _ = thread::Builder::new().spawn(|| {
            thread::sleep(REPORTING);
            std::process::exit(PANICKED);
        });
        before();
        let report = SafeText::block(mask(panic.panic_report(info).to_string()));
        // Held to the end, so that no other thread draws after the terminal was given back.
        let _screen = io::stdout().lock();
        restore_now(links);
        // Not `eprintln!`, which panics when stderr is gone.
        let _ = writeln!(io::stderr(), "{report}");
        tracing::error!(target: "lapel::panic", "{report}");
        if thread::current().id() != home {
            std::process::exit(PANICKED);
        }
    }));
    Ok(())
}
