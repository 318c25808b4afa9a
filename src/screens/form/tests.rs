//! The form by value: events in, texts, effects and frames out.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde_json::json;

use super::layout::Areas;
use super::{Form, Subject};
use crate::api::ApiError;
use crate::base::job::{Save, SaveReport};
use crate::base::shared::Place;
use crate::base::{Action, Draft, DraftKind, Effect, Facts, Job, Level, Mouse, MouseKind, Outcome, Shared};
use crate::domain::campus::{Interest, School};
use crate::domain::field::{FieldError, FieldSpec, Kind};
use crate::domain::merge::Mark;
use crate::domain::{Account, Profile, Shown};
use crate::screens::campus::CampusScreen;
use crate::screens::edit::EditScreen;
use crate::screens::overlay::Overlay;
use crate::screens::{Answer, Ask, Event, Nav, Screen};
use crate::widgets::picture::{Colours, Method, Protocol};
use crate::widgets::theme::Theme;

fn shared(account: Account) -> Shared {
    let place = Place { label: Shown::default(), sandbox: false };
    let now: Timestamp = "2026-11-24T12:03:04Z".parse().unwrap();
    let mut shared = Shared::new(now, TimeZone::UTC, place, Theme::default());
    shared.body = Rect::new(0, 2, 80, 21);
    shared.account.set(account, now);
    shared.schools.set(vec![School { id: "1".into(), name: "Larkspur".into(), short_name: None }], now);
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

fn form<S: Subject>(shared: &mut Shared) -> Form<S> {
    let mut form = Form::default();
    form.on(Event::Shown, shared);
    form
}

fn act<S: Subject>(form: &mut Form<S>, shared: &mut Shared, actions: &[Action]) -> Option<Nav> {
    actions.iter().filter_map(|action| form.on(Event::Action(*action), shared)).last()
}

fn types<S: Subject>(form: &mut Form<S>, shared: &mut Shared, text: &str) {
    text.chars().for_each(|c| drop(form.on(Event::Type(c), shared)));
}

/// A form in which the name has become `text`.
fn renamed(text: &str, shared: &mut Shared) -> EditScreen {
    let mut form = form(shared);
    act(&mut form, shared, &[Action::Enter, Action::KillToStart]);
    types(&mut form, shared, text);
    form
}

fn text_of<S: Subject>(form: &Form<S>, key: &str) -> String {
    form.text(Form::<S>::position(key).unwrap()).unwrap()
}

fn starts(shared: &mut Shared) -> Vec<Job> {
    let effects = shared.take_effects().into_iter();
    effects.filter_map(|effect| if let Effect::Start(_, job) = effect { Some(job) } else { None }).collect()
}

/// Ends the save under way as the application does.
fn end_save(form: &mut EditScreen, shared: &mut Shared, report: SaveReport) {
    let Some(Effect::Start(ticket, _)) = shared.take_effects().into_iter().find(|effect| matches!(effect, Effect::Start(..))) else {
        panic!("no save was started")
    };
    let result = Ok(Outcome::Saved(report));
    let job = shared.finish(ticket, &result).unwrap();
    form.on(Event::Done(job, result), shared);
}

#[test]
fn the_save_carries_where_the_user_started_and_what_was_made_of_it() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    assert!(matches!(act(&mut form, &mut shared, &[Action::Save]), Some(Nav::Open(_))));
    assert_eq!(starts(&mut shared), [], "nothing is sent before the review was confirmed");
    form.on(Event::Answer(Answer::Send), &mut shared);
    let mine = Profile { name: Some("Bilbo".into()), ..account().profile };
    let save = Save { account: "7".into(), base: account().profile, mine };
    assert_eq!(starts(&mut shared), [Job::SaveProfile(Box::new(save))]);
}

#[test]
fn what_the_server_made_of_a_value_is_where_the_user_starts_from_next() {
    let mut shared = shared(account());
    let mut form = renamed("bilbo", &mut shared);
    form.on(Event::Answer(Answer::Send), &mut shared);
    let mut back = account();
    back.profile.name = Some("Bilbo B".into());
    let report = SaveReport {
        account: Some(Box::new(back)),
        fields: vec![("name", Mark::Altered(Some("Bilbo B".into())))],
        ..SaveReport::default()
    };
    end_save(&mut form, &mut shared, report);
    assert_eq!((text_of(&form, "name"), form.theirs(0, &shared)), ("bilbo".to_owned(), None));
    act(&mut form, &mut shared, &[Action::ResetField]);
    assert_eq!((text_of(&form, "name").as_str(), form.has_changes()), ("Bilbo B", false));
}

