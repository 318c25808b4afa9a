//! The lines of a review: a heading for each section, the sides of every change from where they differ, and the warnings last.

use ratatui::style::Style;

use crate::base::{Action, Scope, Shared, UnsavedChange, UnsavedSection};
use crate::domain::SafeText;
use crate::domain::graphemes::{grapheme_indices, graphemes};
use crate::widgets::diff::{self, Marks};
use crate::widgets::text::{truncate, width, wrap};

/// Columns of the word before a value.
pub(super) const WORD: u16 = 9;
/// Lines of one value that are shown.
pub(super) const MOST_LINES: usize = 6;
/// Where two long values begin alike, so many graphemes before the first difference are shown.
const BEFORE: usize = 24;

/// What the review is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewPurpose {
    /// Send the changes.
    Save,
    /// Take edits of an earlier run back.
    Restore,
}

/// A line of the review.
pub(super) struct ReviewLine {
    /// The change it belongs to; none for headings and warnings.
    pub(super) change: Option<usize>,
    pub(super) word: String,
    pub(super) text: String,
    pub(super) style: Style,
    /// What of the text the other side does not have, and how it looks.
    pub(super) marks: Marks,
    pub(super) mark: Style,
}

impl ReviewLine {
    fn new(change: Option<usize>, word: String, text: String, style: Style) -> Self {
        Self { change, word, text, style, marks: Marks::new(), mark: style }
    }
}

/// All lines, at that width.
pub(super) fn lines(sections: &[UnsavedSection], purpose: ReviewPurpose, columns: usize, shared: &Shared) -> Vec<ReviewLine> {
    let theme = &shared.theme;
    let room = columns.saturating_sub(usize::from(WORD) + 2).max(1);
    let mut lines = Vec::new();
    let mut number = 0..;
    for section in sections {
        let title = heading(&section.title, columns, shared);
        lines.push(ReviewLine::new(None, title, String::new(), theme.heading));
        for (change, number) in section.changes.iter().zip(&mut number) {
            lines.extend(of_change(change, number, purpose, room, shared));
        }
    }
    for warning in sections.iter().flat_map(|section| &section.warnings) {
        let mut word = theme.symbols.warning.to_owned();
        for part in wrap(warning.as_str(), room) {
            lines.push(ReviewLine::new(None, std::mem::take(&mut word), part.to_owned(), theme.warning));
        }
    }
    lines
}

/// A title in a rule.
fn heading(title: &SafeText, columns: usize, shared: &Shared) -> String {
    let symbols = &shared.theme.symbols;
    let rule = symbols.border.horizontal_top;
    let title = truncate(title.as_str(), columns.saturating_sub(6), symbols.ellipsis);
    format!("{rule}{rule} {title} {}", rule.repeat(columns.saturating_sub(width(&title) + 4)))
}

fn of_change(change: &UnsavedChange, number: usize, purpose: ReviewPurpose, room: usize, shared: &Shared) -> Vec<ReviewLine> {
    let theme = &shared.theme;
    let mut lines = Vec::new();
    let line = |word: &str, text: &str, style| ReviewLine::new(Some(number), word.to_owned(), text.to_owned(), style);
    lines.push(line(change.label, "", theme.heading));
    let skipped = skipped(change);
    let shown = |text: &Option<SafeText>| {
        text.as_ref().map(|text| excerpt(text.as_str(), skipped, room, theme.symbols.ellipsis)).unwrap_or_default()
    };
    let (old, new) = (shown(&change.old), shown(&change.new));
    let (in_old, in_new) = diff::marks(&old, &new);
    let theirs = shown(&change.theirs);
    let in_theirs = diff::marks(&old, &theirs).1;
    let word = if purpose == ReviewPurpose::Save { "+ new" } else { "+ yours" };
    for (parts, marks, mut word, style, mark) in [
        (old, in_old, "- old", theme.quiet, theme.old_words),
        (new, in_new, word, theme.text, theme.new_words),
        (theirs, in_theirs, "* server", theme.warning, theme.warning),
    ] {
        for (part, marks) in parts.iter().zip(marks) {
            lines.push(ReviewLine { marks, mark, ..line(std::mem::take(&mut word), part, style) });
        }
    }
    let mut line = |word: &str, text: &str, style| lines.push(line(word, text, style));
    for part in change.note.iter().flat_map(|note| wrap(note.as_str(), room)) {
        line("", part, theme.changed);
    }
    if change.theirs.is_some() {
        let text = match purpose {
            ReviewPurpose::Save => {
                let [mine, theirs] = [Action::Yours, Action::Theirs].map(|action| shared.key(Scope::Review, action));
                format!("changed on the server too: {mine} keeps yours, {theirs} takes the server's")
            }
            ReviewPurpose::Restore => "changed on the server since; you will be asked before anything is sent".to_owned(),
        };
        for part in wrap(&text, room) {
            line("", part, theme.warning);
        }
    }
    lines
}

/// Graphemes at the start of all the values that are the same and need not be shown.
pub(super) fn skipped(change: &UnsavedChange) -> usize {
    let mut sides = [&change.old, &change.new, &change.theirs].into_iter().flatten();
    let Some(first) = sides.next() else { return 0 };
    let begins_like_first =
        |other: &SafeText| graphemes(first.as_str()).zip(graphemes(other.as_str())).take_while(|(one, other)| one == other).count();
    let alike = sides.map(begins_like_first).min().unwrap_or(0);
    if alike > 3 * BEFORE { alike - BEFORE } else { 0 }
}

/// The lines of a value that are shown: from shortly before the difference on, and not more than fit.
pub(super) fn excerpt(text: &str, skipped: usize, columns: usize, ellipsis: &str) -> Vec<String> {
    let start = grapheme_indices(text).nth(skipped).map_or(text.len(), |(at, _)| at);
    let mut shown = if skipped > 0 { ellipsis.to_owned() } else { String::new() };
    // What cannot be on the lines shown need not be wrapped.
    shown.extend(graphemes(text.get(start..).unwrap_or_default()).take(columns * (MOST_LINES + 1)));
    let mut lines: Vec<String> = wrap(&shown, columns).into_iter().map(str::to_owned).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES - 1);
        lines.push(ellipsis.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_long_texts_are_shown_from_where_they_differ() {
        let long = "all the same and on and on ".repeat(20);
        let side = |text: &str| Some(SafeText::line(text));
        let mut change =
            UnsavedChange { old: side(&format!("{long}old end")), new: side(&format!("{long}new end")), ..UnsavedChange::default() };
        let shown = excerpt(change.new.as_ref().unwrap().as_str(), skipped(&change), 40, "…");
        assert!(shown.len() == 1 && shown[0].starts_with('…') && shown[0].ends_with("new end"), "{shown:?}");
        change.theirs = side("something else");
        assert_eq!(
            excerpt("something else", skipped(&change), 40, "…"),
            ["something else"],
            "whoever chooses sees what there is to choose"
        );
        let cut = excerpt(&"word ".repeat(400), 0, 20, "…");
        assert_eq!((cut.len(), cut.last().map(String::as_str)), (MOST_LINES, Some("…")));
    }
}
