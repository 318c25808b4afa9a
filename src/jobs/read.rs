//! Reads: one call, or as many pages as there are.

use std::sync::{Mutex, PoisonError};

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesOrdered;

use super::on_disk;
use crate::api::{ApiError, Call, ListHost, MOST_ROWS, Page, Reply, Service};
use crate::base::kept::SavedValues;
use crate::domain::account::SmsEnd;
use crate::domain::campus::{Interest, Major, School};
use crate::domain::conversation::{Chat, Group, Listing, MembershipState, Topic};
use crate::domain::{Account, Id};
use crate::io::notes::Notes;

/// How many pages of a listing, and how many groups' topics, are asked for at a time: enough that a long way costs no more than the pace
/// of the client, few enough that what a person does meanwhile need not wait behind them, and that memory holds them.
const AT_A_TIME: u32 = 4;

/// What one job may take in, over all its calls: no memory holds more rows, and no wire brings more for nothing. Each page asked for has a
/// hundred rows or is the last, so the rows bound the pages too.
struct Budget(Mutex<BudgetLeft>);

struct BudgetLeft {
    rows: usize,
    bytes: usize,
}

impl Budget {
    fn new() -> Self {
        Self(Mutex::new(BudgetLeft { rows: MOST_ROWS, bytes: 16 << 20 }))
    }

    /// Takes a page off; an error once nothing is left, for then it goes on and on.
    fn spend<T>(&self, page: &Page<T>) -> Result<(), ApiError> {
        let mut budget = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = (budget.rows.checked_sub(page.sent.unwrap_or_default()), budget.bytes.checked_sub(page.bytes));
        let (Some(rows), Some(bytes)) = left else {
            return Err(ApiError::garbled(format!("the list is far too long, or never ends (more than {MOST_ROWS} rows or 16 MiB)")));
        };
        *budget = BudgetLeft { rows, bytes };
        Ok(())
    }
}

/// The account, whole, with what only this computer knows.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn account(service: &impl Service, notes: &Notes) -> Result<Account, ApiError> {
    let mut account = told(service).await?;
    recall_end(notes, &mut account).await;
    recall_settings(notes, &mut account).await;
    Ok(account)
}

/// Puts the noted end of SMS mode into an account that was read, where the server's flag allows it: the flag wins.
pub(super) async fn recall_end(notes: &Notes, account: &mut Account) {
    let (id, sms) = (account.id.clone(), account.sms);
    let end = move |notes: &Notes| match sms.on {
        Some(true) if sms.end.is_none() => notes.sms_end(&id).filter(|end| !matches!(end, SmsEnd::At(at) if *at <= notes.now())),
        Some(false) if notes.sms_end(&id).is_some() => {
            notes.set_sms_end(&id, None);
            sms.end
        }
        _ => sms.end,
    };
    account.sms.end = on_disk(notes, end).await.unwrap_or(sms.end);
}

/// Puts the settings that were told last into an account that was read.
async fn recall_settings(notes: &Notes, account: &mut Account) {
    let id = account.id.clone();
    let kept = on_disk(notes, move |notes| notes.settings(&id)).await.flatten();
    if let Some(kept) = kept.as_ref().and_then(SavedValues::account).filter(|kept| kept.id == account.id) {
        account.settings = kept.settings;
    }
}

/// The account as the service tells it, without what only this computer knows.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn told(service: &impl Service) -> Result<Account, ApiError> {
    let account: Box<Account> = service.call(&Call::Me).await?.try_into()?;
    Ok(*account)
}

/// The schools the account belongs to.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn schools(service: &impl Service) -> Result<Vec<School>, ApiError> {
    service.call(&Call::Schools).await?.try_into()
}

/// The list of majors.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn majors(service: &impl Service) -> Result<Vec<Major>, ApiError> {
    public_list(service, Call::Majors).await
}

/// The list of interests.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn interests(service: &impl Service) -> Result<Vec<Interest>, ApiError> {
    public_list(service, Call::Interests).await
}

