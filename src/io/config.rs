//! The file of settings, `config.toml`: read once at the start, written by people only.
//!
//! What it says and what is wrong with it is `base::settings`' business.

use std::path::PathBuf;

use super::file::{self, FileError};
use super::paths::Paths;
use crate::base::Settings;
use crate::base::settings::{self, Mistake, ParsedSettings};
use crate::domain::SafeText;

/// Larger than any file of settings.
const CAP: u64 = 1 << 20;

/// The settings and what is wrong with their file.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the file is or would be.
    pub path: PathBuf,
    /// Whether there is one.
    pub exists: bool,
    /// What holds: what the file sets well, and defaults for the rest.
    pub reading: ParsedSettings,
    /// The file is there and cannot be read.
    pub unreadable: Option<FileError>,
}

impl Config {
    /// Reads the file. Nothing about it keeps Lapel from starting.
    pub fn load(paths: &Paths) -> Self {
        let path = paths.config_file();
        let mut config = Self { path, exists: true, reading: ParsedSettings::default(), unreadable: None };
        match file::read_linked(&config.path, CAP) {
            Ok(None) => config.exists = false,
            Ok(Some(bytes)) => match std::str::from_utf8(&bytes) {
                Ok(text) => config.reading = settings::read(text),
                Err(error) => {
                    let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned();
                    let text = "this is not text in UTF-8; save the file in that encoding";
                    config.reading.mistakes.push(Mistake::after(&before, text));
                }
            },
            Err(error) => config.unreadable = Some(error),
        }
        config
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.reading.settings
    }

    /// What is wrong, a line each, ready to be shown.
    pub fn complaints(&self) -> Vec<SafeText> {
        let path = file::shown(&self.path);
        let mistakes = self.reading.mistakes.iter().map(|mistake| SafeText::line(format!("{path}:{mistake}")));
        let unreadable = self.unreadable.iter().map(|error| SafeText::line(error.to_string()));
        unreadable.chain(mistakes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::clock::Clock;

    fn load(bytes: &[u8]) -> Config {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path(), Clock::of_tests());
        file::write(&paths.config_file(), bytes).unwrap();
        Config::load(&paths)
    }

    #[test]
    fn no_file_is_no_complaint() {
        let config = Config::load(&Paths::under(tempfile::tempdir().unwrap().path(), Clock::of_tests()));
        assert_eq!((config.exists, config.complaints()), (false, Vec::new()));
    }

    #[test]
    fn a_complaint_names_file_line_and_column_and_nothing_of_it_reaches_the_terminal_raw() {
        let config = load(b"mouse = false\n\"\xc2\x9b31mx\" = 1\n");
        let complaints = config.complaints();
        assert!(complaints[0].as_str().contains("/config.toml:2:1: there is no setting"), "{complaints:?}");
        assert!(!complaints[0].as_str().contains('\u{9b}'));
        assert!(!config.settings().mouse);
    }

    #[test]
    fn what_cannot_be_read_leaves_the_defaults() {
        let config = load(b"mouse = false\nx = '\xff'");
        assert_eq!((config.reading.mistakes[0].line, config.reading.mistakes[0].column), (2, 6));
        assert_eq!(*config.settings(), Settings::default());
        let huge = load(&vec![b'#'; (1 << 20) + 1]);
        assert!(huge.complaints()[0].as_str().contains("larger than"), "{huge:?}");
    }
}
