//! Jobs: conversations with the service, of one or several calls, with one outcome.
//!
//! What is asked and what came of it, as data; `jobs` holds how.

use std::path::PathBuf;

use super::draft::DraftKind;
use super::kept::EarlierState;
pub use crate::api::SmsDuration;
use crate::api::{ApiError, Call};
use crate::domain::account::Share;
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Listing, MembershipState, Topic};
use crate::domain::merge::SaveStatus;
use crate::domain::pins::{Changes, PinList, Replayed};
use crate::domain::{Account, Campus, Id, Profile, RawText, RegistrationId, SafeText, Token};
use crate::widgets::picture::Thumbnail;

/// Something to be done with the service.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Read the account.
    Me,
    /// Read the schools the account belongs to.
    Schools,
    /// Read the list of majors.
    Majors,
    /// Read the list of interests.
    Interests,
    /// Read the pinned conversations.
    Pins,
    /// Read all groups.
    Groups,
    /// Read the topics of these groups.
    Topics(Vec<Id>),
    /// Read the groups left.
    FormerGroups,
    /// Read the standing in every group.
    MembershipStates,
    /// Read all direct conversations.
    Chats,
    /// Fetch a stored picture and make it small enough to be kept.
    Picture(RawText),
    /// Read from this computer's disk what was kept of this account before saves.
    History(Id),
    /// Check a token; if it is good it is used from then on.
    SignIn(Token),
    /// Look at a picture file, before somebody is asked about it.
    LookAt(PathBuf),
    /// Upload a picture file, which makes it public.
    Upload(PathBuf),
    /// Save changes of the profile form.
    SaveProfile(Box<Save<Profile>>),
    /// Save changes of the campus form.
    SaveCampus(Box<Save<Campus>>),
    /// Save what was done to the pins.
    SavePins(Box<PinsSave>),
    /// Change sharing.
    Share(ShareChange),
    /// Change SMS mode.
    Sms(SmsChange),
    /// Ask for the account's settings, which means sending the unchanged name.
    AskSettings,
}

/// A form's values: where the user started from and what the user made of it. Equal members were not touched.
#[derive(Clone, Debug, PartialEq)]
pub struct Save<T> {
    /// Whose values they are: nothing is written to another account.
    pub account: Id,
    /// What the server told when editing began (or when a conflict was settled).
    pub base: T,
    /// What it is to be.
    pub mine: T,
}

/// What was kept before saves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryLists {
    /// The newest first.
    pub kept: Vec<EarlierState>,
    /// Why some of it could not be read.
    pub problem: Option<SafeText>,
}

/// How a save went, field by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveReport {
    /// The account as read back after the save, or as read before it when nothing was written; none when it could not be read back.
    pub account: Option<Box<Account>>,
    /// What became of each changed field, in the order of the form; none where there are conflicts.
    pub fields: Vec<(&'static str, SaveStatus)>,
    /// Fields that changed on both sides. If there is one, nothing was written.
    pub conflicts: Vec<FieldConflict>,
    /// What kept the save from finishing, beyond what the marks say of single fields: the token died, the network went, or what was
    /// sent could not be read back. Saving the same again finishes it.
    pub trouble: Option<ApiError>,
    /// Fields that went another way than usual.
    pub fallback: Option<Fallback>,
    /// Why what was there before cannot be brought back, where it cannot.
    pub unkept: Option<SafeText>,
}

/// Fields that the older call `/users/update` took, or was asked to take, because the usual one was turned away.
#[derive(Clone, Debug, PartialEq)]
pub struct Fallback {
    /// The fields.
    pub keys: Vec<&'static str>,
    /// Why not the usual way.
    pub reason: SafeText,
}

impl Fallback {
    /// What is to be said of the fields besides their marks.
    pub fn words(&self) -> String {
        format!("by the older call, since the usual one failed: {}", self.reason)
    }
}

