//! The page about dependencies names every one of them, and none that is gone.

use std::collections::BTreeSet;

use super::file;

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest: toml::Table = std::fs::read_to_string(file("Cargo.toml")).unwrap().parse().unwrap();
    let everywhere = manifest["dependencies"].as_table().unwrap();
    let on_unix = manifest["target"]["cfg(unix)"]["dependencies"].as_table().unwrap();
    let package = |(name, row): (&String, &toml::Value)| row.get("package").and_then(toml::Value::as_str).unwrap_or(name).to_owned();
    let taken: BTreeSet<String> = everywhere.iter().chain(on_unix).map(package).collect();

    let page = std::fs::read_to_string(file("docs/dependencies.md")).unwrap();
    let table = page.split("\n## ").nth(1).unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let named: BTreeSet<String> = rows.flat_map(|names| names.split(", ")).map(|name| name.replace('`', "")).collect();
    assert_eq!(named, taken);
}
