//! The diagnostic log, and the last filter before any sink that outside text can reach.
//!
//! One event is one line: control characters of server text are gone, the token's bytes are masked whoever wrote them. The log must never
//! be the reason why the program stops.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tracing::Subscriber;
use tracing::instrument::WithSubscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::{Layer, SubscriberExt};

use super::clock::Clock;
use super::file::{self, FileError};
use super::paths::Paths;
use crate::domain::{SafeText, Token};

/// A log larger than this at the start, in bytes, is begun anew.
const LARGEST: u64 = 1 << 20;

/// Longest line in bytes; an answer of the server may be a million.
const LONGEST_LINE: usize = 8 << 10;

/// The target of events about what answers of the service look like.
pub const WIRE: &str = "lapel::wire";

/// Libraries that would log requests with their headers and addresses.
const TALKATIVE: [&str; 8] = ["hyper", "hyper_util", "reqwest", "rustls", "h2", "zbus", "keyring", "tokio"];

/// Replaces every token it knows in any text. Clones share what they know.
#[derive(Clone, Debug, Default)]
pub struct Masker(Arc<RwLock<Vec<Token>>>);

impl Masker {
    /// A masker that knows no token yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Masks this token from now on. Earlier ones stay masked: a replaced token is still a secret.
    pub fn set(&self, token: Token) {
        let mut tokens = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }

    /// `text` without any token.
    pub fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let tokens = self.0.read().unwrap_or_else(PoisonError::into_inner);
        tokens.iter().fold(
            Cow::Borrowed(text),
            |text, token| {
                if text.contains(token.reveal()) { Cow::Owned(token.mask_in(&text)) } else { text }
            },
        )
    }
}

/// Sends what Lapel logs at `level` and above to the log file, whose path is returned.
///
/// # Errors
/// When the file cannot be opened. Nothing is logged then; the program goes on.
pub fn start(paths: &Paths, level: LevelFilter, masker: Masker) -> Result<PathBuf, FileError> {
    let path = paths.log_file();
    let file = open(&path)?;
    // Fails only when a log was started before, which then goes on.
    let _ = tracing::subscriber::set_global_default(subscriber(LogSink::to_file(file, masker), level, paths.clock().clone()));
    Ok(path)
}

fn open(path: &Path) -> Result<File, FileError> {
    let file = file::open_to_append(path)?;
    let failed = |cause| FileError::new("prepare", path, &cause);
    #[cfg(unix)]
    {
        // For one that an earlier umask or a person made wider.
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    }
    if file.metadata().map_err(failed)?.len() > LARGEST {
        file.set_len(0).map_err(failed)?;
    }
    Ok(file)
}

fn subscriber(sink: LogSink, level: LevelFilter, clock: Clock) -> impl Subscriber + Send + Sync {
    let quiet = TALKATIVE.map(|target| (target, LevelFilter::WARN.min(level)));
    let filter = Targets::new().with_default(level).with_targets(quiet);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_timer(LogTime(clock)).with_writer(sink);
    tracing_subscriber::registry().with(lines.with_filter(filter))
}

/// What a line begins with.
struct LogTime(Clock);

impl FormatTime for LogTime {
    fn format_time(&self, line: &mut Writer<'_>) -> std::fmt::Result {
        write!(line, "{:.3}", self.0.now())
    }
}

/// What was asked of the service while `work` was done, and what the answers looked like: a line each, without the time. Nothing of it
/// reaches the log.
pub async fn captured<T>(masker: Masker, work: impl Future<Output = T>) -> (T, String) {
    let lines = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&lines);
    let write = Box::new(move |line: &str| kept.lock().unwrap_or_else(PoisonError::into_inner).push_str(line));
    let plain = tracing_subscriber::fmt::layer().with_ansi(false).without_time().with_level(false).with_target(false);
    let filter = Targets::new().with_target(WIRE, LevelFilter::DEBUG);
    let layer = plain.with_writer(LogSink { write, masker }).with_filter(filter);
    let done = work.with_subscriber(tracing_subscriber::registry().with(layer)).await;
    let lines = std::mem::take(&mut *lines.lock().unwrap_or_else(PoisonError::into_inner));
    (done, lines)
}

/// Where lines go, and what is masked in them.
struct LogSink {
    write: Box<dyn Fn(&str) + Send + Sync>,
    masker: Masker,
}

