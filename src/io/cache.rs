//! The last values and names seen, on disk, so that the next start shows them at once.
//!
//! A cache may vanish at any time and is never trusted: everything in it is shown as old and replaced by the first answer. The caller's
//! duty: neither the token nor the share link goes in.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document;
use super::file::FileError;
use super::paths::{Identity, Paths};
use crate::domain::{Id, Token};

/// Largest cache in bytes; 5,000 conversations with their names take under one million.
const CAP: u64 = 8 << 20;

/// The cache of one account.
#[derive(Clone, Debug)]
pub struct Cache {
    paths: Paths,
    identity: Identity,
}

impl Cache {
    /// Names the cache of an account; touches nothing.
    pub fn new(paths: &Paths, identity: Identity) -> Self {
        Self { paths: paths.clone(), identity }
    }

    /// What was saved last, and when (seconds since 1970). One that cannot be used is as good as none; that is logged.
    pub fn load(&self) -> Option<(Value, i64)> {
        let found = document::read(&self.paths.cache_file(&self.identity), CAP, &self.identity);
        let document = found.inspect_err(|problem| tracing::warn!(%problem, "starting without the cache")).ok()??;
        Some((document.content, document.saved_at))
    }

    /// Replaces the cache.
    ///
    /// # Errors
    /// When it cannot be written or takes more than 8 MiB; the old one then stays.
    pub fn save(&self, values: &Value) -> Result<(), FileError> {
        document::write(&self.paths.cache_file(&self.identity), CAP, &self.identity, self.paths.clock().now(), values)
    }
}

/// Saves that different threads carry out: one at a time, and never an older one after a newer one.
#[derive(Debug, Default)]
pub struct SaveOrder {
    last: AtomicU64,
    turn: Mutex<()>,
}

impl SaveOrder {
    /// The number of a new save, to be taken in the order of the values.
    pub fn number(&self) -> u64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Carries the save with this number out, unless there is a newer one already.
    pub fn carry_out(&self, number: u64, save: impl FnOnce()) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if number == self.last.load(Ordering::Relaxed) {
            save();
        }
    }
}

#[derive(Serialize, Deserialize)]
struct LastAccount {
    account: Id,
    /// The token's last four characters: with another token it is likely another account.
    token: String,
}

/// Notes which account a token belongs to, so that the next start finds its cache before the server has answered.
pub fn remember_account(paths: &Paths, server: &str, token: &Token, account: &Id) -> Result<(), FileError> {
    let last = LastAccount { account: account.clone(), token: token.last_four().to_owned() };
    document::write(&paths.last_account_file(server), CAP, &nobody(server), paths.clock().now(), &last)
}

/// The account this token belonged to last time. A guess for showing old values: the answer of `users/me` decides.
pub fn last_account(paths: &Paths, server: &str, token: &Token) -> Option<Id> {
    let last: LastAccount = document::read(&paths.last_account_file(server), CAP, &nobody(server)).ok()??.content;
    (last.token == token.last_four()).then_some(last.account)
}

/// The account last seen on a server, whoever has signed in since; for offering names, never for showing values.
pub fn latest_account(paths: &Paths, server: &str) -> Option<Id> {
    let last: LastAccount = document::read(&paths.last_account_file(server), CAP, &nobody(server)).ok()??.content;
    Some(last.account)
}

fn nobody(server: &str) -> Identity {
    Identity::new(server, "")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::io::clock::Clock;
    use crate::io::file;

    #[test]
    fn values_come_back_to_their_own_account_only() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path(), Clock::of_tests());
        let cache = Cache::new(&paths, Identity::new("groupme", "1"));
        assert_eq!(cache.load(), None);
        cache.save(&json!({"groups": {"7": "Family"}})).unwrap();
        let (values, saved_at) = cache.load().unwrap();
        assert_eq!(values, json!({"groups": {"7": "Family"}}));
        assert_eq!(saved_at, paths.clock().now().as_second());
        assert_eq!(Cache::new(&paths, Identity::new("sandbox", "1")).load(), None);
        assert_eq!(Cache::new(&paths, Identity::new("groupme", "2")).load(), None);
    }

    #[test]
    fn a_damaged_cache_is_moved_aside_and_saving_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path(), Clock::of_tests());
        let identity = Identity::new("groupme", "1");
        let path = paths.cache_file(&identity);
        file::write(&path, b"\xff{").unwrap();
        let cache = Cache::new(&paths, identity);
        assert_eq!(cache.load(), None);
        assert_eq!(std::fs::read(path.with_file_name("1@groupme.json.bad-1")).unwrap(), b"\xff{");
        cache.save(&json!(1)).unwrap();
        assert_eq!(cache.load().unwrap().0, json!(1));
    }

    #[test]
    fn an_older_save_never_comes_after_a_newer_one() {
        let saves = SaveOrder::default();
        let (older, newer) = (saves.number(), saves.number());
        let mut done = Vec::new();
        saves.carry_out(newer, || done.push("newer"));
        saves.carry_out(older, || done.push("older"));
        assert_eq!(done, ["newer"]);
    }

    #[test]
    fn too_much_is_refused_and_the_old_values_stay() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(&Paths::under(dir.path(), Clock::of_tests()), Identity::new("groupme", "1"));
        cache.save(&json!("old")).unwrap();
        let error = cache.save(&json!("x".repeat(8 << 20))).unwrap_err().to_string();
        assert!(error.contains("more than 8388608 bytes"), "{error}");
        assert_eq!(cache.load().unwrap().0, json!("old"));
    }

    #[test]
    fn the_last_account_is_remembered_for_its_token_and_server_and_the_token_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path(), Clock::of_tests());
        let token = Token::parse("abcdefghijklmnopqrstuvwxyz123456").unwrap();
        let other = Token::parse("abcdefghijklmnopqrstuvwxyz654321").unwrap();
        assert_eq!(last_account(&paths, "groupme", &token), None);
        remember_account(&paths, "groupme", &token, &Id::from("1")).unwrap();
        assert_eq!(last_account(&paths, "groupme", &token), Some(Id::from("1")));
        assert_eq!(last_account(&paths, "groupme", &other), None);
        assert_eq!(last_account(&paths, "sandbox", &token), None);
        assert!(!std::fs::read_to_string(paths.last_account_file("groupme")).unwrap().contains(token.reveal()));
    }
}
