//! What the whole process is set to at its start, before any secret is in memory and any file is written.

use std::io::{self, PipeReader, PipeWriter};
use std::sync::{Arc, Mutex};
use std::thread;

/// Pairs of file handles, and threads, that a command and the runtime under it need; libraries below panic where there are fewer.
const PIPES: usize = 8;
const THREADS: usize = 4;

/// Whether there are enough file handles and threads to start at all.
///
/// # Errors
/// When the system gives too few.
pub fn check_room() -> io::Result<()> {
    let _pipes: Vec<(PipeReader, PipeWriter)> = (0..PIPES).map(|_| io::pipe()).collect::<io::Result<_>>()?;
    let gate = Arc::new(Mutex::new(()));
    // None ends before all are there.
    let _closed = gate.lock();
    for _ in 0..THREADS {
        let gate = Arc::clone(&gate);
        thread::Builder::new().spawn(move || drop(gate.lock()))?;
    }
    Ok(())
}

/// No core dump, which would hold the token; and a write beyond the limit on the size of files fails with an error, as on a full disk,
/// instead of ending the program.
pub fn guard() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        use signal_hook::consts::SIGXFSZ;

        // Where neither can be had, the program is no worse off than any other.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: getrlimit(Resource::Core).maximum });
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    }
}