impl LogSink {
    fn to_file(file: File, masker: Masker) -> Self {
        let write = move |line: &str| drop((&file).write_all(line.as_bytes()));
        Self { write: Box::new(write), masker }
    }
}

/// One event, gathered whole: a token must not slip through between two writes.
struct LogLine<'a> {
    sink: &'a LogSink,
    bytes: Vec<u8>,
}

impl<'a> MakeWriter<'a> for LogSink {
    type Writer = LogLine<'a>;

    fn make_writer(&'a self) -> LogLine<'a> {
        LogLine { sink: self, bytes: Vec::new() }
    }
}

impl Write for LogLine<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for LogLine<'_> {
    fn drop(&mut self) {
        let text = String::from_utf8_lossy(&self.bytes);
        // Sanitised first: what is dropped may stand in the middle of a token.
        let text = SafeText::line(text.trim_end());
        let mut text = self.sink.masker.mask(text.as_str()).into_owned();
        while text.len() >= LONGEST_LINE {
            text.pop();
        }
        text.push('\n');
        (self.sink.write)(&text);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const CANARY: &str = "canaryTOKEN0123456789abcdefghijklmnopqrs";

    /// What the log file holds after `events`.
    fn logged(level: LevelFilter, events: impl FnOnce()) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lapel.log");
        let masker = Masker::new();
        let sink = LogSink::to_file(open(&path).unwrap(), masker.clone());
        masker.set(Token::parse(CANARY).unwrap());
        tracing::subscriber::with_default(subscriber(sink, level, Clock::of_tests()), events);
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn the_token_never_reaches_the_log() {
        let log = logged(LevelFilter::TRACE, || {
            tracing::info!("plain {CANARY}");
            tracing::warn!(field = CANARY, "in a field");
            tracing::error!("hidden {}\u{200b}{}", &CANARY[..9], &CANARY[9..]);
        });
        assert!(!log.contains(CANARY), "{log}");
        assert_eq!(log.matches("<token>").count(), 3, "{log}");
    }

    #[test]
    fn an_event_is_one_harmless_line_of_bounded_length() {
        let log = logged(LevelFilter::INFO, || {
            tracing::info!("a\u{1b}]0;pwned\u{7}\n2026-01-01 ERROR forged\u{202e}\r\n");
            tracing::info!("{}", "ä".repeat(8192));
        });
        assert_eq!(log.lines().filter(|line| line.starts_with("1970-01-01T00:00:00.000Z  INFO ")).count(), 2, "{log}");
        assert!(!log.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{log:?}");
        assert!(log.lines().all(|line| line.len() <= 8192));
    }

    #[test]
    fn the_level_counts_and_the_network_libraries_are_held_to_warnings() {
        let events = || {
            tracing::debug!(target: "hyper::proto", "headers");
            tracing::info!(target: "reqwest::connect", "address");
            tracing::warn!(target: "hyper_util::client", "closed");
            tracing::debug!("ours");
        };
        let log = logged(LevelFilter::TRACE, events);
        assert!(log.contains("ours") && log.contains("closed") && !log.contains("headers") && !log.contains("address"), "{log}");
        assert_eq!(logged(LevelFilter::OFF, events), "");
    }

    #[test]
    fn a_large_log_is_begun_anew_and_a_small_one_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state/lapel.log");
        open(&path).unwrap().write_all(b"small\n").unwrap();
        open(&path).unwrap().write_all(b"more\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"small\nmore\n");
        open(&path).unwrap().set_len((1 << 20) + 1).unwrap();
        open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_log_others_could_read_is_made_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lapel.log");
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_log_that_cannot_be_opened_is_an_error_and_no_more() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("state"), "in the way").unwrap();
        let error = start(&Paths::under(dir.path(), Clock::of_tests()), LevelFilter::INFO, Masker::new()).unwrap_err().to_string();
        assert!(error.starts_with("cannot make the folder "), "{error}");
    }

    #[test]
    fn a_replaced_token_stays_masked_and_clean_text_is_not_copied() {
        let masker = Masker::new();
        assert_eq!(masker.mask(CANARY), CANARY);
        let shared = masker.clone();
        shared.set(Token::parse(CANARY).unwrap());
        shared.set(Token::parse("second-token").unwrap());
        assert_eq!(masker.mask(&format!("{CANARY} second-token")), "<token> <token>");
        assert!(matches!(masker.mask("clean"), Cow::Borrowed("clean")));
    }
}
