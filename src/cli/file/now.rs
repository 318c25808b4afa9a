//! The account as it is now and as it is to be: the difference, and the way from one to the other.

use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::document::{self, AccountDocument, FileContents};
use crate::api::{ApiError, Call, built_in_majors};
use crate::base::job::{Save, SaveReport};
use crate::base::settings::Mistake;
use crate::cli::context::Context;
use crate::cli::difference::Difference;
use crate::cli::exit::{FAILED, Failure};
use crate::cli::pins::PinsContext;
use crate::cli::{output, review};
use crate::domain::account::AccountSettings;
use crate::domain::campus::{CAMPUS, CampusForm, Interest, Major};
use crate::domain::detail::{TagNames, field_json};
use crate::domain::field::{FieldSpec, PROFILE, changed, warnings};
use crate::domain::merge::SaveStatus;
use crate::domain::pins::PinList;
use crate::domain::{Id, Profile};
use crate::io::client::Client;
use crate::io::file;
use crate::jobs::{self, read};

/// What the server has now.
pub(in crate::cli) struct ServerValues {
    pub(in crate::cli) client: Client,
    pub(in crate::cli) account: Id,
    pub(in crate::cli) profile: Profile,
    pub(in crate::cli) campus: CampusForm,
    /// What only the reply to a save told, and when.
    pub(in crate::cli) settings: AccountSettings,
}

/// What it is to be; parts that are not named stay.
#[derive(Default)]
pub(in crate::cli) struct WantedValues<'a> {
    pub(in crate::cli) profile: Option<Profile>,
    pub(in crate::cli) campus: Option<CampusForm>,
    /// The pins, on the way to the list that is wanted; none if they are so already.
    pub(in crate::cli) pins: Option<PinsContext<'a>>,
}

/// Names for codes and tags; lists that cannot be had lend none.
pub(in crate::cli) async fn known(context: &Context) -> (Vec<Major>, Vec<Interest>) {
    let client = context.anonymous();
    let (majors, interests) = tokio::join!(read::majors(&client), read::interests(&client));
    (majors.unwrap_or_else(|_| built_in_majors()), interests.unwrap_or_default())
}

impl ServerValues {
    pub(in crate::cli) async fn read(context: &Context) -> Result<Self, Failure> {
        let client = context.client()?;
        let account = context.account(&client).await?;
        let campus = CampusForm { campus: account.campus, this_year: context.clock().year() };
        Ok(Self { client, account: account.id, profile: account.profile, campus, settings: account.settings })
    }

