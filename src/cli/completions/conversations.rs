//! Conversations by name, from what the last run kept: the shell gets ids, since names may hold anything a shell takes amiss.

use super::value::CompletionValue;
use crate::api::{Call, Page, Reply};
use crate::cli::args::Global;
use crate::cli::context::label_of;
use crate::domain::conversation::{Listing, direct_id};
use crate::domain::fold::folded;
use crate::domain::pins::{Directory, PinRow};
use crate::domain::{Id, RawText};
use crate::io::cache::{self, Cache};
use crate::io::client::Server;
use crate::io::paths::{Identity, Paths};

/// What the cache holds.
struct CachedNames {
    pins: Vec<Id>,
    rows: Vec<PinRow>,
}

/// Pinned conversations.
pub(super) fn pinned(typed: &str) -> Vec<CompletionValue> {
    known().map(|known| fitting(typed, known.rows.iter().filter(|row| known.pins.contains(&row.id)))).unwrap_or_default()
}

/// Conversations that can be pinned.
pub(super) fn not_pinned(typed: &str) -> Vec<CompletionValue> {
    known().map(|known| fitting(typed, known.rows.iter().filter(|row| !known.pins.contains(&row.id)))).unwrap_or_default()
}

/// Ids that begin as what was typed; else the one whose name contains it, which the shell then puts in its place.
fn fitting<'a>(typed: &str, rows: impl Iterator<Item = &'a PinRow> + Clone) -> Vec<CompletionValue> {
    let value = |row: &PinRow| CompletionValue::new(row.id.as_str(), row.name.as_ref().map(RawText::line).unwrap_or_default());
    let by_id: Vec<CompletionValue> = rows.clone().filter(|row| row.id.as_str().starts_with(typed)).map(value).collect();
    if !by_id.is_empty() {
        return by_id;
    }
    let typed = folded(typed);
    let mut by_name = rows.filter(|row| row.name.as_ref().is_some_and(|name| folded(name.line().as_str()).contains(&typed)));
    match (by_name.next(), by_name.next()) {
        (Some(row), None) => vec![value(row)],
        _ => Vec::new(),
    }
}

fn known() -> Option<CachedNames> {
    let paths = Paths::from_env().ok()?;
    let server = Global::default().address().ok()?.map_or(Ok(Server::groupme()), |address| Server::parse(&address)).ok()?;
    let label = label_of(&server);
    let account = cache::latest_account(&paths, &label)?;
    let (cache, _) = Cache::new(&paths, Identity::new(label, account.clone())).load()?;
    let reply = |key: &str, call: Call| {
        let body = cache.get(key).filter(|value| !value.is_null())?.to_string();
        Reply::decode(&call, 200, Some("application/json"), body.as_bytes()).ok()
    };
    let mut known = Directory { me: Some(account.clone()), ..Directory::default() };
    if let Some(Reply::Groups(page)) = reply("groups", Call::Groups(1)) {
        known.groups = names_only(page);
    }
    if let Some(Reply::Groups(page)) = reply("former_groups", Call::FormerGroups) {
        known.former = names_only(page);
    }
    if let Some(Reply::Chats(page)) = reply("chats", Call::Chats(1)) {
        known.chats = names_only(page);
    }
    let pins = match reply("pins", Call::Pins) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pins::{PinKind, PinState};

    fn row(id: &str, name: &str) -> PinRow {
        PinRow { id: Id::from(id), name: Some(RawText::from(name)), kind: PinKind::Group, state: PinState::Ok }
    }

    #[test]
    fn an_id_is_offered_by_its_beginning_or_by_a_name_that_only_it_has() {
        let rows = [row("101", "Family"), row("102", "Climbing"), row("201", "Family dinner")];
        let texts = |typed| fitting(typed, rows.iter()).into_iter().map(|value| value.text).collect::<Vec<_>>();
        assert_eq!(texts("10"), ["101", "102"]);
        assert_eq!(texts("climb"), ["102"]);
        // Bash would put what the ids have in common in place of the word.
        assert_eq!(texts("fam"), [""; 0]);
        assert_eq!(texts("").len(), 3);
    }
}
