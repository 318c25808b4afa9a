//! What the doctor found, for people and for scripts.

use std::fmt::Write;

use serde_json::{Map, Value as Json};

use crate::cli::exit::Failure;

/// Columns of what a line is about.
const NAME: usize = 12;

/// Everything found, by section.
#[derive(Debug, Default)]
pub(super) struct Report {
    sections: Vec<ReportSection>,
}

/// What belongs together.
#[derive(Debug)]
pub(super) struct ReportSection {
    key: &'static str,
    lines: Vec<Finding>,
}

/// One thing looked at.
#[derive(Debug)]
struct Finding {
    key: &'static str,
    value: Json,
    text: String,
    trouble: Option<Severity>,
}

/// What is wrong with it.
#[derive(Debug)]
enum Severity {
    /// Lapel works all the same.
    Advice(String),
    /// Lapel is of no use like this.
    Fatal(Failure),
}

impl Severity {
    fn text(&self) -> &str {
        match self {
            Self::Advice(text) | Self::Fatal(Failure { text, .. }) => text,
        }
    }
}

impl ReportSection {
    pub(super) fn new(key: &'static str) -> Self {
        Self { key, lines: Vec::new() }
    }

    /// Something that is as it should be: `value` for scripts, `text` for people.
    pub(super) fn fine(&mut self, key: &'static str, value: impl Into<Json>, text: impl Into<String>) {
        self.lines.push(Finding { key, value: value.into(), text: text.into(), trouble: None });
    }

    /// Something that could be better.
    pub(super) fn advise(&mut self, key: &'static str, value: impl Into<Json>, text: impl Into<String>, advice: impl Into<String>) {
        let trouble = Some(Severity::Advice(advice.into()));
        self.lines.push(Finding { key, value: value.into(), text: text.into(), trouble });
    }

    /// Something without which Lapel is of no use.
    pub(super) fn fail(&mut self, key: &'static str, value: impl Into<Json>, text: impl Into<String>, failure: Failure) {
        let trouble = Some(Severity::Fatal(failure));
        self.lines.push(Finding { key, value: value.into(), text: text.into(), trouble });
    }
}

impl Report {
    pub(super) fn add(&mut self, section: ReportSection) {
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
                    Some(Severity::Advice(_)) => '!',
                    Some(Severity::Fatal(_)) => 'x',
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
            Some(Severity::Fatal(failure)) => Some(failure),
            _ => None,
        })
    }
}
