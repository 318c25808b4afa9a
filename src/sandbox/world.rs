//! The sandbox's world: everything the fake service knows, as raw JSON.
//!
//! Deliberately not structs: the shapes in `assets/sandbox.json` are the service's own, so nothing here can agree with a
//! client about a wrong name. It answers nothing by itself; the routes do.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// What `GET /v3/users/me` lacks for an account without a school or gallery.
const CAMPUS_KEYS: [&str; 4] = ["major_codes", "photo_urls", "song_url", "interests"];

/// Read once. The asset is part of the program and read by the tests; were it broken, the world would be empty, not a crash.
static DEMO: LazyLock<Value> = LazyLock::new(|| include_str!("../../assets/sandbox.json").parse().unwrap_or_default());

/// The state of the service, seen by one account: a JSON object.
///
/// Members: `token`; `account` (as `GET /v3/users/me` answers); `settings` (what only the extended reply has);
/// `directories` (a list); `membership` (ids of the school membership, null without a school); `pins`; `groups`; `topics`;
/// `former_groups`; `membership_states`; `chats`; `interests` (the public list). `sms_until` appears while SMS mode runs out
/// by itself (seconds since 1970), `minted` counts the links made. What clients read from rows of groups and chats and these do not say
/// is made up when they are sent. `others` is a list of worlds like this one: of further accounts on
/// the same server, each with a token of its own. Reads and writes go through [`Deref`] to [`Value`].
#[derive(Clone, Debug, PartialEq)]
pub struct World(Value);

impl World {
    /// The specification's example account, a member of an invented school, with invented groups, chats and nine pins.
    pub fn demo() -> Self {
        Self(DEMO.clone())
    }

    /// The same account without a school: the campus keys are absent, not empty.
    pub fn no_school() -> Self {
        let mut world = Self::demo();
        for key in CAMPUS_KEYS {
            world.remove("account", key);
        }
        world.set("account", "campus_profile_visibility", "hidden".into());
        world["directories"] = Value::Array(Vec::new());
        world["membership"] = Value::Null;
        world
    }

    /// Any JSON object as a world; what is missing answers as null or empty.
    pub fn new(json: Map<String, Value>) -> Self {
        Self(json.into())
    }

