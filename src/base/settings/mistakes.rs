//! What is wrong with a file of settings: where, and what may have been meant.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong and what to do. Quotes the file, so it is not yet fit for a screen.
    pub text: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.text)
    }
}

impl Mistake {
    /// A mistake right after `before`.
    pub fn after(before: &str, text: impl Into<String>) -> Self {
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self { line: before.matches('\n').count() + 1, column: line.chars().count() + 1, text: text.into() }
    }
}

/// Mistakes found so far, by the byte they begin at.
pub(super) struct Mistakes<'a> {
    source: &'a str,
    found: Vec<(usize, String)>,
}

impl<'a> Mistakes<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Self { source, found: Vec::new() }
    }

    /// All of them, from the beginning of the file to its end. Lines and columns are counted in one go, however many there are.
    pub(super) fn sorted(mut self) -> Vec<Mistake> {
        self.found.sort();
        let (mut line, mut column, mut counted) = (1, 1, 0);
        let place = |(at, text): (usize, String)| {
            for c in self.source.get(counted..at).unwrap_or_default().chars() {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            counted = at;
            Mistake { line, column, text }
        };
        self.found.into_iter().map(place).collect()
    }

    pub(super) fn add(&mut self, at: Range<usize>, text: impl Into<String>) {
        let at = if self.source.is_char_boundary(at.start) { at.start } else { self.source.len() };
        self.found.push((at, text.into()));
    }

    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// Adds what is wrong at bytes `inside` a string. Where the string has escapes, its beginning has to do.
    pub(super) fn add_inside(&mut self, string: &Spanned<DeValue<'_>>, inside: Range<usize>, text: String) {
        let span = string.span();
        let verbatim = string.get_ref().as_str().filter(|value| self.source.get(span.start + 1..span.end.saturating_sub(1)) == Some(value));
        let at = if verbatim.is_some() { span.start + 1 + inside.start..span.start + 1 + inside.end } else { span };
        self.add(at, text);
    }
}

/// The rows of a table; none, and a mistake, if it is something else.
pub(super) fn table<'a, 'i>(value: &'a Spanned<DeValue<'i>>, name: &str, mistakes: &mut Mistakes<'_>) -> Option<&'a DeTable<'i>> {
    let table = value.get_ref().as_table();
    if table.is_none() {
        mistakes.add(value.span(), format!("{name} must be a table: write [{name}] on a line of its own and the settings below it"));
    }
    table
}

/// Says that there is no `kind` called `name`, and what may have been meant.
pub(super) fn unknown(kind: &str, name: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("there is no {kind} \"{name}\"; did you mean {near}?"),
        None if known.clone().count() > 12 => format!("there is no {kind} \"{name}\"; `lapel config` lists them all"),
        None => format!("there is no {kind} \"{name}\"; there are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// The known word that `word` is a slip away from.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .map(|known| (strsim::damerau_levenshtein(&word, known), known))
        .filter(|(slips, known)| *slips * 5 <= known.len() * 2)
        .min()
        .map(|(_, known)| known)
}
