//! What the whole process is set to at its start, before any secret is in memory and any file is written.

/// No core dump, which would hold the token; and a write beyond the limit on the size of files fails with an error, as on a full disk,
/// instead of ending the program.
pub fn guard() {
    #[cfg(unix)]
    {
        use std::sync::Arc;

        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        use signal_hook::consts::SIGXFSZ;

        // Where neither can be had, the program is no worse off than any other.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: getrlimit(Resource::Core).maximum });
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    }
}