    /// Reads a world from a file's text, as `GET /sandbox/world` shows one.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let json: Value = text.parse().map_err(|error: serde_json::Error| format!("it is not JSON: {error}"))?;
        let Value::Object(world) = json else { return Err("it must be one JSON object".into()) };
        let filled = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        match world {
            _ if !filled(&world["token"]) => Err("it lacks \"token\", a string".into()),
            _ if !filled(&world["account"]["id"]) => Err("it lacks \"account\" with an \"id\", a string".into()),
            world => Ok(Self::new(world)),
        }
    }

    /// About how many bytes it takes in memory.
    pub(super) fn weight(&self) -> usize {
        weight(&self.0)
    }

    /// Applies a JSON merge patch (RFC 7396): members replace, null removes. A patch that is not an object changes nothing.
    pub fn patch(&mut self, patch: &Value) {
        if patch.is_object() {
            merge(&mut self.0, patch);
        }
    }

    /// The account's own user id.
    pub(super) fn user_id(&self) -> &str {
        self["account"]["id"].as_str().unwrap_or_default()
    }

    /// The place among the others of the account with this token.
    pub(super) fn other_with(&self, token: &str) -> Option<usize> {
        self.list("others").iter().position(|other| !token.is_empty() && other["token"].as_str() == Some(token))
    }

    /// A member that is a list, empty if it is anything else.
    pub(super) fn list(&self, key: &str) -> &[Value] {
        self[key].as_array().map_or(&[], Vec::as_slice)
    }

    /// Whether the account belongs to a school.
    pub(super) fn has_school(&self) -> bool {
        self["membership"].is_object()
    }

    /// Sets one key of a part (`account`, `settings`); a part that is no object takes nothing.
    pub(super) fn set(&mut self, part: &str, key: &str, value: Value) {
        if let Some(map) = self.0.get_mut(part).and_then(Value::as_object_mut) {
            map.insert(key.to_owned(), value);
        }
    }

    fn remove(&mut self, part: &str, key: &str) {
        if let Some(map) = self.0.get_mut(part).and_then(Value::as_object_mut) {
            map.shift_remove(key);
        }
    }

    /// Marks the account as changed: `updated_at` is now, and always later than before.
    pub(super) fn touch(&mut self, now: Timestamp) {
        let before = self["account"]["updated_at"].as_i64().unwrap_or_default();
        self.set("account", "updated_at", now.as_second().max(before.saturating_add(1)).into());
    }

    /// Turns SMS mode off when its time is over.
    pub(super) fn settle(&mut self, now: Timestamp) {
        if self["sms_until"].as_i64().is_some_and(|until| until <= now.as_second()) {
            self.set_sms(false, None);
        }
    }

    /// SMS mode on (until a second since 1970, or always) or off.
    pub(super) fn set_sms(&mut self, on: bool, until: Option<i64>) {
        self.set("account", "sms", on.into());
        self.set("settings", "sms_disabled", (!on).into());
        self.set("settings", "sms_disabled_expires_at", until.into());
        self["sms_until"] = until.into();
    }

    /// Letters and digits never given before by this world.
    pub(super) fn mint(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let count = self["minted"].as_u64().unwrap_or_default() + 1;
        self["minted"] = count.into();
        let letter = |place: usize| {
            let mut hasher = DefaultHasher::new();
            (count, place).hash(&mut hasher);
            char::from(ALPHABET[hasher.finish() as usize % ALPHABET.len()])
        };
        (0..length).map(letter).collect()
    }
}

impl Default for World {
    fn default() -> Self {
        Self::demo()
    }
}

impl Deref for World {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for World {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl From<Value> for World {
    fn from(json: Value) -> Self {
        Self(json)
    }
}

impl From<World> for Value {
    fn from(world: World) -> Self {
        world.0
    }
}

/// About how many bytes a value takes in memory.
pub(super) fn weight(value: &Value) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(weight).sum(),
        Value::Object(map) => map.iter().map(|(key, value)| key.len() + 64 + weight(value)).sum(),
        _ => 0,
    };
    inside + size_of::<Value>()
}

fn merge(target: &mut Value, patch: &Value) {
    let Some(changes) = patch.as_object() else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Map::new().into();
    }
    if let Some(map) = target.as_object_mut() {
        for (key, change) in changes {
            if change.is_null() {
                map.shift_remove(key);
            } else {
                merge(map.entry(key.clone()).or_insert(Value::Null), change);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_merge_patch_replaces_members_and_null_removes_them() {
        let mut world = World::new(Map::new());
        world.patch(&json!({"account": {"name": "A", "bio": "b"}, "pins": ["1"]}));
        world.patch(&json!({"account": {"bio": null, "zip_code": "1"}, "pins": ["2"]}));
        assert_eq!(*world, json!({"account": {"name": "A", "zip_code": "1"}, "pins": ["2"]}));
    }

    #[test]
    fn minted_names_never_repeat() {
        let mut world = World::demo();
        let links: HashSet<_> = (0..500).map(|_| world.mint(8)).collect();
        assert_eq!(links.len(), 500);
    }

    #[test]
    fn sms_mode_ends_by_itself() {
        let mut world = World::demo();
        let now = Timestamp::UNIX_EPOCH;
        world.set_sms(true, Some(now.as_second() + 1));
        world.settle(now);
        assert_eq!(world["account"]["sms"], json!(true));
        world.set_sms(true, Some(now.as_second()));
        world.settle(now);
        assert_eq!(world["account"]["sms"], json!(false));
        world.set_sms(true, None);
        world.settle(now);
        assert_eq!(world["account"]["sms"], json!(true));
    }
}