#[test]
fn a_save_that_failed_whole_keeps_everything_and_says_how_to_go_on() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    form.on(Event::Answer(Answer::Send), &mut shared);
    let report = SaveReport { trouble: Some(ApiError::SignedOut), fields: vec![("name", Mark::Unknown)], ..SaveReport::default() };
    end_save(&mut form, &mut shared, report);
    let said = shared.messages.log().last().unwrap();
    assert!(said.level == Level::Error && said.text.as_str().contains("sign in again, then Ctrl-S"), "{said:?}");
    assert_eq!(text_of(&form, "name"), "Bilbo");
    assert!(matches!(act(&mut form, &mut shared, &[Action::Save]), Some(Nav::Open(_))), "the same save can go on");
}

#[test]
fn edits_of_one_account_are_never_saved_to_another() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    shared.account.set(Account { id: "8".into(), ..account() }, shared.now);
    assert!(act(&mut form, &mut shared, &[Action::Save]).is_none());
    assert_eq!(text_of(&form, "name"), "Bilbo");
    form.on(Event::Answer(Answer::Yes(Ask::DiscardDraft)), &mut shared);
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
fn an_overlay_never_opens_under_somebodys_typing_fingers() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    form.on(Event::Answer(Answer::Send), &mut shared);
    act(&mut form, &mut shared, &[Action::Enter]);
    let draft =
        Draft { kind: DraftKind::Profile, saved_at: 0, reason: None, body: json!({ "fields": { "bio": { "base": null, "mine": "x" } } }) };
    assert!(form.on(Event::Found(Box::new(draft.clone())), &mut shared).is_none());
    act(&mut form, &mut shared, &[Action::Leave]);
    assert!(form.on(Event::Found(Box::new(draft)), &mut shared).is_some());
}

#[test]
fn a_draft_that_cannot_be_read_is_told_and_left_where_it_is() {
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
        let draft = Draft { kind: DraftKind::Profile, saved_at: i64::MAX, reason: None, body: body.clone() };
        form.on(Event::Found(Box::new(draft)), &mut shared);
        assert!(form.found.is_none() && form.to_draft().is_none(), "{body}");
        let effects = shared.take_effects();
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::AdoptDraft(_) | Effect::DiscardFound(_))), "{effects:?}");
        assert!(shared.messages.log().last().unwrap().text.as_str().contains("stay on disk"));
    }
}

#[test]
fn what_was_typed_since_is_not_overwritten_by_what_was_found() {
    let mut shared = shared(account());
    let mut form = renamed("Bilbo", &mut shared);
    act(&mut form, &mut shared, &[Action::Leave]);
    let body = json!({ "fields": { "name": { "base": "Isaac", "mine": "Frodo" }, "bio": { "base": "old\n", "mine": "new" } } });
    form.on(Event::Found(Box::new(Draft { kind: DraftKind::Profile, saved_at: 0, reason: None, body })), &mut shared);
    form.on(Event::Answer(Answer::Yes(Ask::RestoreDraft)), &mut shared);
    assert_eq!((text_of(&form, "name").as_str(), text_of(&form, "bio").as_str()), ("Bilbo", "old\n"));
    act(&mut form, &mut shared, &[Action::ResetField]);
    form.on(Event::Answer(Answer::Yes(Ask::RestoreDraft)), &mut shared);
    assert_eq!((text_of(&form, "name").as_str(), text_of(&form, "bio").as_str()), ("Frodo", "new"));
    assert!(shared.take_effects().contains(&Effect::AdoptDraft(DraftKind::Profile)));
}

/// A table nobody planned the form for: one row of every kind, two of them text.
#[derive(Debug)]
struct MadeUp;

#[derive(Clone, Debug, Default, PartialEq)]
struct Texts([Option<String>; 11]);

