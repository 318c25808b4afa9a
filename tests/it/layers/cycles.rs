//! No two files may need each other: a cycle can only be understood, tested and changed as one.
//!
//! A small reader of `use` lines and of paths in code: `crate::`, `super::`, `self::` and the modules a file declares. It follows
//! re-exports to where a name is defined. What it does not see are methods of types that came by another way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use super::{code, sources};

/// Needs that may close a cycle: from a file, to a file, with the reason.
const MEANT: &[(&str, &str, &str)] = &[(
    "screens/mod.rs",
    "screens/overlay/mod.rs",
    "a screen asks for an overlay as a value (`Nav::Open`), and an overlay reacts to events as a screen does",
)];

#[test]
fn no_two_files_need_each_other() {
    let mut house = House::read(sources());
    for (from, to, why) in MEANT {
        let need = house.needs.get_mut(*from).and_then(|needs| needs.remove(*to));
        assert!(need.is_some(), "{from} no longer needs {to}: take it off the list ({why})");
    }
    let mut told = String::new();
    for cycle in house.cycles() {
        told.push_str("these need each other:\n");
        for (from, needs) in house.needs.iter().filter(|(from, _)| cycle.contains(*from)) {
            for (to, names) in needs.iter().filter(|(to, _)| cycle.contains(*to)) {
                let _ = writeln!(told, "  {from} -> {to}: {}", names.iter().cloned().collect::<Vec<_>>().join(", "));
            }
        }
    }
    assert!(told.is_empty(), "{told}Move what both need into a file below them, or what only one needs into that one.");
}

#[test]
fn cycles_are_found_through_re_exports_groups_and_paths_in_code() {
    let house = House::read(
        [
            ("lib.rs", "mod a; mod b; mod c; mod d;"),
            ("a/mod.rs", "mod inner;\npub use inner::{\n    Thing as Other, More,\n};"),
            ("a/inner.rs", "// crate::d::X\nfn f() { crate::b::g() }"),
            ("b.rs", "use crate::{a::Other, c::{self, Y}};"),
            ("c.rs", "use super::d::*;\n#[cfg(test)]\nmod tests { use crate::b::z; }"),
            ("d.rs", ""),
        ]
        .map(|(file, text)| (PathBuf::from(file), text.to_owned())),
    );
    assert_eq!(house.cycles(), [BTreeSet::from(["a/inner.rs", "b.rs"].map(str::to_owned))]);
    assert!(house.needs["b.rs"].keys().eq(["a/inner.rs", "c.rs"]));
    assert!(house.needs["c.rs"].keys().eq(["d.rs"]));
}

/// A module's path from the crate's root.
type Module = Vec<String>;

/// Every file and which other files it needs, with the names it takes from them.
#[derive(Default)]
struct House {
    files: BTreeMap<Module, File>,
    needs: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

struct File {
    name: String,
    /// Paths as written, from whatever module they start.
    paths: Vec<Module>,
    /// Names that are defined elsewhere, and the paths they stand for.
    hands_on: Vec<(String, Module)>,
}

impl House {
    fn read(sources: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let mut house = Self::default();
        for (path, text) in sources {
            let mut module: Module = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
                module.pop();
            }
            house.files.insert(module, File::read(path.to_string_lossy().into_owned(), &text));
        }
        for (module, file) in &house.files {
            for path in &file.paths {
                let Some((target, name)) = house.resolve(module, path, 0) else { continue };
                if target != file.name {
                    house.needs.entry(file.name.clone()).or_default().entry(target).or_default().insert(name);
                }
            }
        }
        house
    }

    /// The file that defines what a path in `module` stands for, and the name it is asked for.
    fn resolve(&self, module: &[String], path: &[String], depth: usize) -> Option<(String, String)> {
        let mut at = module.to_vec();
        let mut rest = path.iter().map(String::as_str).peekable();
        match *rest.peek()? {
            "crate" => at.clear(),
            "self" | "super" => {}
            first => {
                let child = [module, &[first.to_owned()]].concat();
                self.files.contains_key(&child).then_some(())?;
            }
        }
        while let Some(step) = rest.next_if(|step| matches!(*step, "crate" | "self" | "super")) {
            if step == "super" {
                at.pop();
            }
        }
        while let Some(step) = rest.next_if(|step| self.files.contains_key(&[&at[..], &[(*step).to_owned()]].concat())) {
            at.push(step.to_owned());
        }
        let file = self.files.get(&at)?;
        let name = rest.next().unwrap_or("self");
        // A name may be handed on from file to file, but not forever.
        let handed_on = file.hands_on.iter().filter(|(known_as, _)| known_as == name && depth < 5);
        let mut elsewhere = handed_on.filter_map(|(_, target)| self.resolve(&at, target, depth + 1));
        elsewhere.next().or_else(|| Some((file.name.clone(), name.to_owned())))
    }