    /// What a file asks for.
    pub(super) async fn wanted<'a>(&self, context: &'a Context, source: &str, path: &Path) -> Result<WantedValues<'a>, Failure> {
        let today =
            AccountDocument { profile: self.profile.clone(), campus: self.campus.clone(), pins: Vec::new(), kept: Profile::default() };
        let wrong = |mistake: Mistake| Failure::usage(format!("{}:{mistake}", file::shown(path)));
        let FileContents { profile, campus, pins } = document::read(source, &today).map_err(wrong)?;
        let Some(written) = pins else { return Ok(WantedValues { profile, campus, pins: None }) };
        let mut pins = PinsContext::read(context).await?;
        let mut list = Vec::with_capacity(written.len());
        for pin in written {
            list.push(pins.meant(&pin.text).await.map_err(|failure| wrong(pin.mistake(&failure.text)))?);
        }
        pins.list = PinList::toward(pins.list.ids(), &list);
        Ok(WantedValues { profile, campus, pins: Some(pins).filter(|pins| pins.list.changed()) })
    }

    pub(super) fn changed_profile<'a>(&self, wanted: &'a WantedValues<'_>) -> Option<(&'a Profile, Vec<&'static FieldSpec<Profile>>)> {
        let mine = wanted.profile.as_ref()?;
        Some((mine, changed(PROFILE, &self.profile, mine))).filter(|(_, rows)| !rows.is_empty())
    }

    pub(super) fn changed_campus<'a>(&self, wanted: &'a WantedValues<'_>) -> Option<(&'a CampusForm, Vec<&'static FieldSpec<CampusForm>>)> {
        let mine = wanted.campus.as_ref()?;
        Some((mine, changed(CAMPUS, &self.campus, mine))).filter(|(_, rows)| !rows.is_empty())
    }

    /// The names of the fields that would change.
    pub(super) fn changed_labels(&self, wanted: &WantedValues<'_>) -> Vec<&'static str> {
        let profile = self.changed_profile(wanted).into_iter().flat_map(|(_, rows)| rows).map(|row| row.label);
        profile.chain(self.changed_campus(wanted).into_iter().flat_map(|(_, rows)| rows).map(|row| row.label)).collect()
    }

    /// What would change, part by part.
    pub(in crate::cli) async fn differences(
        &self,
        context: &Context,
        wanted: &WantedValues<'_>,
        pins: Option<&mut PinsContext<'_>>,
    ) -> Vec<Difference> {
        let (profile, campus) = (self.changed_profile(wanted), self.changed_campus(wanted));
        let (majors, interests) = if profile.is_some() || campus.is_some() { known(context).await } else { Default::default() };
        let names = TagNames { majors: &majors, interests: &interests };
        let mut lines = Vec::new();
        if let Some((mine, rows)) = profile {
            lines.extend(rows.iter().map(|row| review::difference(row, &self.profile, mine, &names)));
        }
        if let Some((mine, rows)) = campus {
            lines.extend(rows.iter().map(|row| review::difference(row, &self.campus, mine, &names)));
        }
        if let Some(pins) = pins {
            pins.directory().await;
            lines.push(Difference::Words(format!("Pins: {}", pins.list.changes().sentence("", |id| pins.name(id)))));
        }
        lines
    }

    pub(super) fn differences_as_json(&self, wanted: &WantedValues<'_>) -> Json {
        fn fields<T>(rows: &[&FieldSpec<T>], old: &T, new: &T) -> Json {
            let change = |row: &&FieldSpec<T>| (row.key.to_owned(), json!({"old": field_json(row, old), "new": field_json(row, new)}));
            rows.iter().map(change).collect::<Map<_, _>>().into()
        }
        let mut document = Map::new();
        if let Some((mine, rows)) = self.changed_profile(wanted) {
            document.insert("profile".to_owned(), fields(&rows, &self.profile, mine));
        }
        if let Some((mine, rows)) = self.changed_campus(wanted) {
            document.insert("campus".to_owned(), fields(&rows, &self.campus, mine));
        }
        if let Some(pins) = &wanted.pins {
            let change = json!({"pinned_conversation_ids": {"old": pins.list.base(), "new": pins.list.ids()}});
            document.insert("pins".to_owned(), change);
        }
        document.into()
    }

    /// Reviews and saves; each part is reported, and the first failure decides the exit code.
    pub(in crate::cli) async fn change(&self, context: &Context, mut wanted: WantedValues<'_>) -> Result<(), Failure> {
        let mut pins = wanted.pins.take();
        let (profile, campus) = (self.changed_profile(&wanted), self.changed_campus(&wanted));
        let planned = campus.as_ref().map(|(mine, _)| jobs::campus::plan(&self.campus.campus, &mine.campus));
        let planned = planned.transpose().map_err(|error| Failure::usage(error.to_string()))?.unwrap_or_default();
        if context.global.dry_run {
            let mut calls = profile.as_ref().map(|(mine, _)| jobs::profile::plan(&self.account, &self.profile, mine)).unwrap_or_default();
            calls.extend(planned);
            calls.extend(pins.iter().map(|pins| Call::SetPins(pins.list.ids().to_vec())));
            context.print_requests(&calls)?;
            return Ok(());
        }
        if profile.is_none() && campus.is_none() && pins.is_none() {
            review::nothing_to_do(context, &json!({}))?;
            return Ok(());
        }
        if let Some((mine, rows)) = &profile {
            let keys: Vec<&str> = rows.iter().map(|row| row.key).collect();
            warnings(&keys, mine).into_iter().for_each(output::say);
        }
        if !context.global.yes {
            for line in self.differences(context, &wanted, pins.as_mut()).await {
                output::say_difference(&line);
            }
        }
        context.confirm("Save this?")?;
        let mut told = Map::new();
        let (mut ended, mut any_saved) = (Ok(()), false);
        if let Some((mine, _)) = profile {
            let save = self.save(self.profile.clone(), mine.clone());
            let saved = jobs::profile::save(&self.client, &context.notes(), &save).await;
            any_saved |= has_saved(&saved);
            ended = ended.and(tell(context, saved, "profile", &mut told));
        }
        if let Some((mine, _)) = campus {
            let save = self.save(self.campus.campus.clone(), mine.campus.clone());
            let saved = jobs::campus::save(&self.client, &context.notes(), &save).await;
            any_saved |= has_saved(&saved);
            ended = ended.and(tell(context, saved, "campus", &mut told));
        }
        if let Some(pins) = &mut pins {
            let saved = pins.send().await;
            let list = json!({"pinned_conversation_ids": pins.list.ids(), "saved": saved.is_ok()});
            told.insert("pins".to_owned(), list);
            any_saved |= saved.is_ok();
            ended = ended.and(saved);
        }
        let partly = |failure: Failure| if any_saved && failure.code == FAILED { Failure::partly(failure.text) } else { failure };
        let ended = ended.map_err(partly);
        // What was saved decides; that it could not be printed is said besides.
        let printed = if context.global.json { output::only_json(&told.into()) } else { Ok(()) };
        ended.and(printed)
    }

    fn save<T>(&self, base: T, mine: T) -> Save<T> {
        Save { account: self.account.clone(), base, mine }
    }
}

fn has_saved(saved: &Result<SaveReport, ApiError>) -> bool {
    saved.as_ref().is_ok_and(|report| report.fields.iter().any(|(_, mark)| *mark == SaveStatus::Saved))
}

/// Reports what became of a part; in JSON all parts are told together.
fn tell(context: &Context, saved: Result<SaveReport, ApiError>, part: &str, told: &mut Map<String, Json>) -> Result<(), Failure> {
    let report = saved?;
    if context.global.json {
        review::unkept(report.unkept.as_ref());
        told.insert(part.to_owned(), review::as_json(&report));
    } else {
        review::tell(&report);
    }
    review::judge(&report)
}
