//! The table of everything the account tells: one row a value, for the profile screen and for `lapel show` alike.
//!
//! Says what there is and how it reads; never how it is drawn, and nothing about editing but where that is done.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

use super::account::{Account, MfaChannel, Profile};
use super::campus::{CAMPUS, Interest, Major};
use super::field::{FieldSpec, FieldValue, Kind, PROFILE};
use super::{Id, Shown, Text};

/// One value of the account.
#[derive(Clone, Copy, Debug)]
pub struct Detail {
    /// The key of `GET /v3/users/me`, or of the extended call for what only that tells.
    pub key: &'static str,
    /// Other names the API gives to the same value.
    pub aliases: &'static [&'static str],
    /// The name for people.
    pub label: &'static str,
    /// Where it stands.
    pub section: Section,
    /// Where it can be changed.
    pub edit: Edit,
    /// Whether it is masked on screen until asked for.
    pub secret: bool,
    source: Source,
}

/// Where a value is found.
#[derive(Clone, Copy, Debug)]
enum Source {
    Account(fn(&Account) -> Value),
    /// A field of the profile that has no row of its own here.
    Field(&'static FieldSpec<Profile>),
}

impl Detail {
    /// Takes it out of the account.
    pub fn value(&self, account: &Account) -> Value {
        match self.source {
            Source::Account(get) => get(account),
            Source::Field(row) => (row.value)(&account.profile).map_or(Value::None, |value| of_field(row.kind, value)),
        }
    }
}

/// A group of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What others see.
    Profile,
    /// The campus directory.
    Campus,
    /// The public link.
    Sharing,
    /// Messages as text messages.
    Sms,
    /// The account itself.
    Account,
}

impl Section {
    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Campus => "Campus",
            Self::Sharing => "Sharing",
            Self::Sms => "SMS mode",
            Self::Account => "Account",
        }
    }
}

/// Where a value can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Nowhere in Lapel.
    No,
    /// In the profile form, under this field.
    Profile(&'static str),
    /// In the campus form, under this field.
    Campus(&'static str),
}

impl Edit {
    /// The field's name for people, which is the form's: the same value is called the same everywhere.
    fn label(self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::Profile(key) => PROFILE.iter().find(|row| row.key == key).map(|row| row.label),
            Self::Campus(key) => CAMPUS.iter().find(|row| row.key == key).map(|row| row.label),
        }
    }
}

/// A value of the account, by what it means.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not told, or nothing set.
    None,
    /// One line or several.
    Text(Text),
    /// Several texts.
    Texts(Vec<Text>),
    /// Yes or no.
    Flag(bool),
    /// A year.
    Year(u16),
    /// Seconds since 1970.
    Time(i64),
    /// An id.
    Id(Id),
    /// Codes of majors.
    Majors(Vec<Id>),
    /// Interest tags.
    Interests(Vec<Id>),
    /// Whether a second factor is asked for, and which.
    Mfa(Option<bool>, Option<Vec<MfaChannel>>),
}

/// Names for codes and tags.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// Known majors.
    pub majors: &'a [Major],
    /// Known interests.
    pub interests: &'a [Interest],
}

impl Names<'_> {
    /// The major's name, or its code where no list knows it.
    pub fn major(&self, code: &Id) -> Shown {
        self.majors
            .iter()
            .find(|major| major.code == *code)
            .map_or_else(|| Shown::line(format!("#{}", code.as_str())), |major| major.name.line())
    }

    /// The interest's name, or its number where no list knows it.
    pub fn interest(&self, id: &Id) -> Shown {
        self.interests
            .iter()
            .find(|interest| interest.id == *id)
            .map_or_else(|| Shown::line(format!("#{}", id.as_str())), |interest| interest.name.line())
    }
}

