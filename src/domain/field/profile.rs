//! The fields of the profile.

use super::super::Profile;
use super::{FieldKind, FieldRoute, FieldSpec, FieldValue, check, same};

/// A table with a row for every member of `Profile`: the call that takes it and who tells it, who sees it, its rule, and when two
/// values mean the same. A member without a row does not compile, nor does a row that no call of the profile takes.
macro_rules! table {
    ($($member:ident, also $also:expr, $label:literal, $kind:ident, $route:ident, $seen:ident, $rule:expr, $same:ident, $help:literal;)*) => {
        /// The fields of the profile, in the order of the form.
        pub const PROFILE: &[FieldSpec<Profile>] = &[$(
            FieldSpec {
                key: stringify!($member),
                also: &$also,
                label: $label,
                help: $help,
                kind: FieldKind::$kind,
                route: FieldRoute::$route,
                private: table!(@is_private $seen),
                value: |profile| profile.$member.clone().map(FieldValue::from),
                put: |profile, value| profile.$member = value.and_then(|value| value.try_into().ok()),
                rule: $rule,
                same: same::$same,
            },
        )*];

        const _: fn(&Profile) = |Profile { $($member: _),* }| ();
        const _: () = { $(assert!(!matches!(FieldRoute::$route, FieldRoute::Directory), "the directory takes no field of the profile");)* };
    };
    (@is_private public) => { false };
    (@is_private private) => { true };
}

#[rustfmt::skip]
table! {
    name, also [], "Name", Line, Either, public, |_, value| check::name(value), same,
        "first and last name is best, one alone will do";
    email, also ["mail"], "Email", Line, Either, private, |_, value| check::email(value), same,
        "like name@domain.com; a new one may have to be verified";
    avatar_url, also ["avatar", "image_url"], "Avatar", Picture, Either, public, |_, value| check::picture(value), same_picture,
        "a picture file, or an i.groupme.com address";
    bio, also [], "Bio", Block, Extended, public, |now, value| check::bio(value, now.bio.as_ref()), same_bio,
        "a few lines about you";
    song_url, also ["song"], "Song", Line, Extended, public, |_, value| check::song(value), same_song,
        "the link of a track at Spotify";
    photo_urls, also ["photos", "gallery"], "Gallery", Pictures, Extended, public,
        |now, value| check::pictures(value, now.photo_urls.as_ref()), same_pictures,
        "no pictures, or at least three";
    interests, also ["intrests"], "Interests", Interests, Extended, public,
        |now, value| check::interests(value, now.interests.as_ref()), same_set,
        "what you like; numbers where the names are not known";
    zip_code, also ["zip"], "Zip code", Line, Short, private, |_, value| check::zip(value), same,
        "postal code, like 92145";
    disable_favorite_notification, also [], "Mute reactions", Switch, ExtendedOnly, private, |_, value| check::switch(value), same,
        "on: no notifications about reactions";
    group_notification_sound, also [], "Group sound", Sound, ExtendedOnly, private, |_, value| check::sound(value), same,
        "sound file for group messages, like gm6.wav";
    dm_notification_sound, also [], "Direct sound", Sound, ExtendedOnly, private, |_, value| check::sound(value), same,
        "sound file for direct messages, like gm16.wav";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that each field takes as it is, and one that it refuses.
    fn samples(key: &str) -> (&'static str, &'static str) {
        match key {
            "name" => ("Isaac", " "),
            "email" => ("email@example.com", "x"),
            "avatar_url" => ("https://i.groupme.com/200x200.jpeg.94e0", "x"),
            "bio" => ("one\r\n\ttwo\n", "\u{1b}[31m"),
            "song_url" => ("https://open.spotify.com/track/5532lQKkhAZUyUKOBA9yrB?si=x", "x"),
            "photo_urls" => ("https://i.groupme.com/1\nhttps://i.groupme.com/2\nhttps://i.groupme.com/3", "x"),
            "interests" => ("1026,3015", "x"),
            "zip_code" => ("92145", "§"),
            "disable_favorite_notification" => ("on", "x"),
            "group_notification_sound" => ("gm6.wav", "a/b"),
            "dm_notification_sound" => ("gm16.wav", ""),
            other => panic!("{other} has no sample"),
        }
    }

    fn filled() -> Profile {
        let mut profile = Profile::default();
        for row in PROFILE {
            row.set(&mut profile, samples(row.key).0).unwrap();
        }
        profile
    }

    #[test]
    fn every_value_comes_back_in_the_form_it_was_typed() {
        let profile = filled();
        for row in PROFILE {
            assert_eq!(row.text(&Profile::default()), None, "{}", row.key);
            assert_eq!(row.text(&profile).as_deref(), Some(samples(row.key).0), "{}", row.key);
            let mut one = Profile::default();
            row.copy(&mut one, &profile);
            let told: Vec<&str> = PROFILE.iter().filter(|other| other.text(&one).is_some()).map(|other| other.key).collect();
            assert_eq!(told, [row.key], "touches its own member only");
        }
    }

    #[test]
    fn what_is_refused_changes_nothing() {
        for row in PROFILE {
            let mut profile = filled();
            assert!(row.set(&mut profile, samples(row.key).1).is_err(), "{}", row.key);
            assert_eq!(profile, filled());
        }
    }

    #[test]
    fn keys_and_their_other_spellings_are_unique() {
        let mut names: Vec<_> = PROFILE.iter().flat_map(|row| row.also.iter().chain([&row.key])).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
