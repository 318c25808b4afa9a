//! `lapel set`: changes fields of the profile.

use super::args::SetArgs;
use super::assign::Assignment;
use super::context::Context;
use super::exit::Failure;
use super::{assign, output, review};
use crate::base::job::{Save, SaveReport};
use crate::domain::Profile;
use crate::domain::campus::Interest;
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldKind, PROFILE, changed, warnings};
use crate::domain::pins::Candidate;
use crate::jobs::{self, read};

/// Takes what was typed over what the account has, shows what changes, saves, and says what became of it.
pub(super) async fn run(context: &Context, options: &SetArgs) -> Result<(), Failure> {
    let wanted = assign::assignments(PROFILE, &options.fields)?;
    let client = context.client()?;
    let account = context.account(&client).await?;
    let base = account.profile;
    let mut mine = base.clone();
    let mut interests = stage(context, &mut mine, &wanted).await?;
    let changed = changed(PROFILE, &base, &mine);
    if context.global.dry_run {
        context.print_requests(&jobs::profile::plan(&account.id, &base, &mine))?;
        return Ok(());
    }
    if changed.is_empty() {
        review::nothing_to_do(context, &review::as_json(&SaveReport::default()))?;
        return Ok(());
    }
    let keys: Vec<&str> = changed.iter().map(|row| row.key).collect();
    warnings(&keys, &mine).into_iter().for_each(output::say);
    if interests.is_empty() && !context.global.yes && changed.iter().any(|row| row.kind == FieldKind::Interests) {
        interests = read::interests(&context.anonymous()).await.unwrap_or_default();
    }
    review::review(context, &changed, &base, &mine, &TagNames { majors: &[], interests: &interests })?;
    let save = Save { account: account.id, base, mine };
    review::report(context, &jobs::profile::save(&client, &context.notes(), &save).await?)
}

/// Takes what was typed over the values; the names of interests, where they had to be read for it.
pub(super) async fn stage(context: &Context, mine: &mut Profile, wanted: &[Assignment<Profile>]) -> Result<Vec<Interest>, Failure> {
    let mut interests = Vec::new();
    for assignment in wanted {
        let (row, text) = assignment;
        // Whatever is no number may be a name.
        if row.kind == FieldKind::Interests && row.check(mine, text).is_err() {
            interests = read::interests(&context.anonymous()).await?;
            let candidates = interests.iter().map(|interest| Candidate { id: interest.id.clone(), name: Some(interest.name.clone()) });
            assign::set_ids(mine, assignment, &candidates.collect::<Vec<_>>(), "interest; write its number")?;
        } else {
            assign::set(mine, assignment)?;
        }
    }
    Ok(interests)
}
