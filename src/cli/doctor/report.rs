//! What the doctor found, for people and for scripts.

use std::fmt::Write;

use serde_json::{Map, Value as Json};

use crate::cli::exit::Failure;

/// Columns of what a line is about.
const NAME: usize = 12;

/// Everything found, by section.
#[derive(Debug, Default)]
pub(super) struct Report {
    sections: Vec<Section>,
}

/// What belongs together.
#[derive(Debug)]
pub(super) struct Section {
    key: &'static str,
    lines: Vec<Line>,
}

/// One thing looked at.
#[derive(Debug)]
struct Line {
    key: &'static str,
    value: Json,
    text: String,
    trouble: Option<Trouble>,
}

/// What is wrong with it.
#[derive(Debug)]
enum Trouble {
    /// Lapel works all the same.
    Advice(String),
    /// Lapel is of no use like this.
    Fatal(Failure),
}

impl Trouble {
    fn text(&self) -> &str {
        match self {
            Self::Advice(text) | Self::Fatal(Failure { text, .. }) => text,
        }
    }
}

impl Section {
    pub(super) fn new(key: &'static str) -> Self {
        Self { key, lines: Vec::new() }
    }

    /// Something that is as it should be: `value` for scripts, `text` for people.
    pub(super) fn fine(&mut self, key: &'static str, value: impl Into<Json>, text: impl Into<String>) {
        self.lines.push(Line { key, value: value.into(), text: text.into(), trouble: None });
    }

    /// Something that could be better.
    pub(super) fn advise(&mut self, key: &'static str, value: impl Into<Json>, text: impl Into<String>, advice: impl Into<String>) {
        let trouble = Some(Trouble::Advice(advice.into()));
        self.lines.push(Line { key, value: value.into(), text: text.into(), trouble });
    }

    /// Something without which Lapel is of no use.
    pub(super) fn fail(&mut self, key: &'static str, value: impl Into<Json>, text: impl Into<String>, failure: Failure) {
        let trouble = Some(Trouble::Fatal(failure));
        self.lines.push(Line { key, value: value.into(), text: text.into(), trouble });
    }
}

impl Report {
    pub(super) fn add(&mut self, section: Section) {
        self.sections.push(section);
    }

    /// For people: `!` before what could be better, `x` before what makes Lapel useless.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for section in &self.sections {
            let _ = writeln!(out, "{}", section.key);
            for line in &section.lines {
                let sign = match line.trouble {
                    None => ' ',
                    Some(Trouble::Advice(_)) => '!',
                    Some(Trouble::Fatal(_)) => 'x',
                };
                let _ = writeln!(out, "{sign} {:NAME$} {}", line.key.replace('_', " "), line.text);
                if let Some(trouble) = &line.trouble {
                    let _ = writeln!(out, "  {:NAME$} {}", "", trouble.text());
                }
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// For scripts: an object a section, and all troubles once more in a list.
    pub(super) fn json(&self) -> Json {
        let mut object = Map::new();
        let mut problems: Vec<Json> = Vec::new();
        for section in &self.sections {
            let values = section.lines.iter().map(|line| (line.key.to_owned(), line.value.clone())).collect::<Map<_, _>>();
            object.insert(section.key.to_owned(), values.into());
            problems.extend(section.lines.iter().filter_map(|line| line.trouble.as_ref()).map(|trouble| trouble.text().into()));
        }
        object.insert("problems".to_owned(), problems.into());
        object.into()
    }

    /// The first reason why Lapel is of no use.
    pub(super) fn failure(self) -> Option<Failure> {
        self.sections.into_iter().flat_map(|section| section.lines).find_map(|line| match line.trouble {
            Some(Trouble::Fatal(failure)) => Some(failure),
            _ => None,
        })
    }
}
