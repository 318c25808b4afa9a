//! When two values mean the same, so that neither is a change of the other.

use std::collections::BTreeSet;

use super::check::{picture_address, track};
use super::value::FieldValue;

/// Compares two texts as they are, but for what `$(lapel show …)` loses in any shell: line ends at the end, and NUL.
pub(in crate::domain) fn same(one: &FieldValue, other: &FieldValue) -> bool {
    compare(one, other, same_text)
}

/// The same for texts that stand on their own.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    one == other || through_a_shell(one).eq(through_a_shell(other))
}

fn through_a_shell(text: &str) -> impl Iterator<Item = char> {
    text.trim_end_matches(['\n', '\r', '\0']).chars().filter(|c| *c != '\0')
}

/// Which line ends a text has says nothing, nor does white space at its end: servers and editors add and drop both.
pub(super) fn same_bio(one: &FieldValue, other: &FieldValue) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    compare(one, other, |one, other| one == other || lines(one).trim_end() == lines(other).trim_end())
}

/// The service gives back another `?si=` than it was sent.
pub(super) fn same_song(one: &FieldValue, other: &FieldValue) -> bool {
    compare(one, other, |one, other| match (track(one), track(other)) {
        (Some((one, _)), Some((other, _))) => one == other,
        _ => same_text(one, other),
    })
}

/// An address of the image service is the same picture by http and https.
pub(super) fn same_picture(one: &FieldValue, other: &FieldValue) -> bool {
    compare(one, other, is_same_picture)
}

fn is_same_picture(one: &str, other: &str) -> bool {
    same_text(one, other) || matches!((picture_address(one), picture_address(other)), (Some(one), Some(other)) if one == other)
}

/// The order of pictures is the user's.
pub(super) fn same_pictures(one: &FieldValue, other: &FieldValue) -> bool {
    let (FieldValue::Texts(one), FieldValue::Texts(other)) = (one, other) else { return one == other };
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same_picture(one.raw(), other.raw()))
}

/// Tags have no order.
pub(in crate::domain) fn same_set(one: &FieldValue, other: &FieldValue) -> bool {
    let (FieldValue::Ids(one), FieldValue::Ids(other)) = (one, other) else { return one == other };
    one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
}

fn compare(one: &FieldValue, other: &FieldValue, same: impl Fn(&str, &str) -> bool) -> bool {
    match (one, other) {
        (FieldValue::Text(one), FieldValue::Text(other)) => same(one.raw(), other.raw()),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.into())
    }

    #[test]
    fn a_shell_loses_what_it_loses_and_nothing_else() {
        assert!(same(&text("a\0b\n\n"), &text("ab")) && same(&text(" a"), &text(" a\r\n")));
        assert!(!same(&text(" a"), &text("a")) && !same(&text("a\nb"), &text("a b")) && !same(&text("a\r\nb"), &text("a\nb")));
    }

    #[test]
    fn line_ends_and_the_end_of_a_bio_are_no_difference() {
        assert!(same_bio(&text("a\r\nb\rc\n"), &text("a\nb\nc")) && !same_bio(&text(" a"), &text("a")));
    }

    #[test]
    fn pictures_are_compared_one_by_one_and_in_order() {
        let list = |items: &[&str]| FieldValue::Texts(items.iter().map(|item| (*item).into()).collect());
        assert!(!same_pictures(&list(&["a", "b"]), &list(&["b", "a"])) && !same_pictures(&list(&["a,b"]), &list(&["a", "b"])));
        let [http, https] = ["http", "https"].map(|scheme| format!("{scheme}://i.groupme.com/1x1.png.0"));
        assert!(same_pictures(&list(&[&http]), &list(&[&https])) && same_picture(&text(&http), &text(&https)));
        assert!(!same_picture(&text("http://x/1"), &text("https://x/1")), "who knows what another server does");
    }

    #[test]
    fn tags_have_no_order() {
        let ids = |items: &[&str]| FieldValue::Ids(items.iter().map(|item| (*item).into()).collect());
        assert!(same_set(&ids(&["1", "2"]), &ids(&["2", "1"])) && !same_set(&ids(&["1"]), &ids(&["1", "2"])));
        assert!(!same_set(&ids(&["1,2"]), &ids(&["1", "2"])));
    }

    #[test]
    fn a_track_is_the_same_whatever_follows_it() {
        assert!(same_song(&text("spotify:track:1"), &text("https://open.spotify.com/track/1?si=x")));
        assert!(!same_song(&text("spotify:track:1"), &text("spotify:track:2")) && !same_song(&text(""), &text("spotify:track:1")));
        assert!(same_song(&text("odd"), &text("odd")));
    }
}
