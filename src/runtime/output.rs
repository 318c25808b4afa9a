//! The way to the terminal: a frame is one write, whatever is in it.
//!
//! The standard library's `Stdout` cuts what it is given at line feeds, which cursor moves are made of here. Its lock is still
//! taken: whoever holds it, as a panic's report does, has the screen for itself.

use std::io::{self, Write};

/// Standard output without a buffer.
#[derive(Debug)]
pub(super) struct Output {
    #[cfg(unix)]
    file: std::fs::File,
}

impl Output {
    /// # Errors
    ///
    /// When there is no standard output.
    pub(super) fn open() -> io::Result<Self> {
        #[cfg(unix)]
        let output = {
            use std::os::fd::AsFd;
            Self { file: io::stdout().as_fd().try_clone_to_owned()?.into() }
        };
        #[cfg(not(unix))]
        let output = Self {};
        Ok(output)
    }
}

/// The same terminal for writes that must not wait, which take as much as there is room for; none where it cannot be opened once more.
#[cfg(unix)]
pub(super) fn at_once() -> Option<Box<dyn Write + Send>> {
    use rustix::fs::{Mode, OFlags, open};

    // What is set on an open file holds for everybody who has it, a shell included; so this is a file of its own.
    let name = rustix::termios::ttyname(io::stdout(), Vec::new()).ok()?;
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = std::fs::File::from(open(name, flags, Mode::empty()).ok()?);
    Some(Box::new(Locked(file)))
}

#[cfg(not(unix))]
pub(super) fn at_once() -> Option<Box<dyn Write + Send>> {
    None
}

/// A file that is written with the lock of standard output.
#[cfg(unix)]
struct Locked(std::fs::File);

#[cfg(unix)]
impl Write for Locked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _screen = io::stdout().lock();
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Output {
    #[cfg(unix)]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _screen = io::stdout().lock();
        self.file.write(bytes)
    }

    #[cfg(not(unix))]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::stdout().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}
