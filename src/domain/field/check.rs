//! From typed text to values, with messages that say what to do; and back.
//!
//! Rules come from the specification and the field traps on record. What the service merely recommends (a last name) is not
//! enforced, what it does not document (lengths) is left to it.

use std::collections::BTreeSet;

use email_address::{EmailAddress, Options};

use super::super::{Id, Text};
use super::FieldError;

/// Where the image service keeps every picture, whatever server is configured.
const PICTURES: &str = "https://i.groupme.com/";
/// A track at Spotify, without its id.
const TRACK: &str = "https://open.spotify.com/track/";

/// Values that have a text form.
pub(in crate::domain) trait TextForm {
    /// What a person would type to get this value.
    fn text_form(&self) -> String;
}

impl TextForm for Text {
    fn text_form(&self) -> String {
        self.raw().to_owned()
    }
}

impl TextForm for bool {
    fn text_form(&self) -> String {
        if *self { "on" } else { "off" }.to_owned()
    }
}

impl TextForm for Vec<Text> {
    fn text_form(&self) -> String {
        self.iter().map(Text::raw).collect::<Vec<_>>().join("\n")
    }
}

impl TextForm for Vec<Id> {
    fn text_form(&self) -> String {
        self.iter().map(Id::as_str).collect::<Vec<_>>().join(",")
    }
}

/// Takes the text form of a list apart: commas, spaces and line breaks all separate.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace()).filter(|item| !item.is_empty())
}

/// A list of ids, each once, that all pass `valid`; `what` names one of them.
pub(in crate::domain) fn tokens(text: &str, what: &str, valid: impl Fn(&str) -> bool) -> Result<Vec<Id>, FieldError> {
    let mut ids: Vec<Id> = Vec::new();
    for item in split(text) {
        let item = item.strip_prefix('#').unwrap_or(item);
        if !valid(item) {
            return Err(FieldError::new(format!("\"{}\" is not {what}; separate several by commas", super::excerpt(item))));
        }
        let id = Id::from(item);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Any text on one line; a line break becomes a space.
fn line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

pub(super) fn name(text: &str) -> Result<Text, FieldError> {
    let name = line(text);
    if name.is_empty() { Err(FieldError::new("write a name; first and last name is best, one alone will do")) } else { Ok(Text::new(name)) }
}

pub(super) fn email(text: &str) -> Result<Text, FieldError> {
    let email = line(text);
    let strict = Options::default().with_required_tld().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(&email, strict) {
        Ok(_) => Ok(Text::new(email)),
        Err(_) => Err(FieldError::new("write an address like name@domain.com")),
    }
}

/// The most bytes of a bio: what one paste may bring. The service's own limit is not documented and not guessed.
const LONGEST_BIO: usize = 64 * 1024;

/// Line ends as `\n`; otherwise as typed.
pub(super) fn bio(text: &str) -> Result<Text, FieldError> {
    if let over @ 1.. = text.len().saturating_sub(LONGEST_BIO) {
        return Err(FieldError::new(format!("shorten it by {over} bytes: at most {} KiB fit", LONGEST_BIO / 1024)));
    }
    Ok(Text::new(text.replace("\r\n", "\n").replace('\r', "\n")))
}

/// Trailing white space says nothing, and servers and editors add or drop it.
pub(super) fn same_bio(one: &str, other: &str) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n");
    lines(one).trim_end() == lines(other).trim_end()
}

pub(super) fn picture(text: &str) -> Result<Text, FieldError> {
    let url = line(text);
    if url.is_empty() {
        return Ok(Text::default());
    }
    let rest = without_scheme(&url);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = path.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b','));
    if !host.eq_ignore_ascii_case("i.groupme.com") || path.is_empty() || !plain {
        return Err(FieldError::new(format!("choose a picture file to upload, or write an address that starts with {PICTURES}")));
    }
    Ok(Text::new(format!("{PICTURES}{path}")))
}

/// The fewest pictures a gallery can have, other than none (specification, `photo_urls`).
const FEWEST: usize = 3;

pub(super) fn pictures(text: &str) -> Result<Vec<Text>, FieldError> {
    let pictures = split(text).map(picture).collect::<Result<Vec<_>, _>>()?;
    match pictures.len() {
        count @ 1..FEWEST => {
            let more = if FEWEST - count == 1 { "one more" } else { "two more" };
            Err(FieldError::new(format!("{count} of at least {FEWEST}: add {more}, or restore what was there")))
        }
        _ => Ok(pictures),
    }
}

