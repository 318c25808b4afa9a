//! The one ordered queue of what happens, and what the model asks for in return.

use std::time::Duration;

use crossterm::event::KeyModifiers;

use super::clip::{Clip, CopyResult};
use super::draft::{DraftBody, DraftKind, FoundDraft};
use super::entrance::{AcceptedToken, NewSession, SignInReason, TokenStored};
use super::job::{Job, JobOutcome};
use super::key::Key;
use super::session::ServerLabel;
use super::ticket::Ticket;
use crate::api::{ApiError, WaitReason};
use crate::domain::{Id, RawText, SafeText, Token};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// From the terminal.
    Input(Input),
    /// The terminal's cells have so many pixels; none where it does not say.
    CellSize(ratatui::layout::Size),
    /// The terminal draws sixels, as it has answered, in cells of so many pixels.
    DrawsSixels(ratatui::layout::Size),
    /// A job ended.
    Done(Ticket, Result<JobOutcome, ApiError>),
    /// A job says how it is going.
    Progress(Ticket, Progress),
    /// A time that was asked for has come.
    Timer(Timer),
    /// From the operating system.
    Signal(Signal),
    /// What became of a session that was asked for; none if nobody is signed in.
    Opened(SignInReason, Result<Option<Box<NewSession>>, SafeText>),
    /// The accounts that are signed in, the one used last first, or why they cannot be told.
    Accounts(Result<Vec<(Id, RawText)>, SafeText>),
    /// The token of the account at hand was removed, or why it could not be.
    SignedOut(Result<SafeText, SafeText>),
    /// What the doctor found.
    Doctor(String),
    /// What is unsaved could not be put on disk, so the program did not end.
    NotKept,
    /// What became of a token that was to be kept.
    TokenStored(TokenStored),
    /// Unsaved edits of earlier runs were found for this account.
    DraftsFound(Id, Vec<FoundDraft>),
    /// Something about files that the user should know.
    DiskTrouble(SafeText),
    /// A job found that a change an earlier run began was never ended: what is so now, and what to do.
    Interrupted(Ticket, SafeText),
    /// What the beginning of a path may become.
    Paths {
        /// The beginning that was asked about.
        typed: String,
        /// The paths, as they would be typed.
        paths: Vec<String>,
    },
    /// A text that was to be copied has gone somewhere.
    Copied(Clip, CopyResult),
    /// The external editor was closed: the new text, or why there is none.
    Edited(Result<String, SafeText>),
}

/// From the terminal.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; not yet sanitised.
    Paste(String),
    /// So many characters of the paste before were more than is taken.
    LeftOut(usize),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal's new size in columns and rows.
    Resize(u16, u16),
    /// What the terminal answers who is asked what it can do (DA1): whether it draws sixels.
    Attributes {
        /// Whether it does.
        sixel: bool,
    },
}

/// A mouse event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// From 0, from the left.
    pub column: u16,
    /// From 0, from the top.
    pub row: u16,
    /// Modifier keys held.
    pub modifiers: KeyModifiers,
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The second press at one place in a short time; the press itself came before.
    DoubleClick,
    /// The left button came up.
    Release,
    /// Moved with the left button down.
    Drag,
    /// The right button went down.
    RightPress,
    /// The wheel turned towards the start.
    ScrollUp,
    /// The wheel turned towards the end.
    ScrollDown,
}

/// How a job is going.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// The job waits for so many seconds.
    Waiting {
        /// From now; none when the wait is over before its time.
        seconds: u64,
        /// For what.
        why: WaitReason,
    },
    /// So much of an upload went out.
    Sent {
        /// Bytes sent.
        bytes: u64,
        /// Bytes in all.
        total: u64,
    },
}

/// A time that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Toast number so-and-so has been up long enough.
    Toast(u64),
    /// A dragged row rests on the edge.
    Edge(u64),
    /// A second of waiting for the service has passed.
    Waiting,
    /// A minute of SMS mode has passed.
    Minute,
    /// The sign for work under way turns.
    Turn,
}

/// From the operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The terminal is gone.
    Hangup,
    /// Asked to end, by the signal of this number.
    End(u8),
    /// Asked to stop until continued (Ctrl-Z itself arrives as a key).
    Stop,
    /// Continued after a stop.
    Continue,
}

/// Something the model asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Run a job.
    Start(Ticket, Job),
    /// The answer no longer matters; reads are given up, writes go on.
    Cancel(Ticket),
    /// Say so when the time has come.
    After(Duration, Timer),
    /// Put text where the person pastes.
    Copy(Clip),
    /// Turn the mouse on or off.
    Mouse(bool),
    /// Keep unsaved edits of this account on disk; `None` forgets them.
    KeepDraft(DraftKind, Option<DraftBody>),
    /// Unsaved edits of an earlier run may be read for this account, and edits kept for it from now on.
    LoadDrafts(Id),
    /// The edits that were found are ours now.
    AdoptDraft(DraftKind),
    /// The edits that were found are to be forgotten.
    DiscardFound(DraftKind),
    /// Keep on disk what was read, for the next start: see `app::cache`.
    KeepCache,
    /// Say which paths begin like this.
    CompletePath(String),
    /// Open `$EDITOR` on a text.
    OpenEditor(String),
    /// Open a session.
    Open(SignInReason),
    /// Say which accounts are signed in.
    ListAccounts,
    /// Use this token from now on in the session at hand; without one, what waits for it ends as signed out.
    UseToken(Option<Token>),
    /// From now on everything is for the owner of this token, in this place.
    BeginSession(ServerLabel, Token),
    /// The service has told whose the token in use is.
    AccountTold(Id, RawText),
    /// Keep an accepted token: in the file if so, else in the keyring.
    StoreToken(AcceptedToken, bool),
    /// Remove this account's token.
    SignOut(Id),
    /// Look whether everything is in place here.
    Doctor,
    /// Draw everything again.
    Redraw,
    /// Stop until continued.
    Suspend,
    /// Leave if what is unsaved is on disk.
    QuitIfKept,
    /// Leave.
    Quit,
}
