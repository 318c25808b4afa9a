//! The values of the account that have a row of their own, in the order they are shown; a row says everything there is to say about one.

use super::super::{Account, Text};
use super::row::{Detail, Edit, Section, Source};
use super::value::Value;

fn text(text: Option<&Text>) -> Value {
    text.filter(|text| !text.is_empty()).map_or(Value::None, |text| Value::Text(text.clone()))
}

fn flag(flag: Option<bool>) -> Value {
    flag.map_or(Value::None, Value::Flag)
}

fn list<T: Clone>(items: Option<&Vec<T>>, make: fn(Vec<T>) -> Value) -> Value {
    items.filter(|items| !items.is_empty()).map_or(Value::None, |items| make(items.clone()))
}

const fn row(section: Section, key: &'static str, label: &'static str, edit: Edit, get: fn(&Account) -> Value) -> Detail {
    Detail { key, aliases: &[], label, section, edit, secret: false, source: Source::Account(get) }
}

/// A value that a form edits and names.
const fn field(section: Section, key: &'static str, edit: Edit, get: fn(&Account) -> Value) -> Detail {
    row(section, key, "", edit, get)
}

use Edit::{Elsewhere, Sharing, Sms};
use Section as S;

const THE_APP: Edit = Elsewhere("It is changed in the GroupMe app or at web.groupme.com.");
const GROUPME: Edit = Elsewhere("GroupMe itself sets it; nobody else can.");
const NEVER: Edit = Elsewhere("GroupMe gave it to the account when it was made; it never changes.");

/// The values that have a row of their own.
#[rustfmt::skip]
pub(super) const ROWS: &[Detail] = &[
    field(S::Profile, "name", Edit::Profile("name"), |a| text(a.profile.name.as_ref())),
    Detail { aliases: &["avatar_url"], ..field(S::Profile, "image_url", Edit::Profile("avatar_url"), |a| text(a.profile.avatar_url.as_ref())) },
    field(S::Profile, "bio", Edit::Profile("bio"), |a| text(a.profile.bio.as_ref())),
    field(S::Profile, "song_url", Edit::Profile("song_url"), |a| text(a.profile.song_url.as_ref())),
    field(S::Profile, "interests", Edit::Profile("interests"), |a| list(a.profile.interests.as_ref(), Value::Interests)),
    field(S::Profile, "photo_urls", Edit::Profile("photo_urls"), |a| list(a.profile.photo_urls.as_ref(), Value::Texts)),
    field(S::Campus, "major_codes", Edit::Campus("major_codes"), |a| list(a.campus.major_codes.as_ref(), Value::Majors)),
    field(S::Campus, "graduation_year", Edit::Campus("graduation_year"), |a| a.campus.graduation_year.map_or(Value::None, Value::Year)),
    field(S::Campus, "campus_profile_visibility", Edit::Campus("campus_profile_visibility"), |a| a.campus.visibility.as_ref().map_or(Value::None, |v| Value::Text(Text::from(v.word())))),
    Detail { secret: true, ..row(S::Sharing, "share_url", "Link", Sharing, |a| text(a.share.url.as_ref())) },
    Detail { secret: true, ..row(S::Sharing, "share_qr_code_url", "QR picture", Sharing, |a| text(a.share.qr_code_url.as_ref())) },
    row(S::Sms, "sms", "SMS mode", Sms, |a| flag(a.sms.on)),
    field(S::Account, "email", Edit::Profile("email"), |a| text(a.profile.email.as_ref())),
    row(S::Account, "email_verified", "Email verified", Elsewhere("GroupMe sends a link to the address; opening it verifies the address."), |a| flag(a.facts.email_verified)),
    row(S::Account, "phone_number", "Phone", THE_APP, |a| text(a.facts.phone_number.as_ref())),
    field(S::Account, "zip_code", Edit::Profile("zip_code"), |a| text(a.profile.zip_code.as_ref())),
    row(S::Account, "locale", "Locale", Elsewhere("It is the language of the GroupMe app; change it there."), |a| text(a.facts.locale.as_ref())),
    field(S::Account, "disable_favorite_notification", Edit::Profile("disable_favorite_notification"), |a| flag(a.profile.disable_favorite_notification)),
    field(S::Account, "group_notification_sound", Edit::Profile("group_notification_sound"), |a| text(a.profile.group_notification_sound.as_ref())),
    field(S::Account, "dm_notification_sound", Edit::Profile("dm_notification_sound"), |a| text(a.profile.dm_notification_sound.as_ref())),
    row(S::Account, "id", "Id", NEVER, |a| Value::Id(a.id.clone())),
    row(S::Account, "user_id", "User id", NEVER, |a| a.facts.user_id.clone().map_or(Value::None, Value::Id)),
    row(S::Account, "created_at", "Created", NEVER, |a| a.facts.created_at.map_or(Value::None, Value::Time)),
    row(S::Account, "updated_at", "Updated", Elsewhere("GroupMe sets it whenever something of the account changes."), |a| a.facts.updated_at.map_or(Value::None, Value::Time)),
    row(S::Account, "facebook_connected", "Facebook connected", THE_APP, |a| flag(a.facts.facebook_connected)),
    row(S::Account, "microsoft_connected", "Microsoft connected", THE_APP, |a| flag(a.facts.microsoft_connected)),
    row(S::Account, "twitter_connected", "Twitter connected", THE_APP, |a| flag(a.facts.twitter_connected)),
    row(S::Account, "mfa", "Second factor", THE_APP, |a| if a.facts.mfa_enabled.is_none() { Value::None } else { Value::Mfa(a.facts.mfa_enabled, a.facts.mfa_channels.clone()) }),
    row(S::Account, "tags", "Tags", GROUPME, |a| list(a.facts.tags.as_ref(), Value::Texts)),
    row(S::Account, "birth_date_set", "Birth date set", Elsewhere("The GroupMe app asks for the birth date; nothing else can set it."), |a| flag(a.facts.birth_date_set)),
    row(S::Account, "show_age_gate", "Asked for the age", GROUPME, |a| flag(a.facts.show_age_gate)),
    row(S::Account, "prompt_for_survey", "Asked for a survey", GROUPME, |a| flag(a.facts.prompt_for_survey)),
    row(S::Account, "friend_suggestable", "Suggested to others", THE_APP, |a| flag(a.facts.friend_suggestable)),
];