pub(super) fn same_pictures(one: &str, other: &str) -> bool {
    split(one).eq(split(other))
}

/// The call takes interests as integers.
pub(super) fn interests(text: &str) -> Result<Vec<Id>, FieldError> {
    let number = |item: &str| item.bytes().all(|b| b.is_ascii_digit()) && item.parse::<u64>().is_ok();
    tokens(text, "the number of an interest, like 1026", number)
}

/// Tags have no order.
pub(in crate::domain) fn same_set(one: &str, other: &str) -> bool {
    split(one).collect::<BTreeSet<_>>() == split(other).collect::<BTreeSet<_>>()
}

pub(super) fn song(text: &str) -> Result<Text, FieldError> {
    let link = line(text);
    if link.is_empty() {
        return Ok(Text::default());
    }
    let Some((id, query)) = track(&link) else {
        return Err(FieldError::new(format!("write the link of a track at Spotify, like {TRACK}… (share it, then copy the link)")));
    };
    Ok(Text::new(format!("{TRACK}{id}{query}")))
}

/// The service gives back another `?si=` than it was sent.
pub(super) fn same_song(one: &str, other: &str) -> bool {
    match (track(one), track(other)) {
        (Some((one, _)), Some((other, _))) => one == other,
        _ => one == other,
    }
}

/// The id and what follows it of `https://open.spotify.com/track/ID?si=…`, also with a language (`/intl-de/track/ID`), without a
/// scheme, or as `spotify:track:ID`.
fn track(link: &str) -> Option<(&str, &str)> {
    let rest = if let Some(rest) = link.strip_prefix("spotify:track:") {
        rest
    } else {
        let (host, path) = without_scheme(link).split_once('/')?;
        if !host.eq_ignore_ascii_case("open.spotify.com") {
            return None;
        }
        let path = if path.starts_with("intl-") { path.split_once('/')?.1 } else { path };
        path.strip_prefix("track/")?
    };
    let (id, query) = rest.split_at(rest.find(['?', '#', '/']).unwrap_or(rest.len()));
    let query = query.split('#').next().filter(|query| query.len() > 1 && query.starts_with('?')).unwrap_or_default();
    let plain = query.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\'));
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric()) && plain).then_some((id, query))
}

fn without_scheme(url: &str) -> &str {
    url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http")).map_or(url, |(_, rest)| rest)
}

pub(super) fn zip(text: &str) -> Result<Text, FieldError> {
    let zip = line(text);
    if zip.len() > 12 || !zip.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-')) {
        return Err(FieldError::new("write a postal code, like 92145: up to 12 letters, digits, spaces and dashes"));
    }
    Ok(Text::new(zip))
}

pub(super) fn switch(text: &str) -> Result<bool, FieldError> {
    match line(text).to_lowercase().as_str() {
        "on" | "true" | "yes" => Ok(true),
        "off" | "false" | "no" => Ok(false),
        _ => Err(FieldError::new("write on or off")),
    }
}

/// Sounds are files inside the official apps; the list of names is not public.
pub(super) fn sound(text: &str) -> Result<Text, FieldError> {
    let sound = line(text);
    if sound.is_empty() || sound.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '\\')) {
        return Err(FieldError::new(format!("write the name of a sound, like {}", super::SOUNDS.join(" or "))));
    }
    Ok(Text::new(sound))
}

