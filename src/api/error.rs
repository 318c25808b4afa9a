//! What can go wrong with a call, as meanings a screen or an exit code can act on.
//!
//! Texts in here never hold an address with a query or a token: they are made from parts that cannot contain one, and the client
//! masks the token in all of them once more. What people read is a headline and a hint; `Display` is the headline, for programs built on
//! this that hand errors on.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::domain::SafeText;

/// Why a call did not do what it should.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// No token, or `GET /v3/users/me` refused it too: signing in again is needed.
    SignedOut,
    /// 401, 403 or 404 on this one call while the account itself is fine.
    Forbidden {
        /// HTTP status.
        status: u16,
        /// The service's own words, sanitised.
        messages: Vec<SafeText>,
    },
    /// The service wants this device to prove itself (error 40102), which only its own apps can.
    Unattested,
    /// The service understood and refused (other 4xx).
    Rejected {
        /// HTTP status.
        status: u16,
        /// The service's own words, sanitised.
        messages: Vec<SafeText>,
    },
    /// 429 or 420 that waiting did not cure.
    Busy {
        /// How long the service wants to be left alone, when it said so.
        retry_after: Option<Duration>,
    },
    /// 5xx on a call that changes nothing, after the retries.
    Failing {
        /// HTTP status.
        status: u16,
    },
    /// The request cannot have been carried out: no connection, or (where nothing is changed) no answer.
    Offline {
        /// The cause in a few words, without any address.
        reason: SafeText,
    },
    /// The connection is not to be trusted; there is no way around it.
    Tls {
        /// The host that failed.
        host: SafeText,
        /// The cause in a few words.
        reason: SafeText,
    },
    /// A write may have been carried out: the answer was lost, unreadable, or 5xx. Resolved by reading, never by resending.
    Unknown {
        /// The cause in a few words.
        reason: SafeText,
    },
    /// The change was not made, as reading afterwards showed.
    NotMade {
        /// The cause, and what is so now.
        reason: SafeText,
    },
    /// An answer this version does not understand.
    Garbled {
        /// What was wrong with it.
        reason: SafeText,
    },
    /// A web page instead of an answer: a captive portal or a filter stands in between.
    LoginPage,
    /// The server wanted to send Lapel elsewhere, which it never follows.
    Redirected {
        /// The host named, without path or query.
        to: SafeText,
    },
    /// A picture that is not on the service's picture host (or the server in use); never fetched.
    ForeignPicture {
        /// The host named, without path or query.
        host: SafeText,
    },
    /// A file that cannot be uploaded; nothing was sent.
    BadPicture {
        /// Why, as a sentence that names the file.
        reason: SafeText,
    },
    /// The answer is about another account; nothing of it is shown or saved.
    WrongAccount,
}

impl ApiError {
    pub(crate) fn garbled(reason: impl AsRef<str>) -> Self {
        Self::Garbled { reason: SafeText::line(reason) }
    }

    /// What it means for a change whose answer it is: unknown, for the same reason.
    #[must_use]
    pub(crate) fn in_doubt(self) -> Self {
        match self {
            Self::Garbled { reason } => Self::Unknown { reason },
            error => Self::Unknown { reason: SafeText::line(error.headline()) },
        }
    }

    /// Whether a change that ended so may have been made all the same, so that only reading can tell.
    pub fn may_have_applied(&self) -> bool {
        matches!(self, Self::Unknown { .. } | Self::WrongAccount)
    }

