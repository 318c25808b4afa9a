//! Listings: pins, groups, chats, standings, schools, majors, interests, and where an upload went.

use std::collections::HashSet;

use serde_json::Value;

use super::{Fields, LONGEST_IN_ROW, id, integer, text};
use crate::api::error::ApiError;
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Membership, MembershipState, Topic};
use crate::domain::{Id, RawText};

/// A list of ids, bare or under `key`; none when the answer says nothing about it. `null` under the key is how the service may
/// write an empty list.
///
/// # Errors
/// When an element is no id: leaving it out would delete it at the next save.
pub(in crate::api) fn ids(content: &Value, key: &str) -> Result<Option<Vec<Id>>, ApiError> {
    let list = match content {
        Value::Object(object) => match object.get(key) {
            None => return Ok(None),
            Some(Value::Null) => return Ok(Some(Vec::new())),
            Some(list) => list,
        },
        Value::Null => return Ok(None),
        list => list,
    };
    let read = list.as_array().and_then(|list| list.iter().map(id).collect());
    read.map(Some).ok_or_else(|| ApiError::garbled("a list of ids holds something that is no id"))
}

/// A row of `GET /v3/groups` or `GET /v3/groups/former`.
pub(in crate::api) fn group(row: &Value) -> Option<Group> {
    let fields = Fields::of(row)?;
    Some(Group {
        id: row_id(fields, &["id", "group_id"])?,
        name: fields.name("name").unwrap_or_default(),
        image_url: picture(fields, "image_url"),
        topics: count(fields, "children_count"),
        members: count(fields, "members_count"),
        last_message: row.get("messages").and_then(|messages| integer(messages.get("last_message_created_at")?)),
    })
}

/// A row of `GET /v3/groups/:id/subgroups` about `group`. Ids are numbers there; the name is `topic`, in other places `name`.
pub(in crate::api) fn topic(row: &Value, group: &Id) -> Option<Topic> {
    let fields = Fields::of(row)?;
    Some(Topic {
        id: row_id(fields, &["id"])?,
        parent: row_id(fields, &["parent_id"]).unwrap_or_else(|| group.clone()),
        name: fields.name("topic").or_else(|| fields.name("name")).unwrap_or_default(),
    })
}

/// A row of `GET /v3/memberships/states`.
pub(in crate::api) fn membership_state(row: &Value) -> Option<MembershipState> {
    let fields = Fields::of(row)?;
    let state = fields.text("state").unwrap_or_default();
    Some(MembershipState { group_id: row_id(fields, &["group_id", "id"])?, state: Membership::from_word(state.raw()) })
}

/// A row of `GET /v3/chats`, known by the other person.
pub(in crate::api) fn chat(row: &Value) -> Option<Chat> {
    let fields = Fields::of(row.get("other_user")?)?;
    Some(Chat {
        user_id: row_id(fields, &["id", "user_id"])?,
        name: fields.name("name").unwrap_or_default(),
        avatar_url: picture(fields, "avatar_url"),
        last_message: row.get("last_message").and_then(|message| integer(message.get("created_at")?)),
    })
}

fn count(fields: Fields, key: &str) -> Option<u32> {
    fields.get(&[key]).and_then(integer).and_then(|count| u32::try_from(count).ok())
}

fn picture(fields: Fields, key: &str) -> Option<RawText> {
    fields.text(key).filter(|url| (1..=LONGEST_IN_ROW).contains(&url.raw().len()))
}

fn row_id(fields: Fields, keys: &[&str]) -> Option<Id> {
    fields.id(keys).filter(|id| id.as_str().len() <= LONGEST_IN_ROW)
}

/// The account's schools: a list, one object, or nothing.
pub(in crate::api) fn schools(content: &Value) -> Result<Vec<School>, ApiError> {
    let one = std::slice::from_ref(content);
    let rows = match content {
        Value::Null => &[],
        Value::Array(list) => list.as_slice(),
        Value::Object(object) if object.is_empty() => &[],
        Value::Object(_) => one,
        _ => return Err(ApiError::garbled("it is not a list")),
    };
    Ok(rows.iter().filter_map(school).collect())
}

