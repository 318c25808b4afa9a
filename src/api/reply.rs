//! What comes back for each call: the status decides whether, the call decides how a body is read.

use bytes::Bytes;

use super::call::Call;
use super::error::ApiError;
use super::page::Page;
use super::wire::{self, account, lists, rows};
use crate::domain::account::{Account, Share};
use crate::domain::campus::{Interest, Major, School, Visibility};
use crate::domain::conversation::{Chat, Group, MembershipState, Topic};
use crate::domain::{Id, RawText, SafeText};

/// What a call brought back.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// A 2xx answer without content, or with nothing in it that is needed.
    Done,
    /// The account, whole (`Me`) or in part (the two updates).
    Account(Box<Account>),
    /// The link after a change of sharing.
    Share(Share),
    /// The directory's record after a change.
    Membership {
        /// Year shown, none if not shown.
        graduation_year: Option<u16>,
        /// Who sees the profile, if told.
        visibility: Option<Visibility>,
    },
    /// Codes of majors, or ids of pinned conversations.
    Ids(Vec<Id>),
    /// One page of groups, or all former groups.
    Groups(Page<Group>),
    /// One page of the topics of a group.
    Topics(Page<Topic>),
    /// Standing in every group.
    MembershipStates(Page<MembershipState>),
    /// One page of direct conversations.
    Chats(Page<Chat>),
    /// Directories of the account.
    Schools(Vec<School>),
    /// The list of majors.
    Majors(Vec<Major>),
    /// The list of interests.
    Interests(Vec<Interest>),
    /// Where an uploaded picture is now.
    Uploaded(RawText),
    /// The bytes of a picture.
    Picture(Bytes),
}

impl Reply {
    /// Reads an answer: its status, its `Content-Type`, its body after decompression.
    ///
    /// # Errors
    /// What the status means; for a 2xx [`ApiError::LoginPage`] when it is a web page, [`ApiError::WrongAccount`] when it is about
    /// somebody else, and for what cannot be read [`ApiError::Garbled`]. Of a write or an upload, none but a readable 2xx says that
    /// it was carried out or that it was not: there all of these are [`ApiError::Unknown`], except another account's answer.
    pub fn decode(call: &Call, status: u16, content_type: Option<&str>, body: &[u8]) -> Result<Self, ApiError> {
        if !(200..300).contains(&status) {
            return Err(refusal(call, status, body));
        }
        let read = if is_page(call, content_type, body) { Err(ApiError::LoginPage) } else { success(call, body) };
        read.map_err(|error| match error {
            error @ ApiError::WrongAccount => error,
            error if call.is_read() => error,
            error => error.in_doubt(),
        })
    }
}

