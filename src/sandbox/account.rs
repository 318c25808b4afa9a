//! The account: reading it, both ways of writing it, sharing, SMS mode.

use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::check::{self, Kind};
use super::request::Request;
use super::state::State;
use super::world::World;

const SHORT: &[(&str, Kind)] = &[("avatar_url", Kind::Text), ("name", Kind::Text), ("email", Kind::Text), ("zip_code", Kind::Text)];

/// `intrests` is how the specification's request spells it, `interests` how every reply does.
const EXTENDED: &[(&str, Kind)] = &[
    ("name", Kind::Text),
    ("email", Kind::Text),
    ("avatar_url", Kind::Text),
    ("bio", Kind::Text),
    ("song_url", Kind::Text),
    ("photo_urls", Kind::Texts),
    ("intrests", Kind::Integers),
    ("interests", Kind::Integers),
    ("disable_favorite_notification", Kind::Flag),
    ("group_notification_sound", Kind::Text),
    ("dm_notification_sound", Kind::Text),
];

/// `GET /v3/users/me`: the account without the settings that only the extended reply has.
pub(super) fn me(world: &World) -> Answer {
    Answer::enveloped(&world["account"])
}

/// `POST /v3/users/update`
pub(super) fn update(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let changes = check::object(request.json()?, SHORT)?;
    write(state, request, &changes)?;
    let keys = ["id", "phone_number", "image_url", "name", "created_at", "updated_at", "email", "sms"];
    Ok(Answer::enveloped(&pick(&state.world["account"], &keys).into()))
}

/// `POST /users/:id`
pub(super) fn update_extended(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    if request.segment(1) != state.world.user_id() {
        return Err(Refusal::new(403, "this is not your account"));
    }
    let body = check::object(request.json()?, &[("user", Kind::Any)])?;
    let changes = check::object(check::required(&body, "user")?.clone(), EXTENDED)?;
    if let (Some(one), Some(other)) = (changes.get("intrests"), changes.get("interests"))
        && one != other
    {
        return Err(Refusal::bad("intrests and interests differ"));
    }
    write(state, request, &changes)?;
    Ok(Answer::enveloped(&json!({ "user": extended(&state.world) })))
}

/// Writes all changes or, if one is against the rules, none.
fn write(state: &mut State, request: &Request, changes: &Map<String, Value>) -> Result<(), Refusal> {
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
pub(super) fn share(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let body = check::object(request.json()?, &[("status", Kind::Text)])?;
    let world = &mut state.world;
    let (link, code) = match check::required(&body, "status")?.as_str() {
        Some("enable") => {
            let place = format!("contact/{}/{}", world.user_id().to_owned(), world.mint(8));
            (json!(format!("https://groupme.com/{place}")), json!(format!("https://image.groupme.com/qr/{place}/preview")))
        }
        Some("disable") => (Value::Null, Value::Null),
        _ => return Err(Refusal::bad("status must be enable or disable")),
    };
    if !request.forgets("status") {
        world.set("account", "share_url", link.clone());
        world.set("account", "share_qr_code_url", code.clone());
    }
    state.touch();
    Ok(Answer::enveloped(&json!({ "share_url": link, "share_qr_code_url": code })))
}

/// `POST /v3/users/sms_mode`: 201 and nothing else. Again restarts the clock.
pub(super) fn sms_on(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    let body = check::object(request.json()?, &[("duration", Kind::Any), ("registration_id", Kind::Text)])?;
    let duration = check::required(&body, "duration")?;
    let until = match duration.as_i64() {
        Some(hours @ 1..=48) => Some(state.now().as_second() + hours * 3600),
        None if duration == "always" => None,
        _ => return Err(Refusal::bad("duration must be 1 to 48 or \"always\"")),
    };
    if !request.forgets("duration") {
        state.world.set_sms(true, until);
    }
    state.touch();
    Ok(Answer::empty(201))
}

/// `POST /v3/users/sms_mode/delete`: takes nothing, answers nothing.
pub(super) fn sms_off(state: &mut State, request: &Request) -> Result<Answer, Refusal> {
    if !request.body.is_empty() {
        return Err(Refusal::bad("this call takes no body"));
    }
    state.world.set_sms(false, None);
    state.touch();
    Ok(Answer::empty(200))
}