    /// Sets of files of which each reaches each other.
    fn cycles(&self) -> Vec<BTreeSet<String>> {
        let reach: BTreeMap<&String, BTreeSet<&String>> = self.needs.keys().map(|file| (file, self.reach(file))).collect();
        let mut cycles: Vec<BTreeSet<String>> = Vec::new();
        for (file, reached) in &reach {
            let cycle: BTreeSet<String> = reached
                .iter()
                .filter(|other| reach.get(*other).is_some_and(|back| back.contains(file)))
                .map(|file| (*file).clone())
                .collect();
            if !cycle.is_empty() && !cycles.contains(&cycle) {
                cycles.push(cycle);
            }
        }
        cycles
    }

    fn reach<'a>(&'a self, from: &'a String) -> BTreeSet<&'a String> {
        let mut reached = BTreeSet::new();
        let mut next = vec![from];
        while let Some(file) = next.pop() {
            next.extend(self.needs.get(file).into_iter().flat_map(BTreeMap::keys).filter(|file| reached.insert(*file)));
        }
        reached
    }
}

impl File {
    fn read(name: String, text: &str) -> Self {
        let text: String = code(text).flat_map(|(_, line)| [without_visibility(line), "\n".to_owned()]).collect();
        let mut file = Self { name, paths: Vec::new(), hands_on: Vec::new() };
        let (mut body, mut handed_on) = (String::new(), Vec::new());
        let mut rest = text.as_str();
        while let Some(at) = next_use(rest) {
            let (before, from) = rest.split_at(at);
            body.push_str(before);
            let (tree, after) = from[4..].split_once(';').unwrap_or((&from[4..], ""));
            let public = before.rsplit('\n').next().is_some_and(|line| line.contains("pub"));
            for (path, name) in leaves(tree) {
                if public {
                    handed_on.push((name.clone(), path.clone()));
                } else {
                    file.paths.push(path.clone());
                }
                file.hands_on.push((name, path));
            }
            rest = after;
        }
        body.push_str(rest);
        file.paths.extend(body.split(|c: char| !is_word(c) && c != ':').filter(|word| word.contains("::")).map(segments));
        // What a file only hands on it does not need.
        let words: BTreeSet<&str> = body.split(|c: char| !is_word(c)).collect();
        file.paths.extend(handed_on.into_iter().filter(|(name, _)| words.contains(name.as_str())).map(|(_, path)| path));
        file
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A line of code without what it says about who may see something, and nothing if it only declares a module: neither is a need.
fn without_visibility(line: &str) -> String {
    if line.trim_end().ends_with(';') && line.split_whitespace().any(|word| word == "mod") {
        return String::new();
    }
    match line.split_once("pub(in ").and_then(|(before, after)| Some((before, after.split_once(')')?.1))) {
        Some((before, after)) => format!("{before}pub{after}"),
        None => line.to_owned(),
    }
}

fn segments(path: &str) -> Module {
    path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Where the next `use` statement begins.
fn next_use(text: &str) -> Option<usize> {
    text.match_indices("use ").map(|(at, _)| at).find(|at| {
        let line = text[..*at].rsplit('\n').next().unwrap_or_default().trim();
        line.is_empty() || line.starts_with("pub")
    })
}

/// The paths of a `use` tree, with the names they have from then on.
fn leaves(tree: &str) -> Vec<(Module, String)> {
    let Some((stem, group)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path = segments(path);
        path.pop_if(|last| last == "self" || last == "*");
        let name = if name.is_empty() { path.last().cloned().unwrap_or_default() } else { name.trim().to_owned() };
        return vec![(path, name)];
    };
    let group = group.trim_end().trim_end_matches('}');
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty()).flat_map(|part| leaves(&format!("{stem}{}", part.trim()))).collect()
}
