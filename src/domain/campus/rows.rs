//! The campus profile as field rows.
//!
//! The range of years depends on today, which nothing down here knows: [`CampusForm`] carries the year along. Whether a visibility goes
//! with the rest is not a matter of one field: [`super::plan`] and [`Visibility::allowed`] decide it.

use super::super::RawText;
use super::super::field::{FieldError, FieldKind, FieldRoute, FieldSpec, FieldValue, ids, same, same_set};
use super::{Campus, Visibility, year};

/// A campus profile being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct CampusForm {
    /// The values.
    pub campus: Campus,
    /// The current year, for the range of graduation years.
    pub this_year: i16,
}

/// The fields of the campus profile, in the order of the form.
pub const CAMPUS: &[FieldSpec<CampusForm>] = &[
    FieldSpec {
        key: "major_codes",
        also: &["majors", "major"],
        label: "Majors",
        help: "what you study; codes where the names are not known",
        kind: FieldKind::Majors,
        route: FieldRoute::Directory,
        private: false,
        value: |form| form.campus.major_codes.clone().map(FieldValue::from),
        put: |form, value| form.campus.major_codes = value.and_then(|value| value.try_into().ok()),
        rule: |form, value| {
            let code = |item: &str| !item.is_empty() && item.len() <= 20 && item.bytes().all(|b| b.is_ascii_alphanumeric());
            ids(value, form.campus.major_codes.as_ref(), "the code of a major, like 3702", code)
        },
        same: same_set,
    },
    FieldSpec {
        key: "graduation_year",
        also: &["year"],
        label: "Graduation year",
        help: "from 1900 to ten years from now; empty or none: not shown",
        kind: FieldKind::Year,
        route: FieldRoute::Directory,
        private: false,
        value: |form| Some(form.campus.graduation_year.into()),
        put: |form, value| form.campus.graduation_year = value.and_then(|value| value.try_into().ok()).flatten(),
        rule: |form, value| year(value, form.this_year),
        same,
    },
    FieldSpec {
        key: "campus_profile_visibility",
        also: &["visibility"],
        label: "Visible to",
        help: "who at your school sees the profile",
        kind: FieldKind::Visibility,
        route: FieldRoute::Directory,
        private: false,
        value: |form| form.campus.visibility.as_ref().map(|visibility| RawText::from(visibility.word()).into()),
        put: |form, value| {
            let word: Option<RawText> = value.and_then(|value| value.try_into().ok());
            form.campus.visibility = word.map(|word| Visibility::from_word(word.raw()));
        },
        rule: |_, value| visibility(value),
        same,
    },
];

/// One of the offered levels.
fn visibility(value: &FieldValue) -> Result<FieldValue, FieldError> {
    let word = value.text().trim().to_lowercase().replace([' ', '-'], "_");
    let level = Visibility::OFFERED.into_iter().find(|level| level.word() == word);
    let offered = || FieldError::new(format!("choose one of {}", Visibility::OFFERED.each_ref().map(Visibility::word).join(", ")));
    level.map(|level| RawText::from(level.word()).into()).ok_or_else(offered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{by_key, changed};

    fn form() -> CampusForm {
        CampusForm { campus: Campus::default(), this_year: 2026 }
    }

    #[test]
    fn values_are_set_by_their_short_names_too() {
        let mut form = form();
        for (key, text, stored) in
            [("majors", "3702, 5506,3702", "3702,5506"), ("year", "2027", "2027"), ("visibility", "Graduation year", "graduation_year")]
        {
            let row = by_key(CAMPUS, key).unwrap();
            row.set(&mut form, text).unwrap();
            assert_eq!(row.text(&form).as_deref(), Some(stored));
        }
        assert_eq!(changed(CAMPUS, &self::form(), &form).len(), 3);
        by_key(CAMPUS, "year").unwrap().set(&mut form, "none").unwrap();
        assert_eq!(form.campus.graduation_year, None);
    }

    #[test]
    fn what_is_refused_says_what_would_do() {
        for (key, text, hint) in [
            ("major_codes", "computer science!", "like 3702"),
            ("graduation_year", "2037", "1900 to 2036"),
            ("campus_profile_visibility", "friends", "hidden, graduation_year, major, visible"),
        ] {
            let error = by_key(CAMPUS, key).unwrap().check(&form(), text).unwrap_err().to_string();
            assert!(error.contains(hint), "{error}");
        }
    }

    #[test]
    fn what_the_server_holds_is_kept_even_when_it_could_not_be_typed() {
        let mut from = form();
        from.campus.visibility = Some(Visibility::Other("friends".into()));
        let row = by_key(CAMPUS, "visibility").unwrap();
        let mut to = form();
        row.copy(&mut to, &from);
        assert_eq!(row.text(&to).as_deref(), Some("friends"));
        assert!(row.same_in(&to, &from));
    }
}
