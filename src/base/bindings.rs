//! The table of keys. One row says everything there is to say about a binding; order within a scope is order of importance.

use super::action::{Action, Action as A};
use super::condition::{Condition, Condition as F};
use super::key::{self, Key};
use super::scope::Scope;
use super::scope::Scope::{
    self as S, Always, Browse, Carry, Checklist, Choice, Confirm, Earlier, Entry, Field, Filter, Form, Gallery, History, Idle, LongText,
    Picker, Pins, Position, Profile, Review, Screen, SignIn, Switch, Text, Viewer,
};

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it counts.
    pub scope: Scope,
    /// Its keys, the one to show first.
    pub keys: &'static [&'static str],
    /// What it asks for.
    pub action: Action,
    /// A few words in lower case.
    pub help: &'static str,
    /// What must hold for it to be possible.
    pub needs: &'static [Condition],
    /// Whether the footer may show it.
    pub hint: bool,
}

impl Binding {
    /// Whether `key` would be text before this binding could be asked, so that it cannot be one of its keys.
    pub fn loses(&self, key: Key) -> bool {
        let prints = |text: &&str| key::parse(text).ok().and_then(key::typed).is_some();
        key::typed(key).is_some() && (self.scope.types() || self.scope.may_type() && !self.keys.iter().any(prints))
    }
}

const fn row(scope: S, keys: &'static [&'static str], action: A, help: &'static str) -> Binding {
    Binding { scope, keys, action, help, needs: &[], hint: true }
}

/// A binding people guess or find in the palette: it takes no room in the footer.
const fn quiet(scope: S, keys: &'static [&'static str], action: A, help: &'static str) -> Binding {
    Binding { scope, keys, action, help, needs: &[], hint: false }
}

const fn row_if(scope: S, keys: &'static [&'static str], action: A, help: &'static str, needs: &'static [F]) -> Binding {
    Binding { scope, keys, action, help, needs, hint: true }
}

const fn quiet_if(scope: S, keys: &'static [&'static str], action: A, help: &'static str, needs: &'static [F]) -> Binding {
    Binding { scope, keys, action, help, needs, hint: false }
}