/// A field that changed on both sides, in its text forms; none where nothing was told.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConflict {
    /// The field.
    pub key: &'static str,
    /// Where the user started.
    pub base: Option<String>,
    /// What the user made of it.
    pub mine: Option<String>,
    /// What the server has now.
    pub theirs: Option<String>,
}

impl SaveReport {
    /// Whether every changed field was read back as it was to be.
    pub fn is_complete(&self) -> bool {
        self.trouble.is_none() && self.conflicts.is_empty() && self.fields.iter().all(|(_, mark)| *mark == SaveStatus::Saved)
    }
}

/// A save of the pins.
#[derive(Clone, Debug, PartialEq)]
pub struct PinsSave {
    /// Whose they are, for the history of lists.
    pub account: Id,
    /// The list with what was done to it.
    pub list: PinList,
}

/// How a save of the pins went.
#[derive(Clone, Debug, PartialEq)]
pub struct PinsReport {
    /// The list the server has, as last read.
    pub server: Vec<Id>,
    /// The user's operations on top of it: those not saved, and what the user has to decide.
    pub result: Replayed,
    /// How the result differs from the list the user saw: what other devices did.
    pub elsewhere: Changes,
    /// How it ended.
    pub end: PinsOutcome,
    /// Why the list before cannot be brought back, where it cannot.
    pub unkept: Option<SafeText>,
}

/// How a save of the pins ended.
#[derive(Clone, Debug, PartialEq)]
pub enum PinsOutcome {
    /// All operations were read back.
    Saved,
    /// A pin the user moved was unpinned elsewhere; nothing was written since that was seen.
    Conflict,
    /// Other devices overwrote every write.
    Contended,
    /// It was not taken, as reading back showed.
    NotSaved(ApiError),
}

/// What a picture file is, for the question before it is uploaded.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureInfo {
    /// The file's name.
    pub name: SafeText,
    /// What kind of picture it is, by its content.
    pub kind: &'static str,
    /// How large it goes out.
    pub bytes: usize,
    /// What is taken out of it before.
    pub taken_out: Vec<&'static str>,
    /// The picture, where it can be drawn.
    pub picture: Option<Thumbnail>,
}

/// What is done to the public link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareChange {
    /// Make a link.
    On,
    /// Take the link away.
    Off,
    /// Replace the link by another.
    New,
}

/// What is done to SMS mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsChange {
    /// Start it, or start its clock again; the push notifications of the device with this registration are held back meanwhile.
    On(SmsDuration, Option<RegistrationId>),
    /// End it.
    Off,
}

impl Job {
    /// What it is about, in words; with pictures, their address. One job about the same thing runs at a time.
    pub fn subject(&self) -> JobSubject {
        match self {
            Self::Me => JobSubject("The account", None),
            Self::SignIn(_) => SIGN_IN,
            Self::Schools => JobSubject("Your schools", None),
            Self::Majors => JobSubject("The list of majors", None),
            Self::Interests => JobSubject("The list of interests", None),
            Self::Pins => JobSubject("Your pins", None),
            Self::Groups => JobSubject("Your groups", None),
            Self::Topics(_) => JobSubject("Your topics", None),
            Self::FormerGroups => JobSubject("Your former groups", None),
            Self::MembershipStates => JobSubject("Your memberships", None),
            Self::Chats => JobSubject("Your direct conversations", None),
            Self::Picture(address) => JobSubject("A picture", Some(address.clone())),
            Self::LookAt(_) => JobSubject("The picture file", None),
            Self::History(_) => JobSubject("The history", None),
            Self::Upload(_) => JobSubject("The upload", None),
            Self::SaveProfile(_) => JobSubject("The profile", None),
            Self::SaveCampus(_) => JobSubject("The campus profile", None),
            Self::SavePins(_) => JobSubject("The pins", None),
            Self::Share(_) => JobSubject("Sharing", None),
            Self::Sms(_) => JobSubject("SMS mode", None),
            Self::AskSettings => JobSubject("The account's settings", None),
        }
    }

