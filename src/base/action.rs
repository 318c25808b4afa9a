//! What a person can ask for. Each action has a name for the configuration file, and other words by which people look for it; which
//! key asks for it is `bindings`' business.

use strum::{EnumIter, EnumProperty, EnumString, IntoStaticStr};

/// Something a key, the palette or a mouse click asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumProperty, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs, reason = "the table of bindings describes every action; a second wording here would drift")]
pub enum Action {
    // Everywhere
    #[strum(props(also = "exit close leave bye"))]
    Quit,
    #[strum(props(also = "exit quit stop kill"))]
    Interrupt,
    #[strum(props(also = "background stop shell job"))]
    Suspend,
    #[strum(props(also = "help actions commands shortcuts menu"))]
    Palette,
    #[strum(props(also = "log notifications errors warnings said"))]
    Messages,
    #[strum(props(also = "past earlier before versions restore back undo saves"))]
    History,
    #[strum(props(also = "undo revert restore before save"))]
    PutBack,
    #[strum(props(also = "reload refresh sync update fetch"))]
    Refresh,
    #[strum(props(also = "repaint refresh clear garbage screen"))]
    Redraw,
    #[strum(props(also = "print shell script terminal cli lapel"))]
    AsCommand,
    #[strum(props(also = "pointer click select"))]
    Mouse,
    #[strum(props(also = "colours colors dark light contrast monochrome look appearance"))]
    Theme,
    #[strum(props(also = "check diagnose diagnosis problem health report support bug"))]
    Doctor,
    #[strum(props(also = "login log in account user switch token"))]
    SignIn,
    #[strum(props(also = "log out logout leave forget remove account user token"))]
    SignOut,
    #[strum(props(also = "login log in other second user change"))]
    SwitchAccount,
    #[strum(props(also = "sandbox try example test offline"))]
    Demo,
    #[strum(props(also = "go to tab account view"))]
    ShowProfile,
    #[strum(props(also = "go to tab form change name email bio song interests"))]
    ShowEdit,
    #[strum(props(also = "go to tab school university college majors directory"))]
    ShowCampus,
    #[strum(props(also = "go to tab pinned conversations chats groups order"))]
    ShowPins,
    #[strum(props(also = "escape cancel leave"))]
    Back,
    // Moving about
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    // Profile
    #[strum(props(also = "change modify set"))]
    EditThis,
    #[strum(props(also = "clipboard yank"))]
    Copy,
    #[strum(props(also = "url address share unhide secret"))]
    Reveal,
    #[strum(props(also = "link share scan barcode contact"))]
    Qr,
    #[strum(props(also = "link url contact publish enable start public"))]
    ShareOn,
    #[strum(props(also = "link url contact unpublish disable stop private revoke"))]
    ShareOff,
    #[strum(props(also = "url share reset replace renew rotate regenerate"))]
    ShareNew,
    #[strum(props(also = "text messages phone hours enable start"))]
    SmsOn,
    #[strum(props(also = "text messages phone disable stop push"))]
    SmsOff,
    /// Ask for the account's settings.
    AskSettings,
    // Forms
    #[strum(props(also = "change type modify"))]
    Enter,
    Leave,
    NextField,
    PreviousField,
    #[strum(props(also = "write send submit apply store commit"))]
    Save,
    #[strum(props(also = "undo revert restore original"))]
    ResetField,
    #[strum(props(also = "undo revert reset throw away drop cancel"))]
    DiscardDraft,
    #[strum(props(also = "draft restore recover unsaved"))]
    EarlierEdits,
    #[strum(props(also = "vim nano emacs external visual"))]
    OpenEditor,
    #[strum(props(also = "photo image upload file avatar"))]
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
    #[strum(props(also = "take back revert"))]
    UndoText,
    #[strum(props(also = "again repeat"))]
    RedoText,
    // Lists that can be reordered
    #[strum(props(also = "order reorder sort"))]
    MoveUp,
    #[strum(props(also = "order reorder sort"))]
    MoveDown,
    #[strum(props(also = "move carry drag lift pick up"))]
    Grab,
    #[strum(props(also = "move first beginning"))]
    MoveToTop,
    #[strum(props(also = "move last end"))]
    MoveToBottom,
    #[strum(props(also = "move number place"))]
    MoveToPosition,
    #[strum(props(also = "mark several many block multiple visual"))]
    SelectRange,
    #[strum(props(also = "delete remove unpin drop"))]
    Remove,
    #[strum(props(also = "new insert"))]
    Add,
    #[strum(props(also = "take back revert"))]
    Undo,
    #[strum(props(also = "again repeat"))]
    Redo,
    // Pins
    #[strum(props(also = "search find look for"))]
    Filter,
    #[strum(props(also = "remove delete old gone prune unpin"))]
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

    /// Whether it only goes from one place to the next.
    pub fn moves(self) -> bool {
        use Action::{Down, First, Last, NextField, PageDown, PageUp, PreviousField, Up};
        matches!(self, Up | Down | PageUp | PageDown | First | Last | NextField | PreviousField)
    }

    /// Other words by which people look for it.
    pub fn also(self) -> &'static str {
        self.get_str("also").unwrap_or_default()
    }
}
