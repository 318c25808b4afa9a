//! Reads: one call, or as many pages as there are.

use crate::api::{ApiError, Call, Page, Reply, Service};
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Listing, MembershipState};
use crate::domain::{Account, Id, Shown, Text};

/// More pages than this (of 100 rows each) are not a listing but a fault; the listing then counts as incomplete.
const MOST_PAGES: u32 = 100;

/// The account, whole.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn account(service: &impl Service) -> Result<Account, ApiError> {
    match service.call(&Call::Me).await? {
        Reply::Account(account) => Ok(*account),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn schools(service: &impl Service) -> Result<Vec<School>, ApiError> {
    match service.call(&Call::Schools).await? {
        Reply::Schools(schools) => Ok(schools),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn majors(service: &impl Service) -> Result<Vec<Major>, ApiError> {
    match service.call(&Call::Majors).await? {
        Reply::Majors(majors) => Ok(majors),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn interests(service: &impl Service) -> Result<Vec<Interest>, ApiError> {
    match service.call(&Call::Interests).await? {
        Reply::Interests(interests) => Ok(interests),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn pins(service: &impl Service) -> Result<Vec<Id>, ApiError> {
    match service.call(&Call::Pins).await? {
        Reply::Ids(ids) => Ok(ids),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn groups(service: &impl Service) -> Result<Listing<Group>, ApiError> {
    all_pages(service, Call::Groups, |reply| match reply {
        Reply::Groups(page) => Ok(page),
        other => Err(unexpected(&other)),
    })
    .await
}

pub(super) async fn chats(service: &impl Service) -> Result<Listing<Chat>, ApiError> {
    all_pages(service, Call::Chats, |reply| match reply {
        Reply::Chats(page) => Ok(page),
        other => Err(unexpected(&other)),
    })
    .await
}

pub(super) async fn former_groups(service: &impl Service) -> Result<Listing<Group>, ApiError> {
    match service.call(&Call::FormerGroups).await? {
        Reply::Groups(page) => Ok(listing(page)),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn membership_states(service: &impl Service) -> Result<Listing<MembershipState>, ApiError> {
    match service.call(&Call::MembershipStates).await? {
        Reply::MembershipStates(page) => Ok(listing(page)),
        other => Err(unexpected(&other)),
    }
}

pub(super) async fn picture(service: &impl Service, address: &Text) -> Result<Vec<u8>, ApiError> {
    match service.call(&Call::Picture(address.clone())).await? {
        Reply::Picture(bytes) => Ok(bytes.to_vec()),
        other => Err(unexpected(&other)),
    }
}

fn listing<T>(page: Page<T>) -> Listing<T> {
    Listing { complete: page.is_complete(), rows: page.rows }
}

/// Page after page until a short one. A page that cannot be read fails the whole: half a listing would make live pins look dead.
async fn all_pages<T>(
    service: &impl Service,
    call: fn(u32) -> Call,
    page_of: fn(Reply) -> Result<Page<T>, ApiError>,
) -> Result<Listing<T>, ApiError> {
    let mut all = Listing { rows: Vec::new(), complete: true };
    for number in 1..=MOST_PAGES {
        let page = page_of(service.call(&call(number)).await?)?;
        let more = page.has_next();
        all.complete &= page.is_complete();
        all.rows.extend(page.rows);
        if !more {
            return Ok(all);
        }
    }
    all.complete = false;
    Ok(all)
}

/// The decoder answers each call with its own kind of reply; anything else is a fault of ours, told rather than hidden.
pub(super) fn unexpected(reply: &Reply) -> ApiError {
    let kind = format!("{reply:?}");
    let kind = kind.split(['(', ' ', '{']).next().unwrap_or_default().to_owned();
    ApiError::Garbled { reason: Shown::line(format!("an answer of another kind ({kind})")) }
}