impl Value {
    /// For a person: no line where there is nothing, else one or several.
    pub fn lines(&self, names: &Names<'_>, zone: &TimeZone) -> Vec<Shown> {
        match self {
            Self::None => Vec::new(),
            Self::Text(text) => text.block().as_str().trim_end().lines().map(Shown::line).collect(),
            Self::Texts(texts) => texts.iter().map(Text::line).collect(),
            Self::Flag(flag) => vec![Shown::line(if *flag { "yes" } else { "no" })],
            Self::Year(year) => vec![Shown::line(year.to_string())],
            Self::Time(seconds) => vec![Shown::line(moment(*seconds, zone))],
            Self::Id(id) => vec![id.shown()],
            Self::Majors(codes) => codes.iter().map(|code| names.major(code)).collect(),
            Self::Interests(ids) => ids.iter().map(|id| names.interest(id)).collect(),
            Self::Mfa(enabled, channels) => mfa_lines(*enabled, channels.as_deref()),
        }
    }

    /// For a script or the clipboard: the value exactly as it is, one item a line. Not for a terminal.
    pub fn bare(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.raw().to_owned(),
            Self::Texts(texts) => join(texts.iter().map(Text::raw)),
            Self::Flag(flag) => flag.to_string(),
            Self::Year(year) => year.to_string(),
            Self::Time(seconds) => seconds.to_string(),
            Self::Id(id) => id.as_str().to_owned(),
            Self::Majors(ids) | Self::Interests(ids) => join(ids.iter().map(Id::as_str)),
            Self::Mfa(enabled, channels) => join(mfa_lines(*enabled, channels.as_deref()).iter().map(Shown::as_str)),
        }
    }

    /// As the API would write it.
    pub fn json(&self) -> Json {
        match self {
            Self::None => Json::Null,
            Self::Text(text) => json!(text.raw()),
            Self::Texts(texts) => texts.iter().map(|text| json!(text.raw())).collect(),
            Self::Flag(flag) => json!(flag),
            Self::Year(year) => json!(year),
            Self::Time(seconds) => json!(seconds),
            Self::Id(id) => json!(id.as_str()),
            Self::Majors(ids) | Self::Interests(ids) => {
                ids.iter().map(|id| id.number().map_or_else(|| json!(id.as_str()), |n| json!(n))).collect()
            }
            Self::Mfa(enabled, channels) => {
                let channels: Option<Vec<Json>> =
                    channels.as_ref().map(|list| list.iter().map(|c| json!({"type": c.kind.raw(), "created_at": c.created_at})).collect());
                json!({"enabled": enabled, "channels": channels})
            }
        }
    }
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

fn mfa_lines(enabled: Option<bool>, channels: Option<&[MfaChannel]>) -> Vec<Shown> {
    let Some(enabled) = enabled else { return Vec::new() };
    let kinds: Vec<String> = channels.unwrap_or_default().iter().map(|channel| channel.kind.line().into_string()).collect();
    let by = if kinds.is_empty() { String::new() } else { format!(", by {}", kinds.join(" and ")) };
    vec![Shown::line(format!("{}{by}", if enabled { "on" } else { "off" }))]
}

/// A moment for a person, in their own zone; the bare number where it is outside of any calendar.
pub fn moment(seconds: i64, zone: &TimeZone) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| seconds.to_string(), |at| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
}

/// Every value, in the order it is shown: the rows below, and after the profile's every field of the form that has none of them.
pub fn details() -> Vec<Detail> {
    let known = |key: &str| ROWS.iter().any(|row| row.key == key || row.aliases.contains(&key));
    let named = |row: &Detail| Detail { label: row.edit.label().unwrap_or(row.label), ..*row };
    let profile = ROWS.iter().take_while(|row| row.section == Section::Profile).map(named);
    let rest = ROWS.iter().skip_while(|row| row.section == Section::Profile).map(named);
    let others = PROFILE.iter().filter(|field| !known(field.key)).map(|field| Detail {
        key: field.key,
        aliases: field.also,
        label: field.label,
        section: Section::Profile,
        edit: Edit::Profile(field.key),
        secret: false,
        source: Source::Field(field),
    });
    profile.chain(others).chain(rest).collect()
}