/// A public list from the first host that has it.
async fn public_list<T>(service: &impl Service, call: fn(ListHost) -> Call) -> Result<T, ApiError>
where
    T: TryFrom<Reply, Error = ApiError>,
{
    let mut first = None;
    for host in ListHost::ALL {
        match service.call(&call(host)).await.and_then(T::try_from) {
            // What stands in between answers for every host.
            Err(ApiError::LoginPage) => return Err(ApiError::LoginPage),
            Err(error) => first = first.or(Some(error)),
            list => return list,
        }
    }
    Err(first.unwrap_or(ApiError::LoginPage))
}

/// The pinned conversations, in order.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn pins(service: &impl Service) -> Result<Vec<Id>, ApiError> {
    service.call(&Call::Pins).await?.try_into()
}

/// All groups.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn groups(service: &impl Service) -> Result<Listing<Group>, ApiError> {
    all_pages(service, &Budget::new(), Call::Groups).await
}

/// All direct conversations.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn chats(service: &impl Service) -> Result<Listing<Chat>, ApiError> {
    all_pages(service, &Budget::new(), Call::Chats).await
}

/// The topics of some groups. A group that keeps its topics to itself leaves the listing incomplete.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn topics(service: &impl Service, groups: &[Id]) -> Result<Listing<Topic>, ApiError> {
    let (mut all, budget) = (Listing::complete(Vec::new()), Budget::new());
    let one = async |group: &Id| all_pages(service, &budget, |page| Call::Topics(group.clone(), page)).await;
    for some in groups.chunks(AT_A_TIME as usize) {
        for read in join_all(some.iter().map(one)).await {
            match read {
                Ok(topics) => {
                    all.complete &= topics.complete;
                    all.rows.extend(topics.rows);
                }
                Err(ApiError::Forbidden { .. } | ApiError::Rejected { .. }) => all.complete = false,
                // What is known by now stays known.
                Err(ApiError::Busy { .. } | ApiError::Failing { .. }) if !all.rows.is_empty() => {
                    all.complete = false;
                    return Ok(all);
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(all)
}

/// The groups left.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn former_groups(service: &impl Service) -> Result<Listing<Group>, ApiError> {
    service.call(&Call::FormerGroups).await?.try_into().map(listing)
}

/// The standing in every group.
///
/// # Errors
/// Whatever kept it from being read.
pub async fn membership_states(service: &impl Service) -> Result<Listing<MembershipState>, ApiError> {
    service.call(&Call::MembershipStates).await?.try_into().map(listing)
}

fn listing<T>(page: Page<T>) -> Listing<T> {
    Listing { complete: page.is_complete(), rows: page.rows }
}

/// Pages until a short one. A page that cannot be read fails the whole: half a listing would make live pins look dead.
///
/// The first goes alone, for most listings end there; then two, then [`AT_A_TIME`]. What comes behind the end is not looked at.
async fn all_pages<T: PartialEq>(service: &impl Service, budget: &Budget, call: impl Fn(u32) -> Call) -> Result<Listing<T>, ApiError>
where
    Page<T>: TryFrom<Reply, Error = ApiError>,
{
    let mut all = Listing::complete(Vec::new());
    let (mut first, mut count) = (1, 1);
    loop {
        let ask = |number| {
            let call = call(number);
            async move { service.call(&call).await }
        };
        let mut answers: FuturesOrdered<_> = (first..first + count).map(ask).collect();
        while let Some(answer) = answers.next().await {
            let page: Page<T> = answer?.try_into()?;
            budget.spend(&page)?;
            if !page.rows.is_empty() && all.rows.ends_with(&page.rows) {
                return Err(ApiError::garbled("the list repeats the same page"));
            }
            let more = page.has_next();
            all.complete &= page.is_complete();
            all.rows.extend(page.rows);
            if !more {
                return Ok(all);
            }
        }
        (first, count) = (first + count, (count * 2).min(AT_A_TIME));
    }
}
