//! The values of the account that have a row of their own, in the order they are shown; a row says everything there is to say about one.

use serde_json::Value as Json;

use super::super::account::AccountSettings;
use super::super::campus::CAMPUS;
use super::super::field::{FieldSpec, PROFILE};
use super::super::{Account, Profile, RawText};
use super::row::{Detail, DetailSection, EditTarget, Source, TOLD_AT};
use super::value::DetailValue;

use DetailSection as S;
use EditTarget::{Elsewhere, Settings, Sharing, Sms};

fn text(text: Option<&RawText>) -> DetailValue {
    text.map_or(DetailValue::None, |text| DetailValue::Text(text.clone()))
}

fn time(seconds: Option<i64>) -> DetailValue {
    seconds.map_or(DetailValue::None, DetailValue::Time)
}

fn json(json: Option<&Json>) -> DetailValue {
    json.map_or(DetailValue::None, |json| DetailValue::Json(json.clone()))
}

/// Which emails the service sends.
fn emails(settings: &AccountSettings) -> DetailValue {
    let flags = [("membership_added", settings.email_membership_added), ("group_created", settings.email_group_created)];
    if flags.iter().all(|(_, on)| on.is_none()) { DetailValue::None } else { DetailValue::Flags(flags.to_vec()) }
}

fn flag(flag: Option<bool>) -> DetailValue {
    flag.map_or(DetailValue::None, DetailValue::Flag)
}

/// A value that no form edits.
const fn fact(
    section: DetailSection,
    key: &'static str,
    label: &'static str,
    edit: EditTarget,
    get: fn(&Account) -> DetailValue,
) -> Detail {
    Detail { key, aliases: &[], label, section, edit, secret: false, source: Source::Account(get) }
}

/// A field of the profile: with what others see, or with the account itself.
pub(super) const fn of_profile(row: &'static FieldSpec<Profile>) -> Detail {
    let section = if row.private { DetailSection::Account } else { DetailSection::Profile };
    let (edit, source) = (EditTarget::Profile(row.key), Source::Profile(row));
    Detail { key: row.key, aliases: &[], label: row.label, section, edit, secret: false, source }
}

const fn profile(key: &'static str) -> Detail {
    of_profile(field(PROFILE, key))
}

const fn campus(key: &'static str) -> Detail {
    let row = field(CAMPUS, key);
    let (section, edit, source) = (DetailSection::Campus, EditTarget::Campus(row.key), Source::Campus(row));
    Detail { key: row.key, aliases: &[], label: row.label, section, edit, secret: false, source }
}

/// The field with this key. A key that no field has does not compile.
const fn field<T>(rows: &'static [FieldSpec<T>], key: &str) -> &'static FieldSpec<T> {
    let mut at = 0;
    while !is_same(rows[at].key.as_bytes(), key.as_bytes()) {
        at += 1;
    }
    &rows[at]
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([a, one @ ..], [b, other @ ..]) => *a == *b && is_same(one, other),
        _ => false,
    }
}

const THE_APP: EditTarget = Elsewhere("It is changed in the GroupMe app or at web.groupme.com.");
const GROUPME: EditTarget = Elsewhere("GroupMe itself sets it; nobody else can.");
const NEVER: EditTarget = Elsewhere("GroupMe gave it to the account when it was made; it never changes.");