fn school(row: &Value) -> Option<School> {
    let fields = Fields::inside(row, "directory")?;
    let name = fields.text("name").unwrap_or_default();
    Some(School { id: fields.id(&["id", "directory_id"])?, name, short_name: fields.text("short_name").filter(|name| !name.is_empty()) })
}

/// Where an uploaded picture is; none if that is no address, which would be printed and saved as one.
pub(in crate::api) fn uploaded(content: &Value) -> Option<RawText> {
    let fields = Fields::inside(content, "payload")?;
    ["picture_url", "url"].iter().find_map(|key| picture(fields, key).filter(|text| is_address(text.raw())))
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.and_then(|rest| rest.split_once('/')).is_some_and(|(host, path)| {
        !host.is_empty() && !path.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
    })
}

/// The list of majors, flat or grouped; none if it holds nothing.
pub(in crate::api) fn majors(content: &Value) -> Option<Vec<Major>> {
    let rows = entries(content);
    (!rows.is_empty()).then(|| rows.into_iter().map(|TagEntry { id, name, category }| Major { code: id, name, category }).collect())
}

/// The list of interests, an entry standing under several categories taken once; none if it holds nothing.
pub(in crate::api) fn interests(content: &Value) -> Option<Vec<Interest>> {
    let rows = entries(content);
    (!rows.is_empty()).then(|| rows.into_iter().map(|TagEntry { id, name, category }| Interest { id, name, category }).collect())
}

/// The majors Lapel brings along, for when the live list cannot be fetched. From the fields of study with census codes published
/// by `FiveThirtyEight` (`data/college-majors`, CC BY 4.0).
pub fn built_in_majors() -> Vec<Major> {
    let document = serde_json::from_str(include_str!("../../../assets/majors.json")).unwrap_or_default();
    majors(&document).unwrap_or_default()
}

/// One thing that can be tagged.
struct TagEntry {
    id: Id,
    name: RawText,
    category: Option<RawText>,
}

fn entries(content: &Value) -> Vec<TagEntry> {
    let mut found = Vec::new();
    walk(content, None, &mut found);
    let mut seen = HashSet::new();
    found.retain(|entry: &TagEntry| seen.insert(entry.id.clone()));
    found
}

/// Finds entries at any depth: an object that holds a list is a category, one with an id and a name is an entry, and in any other
/// the keys are codes of entries or categories. The parser bounds the depth.
fn walk(value: &Value, category: Option<&RawText>, found: &mut Vec<TagEntry>) {
    match value {
        Value::Array(list) => list.iter().for_each(|each| walk(each, category, found)),
        Value::Object(object) => {
            let fields = Fields { object, beside: None };
            let name = fields.text("name");
            if let Some(list) = fields.get(&["entries", "majors", "interests", "items"]) {
                walk(list, name.as_ref().or(category), found);
            } else if let (Some(id), Some(name)) = (fields.id(&["code", "id"]), name) {
                found.push(TagEntry { id, name, category: fields.text("category").or_else(|| category.cloned()) });
            } else {
                object.iter().for_each(|(key, value)| keyed(key, value, category, found));
            }
        }
        _ => {}
    }
}

/// What stands under a key: the name or the object of an entry with this code, or a category of this name.
fn keyed(key: &str, value: &Value, category: Option<&RawText>, found: &mut Vec<TagEntry>) {
    let is_code = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    let (name, own) = match value {
        Value::String(_) => (text(value), None),
        Value::Object(object) => {
            let fields = Fields { object, beside: None };
            (fields.text("name"), fields.text("category"))
        }
        _ => (None, None),
    };
    match name.filter(|_| is_code) {
        Some(name) => found.push(TagEntry { id: Id::from(key), name, category: own.or_else(|| category.cloned()) }),
        None => walk(value, Some(&RawText::new(key)), found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_majors_are_read_by_the_decoder_of_the_live_ones() {
        let majors = built_in_majors();
        assert_eq!(majors.len(), 173);
        let statistics = majors.iter().find(|major| major.code.as_str() == "3702").unwrap();
        assert_eq!(statistics.name.raw(), "Statistics and Decision Science");
        assert!(majors.iter().all(|major| major.category.is_some()));
    }
}
