//! The list of faults, held to the tests it names.

use std::collections::BTreeSet;
use std::path::Path;

use crate::layers::files_under;

/// The tests of all sources, each with its module, as the list writes them.
fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    for folder in ["src", "tests/it"] {
        for (path, text) in files_under(&root.join(folder)) {
            let module = path.strip_prefix(root.join(folder)).unwrap_or(&path).with_extension("");
            let module: Vec<&str> = module.iter().filter_map(|part| part.to_str()).filter(|part| *part != "mod").collect();
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split_once('(')).map(|(name, _)| name);
            tests.extend(names.map(|name| format!("{}::{name}", module.join("::"))));
        }
    }
    tests
}

#[test]
fn every_test_it_names_exists_and_every_fault_here_is_in_it() {
    let list = include_str!("../../../docs/faults.md");
    let readme = include_str!("../../../README.md");
    let promises = readme.split("## Promises").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
    let named = list.split('`').chain(promises.split('`'));
    let named: BTreeSet<&str> = named.filter(|text| text.contains("::") && *text != "faults::list").collect();
    let tests = tests();
    let missing: Vec<_> = named.iter().filter(|name| !tests.contains(**name)).collect();
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
    let here = files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/faults"));
    for (path, text) in here.iter().filter(|(path, _)| !path.ends_with("list.rs")) {
        for rest in text.split("test]\n").skip(1) {
            let name = rest.split_once("fn ").and_then(|(_, rest)| rest.split_once('(')).map(|(name, _)| name).unwrap_or_default();
            assert!(list.contains(&format!("::{name}`")), "{}: {name} is not in docs/faults.md", path.display());
        }
    }
}
