//! What a person can ask for. Each action has a name for the configuration file; which key asks for it is `bindings`' business.

use strum::{EnumIter, EnumString, IntoStaticStr};

/// Something a key, the palette or a mouse click asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs, reason = "the table of bindings describes every action; a second wording here would drift")]
pub enum Action {
    // Everywhere
    Quit,
    Interrupt,
    Suspend,
    Palette,
    Messages,
    Refresh,
    Redraw,
    Mouse,
    SignIn,
    ShowProfile,
    ShowEdit,
    ShowCampus,
    ShowPins,
    Back,
    // Moving about
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    // Profile
    EditThis,
    Copy,
    Reveal,
    Qr,
    ShareOn,
    ShareOff,
    ShareNew,
    SmsOn,
    SmsOff,
    // Forms
    Enter,
    Leave,
    NextField,
    PreviousField,
    Save,
    ResetField,
    DiscardDraft,
    EarlierEdits,
    OpenEditor,
    AddPicture,
    // Text
    CursorLeft,
    CursorRight,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    DeleteBefore,
    DeleteAfter,
    DeleteWordBefore,
    DeleteWordAfter,
    KillToStart,
    KillToEnd,
    Yank,
    NewLine,
    UndoText,
    RedoText,
    // Lists that can be reordered
    MoveUp,
    MoveDown,
    Grab,
    MoveToTop,
    MoveToBottom,
    MoveToPosition,
    SelectRange,
    Remove,
    Add,
    Undo,
    Redo,
    // Pins
    Filter,
    CleanUp,
    // Overlays
    Confirm,
    Toggle,
    Complete,
    Yours,
    Theirs,
}

impl Action {
    /// The action's name in the configuration file.
    pub fn name(self) -> &'static str {
        self.into()
    }
}
