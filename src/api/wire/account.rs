//! The account's JSON: `users/me`, the two updates, sharing, and the directory's record.

use serde_json::{Map, Value, json};

use super::{Fields, id, integer, text};
use crate::domain::account::{Account, AccountInfo, AccountSettings, MfaChannel, Profile, Share, Sms, SmsEnd};
use crate::domain::campus::Campus;
use crate::domain::detail::TOLD_AT;
use crate::domain::field::{FieldRoute, FieldValue, PROFILE, keep_unread};
use crate::domain::{Id, RawText, Visibility};

/// What `POST /v3/users/update` takes of a set of changes.
pub(in crate::api) fn account_changes(changes: &Profile) -> Value {
    body(changes, FieldRoute::is_short)
}

/// What the extended call takes of a set of changes.
pub(in crate::api) fn profile_changes(changes: &Profile) -> Value {
    body(changes, FieldRoute::is_extended)
}

/// The values of the fields that travel this way, by their keys.
fn body(changes: &Profile, is_taken: fn(FieldRoute) -> bool) -> Value {
    let mut body = Map::new();
    for row in PROFILE.iter().filter(|row| is_taken(row.route)) {
        let Some(value) = (row.value)(changes) else { continue };
        let value = match value {
            FieldValue::Text(text) => json!(text),
            FieldValue::Texts(texts) => json!(texts),
            FieldValue::Ids(ids) => ids.iter().map(number_or_text).collect(),
            FieldValue::Switch(on) => json!(on),
            FieldValue::Year(year) => json!(year),
        };
        // The specification's request spells it `intrests`, every reply `interests`; nobody recorded a request, so both are sent.
        if row.key == "interests" {
            body.insert("intrests".to_owned(), value.clone());
        }
        body.insert(row.key.to_owned(), value);
    }
    body.into()
}

/// Interests travel as integers; an id that is none, or would not come back the same, stays as it is.
fn number_or_text(id: &Id) -> Value {
    id.number().map_or_else(|| json!(id), |number| json!(number))
}

/// An account, whole or in part, bare or inside `user`; none when nothing is told, or no id where the call does not name one.
pub(in crate::api) fn account(content: &Value, asked: Option<&Id>) -> Option<Account> {
    let fields = Fields::inside(content, "user").filter(|fields| !fields.object.is_empty())?;
    let id = fields.id(&["id"]).or_else(|| fields.id(&["user_id"])).or_else(|| asked.cloned())?;
    Some(Account {
        id,
        profile: profile(fields),
        facts: facts(fields),
        campus: campus(fields),
        share: share(fields),
        sms: sms(fields),
        settings: settings(fields),
    })
}

fn profile(fields: Fields) -> Profile {
    Profile {
        name: fields.text("name"),
        email: fields.text("email"),
        // An account without a picture has "" here or null there, and either key may be the empty one.
        avatar_url: ["image_url", "avatar_url"].iter().find_map(|key| fields.text(key).filter(|url| !url.is_empty())),
        bio: fields.text("bio"),
        song_url: fields.text("song_url"),
        photo_urls: fields.list("photo_urls", text),
        interests: fields.list("interests", id).or_else(|| fields.list("intrests", id)),
        zip_code: fields.text("zip_code"),
        disable_favorite_notification: fields.flag("disable_favorite_notification"),
        group_notification_sound: fields.text("group_notification_sound"),
        dm_notification_sound: fields.text("dm_notification_sound"),
    }
}

