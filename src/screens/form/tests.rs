//! The form by value: events in, texts, effects and frames out.

mod laws;
mod odd;
mod pictures;
mod typing;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde_json::json;

use super::layout::FormAreas;
use super::{Form, FormSpec};
use crate::api::ApiError;
use crate::base::ServerLabel;
use crate::base::job::{Save, SaveReport};
use crate::base::{Action, Conditions, DraftKind, Effect, Job, JobOutcome, Mouse, MouseKind, Shared};
use crate::domain::campus::{Interest, School};
use crate::domain::field::{FieldError, FieldKind, FieldRoute, FieldSpec, FieldValue};
use crate::domain::merge::SaveStatus;
use crate::domain::{Account, Profile, SafeText};
use crate::screens::campus::CampusScreen;
use crate::screens::edit::EditScreen;
use crate::screens::overlay::Overlay;
use crate::screens::{Answer, Edits, Event, Nav, SaveOutcome, Screen, YesNoQuestion};
use crate::widgets::picture::{Colours, PictureMethod, Protocol};
use crate::widgets::theme::Theme;

fn shared(account: Account) -> Shared {
    let place = ServerLabel { label: SafeText::default(), sandbox: false };
    let now: Timestamp = "2026-11-24T12:03:04Z".parse().unwrap();
    let mut shared = Shared::new(now, TimeZone::UTC, place, Theme::default());
    shared.body = Rect::new(0, 2, 80, 21);
    shared.session.account.set(account, now);
    shared.session.schools.set(vec![School { id: "1".into(), name: "Larkspur".into(), short_name: None }], now);
    shared.interests.set(vec![Interest { id: "1026".into(), name: "Chess".into(), category: None }], now);
    shared
}

fn account() -> Account {
    let photos = (1..4).map(|n| format!("https://i.groupme.com/{n}").as_str().into()).collect();
    let profile = Profile {
        name: Some("Isaac".into()),
        bio: Some("old\n".into()),
        photo_urls: Some(photos),
        interests: Some(vec!["1026".into(), "9".into()]),
        ..Profile::default()
    };
    Account { profile, ..Account::new("7") }
}

fn form<S: FormSpec>(shared: &mut Shared) -> Form<S> {
    let mut form = Form::default();
    form.on(Event::Shown, shared);
    form
}

fn act<S: FormSpec>(form: &mut Form<S>, shared: &mut Shared, actions: &[Action]) -> Option<Nav> {
    actions.iter().filter_map(|action| form.on(Event::Action(*action), shared)).last()
}

fn types<S: FormSpec>(form: &mut Form<S>, shared: &mut Shared, text: &str) {
    text.chars().for_each(|c| drop(form.on(Event::Type(c), shared)));
}

/// A form in which the name has become `text`.
fn renamed(text: &str, shared: &mut Shared) -> EditScreen {
    let mut form = form(shared);
    act(&mut form, shared, &[Action::Enter, Action::KillToStart]);
    types(&mut form, shared, text);
    form
}

fn text_of<S: FormSpec>(form: &Form<S>, key: &str) -> String {
    form.text(Form::<S>::position(key).unwrap()).unwrap()
}

fn starts(shared: &mut Shared) -> Vec<Job> {
    let effects = shared.take_effects().into_iter();
    effects.filter_map(|effect| if let Effect::Start(_, job) = effect { Some(job) } else { None }).collect()
}

/// Ends the save under way as the application does.
fn end_save(form: &mut EditScreen, shared: &mut Shared, report: SaveReport) -> SaveOutcome {
    let Some(Effect::Start(ticket, _)) = shared.take_effects().into_iter().find(|effect| matches!(effect, Effect::Start(..))) else {
        panic!("no save was started")
    };
    let result = Ok(JobOutcome::Saved(report));
    let job = shared.session.in_flight.close(ticket).unwrap();
    let done = shared.learn(&job, result).unwrap();
    form.saved(done, shared).unwrap()
}

#[test]
fn the_save_carries_where_the_user_started_and_what_was_made_of_it() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    assert!(form.ready(&mut shared));
    assert_eq!(starts(&mut shared), [], "nothing is sent before the review was confirmed");
    form.send(&mut shared);
    let mine = Profile { name: Some("Bilbo".into()), ..account().profile };
    let save = Save { account: "7".into(), base: account().profile, mine };
    assert_eq!(starts(&mut shared), [Job::SaveProfile(Box::new(save))]);
}

#[test]
fn what_the_server_made_of_a_value_is_where_the_user_starts_from_next() {
    let mut shared = shared(account());
    let mut form = renamed("bilbo", &mut shared);
    form.send(&mut shared);
    let mut back = account();
    back.profile.name = Some("Bilbo B".into());
    let report = SaveReport {
        account: Some(Box::new(back)),
        fields: vec![("name", SaveStatus::Altered(Some("Bilbo B".into())))],
        ..SaveReport::default()
    };
    end_save(&mut form, &mut shared, report);
    assert_eq!((text_of(&form, "name"), form.theirs(0, &shared)), ("bilbo".to_owned(), None));
    act(&mut form, &mut shared, &[Action::ResetField]);
    assert_eq!((text_of(&form, "name").as_str(), form.has_changes()), ("Bilbo B", false));
}

