//! Every call Lapel makes: one arm each for what is sent and for what comes back.
//!
//! Sources: the specification (`account-management.txt`) for everything written, public API documentation for the read-only
//! neighbours. A new call is a variant here; the two matches below then do not compile until it is complete.

use serde_json::Value;

use crate::domain::account::{Account, Profile, Share};
use crate::domain::campus::{Interest, Major, School, Visibility};
use crate::domain::conversation::{Chat, Group, MembershipState};
use crate::domain::{Id, Text};

/// One request to the service.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// `GET /v3/users/me`
    Me,
    /// `POST /v3/users/update`: any of `avatar_url`, `name`, `email`, `zip_code`; other members of the changes are not sent.
    UpdateAccount(Profile),
    /// `POST v2 /users/:id`, the extended call: any subset of everything but `zip_code`.
    UpdateProfile(Id, Profile),
    /// `PUT /v3/directories/user/majors`, the whole list.
    SetMajors(Vec<Id>),
    /// `PUT /v3/directories/user/membership`
    SetMembership {
        /// 1900 to now + 10, or none to show no year.
        graduation_year: Option<u16>,
        /// Who sees the profile.
        visibility: Visibility,
    },
    /// `POST /v3/users/features/share`. Enabling twice mints a new link and kills the first: never resent.
    Share(bool),
    /// `POST /v3/users/sms_mode`. Resending restarts the clock.
    SmsOn(SmsDuration),
    /// `POST /v3/users/sms_mode/delete`
    SmsOff,
    /// `GET /v4/pinned_conversations`
    Pins,
    /// `PUT /v4/pinned_conversations`, the whole list: what is missing is unpinned.
    SetPins(Vec<Id>),
    /// `GET /v3/groups`, one page of 100, pages from 1.
    Groups(u32),
    /// `GET /v3/groups/former`
    FormerGroups,
    /// `GET /v3/memberships/states`
    MembershipStates,
    /// `GET /v3/chats`, one page of 100, pages from 1.
    Chats(u32),
    /// `GET /v3/directories`
    Schools,
    /// `GET /assets/majors/majors.en-US.json`, without the token.
    Majors,
    /// `GET /assets/interestCharms/interestCharms.en-US.json`, without the token.
    Interests,
    /// `POST /pictures` on the image host: the bytes of a picture file.
    Upload(Vec<u8>),
    /// A stored picture, by its full address; without the token.
    Picture(Text),
}

/// How long SMS mode lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsDuration {
    /// 1 to 48 hours.
    Hours(u8),
    /// Until turned off.
    Always,
}

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
    /// One page of groups.
    Groups(Vec<Group>),
    /// Standing in every group.
    MembershipStates(Vec<MembershipState>),
    /// One page of direct conversations.
    Chats(Vec<Chat>),
    /// Directories of the account.
    Schools(Vec<School>),
    /// The list of majors.
    Majors(Vec<Major>),
    /// The list of interests.
    Interests(Vec<Interest>),
    /// Where an uploaded picture is now.
    Uploaded(Text),
    /// The bytes of a picture.
    Picture(Vec<u8>),
}

/// Which of the service's hosts; `--server` replaces them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// `api.groupme.com`
    Api,
    /// `v2.groupme.com`
    V2,
    /// `image.groupme.com`: uploads
    Image,
    /// `cdn.groupme.com`: public lists
    Cdn,
    /// `i.groupme.com`: stored pictures
    Pictures,
}

/// HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes a part, or an event.
    Post,
    /// Replaces a whole.
    Put,
}

/// A request as data.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// Where to.
    pub host: Host,
    /// How.
    pub method: Method,
    /// Absolute path, percent-encoded where needed.
    pub path: String,
    /// Query pairs, never the token.
    pub query: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Body,
}

/// The content of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// `application/json`
    Json(Value),
    /// `image/jpeg`, which the image service takes for every format.
    Picture(Vec<u8>),
}