/// A field's value as what it means.
fn of_field(kind: Kind, value: FieldValue) -> Value {
    match value {
        value if value.is_empty() => Value::None,
        FieldValue::Text(text) => Value::Text(text),
        FieldValue::Texts(texts) => Value::Texts(texts),
        FieldValue::Ids(ids) if kind == Kind::Majors => Value::Majors(ids),
        FieldValue::Ids(ids) => Value::Interests(ids),
        FieldValue::Switch(on) => Value::Flag(on),
        FieldValue::Year(year) => year.map_or(Value::None, Value::Year),
    }
}

/// Everything in one flat object, by the API's names; both names where the API has two for one value.
pub fn to_json(account: &Account) -> Json {
    let mut object = Map::new();
    for detail in details() {
        for key in [detail.key].iter().chain(detail.aliases) {
            object.insert((*key).to_owned(), detail.value(account).json());
        }
    }
    Json::Object(object)
}

/// The row with this key or alias.
pub fn find(key: &str) -> Option<Detail> {
    details().into_iter().find(|detail| detail.key == key || detail.aliases.contains(&key))
}

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

use Edit::No;
use Section as S;

/// The values that have a row of their own.
#[rustfmt::skip]
const ROWS: &[Detail] = &[
    field(S::Profile, "name", Edit::Profile("name"), |a| text(a.profile.name.as_ref())),
    Detail { aliases: &["avatar_url"], ..field(S::Profile, "image_url", Edit::Profile("avatar_url"), |a| text(a.profile.avatar_url.as_ref())) },
    field(S::Profile, "bio", Edit::Profile("bio"), |a| text(a.profile.bio.as_ref())),
    field(S::Profile, "song_url", Edit::Profile("song_url"), |a| text(a.profile.song_url.as_ref())),
    field(S::Profile, "interests", Edit::Profile("interests"), |a| list(a.profile.interests.as_ref(), Value::Interests)),
    field(S::Profile, "photo_urls", Edit::Profile("photo_urls"), |a| list(a.profile.photo_urls.as_ref(), Value::Texts)),
    field(S::Campus, "major_codes", Edit::Campus("major_codes"), |a| list(a.campus.major_codes.as_ref(), Value::Majors)),
    field(S::Campus, "graduation_year", Edit::Campus("graduation_year"), |a| a.campus.graduation_year.map_or(Value::None, Value::Year)),
    field(S::Campus, "campus_profile_visibility", Edit::Campus("campus_profile_visibility"), |a| a.campus.visibility.as_ref().map_or(Value::None, |v| Value::Text(Text::from(v.word())))),
    Detail { secret: true, ..row(S::Sharing, "share_url", "Link", No, |a| text(a.share.url.as_ref())) },
    Detail { secret: true, ..row(S::Sharing, "share_qr_code_url", "QR picture", No, |a| text(a.share.qr_code_url.as_ref())) },
    row(S::Sms, "sms", "SMS mode", No, |a| flag(a.sms.on)),
    field(S::Account, "email", Edit::Profile("email"), |a| text(a.profile.email.as_ref())),
    row(S::Account, "email_verified", "Email verified", No, |a| flag(a.facts.email_verified)),
    row(S::Account, "phone_number", "Phone", No, |a| text(a.facts.phone_number.as_ref())),
    field(S::Account, "zip_code", Edit::Profile("zip_code"), |a| text(a.profile.zip_code.as_ref())),
    row(S::Account, "locale", "Locale", No, |a| text(a.facts.locale.as_ref())),
    field(S::Account, "disable_favorite_notification", Edit::Profile("disable_favorite_notification"), |a| flag(a.profile.disable_favorite_notification)),
    field(S::Account, "group_notification_sound", Edit::Profile("group_notification_sound"), |a| text(a.profile.group_notification_sound.as_ref())),
    field(S::Account, "dm_notification_sound", Edit::Profile("dm_notification_sound"), |a| text(a.profile.dm_notification_sound.as_ref())),
    row(S::Account, "id", "Id", No, |a| Value::Id(a.id.clone())),
    row(S::Account, "user_id", "User id", No, |a| a.facts.user_id.clone().map_or(Value::None, Value::Id)),
    row(S::Account, "created_at", "Created", No, |a| a.facts.created_at.map_or(Value::None, Value::Time)),
    row(S::Account, "updated_at", "Updated", No, |a| a.facts.updated_at.map_or(Value::None, Value::Time)),
    row(S::Account, "facebook_connected", "Facebook connected", No, |a| flag(a.facts.facebook_connected)),
    row(S::Account, "microsoft_connected", "Microsoft connected", No, |a| flag(a.facts.microsoft_connected)),
    row(S::Account, "twitter_connected", "Twitter connected", No, |a| flag(a.facts.twitter_connected)),
    row(S::Account, "mfa", "Second factor", No, |a| if a.facts.mfa_enabled.is_none() { Value::None } else { Value::Mfa(a.facts.mfa_enabled, a.facts.mfa_channels.clone()) }),
    row(S::Account, "tags", "Tags", No, |a| list(a.facts.tags.as_ref(), Value::Texts)),
    row(S::Account, "birth_date_set", "Birth date set", No, |a| flag(a.facts.birth_date_set)),
    row(S::Account, "show_age_gate", "Asked for the age", No, |a| flag(a.facts.show_age_gate)),
    row(S::Account, "prompt_for_survey", "Asked for a survey", No, |a| flag(a.facts.prompt_for_survey)),
    row(S::Account, "friend_suggestable", "Suggested to others", No, |a| flag(a.facts.friend_suggestable)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_specifications_example_has_a_row() {
        for key in [
            "created_at",
            "email",
            "email_verified",
            "facebook_connected",
            "id",
            "image_url",
            "locale",
            "microsoft_connected",
            "name",
            "bio",
            "phone_number",
            "sms",
            "twitter_connected",
            "updated_at",
            "user_id",
            "zip_code",
            "share_url",
            "share_qr_code_url",
            "mfa",
            "tags",
            "prompt_for_survey",
            "show_age_gate",
            "birth_date_set",
            "major_codes",
            "graduation_year",
            "campus_profile_visibility",
            "photo_urls",
            "song_url",
            "interests",
        ] {
            assert!(find(key).is_some(), "{key}");
        }
    }

    #[test]
    fn a_value_has_one_name_of_its_own_and_it_is_the_forms() {
        let details = details();
        for (detail, field) in details.iter().filter_map(|detail| Some((detail, detail.edit.label()?))) {
            assert_eq!(detail.label, field, "{}", detail.key);
        }
        let mut labels: Vec<&str> = details.iter().map(|detail| detail.label).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!((labels.len(), labels.first().copied().unwrap_or_default().is_empty()), (details.len(), false), "{labels:?}");
        let fields = PROFILE.iter().map(|row| row.key).chain(CAMPUS.iter().map(|row| row.key));
        let edited: Vec<Edit> = details.iter().map(|detail| detail.edit).collect();
        for key in fields {
            assert!(edited.contains(&Edit::Profile(key)) || edited.contains(&Edit::Campus(key)), "{key} is edited from no row");
        }
    }

    #[test]
    fn codes_read_as_names_and_unknown_ones_as_numbers() {
        let majors = [Major { code: "3702".into(), name: "Statistics".into(), category: None }];
        let names = Names { majors: &majors, interests: &[] };
        let value = Value::Majors(vec!["3702".into(), "9".into()]);
        assert_eq!(value.lines(&names, &TimeZone::UTC).iter().map(Shown::as_str).collect::<Vec<_>>(), ["Statistics", "#9"]);
        assert_eq!(value.json(), json!([3702, 9]));
        assert_eq!(value.bare(), "3702\n9");
    }

    #[test]
    fn nothing_is_null_and_not_an_empty_list() {
        let json = to_json(&Account::new("1"));
        assert_eq!((&json["interests"], &json["graduation_year"], &json["id"]), (&Json::Null, &Json::Null, &json!("1")));
    }
}