#[test]
fn a_save_that_failed_whole_keeps_everything() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    form.send(&mut shared);
    let report = SaveReport { trouble: Some(ApiError::SignedOut), fields: vec![("name", SaveStatus::Unknown)], ..SaveReport::default() };
    let end = end_save(&mut form, &mut shared, report);
    assert_eq!(end, SaveOutcome { unsaved: vec!["Name"], trouble: Some(ApiError::SignedOut), ..SaveOutcome::default() });
    assert_eq!(text_of(&form, "name"), "Bilbo");
    assert!(form.ready(&mut shared), "the same save can go on");
}

#[test]
fn edits_of_one_account_are_never_saved_to_another() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    shared.session.account.set(Account { id: "8".into(), ..account() }, shared.now);
    assert!(!form.ready(&mut shared));
    assert_eq!(text_of(&form, "name"), "Bilbo");
    form.on(Event::Answer(Answer::Yes(YesNoQuestion::DiscardDraft)), &mut shared);
    form.on(Event::Resized, &mut shared);
    assert_eq!((text_of(&form, "name").as_str(), form.owner.clone()), ("Isaac", Some("8".into())));
}

#[test]
fn a_switch_nobody_told_is_on_or_off_once_touched_and_unknown_again_when_reset() {
    let mut shared = shared(account());
    let mut form: EditScreen = form(&mut shared);
    form.on(Event::EditField("disable_favorite_notification"), &mut shared);
    assert_eq!(text_of(&form, "disable_favorite_notification"), "", "going there changes nothing");
    for expected in ["on", "off", "on"] {
        act(&mut form, &mut shared, &[Action::Toggle]);
        assert_eq!(text_of(&form, "disable_favorite_notification"), expected);
    }
    act(&mut form, &mut shared, &[Action::UndoText, Action::UndoText]);
    assert_eq!(text_of(&form, "disable_favorite_notification"), "on");
    act(&mut form, &mut shared, &[Action::ResetField]);
    assert!(!form.has_changes());
}

#[test]
fn a_draft_that_cannot_be_read_changes_nothing() {
    for body in [
        json!(null),
        json!([]),
        json!({ "fields": {} }),
        json!({ "fields": [1] }),
        json!({ "fields": { "bio": "x" } }),
        json!({ "fields": { "bio": { "mine": "x" } } }),
        json!({ "fields": { "bio": { "base": 1, "mine": "x" } } }),
        json!({ "fields": { "bio": { "base": null, "mine": null } } }),
        json!({ "fields": { "bio": { "base": null, "mine": "x" }, "from_the_future": { "base": null, "mine": "x" } } }),
    ] {
        let mut shared = shared(account());
        let mut form: EditScreen = form(&mut shared);
        assert_eq!(form.changes_in(&body, &shared), None, "{body}");
        assert!(form.restore(&body, &mut shared).is_ok() && form.to_draft().is_none(), "{body}");
    }
}

#[test]
fn what_was_typed_since_is_not_overwritten_by_what_was_found() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    act(&mut form, &mut shared, &[Action::Leave]);
    let body = json!({ "fields": { "name": { "base": "Isaac", "mine": "Frodo" }, "bio": { "base": "old\n", "mine": "new" } } });
    assert_eq!(form.restore(&body, &mut shared), Err("Name".to_owned()));
    assert_eq!((text_of(&form, "name").as_str(), text_of(&form, "bio").as_str()), ("Bilbo", "old\n"));
    act(&mut form, &mut shared, &[Action::ResetField]);
    assert_eq!(form.restore(&body, &mut shared), Ok(()));
    assert_eq!((text_of(&form, "name").as_str(), text_of(&form, "bio").as_str()), ("Frodo", "new"));
}

fn drawn(screen: &dyn Screen, area: Rect, shared: &Shared) -> (String, Option<Position>) {
    let mut buf = Buffer::empty(area);
    let cursor = screen.view(area, &mut buf, shared);
    let lines = area.rows().map(|line| line.columns().map(|cell| buf[(cell.x, cell.y)].symbol()).collect::<String>());
    (lines.collect::<Vec<_>>().join("\n"), cursor)
}

/// A form on a screen with a way to draw pictures, with an avatar and three pictures in the gallery.
fn pictured(body: Rect) -> (EditScreen, Shared) {
    let mut account = account();
    account.profile.avatar_url = Some("https://i.groupme.com/avatar".into());
    let mut shared = shared(account);
    shared.body = body;
    shared.picture_method = Some(PictureMethod { protocol: Protocol::Blocks, colours: Colours::True });
    (form(&mut shared), shared)
}
