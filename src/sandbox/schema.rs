//! JSON Schemas: of what a call takes, by its table of keys; of what it answers, by an example.

use serde_json::{Map, Value, json};

use super::check::{DocumentedKey, ValueKind};

/// Of an object with these keys and no others.
pub(super) fn of_keys(keys: &[DocumentedKey]) -> Value {
    let properties: Map<_, _> = keys.iter().map(|key| (key.name.to_owned(), of_kind(key.kind))).collect();
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn of_kind(kind: ValueKind) -> Value {
    match kind {
        ValueKind::Text => json!({ "type": "string" }),
        ValueKind::OptionalText => json!({ "type": ["string", "null"] }),
        ValueKind::Flag => json!({ "type": "boolean" }),
        ValueKind::Integer => json!({ "type": "integer" }),
        ValueKind::OptionalInteger => json!({ "type": ["integer", "null"] }),
        ValueKind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        ValueKind::Integers => json!({ "type": "array", "items": { "type": "integer" } }),
        ValueKind::OneOf(words) => json!({ "type": "string", "enum": words }),
        ValueKind::Hours => json!({ "oneOf": [{ "type": "integer", "minimum": 1, "maximum": 48 }, { "const": "always" }] }),
        ValueKind::Object => json!({ "type": "object" }),
    }
}

/// Of values like this one: any of it may be missing or null, as it is with the service; more may be there.
pub(super) fn like(value: &Value) -> Value {
    let mut schema = match value {
        Value::Null => return json!({}),
        Value::Bool(_) => json!({ "type": ["boolean"] }),
        Value::Number(_) => json!({ "type": ["integer"] }),
        Value::String(_) => json!({ "type": ["string"] }),
        Value::Array(list) => json!({ "type": ["array"], "items": list.iter().map(like).reduce(merge).unwrap_or_else(|| json!({})) }),
        Value::Object(map) => {
            let properties: Map<_, _> = map.iter().map(|(key, value)| (key.clone(), like(value))).collect();
            json!({ "type": ["object"], "properties": properties })
        }
    };
    add_type(&mut schema, &"null".into());
    schema
}

/// Of values that are like the one or the other.
fn merge(mut one: Value, other: Value) -> Value {
    let Value::Object(other) = other else { return one };
    for (key, value) in other {
        match (key.as_str(), one.get_mut(&key)) {
            (_, None) => one[key] = value,
            ("type", Some(_)) => value.as_array().into_iter().flatten().for_each(|name| add_type(&mut one, name)),
            ("properties", Some(Value::Object(known))) => {
                let Value::Object(more) = value else { continue };
                for (name, schema) in more {
                    let merged = known.remove(&name).map_or_else(|| schema.clone(), |known| merge(known, schema.clone()));
                    known.insert(name, merged);
                }
            }
            (_, Some(known)) => *known = merge(known.take(), value),
        }
    }
    one
}

fn add_type(schema: &mut Value, name: &Value) {
    if let Some(types) = schema["type"].as_array_mut()
        && !types.contains(name)
    {
        types.push(name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_differ_are_described_together() {
        let list = json!([{"id": "1", "name": null}, {"id": 2, "name": "x"}]);
        let item = json!({"type": ["object", "null"], "properties": {
            "id": {"type": ["string", "null", "integer"]}, "name": {"type": ["string", "null"]}}});
        assert_eq!(like(&list)["items"], item);
    }
}
