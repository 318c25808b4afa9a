//! The table of everything the account tells: one row a value, for the profile screen and for `lapel show` alike.
//!
//! Says what there is, how it reads and where it is changed; never how it is drawn, and nothing about editing itself.

mod row;
mod rows;
mod value;

use serde_json::{Map, Value as Json};

pub use self::row::{Detail, DetailSection, EditTarget, TOLD_AT, UNKNOWN};
use self::rows::ROWS;
use self::value::of_field;
pub use self::value::{DetailValue, TagNames, moment};
use super::account::Account;
use super::campus::CAMPUS;
use super::field::{FieldSpec, PROFILE, by_key};

/// Every value, in the order it is shown: the rows below, and after those of its section every field of the profile that has none.
pub fn details() -> Vec<Detail> {
    let mut details = ROWS.to_vec();
    for field in PROFILE.iter().filter(|field| !ROWS.iter().any(|row| row.edit == EditTarget::Profile(field.key))) {
        let detail = rows::of_profile(field);
        let at = details.iter().rposition(|row| row.section == detail.section).map_or(0, |last| last + 1);
        details.insert(at, detail);
    }
    details
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

/// A field's value in JSON as the account's own is: numbers as numbers, and null apart from what is empty.
pub fn field_json<T>(row: &FieldSpec<T>, of: &T) -> Json {
    (row.value)(of).map_or(Json::Null, |value| of_field(row.kind, value).json())
}

/// The row with this key or alias, or the one in which the field that people call so is edited.
pub fn find(key: &str) -> Option<Detail> {
    let field = by_key(PROFILE, key)
        .map(|row| EditTarget::Profile(row.key))
        .or_else(|_| by_key(CAMPUS, key).map(|row| EditTarget::Campus(row.key)));
    details().into_iter().find(|detail| detail.key == key || detail.aliases.contains(&key) || field.as_ref() == Ok(&detail.edit))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use serde_json::json;

    use super::super::SafeText;
    use super::super::campus::Major;
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
    fn every_name_that_a_field_is_set_by_finds_its_row() {
        for (names, edit) in PROFILE
            .iter()
            .map(|row| (row.also, EditTarget::Profile(row.key)))
            .chain(CAMPUS.iter().map(|row| (row.also, EditTarget::Campus(row.key))))
        {
            for name in names {
                assert_eq!(find(name).map(|detail| detail.edit), Some(edit), "{name}");
            }
        }
        assert!(find("nobody").is_none());
    }

    #[test]
    fn a_value_has_one_name_of_its_own_and_it_is_the_forms() {
        let details = details();
        let mut labels: Vec<&str> = details.iter().map(|detail| detail.label).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!((labels.len(), labels.first().copied().unwrap_or_default().is_empty()), (details.len(), false), "{labels:?}");
        let fields = PROFILE.iter().map(|row| row.key).chain(CAMPUS.iter().map(|row| row.key));
        let edited: Vec<EditTarget> = details.iter().map(|detail| detail.edit).collect();
        for key in fields {
            assert!(edited.contains(&EditTarget::Profile(key)) || edited.contains(&EditTarget::Campus(key)), "{key} is edited from no row");
        }
    }

    #[test]
    fn codes_read_as_names_and_unknown_ones_as_numbers() {
        let majors = [Major { code: "3702".into(), name: "Statistics".into(), category: None }];
        let names = TagNames { majors: &majors, interests: &[] };
        let value = DetailValue::Majors(vec!["3702".into(), "9".into()]);
        assert_eq!(value.lines(&names, &TimeZone::UTC).iter().map(SafeText::as_str).collect::<Vec<_>>(), ["Statistics", "#9"]);
        assert_eq!(value.json(), json!([3702, 9]));
        assert_eq!(value.bare(), "3702\n9");
    }

    #[test]
    fn nothing_is_null_and_not_an_empty_list() {
        let json = to_json(&Account::new("1"));
        assert_eq!((&json["interests"], &json["graduation_year"], &json["id"]), (&Json::Null, &Json::Null, &json!("1")));
    }
}