/// The values that have a row of their own.
#[rustfmt::skip]
pub(super) const ROWS: &[Detail] = &[
    profile("name"),
    Detail { key: "image_url", aliases: &["avatar_url"], ..profile("avatar_url") },
    profile("bio"),
    profile("song_url"),
    profile("interests"),
    profile("photo_urls"),
    campus("major_codes"),
    campus("graduation_year"),
    campus("campus_profile_visibility"),
    Detail { secret: true, ..fact(S::Sharing, "share_url", "Link", Sharing, |a| text(a.share.url.as_ref())) },
    Detail { secret: true, ..fact(S::Sharing, "share_qr_code_url", "QR picture", Sharing, |a| text(a.share.qr_code_url.as_ref())) },
    fact(S::Sms, "sms", "SMS mode", Sms, |a| flag(a.sms.on)),
    profile("email"),
    fact(S::Account, "email_verified", "Email verified", Elsewhere("GroupMe sends a link to the address; opening it verifies the address."), |a| flag(a.facts.email_verified)),
    fact(S::Account, "phone_number", "Phone", THE_APP, |a| text(a.facts.phone_number.as_ref())),
    profile("zip_code"),
    fact(S::Account, "locale", "Locale", Elsewhere("It is the language of the GroupMe app; change it there."), |a| text(a.facts.locale.as_ref())),
    profile("disable_favorite_notification"),
    profile("group_notification_sound"),
    profile("dm_notification_sound"),
    fact(S::Account, "id", "Id", NEVER, |a| DetailValue::Id(a.id.clone())),
    fact(S::Account, "user_id", "User id", NEVER, |a| a.facts.user_id.clone().map_or(DetailValue::None, DetailValue::Id)),
    fact(S::Account, "created_at", "Created", NEVER, |a| time(a.facts.created_at)),
    fact(S::Account, "updated_at", "Updated", Elsewhere("GroupMe sets it whenever something of the account changes."), |a| time(a.facts.updated_at)),
    fact(S::Account, "facebook_connected", "Facebook connected", THE_APP, |a| flag(a.facts.facebook_connected)),
    fact(S::Account, "microsoft_connected", "Microsoft connected", THE_APP, |a| flag(a.facts.microsoft_connected)),
    fact(S::Account, "twitter_connected", "Twitter connected", THE_APP, |a| flag(a.facts.twitter_connected)),
    fact(S::Account, "mfa", "Second factor", THE_APP, |a| if a.facts.mfa_enabled.is_none() { DetailValue::None } else { DetailValue::Mfa(a.facts.mfa_enabled, a.facts.mfa_channels.clone()) }),
    fact(S::Account, "tags", "Tags", GROUPME, |a| a.facts.tags.clone().map_or(DetailValue::None, DetailValue::Texts)),
    fact(S::Account, "birth_date_set", "Birth date set", Elsewhere("The GroupMe app asks for the birth date; nothing else can set it."), |a| flag(a.facts.birth_date_set)),
    fact(S::Account, "show_age_gate", "Asked for the age", GROUPME, |a| flag(a.facts.show_age_gate)),
    fact(S::Account, "prompt_for_survey", "Asked for a survey", GROUPME, |a| flag(a.facts.prompt_for_survey)),
    fact(S::Account, "friend_suggestable", "Suggested to others", THE_APP, |a| flag(a.facts.friend_suggestable)),
    fact(S::Account, "sleep_until", "Sleeps until", THE_APP, |a| time(a.facts.sleep_until)),
    fact(S::Account, "consents", "Consents", THE_APP, |a| json(a.facts.consents.as_ref())),
    fact(S::Account, "directories", "Directories", GROUPME, |a| json(a.facts.directories.as_ref())),
    fact(S::Settings, TOLD_AT, "Settings as of", Settings, |a| time(a.settings.told_at)),
    fact(S::Settings, "app_installed", "App installed", Settings, |a| flag(a.settings.app_installed)),
    fact(S::Settings, "direct_message_capable", "Direct messages", Settings, |a| flag(a.settings.direct_message_capable)),
    fact(S::Settings, "country", "Country", Settings, |a| text(a.settings.country.as_ref())),
    fact(S::Settings, "language", "Language", Settings, |a| text(a.settings.language.as_ref())),
    fact(S::Settings, "disable_started_using_notification", "Mute new friends", Settings, |a| flag(a.settings.disable_started_using_notification)),
    fact(S::Settings, "sms_disabled", "SMS mode off", Settings, |a| flag(a.settings.sms_disabled)),
    fact(S::Settings, "sms_disabled_expires_at", "SMS mode changes", Settings, |a| time(a.settings.sms_disabled_expires_at)),
    fact(S::Settings, "local_sms_available", "Local SMS number", Settings, |a| flag(a.settings.local_sms_available)),
    fact(S::Settings, "needs_password", "Needs a password", Settings, |a| flag(a.settings.needs_password)),
    fact(S::Settings, "stopped", "Stopped", Settings, |a| flag(a.settings.stopped)),
    fact(S::Settings, "admin", "Administrator", Settings, |a| flag(a.settings.admin)),
    fact(S::Settings, "verified", "Verified", Settings, |a| flag(a.settings.verified)),
    fact(S::Settings, "international", "International", Settings, |a| flag(a.settings.international)),
    fact(S::Settings, "email_settings", "Emails", Settings, |a| emails(&a.settings)),
];
