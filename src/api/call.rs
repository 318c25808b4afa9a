//! Every call Lapel makes, and what is sent for each.
//!
//! Sources: the specification for everything written, public API documentation for the read-only neighbours. A new call is a
//! variant here; the matches here and in `reply` then do not compile until it is complete.

use std::str::FromStr;

use bytes::Bytes;
use serde_json::json;

use super::spec::{Host, HttpMethod, RequestBody, RequestSpec, segment};
use super::wire::account::{account_changes, profile_changes};
use crate::domain::account::Profile;
use crate::domain::campus::Visibility;
use crate::domain::{Id, RawText, RegistrationId};

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
    /// With the device's registration, its push notifications are held back meanwhile; without it both arrive.
    SmsOn(SmsDuration, Option<RegistrationId>),
    /// `POST /v3/users/sms_mode/delete`
    SmsOff,
    /// `GET /v4/pinned_conversations`
    Pins,
    /// `PUT /v4/pinned_conversations`, the whole list: what is missing is unpinned.
    SetPins(Vec<Id>),
    /// `GET /v3/groups`, one page of 100, pages from 1.
    Groups(u32),
    /// `GET /v3/groups/:id/subgroups`: the topics of a group, one page of 100, pages from 1. From the community's documentation,
    /// which supposes the pages to be those of `GET /v3/groups`.
    Topics(Id, u32),
    /// `GET /v3/groups/former`
    FormerGroups,
    /// `GET /v3/memberships/states`
    MembershipStates,
    /// `GET /v3/chats`, one page of 100, pages from 1.
    Chats(u32),
    /// `GET /v3/directories`
    Schools,
    /// `GET /assets/majors/majors.en-US.json`, without the token.
    Majors(ListHost),
    /// `GET /assets/interestCharms/interestCharms.en-US.json`, without the token.
    Interests(ListHost),
    /// `POST /pictures` on the image host: the bytes of a picture file.
    Upload(Bytes),
    /// A stored picture, by its full address; without the token.
    Picture(RawText),
}

/// Where a public list is: the hosts that sources name, in the order they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListHost {
    /// The document's own.
    Document,
    /// Where today's web client reads it.
    WebClient,
}

impl ListHost {
    /// Every one there is.
    pub const ALL: [Self; 2] = [Self::Document, Self::WebClient];

    fn host(self) -> Host {
        match self {
            Self::Document => Host::Web,
            Self::WebClient => Host::Cdn,
        }
    }
}

/// How long SMS mode lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsDuration {
    /// 1 to 48 hours.
    Hours(u8),
    /// Until turned off.
    Always,
}

impl FromStr for SmsDuration {
    type Err = &'static str;

    /// Reads `1` to `48` hours, or `always`; the error says what is allowed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "always" => Ok(Self::Always),
            hours => match hours.parse() {
                Ok(hours @ 1..=48) => Ok(Self::Hours(hours)),
                _ => Err("SMS mode lasts 1 to 48 hours, or \"always\""),
            },
        }
    }
}

const MIB: usize = 1 << 20;

impl Call {
    /// The request as data.
    pub fn spec(&self) -> RequestSpec {
        use Host::{Api, Image, Pictures, V2};
        match self {
            Self::Me => RequestSpec::get(Api, "/v3/users/me"),
            Self::UpdateAccount(changes) => RequestSpec::post(Api, "/v3/users/update", RequestBody::Json(account_changes(changes))),
            Self::UpdateProfile(id, changes) => {
                let path = format!("/users/{}", segment(id.as_str()));
                RequestSpec::post(V2, path, RequestBody::Json(json!({ "user": profile_changes(changes) })))
            }
            Self::SetMajors(codes) => RequestSpec::put(Api, "/v3/directories/user/majors", json!({ "codes": codes })),
            Self::SetMembership { graduation_year, visibility } => {
                let body = json!({ "graduation_year": graduation_year, "campus_profile_visibility": visibility.word() });
                RequestSpec::put(Api, "/v3/directories/user/membership", body)
            }
            Self::Share(on) => {
                let body = json!({ "status": if *on { "enable" } else { "disable" } });
                RequestSpec::post(Api, "/v3/users/features/share", RequestBody::Json(body))
            }
            Self::SmsOn(duration, registration_id) => {
                let mut body = json!({ "duration": match duration {
                    SmsDuration::Hours(hours) => json!(hours),
                    SmsDuration::Always => json!("always"),
                } });
                if let Some(id) = registration_id {
                    body["registration_id"] = json!(id.as_str());
                }
                RequestSpec::post(Api, "/v3/users/sms_mode", RequestBody::Json(body))
            }
            Self::SmsOff => RequestSpec::post(Api, "/v3/users/sms_mode/delete", RequestBody::Empty),
            Self::Pins => RequestSpec::get(Api, "/v4/pinned_conversations"),
            Self::SetPins(ids) => RequestSpec::put(Api, "/v4/pinned_conversations", json!({ "pinned_conversation_ids": ids })),
            Self::Groups(page) => RequestSpec::get(Api, "/v3/groups").paged(*page).with("omit", "memberships"),
            Self::Topics(group, page) => RequestSpec::get(Api, format!("/v3/groups/{}/subgroups", segment(group.as_str()))).paged(*page),
            Self::FormerGroups => RequestSpec::get(Api, "/v3/groups/former"),
            Self::MembershipStates => RequestSpec::get(Api, "/v3/memberships/states"),
            Self::Chats(page) => RequestSpec::get(Api, "/v3/chats").paged(*page),
            Self::Schools => RequestSpec::get(Api, "/v3/directories"),
            Self::Majors(host) => RequestSpec::get(host.host(), "/assets/majors/majors.en-US.json"),
            Self::Interests(host) => RequestSpec::get(host.host(), "/assets/interestCharms/interestCharms.en-US.json"),
            Self::Upload(picture) => RequestSpec::post(Image, "/pictures", RequestBody::Picture(picture.clone())),
            Self::Picture(address) => RequestSpec::get(Pictures, path_of(address.raw())),
        }
    }

    /// Whether this only looks: it may be repeated and given up at any time.
    pub fn is_read(&self) -> bool {
        self.spec().method == HttpMethod::Get
    }

    /// Whether this changes the account, so that a lost answer leaves the outcome unknown. An upload is neither a read nor a
    /// write: a picture nobody refers to changes nothing, but sending twenty megabytes again is not free.
    pub fn is_write(&self) -> bool {
        !self.is_read() && !matches!(self, Self::Upload(_))
    }

    /// The largest answer taken, in bytes after decompression.
    pub fn cap(&self) -> usize {
        match self {
            Self::Picture(_) => 8 * MIB,
            Self::Groups(_)
            | Self::Topics(..)
            | Self::FormerGroups
            | Self::MembershipStates
            | Self::Chats(_)
            | Self::Majors(_)
            | Self::Interests(_) => 4 * MIB,
            _ => MIB,
        }
    }
}

/// What follows scheme and authority in an address; whether the authority may be asked at all is the client's decision.
fn path_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}
