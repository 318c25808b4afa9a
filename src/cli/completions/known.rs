//! What the last run kept on this computer of the account used last. Asks neither a keyring nor the network: Tab must not wait.

use serde_json::Value as Json;

use super::value::CompletionValue;
use crate::api::{Call, ListHost, Page, Reply};
use crate::cli::args::Global;
use crate::cli::context::label_of;
use crate::domain::Id;
use crate::domain::campus::Interest;
use crate::domain::conversation::{Listing, direct_id};
use crate::domain::detail::moment;
use crate::domain::pins::{Directory, PinRow};
use crate::io::cache::{self, Cache};
use crate::io::client::Server;
use crate::io::history::HistoryStore;
use crate::io::notes::Notes;
use crate::io::paths::{Identity, Paths};

/// Conversations by name.
pub(super) struct CachedNames {
    pub(super) pins: Vec<Id>,
    pub(super) rows: Vec<PinRow>,
}

/// Where everything of the account used last is kept.
struct KnownAccount {
    paths: Paths,
    label: String,
    id: Id,
}

impl KnownAccount {
    fn find() -> Option<Self> {
        let paths = Paths::from_env().ok()?;
        let server = Global::default().address().ok()?.map_or(Ok(Server::groupme()), |address| Server::parse(&address)).ok()?;
        let label = label_of(&server);
        let id = cache::latest_account(&paths, &label)?;
        Some(Self { paths, label, id })
    }

    fn cache(&self) -> Option<Json> {
        Some(Cache::new(&self.paths, Identity::new(self.label.clone(), self.id.clone())).load()?.0)
    }

    fn numbers(&self, history: fn(&Notes, &Id) -> Option<HistoryStore>) -> Vec<CompletionValue> {
        let entries = history(&Notes::new(&self.paths, self.label.clone()), &self.id).and_then(|history| history.list().ok());
        let zone = self.paths.clock().zone();
        let entries = entries.unwrap_or_default().into_iter();
        entries.map(|entry| CompletionValue::new(entry.number.to_string(), moment(entry.saved_at, zone))).collect()
    }
}

fn reply(cache: &Json, key: &str, call: &Call) -> Option<Reply> {
    let body = cache.get(key).filter(|value| !value.is_null())?.to_string();
    Reply::decode(call, 200, Some("application/json"), body.as_bytes()).ok()
}

/// The interests.
pub(super) fn interests() -> Vec<Interest> {
    let cache = KnownAccount::find().and_then(|last| last.cache());
    match cache.and_then(|cache| reply(&cache, "interests", &Call::Interests(ListHost::Document))) {
        Some(Reply::Interests(interests)) => interests,
        _ => Vec::new(),
    }
}

/// Earlier states of the account, by number.
pub(super) fn states() -> Vec<CompletionValue> {
    KnownAccount::find().map(|last| last.numbers(Notes::accounts)).unwrap_or_default()
}

/// Earlier lists of pins, by number.
pub(super) fn lists() -> Vec<CompletionValue> {
    KnownAccount::find().map(|last| last.numbers(Notes::pins)).unwrap_or_default()
}

/// Every conversation, pinned or not.
pub(super) fn conversations() -> Option<CachedNames> {
    let last = KnownAccount::find()?;
    let (cache, account) = (last.cache()?, last.id);
    let mut known = Directory { me: Some(account.clone()), ..Directory::default() };
    if let Some(Reply::Groups(page)) = reply(&cache, "groups", &Call::Groups(1)) {
        known.groups = names_only(page);
    }
    if let Some(Reply::Groups(page)) = reply(&cache, "former_groups", &Call::FormerGroups) {
        known.former = names_only(page);
    }
    if let Some(Reply::Chats(page)) = reply(&cache, "chats", &Call::Chats(1)) {
        known.chats = names_only(page);
    }
    let pins = match reply(&cache, "pins", &Call::Pins) {
        Some(Reply::Ids(pins)) => pins,
        _ => Vec::new(),
    };
    let groups = known.groups.rows.iter().map(|group| group.id.clone());
    let chats = known.chats.rows.iter().map(|chat| direct_id(&account, &chat.user_id));
    let mut ids = pins.clone();
    ids.extend(groups.chain(chats).filter(|id| !pins.contains(id)));
    Some(CachedNames { rows: known.resolve(&ids), pins })
}

fn names_only<T>(page: Page<T>) -> Listing<T> {
    Listing { rows: page.rows, complete: false }
}