fn success(call: &Call, body: &[u8]) -> Result<Reply, ApiError> {
    match call {
        Call::SmsOn(..) | Call::SmsOff => return Ok(Reply::Done),
        Call::Picture(_) if body.is_empty() => return Err(ApiError::garbled("the picture is empty")),
        Call::Picture(_) => return Ok(Reply::Picture(Bytes::copy_from_slice(body))),
        _ => {}
    }
    match call {
        Call::Groups(_) | Call::FormerGroups => return rows::page(body, lists::group).map(Reply::Groups),
        Call::Topics(group, _) => return rows::page(body, |row| lists::topic(row, group)).map(Reply::Topics),
        Call::MembershipStates => return rows::page(body, lists::membership_state).map(Reply::MembershipStates),
        Call::Chats(_) => return rows::page(body, lists::chat).map(Reply::Chats),
        _ => {}
    }
    let document = wire::parse(body)?;
    let content = wire::unwrap(&document);
    match call {
        Call::Me => account::account(content, None).map(|account| Reply::Account(Box::new(account))).ok_or_else(|| missing("an account")),
        Call::UpdateAccount(_) => Ok(account::account(content, None).map_or(Reply::Done, |account| Reply::Account(Box::new(account)))),
        Call::UpdateProfile(id, _) => match account::account(content, Some(id)) {
            Some(account) if account.id != *id => Err(ApiError::WrongAccount),
            told => Ok(told.map_or(Reply::Done, |account| Reply::Account(Box::new(account)))),
        },
        Call::Share(_) => Ok(account::share_reply(content).map_or(Reply::Done, Reply::Share)),
        Call::SetMembership { .. } => {
            let told = account::membership(content);
            Ok(told.map_or(Reply::Done, |(graduation_year, visibility)| Reply::Membership { graduation_year, visibility }))
        }
        Call::SetMajors(_) => lists::ids(content, "codes").map(|ids| ids.map_or(Reply::Done, Reply::Ids)),
        Call::SetPins(_) => lists::ids(content, "pinned_conversation_ids").map(|ids| ids.map_or(Reply::Done, Reply::Ids)),
        Call::Pins => lists::ids(content, "pinned_conversation_ids")?.map(Reply::Ids).ok_or_else(|| missing("a list of pins")),
        Call::Schools => lists::schools(content).map(Reply::Schools),
        Call::Majors(_) => lists::majors(content).map(Reply::Majors).ok_or_else(|| missing("any major")),
        Call::Interests(_) => lists::interests(content).map(Reply::Interests).ok_or_else(|| missing("any interest")),
        Call::Upload(_) => lists::uploaded(content).map(Reply::Uploaded).ok_or_else(|| missing("the picture's address")),
        Call::SmsOn(..)
        | Call::SmsOff
        | Call::Picture(_)
        | Call::Groups(_)
        | Call::FormerGroups
        | Call::Topics(..)
        | Call::MembershipStates
        | Call::Chats(_) => Ok(Reply::Done),
    }
}

/// `meta.code` of a call that only a device with an attestation may make, as captures show it.
const DEVICE_ATTESTATION: i64 = 40_102;

fn missing(what: &str) -> ApiError {
    ApiError::garbled(format!("it does not hold {what}"))
}

/// What an error status means for this call.
fn refusal(call: &Call, status: u16, body: &[u8]) -> ApiError {
    match status {
        400..500 if wire::code(body) == Some(DEVICE_ATTESTATION) => ApiError::Unattested,
        401 if *call == Call::Me => ApiError::SignedOut,
        401 | 403 | 404 => ApiError::Forbidden { status, messages: wire::messages(body) },
        420 | 429 => ApiError::Busy { retry_after: None },
        // "Network authentication required": only ever sent by what stands in between.
        511 => ApiError::LoginPage,
        408 | 500.. if call.is_write() => ApiError::Unknown { reason: SafeText::line(format!("the server answered with status {status}")) },
        408 | 500.. => ApiError::Failing { status },
        400.. => ApiError::Rejected { status, messages: wire::messages(body) },
        300.. => ApiError::Redirected { to: SafeText::line("an address it did not name") },
        _ => ApiError::garbled(format!("status {status} is none an answer can have")),
    }
}

/// Whether a web page came instead of an answer. `text/html` alone proves nothing: some successes are labelled so, and such a
/// success cut short must not be taken for a write that never arrived.
fn is_page(call: &Call, content_type: Option<&str>, body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    let labelled = content_type.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("text/html"));
    let unreadable = || serde_json::from_slice::<serde::de::IgnoredAny>(text).is_err();
    text.starts_with(b"<") || (labelled && call.is_read() && !matches!(call, Call::Picture(_)) && !text.is_empty() && unreadable())
}

macro_rules! taken_from_reply {
    ($($variant:ident => $value:ty),* $(,)?) => {$(
        impl TryFrom<Reply> for $value {
            type Error = ApiError;

            fn try_from(reply: Reply) -> Result<Self, ApiError> {
                match reply {
                    Reply::$variant(value) => Ok(value.into()),
                    _ => Err(ApiError::garbled("it belongs to another request")),
                }
            }
        }
    )*};
}

taken_from_reply! {
    Account => Box<Account>,
    Share => Share,
    Ids => Vec<Id>,
    Groups => Page<Group>,
    Topics => Page<Topic>,
    MembershipStates => Page<MembershipState>,
    Chats => Page<Chat>,
    Schools => Vec<School>,
    Majors => Vec<Major>,
    Interests => Vec<Interest>,
    Uploaded => RawText,
    Picture => Bytes,
}
