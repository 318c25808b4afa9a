//! What holds for any form, any events and any size.

use super::*;

/// A table nobody planned the form for: one row of every kind, two of them text.
#[derive(Debug)]
struct MadeUp;

#[derive(Clone, Debug, Default, PartialEq)]
struct Values([Option<FieldValue>; 11]);

macro_rules! rows {
    ($($at:literal $key:literal $kind:ident,)*) => {
        &[$(FieldSpec {
            key: $key,
            also: &[],
            label: $key,
            help: "made up",
            kind: FieldKind::$kind,
            route: FieldRoute::Extended,
            private: false,
            value: |values| values.0[$at].clone(),
            put: |values, value| values.0[$at] = value,
            rule: |_, value| if value.text().contains("bad") { Err(FieldError::new("write something else")) } else { Ok(value.clone()) },
            same: |one, other| one == other,
        },)*]
    };
}

impl FormSpec for MadeUp {
    type Value = Values;

    #[rustfmt::skip]
    const ROWS: &'static [FieldSpec<Values>] = rows![
        0 "motto" Line, 1 "nickname" Line, 2 "story" Block, 3 "face" Picture, 4 "walls" Pictures, 5 "likes" Interests,
        6 "studies" Majors, 7 "lights" Switch, 8 "bell" Sound, 9 "since" Year, 10 "seen" Visibility,
    ];
    const KIND: DraftKind = DraftKind::Profile;

    const SEEN_BY: &'static str = "";

    fn put_on(_account: &mut Account, _mine: Self::Value) {}

    fn values(account: &Account, _shared: &Shared) -> Values {
        let mut values = Values::default();
        values.0[0] = account.profile.name.clone().map(FieldValue::from);
        values.0[2] = account.profile.bio.clone().map(FieldValue::from);
        values
    }

    fn job(_save: Save<Values>) -> Job {
        Job::Me
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
fn survives<S: FormSpec>(mut form: Form<S>, shared: &mut Shared, events: &[Event], area: Rect) -> Result<Form<S>, TestCaseError> {
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
        form.facts(Conditions::default(), shared);
    }
    Ok(form)
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
    fn a_picture_overlaps_nothing_and_stays_inside(area in areas()) {
        let (form, shared) = pictured(area);
        let parts = FormAreas::of(area, true);
        let others = [parts.list, parts.bar, parts.pane];
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
        prop_assert_eq!(after.restore(&body, &mut shared), Ok(()));
        prop_assert_eq!(after.to_draft(), Some(body));
        prop_assert_eq!(after.fingerprint(), before.fingerprint());
    }
}
