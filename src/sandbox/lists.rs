//! The public lists of majors and interests, as their live files look. They take no token.

use std::sync::LazyLock;

use bytes::Bytes;
use serde_json::{Value, json};

use super::answer::{AnswerContent, ServerAnswer};
use super::world::World;

struct MajorRow {
    code: u64,
    name: String,
    category: String,
}

static MAJORS: LazyLock<Vec<MajorRow>> = LazyLock::new(|| {
    let file: Value = include_str!("../../assets/majors.json").parse().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let major = |row: &Value| Some(MajorRow { code: row["code"].as_u64()?, name: text(&row["name"]), category: text(&row["category"]) });
    file["majors"].as_array().into_iter().flatten().filter_map(major).collect()
});

/// The number by which a membership names a major: its place in the list, from 1.
pub(super) fn major_row(code: u64) -> Option<usize> {
    MAJORS.iter().position(|major| major.code == code).map(|place| place + 1)
}

/// The whole file, made once: it never changes.
static MAJORS_FILE: LazyLock<Bytes> = LazyLock::new(|| {
    let mut categories: Vec<(&str, Vec<Value>)> = Vec::new();
    for major in MAJORS.iter() {
        let entry = json!({ "id": major.code, "name": major.name, "glyph": "🎓", "assetId": format!("major_{}", major.code) });
        match categories.iter_mut().find(|(name, _)| *name == major.category) {
            Some((_, entries)) => entries.push(entry),
            None => categories.push((&major.category, vec![entry])),
        }
    }
    let category = |(place, (name, entries))| json!({ "id": place, "name": name, "entries": entries });
    (1..).zip(categories).map(category).collect::<Value>().to_string().into()
});

/// `GET /assets/majors/majors.en-US.json`: entries grouped by category.
pub(super) fn majors(_: &World) -> ServerAnswer {
    ServerAnswer::new(200, AnswerContent::File("application/json", MAJORS_FILE.clone()))
}

/// `GET /assets/interestCharms/interestCharms.en-US.json`: an entry may be in several categories.
pub(super) fn interests(world: &World) -> ServerAnswer {
    let mut list = world["interests"].clone();
    let categories = list.as_array_mut().into_iter().flatten().filter_map(|category| category["entries"].as_array_mut());
    for entry in categories.flatten() {
        let asset = format!("interest_{}", entry["id"]);
        if let Some(entry) = entry.as_object_mut() {
            entry.entry("assetId").or_insert_with(|| asset.into());
        }
    }
    ServerAnswer::new(200, AnswerContent::Bare(list))
}
