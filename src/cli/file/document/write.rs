//! From values to a file.
//!
//! The serialiser writes every value; what a terminal would obey or nobody could see is escaped, so that the file can be looked at and
//! says the same when it is read again.

use std::fmt::Write as _;

use toml_edit::{Array, DocumentMut, Item, Key, Table, Value};
use toml_writer::{ToTomlValue as _, TomlStringBuilder};

use super::AccountDocument;
use crate::domain::campus::CAMPUS;
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldKind, FieldSpec, FieldValue, PROFILE};
use crate::domain::graphemes::graphemes;
use crate::domain::text::is_harmful;
use crate::domain::{Id, SafeText};

const HEAD: &str = "\
# A GroupMe account as a file, for `lapel diff` and `lapel apply`.
# Only what is named here is compared or changed: take out a line to leave that value alone.
";
const PINS: &str = "# The pinned conversations from the top; what is missing is unpinned.\n";

/// Writes everything an account has.
pub(in crate::cli::file) fn write(values: &AccountDocument, names: &TagNames<'_>) -> String {
    let mut document = DocumentMut::new();
    let mut before = format!("{HEAD}\n");
    table(&mut document, "profile", &mut before, |table| fields(PROFILE, (&values.profile, &values.kept), names, table));
    before.push('\n');
    table(&mut document, "campus", &mut before, |table| fields(CAMPUS, (&values.campus, &values.campus), names, table));
    before.push('\n');
    table(&mut document, "pins", &mut before, |table| {
        let key = Key::new("pinned_conversation_ids");
        put(table, key, PINS, pins(&values.pins));
        String::new()
    });
    document.set_trailing(before);
    document.to_string()
}

/// Adds a table with what stands `before` it; comments that no key of it follows stand before the next.
fn table(document: &mut DocumentMut, name: &str, before: &mut String, fill: impl FnOnce(&mut Table) -> String) {
    let mut table = Table::new();
    table.decor_mut().set_prefix(std::mem::take(before));
    *before = fill(&mut table);
    document.insert(name, Item::Table(table));
}

/// Every field with what belongs in it; one that was not told as a comment, with what was told earlier. The comments that stand behind
/// the last value.
fn fields<T>(rows: &[FieldSpec<T>], (values, earlier): (&T, &T), names: &TagNames<'_>, table: &mut Table) -> String {
    let mut comments = String::new();
    for row in rows {
        let _ = writeln!(comments, "# {}: {}", row.label, row.help);
        let Some(held) = (row.value)(values) else {
            // A value of several lines would not stay in the comment.
            let earlier =
                (row.value)(earlier).map(|held| format!(" {}", value(&held))).filter(|text| !text.contains('\n')).unwrap_or_default();
            let _ = writeln!(comments, "# {} ={earlier}", row.key);
            continue;
        };
        let labels: Vec<String> = match row.kind {
            FieldKind::Interests => held.items().into_iter().map(|id| names.interest(&Id::from(id)).into_string()).collect(),
            FieldKind::Majors => held.items().into_iter().map(|code| names.major(&Id::from(code)).into_string()).collect(),
            _ => Vec::new(),
        };
        if !labels.is_empty() {
            let _ = writeln!(comments, "# now: {}", labels.join(", "));
        }
        put(table, Key::new(row.key), &std::mem::take(&mut comments), value(&held));
    }
    comments
}

fn put(table: &mut Table, mut key: Key, comments: &str, value: Value) {
    key.leaf_decor_mut().set_prefix(comments);
    table.insert_formatted(&key, Item::Value(value));
}

/// A value by its type. Ids are numbers where that says the same.
fn value(held: &FieldValue) -> Value {
    match held {
        FieldValue::Text(text) => string(text.raw()),
        FieldValue::Texts(texts) => one_a_line(texts.iter().map(|text| (string(text.raw()), None))),
        FieldValue::Ids(ids) => Value::Array(ids.iter().map(|id| id.number().map_or_else(|| string(id.as_str()), Value::from)).collect()),
        FieldValue::Switch(on) => Value::from(*on),
        FieldValue::Year(Some(year)) => Value::from(i64::from(*year)),
        FieldValue::Year(None) => Value::from(""),
    }
}

fn pins(pins: &[(Id, Option<SafeText>)]) -> Value {
    one_a_line(pins.iter().map(|(id, name)| (string(id.as_str()), name.as_ref())))
}

/// A list with every item on a line of its own, and its name behind it.
fn one_a_line<'a>(items: impl Iterator<Item = (Value, Option<&'a SafeText>)>) -> Value {
    let mut array = Array::new();
    let mut behind = String::new();
    for (mut item, name) in items {
        item.decor_mut().set_prefix(format!("{behind}\n    "));
        array.push_formatted(item);
        behind = name.map(|name| format!("  # {name}")).unwrap_or_default();
    }
    if !array.is_empty() {
        array.set_trailing(format!("{behind}\n"));
        array.set_trailing_comma(true);
    }
    Value::Array(array)
}

/// A text as the serialiser writes it, and in it as an escape what is harmful where it stands.
fn string(text: &str) -> Value {
    let builder = TomlStringBuilder::new(text);
    let written = if text.contains('\n') { builder.as_ml_basic() } else { builder.as_basic() }.to_toml_value();
    let escaped = if text.chars().any(is_harmful) { graphemes(&written).map(visible).collect() } else { written };
    // What does not read as the same text is left to the serialiser alone.
    escaped.parse().ok().filter(|value: &Value| value.as_str() == Some(text)).unwrap_or_else(|| Value::from(text))
}

/// A grapheme that can be looked at stays; of any other, what is harmful becomes an escape.
fn visible(grapheme: &str) -> String {
    if grapheme == "\n" || SafeText::line(grapheme).as_str() == grapheme {
        return grapheme.to_owned();
    }
    let escape = |c: char| match u32::from(c) {
        _ if !is_harmful(c) || c == '\n' => c.to_string(),
        code @ ..=0xffff => format!("\\u{code:04X}"),
        code => format!("\\U{code:08X}"),
    };
    grapheme.chars().map(escape).collect()
}