fn facts(fields: Fields) -> AccountInfo {
    let mfa = fields.get(&["mfa"]).and_then(Fields::of);
    AccountInfo {
        user_id: fields.id(&["user_id"]),
        email_verified: fields.flag("email_verified"),
        phone_number: fields.text("phone_number"),
        locale: fields.text("locale"),
        created_at: fields.seconds("created_at"),
        updated_at: fields.seconds("updated_at"),
        facebook_connected: fields.flag("facebook_connected"),
        microsoft_connected: fields.flag("microsoft_connected"),
        twitter_connected: fields.flag("twitter_connected"),
        mfa_enabled: mfa.and_then(|mfa| mfa.flag("enabled")),
        mfa_channels: mfa.and_then(|mfa| mfa.list("channels", mfa_channel)),
        tags: fields.list("tags", text),
        prompt_for_survey: fields.flag("prompt_for_survey"),
        show_age_gate: fields.flag("show_age_gate"),
        birth_date_set: fields.flag("birth_date_set"),
        friend_suggestable: fields.flag("friend_suggestable"),
        sleep_until: fields.seconds("sleep_until"),
        consents: fields.get(&["consents"]).cloned(),
        directories: fields.get(&["directories"]).cloned(),
        graduation_year_is_empty: fields.get(&["graduation_year"]).is_some_and(|year| year == ""),
    }
}

fn settings(fields: Fields) -> AccountSettings {
    let mut unread = Profile::default();
    keep_unread(PROFILE, &mut unread, &profile(fields));
    let email = fields.get(&["email_settings"]).and_then(Fields::of);
    AccountSettings {
        // The server does not say when it was; a reply that was kept does.
        told_at: fields.seconds(TOLD_AT),
        profile: unread,
        app_installed: fields.flag("app_installed"),
        direct_message_capable: fields.flag("direct_message_capable"),
        country: fields.text("country"),
        language: fields.text("language"),
        disable_started_using_notification: fields.flag("disable_started_using_notification"),
        sms_disabled: fields.flag("sms_disabled"),
        sms_disabled_expires_at: fields.seconds("sms_disabled_expires_at"),
        local_sms_available: fields.flag("local_sms_available"),
        needs_password: fields.flag("needs_password"),
        stopped: fields.flag("stopped"),
        admin: fields.flag("admin"),
        verified: fields.flag("verified"),
        international: fields.flag("international"),
        email_membership_added: email.and_then(|email| email.flag("membership_added")),
        email_group_created: email.and_then(|email| email.flag("group_created")),
    }
}

fn mfa_channel(value: &Value) -> Option<MfaChannel> {
    let fields = Fields::of(value)?;
    Some(MfaChannel { kind: fields.text("type")?, created_at: fields.seconds("created_at") })
}

fn campus(fields: Fields) -> Campus {
    Campus {
        major_codes: fields.list("major_codes", id),
        graduation_year: fields.get(&["graduation_year"]).and_then(year),
        visibility: visibility(fields),
    }
}

/// `users/me` says whether SMS mode is on, the extended call whether it is off.
fn sms(fields: Fields) -> Sms {
    Sms {
        on: fields.flag("sms").or_else(|| fields.flag("sms_disabled").map(|off| !off)),
        end: fields.seconds("sms_disabled_expires_at").map(SmsEnd::At),
    }
}

/// A link of "" is no link.
fn share(fields: Fields) -> Share {
    let link = |key| fields.text(key).filter(|url: &RawText| !url.is_empty());
    Share { url: link("share_url"), qr_code_url: link("share_qr_code_url") }
}

/// The answer to a change of sharing; none when it says nothing about the link.
pub(in crate::api) fn share_reply(content: &Value) -> Option<Share> {
    let object = content.as_object()?;
    object.contains_key("share_url").then(|| share(Fields { object, beside: None }))
}

/// Year and visibility in the directory's record, if it tells either; its `major_ids` are row numbers, not codes, and are not read.
pub(in crate::api) fn membership(content: &Value) -> Option<(Option<u16>, Option<Visibility>)> {
    let fields = Fields::inside(content, "membership")?;
    let told = ["graduation_year", "campus_profile_visibility"].iter().any(|key| fields.object.contains_key(*key));
    told.then(|| (fields.get(&["graduation_year"]).and_then(year), visibility(fields)))
}

fn visibility(fields: Fields) -> Option<Visibility> {
    fields.text("campus_profile_visibility").filter(|word| !word.is_empty()).map(|word| Visibility::from_word(word.raw()))
}

/// A year as number or digits; "" and 0 are none.
fn year(value: &Value) -> Option<u16> {
    integer(value).and_then(|year| u16::try_from(year).ok()).filter(|year| *year != 0)
}
