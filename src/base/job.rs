//! Jobs: conversations with the service, of one or several calls, with one outcome.
//!
//! What is asked and what came of it, as data; `jobs` holds how.

use bytes::Bytes;
use crate::domain::account::Share;
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Listing, MembershipState};
use crate::domain::{Account, Id, Text, Token};

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
    /// Read the groups left.
    FormerGroups,
    /// Read the standing in every group.
    MembershipStates,
    /// Read all direct conversations.
    Chats,
    /// Fetch a stored picture.
    Picture(Text),
    /// Check a token; if it is good it is used from then on.
    SignIn(Token),
    /// Change sharing.
    Share(ShareChange),
    /// Change SMS mode.
    Sms(SmsChange),
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

pub use crate::api::SmsDuration;

/// What is done to SMS mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsChange {
    /// Start it, or start its clock again.
    On(SmsDuration),
    /// End it.
    Off,
}

impl Job {
    /// What it is about, in words; with pictures, their address. One job about the same thing runs at a time.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Me => Subject("The account", None),
            Self::SignIn(_) => Subject("The token", None),
            Self::Schools => Subject("Your schools", None),
            Self::Majors => Subject("The list of majors", None),
            Self::Interests => Subject("The list of interests", None),
            Self::Pins => Subject("Your pins", None),
            Self::Groups => Subject("Your groups", None),
            Self::FormerGroups => Subject("Your former groups", None),
            Self::MembershipStates => Subject("Your memberships", None),
            Self::Chats => Subject("Your direct conversations", None),
            Self::Picture(address) => Subject("A picture", Some(address.clone())),
            Self::Share(_) => Subject("Sharing", None),
            Self::Sms(_) => Subject("SMS mode", None),
        }
    }

    /// Whether it changes anything on the server. Writes run one after another and are never given up once sent.
    pub fn is_write(&self) -> bool {
        matches!(self, Self::Share(_) | Self::Sms(_))
    }
}

/// What a job is about: words for a person, and which one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(pub &'static str, pub Option<Text>);

/// What came of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
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
    /// `Groups`, `FormerGroups`
    Groups(Listing<Group>),
    /// `MembershipStates`
    MembershipStates(Listing<MembershipState>),
    /// `Chats`
    Chats(Listing<Chat>),
    /// `Picture`
    Picture(Bytes),
    /// `Share`: the link as it is now.
    Share(Share),
    /// `Sms`: the account read back.
    Sms(Box<Account>),
}

impl SmsChange {
    /// Reads how long SMS mode is to last: `1` to `48` hours, or `always`.
    ///
    /// # Errors
    /// What is allowed, as a sentence.
    pub fn on_for(text: &str) -> Result<Self, &'static str> {
        match text.trim() {
            "always" => Ok(Self::On(SmsDuration::Always)),
            hours => match hours.parse() {
                Ok(hours @ 1..=48) => Ok(Self::On(SmsDuration::Hours(hours))),
                _ => Err("SMS mode lasts 1 to 48 hours, or \"always\""),
            },
        }
    }
}
