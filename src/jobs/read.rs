//! Reads: one call, or as many pages as there are.

use crate::api::{ApiError, Call, Page, Reply, Service};
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Listing, MembershipState, Topic};
use crate::domain::{Account, Id};

/// More pages than this (of 100 rows each) are not a listing but a fault; the listing then counts as incomplete.
const MOST_PAGES: u32 = 100;

/// The account, whole.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn account(service: &impl Service) -> Result<Account, ApiError> {
    let account: Box<Account> = service.call(&Call::Me).await?.try_into()?;
    Ok(*account)
}

pub(super) async fn schools(service: &impl Service) -> Result<Vec<School>, ApiError> {
    service.call(&Call::Schools).await?.try_into()
}

pub(super) async fn majors(service: &impl Service) -> Result<Vec<Major>, ApiError> {
    service.call(&Call::Majors).await?.try_into()
}

pub(super) async fn interests(service: &impl Service) -> Result<Vec<Interest>, ApiError> {
    service.call(&Call::Interests).await?.try_into()
}

pub(super) async fn pins(service: &impl Service) -> Result<Vec<Id>, ApiError> {
    service.call(&Call::Pins).await?.try_into()
}

pub(super) async fn groups(service: &impl Service) -> Result<Listing<Group>, ApiError> {
    all_pages(service, Call::Groups).await
}

pub(super) async fn chats(service: &impl Service) -> Result<Listing<Chat>, ApiError> {
    all_pages(service, Call::Chats).await
}

/// The topics of some groups. A group that keeps its topics to itself leaves the listing incomplete.
pub(super) async fn topics(service: &impl Service, groups: &[Id]) -> Result<Listing<Topic>, ApiError> {
    let mut all = Listing::complete(Vec::new());
    for group in groups {
        match all_pages(service, |page| Call::Topics(group.clone(), page)).await {
            Ok(topics) => {
                all.complete &= topics.complete;
                all.rows.extend(topics.rows);
            }
            Err(ApiError::Forbidden { .. } | ApiError::Rejected { .. }) => all.complete = false,
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

pub(super) async fn former_groups(service: &impl Service) -> Result<Listing<Group>, ApiError> {
    service.call(&Call::FormerGroups).await?.try_into().map(listing)
}

pub(super) async fn membership_states(service: &impl Service) -> Result<Listing<MembershipState>, ApiError> {
    service.call(&Call::MembershipStates).await?.try_into().map(listing)
}

fn listing<T>(page: Page<T>) -> Listing<T> {
    Listing { complete: page.is_complete(), rows: page.rows }
}

/// Page after page until a short one. A page that cannot be read fails the whole: half a listing would make live pins look dead.
async fn all_pages<T>(service: &impl Service, call: impl Fn(u32) -> Call) -> Result<Listing<T>, ApiError>
where
    Page<T>: TryFrom<Reply, Error = ApiError>,
{
    let mut all = Listing { rows: Vec::new(), complete: true };
    for number in 1..=MOST_PAGES {
        let page: Page<T> = service.call(&call(number)).await?.try_into()?;
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
