//! The account: reading it, both ways of writing it, sharing, SMS mode.

use serde_json::{Map, Value, json};

use super::answer::{AnswerContent, Refusal, ServerAnswer};
use super::check::{self, DocumentedKey, ValueKind};
use super::request::Request;
use super::state::SandboxState;
use super::world::World;

/// Keys of the documented update.
pub(super) const SHORT: &[DocumentedKey] = &[
    DocumentedKey::new("avatar_url", ValueKind::Text),
    DocumentedKey::new("name", ValueKind::Text),
    DocumentedKey::new("email", ValueKind::Text),
    DocumentedKey::new("zip_code", ValueKind::Text),
];

/// Keys of the extended update. `intrests` is how the specification's request spells it, `interests` how every reply does.
pub(super) const EXTENDED: &[DocumentedKey] = &[
    DocumentedKey::new("name", ValueKind::Text),
    DocumentedKey::new("email", ValueKind::Text),
    DocumentedKey::new("avatar_url", ValueKind::Text),
    DocumentedKey::new("bio", ValueKind::Text),
    DocumentedKey::new("song_url", ValueKind::Text),
    DocumentedKey::new("photo_urls", ValueKind::Texts),
    DocumentedKey::new("intrests", ValueKind::Integers),
    DocumentedKey::new("interests", ValueKind::Integers),
    DocumentedKey::new("disable_favorite_notification", ValueKind::Flag),
    DocumentedKey::new("group_notification_sound", ValueKind::Text),
    DocumentedKey::new("dm_notification_sound", ValueKind::Text),
];

/// `GET /v3/users/me`: the account without the settings that only the extended reply has.
pub(super) fn me(world: &World) -> ServerAnswer {
    ServerAnswer::told(world["account"].clone())
}

/// `POST /v3/users/update`: the one call that insists on a last name.
pub(super) fn update(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    let name = request.fields.get("name").and_then(Value::as_str);
    if name.is_some_and(|name| name.split_whitespace().count() < 2) {
        return Err(Refusal::bad("name must be of the form FirstName LastName"));
    }
    write(state, request)?;
    let keys = ["id", "phone_number", "image_url", "name", "created_at", "updated_at", "email", "sms"];
    Ok(ServerAnswer::told(pick(&state.world["account"], &keys).into()))
}

/// `POST /users/:id`
pub(super) fn update_extended(state: &mut SandboxState, request: &Request) -> Result<ServerAnswer, Refusal> {
    if request.segment(1) != state.world.user_id() {
        return Err(Refusal::new(403, "this is not your account"));
    }
    let fields = &request.fields;
    if let (Some(one), Some(other)) = (fields.get("intrests"), fields.get("interests"))
        && one != other
    {
        return Err(Refusal::bad("intrests and interests differ"));
    }
    write(state, request)?;
    Ok(ServerAnswer::new(200, AnswerContent::OftenBare(json!({ "user": extended(&state.world) }))))
}

/// Writes all changes or, if one is against the rules, none.
fn write(state: &mut SandboxState, request: &Request) -> Result<(), Refusal> {
    let changes = &request.fields;
    let world = &mut state.world;
    for (key, value) in changes {
        check::profile(key, value)?;
    }
    for (key, value) in changes {
        let (part, name) = match key.as_str() {
            "avatar_url" => ("account", "image_url"),
            "intrests" => ("account", "interests"),
            "disable_favorite_notification" | "group_notification_sound" | "dm_notification_sound" => ("settings", key.as_str()),
            _ => ("account", key.as_str()),
        };
        if request.forgets(key) || request.forgets(name) {
            continue;
        }
        if key == "email" && world["account"]["email"] != *value {
            world.set("account", "email_verified", false.into());
        }
        let value = if key == "song_url" { song(world, value) } else { value.clone() };
        world.set(part, name, value);
    }
    state.touch();
    Ok(())
}

/// The service gives a song back with another `si` than it got.
fn song(world: &mut World, value: &Value) -> Value {
    match value.as_str().and_then(|song| song.split('?').next()) {
        Some(track) if !track.is_empty() => format!("{track}?si={}", world.mint(22)).into(),
        _ => value.clone(),
    }
}

fn extended(world: &World) -> Map<String, Value> {
    let account = &world["account"];
    let mut user = pick(account, &["id", "created_at", "updated_at", "name", "phone_number", "email", "email_verified", "locale"]);
    user.insert("avatar_url".to_owned(), account["image_url"].clone());
    user.extend(world["settings"].as_object().cloned().unwrap_or_default());
    user.extend(pick(account, &["bio", "photo_urls", "song_url", "interests"]));
    user
}

fn pick(value: &Value, keys: &[&str]) -> Map<String, Value> {
    keys.iter().filter_map(|key| Some(((*key).to_owned(), value.get(key)?.clone()))).collect()
}

/// `POST /v3/users/features/share`: every enable mints a new link, which kills the one before.
pub(super) fn share(state: &mut SandboxState, request: &Request) -> ServerAnswer {
    let world = &mut state.world;
    let (link, code) = if request.fields["status"] == "enable" {
        let place = format!("contact/{}/{}", world.user_id().to_owned(), world.mint(8));
        (json!(format!("https://groupme.com/{place}")), json!(format!("https://image.groupme.com/qr/{place}/preview")))
    } else {
        (Value::Null, Value::Null)
    };
    if !request.forgets("status") {
        world.set("account", "share_url", link.clone());
        world.set("account", "share_qr_code_url", code.clone());
    }
    state.touch();
    ServerAnswer::told(json!({ "share_url": link, "share_qr_code_url": code }))
}

/// `POST /v3/users/sms_mode`: 201 and nothing else. Again restarts the clock.
pub(super) fn sms_on(state: &mut SandboxState, request: &Request) -> ServerAnswer {
    let until = request.fields["duration"].as_i64().map(|hours| state.now().as_second() + hours * 3600);
    if !request.forgets("duration") {
        state.world.set_sms(true, until);
    }
    state.touch();
    ServerAnswer::empty(201)
}

/// `POST /v3/users/sms_mode/delete`: takes nothing, answers nothing.
pub(super) fn sms_off(state: &mut SandboxState, _: &Request) -> ServerAnswer {
    state.world.set_sms(false, None);
    state.touch();
    ServerAnswer::empty(200)
}
