//! Everything odd that an account may hold, for the tests: none of it may ever count as a change.

use super::{FieldKind, FieldValue, PROFILE};
use crate::domain::campus::CampusForm;
use crate::domain::{Campus, Id, Profile, RawText, Visibility};

/// Texts that no rule of today lets in, or that no editor and no shell leaves as they are.
const TEXTS: [&str; 14] = [
    "",
    " ",
    " outer ",
    "a\r\nb\r\n",
    "a\rb",
    "\ttab\t\n\n",
    "a\0b",
    "\u{1b}[31m\u{9b}1m",
    "\u{feff}x",
    "\u{200b}",
    "a\r\"\"\"\rname = \"PWNED\"",
    "نیما می\u{200c}دود",
    "http://i.groupme.com/1x1.png.0",
    "https://open.spotify.com/album/1",
];

const LISTS: [&[&str]; 7] = [
    &[],
    &[""],
    &["https://i.groupme.com/1"],
    &["http://i.groupme.com/1", "https://else.where/a, b"],
    &["a\nb", " c", "c", "c"],
    &["007", "7", "x y", "99999999999999999999999", "-1"],
    &["\u{1b}]0;x\u{7}", "\r", "\0"],
];

/// Profiles that hold every one of them in every field that can, whichever fields there are.
pub(crate) fn profiles() -> Vec<Profile> {
    let long = Profile { bio: Some("x".repeat(70_000).as_str().into()), ..Profile::default() };
    let odd = |value: &dyn Fn(FieldKind) -> Option<FieldValue>| {
        let mut profile = Profile::default();
        for row in PROFILE {
            (row.put)(&mut profile, value(row.kind));
        }
        profile
    };
    let texts = TEXTS.iter().flat_map(|text| {
        let text = FieldValue::Text((*text).into());
        let all =
            odd(&|kind| matches!(kind, FieldKind::Line | FieldKind::Block | FieldKind::Picture | FieldKind::Sound).then(|| text.clone()));
        let some = odd(&|kind| matches!(kind, FieldKind::Picture | FieldKind::Sound).then(|| text.clone()));
        [all, some]
    });
    let lists = LISTS.iter().map(|list| {
        odd(&|kind| match kind {
            FieldKind::Pictures => Some(FieldValue::Texts(list.iter().map(|item| RawText::from(*item)).collect())),
            FieldKind::Interests | FieldKind::Majors => Some(FieldValue::Ids(list.iter().map(|item| Id::from(*item)).collect())),
            FieldKind::Switch => Some(FieldValue::Switch(list.is_empty())),
            FieldKind::Year => Some(FieldValue::Year(list.first().map(|_| 1850))),
            FieldKind::Line | FieldKind::Block | FieldKind::Picture | FieldKind::Sound | FieldKind::Visibility => None,
        })
    });
    [Profile::default(), long].into_iter().chain(texts).chain(lists).collect()
}

/// Campus profiles of the same kind.
pub(crate) fn campuses() -> Vec<CampusForm> {
    let campus = |list: &&[&str]| Campus {
        major_codes: Some(list.iter().map(|item| Id::from(*item)).collect()),
        graduation_year: list.first().map(|_| 1850),
        visibility: list.first().map(|word| Visibility::from_word(word)),
    };
    std::iter::once(Campus::default()).chain(LISTS.iter().map(campus)).map(|campus| CampusForm { campus, this_year: 2026 }).collect()
}
