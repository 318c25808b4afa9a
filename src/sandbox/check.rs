//! Checks of request bodies: documented keys, their types, their rules. Every refusal names the key.
//!
//! Knows the rules of values, not the calls they come in.

use serde_json::{Map, Value};

use super::answer::Refusal;

/// A documented key of a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct DocumentedKey {
    pub(super) name: &'static str,
    pub(super) kind: ValueKind,
    pub(super) required: bool,
}

/// What the value of a documented key must be.
#[derive(Clone, Copy, Debug)]
pub(super) enum ValueKind {
    Text,
    OptionalText,
    Flag,
    Integer,
    OptionalInteger,
    Texts,
    Integers,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// 1 to 48, or `always`.
    Hours,
    /// An object of whatever.
    Object,
}

impl DocumentedKey {
    /// A key that may be missing.
    pub(super) const fn new(name: &'static str, kind: ValueKind) -> Self {
        Self { name, kind, required: false }
    }

    /// A key that must be there.
    pub(super) const fn required(name: &'static str, kind: ValueKind) -> Self {
        Self { name, kind, required: true }
    }
}

impl ValueKind {
    fn fits(self, value: &Value) -> bool {
        let integer = |value: &Value| value.is_u64() || value.is_i64();
        match self {
            Self::Text => value.is_string(),
            Self::OptionalText => value.is_null() || value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Integer => integer(value),
            Self::OptionalInteger => value.is_null() || integer(value),
            Self::Texts => value.as_array().is_some_and(|list| list.iter().all(Value::is_string)),
            Self::Integers => value.as_array().is_some_and(|list| list.iter().all(integer)),
            Self::OneOf(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Self::Hours => value == "always" || value.as_i64().is_some_and(|hours| (1..=48).contains(&hours)),
            Self::Object => value.is_object(),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Text => "a string".into(),
            Self::OptionalText => "a string or null".into(),
            Self::Flag => "a boolean".into(),
            Self::Integer => "an integer".into(),
            Self::OptionalInteger => "an integer or null".into(),
            Self::Texts => "an array of strings".into(),
            Self::Integers => "an array of integers".into(),
            Self::OneOf(words) => words.join(" or "),
            Self::Hours => "1 to 48 or \"always\"".into(),
            Self::Object => "an object".into(),
        }
    }
}

/// The body as an object with none but the given keys, each of its type, and with those that must be there.
pub(super) fn object(body: Value, keys: &[DocumentedKey]) -> Result<Map<String, Value>, Refusal> {
    let Value::Object(map) = body else { return Err(Refusal::bad("the body must be a JSON object")) };
    for (name, value) in &map {
        let Some(key) = keys.iter().find(|key| key.name == name) else {
            return Err(Refusal::bad(format!("unknown key {name}")));
        };
        if !key.kind.fits(value) {
            return Err(Refusal::bad(format!("{name} must be {}", key.kind.name())));
        }
    }
    match keys.iter().find(|key| key.required && !map.contains_key(key.name)) {
        Some(missing) => Err(Refusal::bad(format!("{} is required", missing.name))),
        None => Ok(map),
    }
}

/// The rules of one profile key beyond its type.
pub(super) fn profile(key: &str, value: &Value) -> Result<(), Refusal> {
    let text = value.as_str().unwrap_or_default();
    let fault = match key {
        "name" if text.trim().is_empty() => "name must not be empty",
        "email" if !is_email(text) => "email must be in name@domain.com form",
        "avatar_url" if !is_picture(text) => "avatar_url must be an image processed by the image service",
        "song_url" if !text.is_empty() && !is_song(text) => "song_url must be a Spotify song share URL",
        "photo_urls" => {
            let photos = value.as_array().map_or(&[][..], Vec::as_slice);
            if photos.len() < 3 {
                "photo_urls must have at least 3 photos"
            } else if !photos.iter().all(|photo| photo.as_str().is_some_and(is_picture)) {
                "photo_urls must be images processed by the image service"
            } else {
                return Ok(());
            }
        }
        _ => return Ok(()),
    };
    Err(Refusal::bad(fault))
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
    plain(name) && plain(domain) && domain.contains('.') && domain.split('.').all(|label| !label.is_empty())
}

fn is_picture(text: &str) -> bool {
    text.strip_prefix("https://i.groupme.com/").is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn is_song(text: &str) -> bool {
    let track = text.strip_prefix("https://open.spotify.com/track/").map(|rest| rest.split('?').next().unwrap_or_default());
    track.is_some_and(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_need_a_name_and_a_domain_with_a_dot() {
        for good in ["a@b.c", "first.last+tag@mail.example.org", "email@example.con"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@", "@b.c", "a@b", "a@b.", "a b@c.d", "a@b@c.d", "a@b..c"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
