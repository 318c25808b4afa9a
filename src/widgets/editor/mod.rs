//! Text editing in one line or several.
//!
//! The text area crate keeps the buffer and its undo steps and is known to this module alone; everything about graphemes, words,
//! rows and drawing is done here, because the crate counts code points, and shows what could hide or reorder text as it is. The
//! text is exact: what was typed or set is what [`Editor::text`] returns, and what would be invisible is drawn as a symbol.
//!
//! It takes semantic edits, not keys, and reads no clock: undo goes by words, not by pauses.

mod edit;
mod layout;
mod motion;
#[cfg(test)]
mod tests;
mod undo;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea};

use crate::domain::graphemes::{count, grapheme_indices, graphemes};
use crate::domain::text::{SafeText, without_bom};
pub use edit::{EditCommand, EditOutcome};
use layout::Layout;
use undo::{Steps, UndoGroup};

/// Bytes of one paste that are taken.
pub const LONGEST_PASTE: usize = 64 * 1024;

/// A text being edited.
#[derive(Clone)]
pub struct Editor {
    area: TextArea<'static>,
    steps: Steps,
    killed: String,
    multiline: bool,
    mask: Option<char>,
    /// Most graphemes allowed.
    limit: Option<usize>,
    /// The column that going up and down tries to keep.
    goal: Option<usize>,
}

impl Editor {
    /// One line: a line break can only come from what it is set to, and is shown as a symbol.
    pub fn single_line() -> Self {
        Self::new(false)
    }

    /// Several lines, wrapped between words.
    pub fn multi_line() -> Self {
        Self::new(true)
    }

    fn new(multiline: bool) -> Self {
        let mut area = TextArea::default();
        area.set_max_histories(undo::MOST_STEPS);
        Self { area, steps: Steps::default(), killed: String::new(), multiline, mask: None, limit: None, goal: None }
    }

    /// Shows `glyph` in place of every grapheme, for secrets.
    #[must_use]
    pub fn masked(mut self, glyph: char) -> Self {
        self.mask = Some(glyph);
        self
    }

    /// Refuses what would make the text longer than `graphemes`. Text set from outside may be longer and can be shortened.
    #[must_use]
    pub fn limited(mut self, graphemes: usize) -> Self {
        self.limit = Some(graphemes);
        self
    }

