//! The rules that hold everywhere, walked over every place the key table knows.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::json;

use super::{Model, Start, cache, route, update, view};
use crate::base::scope::TOGETHER;
use crate::base::{Action, DraftKind, Effect, FoundDraft, Input, Key, KeyMeaning, Msg, Scope, ServerLabel, Settings, Shared, Timer, key};
use crate::domain::campus::School;
use crate::domain::{Account, RawText, SafeText};
use crate::widgets::theme::Theme;

/// The keys from the start to every place where keys mean something of their own.
const PLACES: &[&str] = &[
    "",
    "?",
    "!",
    "H",
    "2",
    "2 tab",
    "2 tab pagedown up",
    "2 tab pagedown down",
    "2 tab pagedown down space",
    "2 tab pagedown down enter",
    "2 tab pagedown pagedown",
    "2 tab ctrl-end",
    "2 tab ctrl-end enter",
    "2 tab pagedown tab tab enter",
    "2 x f6",
    "2 x ctrl-s",
    EARLIER,
    "3",
    "4",
    "4 space",
    "4 m",
    "4 /",
    "f10",
];

/// The place where edits of an earlier run are offered.
const EARLIER: &str = "f3";

fn place() -> ServerLabel {
    ServerLabel { label: SafeText::default(), sandbox: false }
}

/// The editor with what an earlier run knew of an account.
fn model() -> Model {
    let now = Timestamp::UNIX_EPOCH;
    let mut earlier = Shared::new(now, TimeZone::UTC, place(), Theme::default());
    let mut account = Account::new("7");
    account.profile.name = Some(RawText::from("Isaac"));
    account.profile.photo_urls = Some((1..4).map(|n| RawText::from(format!("https://i.groupme.com/{n}").as_str())).collect());
    earlier.session.account.set(account, now);
    earlier.session.schools.set(vec![School { id: "1".into(), name: "Larkspur".into(), short_name: None }], now);
    earlier.session.pins.set(["1", "2", "3"].map(Into::into).to_vec(), now);
    let mut model = Model::new(Start {
        now,
        zone: TimeZone::UTC,
        place: place(),
        theme: Theme::default(),
        settings: Settings::default(),
        complaints: Vec::new(),
        entrance: None,
        cache: Some((cache::to_json(&earlier), now)),
        address: None,
        size: (80, 24),
        pictures: None,
        links: false,
    });
    model.take_first_effects();
    model
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    update(model, Timestamp::UNIX_EPOCH, Msg::Input(Input::Key(key)))
}

fn at(keys: &str) -> Model {
    let mut model = model();
    if keys == EARLIER {
        let body = json!({ "fields": { "name": { "base": "Isaac", "mine": "Bilbo" } } });
        let draft = FoundDraft { kind: DraftKind::Profile, saved_at: 0, reason: None, body };
        update(&mut model, Timestamp::UNIX_EPOCH, Msg::DraftsFound("7".into(), vec![draft]));
    }
    for key in keys.split_whitespace() {
        press(&mut model, key::parse(key).unwrap());
    }
    model
}

fn printable() -> impl Iterator<Item = Key> {
    (' '..='~').chain(['é', '中']).map(|c| if c == ' ' { key::parse("space").unwrap() } else { key::parse(&c.to_string()).unwrap() })
}

/// Everything the screens know, which is everything a key could have changed there.
fn state(model: &Model) -> String {
    let Model { screens, overlays, sign_in, tab, .. } = model;
    format!("{screens:?} {overlays:?} {sign_in:?} {tab:?}")
}

fn said(model: &Model) -> &str {
    model.shared.session.messages.log().last().map_or("", |message| message.text.as_str())
}

/// What is on the screen and where the cursor is.
fn frame(model: &Model) -> impl PartialEq + std::fmt::Debug + use<> {
    let area = Rect::new(0, 0, 80, 24);
    let mut buf = Buffer::empty(area);
    let cursor = view(model, area, &mut buf);
    (buf, cursor)
}

#[test]
fn every_place_of_the_key_table_is_walked() {
    let walked: HashSet<Vec<Scope>> = PLACES.iter().map(|keys| at(keys).scopes()).collect();
    for row in TOGETHER {
        assert!(walked.contains(*row), "no place where {row:?} are active");
    }
}

#[test]
fn a_printable_key_does_something_or_is_text_or_says_what_would_do_something() {
    for keys in PLACES {
        let mut model = at(keys);
        let scopes = model.scopes();
        for key in printable() {
            match model.shared.keymap.meaning(&scopes, key) {
                KeyMeaning::Bound(_) => {}
                // What is done with one of them is done with all.
                KeyMeaning::Text(c) if !"q7?Aé ".contains(c) => {}
                KeyMeaning::Text(_) => {
                    let mut model = at(keys);
                    let (before, messages) = (frame(&model), model.shared.session.messages.log().len());
                    press(&mut model, key);
                    assert!(
                        frame(&model) != before || model.shared.session.messages.log().len() > messages,
                        "{keys:?} swallows {}",
                        key::shown(key)
                    );
                }
                KeyMeaning::Nothing => {
                    let before = state(&model);
                    press(&mut model, key);
                    assert_eq!(state(&model), before, "{keys:?}: {}", key::shown(key));
                    let (what, would) =
                        said(&model).split_once(" does nothing here; ").unwrap_or_else(|| panic!("{keys:?}: {}", said(&model)));
                    assert!(what == key::shown(key) && !would.is_empty(), "{keys:?}: {}", said(&model));
                }
            }
        }
    }
}

