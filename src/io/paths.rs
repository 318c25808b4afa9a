//! Where files live: the XDG base folders, each with `lapel/` in it.
//!
//! This module names files and must not touch them. What belongs to one account on one server carries both in its name, so that the
//! sandbox, another server and a second account never meet.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::clock::Clock;
use crate::domain::Id;

/// The server label of GroupMe's own servers; every other server has its own.
pub const GROUPME: &str = "groupme";

/// Longest part of a file name that comes from outside, in bytes; file systems end at 255.
const LONGEST_NAME: usize = 80;

/// The folders Lapel may use, and the clock that dates what is written there.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    config: PathBuf,
    state: PathBuf,
    cache: PathBuf,
    clock: Clock,
}

/// No folder to keep anything in could be found.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("no home folder is known; set HOME to an absolute path")]
pub struct NoHome;

impl Paths {
    /// The folders of the person who runs Lapel, with the system's clock. `XDG_*` variables that are not absolute are ignored, as their specification asks.
    ///
    /// # Errors
    /// When no home folder is known.
    pub fn from_env() -> Result<Self, NoHome> {
        let base = etcetera::choose_base_strategy().map_err(|_| NoHome)?;
        // Windows has a folder that follows the person to other computers, which is for settings, and one that stays.
        let (state, cache) = if cfg!(windows) {
            let local = base.cache_dir().join("lapel");
            (local.join("state"), local.join("cache"))
        } else {
            (base.state_dir().unwrap_or_else(|| base.data_dir()).join("lapel"), base.cache_dir().join("lapel"))
        };
        let paths = Self { config: base.config_dir().join("lapel"), state, cache, clock: Clock::system() };
        let absolute = [&paths.config, &paths.state, &paths.cache].iter().all(|path| path.is_absolute());
        if absolute { Ok(paths) } else { Err(NoHome) }
    }

    /// Everything below one folder, for tests.
    pub fn under(folder: &Path, clock: Clock) -> Self {
        let [config, state, cache] = ["config/lapel", "state/lapel", "cache/lapel"].map(|name| folder.join(name));
        Self { config, state, cache, clock }
    }

    /// What dates the files.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The folders by what they are for, each of which may be missing.
    pub fn folders(&self) -> [(&'static str, &Path); 3] {
        [("config", &self.config), ("state", &self.state), ("cache", &self.cache)]
    }

    /// The settings, written by people only.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The diagnostic log.
    pub fn log_file(&self) -> PathBuf {
        self.state.join("lapel.log")
    }

    /// An account's token. In `state`, because `config` is what people publish as their dotfiles.
    pub fn account_token_file(&self, identity: &Identity) -> PathBuf {
        self.state.join("tokens").join(identity.file_stem())
    }

    /// The token for a server, from when there was one account a server.
    pub fn token_file(&self, server: &str) -> PathBuf {
        self.state.join("tokens").join(file_name(server))
    }

    /// The accounts that are signed in to a server.
    pub fn accounts_file(&self, server: &str) -> PathBuf {
        self.state.join("accounts").join(format!("{}.json", file_name(server)))
    }

    /// The folder of an account's unsaved edits.
    pub fn drafts(&self, identity: &Identity) -> PathBuf {
        self.state.join("drafts").join(identity.file_stem())
    }

    /// The earlier values of one `kind` of thing.
    pub fn history_file(&self, identity: &Identity, kind: &str) -> PathBuf {
        self.state.join("history").join(format!("{}.{kind}.json", identity.file_stem()))
    }

    /// A note of one `kind` about an account.
    pub fn note_file(&self, identity: &Identity, kind: &str) -> PathBuf {
        self.state.join("notes").join(format!("{}.{kind}.json", identity.file_stem()))
    }

    /// The last values and names seen of an account.
    pub fn cache_file(&self, identity: &Identity) -> PathBuf {
        self.cache.join(format!("{}.json", identity.file_stem()))
    }

    /// Which account was last seen on a server.
    pub fn last_account_file(&self, server: &str) -> PathBuf {
        self.cache.join(format!("last@{}.json", file_name(server)))
    }
}

/// Whose files: an account on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The server's label: [`GROUPME`], or what names another server, like `127.0.0.1:8080`.
    pub server: String,
    /// The account's id there.
    pub account: Id,
}

