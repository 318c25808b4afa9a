//! `lapel campus`.

use serde_json::json;

use super::args::CampusCommand;
use super::assign::Assignment;
use super::context::Context;
use super::exit::Failure;
use super::tags::known_majors;
use super::{assign, output, review};
use crate::base::job::{Save, SaveReport};
use crate::domain::campus::{CAMPUS, CampusForm, Major, School};
use crate::domain::detail::{self, DetailSection, TagNames};
use crate::domain::field::{FieldKind, changed};
use crate::domain::pins::Candidate;
use crate::domain::text::capitalised;
use crate::domain::{RawText, SafeText};
use crate::io::client::Client;
use crate::jobs::{self, read};

const NO_SCHOOL: &str = "this account is in no school's directory, so it has no campus profile; GroupMe's own apps can join one";

pub(super) async fn run(context: &Context, command: Option<&CampusCommand>) -> Result<(), Failure> {
    match command {
        None | Some(CampusCommand::Show) => show(context).await.map(drop),
        Some(CampusCommand::Set { fields }) => set(context, fields).await,
    }
}

/// Prints the campus profile; whether there is one.
pub(super) async fn show(context: &Context) -> Result<bool, Failure> {
    let client = context.client()?;
    let account = context.account(&client).await?;
    let schools = schools(&client).await;
    let details = || detail::details().into_iter().filter(|detail| detail.section == DetailSection::Campus);
    if context.global.json {
        let school = |school: &School| json!({"id": school.id, "name": school.name.raw(), "short_name": school.short_name.as_ref().map(RawText::raw)});
        let mut document = json!({"schools": schools.as_ref().map(|schools| schools.iter().map(school).collect::<Vec<_>>())});
        details().for_each(|detail| document[detail.key] = detail.value(&account).json());
        output::json(&document)?;
        return Ok(true);
    }
    if !account.campus.is_possible(schools.as_deref()) {
        output::note(format!("{}.", capitalised(NO_SCHOOL)));
        return Ok(false);
    }
    let (majors, _) = known_majors(context).await;
    let names = TagNames { majors: &majors, interests: &[] };
    let mut rows: Vec<(&str, Vec<SafeText>)> = Vec::new();
    if let Some(schools) = &schools {
        rows.push(("School", schools.iter().map(|school| school.name.line()).collect()));
    }
    rows.extend(details().map(|detail| (detail.label, detail.value(&account).lines(&names, &jiff::tz::TimeZone::UTC))));
    let cells = |(label, lines): (&str, Vec<SafeText>)| {
        let lines = if lines.is_empty() { vec![SafeText::line("none")] } else { lines };
        lines.into_iter().map(|line| vec![label.to_owned(), line.into_string()]).collect::<Vec<_>>()
    };
    output::table(&rows.into_iter().flat_map(cells).collect::<Vec<_>>()).map(|()| true)
}

/// The schools, or none where they cannot be read, which is said: `users/me` tells the campus profile without them.
async fn schools(client: &Client) -> Option<Vec<School>> {
    let read = read::schools(client).await;
    read.inspect_err(|error| output::note(format!("Your schools could not be read: {}; {}.", error.headline(), error.hint()))).ok()
}

/// Takes what was typed over what the account has, shows what changes, saves both halves in order, and says what became of each.
async fn set(context: &Context, fields: &[String]) -> Result<(), Failure> {
    let wanted = assign::assignments(CAMPUS, fields)?;
    let client = context.client()?;
    let account = context.account(&client).await?;
    if !account.campus.is_possible(schools(&client).await.as_deref()) {
        return Err(Failure::failed(NO_SCHOOL));
    }
    let base = CampusForm { campus: account.campus, this_year: context.clock().year() };
    let mut mine = base.clone();
    let mut majors = stage(context, &mut mine, &wanted).await?;
    let planned = jobs::campus::plan(&base.campus, &mine.campus).map_err(|error| Failure::usage(error.to_string()))?;
    if context.global.dry_run {
        context.print_requests(&planned)?;
        return Ok(());
    }
    let changed = changed(CAMPUS, &base, &mine);
    if changed.is_empty() {
        review::nothing_to_do(context, &review::as_json(&SaveReport::default()))?;
        return Ok(());
    }
    if majors.is_empty() && !context.global.yes {
        majors = known_majors(context).await.0;
    }
    review::review(context, &changed, &base, &mine, &TagNames { majors: &majors, interests: &[] })?;
    let save = Save { account: account.id, base: base.campus, mine: mine.campus };
    review::report(context, &jobs::campus::save(&client, &context.notes(), &save).await?)
}

/// Takes what was typed over the values; the names of majors, where they had to be read for it.
pub(super) async fn stage(context: &Context, mine: &mut CampusForm, wanted: &[Assignment<CampusForm>]) -> Result<Vec<Major>, Failure> {
    let mut majors = Vec::new();
    for assignment in wanted {
        let (row, text) = assignment;
        // Whatever is no number may be a name.
        if row.kind == FieldKind::Majors && !row.holds(mine, text) && !assign::are_numbers(text) {
            majors = known_majors(context).await.0;
            let candidates = majors.iter().map(|major| Candidate { id: major.code.clone(), name: Some(major.name.clone()) });
            assign::set_ids(mine, assignment, &candidates.collect::<Vec<_>>(), "major; `lapel majors` lists them with their codes")?;
        } else {
            assign::set(mine, assignment)?;
        }
    }
    Ok(majors)
}
