//! `lapel campus` and `lapel majors`.

use serde_json::json;

use super::args::CampusCommand;
use super::context::Context;
use super::exit::Failure;
use super::{assign, output, review};
use crate::api::built_in_majors;
use crate::base::job::Save;
use crate::domain::campus::{CAMPUS, CampusForm, Major, School};
use crate::domain::detail::{self, DetailSection, TagNames};
use crate::domain::field::{FieldKind, changed};
use crate::domain::pins::Candidate;
use crate::domain::text::capitalised;
use crate::domain::{RawText, SafeText};
use crate::jobs::{self, read};
use crate::widgets::rank::{Rank, matches};

const WIDTH: usize = 28;
const NO_SCHOOL: &str = "this account is in no school's directory, so it has no campus profile; GroupMe's own apps can join one";

pub(super) async fn run(context: &Context, command: Option<&CampusCommand>) -> Result<(), Failure> {
    match command {
        None | Some(CampusCommand::Show) => show(context).await,
        Some(CampusCommand::Set { fields }) => set(context, fields).await,
    }
}

async fn show(context: &Context) -> Result<(), Failure> {
    let client = context.client()?;
    let account = context.account(&client).await?;
    let schools = read::schools(&client).await?;
    let details = || detail::details().into_iter().filter(|detail| detail.section == DetailSection::Campus);
    if context.global.json {
        let school = |school: &School| json!({"id": school.id, "name": school.name.raw(), "short_name": school.short_name.as_ref().map(RawText::raw)});
        let mut document = json!({"schools": schools.iter().map(school).collect::<Vec<_>>()});
        details().for_each(|detail| document[detail.key] = detail.value(&account).json());
        output::json(&document)?;
        return Ok(());
    }
    if schools.is_empty() {
        output::note(format!("{}.", capitalised(NO_SCHOOL)));
        return Ok(());
    }
    let (majors, _) = known_majors(context).await;
    let names = TagNames { majors: &majors, interests: &[] };
    let mut rows: Vec<(&str, Vec<SafeText>)> = vec![("School", schools.iter().map(|school| school.name.line()).collect())];
    rows.extend(details().map(|detail| (detail.label, detail.value(&account).lines(&names, &jiff::tz::TimeZone::UTC))));
    for (label, lines) in rows {
        let mut label = label;
        for line in if lines.is_empty() { vec![SafeText::line("none")] } else { lines } {
            output::line(format!("{label:WIDTH$}{line}"))?;
            label = "";
        }
    }
    Ok(())
}

/// Takes what was typed over what the account has, shows what changes, saves both halves in order, and says what became of each.
async fn set(context: &Context, fields: &[String]) -> Result<(), Failure> {
    let wanted = assign::assignments(CAMPUS, fields)?;
    let client = context.client()?;
    let account = context.account(&client).await?;
    if read::schools(&client).await.is_ok_and(|schools| schools.is_empty()) {
        return Err(Failure::failed(NO_SCHOOL));
    }
    let base = CampusForm { campus: account.campus, this_year: context.clock().year() };
    let mut mine = base.clone();
    let mut majors = Vec::new();
    for assignment in &wanted {
        let (row, text) = assignment;
        // Whatever is no number may be a name.
        if row.kind == FieldKind::Majors && !row.holds(&mine, text) && !assign::are_numbers(text) {
            majors = known_majors(context).await.0;
            let candidates = majors.iter().map(|major| Candidate { id: major.code.clone(), name: Some(major.name.clone()) });
            assign::set_ids(&mut mine, assignment, &candidates.collect::<Vec<_>>(), "major; `lapel majors` lists them with their codes")?;
        } else {
            assign::set(&mut mine, assignment)?;
        }
    }
    let planned = jobs::campus::plan(&base.campus, &mine.campus).map_err(|error| Failure::usage(error.to_string()))?;
    if context.global.dry_run {
        context.print_requests(&planned)?;
        return Ok(());
    }
    let changed = changed(CAMPUS, &base, &mine);
    if changed.is_empty() {
        review::nothing_to_do(context)?;
        return Ok(());
    }
    if majors.is_empty() && !context.global.yes {
        majors = known_majors(context).await.0;
    }
    review::review(context, &changed, &base, &mine, &TagNames { majors: &majors, interests: &[] })?;
    let save = Save { account: account.id, base: base.campus, mine: mine.campus };
    review::report(context, &jobs::campus::save(&client, &context.notes(), &save).await?)
}

/// Prints the list of majors, or those with all of the words in them.
pub(super) async fn majors(context: &Context, words: &[String]) -> Result<(), Failure> {
    let (majors, old) = known_majors(context).await;
    if let Some(why) = old {
        output::note(format!("The live list could not be read ({}); this is the one Lapel brings along.", why.text));
    }
    // Found and ordered as in the editor, but for what only has the letters somewhere.
    let names: Vec<[SafeText; 2]> = majors.iter().map(|major| [major.name.line(), major.also()]).collect();
    let fits = matches(&words.join(" "), names.iter().map(|[name, also]| (name.as_str(), also.as_str())));
    let fits = fits.into_iter().filter(|fit| fit.fit > Rank::Letters);
    let found: Vec<&Major> = fits.filter_map(|fit| majors.get(fit.index)).collect();
    if context.global.json {
        let row =
            |major: &&Major| json!({"code": major.code, "name": major.name.raw(), "category": major.category.as_ref().map(RawText::raw)});
        output::json(&found.iter().map(row).collect())?;
    } else {
        for major in &found {
            output::line(format!("{}\t{}", major.code.shown(), major.name.line()))?;
        }
    }
    if found.is_empty() { Err(Failure::failed("no major has that in its name, category or code")) } else { Ok(()) }
}

/// The live list, or the one Lapel brings along and why.
async fn known_majors(context: &Context) -> (Vec<Major>, Option<Failure>) {
    match read::majors(&context.anonymous()).await {
        Ok(majors) => (majors, None),
        Err(error) => (built_in_majors(), Some(error.into())),
    }
}
