//! The eleven fields of the profile.

use super::super::Profile;
use super::check::{self, TextForm};
use super::{FieldSpec, Kind};

/// A row over the member of the same name: how to parse it, and when two texts mean the same.
macro_rules! row {
    ($member:ident, also $also:expr, $label:literal, $kind:ident, $parse:ident, $same:ident, $help:literal) => {
        FieldSpec {
            key: stringify!($member),
            also: &$also,
            label: $label,
            help: $help,
            kind: Kind::$kind,
            get: |profile| profile.$member.as_ref().map(TextForm::text_form),
            set: |profile, text| {
                profile.$member = Some(check::$parse(text)?);
                Ok(())
            },
            copy: |to, from| to.$member.clone_from(&from.$member),
            same: check::$same,
        }
    };
}

/// The fields of the profile, in the order of the form.
pub const PROFILE: &[FieldSpec<Profile>] = &[
    row!(name, also [], "Name", Line, name, same, "first and last name is best, one alone will do"),
    row!(email, also["mail"], "Email", Line, email, same, "like name@domain.com; a new one may have to be verified"),
    row!(avatar_url, also ["avatar", "image_url"], "Avatar", Picture, picture, same, "a picture file, or an i.groupme.com address"),
    row!(bio, also [], "Bio", Block, bio, same_bio, "a few lines about you"),
    row!(song_url, also["song"], "Song", Line, song, same_song, "the link of a track at Spotify"),
    row!(photo_urls, also ["photos", "gallery"], "Gallery", Pictures, pictures, same_pictures, "no pictures, or at least three"),
    row!(interests, also["intrests"], "Interests", Interests, interests, same_set, "what you like; numbers where the names are not known"),
    row!(zip_code, also["zip"], "Zip code", Line, zip, same, "postal code, like 92145"),
    row!(disable_favorite_notification, also [], "Mute reactions", Switch, switch, same, "on: no notifications about reactions"),
    row!(group_notification_sound, also [], "Group sound", Sound, sound, same, "sound file for group messages, like gm6.wav"),
    row!(dm_notification_sound, also [], "Direct sound", Sound, sound, same, "sound file for direct messages, like gm16.wav"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A value of each field that is not the empty one.
    const SAMPLES: [&str; 11] = [
        "Isaac",
        "email@example.com",
        "https://i.groupme.com/200x200.jpeg.94e0",
        "one\ntwo\n",
        "https://open.spotify.com/track/5532lQKkhAZUyUKOBA9yrB?si=x",
        "https://i.groupme.com/1\nhttps://i.groupme.com/2\nhttps://i.groupme.com/3",
        "1026,3015",
        "92145",
        "on",
        "gm6.wav",
        "gm16.wav",
    ];

    #[test]
    fn every_value_comes_back_in_the_form_it_was_typed() {
        let mut profile = Profile::default();
        for (row, sample) in PROFILE.iter().zip(SAMPLES) {
            assert_eq!((row.get)(&profile), None, "{}", row.key);
            (row.set)(&mut profile, sample).unwrap();
            assert_eq!((row.get)(&profile).as_deref(), Some(sample), "{}", row.key);
        }
        for (at, row) in PROFILE.iter().enumerate() {
            let mut one = Profile::default();
            (row.copy)(&mut one, &profile);
            let told: Vec<usize> = (0..11).filter(|other| (PROFILE[*other].get)(&one).is_some()).collect();
            assert_eq!(told, [at], "{} touches its own member only", row.key);
        }
    }

    #[test]
    fn what_is_refused_changes_nothing() {
        for (row, bad) in PROFILE.iter().zip(["", "x", "x", "", "x", "x", "x", "§", "x", "", "a b"]) {
            let mut profile = Profile::default();
            if row.kind != Kind::Block {
                assert!((row.set)(&mut profile, bad).is_err(), "{}", row.key);
            }
            assert_eq!(profile, Profile::default());
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