    /// What happened, in one line.
    pub fn headline(&self) -> String {
        match self {
            Self::SignedOut => "not signed in: there is no token, or it was refused".into(),
            Self::Forbidden { status, messages } => said("not allowed for this account", *status, messages),
            Self::Unattested => "the service asks this device to prove itself, which only GroupMe's own apps can do (error 40102)".into(),
            Self::Rejected { status, messages } => said("refused by the service", *status, messages),
            Self::Busy { retry_after: Some(wait) } => format!("too many requests: the service asks to wait {}", in_words(*wait)),
            Self::Busy { retry_after: None } => "too many requests: the service asks to slow down".into(),
            Self::Failing { status } => format!("the service is failing (status {status})"),
            Self::Offline { reason } => format!("the server cannot be reached: {reason}"),
            Self::Tls { host, reason } => format!("the connection to {host} is not secure: {reason}"),
            Self::Unknown { reason } => format!("it is unknown whether the change was made: {reason}"),
            Self::NotMade { reason } => format!("the change was not made: {reason}"),
            Self::Garbled { reason } => format!("the server's answer was not understood: {reason}"),
            Self::LoginPage => "this looks like a login page, not GroupMe".into(),
            Self::Redirected { to } => format!("the server sent Lapel elsewhere, to {to}; this is never followed"),
            Self::ForeignPicture { host } => format!("the picture is on {host}, not on GroupMe's picture server; it was not loaded"),
            Self::BadPicture { reason } => reason.to_string(),
            Self::WrongAccount => "the server answered with another account; nothing of it was used".into(),
        }
    }

    /// Why, in one line, without the doubt about the outcome: for when reading back has settled that.
    pub fn cause(&self) -> String {
        match self {
            Self::Unknown { reason } => reason.to_string(),
            error => error.headline(),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::SignedOut => "sign in with `lapel login`, or set GROUPME_TOKEN; tokens come from dev.groupme.com",
            Self::Forbidden { .. } => "the rest of the account works; ask the owner of the group or school if you should have access",
            Self::Unattested => "change this in the GroupMe app; the token is fine and the rest of the account works",
            Self::Rejected { .. } => "change the value and save again",
            Self::Busy { .. } => "wait that long, then try again; nothing was changed by the refused request",
            Self::Failing { .. } => "try again in a few minutes; what was loaded before stays",
            Self::Offline { .. } => "check the network and the server's address, then try again; nothing was changed",
            Self::Tls { .. } => "check the computer's clock, certificates and network; do not go on over this connection",
            Self::Unknown { .. } => "reload to see what the server has before sending it again",
            Self::NotMade { .. } => "try again in a moment",
            Self::Garbled { .. } => "try again; if it stays, look for a newer version of Lapel",
            Self::LoginPage => "open a web browser, sign in to the network, then try again",
            Self::Redirected { .. } => "check the server's address; a network filter can also be the cause",
            Self::ForeignPicture { .. } => "upload the picture to GroupMe to see it here",
            Self::BadPicture { .. } => "choose another picture file; at most 20 MiB can be uploaded",
            Self::WrongAccount => "sign in again; if it stays, do not trust this server",
        }
    }

    /// Every text in here passed through `filter`: the client's last look before an error leaves it.
    #[must_use]
    pub(crate) fn filtered(mut self, filter: impl Fn(&str) -> String) -> Self {
        let pass = |text: &mut SafeText| *text = SafeText::line(filter(text.as_str()));
        match &mut self {
            Self::Forbidden { messages, .. } | Self::Rejected { messages, .. } => messages.iter_mut().for_each(pass),
            Self::Tls { host, reason } => [host, reason].into_iter().for_each(pass),
            Self::Offline { reason: text }
            | Self::Unknown { reason: text }
            | Self::NotMade { reason: text }
            | Self::BadPicture { reason: text }
            | Self::Garbled { reason: text }
            | Self::Redirected { to: text }
            | Self::ForeignPicture { host: text } => pass(text),
            Self::SignedOut | Self::Unattested | Self::Busy { .. } | Self::Failing { .. } | Self::LoginPage | Self::WrongAccount => {}
        }
        self
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())
    }
}

impl Error for ApiError {}

/// The service's own words where it used any.
fn said(what: &str, status: u16, messages: &[SafeText]) -> String {
    let words: Vec<&str> = messages.iter().map(SafeText::as_str).collect();
    if words.is_empty() { format!("{what} (status {status})") } else { format!("{what}: {}", words.join("; ")) }
}

fn in_words(wait: Duration) -> String {
    match wait.as_secs() {
        1 => "1 second".into(),
        seconds @ ..=119 => format!("{seconds} seconds"),
        seconds @ ..=7199 => format!("{} minutes", seconds.div_ceil(60)),
        seconds => format!("{} hours", seconds.div_ceil(3600)),
    }
}
