//! One name, one meaning: a type's name stands once in the whole tree, so that a reader who finds it has found the one.

use std::collections::BTreeMap;

use super::{code, sources};

/// Names of types that stand twice, with the reason.
const TWICE: &[(&str, &str)] =
    &[("Signals", "the same thing on two systems"), ("Sizes", "the same thing on two systems"), ("Stop", "the same thing on two systems")];

/// The type that a line declares at the top of a module.
fn declared(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let visible = line.starts_with("pub");
    if line.starts_with(' ') {
        return None;
    }
    let kinds = ["struct", "enum", "trait", "type"];
    let first = words.next()?;
    if kinds.contains(&first) {
        return words.next();
    }
    // `pub`, `pub(super)`, `pub(in crate::cli)`: what stands in between names no type.
    if visible { words.skip_while(|word| !kinds.contains(word)).nth(1).filter(|_| !line.contains("fn ")) } else { None }
}

#[test]
fn the_name_of_a_type_stands_once() {
    let mut places = BTreeMap::<String, Vec<String>>::new();
    for (file, text) in sources() {
        for (number, line) in code(&text) {
            if let Some(name) = declared(line) {
                places.entry(name.to_owned()).or_default().push(format!("src/{}:{number}", file.display()));
            }
        }
    }
    assert!(places.len() > 300, "types are found: {}", places.len());
    for (name, places) in &places {
        let excused = TWICE.iter().any(|(twice, _)| twice == name);
        assert_eq!(places.len(), if excused { 2 } else { 1 }, "{name} means several things: {places:?}");
    }
}
