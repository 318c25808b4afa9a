//! The rules for what a field may hold when it is changed, with messages that say what to do.
//!
//! They come from the specification and the field traps on record. What the service merely recommends (a last name) is not
//! enforced, what it does not document (lengths) is left to it. Every way in ends here: arguments, files, editors, pastes.

use email_address::{EmailAddress, Options};

use super::super::text::{is_control, is_invisible, without_bom};
use super::super::{Id, RawText};
use super::error::{FieldError, excerpt};
use super::kind::SOUNDS;
use super::lines::with_line_ends_of;
use super::value::FieldValue;

/// Where the image service keeps every picture, whatever server is configured.
const PICTURES: &str = "https://i.groupme.com/";
/// A track at Spotify, without its id.
const TRACK: &str = "https://open.spotify.com/track/";

/// What came of a check: the value as it is to be sent.
type ValidValue = Result<FieldValue, FieldError>;

/// Text that may be held: no mark of a byte order in front, and no control character but line ends and tabs, which nobody would see
/// and some terminals obey.
fn plain(value: &FieldValue) -> Result<&str, FieldError> {
    let FieldValue::Text(text) = value else { return Err(FieldError::new("a text belongs here")) };
    plain_text(text)
}

fn plain_text(text: &RawText) -> Result<&str, FieldError> {
    let text = without_bom(text.raw());
    match text.char_indices().find(|(_, c)| is_control(*c)) {
        None => Ok(text),
        Some((at, c)) => {
            let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
            let place = if text.trim_end().contains('\n') { format!(" in line {line}") } else { String::new() };
            Err(FieldError::new(format!("take out the control character U+{:04X}{place}: nobody can see it", u32::from(c))))
        }
    }
}

/// Text on one line; a line break becomes a space.
fn line(value: &FieldValue) -> Result<String, FieldError> {
    plain(value).map(one_line)
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// A text, made ready by [`line`] and the like.
fn ready(text: impl Into<String>) -> FieldValue {
    FieldValue::Text(RawText::new(text))
}

pub(super) fn name(value: &FieldValue) -> ValidValue {
    let name = line(value)?;
    if name.is_empty() {
        Err(FieldError::new("write a name; first and last name is best, one alone will do"))
    } else if name.chars().all(is_invisible) {
        Err(FieldError::new("write a name that can be seen; this one has nothing but invisible characters"))
    } else {
        Ok(ready(name))
    }
}

pub(super) fn email(value: &FieldValue) -> ValidValue {
    let email = line(value)?;
    let strict = Options::default().with_required_tld().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(&email, strict) {
        Ok(_) => Ok(ready(email)),
        Err(_) => Err(FieldError::new("write an address like name@domain.com")),
    }
}

/// The most bytes of a bio: what one paste may bring. The service's own limit is not documented and not guessed.
const LONGEST_BIO: usize = 64 * 1024;

/// As typed, tabs too. Lines that are there `now` keep their ends, which editors and terminals make their own: who changes a word
/// changes a word.
pub(super) fn bio(value: &FieldValue, now: Option<&RawText>) -> ValidValue {
    let text = plain(value)?;
    if let over @ 1.. = text.len().saturating_sub(LONGEST_BIO) {
        return Err(FieldError::new(format!("shorten it by {over} bytes: at most {} KiB fit", LONGEST_BIO / 1024)));
    }
    Ok(ready(now.map_or_else(|| text.to_owned(), |now| with_line_ends_of(now.raw(), text))))
}

pub(super) fn picture(value: &FieldValue) -> ValidValue {
    picture_text(&line(value)?).map(FieldValue::Text)
}

fn picture_text(url: &str) -> Result<RawText, FieldError> {
    if url.is_empty() {
        return Ok(RawText::default());
    }
    picture_address(url)
        .map(RawText::new)
        .ok_or_else(|| FieldError::new(format!("choose a picture file to upload, or write an address that starts with {PICTURES}")))
}

/// The address of a picture of the image service, however it was written.
pub(super) fn picture_address(url: &str) -> Option<String> {
    let rest = without_scheme(url);
    let (host, path) = rest.split_once('/')?;
    let plain = path.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b','));
    (host.eq_ignore_ascii_case("i.groupme.com") && !path.is_empty() && plain).then(|| format!("{PICTURES}{path}"))
}