pub(super) fn same(one: &str, other: &str) -> bool {
    one == other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<T: std::fmt::Debug>(result: Result<T, FieldError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_name_needs_something_and_no_more() {
        assert_eq!(name("  Tom\nSkerritt ").unwrap().raw(), "Tom Skerritt");
        assert_eq!(name("李").unwrap().raw(), "李");
        assert!(message(name(" \n")).contains("write a name"));
    }

    #[test]
    fn an_email_address_is_bare_and_has_a_domain() {
        for good in ["viper@topgun.usaf.mil", "a.b+c@x.co"] {
            assert_eq!(email(&format!(" {good} ")).unwrap().raw(), good);
        }
        for bad in ["", "viper", "a@b", "Viper <v@x.com>", "v@[127.0.0.1]", "a@b@c.com"] {
            assert!(message(email(bad)).contains("name@domain.com"), "{bad}");
        }
    }

    #[test]
    fn pictures_come_from_the_image_service_only() {
        let url = "https://i.groupme.com/408x723.jpeg.cc234ac0ee8a4d3a82ead19dee523193";
        for typed in [url, &format!(" {url}\n"), &url.replace("https", "http"), &url["https://".len()..]] {
            assert_eq!(picture(typed).unwrap().raw(), url, "{typed}");
        }
        assert_eq!(picture("").unwrap().raw(), "");
        for bad in [
            "https://i.groupme.com/",
            "https://i.groupme.com.evil.com/a",
            "https://evil.com/i.groupme.com/a",
            "/home/me.png",
            "https://i.groupme.com@evil.com/a",
            "ftp://i.groupme.com/a",
            "https://i.groupme.com/a b",
            "https://i.groupme.com/\u{202e}a",
        ] {
            assert!(message(picture(bad)).contains("https://i.groupme.com/"), "{bad}");
        }
    }

    #[test]
    fn a_gallery_has_none_or_at_least_three() {
        let photos = |count: usize| (0..count).map(|n| format!("https://i.groupme.com/{n}")).collect::<Vec<_>>();
        assert!(pictures(" , \n").unwrap().is_empty());
        assert_eq!(message(pictures(&photos(2).join("\n"))), "2 of at least 3: add one more, or restore what was there");
        assert!(message(pictures(&photos(1).join("\n"))).starts_with("1 of at least 3: add two more"));
        for count in [3, 6, 7] {
            for separator in ["\n", ",", ", ", " "] {
                assert_eq!(pictures(&photos(count).join(separator)).unwrap().text_form(), photos(count).join("\n"));
            }
        }
        assert!(!same_pictures("a\nb", "b\na"), "the order is the user's");
    }

    #[test]
    fn interests_are_numbers_each_once_in_no_order() {
        assert_eq!(interests("1026, #3015,1026\n7").unwrap().text_form(), "1026,3015,7");
        assert!(interests("").unwrap().is_empty());
        for bad in ["hiking", "-1", "1026;7", "99999999999999999999999", "+5"] {
            assert!(message(interests(bad)).contains("like 1026"), "{bad}");
        }
        assert!(same_set("1, 2", "2,1") && !same_set("1", "1,2"));
    }

    #[test]
    fn every_way_to_write_a_track_becomes_one() {
        let id = "5532lQKkhAZUyUKOBA9yrB";
        for (typed, tail) in [
            (format!("https://open.spotify.com/track/{id}?si=teTg"), "?si=teTg"),
            (format!("https://open.spotify.com/intl-de/track/{id}"), ""),
            (format!("http://open.spotify.com/track/{id}/?"), ""),
            (format!("open.spotify.com/track/{id}#t"), ""),
            (format!("spotify:track:{id}"), ""),
        ] {
            assert_eq!(song(&typed).unwrap().raw(), format!("https://open.spotify.com/track/{id}{tail}"), "{typed}");
            assert!(same_song(&typed, &format!("https://open.spotify.com/track/{id}?si=other")), "{typed}");
        }
        assert_eq!(song(" ").unwrap().raw(), "");
        for bad in [
            "https://open.spotify.com/album/1",
            "https://spotify.link/x",
            "track",
            "https://open.spotify.com/track/",
            "spotify:track:",
            "https://open.spotify.com.evil.com/track/1",
            "https://open.spotify.com/track/1?\u{202e}",
        ] {
            assert!(message(song(bad)).contains("a track at Spotify"), "{bad}");
        }
        assert!(!same_song("spotify:track:1", "spotify:track:2") && !same_song("", "spotify:track:1") && same_song("odd", "odd"));
    }

    #[test]
    fn small_values_say_what_they_take() {
        for (typed, on) in [("on", true), (" TRUE ", true), ("yes", true), ("off", false), ("no", false), ("False", false)] {
            assert_eq!(switch(typed).unwrap(), on);
        }
        assert_eq!(message(switch("")), "write on or off");
        assert_eq!(zip(" 92145-1234 ").unwrap().raw(), "92145-1234");
        assert!(zip("K1A 0B1").is_ok() && zip("").is_ok());
        assert!(zip("92145; drop").is_err() && zip("1234567890123").is_err());
        assert_eq!(sound("unheard.wav").unwrap().raw(), "unheard.wav");
        assert!(message(sound("../gm6.wav")).contains("gm6.wav or gm16.wav"));
    }

    #[test]
    fn a_bio_keeps_its_lines_and_its_end_is_no_difference() {
        assert_eq!(bio("a\r\nb\rc\n").unwrap().raw(), "a\nb\nc\n");
        assert!(same_bio("a\r\nb\n", "a\nb") && !same_bio(" a", "a"));
        assert!(message(bio(&"a".repeat(LONGEST_BIO + 169))).starts_with("shorten it by 169 bytes"));
    }
}
