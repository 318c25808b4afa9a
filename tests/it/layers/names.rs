//! One name, one meaning: a type's name stands once in the whole tree, so that a reader who finds it has found the one.

use std::collections::BTreeMap;

use super::{code, sources};

/// Names of types that stand twice, with the reason.
const TWICE: &[(&str, &str)] =
    &[("Signals", "the same thing on two systems"), ("Sizes", "the same thing on two systems"), ("Stop", "the same thing on two systems")];

/// The type that a line declares at the top of a module.
fn declared(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(rest) => rest.strip_prefix('(').map_or(Some(rest), |rest| rest.split_once(')').map(|(_, rest)| rest))?.strip_prefix(' ')?,
        None => line,
    };
    let (kind, rest) = line.split_once(' ')?;
    let is_type = ["struct", "enum", "trait", "type"].contains(&kind);
    is_type.then(|| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
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

#[test]
fn declarations_are_found_whoever_may_see_them() {
    for line in ["struct A;", "pub enum A {", "pub(super) type A<T> = T;", "pub(in crate::cli) trait A: B {", "struct A(u8);"] {
        assert_eq!(declared(line), Some("A"), "{line}");
    }
    for line in ["    type Error = A;", "pub fn type_of(a: A) {", "use a::A;", "pub mod a;", "}"] {
        assert_eq!(declared(line), None, "{line}");
    }
}
