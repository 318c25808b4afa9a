//! What the system says, in words: no numbers, and where the user can do something, what.

use std::error::Error;
use std::io::{self, ErrorKind};

/// How the library's words for an error of the system end.
const NUMBER: &str = " (os error ";

/// An error for a sentence that says what was tried: `cannot read x: {}`. The library's own words end in `(os error 2)`, which
/// helps nobody; so every error that may come from the system goes through here.
pub fn words(cause: &(dyn Error + 'static)) -> String {
    let told = cause.to_string();
    // What somebody else worded has no number, and says more than its kind does.
    let kind = cause.downcast_ref::<io::Error>().filter(|cause| told.contains(NUMBER) || cause.get_ref().is_none()).map(io::Error::kind);
    match kind.unwrap_or(ErrorKind::Other) {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "not allowed; check with `ls -ld` who owns it and its folder",
        // Too large a file is what a limit on the size of files (`ulimit -f`) makes of the next byte.
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "the disk is full; free some space and try again",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only; XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_CACHE_HOME can name other folders",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a file stands where a folder should be",
        ErrorKind::AlreadyExists => "there is one already",
        ErrorKind::InvalidFilename => "the name is too long or has characters that are not allowed",
        ErrorKind::AddrInUse => "another program uses this address",
        ErrorKind::AddrNotAvailable => "this computer has no such address",
        ErrorKind::ConnectionRefused => "the connection was refused",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => "the other side closed the connection",
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => "there is no way there from this network",
        ErrorKind::TimedOut => "it took too long",
        ErrorKind::OutOfMemory => "there is not enough memory",
        ErrorKind::UnexpectedEof => "it ends too early",
        _ => return told.split(NUMBER).enumerate().map(|(at, part)| if at == 0 { part } else { behind_number(part) }).collect(),
    }
    .to_owned()
}

/// What follows the number and its bracket.
fn behind_number(text: &str) -> &str {
    text.split_once(')').map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_error_of_the_system_is_told_by_its_number() {
        for number in 1..140 {
            let text = words(&io::Error::from_raw_os_error(number));
            assert!(!text.is_empty() && !text.contains("os error"), "{number}: {text}");
        }
    }

    #[test]
    fn a_number_in_the_middle_goes_too() {
        let dir = tempfile::tempdir().unwrap();
        let error = tempfile::NamedTempFile::new_in(dir.path().join("gone")).unwrap_err();
        assert!(error.to_string().contains("os error"), "else this test is about nothing: {error}");
        assert_eq!(words(&error), "there is no such file or folder");
        assert_eq!(words(&io::Error::other("odd (os error 5) at \"x\"")), "odd at \"x\"");
    }

    #[test]
    fn what_somebody_worded_is_told_as_it_is() {
        assert_eq!(words(&io::Error::other("too many of them")), "too many of them");
        assert_eq!(words(&io::Error::new(ErrorKind::NotFound, "no cat here")), "no cat here");
        assert_eq!(words(&"x".parse::<u8>().unwrap_err()), "invalid digit found in string");
    }
}
