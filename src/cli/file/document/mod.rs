//! The profile as a TOML file: tables `profile`, `campus` and `pins`, keys as the API has them, names of codes as comments.
//!
//! Text in, values out, and back; reads and writes no file. The token and the share link never are in it.

use std::fmt::Write as _;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::settings::Mistake;
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::detail::Names;
use crate::domain::field::{FieldSpec, Kind, PROFILE, by_key, split};
use crate::domain::{Id, Profile, Shown};

const HEAD: &str = "\
# A GroupMe account as a file, for `lapel diff` and `lapel apply`.
# Only what is named here is compared or changed: take out a line to leave that value alone.
";

/// What a file names. Values are in the text form of their field.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Document {
    pub(super) profile: Option<Profile>,
    pub(super) campus: Option<CampusForm>,
    pub(super) pins: Option<Vec<Id>>,
}

/// Everything of an account that a file can hold.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub(super) profile: Profile,
    pub(super) campus: CampusForm,
    /// Pinned conversations with their names, where known.
    pub(super) pins: Vec<(Id, Option<Shown>)>,
}

/// Writes everything an account has.
pub(super) fn write(values: &Values, names: &Names<'_>) -> String {
    let mut out = format!("{HEAD}\n[profile]\n");
    rows(PROFILE, &values.profile, names, &mut out);
    out.push_str("\n[campus]\n");
    rows(CAMPUS, &values.campus, names, &mut out);
    out.push_str("\n[pins]\n# The pinned conversations from the top; what is missing is unpinned.\npinned_conversation_ids = [\n");
    for (id, name) in &values.pins {
        let comment = name.as_ref().map(|name| format!("  # {name}")).unwrap_or_default();
        let _ = writeln!(out, "    {},{comment}", string(id.as_str()));
    }
    out.push_str("]\n");
    out
}

fn rows<T>(rows: &[FieldSpec<T>], values: &T, names: &Names<'_>, out: &mut String) {
    for row in rows {
        let _ = writeln!(out, "# {}: {}", row.label, row.help);
        match row.text(values) {
            Some(text) => {
                let labels: Vec<String> = match row.kind {
                    Kind::Interests => split(&text).map(|id| names.interest(&Id::from(id)).into_string()).collect(),
                    Kind::Majors => split(&text).map(|code| names.major(&Id::from(code)).into_string()).collect(),
                    _ => Vec::new(),
                };
                if !labels.is_empty() {
                    let _ = writeln!(out, "# now: {}", labels.join(", "));
                }
                let _ = writeln!(out, "{} = {}", row.key, value(row.kind, &text));
            }
            None => {
                let _ = writeln!(out, "# {} =", row.key);
            }
        }
    }
}

/// A text form as the TOML value that reads best.
fn value(kind: Kind, text: &str) -> String {
    let number = |item: &str| item.parse::<i64>().map_or_else(|_| string(item), |number| number.to_string());
    match kind {
        Kind::Interests | Kind::Majors => format!("[{}]", split(text).map(number).collect::<Vec<_>>().join(", ")),
        Kind::Pictures => format!("[\n{}]", split(text).map(|item| format!("    {},\n", string(item))).collect::<Vec<_>>().concat()),
        Kind::Switch if text == "on" => "true".to_owned(),
        Kind::Switch if text == "off" => "false".to_owned(),
        Kind::Year => number(text),
        _ => string(text),
    }
}

fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Reads a file over the values of today: what it does not name stays.
///
/// # Errors
/// The first mistake, with its line and column; nothing of the file counts then.
pub(super) fn read(source: &str, today: &Values) -> Result<Document, Mistake> {
    let table = DeTable::parse(source).map_err(|error| at(source, error.span().unwrap_or_default().start, error.message()))?;
    let mut document = Document::default();
    for (name, content) in table.get_ref() {
        let DeValue::Table(content_table) = content.get_ref() else {
            return Err(at(source, name.span().start, "only the tables [profile], [campus] and [pins] belong here"));
        };
        match &**name.get_ref() {
            "profile" => document.profile = Some(fields(PROFILE, &today.profile, content_table, source)?),
            "campus" => document.campus = Some(fields(CAMPUS, &today.campus, content_table, source)?),
            "pins" => document.pins = pins(content_table, source)?,
            other => {
                let text = format!("there is no table \"{other}\"; the tables are [profile], [campus] and [pins]");
                return Err(at(source, name.span().start, text));
            }
        }
    }
    Ok(document)
}

