//! Unsaved edits on disk, so that nothing typed is ever lost.
//!
//! Each running copy of Lapel writes into a slot of its own ([`DraftKeeper`]); what an ended copy left in its slot is found by
//! [`load`]. A draft ends only by a verified save or an explicit discard. The caller's duty: a body never holds the token.

mod keeper;
mod slot;

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::keeper::{DraftKeeper, FLUSH_LIMIT, Flusher};
pub use self::slot::LockedBy;
use super::document;
pub use super::document::Problem;
use super::file::{self, FileError};
use super::paths::{Identity, Paths};
use crate::base::DraftKind;
use crate::domain::SafeText;

/// Largest draft in bytes: a paste is at most 64 KiB, so this is an accident or an attack.
const CAP: u64 = 4 << 20;

/// Unsaved edits that another run of Lapel left behind.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDraft {
    /// What was being edited.
    pub kind: DraftKind,
    /// Whose edits.
    pub identity: Identity,
    /// Seconds since 1970.
    pub saved_at: i64,
    /// Why that run ended, like "connection lost"; `None` when it had no time to say.
    pub reason: Option<SafeText>,
    /// What was edited, in the shape of the screen that wrote it.
    pub body: Value,
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct DraftContent<B> {
    kind: DraftKind,
    reason: Option<String>,
    body: B,
}

/// What [`load`] found.
#[derive(Debug, Default, PartialEq)]
pub struct LoadedDrafts {
    /// Newest first; several of one kind when several copies ended.
    pub drafts: Vec<StoredDraft>,
    /// Drafts that cannot be used: damaged, foreign or from a newer version (moved aside), or unreadable.
    pub problems: Vec<Problem>,
}

/// The drafts of this account whose writer is gone. Those of a copy that still runs, this one included, are left alone.
pub fn load(paths: &Paths, identity: &Identity) -> LoadedDrafts {
    let folder = paths.drafts(identity);
    let mut found = LoadedDrafts::default();
    if let Err(error) = file::check_no_link(&folder) {
        found.problems.push(error.into());
        return found;
    }
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return found,
        Err(cause) => {
            found.problems.push(FileError::new("read", &folder, &cause).into());
            return found;
        }
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).and_then(slot::parse_name);
        let Some((number, kind)) = name else { continue };
        if !slot::is_abandoned(&folder, number) {
            continue;
        }
        match document::read::<DraftContent<Value>>(&path, CAP, identity) {
            Ok(None) => {}
            Ok(Some(document)) => found.drafts.push(StoredDraft {
                kind,
                identity: identity.clone(),
                saved_at: document.saved_at,
                reason: document.content.reason.map(SafeText::line),
                body: document.content.body,
                file: path,
            }),
            Err(problem) => found.problems.push(problem),
        }
    }
    found.drafts.sort_by(|a, b| (b.saved_at, a.kind, &a.file).cmp(&(a.saved_at, b.kind, &b.file)));
    found
}

/// Deletes a draft for good: only when a person asked for it. A restored draft is handed to [`DraftKeeper::adopt`] instead.
pub fn discard(draft: &StoredDraft) -> Result<(), FileError> {
    file::remove(&draft.file).map(drop)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::io::clock::Clock;

    fn write(paths: &Paths, identity: &Identity, name: &str, bytes: &[u8]) {
        file::write(&paths.drafts(identity).join(name), bytes).unwrap();
    }

    #[test]
    fn what_cannot_be_used_is_moved_aside_whole_and_reported() {
        let dir = tempfile::tempdir().unwrap();
        let (paths, ann, bob) = (Paths::under(dir.path(), Clock::of_tests()), Identity::new("groupme", "1"), Identity::new("groupme", "2"));
        let draft = |version: u32, account: &str| {
            let content = json!({"kind": "profile", "reason": null, "body": {"bio": "x"}});
            json!({"version": version, "server": "groupme", "account": account, "saved_at": 5, "content": content}).to_string()
        };
        let bad = [
            ("1-profile.json", "{\"version\":1,\"server\":\"gro".to_owned(), "is damaged"),
            ("2-profile.json", draft(2, "1"), "was written by a newer version of Lapel"),
            ("3-profile.json", draft(1, bob.account.as_str()), "belongs to another account"),
            ("4-profile.json", "[".repeat(20_000), "is damaged"),
            ("5-profile.json", " ".repeat((4 << 20) + 1), "is too large or not an ordinary file"),
        ];
        for (name, text, _) in &bad {
            write(&paths, &ann, name, text.as_bytes());
        }
        write(&paths, &ann, "6-profile.json", draft(1, "1").as_bytes());
        write(&paths, &ann, "notes.txt", b"not ours");

        let found = load(&paths, &ann);
        assert_eq!(found.drafts.len(), 1);
        assert_eq!(found.drafts[0].body, json!({"bio": "x"}));
        let said: Vec<_> = found.problems.iter().map(ToString::to_string).collect();
        for (name, text, why) in &bad {
            assert!(said.iter().any(|s| s.contains(&format!("{name} {why}; it is kept as "))), "{name}: {said:?}");
            assert_eq!(fs::read(paths.drafts(&ann).join(format!("{name}.bad-1"))).unwrap(), text.as_bytes());
        }
        assert!(paths.drafts(&ann).join("notes.txt").exists());
        // Said once; and the way is free again.
        assert_eq!(load(&paths, &ann).problems, []);
        assert_eq!(load(&paths, &bob), LoadedDrafts::default());
    }

    #[test]
    fn a_reason_from_the_disk_cannot_reach_the_terminal_raw() {
        let dir = tempfile::tempdir().unwrap();
        let (paths, ann) = (Paths::under(dir.path(), Clock::of_tests()), Identity::new("groupme", "1"));
        let content = DraftContent { kind: DraftKind::Pins, reason: Some("bye\u{1b}[2J".to_owned()), body: Value::Null };
        document::write(&paths.drafts(&ann).join("1-pins.json"), CAP, &ann, paths.clock().now(), &content).unwrap();
        assert_eq!(load(&paths, &ann).drafts[0].reason.as_ref().unwrap().as_str(), "bye");
    }
}