impl Identity {
    /// An account on the server with this label.
    pub fn new(server: impl Into<String>, account: impl Into<Id>) -> Self {
        Self { server: server.into(), account: account.into() }
    }

    /// `ACCOUNT@SERVER`, safe as a file name, and as one in a keyring.
    pub fn file_stem(&self) -> String {
        format!("{}@{}", file_name(self.account.as_str()), file_name(&self.server))
    }
}

/// Outside text as part of a file name, different for different text: no separators, no leading dots, no upper case (some file
/// systems take `A` for `a`).
fn file_name(raw: &str) -> String {
    let mut name = String::with_capacity(raw.len());
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => name.push(char::from(byte)),
            b'.' if at > 0 => name.push('.'),
            _ => {
                let _ = write!(name, "_{byte:02x}");
            }
        }
    }
    if name.len() > LONGEST_NAME {
        name.truncate(LONGEST_NAME - 17);
        let _ = write!(name, "_{:016x}", fnv1a(raw.as_bytes()));
    }
    name
}

/// FNV-1a: the standard library's hash may change with its version, and names on disk may not. Two texts made to collide meet in one
/// file, whose content names its account and is refused.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_servers_never_share_a_file() {
        let paths = Paths::under(Path::new("/x"), Clock::of_tests());
        let ours = Identity::new(GROUPME, "1234567890");
        assert_eq!(paths.cache_file(&ours), Path::new("/x/cache/lapel/1234567890@groupme.json"));
        assert_eq!(paths.drafts(&Identity::new("127.0.0.1:80", "1")), Path::new("/x/state/lapel/drafts/1@127.0.0.1_3a80"));
        assert_ne!(paths.token_file(GROUPME), paths.token_file("127.0.0.1:80"));
        assert_ne!(paths.account_token_file(&ours), paths.account_token_file(&Identity::new(GROUPME, "1")));
        assert_ne!(paths.account_token_file(&Identity::new("b", "a")), paths.token_file("a@b"), "an old name is no new one");
        assert_ne!(paths.cache_file(&ours), paths.cache_file(&Identity::new("sandbox", "1234567890")));
    }

    /// Runs itself again with other variables, which belong to the process.
    #[cfg(unix)]
    #[test]
    fn variables_are_honoured_when_absolute_and_ignored_when_not() {
        if std::env::var_os("LAPEL_TEST_PATHS").is_some() {
            let paths = Paths::from_env().unwrap();
            assert_eq!(paths.config_file(), Path::new("/home/ann/.config/lapel/config.toml"), "relative: ignored");
            assert_eq!(paths.log_file(), Path::new("/var/ann/lapel/lapel.log"));
            return;
        }
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "io::paths::tests::variables_are_honoured_when_absolute_and_ignored_when_not"])
            .envs([("LAPEL_TEST_PATHS", "1"), ("HOME", "/home/ann"), ("XDG_CONFIG_HOME", "conf"), ("XDG_STATE_HOME", "/var/ann")])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }

    proptest::proptest! {
        #[test]
        fn a_file_name_is_harmless_and_tells_texts_apart(a in "(?s).{0,120}", b in "[a-zA-Z./_]{0,4}", c in "[a-zA-Z./_]{0,4}") {
            for raw in [&a, &b] {
                let name = file_name(raw);
                proptest::prop_assert!(name.len() <= 80 && !name.starts_with('.'), "{name}");
                proptest::prop_assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)), "{name}");
            }
            proptest::prop_assert_eq!(file_name(&b) == file_name(&c), b == c);
        }
    }
}