macro_rules! rows {
    ($($at:literal $key:literal $kind:ident,)*) => {
        &[$(FieldSpec {
            key: $key,
            also: &[],
            label: $key,
            help: "made up",
            kind: Kind::$kind,
            get: |texts| texts.0[$at].clone(),
            set: |texts, text| {
                if text.contains("bad") {
                    return Err(FieldError::new("write something else"));
                }
                texts.0[$at] = Some(text.to_owned());
                Ok(())
            },
            copy: |to, from| to.0[$at].clone_from(&from.0[$at]),
            same: |one, other| one == other,
        },)*]
    };
}

impl Subject for MadeUp {
    type Value = Texts;

    #[rustfmt::skip]
    const ROWS: &'static [FieldSpec<Texts>] = rows![
        0 "motto" Line, 1 "nickname" Line, 2 "story" Block, 3 "face" Picture, 4 "walls" Pictures, 5 "likes" Interests,
        6 "studies" Majors, 7 "lights" Switch, 8 "bell" Sound, 9 "since" Year, 10 "seen" Visibility,
    ];
    const KIND: DraftKind = DraftKind::Profile;
    const NAME: &'static str = "made-up thing";
    const TAB_KEY: char = '9';

    fn values(account: &Account, _shared: &Shared) -> Texts {
        let mut texts = Texts::default();
        texts.0[0] = account.profile.name.as_ref().map(|name| name.raw().to_owned());
        texts.0[2] = account.profile.bio.as_ref().map(|bio| bio.raw().to_owned());
        texts
    }

    fn job(_save: Save<Texts>) -> Job {
        Job::Me
    }

    fn is_its_save(_job: &Job) -> bool {
        false
    }
}

#[test]
fn a_field_in_the_table_is_a_field_in_the_form() {
    let mut shared = shared(account());
    let mut form: Form<MadeUp> = form(&mut shared);
    form.on(Event::EditField("nickname"), &mut shared);
    types(&mut form, &mut shared, "bad");
    act(&mut form, &mut shared, &[Action::NextField]);
    assert_eq!(form.problem(1).unwrap().to_string(), "write something else");
    form.on(Event::EditField("nickname"), &mut shared);
    types(&mut form, &mut shared, "ger");
    assert_eq!(form.to_draft(), Some(json!({ "fields": { "nickname": { "base": null, "mine": "badger" } } })));
    let screen = drawn(&form, Rect::new(0, 0, 60, 13), &shared).0;
    assert!(screen.contains("nickname") && screen.contains("badger"), "{screen}");
}

fn drawn(screen: &dyn Screen, area: Rect, shared: &Shared) -> (String, Option<Position>) {
    let mut buf = Buffer::empty(area);
    let cursor = screen.view(area, &mut buf, shared);
    let lines = area.rows().map(|line| line.columns().map(|cell| buf[(cell.x, cell.y)].symbol()).collect::<String>());
    (lines.collect::<Vec<_>>().join("\n"), cursor)
}

fn events() -> impl Strategy<Value = Event> {
    use Action as A;
    let actions = prop::sample::select(vec![
        A::Up,
        A::Down,
        A::Last,
        A::First,
        A::PageDown,
        A::NextField,
        A::PreviousField,
        A::Enter,
        A::Toggle,
        A::Leave,
        A::Confirm,
        A::MoveDown,
        A::Grab,
        A::Remove,
        A::UndoText,
        A::RedoText,
        A::ResetField,
        A::NewLine,
        A::DeleteBefore,
        A::KillToStart,
        A::Yank,
        A::WordLeft,
        A::AddPicture,
        A::OpenEditor,
        A::Save,
    ]);
    let addresses =
        prop::sample::select(vec!["https://i.groupme.com/9", "1026,5", "on", "hidden", "雪\u{200d}bad\n\n\u{1b}[31mx", "/a.png"]);
    let kinds = prop::sample::select(vec![
        MouseKind::Press,
        MouseKind::Drag,
        MouseKind::Release,
        MouseKind::RightPress,
        MouseKind::ScrollUp,
        MouseKind::ScrollDown,
    ]);
    let mouse = move |kind, column, row| Mouse { kind, column, row, modifiers: crossterm::event::KeyModifiers::NONE };
    prop_oneof![
        8 => actions.prop_map(Event::Action),
        4 => prop::char::any().prop_map(Event::Type),
        2 => addresses.clone().prop_map(|text| Event::Paste(text.to_owned())),
        1 => addresses.prop_map(|text| Event::Edited(text.to_owned())),
        2 => (kinds, 0u16..90, 0u16..25).prop_map(move |(kind, x, y)| Event::Mouse(mouse(kind, x, y), Rect::new(0, 2, 80, 21))),
    ]
}