/// The fewest pictures a gallery can have, other than none (specification, `photo_urls`).
const FEWEST: usize = 3;

/// Pictures that are in the gallery `now` stay as they are.
pub(super) fn pictures(value: &FieldValue, now: Option<&Vec<RawText>>) -> ValidValue {
    let FieldValue::Texts(pictures) = value else { return Err(FieldError::new("a list of pictures belongs here")) };
    let kept = |picture: &RawText| now.is_some_and(|now| now.contains(picture));
    let checked = |picture: &RawText| if kept(picture) { Ok(picture.clone()) } else { picture_text(&one_line(plain_text(picture)?)) };
    let pictures: Vec<RawText> = pictures.iter().map(checked).collect::<Result<_, FieldError>>()?;
    if pictures.iter().any(|picture| picture.is_empty() && !kept(picture)) {
        return Err(FieldError::new("one of the addresses is empty; take it out"));
    }
    match pictures.len() {
        count @ 1..FEWEST => {
            let more = if FEWEST - count == 1 { "one more" } else { "two more" };
            Err(FieldError::new(format!("{count} of at least {FEWEST}: add {more}, or restore what was there")))
        }
        _ => Ok(FieldValue::Texts(pictures)),
    }
}

/// The call takes interests as integers.
pub(super) fn interests(value: &FieldValue, now: Option<&Vec<Id>>) -> ValidValue {
    let number = |item: &str| item.bytes().all(|b| b.is_ascii_digit()) && item.parse::<u64>().is_ok();
    ids(value, now, "the number of an interest, like 1026", number)
}

