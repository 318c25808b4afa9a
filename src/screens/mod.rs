//! The screens: one file each with its state, what it makes of events, and how it is drawn.
//!
//! A screen never imports another screen and never waits for anything; it starts jobs through `Shared` and is told what came of
//! them. What it wants beyond itself it says as a [`Nav`].

mod address;
pub mod campus;
mod card;
mod edge;
pub mod edit;
mod edits;
mod form;
pub mod overlay;
mod picture;
pub mod pins;
pub mod profile;
pub mod sign_in;
mod typing;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::bindings::Binding;
use crate::base::settings::Question;
use crate::base::{Action, Conditions, Done, DraftKind, Job, Mouse, Scope, Shared, StagedState, Timer};
use crate::domain::Id;
pub use edits::{Edits, SaveOutcome};
use overlay::Overlay;

/// Something a screen or overlay reacts to.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key, the palette or a click asked for this.
    Action(Action),
    /// A character was typed where it is text, or would be the beginning of it.
    Type(char),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something; the area is where the screen is drawn.
    Mouse(Mouse, Rect),
    /// A time has come.
    Timer(Timer),
    /// An overlay that this screen opened was answered.
    Answer(Answer),
    /// A job ended that this screen asked for.
    Done(Done),
    /// The external editor was closed with this text.
    Edited(String),
    /// What the beginning of a path (the first) may become.
    Paths(String, Vec<String>),
    /// Make this field of a form ready for typing.
    EditField(&'static str),
    /// The room for the screen has changed.
    Resized,
    /// The screen comes into view.
    Shown,
    /// The screen goes out of view, or the program is about to stop.
    Hidden,
}

/// An overlay's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The question was answered with yes.
    Yes(YesNoQuestion),
    /// The question was answered with no.
    No(YesNoQuestion),
    /// Items were chosen from a picker, in the order shown; `other` is free text where the picker takes it.
    Picked {
        /// What the picker was for.
        what: &'static str,
        /// The chosen items.
        ids: Vec<Id>,
        /// Text that names no item.
        other: Option<String>,
    },
    /// The review was confirmed.
    Send,
    /// The review of the pins was confirmed, with these of the pins unpinned elsewhere kept.
    SendPins {
        /// Kept pinned.
        keep: Vec<Id>,
    },
    /// A field that changed on both sides is to be kept as the user has it, or as the server has it.
    Resolve {
        /// The screen.
        kind: DraftKind,
        /// The field.
        key: &'static str,
        /// Whether the user's value wins.
        mine: bool,
    },
}

/// What a yes-or-no question is about.
#[derive(Clone, Debug, PartialEq)]
pub enum YesNoQuestion {
    /// Send the name unchanged, to be told the account's settings.
    AskSettings,
    /// Turn sharing off.
    ShareOff,
    /// Replace the link.
    ShareNew,
    /// Put back what the last save replaced.
    PutBack,
    /// Throw the unsaved edits of the screen away.
    DiscardDraft,
    /// Take edits of an earlier run back.
    RestoreDraft,
    /// Forget edits of an earlier run.
    ForgetDraft,
    /// Upload this file, which makes it public.
    Upload(String),
    /// Give up the upload under way.
    CancelUpload,
    /// Unpin these.
    CleanUp(Vec<Id>),
    /// Leave the program while something is carried.
    QuitCarrying,
    /// Keep the token in a private file, for want of a keyring.
    KeepToken,
    /// Remove the account's token.
    SignOut,
    /// Leave the program although what is unsaved cannot be kept.
    QuitUnkept,
}

impl YesNoQuestion {
    /// The question of the settings that this is; none if it is a choice rather than a warning, and always asked.
    pub fn question(&self) -> Option<Question> {
        Some(match self {
            Self::ShareOff => Question::ShareOff,
            Self::ShareNew => Question::ShareNew,
            Self::DiscardDraft | Self::ForgetDraft => Question::Discard,
            Self::AskSettings
            | Self::PutBack
            | Self::RestoreDraft
            | Self::CancelUpload
            | Self::QuitCarrying
            | Self::KeepToken
            | Self::SignOut
            | Self::QuitUnkept => {
                return None;
            }
            Self::Upload(_) => Question::Upload,
            Self::CleanUp(_) => Question::CleanUp,
        })
    }
}

/// What a screen or overlay wants done beyond itself.
#[derive(Clone, Debug)]
pub enum Nav {
    /// Put an overlay on top.
    Open(Box<Overlay>),
    /// Close the top overlay and tell the screen below.
    Close(Option<Answer>),
    /// Run an action as if its key had been pressed, after closing the top overlay.
    Run(Action),
    /// Show a screen.
    Show(Tab),
    /// Show a form with this field ready for typing.
    EditField(Tab, &'static str),
    /// Review everything unsaved.
    Review,
    /// Make earlier states unsaved edits; the sentence says what of them cannot come back.
    Stage(Vec<StagedState>, Option<String>),
    /// There is nothing left to step out of.
    Back,
}

/// The screens with a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Tab {
    /// The account as it is.
    Profile,
    /// The profile form.
    Edit,
    /// The campus form.
    Campus,
    /// The pins.
    Pins,
}

impl Tab {
    /// The name on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Edit => "Edit",
            Self::Campus => "Campus",
            Self::Pins => "Pins",
        }
    }

    /// What shows the screen.
    pub fn action(self) -> Action {
        match self {
            Self::Profile => Action::ShowProfile,
            Self::Edit => Action::ShowEdit,
            Self::Campus => Action::ShowCampus,
            Self::Pins => Action::ShowPins,
        }
    }

    /// What the drafts of the screen are called, if it has any.
    pub fn draft(self) -> Option<DraftKind> {
        match self {
            Self::Profile => None,
            Self::Edit => Some(DraftKind::Profile),
            Self::Campus => Some(DraftKind::Campus),
            Self::Pins => Some(DraftKind::Pins),
        }
    }

    /// The screen that edits what such drafts hold.
    pub fn of(kind: DraftKind) -> Self {
        match kind {
            DraftKind::Profile => Self::Edit,
            DraftKind::Campus => Self::Campus,
            DraftKind::Pins => Self::Pins,
        }
    }
}

/// What screens and overlays have in common.
pub trait Screen {
    /// The scopes of keys that count here, most particular first.
    fn scopes(&self, shared: &Shared) -> Vec<Scope>;

    /// Adds what holds here to the facts that decide which actions are possible.
    fn facts(&self, facts: Conditions, shared: &Shared) -> Conditions;

    /// Reacts to an event; what is wanted beyond the screen comes back.
    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav>;

    /// A job ended, well or not, whoever asked for it; shared state has what came of it.
    fn learned(&mut self, _job: &Job, _well: bool, _shared: &mut Shared) -> Option<Nav> {
        None
    }

    /// Draws itself; returns where the terminal's cursor belongs, if anywhere.
    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position>;

    /// What the footer says of a binding that is possible now; none where it is not worth the room.
    fn hint(&self, binding: &Binding, _shared: &Shared) -> Option<&'static str> {
        Some(binding.help)
    }

    /// Whether something is carried to another place, which most other actions have to wait for.
    fn is_carrying(&self) -> bool {
        false
    }

    /// The commands that do what is on screen, each as words behind `lapel`.
    fn commands(&self, _shared: &Shared) -> Vec<Vec<String>> {
        vec![vec!["show".to_owned()]]
    }

    /// Whether the mouse is of use here; the tabs and the hints of the footer can be clicked everywhere.
    fn uses_mouse(&self) -> bool {
        true
    }
}