/// Runs events through a form, answering what it asks, and draws it and its overlays.
fn survives<S: Subject>(mut form: Form<S>, shared: &mut Shared, events: &[Event], area: Rect) -> Result<Form<S>, TestCaseError> {
    let inside = |cursor: Option<Position>| cursor.is_none_or(|cursor| area.contains(cursor));
    for event in events {
        let nav = form.on(event.clone(), shared);
        prop_assert!(inside(drawn(&form, area, shared).1), "the cursor left {area}");
        if let Some(Nav::Open(overlay)) = nav {
            let mut overlay: Overlay = *overlay;
            prop_assert!(inside(drawn(&overlay, area, shared).1));
            overlay.on(Event::Action(Action::Down), shared);
            overlay.on(Event::Action(Action::Toggle), shared);
            if let Some(Nav::Close(Some(answer))) = overlay.on(Event::Action(Action::Confirm), shared) {
                form.on(Event::Answer(answer), shared);
            }
        }
        form.facts(Facts::default(), shared);
    }
    Ok(form)
}

/// A form on a screen with a way to draw pictures, with an avatar and three pictures in the gallery.
fn pictured(body: Rect) -> (EditScreen, Shared) {
    let mut account = account();
    account.profile.avatar_url = Some("https://i.groupme.com/avatar".into());
    let mut shared = shared(account);
    shared.body = body;
    shared.picture_method = Some(Method { protocol: Protocol::Blocks, colours: Colours::True });
    (form(&mut shared), shared)
}

/// The last parts of the addresses of the pictures that are to be fetched.
fn fetched(shared: &mut Shared) -> Vec<String> {
    let address = |job| if let Job::Picture(address) = job { Some(address.raw().to_owned()) } else { None };
    starts(shared).into_iter().filter_map(address).map(|address| address.rsplit_once('/').unwrap().1.to_owned()).collect()
}

#[test]
fn the_picture_is_the_one_under_the_cursor_else_the_first_and_fetched_once() {
    let (mut form, mut shared) = pictured(Rect::new(0, 2, 80, 21));
    assert_eq!(fetched(&mut shared), ["avatar"]);
    form.on(Event::EditField("photo_urls"), &mut shared);
    act(&mut form, &mut shared, &[Action::Down, Action::Up, Action::Down]);
    assert_eq!(fetched(&mut shared), ["1", "2"]);
    assert_eq!(form.picture().unwrap().raw(), "https://i.groupme.com/2");
    act(&mut form, &mut shared, &[Action::Leave, Action::First]);
    assert_eq!(form.picture().unwrap().raw(), "https://i.groupme.com/avatar");
    form.on(Event::Hidden, &mut shared);
    form.on(Event::Resized, &mut shared);
    assert_eq!(fetched(&mut shared), [""; 0]);
}

#[test]
fn an_address_is_fetched_when_it_is_complete() {
    let (mut form, mut shared) = pictured(Rect::new(0, 2, 140, 37));
    form.on(Event::EditField("avatar_url"), &mut shared);
    types(&mut form, &mut shared, "2");
    assert_eq!(fetched(&mut shared), ["avatar"]);
    act(&mut form, &mut shared, &[Action::Leave]);
    assert_eq!(fetched(&mut shared), ["avatar2"]);
}

#[test]
fn nothing_is_fetched_and_no_room_lost_without_room_or_without_pictures() {
    for (width, method) in [(60, Some(Method { protocol: Protocol::Blocks, colours: Colours::True })), (140, None)] {
        let (_, mut shared) = pictured(Rect::new(0, 2, width, 21));
        shared.pictures.clear();
        shared.take_effects();
        shared.picture_method = method;
        let form: EditScreen = form(&mut shared);
        assert_eq!(fetched(&mut shared), [""; 0]);
        assert_eq!(form.areas(shared.body, &shared).list.width, width - 1);
    }
}

