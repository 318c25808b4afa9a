//! How a field's text form reads to a person: names for numbers, words for nothing, symbols for what would be invisible.

use std::collections::BTreeSet;

use crate::domain::campus::Visibility;
use crate::domain::detail::{TagNames, UNKNOWN};
use crate::domain::field::{FieldKind, split};
use crate::domain::{Id, RawText, SafeText};

/// A number that no list has a name for.
pub(super) fn number(id: &Id) -> SafeText {
    SafeText::line(format!("#{}", id.as_str()))
}

/// A value on one line; empty where there is none.
pub(super) fn one_line(kind: FieldKind, text: &str) -> String {
    match kind {
        FieldKind::Visibility if !text.is_empty() => match Visibility::from_word(text) {
            Visibility::Other(word) => word.revealed().into_string(),
            known => known.meaning().to_owned(),
        },
        _ => RawText::from(text).revealed().into_string(),
    }
}

/// A value as lines; none where there is nothing.
pub(super) fn lines(kind: FieldKind, text: &str, names: &TagNames<'_>) -> Vec<String> {
    match kind {
        _ if text.is_empty() => Vec::new(),
        FieldKind::Block => text.trim_end_matches('\n').split('\n').map(|line| one_line(kind, line)).collect(),
        FieldKind::Interests | FieldKind::Majors => vec![items(kind, text, names).join(", ")],
        _ => vec![one_line(kind, text)],
    }
}

/// What stands where there is nothing. What the server never told is not the same as nothing.
pub(super) fn nothing(kind: FieldKind, told: bool) -> &'static str {
    match kind {
        FieldKind::Switch | FieldKind::Sound if !told => UNKNOWN,
        FieldKind::Year => "not shown",
        FieldKind::Pictures => "no pictures",
        FieldKind::Interests | FieldKind::Majors => "none",
        _ => "not set",
    }
}

/// A side of a difference: lines a person can compare with the other side's.
pub(super) fn side(kind: FieldKind, text: Option<&str>, names: &TagNames<'_>) -> String {
    let shown = text.unwrap_or_default();
    match kind {
        FieldKind::Switch | FieldKind::Sound if text.is_none() => "(unknown)".to_owned(),
        _ if shown.is_empty() => format!("({})", nothing(kind, true)),
        FieldKind::Pictures => count(split(shown).count()),
        FieldKind::Interests | FieldKind::Majors => items(kind, shown, names).join(", "),
        _ => one_line(kind, shown),
    }
}

/// What was put into a list and what was taken out, in words; none for what is no list.
pub(super) fn list_change(kind: FieldKind, old: Option<&str>, new: &str, names: &TagNames<'_>) -> Option<String> {
    if !kind.is_list() {
        return None;
    }
    let old = old.unwrap_or_default();
    let only = |one: &str, other: &str| {
        let other: BTreeSet<&str> = split(other).collect();
        let only: Vec<&str> = split(one).filter(|item| !other.contains(item)).collect();
        items(kind, &only.join(","), names).join(", ")
    };
    let parts = [("adds", only(new, old)), ("takes out", only(old, new))];
    let parts: Vec<String> = parts.iter().filter(|(_, items)| !items.is_empty()).map(|(verb, items)| format!("{verb} {items}")).collect();
    Some(if parts.is_empty() { "in another order".to_owned() } else { parts.join("; ") })
}

/// How many pictures.
pub(super) fn count(pictures: usize) -> String {
    if pictures == 1 { "1 picture".to_owned() } else { format!("{pictures} pictures") }
}

/// The end of a picture's address, which tells it from others.
pub(super) fn picture(address: &str) -> String {
    let end = address.rsplit_once('/').map_or(address, |(_, end)| end);
    one_line(FieldKind::Picture, if end.is_empty() { address } else { end })
}

fn items(kind: FieldKind, text: &str, names: &TagNames<'_>) -> Vec<String> {
    split(text)
        .map(|item| match kind {
            FieldKind::Interests => names.interest(&Id::from(item)).into_string(),
            FieldKind::Majors => names.major(&Id::from(item)).into_string(),
            _ => picture(item),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_told_is_not_nothing() {
        let names = TagNames::default();
        assert_eq!(side(FieldKind::Switch, None, &names), "(unknown)");
        assert_eq!(side(FieldKind::Line, None, &names), "(not set)");
        assert_eq!(side(FieldKind::Year, Some(""), &names), "(not shown)");
    }

    #[test]
    fn a_list_tells_what_comes_and_what_goes() {
        let names = TagNames::default();
        assert_eq!(list_change(FieldKind::Interests, Some("1,2"), "2,3", &names).as_deref(), Some("adds #3; takes out #1"));
        assert_eq!(list_change(FieldKind::Pictures, Some("h/a\nh/b"), "h/b\nh/a", &names).as_deref(), Some("in another order"));
        assert_eq!(list_change(FieldKind::Line, Some("a"), "b", &names), None);
    }

    #[test]
    fn what_would_be_invisible_is_shown() {
        assert_eq!(side(FieldKind::Line, Some("a\u{202e}\u{1b}b"), &TagNames::default()), "a\u{fffd}␛b");
        assert_eq!(lines(FieldKind::Block, "a\n\nb\n", &TagNames::default()), ["a", "", "b"]);
    }
}
