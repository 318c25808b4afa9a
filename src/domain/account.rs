//! The signed-in account as the service knows it.
//!
//! Every member but the id is optional: the service leaves out, nulls or empties what an account does not have, and "not told" must
//! never be mistaken for "empty" and saved. This module holds data only; what may be written is the field tables' business.

use serde_json::Value as Json;

use super::{Campus, Id, RawText};

/// Everything the service tells of an account (specification, "About" and the reply of the extended update), grouped by what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The account's own id; a reply for another id is never shown or saved.
    pub id: Id,
    /// What the profile form edits.
    pub profile: Profile,
    /// What the account's owner cannot edit here.
    pub facts: AccountInfo,
    /// The tags inside the campus directory.
    pub campus: Campus,
    /// The public link to the profile.
    pub share: Share,
    /// SMS mode, as last told by the server.
    pub sms: Sms,
    /// What no reading tells.
    pub settings: AccountSettings,
}

impl Account {
    /// An account of which only the id is known.
    pub fn new(id: impl Into<Id>) -> Self {
        Self {
            id: id.into(),
            profile: Profile::default(),
            facts: AccountInfo::default(),
            campus: Campus::default(),
            share: Share::default(),
            sms: Sms::default(),
            settings: AccountSettings::default(),
        }
    }
}

/// What can be written, by `POST /v3/users/update` or `POST v2 /users/:id`.
///
/// `None` means "not told" in a reply and "not sent" in a request, so a set of changes is a `Profile` too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Display name.
    pub name: Option<RawText>,
    /// Email address; the server may ask to verify a new one.
    pub email: Option<RawText>,
    /// Picture, `https://i.groupme.com/…` (`image_url` in some replies, `avatar_url` in others and in requests).
    pub avatar_url: Option<RawText>,
    /// A few lines about oneself.
    pub bio: Option<RawText>,
    /// `https://open.spotify.com/track/…`; the server may change what follows `?`.
    pub song_url: Option<RawText>,
    /// The gallery; the service takes no list shorter than three.
    pub photo_urls: Option<Vec<RawText>>,
    /// Interest tags (requests also spell the key `intrests`).
    pub interests: Option<Vec<Id>>,
    /// Postal code; only `/users/update` writes it.
    pub zip_code: Option<RawText>,
    /// Whether notifications about reactions are off; told by the extended call only.
    pub disable_favorite_notification: Option<bool>,
    /// Sound file for group messages; told by the extended call only.
    pub group_notification_sound: Option<RawText>,
    /// Sound file for direct messages; told by the extended call only.
    pub dm_notification_sound: Option<RawText>,
}

/// Read-only facts about the account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountInfo {
    /// A second spelling of the id in `users/me`.
    pub user_id: Option<Id>,
    /// Whether the email address was confirmed.
    pub email_verified: Option<bool>,
    /// Phone number as the service formats it.
    pub phone_number: Option<RawText>,
    /// Like `en_us`.
    pub locale: Option<RawText>,
    /// Seconds since 1970.
    pub created_at: Option<i64>,
    /// Seconds since 1970.
    pub updated_at: Option<i64>,
    /// Connected service.
    pub facebook_connected: Option<bool>,
    /// Connected service.
    pub microsoft_connected: Option<bool>,
    /// Connected service.
    pub twitter_connected: Option<bool>,
    /// Whether a second factor is asked for at sign-in.
    pub mfa_enabled: Option<bool>,
    /// The second factors.
    pub mfa_channels: Option<Vec<MfaChannel>>,
    /// Labels the service puts on accounts, like `phone-us`.
    pub tags: Option<Vec<RawText>>,
    /// Whether official clients should show a survey.
    pub prompt_for_survey: Option<bool>,
    /// Whether official clients should ask for the age.
    pub show_age_gate: Option<bool>,
    /// Whether a birth date is on record.
    pub birth_date_set: Option<bool>,
    /// Whether the account is suggested to others as a friend.
    pub friend_suggestable: Option<bool>,
    /// Until when notifications sleep, in seconds since 1970.
    pub sleep_until: Option<i64>,
    /// What the owner agreed to. No source describes its shape: it is passed on as it came.
    pub consents: Option<Json>,
    /// The directories of the account, as some accounts are told; no source describes their shape.
    pub directories: Option<Json>,
    /// The graduation year came as "", the specification's word for none, and not as null.
    pub graduation_year_is_empty: bool,
}

/// What only the reply to an extended update tells: current when it was told, and nobody knows for how long.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountSettings {
    /// When it was told, in seconds since 1970; none while nothing was.
    pub told_at: Option<i64>,
    /// The fields of the profile that no reading tells, as they were told.
    pub profile: Profile,
    /// Whether an official app is installed somewhere.
    pub app_installed: Option<bool>,
    /// Whether direct messages reach the account.
    pub direct_message_capable: Option<bool>,
    /// Country.
    pub country: Option<RawText>,
    /// Like `en-US`.
    pub language: Option<RawText>,
    /// Whether news of friends who began to use the service is off.
    pub disable_started_using_notification: Option<bool>,
    /// Whether SMS mode is off.
    pub sms_disabled: Option<bool>,
    /// When that ends, in seconds since 1970.
    pub sms_disabled_expires_at: Option<i64>,
    /// Whether text messages go out from a local number.
    pub local_sms_available: Option<bool>,
    /// Whether a password has to be chosen.
    pub needs_password: Option<bool>,
    /// Whether the account was stopped.
    pub stopped: Option<bool>,
    /// Whether it is one of the service's own administrators.
    pub admin: Option<bool>,
    /// Whether the phone number was verified.
    pub verified: Option<bool>,
    /// Whether it is an account outside of the United States.
    pub international: Option<bool>,
    /// Whether an email is sent when one is added to a group.
    pub email_membership_added: Option<bool>,
    /// Whether an email is sent when one makes a group.
    pub email_group_created: Option<bool>,
}

impl AccountSettings {
    /// Whether a reply told any of it.
    pub fn is_told(&self) -> bool {
        *self != Self { told_at: self.told_at, ..Self::default() }
    }
}

/// One way of proving identity a second time.
#[derive(Clone, Debug, PartialEq)]
pub struct MfaChannel {
    /// Like `phone` or `email`.
    pub kind: RawText,
    /// Seconds since 1970.
    pub created_at: Option<i64>,
}

/// The public link to the profile; both absent while sharing is off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Share {
    /// The link itself. Whoever has it can contact the account: masked on screen until asked for.
    pub url: Option<RawText>,
    /// A picture of the link, drawn by the service; Lapel draws its own.
    pub qr_code_url: Option<RawText>,
}

/// SMS mode: messages as text messages instead of push notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sms {
    /// `sms` of `users/me`.
    pub on: Option<bool>,
    /// When it ends; none where nobody told.
    pub end: Option<SmsEnd>,
}

/// When SMS mode ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsEnd {
    /// Then, in seconds since 1970.
    At(i64),
    /// When it is turned off.
    TurnedOff,
}