#[test]
fn a_long_gallery_scrolls_while_a_picture_rests_at_its_edge() {
    let mut account = account();
    account.profile.photo_urls = Some((1..=12).map(|n| format!("https://i.groupme.com/{n}").as_str().into()).collect());
    let mut shared = shared(account);
    shared.body = Rect::new(0, 0, 80, 40);
    let mut form: EditScreen = form(&mut shared);
    form.on(Event::EditField("photo_urls"), &mut shared);
    let first = u16::try_from(form.pieces(shared.body, &shared).0.iter().find(|piece| piece.row == Some(form.row)).unwrap().top).unwrap();
    let mut mouse = |kind, row, shared: &mut Shared| {
        let mouse = Mouse { kind, column: 30, row, modifiers: crossterm::event::KeyModifiers::NONE };
        form.on(Event::Mouse(mouse, shared.body), shared);
    };
    mouse(MouseKind::Press, first, &mut shared);
    mouse(MouseKind::Drag, first + 8, &mut shared);
    let timer = |shared: &mut Shared| {
        shared.take_effects().into_iter().find_map(|effect| if let Effect::After(_, timer) = effect { Some(timer) } else { None })
    };
    let mut next = timer(&mut shared);
    for _ in 0..4 {
        form.on(Event::Timer(next.take().unwrap()), &mut shared);
        next = timer(&mut shared);
    }
    assert_eq!(next, None, "the end of the list is in view");
    let release = Mouse { kind: MouseKind::Release, column: 30, row: first + 8, modifiers: crossterm::event::KeyModifiers::NONE };
    form.on(Event::Mouse(release, shared.body), &mut shared);
    assert!(text_of(&form, "photo_urls").ends_with("/12\nhttps://i.groupme.com/1"), "{}", text_of(&form, "photo_urls"));
}

fn areas() -> impl Strategy<Value = Rect> {
    (0u16..120, 0u16..40).prop_map(|(width, height)| Rect::new(0, 0, width, height))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_events_are_survived_at_any_size(events in prop::collection::vec(events(), 0..24), area in areas()) {
        let mut shared = shared(account());
        let made_up: Form<MadeUp> = form(&mut shared);
        survives(made_up, &mut shared, &events, area)?;
        let campus: CampusScreen = form(&mut shared);
        survives(campus, &mut shared, &events, area)?;
        let edit: EditScreen = form(&mut shared);
        survives(edit, &mut shared, &events, area)?;
        let (edit, mut pictured) = pictured(area);
        survives(edit, &mut pictured, &events, area)?;
        let unread = EditScreen::default();
        drawn(&unread, area, &shared);
    }

    #[test]
    fn a_picture_overlaps_nothing_and_stays_inside(area in areas(), banner in any::<bool>()) {
        let (form, shared) = pictured(area);
        let parts = Areas::of(area, banner, true);
        let others = [parts.banner, parts.list, parts.bar, parts.pane];
        prop_assert!(others.iter().all(|other| !other.intersects(parts.picture)), "{parts:?}");
        prop_assert!(parts.picture.is_empty() || area.union(parts.picture) == area, "{parts:?}");
        prop_assert!(parts.picture.is_empty() || parts.list.width > 40, "{parts:?}");
        drawn(&form, area, &shared);
    }

    #[test]
    fn a_draft_brings_every_text_back_with_where_it_started(events in prop::collection::vec(events(), 0..24)) {
        let mut shared = shared(account());
        let before: Form<MadeUp> = form(&mut shared);
        let before = survives(before, &mut shared, &events, Rect::new(0, 0, 80, 21))?;
        let Some(body) = before.to_draft() else {
            prop_assert_eq!(before.fingerprint(), 0);
            return Ok(());
        };
        prop_assert_ne!(before.fingerprint(), 0);
        let mut after: Form<MadeUp> = form(&mut shared);
        after.on(Event::Found(Box::new(Draft { kind: DraftKind::Profile, saved_at: 0, reason: None, body: body.clone() })), &mut shared);
        after.on(Event::Answer(Answer::Yes(Ask::RestoreDraft)), &mut shared);
        prop_assert_eq!(after.to_draft(), Some(body));
        prop_assert_eq!(after.fingerprint(), before.fingerprint());
    }
}