#[test]
fn a_letter_before_any_field_has_the_cursor_takes_it_into_the_field_and_is_typed() {
    for (tab, commands) in [("2", "1234q?"), ("3", "1234q?")] {
        for key in printable() {
            let Some(c) = key::typed(key) else { panic!("{} prints nothing", key::shown(key)) };
            let mut model = at(tab);
            let bound = matches!(model.shared.keymap.meaning(&model.scopes(), key), KeyMeaning::Bound(_));
            assert_eq!(bound, commands.contains(c), "{tab}: {c}");
            if !bound {
                press(&mut model, key);
                assert!(!model.scopes().contains(&Scope::Idle), "{tab}: {c}");
            }
        }
    }
}

#[test]
fn esc_at_the_top_of_a_tab_changes_nothing_and_says_how_to_leave() {
    for tab in ["1", "2", "3", "4", "2 x esc", "4 J"] {
        let mut model = at(tab);
        // What is still being read is what Esc gives up first.
        model.shared.give_up_reads();
        model.shared.take_effects();
        let before = state(&model);
        for _ in 0..3 {
            let effects = press(&mut model, key::parse("esc").unwrap());
            assert_eq!(state(&model), before, "{tab}");
            assert!(said(&model).ends_with("q quits"), "{tab}: {}", said(&model));
            assert!(effects.iter().all(|effect| matches!(effect, Effect::After(..))), "{tab}: {effects:?}");
        }
    }
}

#[test]
fn no_timer_changes_what_a_key_means() {
    let timers = |n| [Timer::Toast(n), Timer::Edge(n), Timer::Waiting, Timer::Minute, Timer::Turn];
    for keys in PLACES {
        let mut model = at(keys);
        let before = model.scopes();
        for timer in (0..9).flat_map(timers) {
            update(&mut model, Timestamp::UNIX_EPOCH, Msg::Timer(timer));
            assert_eq!(model.scopes(), before, "{keys:?}: {timer:?}");
        }
    }
}

#[test]
fn ctrl_c_leaves_from_everywhere() {
    for keys in PLACES {
        let effects = press(&mut at(keys), key::parse("ctrl-c").unwrap());
        assert!(effects.contains(&Effect::Quit), "{keys:?}: {effects:?}");
    }
}

/// Places where rows have something to do that have nothing to do in [`PLACES`].
const BUSY: &[&str] = &[
    "1 down",
    "2 x",
    "2 tab pagedown down space",
    "2 tab pagedown down space alt-u",
    "2 tab pagedown pagedown space alt-u",
    "2 tab pagedown up space alt-u",
    "2 tab pagedown down space up",
    "2 tab down down down down enter a enter b up",
    "2 tab ctrl-end J",
    "2 tab ctrl-end alt-down alt-u",
    "4 J",
    "4 J u",
    "4 end",
    "4 down",
    "4 down space",
    "4 m 2",
    "4 / 2",
    "4 / 1 down",
    "4 J ctrl-s",
    "! down",
];

/// What rightly does nothing at an end, without an earlier save or run, without a link (which no cache keeps), or without a choice that
/// was taken back.
fn may_rest((scope, action): (Scope, Action)) -> bool {
    use Action::{Down, EarlierEdits, First, Last, PageDown, PageUp, PutBack, Qr, RedoText, Up};
    matches!(action, Up | Down | PageUp | PageDown | First | Last | PutBack | EarlierEdits | Qr)
        || (scope, action) == (Scope::Choice, RedoText)
}

/// A row that no screen listens to would be offered in the palette and the footer, and do nothing.
#[test]
fn every_row_of_the_key_table_does_something_somewhere() {
    let rows = |model: &Model| -> Vec<(Scope, Action)> {
        let scopes = model.scopes();
        model.shared.keymap.active(&scopes).map(|entry| (entry.binding.scope, entry.binding.action)).collect()
    };
    let mut idle: HashSet<(Scope, Action)> = HashSet::new();
    let mut busy: HashSet<(Scope, Action)> = HashSet::new();
    for keys in PLACES.iter().chain(BUSY) {
        for row in rows(&at(keys)) {
            if busy.contains(&row) || may_rest(row) {
                continue;
            }
            let mut model = at(keys);
            model.drawn(Timestamp::UNIX_EPOCH - jiff::SignedDuration::from_secs(60));
            let before = (state(&model), model.shared.session.messages.log().len());
            route::run(&mut model, row.1);
            let asked = model.shared.take_effects().into_iter().any(|effect| !matches!(effect, Effect::After(..)));
            if asked || (state(&model), model.shared.session.messages.log().len()) != before {
                busy.insert(row);
                idle.remove(&row);
            } else {
                idle.insert(row);
            }
        }
    }
    assert_eq!(idle, HashSet::new());
}
