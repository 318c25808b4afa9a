//! What JSON Schema says of a value, as far as our own pages use it.

use serde_json::Value;

/// Asserts that a value is as a definition says, by the words of JSON Schema that the page uses.
pub(crate) fn assert_described(page: &Value, value: &Value, schema: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        return assert_described(page, value, page.pointer(&name[1..]).unwrap_or_else(|| panic!("no {name}")), place);
    }
    let words = ["type", "items", "properties", "additionalProperties", "required", "enum", "description", "example"];
    let unknown: Vec<_> = schema.as_object().unwrap().keys().filter(|key| !words.contains(&key.as_str())).collect();
    assert!(unknown.is_empty(), "{place}: {unknown:?} is not checked here");
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(schema.get("type").is_none_or(|types| types.as_array().unwrap().contains(&name.into())), "{place}: {value} for {schema}");
    assert!(schema.get("enum").is_none_or(|all| all.as_array().unwrap().contains(value)), "{place}: {value} for {schema}");
    match value {
        Value::Array(list) if schema.get("items").is_some() => {
            for each in list {
                assert_described(page, each, &schema["items"], place);
            }
        }
        Value::Object(map) if schema.get("type").is_some() => {
            for key in schema["required"].as_array().into_iter().flatten() {
                assert!(map.contains_key(key.as_str().unwrap()), "{place}: {key} is missing in {value}");
            }
            for (key, value) in map {
                let known = schema["properties"].get(key).or_else(|| schema.get("additionalProperties").filter(|extra| extra.is_object()));
                let known = known.unwrap_or_else(|| panic!("{place}: {key} is not described"));
                assert_described(page, value, known, &format!("{place}.{key}"));
            }
        }
        _ => {}
    }
}
