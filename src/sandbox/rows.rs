//! Groups and chats as the service sends them, made from the short rows of the world.
//!
//! A world says of a group who it is; everything else that clients read from a row is made up here, the same each time. What the
//! world's row says itself stands.

use serde_json::{Map, Value, json};

use super::world::World;

/// Whether a group is sent with its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Members {
    Told,
    /// `omit=memberships`: null, but counted.
    Omitted,
}

/// A group, or a former one.
pub(super) fn group(world: &World, row: &Value, members: Members) -> Value {
    let id = text(&row["id"]);
    let number: u64 = id.parse().unwrap_or_default();
    let people = people(world, number);
    let (updated, creator) = (&row["updated_at"], people.last().map(|member| member["user_id"].clone()));
    let link =
        (row["type"] == "public").then(|| format!("https://groupme.com/join_group/{id}/{:08X}", number.wrapping_mul(2_654_435_761) >> 8));
    let code = link.as_ref().map(|link| link.replace("https://groupme.com/", "https://image.groupme.com/qr/") + "/preview");
    let sender = people.last().unwrap_or(&Value::Null);
    let mut whole = object(json!({
        "group_id": id,
        "phone_number": format!("+1 555{:07}", number % 10_000_000),
        "creator_user_id": creator,
        "muted_until": null,
        "office_mode": false,
        "share_url": link,
        "share_qr_code_url": code,
        "max_members": 5000,
        "members_count": people.len(),
        "theme_name": null,
        "like_icon": null,
        "requires_approval": false,
        "show_join_question": false,
        "join_question": null,
        "message_deletion_period": 2_147_483_647,
        "message_deletion_mode": ["admin", "sender"],
        "messages": {
            "count": number % 900 + 1,
            "last_message_id": message_id(updated, number),
            "last_message_created_at": updated,
            "preview": { "nickname": sender["nickname"], "text": "See you there", "image_url": sender["image_url"], "attachments": [] },
        },
        "members": people,
    }));
    whole.extend(object(row.clone()));
    if members == Members::Omitted {
        whole.insert("members".to_owned(), Value::Null);
    }
    whole.into()
}

/// A direct conversation. It has no id of its own; the conversation's is in its last message.
pub(super) fn chat(world: &World, row: &Value) -> Value {
    let other = &row["other_user"];
    let (me, them) = (world.user_id(), text(&other["id"]));
    let mut pair = [me.to_owned(), them.clone()];
    pair.sort_by_key(|id| id.parse::<u64>().unwrap_or(u64::MAX));
    let updated = &row["updated_at"];
    let mut whole = object(json!({
        "last_message": {
            "id": message_id(updated, them.parse().unwrap_or_default()),
            "conversation_id": pair.join("+"),
            "created_at": updated,
            "user_id": them,
            "sender_id": them,
            "sender_type": "user",
            "recipient_id": me,
            "name": other["name"],
            "avatar_url": other["avatar_url"],
            "text": "See you there",
            "source_guid": format!("{them}-{updated}"),
            "favorited_by": [],
            "attachments": [],
        },
        "message_deletion_period": 2_147_483_647,
        "message_deletion_mode": ["sender"],
    }));
    whole.extend(object(row.clone()));
    whole.into()
}

/// The members of a group: this account, and one to four of those it writes with. The last one made it.
fn people(world: &World, number: u64) -> Vec<Value> {
    let account = &world["account"];
    let mine = (text(&account["id"]), &account["name"], &account["image_url"]);
    let chats = world.list("chats");
    let others = chats.iter().cycle().skip(number as usize % chats.len().max(1)).take((number as usize % 4 + 1).min(chats.len()));
    let others = others.map(|chat| (text(&chat["other_user"]["id"]), &chat["other_user"]["name"], &chat["other_user"]["avatar_url"]));
    let all: Vec<_> = std::iter::once(mine).chain(others).collect();
    let last = all.len() - 1;
    let member = |(place, (id, name, picture)): (usize, &(String, &Value, &Value))| {
        json!({
            "id": format!("{}", number.wrapping_mul(10).wrapping_add(place as u64)),
            "user_id": id,
            "nickname": name,
            "name": name,
            "image_url": picture,
            "muted": false,
            "autokicked": false,
            "roles": if place == last { json!(["admin", "owner"]) } else { json!(["user"]) },
        })
    };
    all.iter().enumerate().map(member).collect()
}

/// 18 digits, later messages with higher numbers.
fn message_id(time: &Value, salt: u64) -> String {
    format!("{:010}{:08}", time.as_u64().unwrap_or_default() % 10_000_000_000, salt % 100_000_000)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_world_says_of_a_row_stands() {
        let world = World::demo();
        let row = json!({"id": "7", "members": [], "office_mode": true});
        let told = group(&world, &row, Members::Told);
        assert_eq!((&told["members"], &told["office_mode"], &told["group_id"]), (&json!([]), &json!(true), &json!("7")));
        assert_eq!(group(&world, &row, Members::Omitted)["members"], Value::Null);
        assert_eq!(chat(&world, &json!({"last_message": null}))["last_message"], Value::Null);
    }

    #[test]
    fn a_world_without_anything_has_rows_all_the_same() {
        let world = World::new(Map::new());
        let told = group(&world, &json!(null), Members::Told);
        assert_eq!(told["members"].as_array().unwrap().len(), 1);
        assert!(chat(&world, &json!(1))["last_message"]["conversation_id"].is_string());
    }
}
