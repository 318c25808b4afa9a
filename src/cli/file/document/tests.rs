use super::*;
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldValue, PROFILE, odd};
use crate::domain::{Campus, RawText, Visibility};

fn today() -> AccountDocument {
    let profile = Profile {
        name: Some("Isaac".into()),
        bio: Some(RawText::from("one \"two\"\nthree\u{1b}\n")),
        interests: Some(vec!["1026".into(), "99999".into(), "007".into()]),
        photo_urls: Some(["1", "2", "3"].map(|n| RawText::new(format!("https://i.groupme.com/{n}"))).to_vec()),
        disable_favorite_notification: Some(true),
        ..Profile::default()
    };
    let campus = Campus { major_codes: Some(vec!["3702".into()]), graduation_year: None, visibility: Some(Visibility::Major) };
    let kept =
        Profile { group_notification_sound: Some("gm6.wav".into()), dm_notification_sound: Some("a\n[pins]".into()), ..Profile::default() };
    let pins = vec![("98905953".into(), Some(SafeText::line("Family\n# [x]"))), ("93645911+118825642".into(), None)];
    AccountDocument { profile, campus: CampusForm { campus, this_year: 2026 }, pins, kept }
}

#[test]
fn the_file_reads_well() {
    insta::assert_snapshot!(write(&today(), &TagNames::default()));
}

#[test]
fn what_is_written_reads_back_as_no_change() {
    let today = today();
    let text = write(&today, &TagNames::default());
    let read = read(&text, &today).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
    assert_eq!(read.profile.as_ref(), Some(&today.profile), "{text}");
    assert_eq!(read.campus.as_ref(), Some(&today.campus), "{text}");
    let pins: Vec<String> = read.pins.unwrap().into_iter().map(|pin| pin.text).collect();
    assert_eq!(pins, ["98905953", "93645911+118825642"], "{text}");
}

#[test]
fn whatever_an_account_holds_is_written_and_read_back_as_no_change() {
    for (profile, campus) in odd::profiles().into_iter().zip(odd::campuses().into_iter().cycle()) {
        let now = AccountDocument { kept: profile.clone(), profile, campus, pins: Vec::new() };
        let text = write(&now, &TagNames::default());
        let read = read(&text, &now).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
        assert_eq!((read.profile.as_ref(), read.campus.as_ref()), (Some(&now.profile), Some(&now.campus)), "{text}");
        // And as what it is, when it comes to an account that has nothing of it.
        let told: toml::Table = text.parse().unwrap();
        for row in PROFILE {
            match (row.value)(&now.profile) {
                Some(FieldValue::Text(held)) => assert_eq!(told["profile"][row.key].as_str(), Some(held.raw())),
                value => assert_eq!(told["profile"].get(row.key).is_some(), value.is_some()),
            }
        }
    }
}

#[test]
fn what_a_terminal_would_obey_is_escaped_and_what_scripts_need_is_not() {
    let persian = "نیما می\u{200c}دود 👩\u{200d}👧 ❤\u{fe0f}";
    let bios = [
        "a\r\"\"\"\rname = \"PWNED\"",
        "a\n\"\"\"\nname = \"PWNED\"\n'''\n",
        "\\u001b \u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{feff}\0\t\u{7f}",
        "one\r\ntwo\\\n\"",
        persian,
        "",
        "\n",
        "\"\"\"\"\"\"\n\"",
    ];
    for bio in bios {
        let profile = Profile { bio: Some(bio.into()), ..Profile::default() };
        let today = AccountDocument { profile: profile.clone(), ..today() };
        let text = write(&today, &TagNames::default());
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains('\u{202e}') && !text.contains('\u{feff}'), "{text:?}");
        let told: toml::Table = text.parse().unwrap();
        assert_eq!(told["profile"].as_table().unwrap().keys().collect::<Vec<_>>(), ["bio"], "{text}");
        assert_eq!(told["profile"]["bio"].as_str(), Some(bio), "{text}");
        assert_eq!(read(&text, &today).unwrap().profile, Some(profile), "{text}");
        assert_eq!(text.contains(bio), bio == persian || bio.is_empty() || bio == "\n", "{text}");
    }
}

#[test]
fn only_what_is_named_changes() {
    let today = today();
    let read = read("[profile]\nname = \"Ida\"\n", &today).unwrap();
    assert_eq!(read.profile, Some(Profile { name: Some("Ida".into()), ..today.profile.clone() }));
    assert_eq!((read.campus, read.pins), (None, None));
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (source, line, column, said) in [
        ("[profile]\nnmae = \"x\"", 2, 1, "name"),
        ("[profile]\nname = \"\"", 2, 8, "name"),
        ("[profil]\n", 1, 2, "[profile]"),
        ("name = \"x\"", 1, 1, "[profile]"),
        ("[profile]\nname = true", 2, 8, "a text in quotes is due here, not true or false"),
        ("[profile]\nbio = 1.5", 2, 7, "not a number with a point"),
        ("[profile]\nbio = 2025-01-01", 2, 7, "not a date"),
        ("[profile]\nzip_code = 0x1F", 2, 12, "not a number in another notation"),
        ("[profile]\nzip_code = 92145", 2, 12, "a text in quotes"),
        ("[profile]\nemail = [\"a@b.co\"]", 2, 9, "not a list"),
        ("[profile]\ndisable_favorite_notification = \"on\"", 2, 33, "true or false is due here"),
        ("[profile]\nphoto_urls = \"https://i.groupme.com/1\"", 2, 14, "a list"),
        ("[profile]\nphoto_urls = [\"https://i.groupme.com/1\", 2]", 2, 42, "a text in quotes"),
        ("[profile]\ninterests = [\"1026\"]", 2, 14, "a number without quotes"),
        ("[profile]\ninterests = [0x1F]", 2, 14, "another notation"),
        ("[profile]\ninterests = [-1]", 2, 13, "like 1026"),
        ("[profile]\ninterests = 1026", 2, 13, "a list of numbers"),
        ("[profile]\nname = \"a\\u001b[31m\"", 2, 8, "U+001B"),
        ("[profile]\navatar = \"\"\nimage_url = \"\"", 3, 1, "given twice"),
        ("[campus]\ngraduation_year = 1899", 2, 19, "1900"),
        ("[campus]\ngraduation_year = \"2027\"", 2, 19, "a year without quotes"),
        ("[campus]\ngraduation_year = 202700", 2, 19, "1900"),
        ("[campus]\ncampus_profile_visibility = false", 2, 29, "a text in quotes"),
        ("[pins]\nids = []", 2, 1, "pinned_conversation_ids"),
        ("[pins]\npinned_conversation_ids = \"1\"", 2, 27, "a list of ids"),
        ("[pins]\npinned_conversation_ids = [\"1\", -1]", 2, 33, "a text in quotes"),
        ("\u{feff}[pins]\nids = []", 2, 1, "pinned_conversation_ids"),
    ] {
        let mistake = read(source, &today()).unwrap_err();
        assert_eq!((mistake.line, mistake.column), (line, column), "{source}: {mistake}");
        assert!(mistake.text.contains(said), "{source}: {mistake}");
    }
}
