//! The values of the account that have a row of their own, in the order they are shown; a row says everything there is to say about one.

use super::super::campus::CAMPUS;
use super::super::field::{FieldSpec, PROFILE};
use super::super::{Account, Profile, RawText};
use super::row::{Detail, DetailSection, EditTarget, Source};
use super::value::DetailValue;

use DetailSection as S;
use EditTarget::{Elsewhere, Sharing, Sms};

fn text(text: Option<&RawText>) -> DetailValue {
    text.filter(|text| !text.is_empty()).map_or(DetailValue::None, |text| DetailValue::Text(text.clone()))
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
    fact(S::Account, "created_at", "Created", NEVER, |a| a.facts.created_at.map_or(DetailValue::None, DetailValue::Time)),
    fact(S::Account, "updated_at", "Updated", Elsewhere("GroupMe sets it whenever something of the account changes."), |a| a.facts.updated_at.map_or(DetailValue::None, DetailValue::Time)),
    fact(S::Account, "facebook_connected", "Facebook connected", THE_APP, |a| flag(a.facts.facebook_connected)),
    fact(S::Account, "microsoft_connected", "Microsoft connected", THE_APP, |a| flag(a.facts.microsoft_connected)),
    fact(S::Account, "twitter_connected", "Twitter connected", THE_APP, |a| flag(a.facts.twitter_connected)),
    fact(S::Account, "mfa", "Second factor", THE_APP, |a| if a.facts.mfa_enabled.is_none() { DetailValue::None } else { DetailValue::Mfa(a.facts.mfa_enabled, a.facts.mfa_channels.clone()) }),
    fact(S::Account, "tags", "Tags", GROUPME, |a| a.facts.tags.clone().filter(|tags| !tags.is_empty()).map_or(DetailValue::None, DetailValue::Texts)),
    fact(S::Account, "birth_date_set", "Birth date set", Elsewhere("The GroupMe app asks for the birth date; nothing else can set it."), |a| flag(a.facts.birth_date_set)),
    fact(S::Account, "show_age_gate", "Asked for the age", GROUPME, |a| flag(a.facts.show_age_gate)),
    fact(S::Account, "prompt_for_survey", "Asked for a survey", GROUPME, |a| flag(a.facts.prompt_for_survey)),
    fact(S::Account, "friend_suggestable", "Suggested to others", THE_APP, |a| flag(a.facts.friend_suggestable)),
];