    /// The same editor with this text.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.set_text(text);
        self
    }

    /// The exact text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        matches!(self.area.lines(), [only] if only.is_empty())
    }

    /// How many graphemes the text has.
    pub fn graphemes(&self) -> usize {
        count(&self.text())
    }

    /// Byte offset of the cursor in [`Editor::text`], always between graphemes.
    pub fn cursor(&self) -> usize {
        let (row, column) = self.area.cursor();
        let lines = self.area.lines();
        let before: usize = lines.iter().take(row).map(|line| line.len() + 1).sum();
        let bytes = |line: &String| {
            if line.is_ascii() { column.min(line.len()) } else { line.char_indices().nth(column).map_or(line.len(), |(at, _)| at) }
        };
        before + lines.get(row).map_or(0, bytes)
    }

    /// Starts over with `text`, exactly as given: nothing to undo, the cursor at the end.
    pub fn set_text(&mut self, text: &str) {
        self.area.set_lines(text.split('\n').map(str::to_owned).collect(), (usize::MAX, usize::MAX));
        self.steps = Steps::default();
        self.goal = None;
    }

    /// Replaces the whole text as one change that can be undone, as after an external editor or to reset a field. Nothing of
    /// it is refused.
    pub fn replace(&mut self, text: &str) -> EditOutcome {
        let old = self.text();
        let new = unix_lines(text);
        if text == old || *new == old {
            return EditOutcome::Unchanged;
        }
        self.steps.record_group(usize::from(!old.is_empty()) + usize::from(!new.is_empty()));
        self.cut(0..old.len(), &old);
        self.put(&new);
        EditOutcome::Changed
    }

    /// Inserts pasted text as one change: without escape sequences and control characters, at most [`LONGEST_PASTE`] bytes;
    /// where there is only one line, a line break becomes a space.
    pub fn paste(&mut self, pasted: &str) -> EditOutcome {
        let pasted = without_bom(pasted);
        let taken = prefix_of_bytes(pasted, LONGEST_PASTE);
        let left_out = graphemes(pasted.get(taken.len()..).unwrap_or_default()).count();
        let clean = self.cleaned(taken);
        match self.insert(&clean, UndoGroup::Alone) {
            EditOutcome::Changed if left_out > 0 => EditOutcome::Cut(left_out),
            EditOutcome::Cut(more) => EditOutcome::Cut(more + left_out),
            outcome => outcome,
        }
    }

    /// Does one edit. `width` is what the text is drawn in; only going up and down depends on it.
    pub fn apply(&mut self, edit: EditCommand, width: u16) -> EditOutcome {
        if !matches!(edit, EditCommand::Up | EditCommand::Down) {
            self.goal = None;
        }
        let text = self.text();
        let at = self.cursor();
        match edit {
            EditCommand::Newline | EditCommand::Insert('\n' | '\r') if self.multiline => self.insert("\n", UndoGroup::Alone),
            EditCommand::Insert('\t') if !self.multiline => self.insert(" ", UndoGroup::of(' ')),
            EditCommand::Newline | EditCommand::Insert('\n' | '\r') => EditOutcome::Unchanged,
            EditCommand::Insert(c) if c.is_control() && c != '\t' => EditOutcome::Unchanged,
            EditCommand::Insert(c) => self.insert(c.encode_utf8(&mut [0; 4]), UndoGroup::of(c)),
            EditCommand::Backspace => self.delete(motion::left(&text, at)..at, &text, UndoGroup::Erasing),
            EditCommand::Delete => self.delete(at..motion::right(&text, at), &text, UndoGroup::Erasing),
            EditCommand::DeleteWord => self.kill(motion::word_left(&text, at)..at, &text),
            EditCommand::DeleteWordForward => self.kill(at..motion::word_right(&text, at), &text),
            EditCommand::KillToStart => self.kill(motion::line_start(&text, at)..at, &text),
            EditCommand::KillToEnd => {
                let end = motion::line_end(&text, at);
                self.kill(at..if end == at { motion::right(&text, at) } else { end }, &text)
            }
            EditCommand::Yank => {
                let killed = self.cleaned(&self.killed.clone());
                self.insert(&killed, UndoGroup::Alone)
            }
            EditCommand::Undo => {
                self.steps.undo(&mut self.area).then(|| self.snap()).map_or(EditOutcome::Unchanged, |()| EditOutcome::Changed)
            }
            EditCommand::Redo => {
                self.steps.redo(&mut self.area).then(|| self.snap()).map_or(EditOutcome::Unchanged, |()| EditOutcome::Changed)
            }
            EditCommand::Left => self.go(motion::left(&text, at)),
            EditCommand::Right => self.go(motion::right(&text, at)),
            EditCommand::WordLeft => self.go(motion::word_left(&text, at)),
            EditCommand::WordRight => self.go(motion::word_right(&text, at)),
            EditCommand::Home => self.go(motion::line_start(&text, at)),
            EditCommand::End => self.go(motion::line_end(&text, at)),
            EditCommand::Top => self.go(0),
            EditCommand::Up => self.go_row(-1, width, &text),
            EditCommand::Down => self.go_row(1, width, &text),
        }
    }

    /// Places the cursor where the pointer is in `area`, as drawn there. False outside it.
    pub fn click(&mut self, area: Rect, position: Position) -> bool {
        if !area.contains(position) {
            return false;
        }
        let text = self.text();
        let at = self.layout(&text, area.width).offset_at(area, self.cursor(), position);
        self.go(at);
        true
    }

    /// Rows the text takes at that width, at least 1.
    pub fn height(&self, width: u16) -> u16 {
        u16::try_from(self.layout(&self.text(), width).height()).unwrap_or(u16::MAX)
    }

    /// Draws the part around the cursor and says where the terminal's own cursor belongs; `None` only where there is no room. Where
    /// the text goes on beyond an edge, `ellipsis` (one column) stands there.
    pub fn render(&self, area: Rect, buf: &mut Buffer, style: Style, ellipsis: &str) -> Option<Position> {
        self.layout(&self.text(), area.width).render(area, buf, self.cursor(), style, ellipsis)
    }

    fn layout<'a>(&self, text: &'a str, width: u16) -> Layout<'a> {
        Layout::new(text, width, self.multiline, self.mask)
    }

    /// What may be inserted of text from elsewhere. Text without control characters is kept as it is; the sanitiser, which also
    /// drops joiners that some scripts need, is for the rest.
    fn cleaned(&self, text: &str) -> String {
        let text = unix_lines(text).replace('\t', " ");
        let hostile = text.chars().any(|c| c.is_control() && c != '\n');
        let text = if hostile { SafeText::block(text).into_string() } else { text };
        if self.multiline { text } else { text.replace('\n', " ") }
    }

    fn insert(&mut self, text: &str, stretch: UndoGroup) -> EditOutcome {
        if text.is_empty() {
            return EditOutcome::Unchanged;
        }
        let fits = self.fitting(text);
        if fits.is_empty() {
            return EditOutcome::Full;
        }
        self.steps.record(stretch);
        self.put(fits);
        let left_out = graphemes(text.get(fits.len()..).unwrap_or_default()).count();
        if left_out == 0 { EditOutcome::Changed } else { EditOutcome::Cut(left_out) }
    }

    /// The beginning of `text` that may be inserted at the cursor. What joins its neighbours, like an accent, takes no room.
    fn fitting<'a>(&self, text: &'a str) -> &'a str {
        let Some(limit) = self.limit else { return text };
        let mut whole = self.text();
        let room = limit.saturating_sub(count(&whole));
        whole.insert_str(self.cursor(), text);
        if count(&whole) <= limit {
            return text;
        }
        let end = grapheme_indices(text).nth(room).map_or(text.len(), |(at, _)| at);
        text.get(..end).unwrap_or_default()
    }

    fn put(&mut self, text: &str) {
        self.area.insert_str(text);
        self.snap();
    }

    fn kill(&mut self, range: Range<usize>, text: &str) -> EditOutcome {
        if let Some(killed) = text.get(range.clone()).filter(|killed| !killed.is_empty()) {
            killed.clone_into(&mut self.killed);
        }
        self.delete(range, text, UndoGroup::Alone)
    }

    fn delete(&mut self, range: Range<usize>, text: &str, stretch: UndoGroup) -> EditOutcome {
        if range.is_empty() || !self.cut(range, text) {
            return EditOutcome::Unchanged;
        }
        self.steps.record(stretch);
        EditOutcome::Changed
    }

    /// Takes a range out of the buffer. False if the buffer cannot address it, past column 65,535 of a line.
    fn cut(&mut self, range: Range<usize>, text: &str) -> bool {
        let Some(cut) = text.get(range.clone()).filter(|cut| !cut.is_empty()) else { return false };
        let cut = self.seek(range.start, text) && self.area.delete_str(cut.chars().count());
        self.snap();
        cut
    }

    fn go(&mut self, at: usize) -> EditOutcome {
        if at == self.cursor() {
            return EditOutcome::Unchanged;
        }
        self.steps.pause();
        self.seek(at, &self.text());
        self.snap();
        EditOutcome::Moved
    }

    fn go_row(&mut self, rows: isize, width: u16, text: &str) -> EditOutcome {
        let layout = self.layout(text, width);
        let (row, column) = layout.place(self.cursor());
        let goal = self.goal.unwrap_or(column);
        let Some(at) = row.checked_add_signed(rows).filter(|row| *row < layout.height()).map(|row| layout.offset(row, goal)) else {
            return EditOutcome::Unchanged;
        };
        let outcome = self.go(at);
        self.goal = Some(goal);
        outcome
    }

    /// Moves the buffer's cursor to a byte offset of `text`. False if the buffer cannot address it.
    fn seek(&mut self, at: usize, text: &str) -> bool {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let row = before.matches('\n').count();
        let column = before.get(line..).unwrap_or_default().chars().count();
        let (Ok(jump_row), Ok(jump_column)) = (u16::try_from(row), u16::try_from(column)) else { return false };
        self.area.move_cursor(CursorMove::Jump(jump_row, jump_column));
        self.area.cursor() == (row, column)
    }

    /// An edit can join what stands beside the cursor into one grapheme; the cursor then goes behind it.
    fn snap(&mut self) {
        let (text, at) = (self.text(), self.cursor());
        let boundary = motion::boundary(&text, at);
        if boundary != at {
            self.seek(boundary, &text);
        }
    }
}

/// A secret stays one in logs and panic reports.
impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.mask.is_some() { "(masked)".to_owned() } else { self.text() };
        f.debug_struct("Editor").field("text", &text).field("cursor", &self.cursor()).finish_non_exhaustive()
    }
}

fn unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// The longest beginning of whole graphemes in at most `bytes`.
fn prefix_of_bytes(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = grapheme_indices(text).map(|(at, _)| at).take_while(|at| *at <= bytes).last().unwrap_or_default();
    text.get(..end).unwrap_or_default()
}
