//! From a file to values: every value keeps its type, and a value of another type is a mistake with its place.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::AccountDocument;
use crate::base::settings::Mistake;
use crate::domain::campus::{CAMPUS, CampusForm};
use crate::domain::field::{FieldKind, FieldSpec, FieldValue, PROFILE, by_key};
use crate::domain::text::without_bom;
use crate::domain::{Id, Profile, RawText, SafeText};

/// What a file names.
#[derive(Debug, Default, PartialEq)]
pub(in crate::cli::file) struct FileContents {
    pub(in crate::cli::file) profile: Option<Profile>,
    pub(in crate::cli::file) campus: Option<CampusForm>,
    pub(in crate::cli::file) pins: Option<Vec<WrittenPin>>,
}

/// A pin as it stands in a file: its id, or a name that has to be looked up.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli::file) struct WrittenPin {
    pub(in crate::cli::file) text: String,
    /// Where it stands, for saying what is wrong with it.
    at: Mistake,
}

impl WrittenPin {
    /// What is wrong with it, in its place.
    pub(in crate::cli::file) fn mistake(&self, text: &str) -> Mistake {
        Mistake { text: SafeText::block(text).into_string(), ..self.at.clone() }
    }
}

/// Reads a file over the values of today: what it does not name stays.
///
/// # Errors
/// The first mistake, with its line and column; nothing of the file counts then.
pub(in crate::cli::file) fn read(source: &str, today: &AccountDocument) -> Result<FileContents, Mistake> {
    let source = without_bom(source);
    let table = DeTable::parse(source).map_err(|error| at(source, error.span().unwrap_or_default().start, error.message()))?;
    let mut document = FileContents::default();
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
    let mut seen = Vec::new();
    for (key, value) in table {
        let row = by_key(rows, key.get_ref()).map_err(|error| at(source, key.span().start, error.shown().as_str()))?;
        if seen.contains(&row.key) {
            return Err(at(source, key.span().start, format!("{} is given twice", row.key)));
        }
        seen.push(row.key);
        let held = held(row.kind, value, source)?;
        row.take(&mut values, &held).map_err(|error| at(source, value.span().start, format!("{}: {}", row.key, error.shown())))?;
    }
    Ok(values)
}

/// The value of a field of this kind, in the type that is due.
fn held(kind: FieldKind, value: &Spanned<DeValue<'_>>, source: &str) -> Result<FieldValue, Mistake> {
    let due = |what: &str| at(source, value.span().start, format!("{what} is due here, not {}", type_of(value.get_ref())));
    match (kind, value.get_ref()) {
        (FieldKind::Line | FieldKind::Block | FieldKind::Picture | FieldKind::Sound | FieldKind::Visibility, DeValue::String(text)) => {
            Ok(FieldValue::Text(RawText::new(&**text)))
        }
        (FieldKind::Line | FieldKind::Block | FieldKind::Picture | FieldKind::Sound | FieldKind::Visibility, _) => {
            Err(due("a text in quotes"))
        }
        (FieldKind::Switch, DeValue::Boolean(on)) => Ok(FieldValue::Switch(*on)),
        (FieldKind::Switch, _) => Err(due("true or false")),
        (FieldKind::Year, DeValue::String(text)) if text.is_empty() || text == "none" => Ok(FieldValue::Year(None)),
        // What is no year at all stays a text, which the rule refuses with the range of years.
        (FieldKind::Year, DeValue::Integer(year)) if year.radix() == 10 => Ok(FieldKind::Year.read(year.as_str(), None)),
        (FieldKind::Year, _) => Err(due("a year without quotes, or \"\" for none,")),
        (FieldKind::Pictures, DeValue::Array(items)) => each(items, |item| text(item, source)).map(FieldValue::Texts),
        (FieldKind::Pictures, _) => Err(due("a list of addresses in quotes")),
        (FieldKind::Interests | FieldKind::Majors, DeValue::Array(items)) => each(items, |item| id(item, source)).map(FieldValue::Ids),
        (FieldKind::Interests | FieldKind::Majors, _) => Err(due("a list of numbers")),
    }
}

fn each<T>(items: &DeArray<'_>, read: impl Fn(&Spanned<DeValue<'_>>) -> Result<T, Mistake>) -> Result<Vec<T>, Mistake> {
    items.iter().map(read).collect()
}

fn text(item: &Spanned<DeValue<'_>>, source: &str) -> Result<RawText, Mistake> {
    match item.get_ref() {
        DeValue::String(text) => Ok(RawText::new(&**text)),
        other => Err(at(source, item.span().start, format!("a text in quotes is due here, not {}", type_of(other)))),
    }
}

/// Ids are numbers; in quotes only where they are none, or would not be the same.
fn id(item: &Spanned<DeValue<'_>>, source: &str) -> Result<Id, Mistake> {
    match item.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => Ok(Id::from(number.as_str())),
        DeValue::String(text) if Id::from(&**text).number().is_none() => Ok(Id::from(&**text)),
        other => Err(at(source, item.span().start, format!("a number without quotes is due here, not {}", type_of(other)))),
    }
}

fn pins(table: &DeTable<'_>, source: &str) -> Result<Option<Vec<WrittenPin>>, Mistake> {
    let mut pins = None;
    for (key, value) in table {
        if key.get_ref() != "pinned_conversation_ids" {
            let text = format!("there is no \"{}\" in [pins]; the one key is pinned_conversation_ids", key.get_ref());
            return Err(at(source, key.span().start, text));
        }
        let DeValue::Array(items) = value.get_ref() else {
            return Err(at(source, value.span().start, format!("a list of ids in quotes is due here, not {}", type_of(value.get_ref()))));
        };
        let pin = |item: &Spanned<DeValue<'_>>| {
            let text = text(item, source)?;
            Ok(WrittenPin { text: text.raw().to_owned(), at: at(source, item.span().start, "") })
        };
        pins = Some(each(items, pin)?);
    }
    Ok(pins)
}

/// What a value is, inside a sentence.
fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(number) if number.radix() != 10 => "a number in another notation",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn at(source: &str, byte: usize, text: impl AsRef<str>) -> Mistake {
    Mistake::after(source.get(..byte).unwrap_or(source), SafeText::line(text).as_str())
}