fn fields<T: Clone>(rows: &'static [FieldSpec<T>], today: &T, table: &DeTable<'_>, source: &str) -> Result<T, Mistake> {
    let mut values = today.clone();
    for (key, value) in table {
        let row = by_key(rows, key.get_ref()).map_err(|error| at(source, key.span().start, error.shown().as_str()))?;
        let text = text(value, source)?;
        row.set(&mut values, &text).map_err(|error| at(source, value.span().start, format!("{}: {}", row.key, error.shown())))?;
    }
    Ok(values)
}

/// The text form of a value: a string, number or switch, or a list of such.
fn text(value: &Spanned<DeValue<'_>>, source: &str) -> Result<String, Mistake> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) => Ok(number.to_string()),
        DeValue::Boolean(on) => Ok(if *on { "on" } else { "off" }.to_owned()),
        DeValue::Array(items) => Ok(items.iter().map(|item| text(item, source)).collect::<Result<Vec<_>, _>>()?.join("\n")),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => {
            Err(at(source, value.span().start, "a text, a number, true or false, or a list is needed here"))
        }
    }
}

fn pins(table: &DeTable<'_>, source: &str) -> Result<Option<Vec<Id>>, Mistake> {
    let mut pins = None;
    for (key, value) in table {
        if key.get_ref() != "pinned_conversation_ids" {
            let text = format!("there is no \"{}\" in [pins]; the one key is pinned_conversation_ids", key.get_ref());
            return Err(at(source, key.span().start, text));
        }
        let ids = text(value, source)?;
        pins = Some(split(&ids).map(Id::from).collect());
    }
    Ok(pins)
}

fn at(source: &str, byte: usize, text: impl AsRef<str>) -> Mistake {
    Mistake::after(source.get(..byte).unwrap_or(source), Shown::line(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Campus, Text, Visibility};

    fn today() -> Values {
        let profile = Profile {
            name: Some("Isaac".into()),
            bio: Some(Text::from("one \"two\"\nthree\u{1b}\n")),
            interests: Some(vec!["1026".into(), "99999".into()]),
            photo_urls: Some(["1", "2", "3"].map(|n| Text::new(format!("https://i.groupme.com/{n}"))).to_vec()),
            disable_favorite_notification: Some(true),
            ..Profile::default()
        };
        let campus = Campus { major_codes: Some(vec!["3702".into()]), graduation_year: None, visibility: Some(Visibility::Major) };
        let pins = vec![("98905953".into(), Some(Shown::line("Family\n# [x]"))), ("93645911+118825642".into(), None)];
        Values { profile, campus: CampusForm { campus, this_year: 2026 }, pins }
    }

    #[test]
    fn what_is_written_reads_back_as_no_change() {
        let today = today();
        let text = write(&today, &Names::default());
        let read = read(&text, &today).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
        assert_eq!(read.profile.as_ref(), Some(&today.profile), "{text}");
        assert_eq!(read.campus.as_ref(), Some(&today.campus), "{text}");
        assert_eq!(read.pins, Some(today.pins.iter().map(|(id, _)| id.clone()).collect()), "{text}");
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
            ("[campus]\ngraduation_year = 1899", 2, 19, "1900"),
            ("[pins]\nids = []", 2, 1, "pinned_conversation_ids"),
            ("[profile]\nbio = 1.5", 2, 7, "text"),
        ] {
            let mistake = read(source, &today()).unwrap_err();
            assert_eq!((mistake.line, mistake.column), (line, column), "{source}: {mistake}");
            assert!(mistake.text.contains(said), "{source}: {mistake}");
        }
    }
}
