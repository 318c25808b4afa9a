//! Conversations by name, from what the last run kept.

use super::known;
use super::value::{CompletionValue, beginning};
use crate::domain::RawText;
use crate::domain::fold::folded;
use crate::domain::pins::PinRow;

/// Pinned conversations.
pub(super) fn pinned(typed: &str) -> Vec<CompletionValue> {
    known::conversations().map(|known| fitting(typed, known.rows.iter().filter(|row| known.pins.contains(&row.id)))).unwrap_or_default()
}

/// Conversations that can be pinned.
pub(super) fn not_pinned(typed: &str) -> Vec<CompletionValue> {
    known::conversations().map(|known| fitting(typed, known.rows.iter().filter(|row| !known.pins.contains(&row.id)))).unwrap_or_default()
}

/// Names that begin as what was typed, the id of one whose name is no use, and any id whose digits were begun.
fn fitting<'a>(typed: &str, rows: impl Iterator<Item = &'a PinRow> + Clone) -> Vec<CompletionValue> {
    let name = |row: &PinRow| row.name.as_ref().map(RawText::line).unwrap_or_default();
    let names: Vec<String> = rows.clone().map(|row| folded(name(row).as_str())).collect();
    let value = |row: &PinRow| {
        let (id, name) = (row.id.as_str(), name(row));
        // One that begins with a digit or a minus would be taken for an id or an option.
        let is_begun = name.as_str().starts_with(|c: char| c.is_alphabetic());
        let is_only = names.iter().filter(|other| **other == folded(name.as_str())).count() == 1;
        let is_id = typed.starts_with(|c: char| c.is_ascii_digit()) || !is_begun || !is_only;
        if is_id { CompletionValue::new(id, name) } else { CompletionValue::new(name.as_str(), id) }
    };
    beginning(typed, rows.map(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Id;
    use crate::domain::pins::{PinKind, PinState};

    fn row(id: &str, name: &str) -> PinRow {
        PinRow { id: Id::from(id), name: Some(RawText::from(name)), kind: PinKind::Group, state: PinState::Ok }
    }

    #[test]
    fn a_name_is_offered_that_only_one_has_else_the_id() {
        let rows = [row("101", "Family"), row("102", "Climbing"), row("201", "Book club"), row("301", "book CLUB"), row("401", "-x")];
        let texts = |typed| fitting(typed, rows.iter()).into_iter().map(|value| value.text).collect::<Vec<_>>();
        assert_eq!(texts("cl"), ["Climbing"]);
        assert_eq!(texts("10"), ["101", "102"]);
        assert_eq!(texts("book"), [""; 0], "the shell would put an id where a name was begun");
        assert_eq!(texts(""), ["Family", "Climbing", "201", "301", "401"]);
    }
}
