//! What can be done to a text and what comes of it: the words the editor shares with whoever binds the keys.

/// One thing to do to the text or the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditCommand {
    /// Types a character. A line break is [`EditCommand::Newline`]; other control characters are ignored.
    Insert(char),
    /// Starts a new line; ignored where there is only one.
    Newline,
    /// Deletes the grapheme before the cursor.
    Backspace,
    /// Deletes the grapheme after the cursor.
    Delete,
    /// Deletes back to the start of a word.
    DeleteWord,
    /// Deletes up to the end of a word.
    DeleteWordForward,
    /// Deletes to the end of the line, or its line break at the end.
    KillToEnd,
    /// Deletes to the start of the line.
    KillToStart,
    /// Inserts what was last deleted by the word or by the line.
    Yank,
    /// Takes back the last word typed, the last paste or the last deletion.
    Undo,
    /// Does again what was undone.
    Redo,
    /// One grapheme back.
    Left,
    /// One grapheme on.
    Right,
    /// To the start of this word or the one before.
    WordLeft,
    /// To the end of this word or the next.
    WordRight,
    /// To the start of the line.
    Home,
    /// To the end of the line.
    End,
    /// One row up, as wrapped; nothing in the first row.
    Up,
    /// One row down, as wrapped; nothing in the last row.
    Down,
    /// To the start of the text.
    Top,
}

/// What an edit came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditOutcome {
    /// There was nothing to do; the caller may use the key for something else.
    Unchanged,
    /// Only the cursor moved.
    Moved,
    /// The text changed.
    Changed,
    /// The text changed, but this many graphemes were left out because they do not fit.
    Cut(usize),
    /// Refused: the text is as long as it may be.
    Full,
}