    /// The screen whose edits it saves, if it does.
    pub fn saves(&self) -> Option<DraftKind> {
        match self {
            Self::SaveProfile(_) => Some(DraftKind::Profile),
            Self::SaveCampus(_) => Some(DraftKind::Campus),
            Self::SavePins(_) => Some(DraftKind::Pins),
            _ => None,
        }
    }

    /// Whether it is a conversation with the service itself. Pictures are on a host of their own, and history is on this computer.
    pub fn is_with_service(&self) -> bool {
        !matches!(self, Self::Picture(_) | Self::History(_))
    }

    /// Whether it changes anything on the server. Writes run one after another and are never given up once sent.
    pub fn is_write(&self) -> bool {
        use Job::{AskSettings, SaveCampus, SavePins, SaveProfile, Share, Sms};
        matches!(self, SaveProfile(_) | SaveCampus(_) | SavePins(_) | Share(_) | Sms(_) | AskSettings)
    }
}

/// What checking a token is about.
pub const SIGN_IN: JobSubject = JobSubject("The token", None);

/// What a job is about: words for a person, and which one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobSubject(pub &'static str, pub Option<RawText>);

/// What came of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum JobOutcome {
    /// `Me`, `SignIn`
    Account(Box<Account>),
    /// `Schools`
    Schools(Vec<School>),
    /// `Majors`
    Majors(Vec<Major>),
    /// `Interests`
    Interests(Vec<Interest>),
    /// `Pins`
    Pins(Vec<Id>),
    /// `Groups`
    Groups(Listing<Group>),
    /// `FormerGroups`
    FormerGroups(Listing<Group>),
    /// `Topics`
    Topics(Listing<Topic>),
    /// `MembershipStates`
    MembershipStates(Listing<MembershipState>),
    /// `Chats`
    Chats(Listing<Chat>),
    /// `History`
    History(HistoryLists),
    /// `Picture`: where it is from; decoded and scaled down.
    Picture(RawText, Thumbnail),
    /// `Upload`: where the picture is now.
    Uploaded(RawText),
    /// `LookAt`: the file, and what is in it.
    Looked(PathBuf, PictureInfo),
    /// `SaveProfile`, `SaveCampus`
    Saved(SaveReport),
    /// `SavePins`: what was sent, and what became of it.
    PinsSaved(PinList, Box<PinsReport>),
    /// `Share`: the link as it is now.
    Share(ShareChange, Share),
    /// `Sms`: the account read back.
    Sms(SmsChange, Box<Account>),
    /// `AskSettings`: the account with them.
    Settings(Box<Account>),
}

/// What came of a job, for the screen that asked for it; everything else of it is shared state by then.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// `SignIn`, where the token cannot be used.
    NotSignedIn(ApiError),
    /// `LookAt`
    Looked(PathBuf, Result<PictureInfo, ApiError>),
    /// `Upload`
    Uploaded(Result<RawText, ApiError>),
    /// `SaveProfile`, `SaveCampus`
    Saved(Result<SaveReport, ApiError>),
    /// `SavePins`: what was sent, and what became of it.
    PinsSaved(PinList, Result<Box<PinsReport>, ApiError>),
    /// `Share`
    Share(ShareChange, Result<(), ApiError>),
    /// `Sms`
    Sms(SmsChange, Result<(), ApiError>),
    /// `AskSettings`
    Settings(Result<(), ApiError>),
}

impl JobOutcome {
    /// The account it tells of, if it does.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Account(account)
            | Self::Sms(_, account)
            | Self::Settings(account)
            | Self::Saved(SaveReport { account: Some(account), .. }) => Some(account),
            _ => None,
        }
    }
}

impl SmsChange {
    /// The call that makes it.
    pub fn call(&self) -> Call {
        match self {
            Self::On(duration, registration_id) => Call::SmsOn(*duration, registration_id.clone()),
            Self::Off => Call::SmsOff,
        }
    }

    /// What has to be said beside it: without a registration, messages arrive twice.
    pub fn note(&self) -> Option<&'static str> {
        matches!(self, Self::On(_, None)).then_some("No registration id was given: text messages and push notifications will both arrive.")
    }
}