/// A list of ids, each once. Those that are there `now` stay as they are, all others pass `valid`; `what` names one of them.
pub(in crate::domain) fn ids(value: &FieldValue, now: Option<&Vec<Id>>, what: &str, valid: impl Fn(&str) -> bool) -> ValidValue {
    let FieldValue::Ids(items) = value else { return Err(FieldError::new("a list belongs here")) };
    let mut ids: Vec<Id> = Vec::new();
    for item in items {
        let is_kept = now.is_some_and(|now| now.contains(item));
        let bare = item.as_str().strip_prefix('#').filter(|_| !is_kept).unwrap_or(item.as_str());
        if !is_kept && !valid(bare) {
            return Err(FieldError::new(format!("\"{}\" is not {what}; separate several by commas", excerpt(bare))));
        }
        let id = Id::from(bare);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(FieldValue::Ids(ids))
}

pub(super) fn song(value: &FieldValue) -> ValidValue {
    let link = line(value)?;
    if link.is_empty() {
        return Ok(ready(link));
    }
    let Some((id, query)) = track(&link) else {
        return Err(FieldError::new(format!("write the link of a track at Spotify, like {TRACK}… (share it, then copy the link)")));
    };
    Ok(ready(format!("{TRACK}{id}{query}")))
}

/// The id and what follows it of `https://open.spotify.com/track/ID?si=…`, also with a language (`/intl-de/track/ID`), without a
/// scheme, or as `spotify:track:ID`.
pub(super) fn track(link: &str) -> Option<(&str, &str)> {
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

pub(super) fn zip(value: &FieldValue) -> ValidValue {
    let zip = line(value)?;
    if zip.len() > 12 || !zip.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-')) {
        return Err(FieldError::new("write a postal code, like 92145: up to 12 letters, digits, spaces and dashes"));
    }
    Ok(ready(zip))
}

pub(super) fn switch(value: &FieldValue) -> ValidValue {
    if matches!(value, FieldValue::Switch(_)) { Ok(value.clone()) } else { Err(FieldError::new("write on or off")) }
}

/// Sounds are files inside the official apps. The list of names is not public, so any name is taken that is no path.
pub(super) fn sound(value: &FieldValue) -> ValidValue {
    let sound = line(value)?;
    if sound.is_empty() || sound.contains(['/', '\\']) {
        return Err(FieldError::new(format!("write the name of a sound, like {}", SOUNDS.join(" or "))));
    }
    Ok(ready(sound))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> FieldValue {
        FieldValue::Text(text.into())
    }

    fn list(items: &[&str]) -> FieldValue {
        FieldValue::Texts(items.iter().map(|item| (*item).into()).collect())
    }

    fn tags(items: &[&str]) -> FieldValue {
        FieldValue::Ids(items.iter().map(|item| (*item).into()).collect())
    }

    fn bio_of(value: &FieldValue) -> ValidValue {
        bio(value, None)
    }

    fn message(result: ValidValue) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_name_needs_something_to_see_and_no_more() {
        assert_eq!(name(&typed("  Tom\nSkerritt ")).unwrap(), typed("Tom Skerritt"));
        assert_eq!(name(&typed("李")).unwrap(), typed("李"));
        assert!(message(name(&typed(" \n"))).contains("write a name"));
        for invisible in ["\u{200b}\u{200d}", "\u{3164}", "\u{2800} \u{2800}", "\u{202e}", "\u{301}", "\u{e0041}"] {
            assert!(message(name(&typed(invisible))).contains("can be seen"), "{invisible:?}");
        }
        for seen in ["نیما می\u{200c}دود", "👩\u{200d}👩\u{200d}👧", "e\u{301}"] {
            assert_eq!(name(&typed(seen)).unwrap(), typed(seen));
        }
    }

    #[test]
    fn control_characters_are_refused_and_a_byte_order_mark_is_dropped_everywhere() {
        type Rule = fn(&FieldValue) -> ValidValue;
        let rules: [(Rule, &str); 7] = [
            (name, "Isaac"),
            (email, "a@b.co"),
            (picture, "https://i.groupme.com/1"),
            (bio_of, "one\r\n\ttwo\rthree"),
            (song, "https://open.spotify.com/track/1"),
            (zip, "92145"),
            (sound, "gm6.wav"),
        ];
        for (rule, good) in rules {
            assert_eq!(rule(&typed(&format!("\u{feff}{good}"))).unwrap(), typed(good));
            for control in ['\0', '\u{1b}', '\u{7}', '\u{7f}', '\u{85}', '\u{9b}'] {
                let told = message(rule(&typed(&format!("{good}{control}"))));
                assert!(told.contains(&format!("U+{:04X}", u32::from(control))), "{told}");
            }
        }
        assert!(message(bio_of(&typed("a\nb\u{1b}c"))).contains("in line 2"));
    }

    #[test]
    fn an_email_address_is_bare_and_has_a_domain() {
        for good in ["viper@topgun.usaf.mil", "a.b+c@x.co"] {
            assert_eq!(email(&typed(&format!(" {good} "))).unwrap(), typed(good));
        }
        for bad in ["", "viper", "a@b", "Viper <v@x.com>", "v@[127.0.0.1]", "a@b@c.com"] {
            assert!(message(email(&typed(bad))).contains("name@domain.com"), "{bad}");
        }
    }

    #[test]
    fn pictures_come_from_the_image_service_only() {
        let url = "https://i.groupme.com/408x723.jpeg.cc234ac0ee8a4d3a82ead19dee523193";
        for text in [url, &format!(" {url}\n"), &url.replace("https", "http"), &url["https://".len()..]] {
            assert_eq!(picture(&typed(text)).unwrap(), typed(url), "{text}");
        }
        assert_eq!(picture(&typed("")).unwrap(), typed(""));
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
            assert!(message(picture(&typed(bad))).contains("https://i.groupme.com/"), "{bad}");
        }
    }

    #[test]
    fn a_gallery_has_none_or_at_least_three_and_what_it_has_is_not_judged() {
        let photos = |count: usize| (0..count).map(|n| RawText::new(format!("https://i.groupme.com/{n}"))).collect::<Vec<_>>();
        assert_eq!(pictures(&list(&[]), None).unwrap(), list(&[]));
        assert_eq!(message(pictures(&photos(2).into(), None)), "2 of at least 3: add one more, or restore what was there");
        assert!(message(pictures(&photos(1).into(), None)).starts_with("1 of at least 3: add two more"));
        for count in [3, 6, 7] {
            assert_eq!(pictures(&photos(count).into(), None).unwrap(), photos(count).into());
        }
        let foreign = [vec![RawText::from("https://elsewhere/a b")], photos(3)].concat();
        assert!(pictures(&foreign.clone().into(), None).is_err());
        assert_eq!(pictures(&foreign.clone().into(), Some(&foreign)).unwrap(), foreign.into());
        assert!(message(pictures(&[vec![RawText::default()], photos(3)].concat().into(), None)).contains("empty"));
    }

    #[test]
    fn interests_are_numbers_each_once() {
        assert_eq!(interests(&tags(&["1026", "#3015", "1026", "7"]), None).unwrap(), tags(&["1026", "3015", "7"]));
        assert!(interests(&tags(&[]), None).is_ok());
        for bad in ["hiking", "-1", "1026;7", "99999999999999999999999", "+5", ""] {
            assert!(message(interests(&tags(&[bad]), None)).contains("like 1026"), "{bad}");
            assert_eq!(interests(&tags(&[bad, "1"]), Some(&vec![bad.into()])).unwrap(), tags(&[bad, "1"]));
        }
    }

    #[test]
    fn every_way_to_write_a_track_becomes_one() {
        let id = "5532lQKkhAZUyUKOBA9yrB";
        for (text, tail) in [
            (format!("https://open.spotify.com/track/{id}?si=teTg"), "?si=teTg"),
            (format!("https://open.spotify.com/intl-de/track/{id}"), ""),
            (format!("http://open.spotify.com/track/{id}/?"), ""),
            (format!("open.spotify.com/track/{id}#t"), ""),
            (format!("spotify:track:{id}"), ""),
        ] {
            assert_eq!(song(&typed(&text)).unwrap(), typed(&format!("https://open.spotify.com/track/{id}{tail}")), "{text}");
        }
        assert_eq!(song(&typed(" ")).unwrap(), typed(""));
        for bad in [
            "https://open.spotify.com/album/1",
            "https://spotify.link/x",
            "track",
            "https://open.spotify.com/track/",
            "spotify:track:",
            "https://open.spotify.com.evil.com/track/1",
            "https://open.spotify.com/track/1?\u{202e}",
        ] {
            assert!(message(song(&typed(bad))).contains("a track at Spotify"), "{bad}");
        }
    }

    #[test]
    fn small_values_say_what_they_take() {
        assert!(switch(&FieldValue::Switch(true)).is_ok());
        assert_eq!(message(switch(&typed(""))), "write on or off");
        assert_eq!(zip(&typed(" 92145-1234 ")).unwrap(), typed("92145-1234"));
        assert!(zip(&typed("K1A 0B1")).is_ok() && zip(&typed("")).is_ok());
        assert!(zip(&typed("92145; drop")).is_err() && zip(&typed("1234567890123")).is_err());
        for name in ["unheard.wav", "Two Words.wav", "ping"] {
            assert_eq!(sound(&typed(&format!(" {name} "))).unwrap(), typed(name));
        }
        assert!(message(sound(&typed("../gm6.wav"))).contains("gm6.wav or gm16.wav"));
    }

    #[test]
    fn a_bio_stays_as_it_was_typed_with_the_line_ends_it_has() {
        assert_eq!(bio_of(&typed(" a\r\nb\rc\t\n")).unwrap(), typed(" a\r\nb\rc\t\n"));
        assert_eq!(bio(&typed("a\nc"), Some(&"a\r\nb".into())).unwrap(), typed("a\r\nc"));
        assert!(message(bio_of(&typed(&"a".repeat(64 * 1024 + 169)))).starts_with("shorten it by 169 bytes"));
    }
}