/// Every binding.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row_if(Profile, &["ctrl-s", "ctrl-o"], A::Save, "save", &[F::Unsaved, F::NotSaving]),
    row_if(Profile, &["enter", "e"], A::EditThis, "edit, or see what can be done", &[F::SignedIn]),
    row_if(Profile, &["c", "y"], A::Copy, "copy", &[F::Row]),
    row_if(Profile, &["v"], A::Reveal, "show or hide the link", &[F::Sharing]),
    row_if(Profile, &["o"], A::Qr, "QR code", &[F::Sharing]),
    row_if(Profile, &["s"], A::ShareOn, "turn sharing on", &[F::SignedIn, F::NotSharing, F::NotSaving]),
    row_if(Profile, &["S"], A::ShareOff, "turn sharing off", &[F::SignedIn, F::Sharing, F::NotSaving]),
    row_if(Profile, &["n"], A::ShareNew, "new link", &[F::SignedIn, F::Sharing, F::NotSaving]),
    row_if(Profile, &["m"], A::SmsOn, "SMS mode", &[F::SignedIn, F::NotSaving]),
    quiet_if(Profile, &["u"], A::PutBack, "undo the last save", &[F::HandsFree, F::SavedBefore]),
    row_if(Profile, &["t"], A::AskSettings, "read the account settings", &[F::SignedIn, F::NotSaving]),
    row_if(Profile, &["M"], A::SmsOff, "SMS mode off", &[F::SignedIn, F::SmsOn, F::NotSaving]),

    row(Idle, &["enter"], A::Enter, "edit (or just type)"),
    quiet(Idle, &["left"], A::CursorLeft, "into the field, left"),
    quiet(Idle, &["right"], A::CursorRight, "into the field, right"),
    quiet(Idle, &["backspace", "ctrl-h"], A::DeleteBefore, "into the field, delete before"),
    quiet(Idle, &["delete"], A::DeleteAfter, "into the field, delete after"),
    quiet(Idle, &["ctrl-w"], A::DeleteWordBefore, "into the field, delete word before"),
    quiet(Idle, &["ctrl-u"], A::KillToStart, "into the field, cut to start of line"),

    row_if(Form, &["ctrl-s", "ctrl-o"], A::Save, "save", &[F::Unsaved, F::NotSaving]),
    row_if(Form, &["ctrl-t"], A::AddPicture, "add picture", &[F::TakesPictures, F::HandsFree]),
    row_if(Form, &["ctrl-g"], A::ResetField, "reset field", &[F::HandsFree, F::FieldChanged]),
    row_if(Form, &["tab"], A::NextField, "next field", &[F::HandsFree]),
    quiet_if(Form, &["shift-tab"], A::PreviousField, "previous field", &[F::HandsFree]),
    row_if(Form, &["f2"], A::OpenEditor, "open in $EDITOR", &[F::TypedField]),
    row_if(Form, &["f6"], A::DiscardDraft, "discard all edits", &[F::HandsFree, F::Changed, F::NotSaving]),

    row(Field, &["esc"], A::Leave, "done"),
    quiet(Field, &["enter", "down"], A::NextField, "next field"),
    quiet(Field, &["up"], A::PreviousField, "previous field"),
    quiet_if(Field, &["pageup"], A::PageUp, "some fields up", &[F::HandsFree]),
    quiet_if(Field, &["pagedown"], A::PageDown, "some fields down", &[F::HandsFree]),
    quiet_if(Field, &["ctrl-home"], A::First, "first field", &[F::HandsFree]),
    quiet_if(Field, &["ctrl-end"], A::Last, "last field", &[F::HandsFree]),

    row(Choice, &["enter", "space"], A::Enter, "choose"),
    quiet(Choice, &["ctrl-_", "ctrl-/", "ctrl-7", "alt-u"], A::UndoText, "undo"),
    quiet(Choice, &["ctrl-r", "alt-r"], A::RedoText, "redo"),

    row(Switch, &["space"], A::Toggle, "on or off"),
    quiet(Switch, &["ctrl-_", "ctrl-/", "ctrl-7", "alt-u"], A::UndoText, "undo"),
    quiet(Switch, &["ctrl-r", "alt-r"], A::RedoText, "redo"),

    quiet(LongText, &["enter", "shift-enter", "ctrl-j", "alt-enter"], A::NewLine, "new line"),
    quiet(LongText, &["up"], A::Up, "up"),
    quiet(LongText, &["down"], A::Down, "down"),
    quiet(LongText, &["pageup"], A::PageUp, "page up"),
    quiet(LongText, &["pagedown"], A::PageDown, "page down"),

    quiet(Text, &["left", "ctrl-b"], A::CursorLeft, "left"),
    quiet(Text, &["right", "ctrl-f"], A::CursorRight, "right"),
    quiet(Text, &["ctrl-left", "alt-b", "alt-left"], A::WordLeft, "word left"),
    quiet(Text, &["ctrl-right", "alt-f", "alt-right"], A::WordRight, "word right"),
    quiet(Text, &["home", "ctrl-a"], A::LineStart, "start of line"),
    quiet(Text, &["end", "ctrl-e"], A::LineEnd, "end of line"),
    quiet(Text, &["backspace", "ctrl-h", "shift-backspace"], A::DeleteBefore, "delete before"),
    quiet(Text, &["delete", "ctrl-d"], A::DeleteAfter, "delete after"),
    quiet(Text, &["ctrl-w", "alt-backspace"], A::DeleteWordBefore, "delete word before"),
    quiet(Text, &["ctrl-delete", "alt-d", "alt-delete"], A::DeleteWordAfter, "delete word after"),
    quiet(Text, &["ctrl-u"], A::KillToStart, "cut to start of line"),
    quiet(Text, &["ctrl-k"], A::KillToEnd, "cut to end of line"),
    quiet(Text, &["ctrl-y"], A::Yank, "put back what was cut"),
    quiet(Text, &["ctrl-_", "ctrl-/", "ctrl-7", "alt-u"], A::UndoText, "undo"),
    quiet(Text, &["ctrl-r", "alt-r"], A::RedoText, "redo"),

    row_if(Gallery, &["space"], A::Grab, "grab", &[F::Row]),
    row_if(Gallery, &["enter"], A::AddPicture, "add a picture", &[F::HandsFree]),
    row_if(Gallery, &["delete", "backspace", "ctrl-d"], A::Remove, "take out", &[F::Row, F::HandsFree]),
    row_if(Gallery, &["ctrl-_", "ctrl-/", "ctrl-7", "alt-u"], A::Undo, "undo", &[F::HandsFree, F::Undoable]),
    row_if(Gallery, &["ctrl-r", "alt-r"], A::Redo, "redo", &[F::HandsFree, F::Redoable]),
    row_if(Gallery, &["shift-down", "alt-down"], A::MoveDown, "move down", &[F::Row]),
    row_if(Gallery, &["shift-up", "alt-up"], A::MoveUp, "move up", &[F::Row]),
    quiet(Gallery, &["down"], A::Down, "down"),
    quiet(Gallery, &["up"], A::Up, "up"),

    row(Carry, &["space", "enter"], A::Grab, "drop"),
    row(Carry, &["esc"], A::Back, "put back"),
    row_if(Carry, &["ctrl-s", "ctrl-o"], A::Save, "drop and save", &[F::SignedIn, F::NotSaving]),
    row(Carry, &["down", "j"], A::Down, "carry down"),
    row(Carry, &["up", "k"], A::Up, "carry up"),

    row_if(Pins, &["space"], A::Grab, "grab", &[F::Row]),
    row_if(Pins, &["ctrl-s", "ctrl-o"], A::Save, "save", &[F::SignedIn, F::Unsaved, F::NotSaving]),
    row_if(Pins, &["enter"], A::EditThis, "see what can be done", &[F::Row, F::HandsFree]),
    row_if(Pins, &["J", "alt-down"], A::MoveDown, "move down", &[F::Row]),
    row_if(Pins, &["K", "alt-up"], A::MoveUp, "move up", &[F::Row]),
    row_if(Pins, &["x"], A::Remove, "unpin", &[F::Row, F::HandsFree]),
    row_if(Pins, &["a"], A::Add, "pin something", &[F::HandsFree]),
    row_if(Pins, &["/"], A::Filter, "filter", &[F::HandsFree]),
    row_if(Pins, &["u"], A::Undo, "undo", &[F::HandsFree, F::Undoable]),
    row_if(Pins, &["ctrl-r"], A::Redo, "redo", &[F::HandsFree, F::Redoable]),
    row_if(Pins, &["t"], A::MoveToTop, "to the top", &[F::Row]),
    row_if(Pins, &["b"], A::MoveToBottom, "to the bottom", &[F::Row]),
    row_if(Pins, &["m"], A::MoveToPosition, "to a position", &[F::Row]),
    row_if(Pins, &["v"], A::SelectRange, "select a range", &[F::Row, F::HandsFree]),
    row_if(Pins, &["D"], A::CleanUp, "clean up dead pins", &[F::HandsFree, F::PinsCertain, F::DeadPins]),
    row_if(Pins, &["c"], A::Copy, "copy id", &[F::Row]),
    row_if(Pins, &["f6"], A::DiscardDraft, "discard all changes", &[F::HandsFree, F::Changed, F::NotSaving]),

    row(Filter, &["enter"], A::Confirm, "keep the filter"),
    row(Filter, &["esc"], A::Back, "clear the filter"),
    row_if(Filter, &["ctrl-s", "ctrl-o"], A::Save, "save", &[F::SignedIn, F::Unsaved, F::NotSaving]),
    quiet(Filter, &["up"], A::Up, "up"),
    quiet(Filter, &["down"], A::Down, "down"),

    row(Position, &["enter"], A::Confirm, "move there"),
    row(Position, &["esc"], A::Back, "stay"),
    row_if(Position, &["ctrl-s", "ctrl-o"], A::Save, "move there and save", &[F::SignedIn, F::NotSaving]),

    row(SignIn, &["enter"], A::Confirm, "check the token"),
    row_if(SignIn, &["ctrl-t", "f2"], A::Demo, "try the demo", &[F::NotDemo]),
    row_if(SignIn, &["esc"], A::Back, "back", &[F::WayBack]),
    row(SignIn, &["ctrl-q"], A::Quit, "quit"),

    row(Picker, &["enter"], A::Confirm, "take it"),
    row(Picker, &["esc"], A::Back, "back"),
    quiet(Picker, &["up", "ctrl-p"], A::Up, "up"),
    quiet(Picker, &["down", "ctrl-n"], A::Down, "down"),
    quiet(Picker, &["pageup"], A::PageUp, "page up"),
    quiet(Picker, &["pagedown"], A::PageDown, "page down"),
    row(Checklist, &["tab"], A::Toggle, "choose or not"),

    row(Entry, &["enter"], A::Confirm, "take it"),
    row(Entry, &["tab"], A::Complete, "complete"),
    row(Entry, &["esc"], A::Back, "back"),

    // No letter: what somebody typed ahead, or a cat, must not send anything to the service.
    row(Confirm, &["enter"], A::Confirm, "yes"),
    row(Confirm, &["esc", "n", "q"], A::Back, "no"),
    quiet(Confirm, &["up", "k"], A::Up, "up"),
    quiet(Confirm, &["down", "j"], A::Down, "down"),

    row_if(Review, &["enter", "ctrl-s", "ctrl-o"], A::Confirm, "send", &[F::Settled]),
    row_if(Review, &["m"], A::Yours, "keep mine", &[F::Conflict]),
    row_if(Review, &["t"], A::Theirs, "take theirs", &[F::Conflict]),
    row(Review, &["esc", "q"], A::Back, "back to editing"),
    quiet(Review, &["up", "k"], A::Up, "up"),
    quiet(Review, &["down", "j"], A::Down, "down"),
    quiet(Review, &["pageup"], A::PageUp, "page up"),
    quiet(Review, &["pagedown", "space"], A::PageDown, "page down"),

    row(Earlier, &["enter"], A::Confirm, "restore"),
    row(Earlier, &["f6"], A::DiscardDraft, "discard"),
    row(Earlier, &["esc", "q"], A::Back, "later"),
    quiet(Earlier, &["up", "k"], A::Up, "up"),
    quiet(Earlier, &["down", "j"], A::Down, "down"),
    quiet(Earlier, &["pageup"], A::PageUp, "page up"),
    quiet(Earlier, &["pagedown", "space"], A::PageDown, "page down"),

    row(History, &["enter"], A::Confirm, "bring it back"),
    row(History, &["esc", "q"], A::Back, "close"),
    quiet(History, &["up", "k"], A::Up, "up"),
    quiet(History, &["down", "j"], A::Down, "down"),
    quiet(History, &["pageup"], A::PageUp, "page up"),
    quiet(History, &["pagedown", "space"], A::PageDown, "page down"),
    quiet(History, &["home", "g"], A::First, "first"),
    quiet(History, &["end", "G"], A::Last, "last"),

    row(Viewer, &["esc", "q", "enter"], A::Back, "close"),
    row(Viewer, &["c"], A::Copy, "copy"),
    quiet(Viewer, &["up", "k"], A::Up, "up"),
    quiet(Viewer, &["down", "j"], A::Down, "down"),
    quiet(Viewer, &["pageup"], A::PageUp, "page up"),
    quiet(Viewer, &["pagedown", "space"], A::PageDown, "page down"),
    quiet(Viewer, &["home", "g"], A::First, "first"),
    quiet(Viewer, &["end", "G"], A::Last, "last"),

    row_if(Screen, &["f3"], A::EarlierEdits, "earlier edits", &[F::SignedIn, F::HandsFree, F::EarlierEdits]),
    row(Screen, &["?"], A::Palette, "all keys"),
    row(Screen, &["q"], A::Quit, "quit"),
    quiet_if(Screen, &["1"], A::ShowProfile, "profile", &[F::HandsFree]),
    quiet_if(Screen, &["2"], A::ShowEdit, "edit", &[F::HandsFree]),
    quiet_if(Screen, &["3"], A::ShowCampus, "campus", &[F::HandsFree]),
    quiet_if(Screen, &["4"], A::ShowPins, "pins", &[F::HandsFree]),
    quiet(Screen, &["esc"], A::Back, "step out"),
    quiet(Screen, &["up"], A::Up, "up"),
    quiet(Screen, &["down"], A::Down, "down"),
    quiet(Screen, &["pageup"], A::PageUp, "page up"),
    quiet(Screen, &["pagedown"], A::PageDown, "page down"),
    quiet(Screen, &["home"], A::First, "first"),
    quiet(Screen, &["end"], A::Last, "last"),

    row(Browse, &["r"], A::Refresh, "read again"),
    row(Browse, &["!"], A::Messages, "messages"),
    row_if(Browse, &["H"], A::History, "history", &[F::SignedIn, F::HandsFree]),
    quiet(Browse, &["k", "shift-tab"], A::Up, "up"),
    quiet(Browse, &["j", "tab"], A::Down, "down"),
    quiet(Browse, &["ctrl-u"], A::PageUp, "page up"),
    quiet(Browse, &["ctrl-d"], A::PageDown, "page down"),
    quiet(Browse, &["g"], A::First, "first"),
    quiet(Browse, &["G"], A::Last, "last"),

    row(Always, &["f1", "ctrl-p"], A::Palette, "all keys"),
    quiet_if(Always, &["alt-1"], A::ShowProfile, "profile", &[F::HandsFree]),
    quiet_if(Always, &["alt-2"], A::ShowEdit, "edit", &[F::HandsFree]),
    quiet_if(Always, &["alt-3"], A::ShowCampus, "campus", &[F::HandsFree]),
    quiet_if(Always, &["alt-4"], A::ShowPins, "pins", &[F::HandsFree]),
    quiet_if(Always, &["f3"], A::EarlierEdits, "earlier edits", &[F::SignedIn, F::HandsFree, F::EarlierEdits]),
    quiet(Always, &["f5"], A::Refresh, "read again"),
    quiet_if(Always, &["f12", "alt-z"], A::PutBack, "undo the last save", &[F::HandsFree, F::SavedBefore]),
    quiet_if(Always, &["f7"], A::History, "history: what was before each save", &[F::SignedIn, F::HandsFree]),
    quiet(Always, &["f8"], A::Messages, "messages"),
    quiet(Always, &["f9"], A::Mouse, "mouse on or off"),
    quiet_if(Always, &["f4"], A::SwitchAccount, "switch account", &[F::NotSaving]),
    quiet_if(Always, &["f10"], A::SignIn, "sign in with another token", &[F::NotSaving]),
    quiet_if(Always, &[], A::SignOut, "sign out of this account", &[F::SignedIn, F::NotDemo, F::NotSaving]),
    quiet(Always, &["ctrl-l"], A::Redraw, "draw again"),
    quiet(Always, &[], A::AsCommand, "print this as a command"),
    quiet(Always, &[], A::Theme, "theme"),
    quiet(Always, &[], A::Doctor, "doctor: is everything in place?"),
    quiet(Always, &["ctrl-z"], A::Suspend, "suspend"),
    quiet(Always, &["ctrl-q"], A::Quit, "quit"),
    quiet(Always, &["ctrl-c"], A::Interrupt, "leave"),
];
