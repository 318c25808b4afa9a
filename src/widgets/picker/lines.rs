//! Which lines the rows of a picker take: one each, and more for headings above them and reasons that do not fit beside them.

use super::{Choice, Picker};
use crate::widgets::text::{width, wrap};

/// Columns between a label and its detail, and before a reason below it.
pub(super) const GAP: usize = 2;

/// What stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PickerLine {
    /// What the rows below have in common.
    Heading(&'static str),
    /// A row, and which of its lines.
    Row { row: usize, part: usize },
}

impl<K: Clone + Eq> Picker<K> {
    /// The lines that the list takes if it is so many columns wide, with one for what is typed where that can be taken.
    pub fn height(&self, columns: u16) -> usize {
        self.lines(columns).len() + usize::from(self.free.is_some())
    }

    /// Every line, if the list is so many columns wide.
    pub(super) fn lines(&self, columns: u16) -> Vec<PickerLine> {
        let mut lines = Vec::with_capacity(self.len());
        let mut above = "";
        for row in 0..self.len() {
            let choice = self.matches.get(row).and_then(|found| self.items.get(found.index));
            // What is searched for is ranked, and best comes first whatever it stands under.
            let heading = choice.map_or("", |choice| choice.heading);
            if heading != std::mem::replace(&mut above, heading) && self.query.is_empty() {
                lines.push(PickerLine::Heading(heading));
            }
            let more = choice.map_or(0, |choice| choice.reason(usize::from(columns)).len());
            lines.extend((0..=more).map(|part| PickerLine::Row { row, part }));
        }
        lines
    }
}

impl<K> Choice<K> {
    /// The reason against it as it stands behind the label, if there is room for all of it.
    pub(super) fn short_reason(&self, columns: usize) -> Option<String> {
        let why = format!("({})", self.why_not.as_ref()?);
        let detail = self.detail.as_str();
        let taken = width(self.label.as_str()) + 1 + if detail.is_empty() { 0 } else { width(detail) + GAP };
        (taken + width(&why) <= columns).then_some(why)
    }

    /// The reason against it in lines of its own below the label, as far as it needs them.
    pub(super) fn reason(&self, columns: usize) -> Vec<&str> {
        match &self.why_not {
            Some(why) if self.short_reason(columns).is_none() => wrap(why.as_str(), columns.saturating_sub(GAP).max(1)),
            _ => Vec::new(),
        }
    }
}

/// The first and last line of a row; the heading right above belongs to it.
pub(super) fn of_row(lines: &[PickerLine], row: usize) -> (usize, usize) {
    let is_of_row = |line: &PickerLine| matches!(line, PickerLine::Row { row: other, .. } if *other == row);
    let (Some(first), Some(last)) = (lines.iter().position(is_of_row), lines.iter().rposition(is_of_row)) else { return (0, 0) };
    let heading = first.checked_sub(1).filter(|above| matches!(lines.get(*above), Some(PickerLine::Heading(_))));
    (heading.unwrap_or(first), last)
}

/// The row on a line, or on the next that has one.
pub(super) fn row_near(lines: &[PickerLine], line: usize) -> Option<usize> {
    let row = |line: &PickerLine| if let PickerLine::Row { row, .. } = line { Some(*row) } else { None };
    lines.iter().skip(line).find_map(row).or_else(|| lines.iter().rev().find_map(row))
}
